"""You said, we did: measures that are done and may be told, each with how many items are behind it, month by month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from git_feedback.desk import Standing
from git_feedback.model.measures import Measure

_NOT_BEHIND = ("rejected",)


@dataclass(frozen=True, slots=True)
class Told:
    """A measure, and how many items it comes from."""

    measure: Measure
    items: int


@dataclass(frozen=True, slots=True)
class Month:
    """What was done in a month, newest first; `first` is its first day."""

    first: date
    told: tuple[Told, ...]


def closings(measures: Iterable[Measure], standings: Iterable[Standing], today: date) -> list[Month]:
    """Measures that are done by `today` and public, newest month first."""
    done = [one for one in measures if one.is_told and one.done and one.done <= today]
    behind = _behind(done, standings)
    by_month: dict[date, list[Told]] = {}
    for one in sorted(done, key=lambda one: (one.done, one.id), reverse=True):
        assert one.done is not None
        by_month.setdefault(one.done.replace(day=1), []).append(Told(one, len(behind[one.id])))
    return [Month(first, tuple(told)) for first, told in by_month.items()]


def _behind(measures: Iterable[Measure], standings: Iterable[Standing]) -> Mapping[str, set[str]]:
    """The items behind each measure: those it names, those linked to it, and duplicates of both; no rejected ones."""
    named = {one.id: set(one.items) for one in measures}
    there = [one for one in standings if one.state.life not in _NOT_BEHIND]
    for one in there:
        for kind, to in one.state.links:
            if kind == "measure" and to in named:
                named[to].add(one.item.id)
    ids = {one.item.id for one in there}
    twins = [(one.item.id, one.state.duplicate_of) for one in there if one.state.duplicate_of]
    return {
        name: (items & ids) | {twin for twin, original in twins if original in items} for name, items in named.items()
    }
