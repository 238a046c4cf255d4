"""Where things stand in a file that was read: a second pass, made only when there is a message to place."""

from collections.abc import Iterator
from typing import Any

from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from git_feedback.notation.events import events
from git_feedback.notation.faults import Fault, Path
from git_feedback.notation.reader import read


def places(source: bytes) -> dict[Path, tuple[int, int]]:
    """Line and column, from 1, of every key (for an entry of a list: of the entry), and (1, 1) for the whole.

    Raises Bad for a file that cannot be read.
    """
    found: dict[Path, tuple[int, int]] = {(): (1, 1)}
    rest = _accepted(source)
    _note(next(rest), rest, (), found)
    return found


def entries_are_one_line_flow(source: bytes, key: str) -> list[Fault]:
    """Faults (`event-form`) of the list under the root's `key`: each entry is `- NAME: {...}` with the braces on one
    line, indented by two; merges weave entries of any other form into each other.  Raises Bad for an unreadable file.
    """
    rest = _accepted(source)
    if not isinstance(next(rest), MappingStartEvent):
        return []
    for name in iter(rest.__next__, None):
        if isinstance(name, MappingEndEvent):
            return []
        value = next(rest)
        if isinstance(name, ScalarEvent) and name.value == key:
            return list(_misshapen(value, rest, key))
        _skip(value, rest)
    return []


def _accepted(source: bytes) -> Iterator[Any]:
    """The events from the root on, of a file that passes the reader; its limits of size were the caller's to set."""
    read(source, limit=len(source), max_nodes=len(source) + 1)
    return (event for event in events(source) if not isinstance(event, StreamStartEvent | DocumentStartEvent))


def _note(event: Any, rest: Iterator[Any], path: Path, found: dict[Path, tuple[int, int]]) -> None:
    if isinstance(event, MappingStartEvent):
        while not isinstance(name := next(rest), MappingEndEvent):
            inner = (*path, name.value)
            found[inner] = _place(name)
            _note(next(rest), rest, inner, found)
    elif isinstance(event, SequenceStartEvent):
        for index, entry in enumerate(_entries(rest)):
            found[*path, index] = _place(entry)
            _note(entry, rest, (*path, index), found)


def _misshapen(value: Any, rest: Iterator[Any], key: str) -> Iterator[Fault]:
    if isinstance(value, ScalarEvent) and not value.value:
        return
    line_and_column = _place(value)
    if not isinstance(value, SequenceStartEvent) or value.flow_style or line_and_column[1] != 3:
        yield Fault("event-form", *line_and_column, {"key": key})
        return
    for entry in _entries(rest):
        if not _has_form(entry, rest):
            yield Fault("event-form", *_place(entry), {"key": key})


def _has_form(entry: Any, rest: Iterator[Any]) -> bool:
    """Whether the entry is a block map that begins with `NAME: {...}` on one line; passes over the whole entry."""
    if not isinstance(entry, MappingStartEvent) or entry.flow_style:
        _skip(entry, rest)
        return False
    name = next(rest)
    value = next(rest)
    end = _skip(value, rest)
    in_braces = isinstance(value, MappingStartEvent) and bool(value.flow_style)
    _skip(entry, rest)
    return in_braces and end.end_mark.line == name.start_mark.line


def _entries(rest: Iterator[Any]) -> Iterator[Any]:
    """The events that begin each entry of a list, as long as the caller passes over what is inside them."""
    while not isinstance(entry := next(rest), SequenceEndEvent):
        yield entry


def _skip(event: Any, rest: Iterator[Any]) -> Any:
    """The last event of the node that begins with (or goes on after) `event`."""
    depth = _step(event)
    while depth:
        event = next(rest)
        depth += _step(event)
    return event


def _step(event: Any) -> int:
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        return 1
    return -1 if isinstance(event, MappingEndEvent | SequenceEndEvent) else 0


def _place(event: Any) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
