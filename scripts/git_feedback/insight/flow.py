"""The ways items went in a period: from which state to which, and what went backwards.

Waiting for an answer lies over the other states (an item that waits is still assigned, or accepted), so it is no
station of its own here; it is counted beside.  An item that took the same way twice is one item on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from git_feedback.clock.periods import Period
from git_feedback.desk import STATES, Standing, State, states
from git_feedback.desk.untold import counted
from git_feedback.insight.ledger import Ledger, Within
from git_feedback.policy import Policy

COLUMNS = {
    "new": 0, "triaged": 1, "returned": 1, "assigned": 2, "reopened": 2, "accepted": 3, "resolved": 4, "reviewed": 5,
    "replied": 6, "closed": 7, "rejected": 7, "duplicate": 7,
}  # fmt: skip
"""How far each state is on the way.  What is returned stands where it is to be assigned, what is reopened where it is
to be accepted: the way there is a way back, the way from there goes on."""

BACKWARDS = ("returned", "failed-review", "reopened", "separated")


@dataclass(frozen=True, slots=True)
class Way:
    """The items that went from one state to another in a period, by id."""

    source: str
    target: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """What went backwards: `kind` is one of BACKWARDS (separated: a duplicate that was none), how many `times`, and
    which items."""

    kind: str
    times: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flowed:
    """The ways of a period in the order of life, what went backwards, and which items came to wait for an answer."""

    ways: tuple[Way, ...]
    back: tuple[Back, ...]
    waited: tuple[str, ...]

    @property
    def passages(self) -> int:
        """How many items went how many ways."""
        return sum(len(way.items) for way in self.ways)


@dataclass(frozen=True, slots=True)
class Passage:
    """An item went from one state to another at a moment; `source` is where it stood beneath any waiting."""

    item: str
    at: datetime
    source: str
    target: str
    starts_to_wait: bool


def flowed(ledger: Ledger, period: Period) -> Flowed:
    """What went where in a period, imported history included as far as it tells."""
    within = Within(*(bound.astimezone(UTC) for bound in ledger.bounds(period)))
    found = [
        passage
        for one in sorted(ledger.standings, key=lambda one: one.item.id)
        for passage in passages(one, ledger.policy, ledger.now)
        if passage.at in within
    ]
    ways: dict[tuple[str, str], list[str]] = {}
    for passage in found:
        if passage.source != passage.target:
            ways.setdefault((passage.source, passage.target), []).append(passage.item)
    ordered = sorted(ways, key=lambda way: (STATES.index(way[0]), STATES.index(way[1])))
    return Flowed(
        tuple(Way(*way, tuple(dict.fromkeys(ways[way]))) for way in ordered),
        tuple(_back(found)),
        tuple(dict.fromkeys(passage.item for passage in found if passage.starts_to_wait)),
    )


def passages(one: Standing, policy: Policy, now: datetime) -> Iterator[Passage]:
    """Every change of an item's state up to `now`; what was taken back never happened."""
    events = counted(one.item, now)
    if not events:
        return
    told = states(one.item, policy, events)
    for event, before, after in zip(events, told, told[1:], strict=False):
        waits = after.life == "waiting" != before.life
        source, target = _beneath(before), _beneath(after)
        if waits or source != target:
            yield Passage(one.item.id, event.at, source, target, waits)


def _beneath(state: State) -> str:
    return state.before_waiting or state.life


def _back(found: list[Passage]) -> Iterator[Back]:
    for kind in BACKWARDS:
        items = [passage.item for passage in found if _kind(passage) == kind]
        if items:
            yield Back(kind, len(items), tuple(dict.fromkeys(items)))


def _kind(passage: Passage) -> str:
    """What kind of going back a passage is; empty where it goes on, or leads from a way back onward."""
    if passage.source == passage.target:
        return ""
    if passage.target in ("returned", "reopened"):
        return passage.target
    if passage.source == "duplicate":
        return "separated"
    return "failed-review" if passage.source == "resolved" and passage.target == "accepted" else ""
