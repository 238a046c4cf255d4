"""What stops a command, told in one line with the way out; the exit code says of which kind it was."""

import os
import sys
from collections.abc import Callable

import click

from git_feedback.cli.plain_terminal import plain_terminal

USAGE, CANNOT = 2, 3


class Stop(Exception):
    """The command cannot go on: the code of its words, and its exit code (2 usage, 3 otherwise)."""

    def __init__(self, code: str, exit_code: int = CANNOT, /, language: str = "en", **values: object) -> None:
        super().__init__(code)
        self.code, self.exit_code, self.language, self.values = code, exit_code, language, values

    def said(self) -> str:
        """Fact and way out."""
        from git_feedback import i18n

        between = "；" if self.language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, self.language, **self.values) if half)


def language_of_terminal(asked: str | None = None) -> str:
    """The language asked for, else that of the terminal's locale."""
    from git_feedback import i18n

    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return i18n.language_of(asked or next((os.environ[name] for name in names if os.environ.get(name)), "en"))


def told(run: Callable[[], object]) -> int:
    """The exit code of `run`, its expected trouble printed to standard error; what is printed is plain words."""
    with plain_terminal():
        return _told(run)


def _told(run: Callable[[], object]) -> int:
    try:
        result = run()
        sys.stdout.flush()
    except Stop as stop:
        click.echo(f"git-feedback: {stop.said()}", err=True)
        return stop.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as wrong:
        return _wrong(wrong)
    except BrokenPipeError:
        # `git feedback list | head` closes the pipe: not worth a word, and Python's own last flush must not find it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _wrong(wrong: click.ClickException) -> int:
    """Wrong usage in one line; whoever calls a group without a command gets its help."""
    if isinstance(wrong, click.UsageError) and type(wrong).__name__ != "NoArgsIsHelpError":
        from git_feedback.cli import usage

        language = language_of_terminal(usage.language_asked(wrong))
        click.echo(f"git-feedback: {usage.said(wrong, language)}", err=True)
    else:
        wrong.show()
    return wrong.exit_code
