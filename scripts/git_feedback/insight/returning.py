"""What comes back: items that were settled and are opened again, and those that a second person had to solve."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight.confidence import Interval, wilson
from git_feedback.insight.durations import DECIMALS
from git_feedback.model import Event
from git_feedback.model.events import Reopen

_SETTLES = ("resolve", "reply", "close")


@dataclass(frozen=True, slots=True)
class Returning:
    """Of `settled` items (resolved, replied to or closed once) those `reopened` at least once, and by which reason.

    `rate` is 0 to 1 with its interval, None where nothing was settled.  `second_handling` of the reopened ones were
    solved again by somebody else than the first time.
    """

    settled: int
    reopened: int
    rate: float | None
    interval: Interval | None
    by_kind: dict[str, int]
    second_handling: int

    def as_json(self) -> dict[str, object]:
        """For JSON: the same names."""
        return asdict(self)


def returning(standings: Sequence[Standing], now: datetime) -> Returning:
    """What came back by `now`; an item that was opened again twice counts once, its reasons each."""
    kinds: Counter[str] = Counter()
    settled = reopened = second = 0
    for one in standings:
        events = counted(one.item, now)
        again = [event.kind for event in events if isinstance(event, Reopen)]
        settled += any(event.verb in _SETTLES for event in events)
        reopened += bool(again)
        kinds.update(again)
        second += bool(again) and _by_another(events)
    rate = round(reopened / settled, DECIMALS) if settled else None
    return Returning(settled, reopened, rate, wilson(reopened, settled), dict(sorted(kinds.items())), second)


def _by_another(events: Sequence[Event]) -> bool:
    """Whether two solutions are by two people."""
    solvers = [event.by for event in events if event.verb == "resolve"]
    return len(set(solvers)) > 1
