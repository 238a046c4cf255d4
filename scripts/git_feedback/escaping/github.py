"""Text of strangers into GitHub: the log of a run, a comment, a summary.

The threat: a line of theirs that the runner obeys as a command, and a comment of ours that calls people by their words.
"""

import re

from git_feedback.escaping.markdown import markdown_line
from git_feedback.text import visible

LEVELS = frozenset({"error", "warning", "notice"})
_CALLING = re.compile(r"(\\[@#]|\bGH-)(?=[^\W_])|(\\:)(?=//)|\b(www)(?=\\\.)", re.IGNORECASE)
_OLD_COMMAND = re.compile(r"##(?=\w*\[)")
_COMMIT = re.compile(r"(?<![0-9a-f])[0-9a-f]{7,}(?![0-9a-f])", re.IGNORECASE)
_FOUR = re.compile(r"\w{4}(?=\w)")
_APART = r"\g<0><!-- -->"


def github_line(text: str) -> str:
    """The text as words within one line of Markdown that GitHub shows: a comment, a summary, a table cell in it.

    Threat: `@team` that calls somebody in our name, `#12`, `GH-12` and the hash of a commit that leave a trace over
    there, an address that is made a link.  GitHub looks for them after Markdown, so neither a backslash nor an entity keeps it from finding them; an
    empty comment after the sign does (github/cmark-gfm issue 181, as openjdk/skara writes it).
    """
    return _COMMIT.sub(_in_pieces, _CALLING.sub(_APART, markdown_line(text)))


def _in_pieces(match: re.Match[str]) -> str:
    return _FOUR.sub(_APART, match[0])


def workflow(text: str) -> str:
    """A stranger's text as part of a log line or of a command's message; it stays on its line.

    Threat: a line break followed by `::add-mask::` or `::stop-commands::`, the older `##[...]` form (elsewhere
    `##vso[...]`), which counts anywhere in a line, and terminal codes that repaint the log.  The line must begin with a word of ours.
    """
    on_one_line = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _OLD_COMMAND.sub("## ", visible(on_one_line))


def annotation(level: str, file: str, line: int | None, column: int | None, title: str, message: str) -> str:
    """One workflow command that marks a place in a file; `level` is error, warning or notice (else ValueError).

    Threat: a file name or title with `,` or `::` that sets other properties or ends them.
    """
    if level not in LEVELS:
        raise ValueError(f"no annotation level {level!r}; use one of {', '.join(sorted(LEVELS))}")
    places = {"file": file, "line": line, "col": column, "title": title}
    properties = ",".join(
        f"{name}={_property(str(value))}" for name, value in places.items() if value not in (None, "")
    )
    return f"::{level} {properties}::{workflow(message)}"


def _property(text: str) -> str:
    return workflow(text).replace(":", "%3A").replace(",", "%2C")
