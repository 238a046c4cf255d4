"""What might be done next, each with what it rests on; who decides is the team."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.insight.advice import Ground, Suggestion, advice
from git_feedback.insight.came_again import came_again
from git_feedback.pages.reports.chapters import measures, recurring
from git_feedback.pages.reports.chapters.recurring import sentences
from git_feedback.pages.reports.document import Paragraph, Part, Point, Points, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "suggestions"


@dataclass(frozen=True, slots=True)
class Found:
    """The suggestions, the strongest first."""

    suggestions: tuple[Suggestion, ...]


def find(material: Material) -> Found:
    """Always there: where nothing was found, that is said."""
    return Found(tuple(advice(Ground(recurring.known(material), material.ledger))))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """A list, each with its evidence; where no rule finds anything, that is said."""
    if not found.suggestions:
        return [Paragraph(speech.say("report-suggestions-none"))]
    points = tuple(_point(one, material, speech) for one in found.suggestions)
    return [Points(points), Paragraph(speech.say("report-suggestions-rules"), hushed=True)]


def _point(one: Suggestion, material: Material, speech: Speech) -> Point:
    values = {name: _written(name, value, one, material, speech) for name, value in one.values.items()}
    n = one.values.get("n")
    count = n if isinstance(n, int) else None
    values.pop("n", None)
    said = [speech.say(code, count, **values) for code in (one.code, f"{one.code}-because")]
    return Point(sentences(said, speech), shown_items(one.items), one.query)


def _written(name: str, value: str | float, one: Suggestion, material: Material, speech: Speech) -> str:
    """A value in words, by its name."""
    if name.startswith("share") and not isinstance(value, str):
        return speech.share(value)
    if name == "clock":
        return speech.clock(str(value), str(one.values["level"]))
    if name in _NAMED:
        return _NAMED[name](str(value), material, speech)
    return value if isinstance(value, str) else f"{value:,.1f}".removesuffix(".0")


def _measure(identity: str, material: Material, speech: Speech) -> str:
    return next(measures.title(one, speech) for one in material.measures if one.id == identity)


def _problem(identity: str, material: Material, speech: Speech) -> str:
    return recurring.records_of(material)[identity].title_in(speech.language)[0]


def _group(key: str, material: Material, speech: Speech) -> str:
    """What a problem without a record is called."""
    again = came_again(recurring.known(material))
    return next(recurring.name_of(one, {}, speech) for one in again if one.key == key)


_NAMED: Mapping[str, Callable[[str, Material, Speech], str]] = {
    "category": lambda value, _, speech: speech.category(value),
    "department": lambda value, _, speech: speech.department(value),
    "person": lambda value, _, speech: speech.person(value),
    "month": lambda value, _, speech: speech.period(value),
    "measure": _measure,
    "problem": _problem,
    "group": _group,
}
