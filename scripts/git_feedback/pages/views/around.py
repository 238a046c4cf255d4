"""What an item's page shows of other things: items that are one with it, look like it, or came from the same person,
articles that help, the words that are to go out next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.pages.page import Record, Reply
from git_feedback.pages.views.duplicates import like
from git_feedback.pages.views.helpful import Help, Shelf

OTHERS = 5
"""So many of the same submitter's items stand on the page; the queue shows all."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another item of the same submitter: its id, title, state, and when it came."""

    id: str
    title: str
    life: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of one item, each as (id, title) of another: duplicates that it carries on for, the item that
    it is a duplicate of, items that it looks like; the submitter's newest other items and how many there are; articles
    that help; the words that are to go out next."""

    twins: tuple[tuple[str, str], ...] = ()
    original: tuple[str, str] | None = None
    alike: tuple[tuple[str, str], ...] = ()
    others: tuple[Other, ...] = ()
    others_count: int = 0
    helps: tuple[Help, ...] = ()
    reply: Reply | None = None


NOTHING = Around()


def surroundings(record: Record, of: Sequence[Standing] | None = None) -> Mapping[str, Around]:
    """The surroundings of items (of all) that have any, by id; an item that is not here has no title and no page."""
    titles = {one.item.id: one.item.title for one in record.standings}
    twins, alike, others = _twins(record.standings), like(record), _of_submitters(record.standings)
    shelf = Shelf(record.articles)
    found: dict[str, Around] = {}
    for one in record.standings if of is None else of:
        name, (theirs, count) = one.item.id, _without(one, others)
        around = Around(
            _titled(twins.get(name, ()), titles),
            _original(one, titles),
            _titled(alike.get(name, ()), titles),
            theirs,
            count,
            shelf.helps(one),
            record.replies.get(name),
        )
        if around != NOTHING:
            found[name] = around
    return found


def _of_submitters(standings: Sequence[Standing]) -> Mapping[str, list[Other]]:
    """Every submitter's items, newest first."""
    found: dict[str, list[Other]] = defaultdict(list)
    for one in sorted(standings, key=lambda one: (one.item.received, one.item.id), reverse=True):
        item = one.item
        if item.submitter and item.submitter.ref:
            found[item.submitter.ref].append(Other(item.id, item.title, one.state.life, item.received))
    return found


def _without(one: Standing, others: Mapping[str, Sequence[Other]]) -> tuple[tuple[Other, ...], int]:
    """The submitter's newest items but this one, and how many there are; nobody in particular has none."""
    ref = one.item.submitter.ref if one.item.submitter else None
    found = others.get(ref or "", ())
    first = [other for other in found[: OTHERS + 1] if other.id != one.item.id]
    return tuple(first[:OTHERS]), max(0, len(found) - 1)


def _original(one: Standing, titles: Mapping[str, str]) -> tuple[str, str] | None:
    found = one.state.duplicate_of
    return (found, titles.get(found, "")) if found else None


def _titled(found: Sequence[str], titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((identity, titles.get(identity, "")) for identity in found)


def _twins(standings: Sequence[Standing]) -> Mapping[str, list[str]]:
    """The duplicates that each item carries on for."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in standings:
        if one.state.duplicate_of:
            found[one.state.duplicate_of].append(one.item.id)
    return found
