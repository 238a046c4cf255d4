"""A report in one language, ready to be shown: sections of parts, each cell and sentence with the items behind it.

The words stand in figures.json as they were issued, so that a page, a text and a workbook of later years say the same.
Every text may hold somebody's words: whatever shows a document escapes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from git_feedback import charts

Json = dict[str, Any]
_BEGINS = frozenset("0123456789+-−–")
MOST_ITEMS = 200
"""So many ids stand behind a figure at most; the count is told in words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its words, the number they write (for a workbook), and what is behind it.

    `items`: ids of the items behind it.  `query`: what `list` and the queue find them by.  `turn`: better, worse or
    empty.
    """

    text: str
    number: float | int | None = None
    items: tuple[str, ...] = ()
    query: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several; `hushed`: said in passing."""

    text: str
    hushed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a list, with what is behind it."""

    text: str
    items: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences, under a heading of its own where there is one."""

    points: tuple[Point, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `numeric` says for each column whether it stands at the right; `name` is that of its sheet."""

    name: str
    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]

    def __post_init__(self) -> None:
        if {len(self.head), len(self.numeric)} != {len(self.head)} or any(len(r) != len(self.head) for r in self.rows):
            raise ValueError(f"the table {self.name} has rows of different lengths")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: `name` is that of its files; `svgs` by variant are files of their own and no part of the JSON."""

    name: str
    heading: str
    alt: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svgs: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether each column of its table stands at the right: where most of its cells begin with a figure."""
        columns = [[row[place] for row in self.rows] for place in range(1, len(self.head))]
        return (False, *(2 * sum(one[:1] in _BEGINS for one in column) > len(column) for column in columns))


@dataclass(frozen=True, slots=True)
class Quote:
    """What a submitter said, masked: in which language, in which item, and what the desk has to say about it."""

    text: str
    language: str
    item: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Some quotes on one theme."""

    heading: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to be filled in by hand: what belongs there, and how many lines it takes on paper."""

    label: str
    lines: int = 1


Part = Paragraph | Points | Table | Chart | Quotes | Blank
KINDS: Mapping[str, type[Part]] = {
    "paragraph": Paragraph,
    "points": Points,
    "table": Table,
    "chart": Chart,
    "quotes": Quotes,
    "blank": Blank,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_WITHIN: Mapping[str, type[Any]] = {"points": Point, "quotes": Quote}


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as it is shown."""

    name: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language; `issued` and `footer` are sentences, `notes` what changes how it is to be read.

    `again` is the command that makes it once more; empty where no commit stands behind it.
    """

    language: str
    title: str
    issued: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
    again: str = ""

    @property
    def parts(self) -> Iterator[Part]:
        """Every part of every section."""
        return (part for section in self.sections for part in section.parts)


def chart(series: charts.Series, language: str, heading: str, name: str = "") -> Chart:
    """A drawn chart as a part; `name` is that of its files, where one report has several of the kind."""
    drawn = charts.draw(series, language)
    return Chart(name or drawn.name, heading, drawn.alt, drawn.caption, drawn.head, drawn.rows, drawn.svgs)


def numbers(*found: float | int) -> tuple[Cell, ...]:
    """Plain counts as cells."""
    return tuple(Cell(f"{one:,}", one) for one in found)


def kind_of(part: Part) -> str:
    """The name of a part's kind."""
    return _NAMES[type(part)]


# ---- to and from figures.json ---------------------------------------------------------------------------------------


def as_json(document: Document) -> Json:
    """A document as it stands in figures.json; what is empty is left out."""
    sections = [
        {
            "name": one.name,
            "heading": one.heading,
            "parts": [{"kind": _NAMES[type(part)], **_plain(part)} for part in one.parts],
        }
        for one in document.sections
    ]
    return {**_plain(document), "sections": sections}


def of_json(found: Mapping[str, Any]) -> Document:
    """The document in figures.json.  Raises KeyError, TypeError or ValueError where it is none."""
    sections = tuple(Section(one["name"], one["heading"], tuple(map(_part, one["parts"]))) for one in found["sections"])
    return Document(
        language=found["language"],
        title=found["title"],
        issued=found["issued"],
        notes=tuple(found["notes"]),
        sections=sections,
        footer=tuple(found["footer"]),
        again=found.get("again", ""),
    )


def _plain(value: Any) -> Json:
    return {
        one.name: _value(getattr(value, one.name))
        for one in fields(value)
        if one.name not in ("svgs", "sections") and (one.default != getattr(value, one.name))
    }


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return _plain(value) if isinstance(value, Cell | Point | Quote) else value


def _part(found: Mapping[str, Any]) -> Part:
    kind = KINDS[found["kind"]]
    return kind(**{name: _read(name, value) for name, value in found.items() if name != "kind"})


def _read(name: str, value: Any) -> Any:
    if name in _WITHIN:
        return tuple(_WITHIN[name](**{key: _tuples(one) for key, one in row.items()}) for row in value)
    if name == "rows":
        return tuple(tuple(_cell(one) for one in row) for row in value)
    return _tuples(value)


def _cell(value: Any) -> Any:
    """A cell of a table; those of a chart's table are words."""
    return value if isinstance(value, str) else Cell(**{key: _tuples(one) for key, one in value.items()})


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def shown_items(ids: Sequence[str]) -> tuple[str, ...]:
    """The ids that stand behind a figure, the first MOST_ITEMS of them."""
    return tuple(ids[:MOST_ITEMS])
