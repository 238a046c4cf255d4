"""A few sentences: why there was more or less, where lateness came from, what got better and what worse."""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.insight import Finding, said
from git_feedback.pages.reports.document import Part, Point, Points
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "in_short"


@dataclass(frozen=True, slots=True)
class Found:
    """The findings, as codes and values."""

    findings: tuple[Finding, ...]


def find(material: Material) -> Found:
    """Always there: where nothing happened, the one finding says so."""
    return Found(material.figures.findings)


def tell(found: Found, _: Material, speech: Speech) -> Sequence[Part]:
    """A list of sentences."""
    return [Points(tuple(Point(said(one, speech.language, speech.categories)) for one in found.findings))]
