"""Text of strangers into the log of a GitHub run.  The threat: a line of theirs that the runner obeys as a command."""

from git_feedback.text import visible

LEVELS = frozenset({"error", "warning", "notice"})


def workflow(text: str) -> str:
    """A stranger's text as part of a log line or of a command's message; it stays on its line.

    Threat: a line break followed by `::add-mask::` or `::stop-commands::`, the older `##[...]` form, which counts
    anywhere in a line, and terminal codes that repaint the log.  The line must begin with a word of ours.
    """
    on_one_line = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(on_one_line).replace("##[", "## [")


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
