"""Knowledge articles and their files: the front matter read as strictly as items, each fault with its place in the file.

An article is a name; each language that has it is one file, `site/pages/<language>/knowledge/NAME.md`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from git_feedback.i18n import LANGUAGES
from git_feedback.model import Bad, Problem
from git_feedback.model.articles import ArticleFront
from git_feedback.model.problem import Place, nearest
from git_feedback.notation import literal, places, scalar
from git_feedback.store.team_files import read_as

PAGES = "site/pages"
SHELF = "knowledge"
_NO_ARTICLE = "index"
"""A list of articles is none itself."""
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_PATH = re.compile(rf"{PAGES}/({'|'.join(LANGUAGES)})/{SHELF}/([^/]+)\.md")


class BadArticle(Bad):
    """A file that is no article, with every problem found in it."""


@dataclass(frozen=True)
class ArticleFile:
    """An article in one language: `front` matter as the model has it, `body` is the Markdown from line `begins` on."""

    path: str
    language: str
    name: str
    front: ArticleFront
    body: str
    begins: int
    source: str
    """The front matter, with an empty first line: its lines are those of the file."""

    def problem(self, code: str, at: Place, **values: object) -> Problem:
        """A problem at a place of the front matter."""
        return Problem(self.path, *nearest(at, places(self.source.encode())), code, values)

    def in_body(self, code: str, offset: int, **values: object) -> Problem:
        """A problem at a character of the body."""
        before = self.body[:offset]
        line = self.begins + before.count("\n")
        return Problem(self.path, line, offset - (before.rfind("\n") + 1) + 1, code, values)


@dataclass(frozen=True)
class Article:
    """An article in every language that has it; `in_languages` is never empty."""

    name: str
    in_languages: Mapping[str, ArticleFile]

    @property
    def first(self) -> ArticleFile:
        """The file that speaks for all: what must not differ is taken from it."""
        return next(iter(self.in_languages.values()))

    @property
    def front(self) -> ArticleFront:
        """The front matter of the first file."""
        return self.first.front

    def told_in(self, language: str) -> ArticleFile:
        """The file in that language, else the first."""
        return self.in_languages.get(language, self.first)


def path_of(name: str, language: str) -> str:
    """Where an article lies in a language, from the top of the desk."""
    return f"{PAGES}/{language}/{SHELF}/{name}.md"


def read_article(source: bytes, file: str) -> ArticleFile:
    """The article in a file; raises BadArticle with every problem.  `file` names language and article."""
    found = _PATH.fullmatch(file)
    if found is None:
        raise BadArticle([Problem(file, 1, 1, "article-place", {})])
    try:
        text = source.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadArticle([Problem(file, 1, 1, "site-not-utf8", {})]) from None
    parts = _FRONT.match(text)
    if parts is None:
        raise BadArticle([Problem(file, 1, 1, "not-an-article", {})])
    written = f"\n{parts[1] or ''}"
    front = read_as(ArticleFront, written.encode(), file, BadArticle, "not-an-article")
    return ArticleFile(
        file, found[1], found[2], front, text[parts.end() :], text[: parts.end()].count("\n") + 1, written
    )


def article_files(sources: Mapping[str, bytes]) -> Iterator[tuple[str, ArticleFile | BadArticle]]:
    """Each article's file among `sources` (path from the top -> bytes), in the order of names."""
    for path in sorted(sources):
        found = _PATH.fullmatch(path)
        if found and found[2] != _NO_ARTICLE:
            try:
                yield path, read_article(sources[path], path)
            except BadArticle as bad:
                yield path, bad


def joined(files: Iterable[ArticleFile]) -> dict[str, Article]:
    """The articles by name, each with its languages in the order of the house."""
    by_name: dict[str, dict[str, ArticleFile]] = {}
    for one in sorted(files, key=lambda one: (one.name, LANGUAGES.index(one.language))):
        by_name.setdefault(one.name, {})[one.language] = one
    return {name: Article(name, languages) for name, languages in by_name.items()}


# ---- writing ------------------------------------------------------------------------------------------------------------


def write_article(front: ArticleFront, body: str) -> bytes:
    """An article as its file: fields in the order of the model, without those that hold nothing."""
    return f"---\n{''.join(_lines(front))}---\n\n{body.strip()}\n".encode()


def _lines(front: ArticleFront) -> Iterator[str]:
    for name in type(front).model_fields:
        value = getattr(front, name)
        if name == "replies":
            if value:
                yield f"{name}:\n"
                yield from (literal(channel, text, 2) for channel, text in value.items())
        elif name in ("symptoms", "quotes"):
            if value:
                yield f"{name}:\n"
                yield from (f"  - {scalar(text)}\n" for text in value)
        elif isinstance(value, tuple):
            yield f"{name}: [{', '.join(scalar(one, flow=True) for one in value)}]\n" if value else ""
        elif isinstance(value, date):
            yield f"{name}: {value.isoformat()}\n"
        elif value is not None:
            yield f"{name}: {scalar(value) if isinstance(value, str) else value}\n"
