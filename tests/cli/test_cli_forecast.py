"""`forecast` and `staffing`: what they say, and what they refuse."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.insight.arriving import arrived, scattered, weekly
from tests.sample_desk import ROOT, Sample, environment, sample

from git_feedback.model import Item
from git_feedback.store import write

NOW = "2026-02-28T23:59:59+08:00"
GUIDES = sorted(ROOT.glob("site/pages/*/guide/forecast.md"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Sixty weeks in which somebody calls about a payment several times a day."""
    made = sample(tmp_path_factory.mktemp("desk"))
    for item in weekly(scattered(60, 12), "product/payment"):
        put(made, item)
    return made


@pytest.fixture
def young(tmp_path: Path) -> Sample:
    return sample(tmp_path)


def put(desk: Sample, item: Item) -> None:
    path = desk.root / f"feedback/{item.received:%Y/%m}/{item.id}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write(item))


# ---- forecast -------------------------------------------------------------------------------------------------------


def test_a_forecast_has_a_line_for_each_week_with_its_bands(desk: Sample) -> None:
    done = desk.run("forecast", "--weeks", "3", "--lang", "en", now=NOW)
    assert done.code == 0 and not re.search("[Ww]arning", done.err)
    assert done.out.startswith("All feedback\n  The 3 weeks from 23 February are expected to bring about ")
    weeks = re.findall(r"^ +(2026-\d\d-\d\d) +(\d+\.\d) +(\d+)–(\d+) +(\d+)–(\d+)$", done.out, re.MULTILINE)
    assert [week for week, *_ in weeks] == ["2026-02-23", "2026-03-02", "2026-03-09"] * 2
    for _, expected, low_50, high_50, low_80, high_80 in weeks:
        assert int(low_80) <= int(low_50) <= float(expected) <= int(high_50) <= int(high_80)


def test_json_has_the_same_with_the_back_test(desk: Sample) -> None:
    found = json.loads(desk.run("forecast", "--format", "json", now=NOW).out)
    whole, payment = found["forecasts"]
    assert (found["week"], found["weeks"]) == ("2026-02-23", 8)
    assert (whole["category"], payment["category"], whole["verdict"]) == (None, "product/payment", "shown")
    assert whole["test"]["origins"] == 11 and whole["test"]["wrong"] < whole["test"]["wrong_as_before"]
    assert len(whole["expected"]) == 8 and not whole["seasonal"]


def test_one_category_is_told_alone_and_one_without_items_says_so(desk: Sample) -> None:
    done = desk.run("forecast", "--category", "product/payment", "--lang", "zh", now=NOW)
    assert done.out.startswith("支付与账单\n  自 2 月 23 日起的 8 周预计约收到 ") and "全部反馈" not in done.out
    none = desk.run("forecast", "--category", "service/refund", "--lang", "zh", now=NOW)
    assert (none.code, none.out) == (0, "退款：还没有一个整周的记录，不能预测。\n")


def test_an_unknown_category_is_refused_with_those_there_are(desk: Sample) -> None:
    done = desk.run("forecast", "--category", "fax", "--lang", "en")
    assert done.code == 2 and "no category 'fax'" in done.err and "product/payment" in done.err


def test_a_desk_without_items_is_told_so_in_one_line(young: Sample) -> None:
    done = young.run("forecast", "--lang", "en")
    assert (done.code, done.out) == (0, "All feedback: no whole week is known yet, so there is no forecast.\n")


def test_without_the_library_a_long_history_ends_in_one_line(young: Sample) -> None:
    for item in weekly([2] * 110, "product/payment"):
        put(young, item)
    code = (
        "import sys; sys.modules['statsmodels'] = None\n"
        "from git_feedback.cli.main import main\n"
        "sys.argv = ['git-feedback', 'forecast', '--lang', 'en', '--now', '2027-03-01T08:00:00+08:00']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=young.root, capture_output=True, text=True, check=False, env=environment({})
    )
    assert done.returncode == 3 and done.stderr.count("\n") == 1
    assert done.stderr.startswith("git-feedback: No forecast") and "git-feedback[reports]" in done.stderr


