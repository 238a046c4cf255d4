"""A chapter of a report about improving, found and told on a small desk."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from tests.insight.improving_desk import OCTOBER, UNTIL, known
from tests.sample_desk import policy

from git_feedback.model import Item
from git_feedback.pages.reports.document import Chart, Part, Point, Points, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.triage.recurring import recurring


def material(items: Sequence[Item] = (), *, grouped: bool = False, **more: Any) -> Material:
    """What a report of October 2026 is made from; `grouped`: like items are looked for."""
    there = known(items).standings
    groups = recurring([one.item for one in there], policy(), UNTIL) if grouped else ()
    return Material(policy(), OCTOBER, UNTIL, there, recurring=groups, **more)


def told(chapter: ModuleType, made: Material, language: str = "zh") -> list[Part]:
    """The parts of a chapter in one language."""
    return list(chapter.tell(chapter.find(made), made, Speech(made.policy, language)))


def words(parts: Sequence[Part]) -> str:
    """Everything that parts say, a line a sentence or cell."""
    return "\n".join(line for part in parts for line in _lines(part))


def points(parts: Sequence[Part]) -> list[Point]:
    """All points of all lists."""
    return [point for part in parts if isinstance(part, Points) for point in part.points]


def tables(parts: Sequence[Part]) -> dict[str, Table]:
    """The tables by name."""
    return {part.name: part for part in parts if isinstance(part, Table)}


def charts(parts: Sequence[Part]) -> dict[str, Chart]:
    """The charts by name."""
    return {part.name: part for part in parts if isinstance(part, Chart)}


def _lines(part: Part) -> list[str]:
    if isinstance(part, Points):
        return [part.heading, *(point.text for point in part.points)]
    if isinstance(part, Table):
        return [part.heading, *part.head, *(cell.text for row in part.rows for cell in row)]
    if isinstance(part, Chart):
        return [part.heading, part.alt, part.caption]
    return [getattr(part, "text", "")]
