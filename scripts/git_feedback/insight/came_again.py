"""Problems that came again in a period: those that have a record, and groups of like items that have none yet.

A group that lies for the most part within a record is told with it.  Everything is counted as of the end of the period.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.insight.belonging import belonging, in_order, submitters, weekly
from git_feedback.insight.confidence import wilson
from git_feedback.insight.measured import as_known
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.policy import Policy
from git_feedback.text import fold, visible
from git_feedback.triage.recurring import Recurring

Turn = Literal["spike", "new", "rising", "falling", "steady", "few"]
FEWEST = 6
"""Fewer items in eight weeks have no direction: even if all came in the later half, it might be one bad week."""
FEWEST_PEOPLE = 2
"""A word that fewer people said may be anybody's own; it names nothing."""
LISTED = 2
_LONGEST = 40
_HALF = 4
"""Weeks in each half of the trend."""


@dataclass(frozen=True, slots=True)
class Again:
    """A problem that came again: `items` are all of it, `came` those of the period, both in the order of arrival.

    `key` is its problem record, else what `problem new` takes.  `turn`: the later four of the last eight weeks against
    the earlier ones; `new` where all of it came in the later ones, `few` where nothing can be said.  `terms`: words
    that several people said, by language.  `since_done`: how many came after the newest of its `measures` was done,
    None where none is done.
    """

    key: str
    problem: str | None
    items: tuple[str, ...]
    came: tuple[str, ...]
    people: int
    since: date
    weekly: tuple[int, ...]
    turn: Turn
    areas: tuple[tuple[str, int], ...]
    products: tuple[tuple[str, int], ...]
    category: str | None
    open: int
    terms: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    since_done: int | None
    proposes_problem: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a desk's problems when a period ends at `until`: its items, and what the team wrote."""

    standings: Sequence[Standing]
    policy: Policy
    period: Period
    until: datetime
    groups: Sequence[Recurring] = ()
    records: Sequence[ProblemRecord] = ()
    measures: Sequence[Measure] = ()


def came_again(known: Known) -> list[Again]:
    """What came again in the period, that with most items of the period first; nothing that came only once."""
    recorded = [(one, belonging(one, known.standings, known.policy, known.until).all) for one in _records(known)]
    told = [_again(found, known, record=one) for one, found in recorded]
    taken = {it.item.id for _, found in recorded for it in found}
    by_id = {one.item.id: one for one in known.standings}
    told += [
        _again([by_id[name] for name in group.ids if name in by_id], known, group=group)
        for group in known.groups
        if 2 * len(taken.intersection(group.ids)) < len(group.ids)
    ]
    kept = (one for one in told if one.came and len(one.items) > 1)
    return sorted(kept, key=lambda one: (-len(one.came), -one.people, -len(one.items), one.key))


def _records(known: Known) -> list[ProblemRecord]:
    """Those that were there and that somebody wants."""
    last = known.until.astimezone(known.policy.zone).date()
    return [one for one in known.records if one.status != "dropped" and one.since <= last]


def _again(
    found: Sequence[Standing], known: Known, record: ProblemRecord | None = None, group: Recurring | None = None
) -> Again:
    listed = in_order(found)
    ids = tuple(one.item.id for one in listed)
    start, end = known.period.bounds(known.policy.zone)
    trend = weekly(listed, known.until)
    measures = _measures(record, ids, known)
    problem = record.id if record else group.problem if group else None
    return Again(
        key=problem or (group.key if group else ids[0]),
        problem=problem,
        items=ids,
        came=tuple(one.item.id for one in listed if start <= one.item.received < end),
        people=submitters(listed),
        since=_since(record, listed, known),
        weekly=trend,
        turn="spike" if group and group.spike else turn(trend, len(ids)),
        areas=_most(one.item.area for one in listed),
        products=_most(one.item.product for one in listed),
        category=next((name for name, _ in _most(one.state.category for one in listed)), None),
        open=sum(one.state.is_open for one in listed),
        terms=_terms(group, listed) if group else {},
        measures=tuple(one.id for one in measures),
        since_done=_since_done(measures, listed, known),
        proposes_problem=bool(group and group.proposes_problem and not record),
    )


def _since(record: ProblemRecord | None, listed: Sequence[Standing], known: Known) -> date:
    first = [one.item.received.astimezone(known.policy.zone).date() for one in listed[:1]]
    return min([*([record.since] if record else []), *first], default=known.period.first)


def turn(trend: Sequence[int], total: int) -> Turn:
    """Where eight weeks go: given all of them, chance would put half into the later four (95 times of 100 about so)."""
    later, both = sum(trend[-_HALF:]), sum(trend)
    if later == total:
        return "new"
    if both < FEWEST:
        return "few"
    share = wilson(later, both)
    assert share
    return "rising" if share.low > 1 / 2 else "falling" if share.high < 1 / 2 else "steady"


def _measures(record: ProblemRecord | None, ids: Sequence[str], known: Known) -> list[Measure]:
    """Those that the record names, that name it, or that come from these items, as they stood at the end."""
    last, there = known.until.astimezone(known.policy.zone).date(), set(ids)
    return [
        as_known(one, last)
        for one in sorted(known.measures, key=lambda one: one.id)
        if one.status != "dropped"
        and (there.intersection(one.items) or (record and (one.problem == record.id or one.id in record.measures)))
    ]


def _since_done(measures: Iterable[Measure], listed: Sequence[Standing], known: Known) -> int | None:
    done = max((one.done for one in measures if one.done), default=None)
    if done is None:
        return None
    after = datetime.combine(done, time(), known.policy.zone)
    return sum(one.item.received >= after for one in listed)


def _most(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    """What is named most often, and how often; what is too long to be a name is left out."""
    counts = Counter(visible(value) for value in values if value and len(value) <= _LONGEST)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:LISTED])


def _terms(group: Recurring, found: Sequence[Standing]) -> dict[str, tuple[str, ...]]:
    """The words that name a group, those that several people said."""
    said = [(one, fold(f"{one.item.title} {one.item.text or ''}")) for one in found]

    def shared(terms: Iterable[str]) -> tuple[str, ...]:
        kept = (term for term in terms if submitters([one for one, text in said if term in text]) >= FEWEST_PEOPLE)
        return tuple(visible(term) for term in kept)

    own = {language: shared(terms) for language, terms in sorted(group.terms_by_language.items())}
    return {language: terms or shared(group.terms) for language, terms in own.items()}
