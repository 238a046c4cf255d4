"""Text of strangers into HTML.  The threat: a word that runs as script, fetches something, or looks like our page."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import cast

from git_feedback.text import find, fold, visible

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
REL = "nofollow noopener noreferrer ugc"

# What CommonMark can write, images aside.
TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    }
)
ATTRIBUTES = {"a": frozenset({"href", "title"}), "ol": frozenset({"start"})}

_ABSOLUTE = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):", re.IGNORECASE)
_ATTRIBUTE_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "`=\t\n\r"}


def html(markdown_text: str) -> str:
    """A stranger's Markdown as harmless HTML blocks; the only way free text becomes HTML.

    Threat: script by tag, by attribute or by link, images that report who reads, links that pass for ours.  HTML in
    the text is shown, not read; images become links; links go to http, https, mailto and tel only, never to a place
    on our own site; the line breaks of the writer stay.  Invisible and direction-changing characters are shown, so that no
    sentence reads as another.  Order matters: sanitised after Markdown, never before.
    """
    import nh3

    rendered = _render()(visible(markdown_text))
    return nh3.clean(
        rendered,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_without_own_places,
        url_schemes=set(SCHEMES),
        link_rel=REL,
    )


def line(text: str) -> str:
    """A stranger's title or name as HTML text on one line; the caller wraps it in `<bdi>`.

    Threat: markup, and invisible or direction-changing characters that make a title read as another; those are shown
    as `[U+202E]`.
    """
    return escape(" ".join(visible(text).split()), quote=True)


def marked(text: str, words: Iterable[str]) -> str:
    """A stranger's text on one line, as `line` gives it, with `<mark>` around these words wherever they stand.

    Threat: as for `line`; every piece is escaped by itself, so that a mark neither opens nor closes anything of theirs.
    """
    shown = " ".join(visible(text).split())
    pieces, at = [], 0
    for start, end in _places(shown, words):
        pieces += [escape(shown[at:start], quote=True), "<mark>", escape(shown[start:end], quote=True), "</mark>"]
        at = end
    return "".join((*pieces, escape(shown[at:], quote=True)))


def _places(shown: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where words stand, in order; what overlaps or touches is one place.  Folding may change how long a text is."""
    folded, origin = [], []
    for place, character in enumerate(shown):
        piece = fold(character) or character
        folded.append(piece)
        origin += [place] * len(piece)
    found = sorted(
        (origin[at], origin[at + len(word) - 1] + 1) for word in set(words) for at in find(word, "".join(folded))
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def attribute(text: str) -> str:
    """A stranger's text as the value of an attribute such as `title` or `alt`, to stand between quotes.

    Threat: a quote that ends the value and begins `onmouseover=`.  It does not make an address fit for `href`, and
    nothing makes a text fit for `on...` or `style`.
    """
    return escape(visible(text), quote=True).translate(_ATTRIBUTE_MARKS)


@cache
def _render() -> Callable[[str], str]:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "heading", "lheading"])
    return cast("Callable[[str], str]", renderer.render)


def _without_own_places(_tag: str, name: str, value: str) -> str | None:
    """A link without a scheme would lead to a place on our own site, as if we had written it: it loses its target."""
    return value if name != "href" or _ABSOLUTE.match(value) else None
