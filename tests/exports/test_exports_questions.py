"""The questions of the guide: their answers are the figures of reports and of `stats`."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.exports.star_sample import NOW
from tests.sample_desk import ROOT

from git_feedback.exports import write
from git_feedback.exports.parquet import ParquetFolder
from git_feedback.exports.star import Star
from git_feedback.i18n import LANGUAGES
from git_feedback.insight import figures
from git_feedback.insight.courses import UNASSIGNED, courses
from git_feedback.insight.holdings import held_by_department
from git_feedback.insight.stats import monthly
from git_feedback.policy import Policy

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
VOLUME, BACKLOG, TOP, HELD = range(4)


def queries(language: str) -> list[str]:
    page = (ROOT / f"site/pages/{language}/guide/export.md").read_text("utf-8")
    return re.findall(r"```sql\n(.+?)```", page, re.DOTALL)


ALL = [query for language in LANGUAGES for query in queries(language)]


@pytest.fixture(scope="module")
def folder(sample: Star, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet")
    write(sample, ParquetFolder(made))
    return made


def asked(query: str, folder: Path) -> list[tuple[Any, ...]]:
    import duckdb

    placed = re.sub(r"'(\w+\.parquet)'", lambda found: f"'{folder / found[1]}'", query)
    with duckdb.connect() as connection:
        rows: list[tuple[Any, ...]] = connection.execute(placed).fetchall()
    return rows


@pytest.mark.parametrize("query", ALL)
def test_a_query_of_the_guide_runs_and_finds_something(query: str, folder: Path) -> None:
    assert asked(query, folder)


def test_both_languages_ask_the_questions_that_are_compared_below() -> None:
    assert queries("en")[: HELD + 1] == queries("zh")[: HELD + 1]


@pytest.mark.parametrize("month", MONTHS)
def test_volume_and_kept_promises_of_a_month_are_those_of_its_report(sample: Star, folder: Path, month: str) -> None:
    report = figures(sample.standings, sample.policy, month, NOW).now
    [row] = [row for row in asked(ALL[VOLUME], folder) if row[0] == month]
    assert row[1:3] == (report.received, report.resolved)
    assert row[4] == report.on_time_n > 0
    assert row[3] / row[4] == pytest.approx(report.on_time_share, abs=5e-5)


def test_volume_by_month_is_that_of_stats(sample: Star, folder: Path) -> None:
    counted = monthly(courses(sample.standings, NOW), sample.zone)
    assert [row[:3] for row in asked(ALL[VOLUME], folder)] == [tuple(one.values()) for one in counted]


@pytest.mark.parametrize("month", MONTHS)
def test_the_backlog_at_the_end_of_a_month_is_that_of_its_report(sample: Star, folder: Path, month: str) -> None:
    assert dict(asked(ALL[BACKLOG], folder))[month] == figures(sample.standings, sample.policy, month, NOW).now.backlog


def test_the_categories_of_october_are_those_of_its_report(sample: Star, folder: Path) -> None:
    counted = figures(sample.standings, sample.policy, "2026-10", NOW).categories
    assert sorted(row[:3] for row in asked(ALL[TOP], folder)) == sorted(
        (named(sample.policy, one.category), one.count, one.late)
        for one in sorted(counted, key=lambda one: (-one.count, named(sample.policy, one.category)))[:5]
    )


def named(policy: Policy, category: str) -> str:
    return policy.categories[category].name.said("zh")


def test_the_time_of_departments_is_that_of_stats(sample: Star, folder: Path) -> None:
    counted: Any = held_by_department(sample.standings, sample.policy, NOW)
    names: dict[str | None, str] = {entry.name.said("zh"): key for key, entry in sample.policy.departments.items()}
    found = {names.get(row[0], UNASSIGNED): row[1:] for row in asked(ALL[HELD], folder)}
    assert set(found) == {name for name, one in counted.items() if one["n"]}
    for name, (items, worked, waited) in found.items():
        assert items == counted[name]["n"]
        assert float(worked) == pytest.approx(counted[name]["mean_wh"], abs=0.051)
        assert float(waited) == pytest.approx(counted[name]["waited_wh"], abs=0.051)
