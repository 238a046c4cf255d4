"""The page of one item: what was said, what to do next, what happened; at the side its clocks, facts and reasons.

Pages of finished items tell moments as dates and hold no moment of building, so that they stay the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from git_feedback.desk import Standing, is_answerable, legal, missing
from git_feedback.desk.explaining import Explanation, explanation
from git_feedback.desk.missing import asked_on
from git_feedback.desk.tracing import Step
from git_feedback.escaping import line
from git_feedback.model import Item
from git_feedback.pages.page import Later, Page, Record
from git_feedback.pages.views import attachments, rows, steps, tokens
from git_feedback.pages.views.around import NOTHING, Around, Other, surroundings
from git_feedback.pages.views.due_dates import address_of
from git_feedback.pages.views.happenings import entries, stages
from git_feedback.pages.views.helpful import Help
from git_feedback.pages.views.item_keys import Keys
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
    return (one.make() for one in planned(record, both))


def planned(record: Record, both: Both, of: Sequence[Standing] | None = None) -> Iterator[Later]:
    """`pages` of these items (of all), each with the key by which an earlier one is known to be still right."""
    around, keys = surroundings(record, of), Keys(record, both)
    reasons = {language: Reasons(words, record.origins) for language, words in both.items()}
    for one in record.standings if of is None else of:
        made = _Making(record, one, around.get(one.item.id, NOTHING))
        key = keys.of(one, made.around)
        for language, words in both.items():
            yield Later(made.path, language, SHELL, key, partial(made.page, words, reasons[language]))


@dataclass
class _Making:
    """The page of an item on its way; what its languages share is found out once, when the first is made."""

    record: Record
    one: Standing
    around: Around

    @property
    def path(self) -> str:
        return rows.path(self.one.item.id)

    @cached_property
    def shared(self) -> tuple[Explanation, Sequence[Sequence[Step]], dict[str, Any]]:
        record, item = self.record, self.one.item
        told = explanation(self.one, record.policy, record.now)
        shown = {
            "said": prose(item.text) if item.text else "",
            "files": attachments.shown(record, item.attachments),
            "later": partial(attachments.shown_later, record),
            "now": utc(record.now),
            "fixed": record.fixed,
            "root": "../../",
        }
        return told, traces(told), shown

    def page(self, words: Words, reasons: Reasons) -> Page:
        """The page in one language."""
        told, traced, shown = self.shared
        values = shown | _values(told, words, self.around) | _reasons(told, traced, reasons)
        article = compiled("item.html", words.language).render(w=words, **values)
        item = self.one.item
        return Page(self.path, words.language, f"{item.title} · {item.id}", article, SHELL)


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
        "others_next": steps.others(one, words),
        "host": address_of(one.item.id, words.policy),
        "articles": [_article(found, words) for found in around.helps],
        "theirs": [_theirs(other, words) for other in around.others],
        "theirs_all": _all_of(one.item, around),
        "reply": _reply(one, around, words),
        "history": entries(one, events, words, tell),
        "clocks": [
            (words.say(f"page-clock-{clock.name}"), tokens.token(clock, words), beneath(one, clock, words, tell))
            for clock in one.clocks
            if clock.shown
        ],
        "unstarted": unstarted(one, words),
        "facts": [*_facts(one, words, around), *(_other("pairs-like", other, words) for other in around.alike)],
    }


def _article(found: Help, words: Words) -> dict[str, Any]:
    """An article as the page shows it; one that this language does not have is in the other's folder."""
    language, path, title, lead = found.in_language(words.language)
    foreign = language != words.language
    return {
        "path": f"../{language}/{path}" if foreign else path,
        "lang": _TAGS.get(language, language) if foreign else "",
        "title": _shown(title),
        "lead": _shown(lead),
        "linked": found.is_linked,
    }


def _theirs(other: Other, words: Words) -> dict[str, str]:
    """Another item of the same submitter."""
    return {
        "path": rows.path(other.id),
        "title": _shown(other.title),
        "life": words.life(other.life),
        "day": words.day(other.received),
    }


def _all_of(item: Item, around: Around) -> dict[str, Any]:
    """Where all of the submitter's items are listed, this one among them."""
    ref = item.submitter.ref if item.submitter else None
    if not ref or not around.others:
        return {}
    return {"query": urlencode({"q": f"state:all ref:{ref}"}), "n": around.others_count + 1}


def _reply(one: Standing, around: Around, words: Words) -> dict[str, str]:
    """The words that are to go out, how to send them, and the command that notes that they went."""
    found = around.reply
    if found is None:
        return {}
    hint = one.item.submitter.hint if one.item.submitter else ""
    allowed = legal(one.state.life, short=one.state.short, answerable=is_answerable(one.item, words.policy))
    said = words.say(f"item-way-{found.way}", channel=words.channel(found.channel), source=one.item.source or "")
    return {
        "heading": words.say(f"item-{found.about}-words"),
        "text": found.text,
        "lang": _TAGS.get(found.language, found.language),
        "way": said,
        "hint": _shown(hint) if found.way != "comment" else "",
        "limit": words.say("item-too-long", limit=found.limit) if found.limit else "",
        "then": f"git feedback {found.about} {one.item.id} --template" if found.about in allowed else "",
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
