"""Views of the queue that the desk keeps for everybody: a name, a query, and how many items fit it."""

from collections.abc import Iterator
from dataclasses import dataclass

from git_feedback.desk import query
from git_feedback.pages.page import Record
from git_feedback.policy.files import Name


@dataclass(frozen=True, slots=True)
class View:
    """A saved view at the moment of the build."""

    id: str
    name: Name
    query: str
    count: int


def views(record: Record, *, by_title: bool) -> list[View]:
    """The views of the policy in its order; a query that cannot be read is left out (`check` says why).

    `by_title`: words are counted where they stand in id and title, as the queue of a large desk finds them.
    """
    return list(_views(record, by_title=by_title))


def _views(record: Record, *, by_title: bool) -> Iterator[View]:
    for view in record.policy.desk.views:
        try:
            asked = query.parse(view.query, record.policy, record.now)
        except (query.UnknownField, query.UnknownValue):
            continue
        fits = asked.fits_by_title if by_title else asked.fits
        yield View(view.id, view.name, view.query, sum(map(fits, record.standings)))
