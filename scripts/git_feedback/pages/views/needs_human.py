"""What waits for a person: top levels to confirm, items that no rule decides, that may be no feedback, or lack something.

Each stands there with the reason, with what it may be, and the command that goes on with it.
"""

from collections.abc import Iterator, Sequence

from git_feedback.desk import MACHINES, Lacking, Standing, happened
from git_feedback.desk.untold import way_to
from git_feedback.insight.corrections import Corrections, corrections
from git_feedback.model import events as ev
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows, steps, tokens
from git_feedback.pages.views.due_dates import address_of
from git_feedback.pages.views.once import incomplete, once
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.suggested import Advice, Maybe
from git_feedback.pages.views.weighed import Weights
from git_feedback.pages.views.words import Words
from git_feedback.triage import Screening, Suspicion

MOST = 50
"""So many of a kind stand on the page, first due first; the queue holds the rest."""
OPEN_ENDED = "other/unclear"
"""The category of rules that found something, but not what."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The list in each language."""
    suspected = screened(record)
    held = {one.item.id for one, _ in suspected}
    undecided = waiting([one for one in record.standings if one.item.id not in held], both["en"])
    found = tokens.by_due(undecided)
    lacking = [one for one in incomplete(record) if one.standing.item.id not in held]
    advice, drift, weights = Advice(record, OPEN_ENDED), _drift(record), Weights(record)
    for words in both.values():
        yield page(
            record,
            words,
            "needs-human.html",
            "needs-human.html",
            words.site("needs-human"),
            "needs_human.html",
            found=[_decision(one, advice, words) for one in found[:MOST]],
            undecided=len(found),
            most=MOST,
            suspected=[_suspected(one, why, words) for one, why in suspected],
            incomplete=[_incomplete(one, words) for one in lacking[:MOST]],
            lacking=len(lacking),
            categories=[(one.id, words.category(one.id)) for one in record.policy.categories.values()],
            drift=_drift_said(drift, words),
            majors=weights.majors(words),
            wider=weights.wider(words),
        )


@once
def screened(record: Record) -> list[tuple[Standing, tuple[Suspicion, ...]]]:
    """What may be no feedback at all and nobody has said anything about, in order of arrival, with the reasons."""
    return list(Screening(record.policy, [one.item for one in record.standings]).waiting(record.standings))


def waiting(standings: Sequence[Standing], words: Words) -> list[Standing]:
    """What nobody has classified, and what rules could only call unclear."""
    return [one for one in standings if one.state.life == "new" or _is_unclear(one, words)]


def _decision(one: Standing, advice: Advice, words: Words) -> tuple[object, ...]:
    """A row, why nobody has decided and what alarms its words raise, what it may be, the command, and where its file is."""
    maybe, alarms = advice.of(one, words), advice.alarms(one, words)
    command, file = steps.command("classify", one), address_of(one.item.id, words.policy)
    return rows.row(one, words), _reason(one, maybe, words), alarms, maybe, command, file


def _drift(record: Record) -> Corrections | None:
    """The newest month in which machines classified anything."""
    found = corrections(record.standings, record.policy, record.now, record.policy.zone)
    return found[-1] if found else None


def _drift_said(drift: Corrections | None, words: Words) -> str:
    if drift is None:
        return ""
    values = {"corrected": drift.corrected, "classified": drift.classified, "share": f"{drift.share:.0%}"}
    return words.say("page-human-corrected", None, month=drift.month, **values)


def _suspected(one: Standing, why: Sequence[Suspicion], words: Words) -> tuple[object, ...]:
    """A row, why it may be none, and both ways to decide."""
    reasons = "；" if words.language == "zh" else "; "
    reject = f"git feedback reject {one.item.id} --kind {why[0].rejects_as}"
    return (
        rows.row(one, words),
        words.say(f"page-human-may-be-{why[0].kind}"),
        reasons.join(suspicion.said(words.language) for suspicion in why),
        reject,
        steps.command("classify", one),
    )


def _incomplete(one: Lacking, words: Words) -> tuple[object, ...]:
    """A row, what it lacks and since when it is asked for, and how to ask; no command where nobody can be reached."""
    item = one.standing.item
    can_ask = not one.asked and bool(one.to_ask) and way_to(item, words.policy) is not None
    command = f"git feedback ask {item.id} --missing auto" if can_ask else ""
    lacks = rows.lacks(one.fields, one.asked, words)
    return rows.row(one.standing, words), words.say("page-human-lacks", lacks=lacks), command


def _is_unclear(one: Standing, words: Words) -> bool:
    if not one.state.is_unfinished or one.state.confirmed or one.state.category != OPEN_ENDED:
        return False
    last = [event for event in happened(one.item, words.now) if isinstance(event, ev.Classify)][-1]
    return last.by in MACHINES


def _reason(one: Standing, maybe: Sequence[Maybe], words: Words) -> str:
    if one.state.life != "new":
        return words.say("page-human-unclear")
    if maybe:
        return words.say("page-human-unsure")
    language = one.item.language
    if language and language.split("-")[0] not in ("en", "zh"):
        return words.say("page-human-language", language=language)
    return words.say("page-human-no-rule" if one.item.text else "page-human-no-text")
