"""What happened to all items, to be looked up by period: months, quarters and years of the desk's zone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing, State, state
from git_feedback.desk.sla import NAMES
from git_feedback.desk.untold import counted
from git_feedback.insight.counts import Attained, CategoryCount, DayCount
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.findings import Look
from git_feedback.insight.key_figures import AtEnd, KeyFigures, key_figures
from git_feedback.insight.stats import SETTLED
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, promises
from git_feedback.model import Item
from git_feedback.model.events import Reopen, Resolve
from git_feedback.policy import Policy


class Ledger:
    """Courses and verdicts of all items as known at `now`; `standings` are those of that moment."""

    def __init__(self, standings: Sequence[Standing], policy: Policy, now: datetime) -> None:
        self.standings, self.policy, self.now = standings, policy, now
        self.zone = ZoneInfo(policy.desk.zone)
        self.courses = courses(standings, now)
        self._lasts: dict[str, datetime] = {}
        self.verdicts = [verdict for standing in standings for verdict in promises(standing) if verdict.at <= now]

    def bounds(self, period: Period) -> tuple[datetime, datetime]:
        """The first moment of a period, and that of the next."""
        return period.bounds(self.zone)

    def look(self, period: Period) -> Look:
        """What happened in a period."""
        within = Within(*(bound.astimezone(UTC) for bound in self.bounds(period)))
        return Look(
            period=period.name,
            received=tuple(one for one in self.courses if one.received in within),
            answered=tuple(one for one in self.courses if one.answered in within),
            resolved=tuple(one for one in self.courses if one.resolved in within),
            judged=tuple(verdict for verdict in self.verdicts if verdict.at in within),
            satisfied=tuple(_satisfied(self.courses, within)),
            replied=tuple(one for one in self.courses if one.replied in within),
            csats=tuple(_last_of(self.courses, within, "csat")),
            scores=tuple(_scores(self.courses, within)),
            reopened=tuple(one for one in self.courses if any(at in within for at in self._reopened.get(_id(one), ()))),
            solved_by_another=tuple(one for one in self.courses if self._by_another.get(_id(one)) in within),
        )

    def key_figures(self, period: Period) -> KeyFigures:
        """The key figures of a period, its backlog being that of its end or of now."""
        return self.key_figures_of(period, self.look(period))

    def key_figures_of(self, period: Period, look: Look) -> KeyFigures:
        """The same where it has been looked up already what happened."""
        return key_figures(look, self._at_end(period, look), self.policy.office)

    def _at_end(self, period: Period, look: Look) -> AtEnd:
        """What stood when a period ended, or stands now where it has not."""
        start, end = self.bounds(period)
        there = self.stood(end)
        asked = [one for item, one in there if item.received >= start and one.life not in ("rejected", "duplicate")]
        return AtEnd(
            backlog=sum(one.is_unfinished and (one.is_open or item.record != "history") for item, one in there),
            asked=len(asked),
            settled=sum(one.life in SETTLED for one in asked),
            heard=sum(any(heard.at < end for heard in one.heard) for one in look.replied),
        )

    def stood(self, until: datetime) -> list[tuple[Item, State]]:
        """The items received before a moment, and how each stood right before it, or stands now where it is to come."""
        came = [one for one in self.standings if one.item.received < until]
        if until > self.now:
            return [(one.item, one.state) for one in came]
        then = until - timedelta(seconds=1)
        return [(one.item, one.state if self._last(one) <= then else self._then(one, then)) for one in came]

    def _then(self, one: Standing, moment: datetime) -> State:
        return state(one.item, self.policy, moment)

    def _last(self, one: Standing) -> datetime:
        """The last event of an item by now: since then it stands as it does."""
        if one.item.id not in self._lasts:
            known = (event.at for event in one.item.history if event.at <= self.now)
            self._lasts[one.item.id] = max(known, default=one.item.received)
        return self._lasts[one.item.id]

    def days(self, period: Period) -> tuple[DayCount, ...]:
        """Every day of a period that had begun."""
        received = Counter(course.received.astimezone(self.zone).date() for course in self.courses)
        resolved = Counter(course.resolved.astimezone(self.zone).date() for course in self.courses if course.resolved)
        return tuple(
            DayCount(day, received[day], resolved[day], self.policy.office.is_working_day(day))
            for day in self._dates(period)
        )

    def _dates(self, period: Period) -> Iterator[date]:
        start, end = (bound.date() for bound in self.bounds(period))
        last = min(end - timedelta(1), self.now.astimezone(self.zone).date())
        yield from (start + timedelta(days) for days in range((last - start).days + 1))

    def categories(self, period: Period) -> tuple[CategoryCount, ...]:
        """The categories of what was received in a period, the most frequent first."""
        late = {id(verdict.standing) for verdict in self.verdicts if verdict.outcome == BREACHED}
        received = self.look(period).received
        counts = Counter(course.category for course in received)
        of_late = Counter(course.category for course in received if id(course.standing) in late)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(CategoryCount(category, count, of_late[category]) for category, count in ranked)

    def attainment(self, period: Period) -> tuple[Attained, ...]:
        """The runs of clocks that were judged in a period, by clock and level."""
        counts = Counter((v.clock, v.level, v.outcome) for v in self.look(period).judged)
        pairs = sorted({key[:2] for key in counts}, key=lambda pair: (NAMES.index(pair[0]), pair[1] or "~"))
        return tuple(
            Attained(*pair, *(counts[(*pair, outcome)] for outcome in (MET, BREACHED, EXCLUDED))) for pair in pairs
        )

    def arrivals(self, period: Period) -> tuple[tuple[int, ...], ...]:
        """What was received in a period, by weekday (Monday first) and hour."""
        there = (course.received.astimezone(self.zone) for course in self.look(period).received)
        counts = Counter((moment.weekday(), moment.hour) for moment in there)
        return tuple(tuple(counts[weekday, hour] for hour in range(24)) for weekday in range(7))

    @cached_property
    def _reopened(self) -> dict[str, list[datetime]]:
        """When items were opened again, by id."""
        found = {
            one.item.id: [e.at for e in counted(one.item, self.now) if isinstance(e, Reopen)] for one in self.standings
        }
        return {name: moments for name, moments in found.items() if moments}

    @cached_property
    def _by_another(self) -> dict[str, datetime]:
        """When an item was first solved by somebody else than its first solver, by id."""
        found: dict[str, datetime] = {}
        for one in self.standings:
            solved = [event for event in counted(one.item, self.now) if isinstance(event, Resolve)]
            other = next((event.at for event in solved if event.by != solved[0].by), None)
            if other:
                found[one.item.id] = other
        return found


class Within:
    """A span of time; its end is outside."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, datetime) and self.start <= moment < self.end


def _id(one: Course) -> str:
    return one.standing.item.id


def _satisfied(found: Iterable[Course], within: Within) -> Iterable[bool]:
    """For each item heard again in the span: whether its last word in it was satisfied."""
    for course in found:
        heard = [one for one in course.heard if one.at in within]
        if heard:
            yield heard[-1].verdict == "satisfied"


def _last_of(found: Iterable[Course], within: Within, name: str) -> Iterable[int]:
    """The last number of that name that each item heard in the span gave."""
    for course in found:
        given = [value for one in course.heard if one.at in within and (value := getattr(one, name)) is not None]
        yield from given[-1:]


def _scores(found: Iterable[Course], within: Within) -> Iterable[int]:
    """What each item answered last in the span to "would you recommend us": as it came, or when it was heard again."""
    for course in found:
        first = [course.standing.item.nps] if course.received in within else []
        heard = [one.nps for one in course.heard if one.at in within]
        yield from [value for value in (*first, *heard) if value is not None][-1:]
