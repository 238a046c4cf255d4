"""What goes out: one message to one person, and why one did not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git_feedback import i18n
from git_feedback.desk.alarms import Alarm
from git_feedback.policy import Person
from git_feedback.policy.notify_files import Way


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one person, as text and as HTML; `subject` is one line.  It tells of `alarms`, or (none) of something else."""

    addressee: str
    name: str
    """What the addressee is called."""
    subject: str
    text: str
    html: str
    alarms: tuple[Alarm, ...]

    @property
    def is_repeat(self) -> bool:
        """Whether it holds nothing but lines of the working day."""
        return bool(self.alarms) and all(alarm.repeat for alarm in self.alarms)


@dataclass(frozen=True, slots=True)
class Route:
    """How a message leaves: its way by name, the person, the way's secret, where drafts go, how long to wait."""

    name: str
    way: Way
    person: Person | None
    secret: str | None
    """What the environment variable of the way holds; never shown."""
    folder: Path
    now: datetime
    patience_s: float


Sender = Callable[[Message, Route], None]
"""Gives a message away, or raises NotSent."""


class NotSent(Exception):
    """A message did not go out: the code of the reason, without any secret and without a word of the other side."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def is_slow(self) -> bool:
        """Whether the other side did not answer in time."""
        return self.code == "send-too-slow"

    def said(self, language: str) -> str:
        """The reason and the way out, in one line."""
        return i18n.text(self.code, language, None, **self.values)
