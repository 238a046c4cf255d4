"""A problem in a team's file: a value with its place, its fact and the way out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from git_feedback import i18n
from git_feedback.text import visible

Place = tuple[str | int, ...]
Places = Mapping[Place, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact about one place of one file.  Line and column start at 1; words are chosen when it is said."""

    file: str
    line: int
    column: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def fact(self, language: str) -> str:
        """What is so, without the way out."""
        return self._halves(language)[0]

    def way_out(self, language: str) -> str:
        """What to do about it; empty where the fact says it all."""
        return self._halves(language)[1]

    @property
    def message(self) -> str:
        """The fact in English."""
        return self.fact("en")

    @property
    def hint(self) -> str:
        """The way out in English."""
        return self.way_out("en")

    def said(self, language: str) -> str:
        """The one line for people: place, code, fact, way out."""
        between = "；" if language == "zh" else "; "
        words = between.join(half for half in self._halves(language) if half)
        file = visible(self.file).replace("\n", "[U+000A]")
        return f"{file}:{self.line}:{self.column}: {self.code}: {words}"

    def _halves(self, language: str) -> tuple[str, str]:
        return i18n.halves(self.code, language, **self.values)


class Bad(Exception):
    """A file that cannot be taken as what it should be, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.said("en") for problem in self.problems))


def as_it_is(place: Place) -> Place:
    """A place that is the same in the model and in the file."""
    return place


def translated(
    error: ValidationError, file: str, places: Places, place: Callable[[Place], Place] = as_it_is
) -> list[Problem]:
    """Every error of a pydantic model as a Problem at its place in the file, which `place` finds from the model's."""
    found = error.errors(include_url=False)
    return [_problem(details, file, places, place) for details in found if not _follows(details, found)]


def nearest(place: Place, places: Places) -> tuple[int, int]:
    """Line and column of `place`, or of the nearest thing around it that the file has."""
    while place and place not in places:
        place = place[:-1]
    return places.get(place, (1, 1))


_COUNTED = ("too_short", "too_long")


def _follows(details: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list has the wrong length only because pydantic left out entries that are wrong themselves."""
    place = details["loc"]
    inside = (other["loc"] for other in found if len(other["loc"]) > len(place))
    return details["type"] in _COUNTED and any(one[: len(place)] == place for one in inside)


_CODES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "not-allowed",
    "string_pattern_mismatch": "bad-form",
    "string_too_long": "too-long",
    "string_too_short": "empty-field",
    "too_short": "empty-field",
    "too_long": "too-many",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "union_tag_invalid": "unknown-event",
    "union_tag_not_found": "unknown-event",
}


def _problem(details: Mapping[str, Any], file: str, places: Places, find: Callable[[Place], Place]) -> Problem:
    place = find(tuple(part for part in details["loc"] if part != "[key]"))
    context = dict(details.get("ctx") or {})
    code = _CODES.get(details["type"], details["type"])
    if "_" in code:
        code = "wrong-shape"
    line, column = nearest(place, places)
    names = [str(part) for part in place if isinstance(part, str)]
    values = {"field": names[-1] if names else "?", "given": _short(details.get("input")), **_facts(code, context)}
    return Problem(file, line, column, code, values)


def _facts(code: str, context: Mapping[str, Any]) -> Mapping[str, object]:
    if code == "not-allowed":
        return {"allowed": _quoted(context["expected"])}
    if code == "unknown-event":
        return {"allowed": _quoted(context.get("expected_tags", "")), "given": context.get("tag", "?")}
    if code == "out-of-range":
        return {"limit": context.get("ge", context.get("le"))}
    if code == "bad-form":
        return {"pattern": context.get("pattern", "")}
    return context


def _quoted(listed: object) -> tuple[str, ...]:
    """The words of pydantic's `'new', 'returning' or 'anonymous'`: each language joins them its own way."""
    return tuple(re.findall("'([^']*)'", str(listed)))


def _short(value: object) -> str:
    text = value if isinstance(value, str) else "..." if isinstance(value, dict | list | tuple) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
