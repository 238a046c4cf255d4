"""The figures of a city's rows, counted a second time without any of our code, agree exactly with what the desk says.

Three sources: a few rows made by hand with every kind of dirt, the thousand that ship, and the whole extract where it
lies beside the checkout.
"""

import csv
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import NOW, ROOT, Sample, policy, sample

from git_feedback import store
from git_feedback.clock.periods import Period
from git_feedback.desk import standings
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.returning import returning
from git_feedback.insight.weekly import whole_weeks
from git_feedback.jobs.reading import whole

Row = dict[str, str]

DATA = ROOT / "tests" / "data"
SOURCES = {
    "by hand": DATA / "city_rows.csv",
    "sample": DATA / "sf311_sample.csv",
    "whole": ROOT.parent / "shared" / "data" / "sf311_dev.csv",
}
CHANNELS = {
    "Phone": "phone",
    "Web": "web-form",
    "Mobile/Open311": "app",
    "Twitter": "social-media",
    "Email": "e-mail",
    "Integrated Agency": "partner",
    "Other Department": "partner",
}
CATEGORIES = {
    "Sewer Issues": "service/environment",
    "SFHA Requests": "service/after-sales",
    "Noise Report": "service/environment",
    "Street Defects": "service/environment",
    "General Request - MTA": "process/procedure",
    "General Request - TT COLLECTOR": "process/invoice",
}
SHANGHAI = ZoneInfo("Asia/Shanghai")
CITY = "America/Los_Angeles"
MONTHS_LOOKED_AT = 9


def category(row: Row) -> str:
    """What a row is about, as the mapping that ships says, said a second time."""
    given = row["category"]
    if given == "MUNI Feedback":
        return "praise/staff" if "Commendation" in row["descriptor"] else "other/unclear"
    if given == "311 External Request":
        return "service/environment" if row["complaint_type"] in ("Graffiti", "Garbage") else "unclassified"
    if given in CATEGORIES:
        return CATEGORIES[given]
    return "other/unclear" if given.startswith("General Request") else "unclassified"


@dataclass(frozen=True)
class Plain:
    """Rows of a file, counted plainly."""

    rows: tuple[Row, ...]

    @cached_property
    def spans(self) -> list[tuple[datetime, datetime | None, Row]]:
        """When each row came, and when it was settled; None where it was not, or at a time that cannot be."""
        found = []
        for row in self.rows:
            came = datetime.fromisoformat(row["created_date"])
            done = datetime.fromisoformat(row["closed_date"]) if row["closed_date"] else None
            found.append((came, done if done and done >= came else None, row))
        return found

    def hours(self, fits: Callable[[Row], bool] = lambda _: True) -> dict[str, Any]:
        """Time to the solution of rows that fit."""
        there = [one for one in self.spans if fits(one[2])]
        seconds = sorted(int((done - came).total_seconds()) for came, done, _ in there if done)
        impossible = sum(bool(row["closed_date"]) and done is None for _, done, row in there)
        return {
            "n": len(seconds),
            "excluded": impossible,
            "mean_h": rounded(sum(seconds) / len(seconds)) if seconds else None,
            "median_h": rounded(statistics.median(seconds)) if seconds else None,
            "p90_h": rounded(seconds[int(0.9 * (len(seconds) - 1))]) if seconds else None,
        }

    def received(self, zone: ZoneInfo) -> list[date]:
        """The days on which rows came."""
        return [came.astimezone(zone).date() for came, _, _ in self.spans]

    def resolved(self, zone: ZoneInfo) -> list[date]:
        """The days on which rows were settled."""
        return [done.astimezone(zone).date() for _, done, _ in self.spans if done]

    def unsettled(self, until: datetime) -> int:
        """Rows that had come and were not known to be settled: when one that was closed before it came really was
        settled, nobody knows, and it counts until the import found it closed."""
        return sum(came < until and (done is None or done >= until) for came, done, _ in self.spans)


def rounded(seconds: float) -> float:
    return round(seconds / 3600, 4)


@pytest.fixture(scope="module", params=SOURCES)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plain, Sample]:
    source = SOURCES[request.param]
    if not source.is_file():
        pytest.skip("the whole extract is not beside this checkout")
    desk = sample(tmp_path_factory.mktemp("desk"))
    assert desk.run("import", "csv", str(source), "--map", "sf311").code == 0
    with source.open(encoding="utf-8", newline="") as lines:
        return Plain(tuple(csv.DictReader(lines))), desk


@pytest.fixture(scope="module")
def said(city: tuple[Plain, Sample]) -> dict[str, Any]:
    """What `stats` says, months by the calendar of the city."""
    found: dict[str, Any] = json.loads(city[1].run("stats", "--format", "json", "--tz", CITY).out)
    return found


@pytest.fixture(scope="module")
def ledger(city: tuple[Plain, Sample]) -> Ledger:
    now = datetime.fromisoformat(NOW)
    read = whole(city[1].root, now)
    return Ledger(standings(read.items, read.policy, now), read.policy, now)


