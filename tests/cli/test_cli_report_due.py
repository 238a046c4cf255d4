"""`report last-month --when-due --push`: issued on the first working day, once, and not about nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.pushing_desks import Pair, pair
from tests.sample_desk import PAYMENT

from git_feedback.clock.moments import parse_moment
from git_feedback.clock.periods import Period
from git_feedback.jobs import monthly
from git_feedback.model import ids

DUE = ("report", "last-month", "--when-due", "--no-pdf", "--in", "zh")


@pytest.fixture
def desks(tmp_path: Path) -> Pair:
    return pair(tmp_path, PAYMENT)


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2026-10", "2026-11-02"),  # the first of November is a Sunday
        ("2026-09", "2026-10-08"),  # the golden week
        ("2025", "2026-01-04"),  # a Sunday that is worked on, after three days off
        ("2026-07", "2026-08-03"),
    ],
)
def test_a_report_is_due_on_the_first_working_day_after_its_period(desks: Pair, period: str, day: str) -> None:
    assert monthly.due_day(Period.parse(period), desks.policy).isoformat() == day


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2026-11-30T23:59:59+08:00", "2026-10"),
        ("2026-11-30T16:00:00Z", "2026-11"),
        ("2027-01-01T08:00:00+08:00", "2026-12"),
    ],
)
def test_last_month_is_the_one_that_ended_last_in_the_desk_s_zone(desks: Pair, now: str, month: str) -> None:
    assert monthly.last_month(parse_moment(now), desks.policy).name == month


def test_before_its_day_nothing_is_issued_and_on_it_one_commit_reaches_the_other_side(desks: Pair) -> None:
    early = desks.here.run(*DUE, "--push", "--lang", "zh", now="2026-11-30T08:37+08:00")
    assert (early.code, early.out) == (0, "")
    assert "2026-10 的报告这次不出" in early.err
    before = desks.tip()

    done = desks.here.run(*DUE, "--push", now="2026-12-01T08:37+08:00")

    assert done.code == 0, done.err
    assert desks.commits_since(before) == ["report 2026-11"]
    assert "reports/2026/2026-11/report.md" in desks.files()
    again = desks.here.run(*DUE, "--push", now="2026-12-02T08:37+08:00")
    assert (again.code, desks.commits_since(before)) == (0, ["report 2026-11"])


def test_a_month_by_whose_end_nothing_had_come_is_not_reported_on(desks: Pair) -> None:
    done = desks.here.run(*DUE, "--format", "json", now="2026-11-20T08:37+08:00")

    assert json.loads(done.out) == {"written": []}
    assert "nothing had come by then" in desks.here.run(*DUE, "--lang", "en", now="2026-11-20T08:37+08:00").err


def test_what_others_pushed_is_in_the_report(desks: Pair) -> None:
    other = ids.from_bits("Q", date(2026, 11, 18), 7)
    text = PAYMENT.replace("Q261119-0AAJN0D", other).replace("2026-11-19", "2026-11-18").replace("#123", "#124")
    desks.there.put(text, f"feedback/2026/11/{other}.yml")
    desks.there.git.run("push", "--quiet")

    done = desks.here.run(*DUE, "--push", now="2026-12-01T08:37+08:00")

    assert done.code == 0, done.err
    numbers = json.loads(desks.here.text("reports/2026/2026-11/figures.json"))["numbers"]
    assert sum(sum(hours) for hours in numbers["volume"]["arrivals"]) == 2
    assert (desks.tip(), desks.here.git.run("rev-list", "--merges", "HEAD")) == (desks.here.git.head(), "")
