"""The same items judged twice: on which clocks, levels and routes two policies do not agree.

Pure: two lists of standings in, figures out.  Late in one run is late for good, as everywhere in figures; clocks that
have not begun, that were cancelled or of which imported history does not tell are not counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from git_feedback.desk import Standing
from git_feedback.desk.sla import NAMES, Clock
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, standing_of
from git_feedback.policy import Policy

RUNNING = "running"
OUTCOMES = (MET, BREACHED, RUNNING)

Turn = tuple[str, str]
"""What it was under the policy in force, and what it is under the other one; empty for nothing."""


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A clock that ends otherwise, is due otherwise, or runs under one of the two policies only (the other is None)."""

    name: str
    before: Clock | None
    after: Clock | None
    outcome: Turn
    """Two of OUTCOMES; empty where it is not counted."""
    moved_s: int | None
    """By how much it is due later (negative: earlier) in real time; None where that cannot be compared."""
    shift_s: int | None
    """The same in working time of the clock's calendar, as the policy in force has it."""

    @property
    def adds_breach(self) -> bool:
        """Late under the other policy only."""
        return self.outcome[1] == BREACHED != self.outcome[0]

    @property
    def removes_breach(self) -> bool:
        """Late under the policy in force only."""
        return self.outcome[0] == BREACHED != self.outcome[1]


@dataclass(frozen=True, slots=True)
class Change:
    """An item that the two policies see differently."""

    before: Standing
    after: Standing
    clocks: tuple[ClockChange, ...]
    route: Turn
    """The departments that its category leads to, whoever has it now."""

    @property
    def level(self) -> Turn:
        """Its levels."""
        return self.before.state.level or "", self.after.state.level or ""

    @property
    def department(self) -> Turn:
        """The departments that have it."""
        return self.before.state.department or "", self.after.state.department or ""

    @property
    def owner(self) -> Turn:
        """Its owners."""
        return self.before.state.owner or "", self.after.state.owner or ""

    @property
    def category(self) -> Turn:
        """Its categories."""
        return self.before.state.category or "", self.after.state.category or ""


@dataclass(frozen=True, slots=True)
class Shifts:
    """Deadlines that move in one direction: how many, and the median shift in seconds of working time (None: none)."""

    n: int
    median_s: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """One clock over all items: how many ended how, and what became of deadlines."""

    clock: str
    before: Mapping[str, int]
    after: Mapping[str, int]
    added: int
    removed: int
    earlier: Shifts
    later: Shifts


