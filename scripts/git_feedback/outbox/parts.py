"""A long message in several short ones: split between its pieces, each part with the heading and who it is for.

A piece (the words of one item) is never cut, unless it is too long for a message of its own: then it ends at the border
of a character a reader sees, with an ellipsis.  Every piece stands in exactly one part.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from git_feedback.desk.alarms import Alarm
from git_feedback.outbox.message import Block, Message
from git_feedback.text import graphemes

ELLIPSIS = "…"
ROOM = Block(("字" * 60,) * 5)
"""What a part has room for besides its heading: the words of one item, usually."""
_WIDEST = (999, 999)
"""The number of a part while it is measured."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the messages that a message leaves as; its words are not escaped."""

    subject: str
    greeting: str
    blocks: tuple[Block, ...]
    number: tuple[int, int] | None = None
    """Which part of how many; None where there is one only."""

    @property
    def heading(self) -> str:
        """The subject, with the number of the part."""
        return f"{self.subject} ({self.number[0]}/{self.number[1]})" if self.number else self.subject

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What it tells of."""
        return tuple(alarm for block in self.blocks for alarm in block.alarms)


def split(message: Message, fits: Callable[[Part], bool]) -> list[Part]:
    """The parts of a message; `fits` says whether a service takes one.  An empty part must fit."""
    whole = Part(message.subject, message.greeting, message.blocks)
    if fits(whole):
        return [whole]
    frame = _framed(Part(message.subject, message.greeting, (), _WIDEST), fits)
    parts = list(_filled(frame, message.blocks, fits))
    return [replace(part, number=(n, len(parts))) for n, part in enumerate(parts, 1)]


def _framed(frame: Part, fits: Callable[[Part], bool]) -> Part:
    """Heading and greeting, short enough to leave room for what the message is about."""

    def has_room(part: Part) -> bool:
        return fits(replace(part, blocks=(ROOM,)))

    if has_room(frame):
        return frame
    shorter = _cut(frame.greeting, lambda words: has_room(replace(frame, greeting=words, subject="")))
    return replace(
        frame,
        greeting=shorter,
        subject=_cut(frame.subject, lambda words: has_room(replace(frame, greeting=shorter, subject=words))),
    )


def _filled(frame: Part, blocks: Sequence[Block], fits: Callable[[Part], bool]) -> Iterator[Part]:
    """Each part takes as many pieces as fit, in their order."""
    part = frame
    for block in blocks:
        longer = replace(part, blocks=(*part.blocks, block))
        if fits(longer):
            part = longer
            continue
        if part.blocks:
            yield part
        part = replace(frame, blocks=(_shortened(block, frame, fits),))
    if part.blocks:
        yield part


def _shortened(block: Block, frame: Part, fits: Callable[[Part], bool]) -> Block:
    """A piece that fits into a part of its own."""

    def alone(words: str) -> bool:
        return fits(replace(frame, blocks=(replace(block, lines=tuple(words.split("\n"))),)))

    return replace(block, lines=tuple(_cut("\n".join(block.lines), alone).split("\n")))


def _cut(words: str, fits: Callable[[str], bool]) -> str:
    """The words if they fit, else as many of their characters as do, and an ellipsis."""
    if fits(words):
        return words
    pieces = list(graphemes(words))
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_begun(pieces, middle)) else (low, middle - 1)
    while low and not fits(_begun(pieces, low)):  # escaping looks ahead: fewer characters may need more room
        low -= 1
    return _begun(pieces, low)


def _begun(pieces: Sequence[str], count: int) -> str:
    return "".join(pieces[:count]).rstrip() + ELLIPSIS
