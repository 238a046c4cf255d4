"""What a command prints is words: nothing that a stranger wrote reaches the terminal as a command to it.

An escape sequence in a title could repaint the screen, name another window, or make a link that leads elsewhere than it
says; a character that turns the direction of writing could make a refusal read as a consent.  So whatever is printed
passes here, whichever command prints it, and shows such characters as `[U+001B]`.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast


class _Plain:
    """A stream that shows what would be hidden; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, words: str) -> int:
        """Write the words so that all of them are seen."""
        from git_feedback.text import visible  # late: a command that prints nothing needs no tables

        self.stream.write(visible(words))
        return len(words)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write line after line."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def plain_terminal() -> Iterator[None]:
    """Standard output and standard error are plain inside."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Plain(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def own_signs() -> TextIO:
    """Standard error for what draws with signs of our own, such as a progress bar: no word of a stranger goes there."""
    stream: Any = sys.stderr
    return cast("TextIO", stream.stream if isinstance(stream, _Plain) else stream)
