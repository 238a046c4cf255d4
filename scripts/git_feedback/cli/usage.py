"""Wrong usage in one line: what click finds wrong, in our words and in the language of the reader."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

from git_feedback import i18n

WORDS = "git_feedback.words"
"""Under this name the context keeps the words of the call, for an error comes before options are read."""


def language_asked(usage: click.UsageError) -> str | None:
    """What `--lang` says in the call that went wrong; None without it."""
    words: Sequence[str] = usage.ctx.meta.get(WORDS, ()) if usage.ctx else ()
    for word, after in zip(words, [*words, ""][1:], strict=True):
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def said(usage: click.UsageError, language: str) -> str:
    """Fact and way out."""
    if isinstance(usage, click.BadParameter):
        return _parameter(usage, language)
    given = _quoted(usage.message)
    if isinstance(usage, click.NoSuchOption):
        way = _near(usage.option_name, _options(usage.ctx), usage, language)
        return i18n.text("usage-no-option", language, command=_command(usage), given=usage.option_name, way=way)
    if usage.message.startswith("No such command") and usage.ctx and isinstance(usage.ctx.command, click.Group):
        way = _near(given, usage.ctx.command.list_commands(usage.ctx), usage, language)
        return i18n.text("usage-no-command", language, given=given, way=way)
    see = _see(usage, language)
    if usage.message.endswith("requires an argument."):
        return i18n.text("usage-no-value", language, given=given, way=see)
    extra = re.match(r"Got unexpected extra arguments? \((.*)\)", usage.message)
    if extra:
        return i18n.text("usage-extra", language, command=_command(usage), given=extra[1], way=see)
    return i18n.text("usage-other", language, command=_command(usage), reason=usage.message.rstrip("."), way=see)


def _parameter(usage: click.BadParameter, language: str) -> str:
    """A parameter that is missing, or whose value is none of those it takes."""
    name, see = _name(usage), _see(usage, language)
    if isinstance(usage, click.MissingParameter):
        return i18n.text("usage-missing", language, command=_command(usage), given=name, way=see)
    kind, given = usage.param.type if usage.param else None, _quoted(usage.message)
    if isinstance(kind, click.Choice):
        return i18n.text("usage-choice", language, name=name, given=given, known=tuple(kind.choices))
    if isinstance(kind, click.IntRange) and kind.max is not None:
        return i18n.text("usage-range", language, name=name, given=given, low=kind.min, high=kind.max)
    if isinstance(kind, click.IntRange):
        return i18n.text("usage-at-least", language, name=name, given=given, low=kind.min)
    if isinstance(kind, click.Path) and usage.message.endswith("does not exist."):
        return i18n.text("usage-no-path", language, name=name, given=given)
    return i18n.text("usage-value", language, name=name, reason=usage.message.rstrip("."), way=see)


def _name(usage: click.BadParameter) -> str:
    if isinstance(usage.param, click.Option):
        return max(usage.param.opts, key=len)
    return usage.param.human_readable_name if usage.param else _command(usage)


def _quoted(message: str) -> str:
    """What the message says was given: in quotes, else its first word."""
    fact = message.partition(" is not ")[0]
    found = re.search(r"""['"](.*)['"]""", fact)
    return found[1] if found else fact.partition(" ")[0]


def _command(usage: click.UsageError) -> str:
    """The name of the command; that of the program where no command was reached."""
    return " ".join(_path(usage)) or "git feedback"


def _path(usage: click.UsageError) -> list[str]:
    return usage.ctx.command_path.split()[1:] if usage.ctx else []


def _options(ctx: click.Context | None) -> list[str]:
    return [name for parameter in ctx.command.get_params(ctx) for name in parameter.opts] if ctx else []


def _near(given: str, known: Sequence[str], usage: click.UsageError, language: str) -> str:
    near = get_close_matches(given, known, n=1)
    return i18n.text("usage-near", language, near=near[0]) if near else _see(usage, language)


def _see(usage: click.UsageError, language: str) -> str:
    return i18n.text("usage-see", language, command=" ".join(["git feedback", *_path(usage)]))
