"""From the file of a city to its figures, through the commands: what `stats` says is what the file says."""

import csv
import json
import statistics
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample

CHANNELS = {
    "Phone": "phone",
    "Web": "web-form",
    "Mobile/Open311": "app",
    "Twitter": "social-media",
    "Email": "e-mail",
    "Integrated Agency": "partner",
    "Other Department": "partner",
}


def files(root: Path) -> list[Path]:
    """The part that ships, and the whole extract where it lies beside the checkout."""
    whole = root.parent / "shared" / "data" / "sf311_dev.csv"
    return [root / "tests" / "data" / "sf311_sample.csv", *([whole] if whole.is_file() else [])]


@pytest.fixture(scope="module", params=[0, 1], ids=["sample", "whole"])
def imported(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[dict[str, str]], Sample]:
    if request.param >= len(files(root)):
        pytest.skip("the whole extract is not on this machine")
    source = files(root)[request.param]
    desk = sample(tmp_path_factory.mktemp("desk"))
    desk.run("import", "csv", str(source), "--map", "sf311")
    with source.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened)), desk


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_figures_of_imported_rows_are_those_of_a_plain_computation(
    imported: tuple[list[dict[str, str]], Sample],
) -> None:
    rows, desk = imported
    said = json.loads(desk.run("stats", "--format", "json", "--tz", "UTC").out)

    ended = [row for row in rows if row["closed_date"]]
    hours = sorted(
        (moment(row["closed_date"]) - moment(row["created_date"])).total_seconds() / 3600
        for row in ended
        if moment(row["closed_date"]) >= moment(row["created_date"])
    )
    assert said["rows"] == len(rows)
    assert said["by_channel"] == dict(Counter(CHANNELS[row["source"]] for row in rows))
    assert said["resolution_rate"] == pytest.approx(len(ended) / len(rows), abs=1e-4)
    assert (said["resolve"]["n"], said["resolve"]["excluded"]) == (len(hours), len(ended) - len(hours))
    assert said["resolve"]["mean_h"] == pytest.approx(statistics.mean(hours), abs=1e-4)
    assert said["resolve"]["median_h"] == pytest.approx(statistics.median(hours), abs=1e-4)
    assert said["resolve"]["p90_h"] == pytest.approx(hours[int(0.9 * (len(hours) - 1))], abs=1e-4)
    assert (said["respond"]["n"], said["respond"]["excluded"]) == (0, len(rows))
    months = Counter(row["created_date"][:7] for row in rows)
    assert {month["month"]: month["received"] for month in said["monthly"] if month["received"]} == months


def test_what_came_in_as_history_alarms_nobody_at_night(imported: tuple[list[dict[str, str]], Sample]) -> None:
    _, desk = imported
    night = json.loads(desk.run("nightly", "--no-build", "--format", "json").out)
    assert (night["late"], night["before_next_run"]) == ([], [])
