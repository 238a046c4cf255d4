"""Problems that have a record: how many items and whether they become more, why they come, and what is done; for the team.

Below them the causes of all items of the last half year, by category, as records and solutions tell them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from markupsafe import Markup

from git_feedback.escaping import line
from git_feedback.insight import causes
from git_feedback.insight.belonging import Belonging, belonging, submitters, weekly, with_duplicates
from git_feedback.insight.causes import Reason
from git_feedback.model.measures import Measure
from git_feedback.model.problems import BRANCHES, STATUSES, Cause, FiveW, ProblemRecord
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import measures, recurring
from git_feedback.pages.views.rendering import Both, page, prose
from git_feedback.pages.views.words import Words

PATH = "problems.html"
FOLDER = "feedback/problems/"
LANG = {"en": "en", "zh": "zh-CN"}
HALF_A_YEAR = timedelta(weeks=26)
CATEGORIES = 6
"""So many categories are shown at once; the others are folded away."""
OF_CATEGORY = 5
"""So many causes are shown of a category."""
IN_ADDRESS = 40
"""So many items are named in the address of a queue; of more the newest."""


@dataclass(frozen=True, slots=True)
class Bone:
    """A branch with its causes: what it is, what shows it, in how many items; `link` leads to those."""

    name: str
    causes: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A measure of a problem, and what it changed."""

    id: str
    title: str
    lang: str
    status: str
    is_late: bool
    effect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A problem as the page shows it; `lang` is set where its texts are not in the page's language."""

    id: str
    file: str
    title: str
    title_lang: str
    lang: str
    tokens: tuple[str, ...]
    facts: tuple[str, ...]
    bars: tuple[int, ...]
    weeks: str
    link: str
    five_w: tuple[tuple[str, str], ...]
    whys: tuple[str, ...]
    root: str
    bones: tuple[Bone, ...]
    scenario: Markup
    measures: tuple[Done, ...]


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    looked = [(one, belonging(one, record.standings, record.policy, record.now)) for one in in_order(record)]
    reasons, changed = _reasons(record), measures.changes(record)
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("problems"),
            "problems.html",
            cards=[_card(one, its, record, changed, words) for one, its in looked],
            open=sum(one.is_open for one in record.problem_records),
            categories=[(words.category(name), _rows(found, words)) for name, found in reasons.items() if name],
            first=CATEGORIES,
            tall=recurring.TALL,
        )


def in_order(record: Record) -> list[ProblemRecord]:
    """Those that somebody works on first, by how far they are; the newest of each first."""
    newest = sorted(sorted(record.problem_records, key=lambda one: one.id), key=lambda one: one.since, reverse=True)
    return sorted(newest, key=lambda one: STATUSES.index(one.status))


def queue_of(ids: Sequence[str]) -> str:
    """The address of the queue that shows these items, finished ones too."""
    return f"queue.html?state=all&q={quote('id:' + ','.join(ids[-IN_ADDRESS:]), safe=':,')}"


def _reasons(record: Record) -> Mapping[str, list[Reason]]:
    """The causes of the last half year, by category."""
    there = [one for one in record.standings if record.now - one.item.received <= HALF_A_YEAR]
    told = causes.of_records(record.problem_records, there, record.now)
    return causes.by_category(causes.together(told, causes.of_solutions(there, record.now)), there)


def _rows(found: Sequence[Reason], words: Words) -> list[dict[str, object]]:
    """The causes of one category as rows of its table."""
    return [
        {
            "cause": _line(one.cause),
            "lang": _lang(one.language, words),
            "told": words.say(f"problems-branch-{one.branch}" if one.branch else "problems-at-resolve"),
            "count": one.count,
            "label": f"{words.say('recurring-items', one.count)} {_line(one.cause)}",
            "link": queue_of(one.items),
        }
        for one in found[:OF_CATEGORY]
    ]


# ---- one problem ------------------------------------------------------------------------------------------------------


def _card(one: ProblemRecord, its: Belonging, record: Record, changed: measures.Changes, words: Words) -> Card:
    title, language = one.title_in(words.language)
    trend = weekly(its.all, record.now)
    return Card(
        id=one.id,
        file=f"{FOLDER}{one.id}.yml",
        title=_line(title),
        title_lang=_lang(language, words),
        lang=_lang(one.language, words),
        tokens=tuple(_tokens(one, words)),
        facts=tuple(_facts(its, words)),
        bars=recurring.bars(trend),
        weeks=" ".join(map(str, trend)),
        link=queue_of([found.item.id for found in its.all]) if its.all else "",
        five_w=tuple(_five_w(one.five_w, words)),
        whys=tuple(map(_line, one.whys)),
        root=_line(one.root or ""),
        bones=tuple(_bones(one, its, words)),
        scenario=prose(one.scenario) if one.scenario else Markup(""),
        measures=tuple(_done(found, record, changed, words) for found in _measures(one, record.measures)),
    )


def _tokens(one: ProblemRecord, words: Words) -> Iterator[str]:
    yield words.say(f"problems-status-{one.status}")
    yield words.person(one.owner)
    yield from (name for name in (words.department(one.department), words.category(one.category)) if name)
    yield words.say("problems-since", day=words.on(one.since))


def _facts(its: Belonging, words: Words) -> Iterator[str]:
    found = its.all
    yield words.say("recurring-items", len(found))
    if found:
        yield words.say("recurring-people", submitters(found))
        yield words.say("recurring-open", sum(one.state.is_open for one in found))
        yield words.say("recurring-last", day=words.day(found[-1].item.received))
    if its.by_query:
        yield words.say("problems-by-query", len(its.by_query))


def _five_w(found: FiveW, words: Words) -> Iterator[tuple[str, str]]:
    for name in FiveW.model_fields:
        said = getattr(found, name)
        if said:
            yield words.say(f"problems-{name.replace('_', '-')}"), _line(said)


def _bones(one: ProblemRecord, its: Belonging, words: Words) -> Iterator[Bone]:
    """All six branches, where any has a cause: what was looked at without finding anything is said, too."""
    if any(one.causes.values()):
        for branch in BRANCHES:
            found = one.causes.get(branch, ())
            yield Bone(words.say(f"problems-branch-{branch}"), tuple(_cause(cause, its, words) for cause in found))


def _cause(cause: Cause, its: Belonging, words: Words) -> tuple[str, str, str, str]:
    found = with_duplicates(cause.items, its.confirmed) if cause.items else {one.item.id for one in its.confirmed}
    ids = sorted(found)
    seen = words.say("recurring-items", len(ids)) if cause.items else words.say("problems-in-all", 0)
    return _line(cause.cause), _line(cause.evidence or ""), seen, queue_of(ids) if ids else ""


def _measures(one: ProblemRecord, listed: Iterable[Measure]) -> list[Measure]:
    """Those that the record names and those that name it."""
    return [found for found in listed if found.id in one.measures or found.problem == one.id]


def _done(one: Measure, record: Record, changed: measures.Changes, words: Words) -> Done:
    title, language = one.words(one.title, words.language)
    return Done(
        one.id,
        _line(title),
        _lang(language, words),
        words.say(f"measures-status-{one.status}"),
        one in measures.overdue(record),
        measures.effect_said(one, changed.get(one.id), words).lines,
    )


def _line(said: str) -> Markup:
    return Markup(line(said))  # noqa: S704 - escaping made it


def _lang(language: str, words: Words) -> str:
    return "" if language == words.language else LANG.get(language, "")
