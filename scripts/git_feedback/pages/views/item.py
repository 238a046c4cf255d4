"""The page of one item: what was said, what to do next, what happened; at the side its clocks, facts and reasons.

Pages of finished items tell moments as dates and hold no moment of building, so that they stay the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from git_feedback.desk import Standing, missing
from git_feedback.desk.explaining import Explanation, explanation
from git_feedback.desk.missing import asked_on
from git_feedback.desk.tracing import Step
from git_feedback.escaping import line
from git_feedback.model import Item
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import attachments, rows, steps, tokens
from git_feedback.pages.views.around import NOTHING, Around, surroundings
from git_feedback.pages.views.happenings import entries, stages
from git_feedback.pages.views.reasons import Reasons, beneath, traces, unstarted
from git_feedback.pages.views.rendering import Both, compiled, prose
from git_feedback.pages.views.words import Words, utc

SHELL = "item.html"
_TAGS = {"zh": "zh-CN"}
"""Plain `zh` makes some systems draw Japanese forms."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line at a glance; `identity` is set in the type of ids, `path` makes it a link."""

    label: str
    value: str
    identity: str = ""
    path: str = ""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """Every item's page in each language; both languages of an item come one after the other."""
    around = surroundings(record)
    templates = {language: compiled("item.html", language) for language in both}
    moment, later = utc(record.now), partial(attachments.shown_later, record)
    reasons = {language: Reasons(words, record.origins) for language, words in both.items()}
    for one in record.standings:
        said = prose(one.item.text) if one.item.text else ""
        place, told = rows.path(one.item.id), explanation(one, record.policy, record.now)
        traced = traces(told)
        came = attachments.shown(record, one.item.attachments)
        for words in both.values():
            values = _values(told, words, around.get(one.item.id, NOTHING))
            values |= {"files": came, "later": later}
            values |= _reasons(told, traced, reasons[words.language])
            article = templates[words.language].render(
                w=words, root="../../", said=said, now=moment, fixed=record.fixed, **values
            )
            yield Page(place, words.language, f"{one.item.title} · {one.item.id}", article, SHELL)


def _reasons(told: Explanation, traced: Sequence[Sequence[Step]], reasons: Reasons) -> dict[str, Any]:
    """Why it is so."""
    return {
        "reasons": reasons.level(told),
        "why_owner": reasons.owner(told),
        "accounts": reasons.accounts(told, traced),
    }


def _values(told: Explanation, words: Words, around: Around) -> dict[str, Any]:
    """Everything else that the template shows."""
    one, events = told.one, told.events
    tell = words.moment if one.state.is_unfinished else words.dated
    return {
        "item": one.item,
        "live": any(clock.goes_on for clock in one.clocks),
        "row": rows.row(one, words),
        "worst": one.worst is not None,
        "stages": stages(one, events, words),
        "language": _TAGS.get(one.item.language or "", one.item.language or ""),
        "source": _source(one.item, words),
        "next": steps.likely(one, words),
        "history": entries(one, events, words, tell),
        "clocks": [
            (words.say(f"page-clock-{clock.name}"), tokens.token(clock, words), beneath(one, clock, words, tell))
            for clock in one.clocks
            if clock.shown
        ],
        "unstarted": unstarted(one, words),
        "facts": [*_facts(one, words, around), *(_other("pairs-like", other, words) for other in around.alike)],
    }


def _source(item: Item, words: Words) -> list[str]:
    """When, by which way and about what it was said."""
    found = [words.dated(item.received), words.channel(item.channel), _shown(item.product), _shown(item.device)]
    if item.rating is not None:
        found.append(words.say("page-rating", rating=item.rating))
    if item.nps is not None:
        found.append(words.say("page-nps", nps=item.nps))
    return [one for one in found if one]


def _facts(one: Standing, words: Words, around: Around) -> Iterator[Fact]:
    item, state = one.item, one.state
    plain = {
        "state": words.life(state.life),
        "owner": words.person(state.owner),
        "department": words.department(state.department),
        "helpers": " · ".join(
            words.department(name) if name in words.policy.departments else words.person(name) for name in state.helpers
        ),
        "category": words.category(state.category),
        "channel": words.channel(item.channel),
        "area": _shown(item.area),
        "expected": words.say("page-by-date", date=words.on(item.expected)) if item.expected else "",
        "tags": _shown(" · ".join(dict.fromkeys((*item.tags, *state.tags)))),
    }
    for name, value in plain.items():
        if value:
            yield Fact(words.say(f"page-fact-{name}"), value)
    if item.submitter and (item.submitter.kind or item.submitter.hint):
        called = words.say(f"page-submitter-{item.submitter.kind}") if item.submitter.kind else ""
        yield Fact(words.say("page-fact-submitter"), called, _shown(item.submitter.hint))
    lacking = missing(item, words.policy, words.now) if state.is_open else ()
    if lacking:
        yield Fact(words.say("page-fact-missing"), rows.lacks(lacking, asked_on(item, lacking, words.now), words))
    if item.source:
        yield Fact(words.say("page-fact-source"), "", _shown(item.source))
    if around.original:
        yield _other("page-fact-duplicate-of", around.original, words)
    for twin in around.twins:
        yield _other("page-fact-duplicates", twin, words)


def _other(code: str, other: tuple[str, str], words: Words) -> Fact:
    """Another item, linked where it has a page."""
    item_id, title = other
    return Fact(words.say(code), _shown(title), item_id, rows.path(item_id) if title else "")


def _shown(said: str | None) -> str:
    """A stranger's words on one line."""
    return Markup(line(said)) if said else ""  # noqa: S704 - escaping made it
