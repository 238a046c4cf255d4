"""Issued reports: what a period was like, written once and never rewritten.

A report is a row of chapters; each finds language-free figures and tells them in words.  The tables below say which
chapters a month, a quarter and a year have, and in which order.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType

from git_feedback.pages.reports.chapters import (
    agenda,
    appendix,
    backlog,
    breaches,
    causes,
    changes,
    flow,
    forecast,
    in_short,
    kept,
    key_figures,
    measures,
    plan,
    recurring,
    rules,
    satisfaction,
    spikes,
    suggestions,
    times,
    top,
    trends,
    voices,
    volume,
)
from git_feedback.pages.reports.material import Material

MONTH: Sequence[ModuleType] = (
    in_short,
    key_figures,
    changes,
    volume,
    top,
    kept,
    breaches,
    times,
    backlog,
    flow,
    spikes,
    recurring,
    causes,
    voices,
    satisfaction,
    measures,
    suggestions,
    forecast,
    appendix,
)
QUARTER: Sequence[ModuleType] = (
    in_short,
    key_figures,
    trends,
    changes,
    top,
    kept,
    times,
    recurring,
    causes,
    satisfaction,
    measures,
    rules,
    agenda,
    plan,
    appendix,
)
YEAR: Sequence[ModuleType] = (in_short, key_figures, trends, changes, top, kept, measures, rules, appendix)
CHAPTERS: Mapping[int, Sequence[ModuleType]] = {1: MONTH, 3: QUARTER, 12: YEAR}
"""The chapters by how many months a period has."""


EMPTY: Sequence[ModuleType] = (in_short, key_figures, backlog, appendix)


def chapters(material: Material) -> Sequence[ModuleType]:
    """The chapters of a report; one on a period in which nothing happened has only what says so."""
    return EMPTY if material.is_empty else CHAPTERS[material.period.months]
