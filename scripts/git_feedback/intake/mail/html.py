"""The words of an HTML body: what a reader sees, links as words, quotes behind `> ` as in plain mails.

The parser is selectolax (it reads HTML as browsers do); nothing of the page but words is kept.
"""

import re
from collections.abc import Mapping
from html import unescape

_MOST = 1_000_000
_MOST_TAGS = 20_000
"""Beyond, nesting alone could keep the parser busy for minutes; such a body is read without it."""
_MARKS_MOST = 5
_TAG = re.compile(r"<[a-zA-Z]")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "textarea"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"})
"""Blocks with an empty line around them."""
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_EMPTY = re.compile(r"\n{3,}")
_WEB = re.compile(r"https?://[^\s<>\"]{3,200}")


def words_of(html: str) -> str:
    """The words that a reader of this body sees, line by line."""
    html = html[:_MOST].replace("\0", "")
    if len(_TAG.findall(html)) > _MOST_TAGS:
        return "\n".join(
            " ".join(line.split()) for line in unescape(_ANY_TAG.sub("\n", html)).splitlines() if line.strip()
        )
    from selectolax.lexbor import LexborHTMLParser

    page, waiting = _Page(), [(LexborHTMLParser(html).body, False)]
    while waiting:
        node, leaving = waiting.pop()
        if node is None:
            continue
        if leaving:
            page.leave(node.tag or "", node.attributes if node.tag == "a" else {})
        elif node.tag == "-text":
            page.say(node.text_content or "")
        elif page.enter(node.tag or "", node.attributes):
            waiting.append((node, True))
            waiting += ((child, False) for child in reversed(list(node.iter(include_text=True))))
    return page.text()


class _Page:
    """The lines that stand so far, and the one that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.verbatim = 0
        self.link_from: list[int] = []

    def enter(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        """Whether what is in the element is seen."""
        if tag in _UNSEEN or "hidden" in attributes or _HIDDEN.search((attributes.get("style") or "")[:2000]):
            return False
        if tag == "br":
            self.end_line()
        if tag in _BLOCKS:
            self.break_line()
        if tag in _APART:
            self.set_apart()
        self.quotes += tag == "blockquote"
        self.verbatim += tag == "pre"
        if tag == "li":
            self.line.append("- ")
        if tag == "a":
            self.link_from.append(len(self.line))
        return not tag.startswith(("!", "-", "_"))

    def leave(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """The element ends."""
        if tag == "a":
            self.name_link(attributes.get("href") or "")
        if tag in ("td", "th"):
            self.line.append(" ")
        if tag in _BLOCKS:
            self.break_line()
        self.quotes -= tag == "blockquote"
        if tag in _APART:
            self.set_apart()
        self.verbatim -= tag == "pre"

    def name_link(self, address: str) -> None:
        """Where a link leads stands behind its words, unless they say so."""
        said = "".join(self.line[self.link_from.pop() :])
        if _WEB.fullmatch(address) and address.rstrip("/") not in said:
            self.line.append(f" ({address})")

    def say(self, text: str) -> None:
        """Words, with spaces as a reader sees them."""
        if not self.verbatim:
            self.line.append(_SPACES.sub(" ", text))
            return
        first, *more = text.split("\n")
        self.line.append(first)
        for one in more:
            self.end_line()
            self.line.append(one)

    def break_line(self) -> None:
        """What follows begins on a line of its own."""
        if any(piece.strip() for piece in self.line):
            self.end_line()
        self.line.clear()

    def set_apart(self) -> None:
        """What follows begins below an empty line."""
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self.marks())

    def end_line(self) -> None:
        """The line is written."""
        said = "".join(self.line)
        said = said.rstrip() if self.verbatim else _SPACES.sub(" ", said).strip()
        self.lines.append(self.marks() + said)
        self.line.clear()
        self.link_from = [0] * len(self.link_from)

    def marks(self) -> str:
        """What stands before each line of a quote."""
        return "> " * min(self.quotes, _MARKS_MOST)

    def text(self) -> str:
        """All of it."""
        self.break_line()
        return _EMPTY.sub("\n\n", "\n".join(line.rstrip() for line in self.lines)).strip("\n")
