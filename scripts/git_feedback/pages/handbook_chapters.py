"""Chapters of the handbook that colleagues write, beside the pages that are made; neither takes the other's name."""

from collections.abc import Iterable, Iterator, Mapping

from git_feedback.escaping import markdown_line
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Problem
from git_feedback.pages.handbook_parts import speaker

FOLDER = "handbook/"
_PAGES = "site/pages"


def taken(made: Iterable[str]) -> frozenset[str]:
    """The files, from the top of the desk, whose pages are `made` (`levels`, ...): nobody can write those by hand."""
    below = (*(f"{FOLDER}{name}.md" for name in ("index", *made)), "knowledge/editions.md")
    return frozenset(f"{_PAGES}/{language}/{path}" for language in LANGUAGES for path in below)


def clashes(paths: Iterable[str], made: Iterable[str]) -> Iterator[Problem]:
    """A problem for each file that would stand where a page is made: the page of the rules wins, and says the rules."""
    for path in sorted(taken(made).intersection(paths)):
        yield Problem(path, 1, 1, "page-taken", {})


def listed(by_hand: Mapping[str, str], language: str) -> str:
    """The chapters (path of the built page -> title) as a part of the handbook's first page; empty for none."""
    rows = [
        f"- [{markdown_line(title)}]({path.removeprefix(FOLDER).removesuffix('.html')}.md)"
        for path, title in sorted(by_hand.items())
        if path.startswith(FOLDER)
    ]
    say = speaker(language)
    return "\n\n".join((f"## {say('chapters')}", say("chapters-lead"), "\n".join(rows))) if rows else ""
