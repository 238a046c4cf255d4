"""What no rule decides: items that wait for a person to say what they are, each with the command that says it."""

from collections.abc import Iterator, Sequence

from git_feedback.desk import MACHINES, Standing, happened
from git_feedback.model import events as ev
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows, steps, tokens
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

OPEN_ENDED = "other/unclear"
"""The category of rules that found something, but not what."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The list in each language."""
    found = tokens.by_due(waiting(record.standings, both["en"]))
    for words in both.values():
        yield page(
            record,
            words,
            "needs-human.html",
            "needs-human.html",
            words.site("needs-human"),
            "needs_human.html",
            found=[(rows.row(one, words), _reason(one, words), steps.command("classify", one)) for one in found],
            categories=[(one.id, words.category(one.id)) for one in record.policy.categories.values()],
        )


def waiting(standings: Sequence[Standing], words: Words) -> list[Standing]:
    """What nobody has classified, and what rules could only call unclear."""
    return [one for one in standings if one.state.life == "new" or _is_unclear(one, words)]


def _is_unclear(one: Standing, words: Words) -> bool:
    if not one.state.is_unfinished or one.state.confirmed or one.state.category != OPEN_ENDED:
        return False
    last = [event for event in happened(one.item, words.now) if isinstance(event, ev.Classify)][-1]
    return last.by in MACHINES


def _reason(one: Standing, words: Words) -> str:
    if one.state.life != "new":
        return words.say("page-human-unclear")
    language = one.item.language
    if language and language.split("-")[0] not in ("en", "zh"):
        return words.say("page-human-language", language=language)
    return words.say("page-human-no-rule" if one.item.text else "page-human-no-text")
