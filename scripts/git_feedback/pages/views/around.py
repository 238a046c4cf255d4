"""What an item's page shows of other things: items that are one with it, look like it, or came from the same person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from git_feedback.desk import Standing
from git_feedback.pages.page import Record
from git_feedback.pages.views.duplicates import like


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of one item, each as (id, title) of another: duplicates that it carries on for, the item that
    it is a duplicate of, items that it looks like."""

    twins: tuple[tuple[str, str], ...] = ()
    original: tuple[str, str] | None = None
    alike: tuple[tuple[str, str], ...] = ()


NOTHING = Around()


def surroundings(record: Record) -> Mapping[str, Around]:
    """The surroundings of every item that has any, by id; an item that is not here has no title and no page."""
    titles = {one.item.id: one.item.title for one in record.standings}
    twins, alike = _twins(record.standings), like(record)
    return {
        one.item.id: Around(
            _titled(twins.get(one.item.id, ()), titles),
            _original(one, titles),
            _titled(alike.get(one.item.id, ()), titles),
        )
        for one in record.standings
        if one.item.id in twins or one.item.id in alike or one.state.duplicate_of
    }


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
