"""The articles of the knowledge base as other pages need them: what they are called, say first, and are found by."""

import re
from collections.abc import Mapping

from git_feedback.i18n import LANGUAGES
from git_feedback.pages import prose
from git_feedback.pages.page import Article
from git_feedback.text import shorten

FOLDER = "knowledge"
LEAD = 140
"""Columns of an article's first sentence."""
_HEADING = re.compile(r"^#.*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`]{1,3}")
_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$))")


def articles(sources: Mapping[str, bytes]) -> dict[str, tuple[Article, ...]]:
    """The articles of each language, by path; a list of them (`index.md`) is none, and what cannot be read is left out."""
    return {language: tuple(_of_language(sources, prose_folder(language))) for language in LANGUAGES}


def prose_folder(language: str) -> str:
    """Where the articles of a language lie."""
    return f"site/pages/{language}/{FOLDER}/"


def _of_language(sources: Mapping[str, bytes], folder: str) -> list[Article]:
    paths = sorted(path for path in sources if path.startswith(folder) and path.endswith(".md"))
    found = ((path.removeprefix(folder), prose.read(path, sources[path])) for path in paths)
    return [_article(name, one) for name, one in found if name != "index.md" and isinstance(one, prose.Prose)]


def _article(name: str, one: prose.Prose) -> Article:
    about = one.front.get("categories", [])
    return Article(
        path=f"{FOLDER}/{name.removesuffix('.md')}.html",
        title=one.title,
        lead=lead_of(one.body),
        words=(one.title, *(words for texts in one.said.values() for words in texts)),
        categories=tuple(str(category) for category in about) if isinstance(about, list) else (),
        holds=one.holds,
    )


def lead_of(body: str) -> str:
    """The first sentence of the first paragraph as plain text; empty where an article begins with a list or a table."""
    paragraphs = (part.strip() for part in _HEADING.sub("", body).split("\n\n"))
    first = next((part for part in paragraphs if part), "")
    if first[:1] in "-*|>1!<":
        return ""
    plain = " ".join(_MARKS.sub("", _LINK.sub(r"\1", first)).split())
    sentence = _SENTENCE.match(plain)
    return shorten(sentence[0] if sentence else plain, LEAD)
