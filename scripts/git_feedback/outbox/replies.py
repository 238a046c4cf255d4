"""Templates of words to submitters, filled in.  The threat: a template that runs, and a stranger's word that does.

Templates are Jinja in its sandbox, and of Jinja only names, conditions and a few filters: no loop, no call, no
attribute, so that none of them can run for ever or reach for anything.  What is filled in is text and stays text.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from git_feedback import i18n
from git_feedback.model import Problem
from git_feedback.policy.template_reading import Template
from git_feedback.text import shorten

NAMES = (
    "title", "id", "desk", "owner", "department", "channel", "received", "expected", "result", "cause", "measure",
    "plan", "plan_due", "question", "release", "original",
)  # fmt: skip
"""What a template can name; a value that an item does not have is empty."""
FILTERS = ("capitalize", "lower", "trim", "truncate", "upper")
_ALLOWED = (
    "Template", "Output", "TemplateData", "Name", "If", "CondExpr", "And", "Or", "Not", "Compare", "Operand", "Const",
    "Filter", "Keyword", "Concat",
)  # fmt: skip
"""Kinds of nodes that Jinja may find in a template."""


class NoWords(Exception):
    """There are no words to be had: the code of the reason."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def said(self, language: str) -> str:
        """The reason and the way out, in one line."""
        return i18n.text(self.code, language, None, **self.values)


def is_there() -> bool:
    """Whether the library that reads templates is installed (the extra `site`)."""
    return find_spec("jinja2") is not None


def mistakes(templates: Mapping[Any, Template]) -> Iterator[Problem]:
    """What is wrong in the braces of templates, each with its line; nothing where Jinja is not installed."""
    if is_there():
        for template in templates.values():
            yield from mistakes_in(template)


def mistakes_in(template: Template) -> Iterator[Problem]:
    """What is wrong in the braces of one template."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        tree = _environment().parse(template.text)
    except TemplateSyntaxError as error:
        given = _line(template.text, error.lineno)
        yield Problem(template.file, error.lineno, 1, "template-broken", {"given": given})
        return
    for node in tree.find_all(nodes.Node):
        column, given = _place(template.text, node)
        if _is_refused(node):
            values = {"given": given, "filters": FILTERS}
            yield Problem(template.file, node.lineno, column, "template-too-much", values)
            return
        if isinstance(node, nodes.Name) and node.name not in NAMES:
            yield Problem(template.file, node.lineno, column, "template-name-unknown", {"given": given, "known": NAMES})


def filled(template: Template, values: Mapping[str, str]) -> str:
    """The words of a template with these values; blank lines that an empty part left are closed up.

    Raises NoWords without Jinja, and with the first mistake of a template that has some.
    """
    if not is_there():
        raise NoWords("no-jinja")
    ready = _compiled(template)
    if isinstance(ready, Problem):
        place = f"{ready.file}:{ready.line}:{ready.column}"
        raise NoWords("template-unusable", place=place, problem=ready.code)
    return _closed_up(ready.render(values))


@lru_cache(maxsize=256)
def _compiled(template: Template) -> Any:
    """The template ready to be filled in, or the first of its mistakes."""
    wrong = next(mistakes_in(template), None)
    return wrong or _environment().from_string(template.text)


@cache
def _environment() -> Any:
    """One sandbox for all templates, without anything that could be called."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.clear()
    return made


def _is_refused(node: Any) -> bool:
    """Whether a template may not hold such a node."""
    kind = type(node).__name__
    return kind not in _ALLOWED or (kind == "Filter" and node.name not in FILTERS)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return shorten(lines[min(number, len(lines)) - 1].strip(), 60)


def _place(text: str, node: Any) -> tuple[int, str]:
    """The column of a node, as far as it can be found (Jinja knows lines only), and what stands there."""
    lines = text.split("\n")
    named = getattr(node, "name", None)
    column = lines[node.lineno - 1].find(named) + 1 if isinstance(named, str) else 0
    return max(column, 1), named if isinstance(named, str) else _line(text, node.lineno)


def _closed_up(words: str) -> str:
    lines: list[str] = []
    for line in (one.rstrip() for one in words.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
