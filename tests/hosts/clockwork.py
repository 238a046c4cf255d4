"""Time for tests of hosts: nothing waits."""

from dataclasses import dataclass, field

from git_feedback.hosts import Patience


@dataclass
class Clockwork:
    """A clock that only sleeping moves."""

    now: float = 0.0
    naps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    def patience(self, limit_s: float = 120, answer_s: float = 5) -> Patience:
        return Patience(limit_s, answer_s, lambda: self.now, self.sleep, lambda: 0.5)
