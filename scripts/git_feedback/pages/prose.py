"""Pages that people of the team write: Markdown with front matter, and what the site makes of them.

What customers said stands in front matter under `symptoms` and `quotes` only.  The builder never sees those words: it
gets a comment in their place, and our stamping fills it afterwards.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from git_feedback import notation
from git_feedback.escaping import attribute, line
from git_feedback.escaping import html as harmless
from git_feedback.i18n import text
from git_feedback.model import Problem
from git_feedback.notation import Value

SAID = ("symptoms", "quotes")
"""The keys of front matter that hold strangers' words: a list of texts, or one text."""

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_HEADING = re.compile(r"^# .+$", re.MULTILINE)
_ALIGNED = re.compile(r' style="text-align: (left|center|right);"')
_EMPTY_HEAD = re.compile(r"<th([^>]*)></th>")
_ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"})
_FETCHED = frozenset({"src", "srcset", "poster", "data"})


@dataclass(frozen=True, slots=True)
class Prose:
    """A team page: its front matter without strangers' words, those words by key, its Markdown."""

    front: Mapping[str, Value]
    said: Mapping[str, tuple[str, ...]]
    body: str

    @property
    def title(self) -> str:
        """What the page is called: its `title`, else its heading."""
        given = self.front.get("title")
        heading = _HEADING.search(self.body)
        return given if isinstance(given, str) else heading[0][2:].strip() if heading else "…"

    @property
    def holds(self) -> bool:
        """Whether it may be told: an article that is a draft is no answer yet, one that is retired is none any more."""
        return self.front.get("status") not in ("draft", "retired")

    def markdown(self, **extra: Value) -> bytes:
        """What the builder gets.  JSON is YAML, and no builder can misread it."""
        front = json.dumps({**self.front, **extra}, ensure_ascii=False)
        return f"---\n{front}\n---\n{self._marked()}".encode()

    def _marked(self) -> str:
        """The Markdown with a marker for each kind of said words: where the writer put it, else symptoms come after the
        heading and quotes at the end."""
        body = self.body
        if "symptoms" in self.said and marker("symptoms") not in body:
            body = _HEADING.sub(lambda found: f"{found[0]}\n\n{marker('symptoms')}", body, count=1)
        for key in self.said:
            if marker(key) not in body:
                body = f"{body.rstrip()}\n\n{marker(key)}\n"
        return body


def marker(key: str) -> str:
    """The comment that holds the place of said words; it is in no search index and shows nothing if it stays."""
    return f"<!-- fb:{key} -->"


def read(path: str, source: bytes) -> Prose | Problem:
    """A team page, or what is wrong with it."""
    try:
        words = source.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Problem(path, 1, 1, "site-not-utf8")
    found = _FRONT.match(words)
    try:
        front = notation.read(found[1].encode()) if found and found[1].strip() else {}
    except notation.Bad as bad:
        fault = bad.faults[0]
        return Problem(path, fault.line + 1, fault.column, fault.code, fault.values)
    if not isinstance(front, dict):
        return Problem(path, 2, 1, "site-front-matter")
    return _parted(path, front, words[found.end() :] if found else words)


def _parted(path: str, front: Mapping[str, Value], body: str) -> Prose | Problem:
    said: dict[str, tuple[str, ...]] = {}
    for key in SAID:
        value = front.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(words, str) for words in texts):
            return Problem(path, 2, 1, "site-said", {"key": key})
        if texts:
            said[key] = tuple(str(words) for words in texts)
    return Prose({key: value for key, value in front.items() if key not in SAID}, said, body)


def finished(article: str, said: Mapping[str, tuple[str, ...]], language: str) -> str:
    """The built article with the said words in their places.

    Columns are aligned by class, for the page's policy forbids style attributes; an empty corner heads nothing; a table
    scrolls in a region that the keyboard reaches.
    """
    article = article.replace("<table>", _scroller(language)).replace("</table>", "</table></div>")
    article = _EMPTY_HEAD.sub(r"<td\1></td>", _ALIGNED.sub(r' class="fb-align-\1"', article))
    for key, texts in said.items():
        article = article.replace(marker(key), _said(key, texts, language), 1)
    return article


def _scroller(language: str) -> str:
    name = attribute(text("site-table", language))
    return f'<div class="fb-card fb-scroll fb-prose-scroll" tabindex="0" role="group" aria-label="{name}"><table class="fb-table">'


def _said(key: str, texts: tuple[str, ...], language: str) -> str:
    if key == "symptoms":
        rows = "".join(f"<li><bdi>{line(words)}</bdi></li>" for words in texts)
        return f'<section class="fb-symptoms"><h2>{text("site-symptoms", language)}</h2><ul>{rows}</ul></section>'
    quotes = "".join(f'<blockquote class="fb-quote">{harmless(words)}</blockquote>' for words in texts)
    return f'<section class="fb-quotes"><h2>{text("site-quotes", language)}</h2>{quotes}</section>'


def active(article: str) -> list[str]:
    """What in a built article would run, restyle the page or fetch from elsewhere: the names of tags and attributes."""
    watch = _Watch()
    watch.feed(article)
    return list(dict.fromkeys(watch.found))


class _Watch(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.found.append(f"<{tag}>")
        self.found.extend(_risky(attrs))


def _risky(attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attributes:
        address = (value or "").strip().lower()
        if name.startswith("on") or name == "style" or address.startswith("javascript:"):
            yield name
        elif name in _FETCHED and re.match(r"[a-z][a-z0-9+.-]*:|//", address):
            yield f"{name}={value}"
