"""One more entry at the end of a file: nobody's line is touched, and what comes out is read again before it counts."""

import re

from git_feedback.notation.faults import Bad, Fault, Value
from git_feedback.notation.reader import read


def splice(source: bytes, key: str, entry: str) -> bytes:
    """`source` with `entry` added to the list under the root's last key `key`; the key itself is added if missing.

    `entry` is whole lines, indented by two.  Everything in `source` stays as it is, byte by byte; a comment at the
    end stays before the new entry.  Raises Bad: `not-appendable` when the file has not the form for it (`key` last,
    a block list indented by two, a newline at the end), or whatever makes the file unreadable.
    """
    before = read(source)
    if not isinstance(before, dict):
        raise _not_appendable(1, 1, key)
    _check_form(source.decode(), key, key in before)
    heading = "" if key in before else f"{key}:\n"
    ending = "\r\n" if source.endswith(b"\r\n") else "\n"
    after = source + (heading + entry).replace("\n", ending).encode()
    if not _grew_by_one(before, _read_again(after, source, key), key):
        raise _not_appendable(*_end(source), key)
    return after


def _check_form(text: str, key: str, exists: bool) -> None:
    lines = text.split("\n")
    if lines.pop():
        raise _not_appendable(len(lines) + 1, len(text) - text.rfind("\n"), key)
    if not exists:
        return
    number = _last_at_margin(lines)
    if not re.fullmatch(rf"(['\"]?){re.escape(key)}\1[ \t]*:[ \t]*(#.*)?\r?", lines[number]):
        raise _not_appendable(number + 1, 1, key)
    first = next((at for at in range(number + 1, len(lines)) if _says_something(lines[at])), None)
    if first is not None and not lines[first].startswith("  -"):
        raise _not_appendable(first + 1, 1, key)


def _last_at_margin(lines: list[str]) -> int:
    """The last line that begins a key of the root (or anything else without indentation that is no comment)."""
    return max((number for number, line in enumerate(lines) if line[:1] not in ("", " ", "#", "\r", "\t")), default=0)


def _says_something(line: str) -> bool:
    return not line.lstrip().startswith("#") and bool(line.strip())


def _read_again(after: bytes, source: bytes, key: str) -> Value:
    try:
        return read(after)
    except Bad as bad:
        if any(fault.code == "too-large" for fault in bad.faults):
            raise
        raise _not_appendable(*_end(source), key) from bad


def _grew_by_one(before: dict[str, Value], after: Value, key: str) -> bool:
    if not isinstance(after, dict):
        return False
    old, new = before.get(key) or [], after.get(key)
    return (
        isinstance(new, list)
        and new[:-1] == old
        and [*before, *([] if key in before else [key])] == list(after)
        and all(after[name] == value for name, value in before.items() if name != key)
    )


def _end(source: bytes) -> tuple[int, int]:
    return source.count(b"\n") + 1, 1


def _not_appendable(line: int, column: int, key: str) -> Bad:
    return Bad((Fault("not-appendable", line, column, {"key": key}),))
