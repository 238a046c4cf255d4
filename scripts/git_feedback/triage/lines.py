"""Labelled lines: what people write, and what the rules must make of it.  They say what a change of words costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from git_feedback.notation import Bad, Fault, read

_KEYS = ("text", "alarms", "category")

Hit = tuple[str, str]
"""("alarm", KIND) or ("category", ID)."""


@dataclass(frozen=True, slots=True)
class Line:
    """`alarms` are kinds (an alarm's id without its language: `danger` for `danger-zh`); `category` is None where the
    line says nothing of it, and "" where no rule may decide.
    """

    text: str
    alarms: frozenset[str]
    category: str | None
    line: int
    """The line of the file that it stands on."""
    file: str = ""

    @property
    def place(self) -> str:
        """Where it stands: file and line."""
        return f"{self.file}:{self.line}"

    def wanted(self) -> frozenset[Hit]:
        """What must be found in it."""
        named = {("category", self.category)} if self.category else set()
        return frozenset({("alarm", kind) for kind in self.alarms} | named)


@dataclass(frozen=True, slots=True)
class Found:
    """Hits over many lines: `right` of `wanted` were found, `said` were found at all; `wrong` names what differs."""

    right: int
    wanted: int
    said: int
    wrong: tuple[tuple[Line, frozenset[Hit], frozenset[Hit]], ...]
    """A line with what is missing and what is too much."""

    @property
    def recall(self) -> float:
        """The share of what had to be found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that had to be."""
        return self.right / self.said if self.said else 1.0


def lines_of(source: bytes, file: str = "") -> list[Line]:
    """The lines of a file.  Raises `notation.Bad`, with the place, where it is not a list of such lines."""
    value = read(source)
    if not isinstance(value, list):
        raise Bad((Fault("not-a-list", 1, 1, {"field": "lines"}),))
    starts = [number for number, line in enumerate(source.splitlines(), 1) if line.startswith(b"- ")]
    return [_line(entry, number, file) for number, entry in zip(starts, value, strict=False)]


def _line(entry: object, number: int, file: str) -> Line:
    if not isinstance(entry, Mapping) or set(entry) - set(_KEYS) or not isinstance(entry.get("text"), str):
        raise Bad((Fault("bad-labelled-line", number, 3, {"known": _KEYS}),))
    alarms, category = entry.get("alarms") or (), entry.get("category")
    if not isinstance(alarms, list | tuple) or not (category is None or isinstance(category, str)):
        raise Bad((Fault("bad-labelled-line", number, 3, {"known": _KEYS}),))
    return Line(entry["text"], frozenset(map(str, alarms)), category, number, file)


def compared(lines: Iterable[Line], found: Mapping[str, frozenset[Hit]]) -> Found:
    """What was found in each text beside what must be; a category counts only where the line speaks of one."""
    right = wanted = said = 0
    wrong: list[tuple[Line, frozenset[Hit], frozenset[Hit]]] = []
    for line in lines:
        must, has = line.wanted(), _counting(line, found[line.text])
        right, wanted, said = right + len(must & has), wanted + len(must), said + len(has)
        if must != has:
            wrong.append((line, must - has, has - must))
    return Found(right, wanted, said, tuple(wrong))


def _counting(line: Line, found: frozenset[Hit]) -> frozenset[Hit]:
    return found if line.category is not None else frozenset(hit for hit in found if hit[0] == "alarm")
