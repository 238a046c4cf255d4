"""What stands behind the figures of the sample desk's reports: a query finds just as many items as the figure says."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing, query, standings
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.reading import whole
from git_feedback.pages.reports.document import Cell, Document, Point, Points, Table, of_json
from git_feedback.pages.reports.issue import Issue, report
from git_feedback.pages.reports.material import Material

NOW = datetime.fromisoformat("2027-01-02T09:00:00+08:00")
PERIODS = ("2026-08", "2026-10", "2026-Q3", "2026")


@cache
def _stands() -> tuple[Standing, ...]:
    return tuple(standings(whole(ROOT, NOW).items, policy(), NOW))


@cache
def _document(name: str) -> Document:
    period = Period.parse(name)
    until = period.bounds(ZoneInfo(policy().desk.zone))[1] - timedelta(seconds=1)
    found = standings(whole(ROOT, NOW).items, policy(), until)
    material = Material(policy(), period, until, found, measures_of(ROOT).all)
    return of_json(json.loads(report(material, Issue(NOW, ""), ("zh",))["figures.json"])["said"]["zh"])


def _told(document: Document) -> Iterator[Cell | Point]:
    for part in document.parts:
        if isinstance(part, Table):
            yield from (cell for row in part.rows for cell in row)
        if isinstance(part, Points):
            yield from part.points


def _count(asked: str) -> int:
    read = query.parse(asked, policy(), NOW)
    return sum(map(read.fits, _stands()))


@pytest.mark.parametrize("name", PERIODS)
def test_a_query_behind_a_number_finds_as_many_items(name: str) -> None:
    told = [one for one in _told(_document(name)) if isinstance(one, Cell) and one.query]
    assert [(one.query, one.number) for one in told] == [(one.query, _count(one.query)) for one in told]
    assert told


@pytest.mark.parametrize("name", PERIODS[:2])
def test_a_query_behind_a_sentence_finds_as_many_items_as_it_says(name: str) -> None:
    told = [one for one in _told(_document(name)) if isinstance(one, Point) and one.query]
    assert [one.text for one in told if f"{_count(one.query)} 件" not in one.text] == []
    assert told
