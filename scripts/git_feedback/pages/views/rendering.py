"""Templates: one environment for all pages, compiled once, everything escaped that is not markup already."""

from collections.abc import Callable
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from git_feedback import escaping
from git_feedback.i18n import LANGUAGES, text
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.words import Words, utc
from git_feedback.text import visible

Both = dict[str, Words]


def both(record: Record) -> Both:
    """The words of every language for one record."""
    return {language: Words(record, language) for language in LANGUAGES}


def page(record: Record, words: Words, path: str, shell: str, title: str, template: str, **values: object) -> Page:
    """A page made from a template, which knows `w` (the words), `root`, `title`, and the record's moment."""
    made = Page(path, words.language, title, "", shell)
    article = compiled(template, words.language).render(
        w=words, root=made.root, title=title, now=utc(record.now), fixed=record.fixed, **values
    )
    return Page(path, words.language, title, article, shell)


@cache
def compiled(name: str, language: str) -> Template:
    """A template, compiled for one language."""
    return environment(language).get_template(name)


@cache
def environment(language: str) -> Environment:
    """Templates of the pages; a stranger's words come as values, and through `line` or `html` of escaping.

    `"page-board"|words` is the word for a code.  It is filled in when the template is compiled, once a language.
    """
    made = Environment(
        loader=PackageLoader("git_feedback.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_nothing_hidden,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["line"] = _markup(escaping.line)
    made.filters["words"] = _speaker(language)
    return made


def _nothing_hidden(value: object) -> object:
    """What a template fills in without being markup already says what it shows, whichever field it comes from."""
    return _visible(value) if type(value) is str else value


_visible = lru_cache(maxsize=8192)(visible)
"""What templates fill in are words of ours, names and dates for the most part, and pages say them again and again."""


def _speaker(language: str) -> Callable[[str], str]:
    def said(code: str) -> str:
        return text(code, language)

    return said


def _markup(function: Callable[[str], str]) -> Callable[[str], Markup]:
    def safe(said: str) -> Markup:
        return Markup(function(said))  # noqa: S704 - escaping made it

    return safe


@lru_cache(maxsize=1024)
def prose(said: str) -> Markup:
    """Free text as harmless blocks; kept for a while, as the page in the other language shows it again."""
    return Markup(escaping.html(said))  # noqa: S704 - escaping made it
