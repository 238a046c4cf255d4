"""A chapter of a report told over a few items, and the words in it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.insight import Period
from git_feedback.model import Item
from git_feedback.pages.reports.document import Chart, Paragraph, Part, Points, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech


def material(items: Sequence[Item], period: str = "2026-03") -> Material:
    """What a report on a period is made from."""
    asked = Period.parse(period)
    until = asked.bounds(ZoneInfo(policy().desk.zone))[1] - timedelta(seconds=1)
    return Material(policy(), asked, until, standings(items, policy(), until))


def told(chapter: ModuleType, items: Sequence[Item], language: str = "zh", period: str = "2026-03") -> Sequence[Part]:
    """The parts of a chapter in one language."""
    made = material(items, period)
    return tuple(chapter.tell(chapter.find(made), made, Speech(policy(), language)))


def sentences(parts: Sequence[Part]) -> list[str]:
    """What a chapter says in sentences."""
    return list(_sentences(parts))


def _sentences(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Points):
            yield from (point.text for point in part.points)


def table(parts: Sequence[Part], name: str) -> Table:
    """The table of that name."""
    return next(part for part in parts if isinstance(part, Table) and part.name == name)


def rows(parts: Sequence[Part], name: str) -> list[list[str]]:
    """The words of a table's rows."""
    return [[cell.text for cell in row] for row in table(parts, name).rows]


def charts(parts: Sequence[Part]) -> list[Chart]:
    """The charts of a chapter."""
    return [part for part in parts if isinstance(part, Chart)]
