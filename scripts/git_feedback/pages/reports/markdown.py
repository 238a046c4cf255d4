"""`report.md`: an issued report as text to read in the repository, in every language it was issued in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.model.ids import path
from git_feedback.pages.reports.document import (
    Blank,
    Cell,
    Chart,
    Document,
    Paragraph,
    Part,
    Point,
    Points,
    Quotes,
    Section,
    Table,
)

SHOWN = 5
"""So many items are named after a sentence."""
_UP = "../../../"
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,-]* ?")
"""What a cell may begin with as it is: in a table it begins no list."""


def markdown(documents: Sequence[Document]) -> str:
    """The report in each language, one after the other; each says where the others begin."""
    return "\n---\n\n".join("\n".join(_lines(document, documents)) + "\n" for document in documents)


def _lines(document: Document, documents: Sequence[Document]) -> Iterator[str]:
    yield from (f'<a id="{document.language}"></a>', "", f"# {markdown_line(document.title)}", "")
    others = [one for one in documents if one is not document]
    yield " · ".join(
        [markdown_line(document.issued), *(f"[{markdown_line(one.title)}](#{one.language})" for one in others)]
    )
    for note in document.notes:
        yield from ("", f"**{markdown_line(note)}**")
    for section in document.sections:
        yield from ("", *_section(section, document.language))
    yield from ("", *(f"- {markdown_line(line)}" for line in document.footer))
    if document.again:
        before = text("report-footer-again", document.language)
        yield f"- {before}{'' if before.endswith('：') else ' '}`{document.again.replace('`', '')}`"


def _section(section: Section, language: str) -> Iterator[str]:
    yield f"## {markdown_line(section.heading)}"
    for part in section.parts:
        yield from ("", *_PARTS[type(part)](part, language))


def _paragraph(part: Paragraph, _: str) -> Iterator[str]:
    yield markdown_line(part.text)


def _points(part: Points, language: str) -> Iterator[str]:
    if part.heading:
        yield from (f"### {markdown_line(part.heading)}", "")
    yield from (f"- {_point(one, language)}" for one in part.points)


def _point(point: Point, language: str) -> str:
    behind = _behind(point.items, language) or (f"`{_code(point.query)}`" if point.query else "")
    said = markdown_line(point.text)
    return text("report-behind", language, said=said, behind=behind) if behind else said


def _behind(items: Sequence[str], language: str) -> str:
    """The first items behind a figure, each with the way to its file, and how many more there are."""
    named = [_link(one) for one in items[:SHOWN]]
    more = len(items) - len(named)
    if more > 0:
        named.append(text("report-more", language, more))
    return (text("report-comma", language)).join(named)


def _link(item: str) -> str:
    return f"[{item}]({_UP}{path(item)})"


def _code(query: str) -> str:
    """A command to copy; a query is made of names out of the policy and of days."""
    return f"git feedback list '{query}'".replace("`", "").replace("\n", " ")


def _table(part: Table, language: str) -> Iterator[str]:
    if part.heading:
        yield from (f"### {markdown_line(part.heading)}", "")
    if part.rows:
        yield _row(map(markdown_line, part.head))
        yield _row("---:" if numeric else "---" for numeric in part.numeric)
        yield from (_row(_cell(cell) for cell in row) for row in part.rows)
    else:
        yield text("report-no-rows", language)


def _cell(cell: Cell) -> str:
    """A cell in words; one that is about one item leads to it."""
    said = _words(cell.text)
    return f"[{said}]({_UP}{path(cell.items[0])})" if len(cell.items) == 1 and said else said


def _words(said: str) -> str:
    """Words in a cell; a number that they begin with stays as it is, for within a row it begins no list."""
    number = _NUMBER.match(said)
    led = number[0] if number else ""
    return led + markdown_line(said[len(led) :])


def _chart(part: Chart, language: str) -> Iterator[str]:
    file = f"{part.name}.{language}.wide.light.svg"
    yield from (f"### {markdown_line(part.heading)}", "")
    yield from (f"![{markdown_line(part.alt)}]({file})", "", markdown_line(part.caption))
    if part.rows:
        yield from ("", _row(map(markdown_line, part.head)), _row("---:" if one else "---" for one in part.numeric))
        yield from (_row(map(_words, row)) for row in part.rows)


def _quotes(part: Quotes, _: str) -> Iterator[str]:
    yield f"### {markdown_line(part.heading)}"
    for quote in part.quotes:
        note = f" · {markdown_line(quote.note)}" if quote.note else ""
        yield from ("", f"> {markdown_line(quote.text)}", ">", f"> — {_link(quote.item)}{note}")


def _blank(part: Blank, _: str) -> Iterator[str]:
    yield f"- [ ] {markdown_line(part.label)}"
    yield from ("  " for _ in range(part.lines - 1))


def _row(words: Iterable[str]) -> str:
    return f"| {' | '.join(words)} |"


_PARTS: Mapping[type[Part], Callable[[Any, str], Iterator[str]]] = {
    Paragraph: _paragraph,
    Points: _points,
    Table: _table,
    Chart: _chart,
    Quotes: _quotes,
    Blank: _blank,
}
