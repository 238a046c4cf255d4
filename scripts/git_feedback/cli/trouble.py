"""What stops a command, told in one line with the way out; the exit code says of which kind it was."""

import os
import sys
from collections.abc import Callable

import click

USAGE, CANNOT = 2, 3


class Stop(Exception):
    """The command cannot go on: the code of its words, and its exit code (2 usage, 3 otherwise)."""

    def __init__(self, code: str, exit_code: int = CANNOT, /, language: str = "en", **values: object) -> None:
        super().__init__(code)
        self.code, self.exit_code, self.language, self.values = code, exit_code, language, values
        self.problems: tuple[object, ...] = ()
        """What was told before it, for commands that print problems as data."""

    def said(self) -> str:
        """Fact and way out."""
        from git_feedback import i18n

        between = "；" if self.language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, self.language, **self.values) if half)


def told(run: Callable[[], object]) -> int:
    """The exit code of `run`, its expected trouble printed to standard error."""
    try:
        result = run()
        sys.stdout.flush()
    except Stop as stop:
        click.echo(f"git-feedback: {stop.said()}", err=True)
        return stop.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as usage:
        usage.show()
        return usage.exit_code
    except BrokenPipeError:
        # `git feedback list | head` closes the pipe: not worth a word, and Python's own last flush must not find it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
