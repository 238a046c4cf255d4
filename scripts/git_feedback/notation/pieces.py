"""A file cut into whole lines: each key of the root, and each entry of the list under its last key, with their comments.

Put together again the pieces are the file, so whoever exchanges one leaves every byte of the others as it was.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from git_feedback.notation.events import events
from git_feedback.notation.faults import Bad, Fault

_ENTRY = "  - "


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines, and the comments in them."""

    text: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file in pieces.

    `fields` are the keys of the root before the last one, each with the comments above it.  `head` is the last key's
    own line, with what stands above it and up to its first entry; `has_key` tells whether that key is there at all.
    `entries` each have the comments below them, for that is where an append leaves those at the end of a file.
    """

    fields: Mapping[str, Piece] = field(default_factory=dict)
    head: Piece = Piece()
    has_key: bool = False
    entries: tuple[Piece, ...] = ()


def pieces(text: str, key: str) -> Pieces:
    """The pieces of a text that `read` accepts, its lines ended by LF, `key` being the one that comes last.

    Raises Bad (`not-appendable`) for another form: a root in braces, a key after `key`, a list that is not indented by
    two, no newline at the end.
    """
    outline = _Outline(text, key)
    lines = text.split("\n")
    if lines.pop():
        raise outline.misshapen(len(lines))
    comments = _by_line(text, outline.spans)
    cuts = [*outline.starts, *outline.entries, len(lines)]
    found = [_piece(lines, begin, end, comments) for begin, end in pairwise(cuts)]
    head = len(outline.names)
    if any(not lines[line].startswith(_ENTRY) for line in outline.entries):
        raise outline.misshapen(outline.entries[0])
    return Pieces(dict(zip(outline.names, found, strict=False)), found[head], outline.has_key, tuple(found[head + 1 :]))


def _piece(lines: Sequence[str], begin: int, end: int, comments: Sequence[tuple[int, str]]) -> Piece:
    inside = tuple(words for line, words in comments if begin <= line < end)
    return Piece("".join(f"{line}\n" for line in lines[begin:end]), inside)


class _Outline:
    """The lines, from 0, at which pieces begin.

    `starts` has one more than `names`: the last is where the head begins.  `spans` are the places of all scalars, in
    which a `#` begins no comment.
    """

    def __init__(self, text: str, key: str) -> None:
        self.text, self.key = text, key
        self.names: list[str] = []
        self.starts = [0]
        self.entries: list[int] = []
        self.has_key = False
        self.spans: list[tuple[int, int]] = []
        self.in_flow: list[bool] = []
        self.name: str | None = None
        self.end = 0
        for event in events(text.encode()):
            self.take(event)

    def take(self, event: Any) -> None:
        """One event more."""
        if isinstance(event, ScalarEvent):
            self.scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self.opens(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            if self.in_flow.pop():
                mark: Any = event.end_mark
                self.end = mark.line + 1
            self.after()

    def scalar(self, event: Any) -> None:
        """A key of the root, or anything else that is written."""
        start, end = event.start_mark, event.end_mark
        is_block = event.style in ("|", ">")
        self.spans.append((self.text.find("\n", start.index) if is_block else start.index, end.index))
        if len(self.in_flow) == 1 and self.name is None:
            if self.has_key or start.column:
                raise self.misshapen(start.line)
            self.name = event.value
            return
        self.end = end.line if is_block and not end.column else end.line + 1
        self.entry(event)
        self.after()

    def opens(self, event: Any) -> None:
        """A map or a list: the root, the list, or one of its entries."""
        if not self.in_flow and (event.flow_style or not isinstance(event, MappingStartEvent)):
            raise self.misshapen(event.start_mark.line)
        if len(self.in_flow) == 1 and self.name == self.key and event.flow_style:
            raise self.misshapen(event.start_mark.line)
        self.entry(event)
        self.in_flow.append(bool(event.flow_style))

    def entry(self, event: Any) -> None:
        """Notes where an entry of the list begins."""
        if len(self.in_flow) == 2 and self.name == self.key:
            self.entries.append(event.start_mark.line)

    def after(self) -> None:
        """Behind a value of the root: the next piece begins there."""
        if len(self.in_flow) != 1 or self.name is None:
            return
        if self.name == self.key:
            self.has_key = True
        else:
            self.names.append(self.name)
            self.starts.append(self.end)
        self.name = None

    def misshapen(self, line: int) -> Bad:
        """What to raise; `line` counts from 0."""
        return Bad((Fault("not-appendable", line + 1, 1, {"key": self.key}),))


def _by_line(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """Every comment with its line: a `#` at the beginning of a line or behind a blank, outside of all scalars."""
    return [(text.count("\n", 0, at), text[at : text.find("\n", at)]) for at in _signs(text, spans)]


def _signs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    starts = [start for start, _ in spans]
    at = text.find("#")
    while at >= 0:
        nearest = bisect_right(starts, at) - 1
        if nearest >= 0 and at < spans[nearest][1]:
            at = text.find("#", spans[nearest][1])
        elif at and text[at - 1] not in " \t\n":
            at = text.find("#", at + 1)
        else:
            yield at
            at = text.find("#", text.find("\n", at))