def test_as_of_an_earlier_day_nothing_later_is_known(desk: Sample) -> None:
    then = json.loads(desk.run("forecast", "--format", "json", now="2025-09-30T23:59:59+08:00").out)
    assert then["week"] == "2025-09-29" and then["forecasts"][0]["weeks_known"] == 38


# ---- staffing -------------------------------------------------------------------------------------------------------


def test_without_handling_time_arrivals_are_shown_and_the_question_is_asked(desk: Sample) -> None:
    done = desk.run("staffing", "--lang", "en", now=NOW)
    assert done.code == 0 and "Arrivals an open hour:" in done.out
    assert "--handling 12 (minutes)" in done.out and "Erlang" not in done.out


def test_with_handling_time_every_open_hour_has_its_people(desk: Sample) -> None:
    done = desk.run("staffing", "--handling", "45", "--within", "10m", "--lang", "zh", now=NOW)
    assert "要让 80 % 的反馈在 10 分内有人接手" in done.out and "Erlang C" in done.out
    assert re.search(r"^ +9:00 .*\d \(\d", done.out, re.MULTILINE) and not re.search(
        r"^ +12:00", done.out, re.MULTILINE
    )


def test_json_holds_arrivals_open_time_and_people(desk: Sample) -> None:
    found = json.loads(desk.run("staffing", "--handling", "30m", "--format", "json", now=NOW).out)
    assert (found["first"], found["end"], found["handling_s"], found["within_s"]) == (
        "2025-12-29",
        "2026-02-23",
        1800,
        1200,
    )
    assert sum(one["arrivals"] for one in found["hours"]) == found["arrivals"] - found["closed"] >= 40
    assert all(one["people"] >= 1 and one["open_h"] > 0 for one in found["hours"]) and found["people"] == 1


def test_longer_handling_never_takes_fewer_people(desk: Sample) -> None:
    people = [
        json.loads(desk.run("staffing", "--handling", given, "--format", "json", now=NOW).out)["people"]
        for given in ("90s", "12", "3h", "20h")
    ]
    assert people == sorted(people) and people[-1] > people[0]


def test_few_arrivals_get_the_mean_alone(young: Sample) -> None:
    put(young, next(weekly([1], "product/payment")))
    done = young.run("staffing", "--handling", "12", "--lang", "zh", now="2025-01-13T08:00:00+08:00")
    assert "上班时间八周只有 1 件，分到每个小时说明不了什么。" in done.out and "周一" not in done.out
    assert "1 人即可让 80 % 的反馈在 20 分内有人接手" in done.out


def test_nothing_in_eight_weeks_gives_no_number(young: Sample) -> None:
    put(young, arrived(next(weekly([1], "")).received, 1))
    done = young.run("staffing", "--handling", "12", "--lang", "en")
    assert done.out == "Nothing arrived from 2026-09-21 to 2026-11-15: there is nothing to have people\nfor.\n"


@pytest.mark.parametrize("given", ["soon", "0", "-5", "12d", "200h", ""])
def test_what_is_no_time_is_refused_with_the_way_out(young: Sample, given: str) -> None:
    done = young.run("staffing", f"--within={given}", "--lang", "en")
    assert done.code == 2 and f"'{given}' is no time; write minutes, or 90s, 20m, 1.5h" in done.err


# ---- the documentation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.parts[-3])
def test_every_command_of_the_guide_runs(desk: Sample, guide: Path) -> None:
    commands = re.findall(r"^git feedback (.+)$", guide.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 4
    for words in commands:
        assert desk.run(*words.split(), now=NOW).code == 0


def test_both_guides_give_the_same_commands() -> None:
    first, second = (re.findall(r"^git feedback .+$", path.read_text("utf-8"), re.MULTILINE) for path in GUIDES)
    assert first == second