def ranked(counts: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(counts).items(), key=lambda pair: (-pair[1], pair[0]))


# ---- what `stats` says ----------------------------------------------------------------------------------------------


def test_rows_channels_and_categories_are_those_of_the_file(city: tuple[Plain, Sample], said: dict[str, Any]) -> None:
    rows = city[0].rows
    assert said["rows"] == len(rows)
    assert list(said["by_channel"].items()) == ranked(CHANNELS[row["source"]] for row in rows)
    by_category = ranked(map(category, rows))
    assert list(said["by_category"].items()) == by_category
    assert said["top5"] == [
        {"category": name, "count": count, "share": round(count / len(rows), 4)} for name, count in by_category[:5]
    ]


def test_months_are_those_of_the_city(city: tuple[Plain, Sample], said: dict[str, Any]) -> None:
    zone = ZoneInfo(CITY)
    came, done = (Counter(f"{day:%Y-%m}" for day in days) for days in (city[0].received(zone), city[0].resolved(zone)))
    first, last = min([*came, *done]), max([*came, *done])
    months = [f"{year:04}-{month:02}" for year in range(2000, 2030) for month in range(1, 13)]
    assert said["monthly"] == [
        {"month": month, "received": came[month], "resolved": done[month]} for month in months if first <= month <= last
    ]


def test_times_and_the_rate_of_resolution_are_exactly_those_of_the_file(
    city: tuple[Plain, Sample], said: dict[str, Any]
) -> None:
    plain = city[0]
    closed = sum(bool(row["closed_date"]) for row in plain.rows)
    assert said["resolution_rate"] == round(closed / len(plain.rows), 4)
    assert wall(said["resolve"]) == plain.hours()
    assert wall(said["respond"]) == {
        "n": 0, "excluded": len(plain.rows), "mean_h": None, "median_h": None, "p90_h": None,
    }  # fmt: skip
    assert {name: wall(found) for name, found in said["resolve_by_channel"].items()} == {
        name: plain.hours(lambda row, name=name: CHANNELS[row["source"]] == name)  # type: ignore[misc]
        for name in {CHANNELS[row["source"]] for row in plain.rows}
    }


def wall(figure: dict[str, Any]) -> dict[str, Any]:
    return {name: figure[name] for name in ("n", "excluded", "mean_h", "median_h", "p90_h")}


# ---- what reports say -----------------------------------------------------------------------------------------------


def test_days_and_weeks_are_those_of_the_file_in_the_zone_of_the_desk(
    city: tuple[Plain, Sample], ledger: Ledger
) -> None:
    came, done = (Counter(days) for days in (city[0].received(SHANGHAI), city[0].resolved(SHANGHAI)))
    years = [Period.parse(str(year)) for year in range(min(came).year, max([*came, *done]).year + 1)]
    told = [day for year in years for day in ledger.days(year)]
    assert {day.date: day.received for day in told if day.received} == came
    assert {day.date: day.resolved for day in told if day.resolved} == done
    weeks = whole_weeks(city[0].received(SHANGHAI), max(came) + timedelta(days=8))
    mondays = Counter(day - timedelta(days=day.weekday()) for day in city[0].received(SHANGHAI))
    partly = {monday: n for monday, n in mondays.items() if monday < weeks.first}
    assert {weeks.monday(number): n for number, n in enumerate(weeks.counts) if n} | partly == mondays


def test_the_backlog_at_the_ends_of_months_is_that_of_the_file(city: tuple[Plain, Sample], ledger: Ledger) -> None:
    months = sorted({f"{day:%Y-%m}" for day in city[0].received(SHANGHAI)})
    step = max(1, len(months) // MONTHS_LOOKED_AT)
    for name in islice(months, None, None, step):
        period = Period.parse(name)
        end = ledger.bounds(period)[1].astimezone(UTC)
        assert ledger.key_figures(period).backlog == city[0].unsettled(end), name


def test_nothing_of_imported_history_came_back(city: tuple[Plain, Sample], said: dict[str, Any]) -> None:
    settled = sum(bool(row["closed_date"]) for row in city[0].rows)
    found = said["returning"]
    assert (found["settled"], found["reopened"], found["rate"]) == (settled, 0, 0.0)


def test_the_rate_of_what_came_back_is_that_of_the_files() -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "feedback").glob("20*/*/*.yml"))]
    settled = sum(bool(re.search(r"^  - (resolve|reply|close):", text, re.MULTILINE)) for text in texts)
    again = sum("\n  - reopen:" in text for text in texts)
    later = datetime.fromisoformat("2027-06-01T09:00:00+08:00")
    found = returning(standings([store.read(text.encode()) for text in texts], policy(), later), later)
    assert again > 0
    assert (found.settled, found.reopened, found.rate) == (settled, again, round(again / settled, 4))