@dataclass(frozen=True, slots=True)
class Route:
    """Items whose category leads to another department; `moved`: nobody has assigned them, so they would be there."""

    turn: Turn
    n: int
    moved: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What two policies make of the same items."""

    replayed: int
    changes: tuple[Change, ...]
    """Worst first: new breaches, earlier deadlines not met yet, other levels and routes, then those met, what gets easier."""
    tallies: tuple[Tally, ...]
    """The clocks that ran on any item, in the order of NAMES."""
    levels: Mapping[Turn, int]
    """How many items have which levels, those that keep theirs too."""
    routes: tuple[Route, ...]

    @property
    def added(self) -> int:
        """Breaches that only the other policy sees."""
        return sum(tally.added for tally in self.tallies)

    @property
    def removed(self) -> int:
        """Breaches that only the policy in force sees."""
        return sum(tally.removed for tally in self.tallies)


def compared(before: Sequence[Standing], after: Sequence[Standing], ours: Policy, other: Policy) -> Replay:
    """The same items in the same order, as the policy in force (`ours`) and another one see them."""
    changes: list[Change] = []
    counts: tuple[Counter[Turn], Counter[Turn]] = Counter(), Counter()
    levels: Counter[Turn] = Counter()
    for one, two in zip(before, after, strict=True):
        for standing, counted in zip((one, two), counts, strict=True):
            counted.update((clock.name, outcome(clock)) for clock in standing.clocks)
        change = Change(one, two, tuple(_clock_changes(one, two, ours)), (_route(one, ours), _route(two, other)))
        levels[change.level] += 1
        if _is_one(change):
            changes.append(change)
    changes.sort(key=_gravity)
    return Replay(len(before), tuple(changes), _tallies(changes, *counts), levels, _routes(changes))


def outcome(clock: Clock | None) -> str:
    """met, breached (in any run, answered or not) or running; empty where there is nothing to count."""
    if clock is None or clock.shown is None:
        return ""
    found = standing_of(clock)
    return {EXCLUDED: "", "open_breached": BREACHED}.get(found, found)


# ---- one item -------------------------------------------------------------------------------------------------------


def _is_one(change: Change) -> bool:
    turns = change.level, change.department, change.owner, change.category, change.route
    return bool(change.clocks) or any(was != is_ for was, is_ in turns)


def _route(one: Standing, policy: Policy) -> str:
    category = policy.categories.get(one.state.category or "")
    return category.department if category else ""


def _clock_changes(before: Standing, after: Standing, ours: Policy) -> Iterator[ClockChange]:
    if before.clocks == after.clocks:
        return
    was, becomes = _begun(before), _begun(after)
    for name in NAMES:
        one, two = was.get(name), becomes.get(name)
        turn = outcome(one), outcome(two)
        if turn[0] != turn[1] or (any(turn) and _sight(one) != _sight(two)):
            yield ClockChange(name, one, two, turn, *_shift(one, two, ours))


def _begun(one: Standing) -> dict[str, Clock]:
    return {clock.name: clock for clock in one.clocks if clock.shown}


def _sight(clock: Clock | None) -> tuple[str, int] | None:
    """What people see of a clock: how it stands and when its time is used up."""
    return (clock.state, clock.shown.end) if clock and clock.shown else None


def _shift(one: Clock | None, two: Clock | None, ours: Policy) -> tuple[int, int] | tuple[None, None]:
    """By how much the deadline of the same run moves, in real and in working time."""
    if not (one and two and one.shown and two.shown) or one.shown.start != two.shown.start:
        return None, None
    was, becomes = one.shown.end, two.shown.end
    worked = ours.calendars[one.calendar].elapsed_s(min(was, becomes), max(was, becomes))
    return becomes - was, worked if becomes >= was else -worked


def _gravity(change: Change) -> tuple[int, int, str]:
    """Where a change stands among all: its kind, then by how much, then the id."""
    identity = change.before.item.id
    added = [_late(clock.after) for clock in change.clocks if clock.adds_breach]
    if added:
        return 0, -max(added), identity
    moved = [(clock.moved_s or 0, clock.outcome[1] == RUNNING) for clock in change.clocks]
    pressing = [by for by, goes_on in moved if by < 0 and goes_on]
    if pressing:
        return 1, min(pressing), identity
    if not change.clocks or change.level[0] != change.level[1]:
        return 2, 0, identity
    earliest = min(by for by, _ in moved)
    return (3, earliest, identity) if earliest < 0 else (4, -max(by for by, _ in moved), identity)


def _late(clock: Clock | None) -> int:
    return max((cycle.late_by or 0 for cycle in clock.cycles), default=0) if clock else 0


# ---- all of them ----------------------------------------------------------------------------------------------------


def _tallies(changes: Sequence[Change], before: Counter[Turn], after: Counter[Turn]) -> tuple[Tally, ...]:
    by_clock: dict[str, list[ClockChange]] = {name: [] for name in NAMES}
    for change in changes:
        for clock in change.clocks:
            by_clock[clock.name].append(clock)
    ran = (name for name in NAMES if any(counted[name, one] for one in OUTCOMES for counted in (before, after)))
    return tuple(_tally(name, by_clock[name], before, after) for name in ran)


def _tally(name: str, changed: Sequence[ClockChange], before: Counter[Turn], after: Counter[Turn]) -> Tally:
    moved = [(clock.moved_s, clock.shift_s) for clock in changed]
    return Tally(
        name,
        {one: before[name, one] for one in OUTCOMES},
        {one: after[name, one] for one in OUTCOMES},
        sum(clock.adds_breach for clock in changed),
        sum(clock.removes_breach for clock in changed),
        _shifts([-(shift or 0) for by, shift in moved if by and by < 0]),
        _shifts([shift or 0 for by, shift in moved if by and by > 0]),
    )


def _shifts(found: Sequence[int]) -> Shifts:
    return Shifts(len(found), int(median(found)) if found else None)


def _routes(changes: Sequence[Change]) -> tuple[Route, ...]:
    counted: Counter[Turn] = Counter()
    moved: Counter[Turn] = Counter()
    for change in changes:
        if change.route[0] != change.route[1]:
            counted[change.route] += 1
            moved[change.route] += change.department[0] != change.department[1]
    order = sorted(counted, key=lambda turn: (-counted[turn], turn))
    return tuple(Route(turn, counted[turn], moved[turn]) for turn in order)
