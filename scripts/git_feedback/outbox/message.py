"""What goes out: one message to one person, and why one did not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback import i18n
from git_feedback.desk.alarms import Alarm
from git_feedback.outbox.patience import Patience
from git_feedback.policy import Person
from git_feedback.policy.notify_files import Way


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a message that stays in one piece where the message must be split: its lines, and what it tells of."""

    lines: tuple[str, ...]
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one person, as text and as HTML; `subject` is one line.  It tells of `alarms`, or (none) of something else.

    `greeting` and `blocks` say the same as `text`, piece by piece, for ways that take short messages only.
    """

    addressee: str
    name: str
    """What the addressee is called."""
    subject: str
    text: str
    html: str
    greeting: str
    blocks: tuple[Block, ...]

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What it tells of, in the order of the text."""
        return tuple(alarm for block in self.blocks for alarm in block.alarms)

    @property
    def is_repeat(self) -> bool:
        """Whether it holds nothing but lines of the working day."""
        return bool(self.alarms) and all(alarm.repeat for alarm in self.alarms)


@dataclass(frozen=True, slots=True)
class Route:
    """How a message leaves: its way by name, the person, the way's secrets, where drafts go, how long to wait."""

    name: str
    way: Way
    person: Person | None
    secret: str | None = field(repr=False)
    """What the environment variable of the way holds; never shown."""
    folder: Path
    now: datetime
    patience_s: float
    """Seconds without an answer after which nobody waits any longer."""
    key: str | None = field(default=None, repr=False)
    """What the environment variable holds with whose help messages are signed; never shown."""
    patience: Patience | None = None
    """How often to try; None: once."""


Sender = Callable[[Message, Route], None]
"""Gives a message away, or raises NotSent."""


class NotSent(Exception):
    """A message did not go out: the code of the reason, without any secret and without a word of the other side.

    `passes` says that it may work when it is tried again, `after_s` that the other side wants so many seconds of peace
    before.  Of a message in several parts, `arrived` holds the alarms of those that went out.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values
        self.passes = False
        self.after_s = 0.0
        self.arrived: tuple[Alarm, ...] = ()

    @property
    def ends_run(self) -> bool:
        """Whether the way is not to be asked again in the same run: it did not answer in time, or wants peace."""
        return self.code in ("send-too-slow", "send-too-many")

    def later(self, after_s: float = 0) -> "NotSent":
        """The same reason, as one that passes."""
        self.passes, self.after_s = True, after_s
        return self

    def but_for(self, arrived: Iterable[Alarm]) -> "NotSent":
        """The same reason, for the rest of a message of which some has arrived."""
        self.arrived = tuple(arrived)
        return self

    def said(self, language: str) -> str:
        """The reason and the way out, in one line."""
        return i18n.text(self.code, language, None, **self.values)
