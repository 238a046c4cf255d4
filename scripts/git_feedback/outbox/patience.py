"""How often a message is tried, and how fast messages follow each other: services shut out who comes too often.

Trouble that passes is tried again with growing, uneven pauses until the patience ends, once a run and way: after that
each further message of the run is tried once.  Nothing is tried again that may have arrived.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


class Pace(NamedTuple):
    """So many messages in so many seconds, and no more."""

    messages: int
    within_s: float


@dataclass
class Patience:
    """How long to go on trying, and where time and chance come from; and how often each way was used in this run."""

    limit_s: float
    """Seconds of pauses before a message is given up."""
    crowd_s: float
    """Seconds that a run waits in all for its turn at one way; what is left waits for the next run."""
    clock: Callable[[], float]
    """Seconds of a clock that never goes back."""
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    """A number from 0 to 1."""
    wall: Callable[[], float]
    """Seconds since 1970: a signature holds for an hour of real time, whatever moment the run judges by."""
    _posted: dict[str, deque[float]] = field(default_factory=dict)
    _waited: dict[str, float] = field(default_factory=dict)
    _tired: set[str] = field(default_factory=set)

    def took_turn(self, way: str, pace: Pace) -> bool:
        """Wait until a way takes another message, and count it; False where that would take too long."""
        posted = self._posted.setdefault(way, deque())
        while posted and posted[0] <= self.clock() - pace.within_s:
            posted.popleft()
        if len(posted) >= pace.messages:
            pause_s = max(0.0, posted[-pace.messages] + pace.within_s - self.clock())
            waited = self._waited.get(way, 0) + pause_s
            if waited > self.crowd_s:
                return False
            self._waited[way] = waited
            self.sleep(pause_s)
        posted.append(self.clock())
        return True

    def pauses(self, way: str) -> "Pauses":
        """The pauses between the tries of one message."""
        return Pauses(self, way, self.clock() + self.limit_s)

    def gave_up(self, way: str) -> None:
        """Note that a way had its time in this run."""
        self._tired.add(way)

    def is_tired(self, way: str) -> bool:
        """Whether a way had its time in this run."""
        return way in self._tired


@dataclass
class Pauses:
    """The pauses between the tries of one message."""

    patience: Patience
    way: str
    end: float
    wait_s: float = _FIRST_WAIT_S

    def took(self, after_s: float) -> bool:
        """Pause, for `after_s` at least; False where the patience ends before."""
        patience = self.patience
        pause_s = after_s + self.wait_s * (0.5 + patience.chance() / 2)
        if patience.is_tired(self.way) or patience.clock() + pause_s > self.end:
            patience.gave_up(self.way)
            return False
        patience.sleep(pause_s)
        self.wait_s = min(2 * self.wait_s, _LONGEST_WAIT_S)
        return True
