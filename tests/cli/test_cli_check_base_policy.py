"""`check --base` on a pull request that edits the rules: what would judge the past again is a finding."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

SLA, OFFICE, DESK = "policy/sla.yml", "policy/calendars/office.yml", "policy/desk.yml"
TARGET = "{clock: resolve, level: [P1], target: 16h}"
CODES = ["edition-changed", "past-hours-changed", "zone-changed"]


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk on a branch, its policy as on main."""
    desk = sample(tmp_path, PAYMENT)
    git(desk.root, "switch", "--quiet", "--create", "改规则")
    return desk


def commit_edit(desk: Sample, file: str, old: str, new: str) -> int:
    """Replace words in a file on the branch; the line on which they stand."""
    text = desk.text(file)
    assert old in text
    desk.put(text.replace(old, new, 1), file)
    return text.split(old)[0].count("\n") + 1


def rewrite_the_past(desk: Sample) -> None:
    """A longer target, a day off that was a working day, another zone: one line each."""
    commit_edit(desk, SLA, TARGET, TARGET.replace("16h", "40h"))
    commit_edit(desk, OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-19  # 店庆\n")
    commit_edit(desk, DESK, "zone: Asia/Shanghai", "zone: Asia/Tokyo")
    assert desk.run("generate").code == 0, "the night falls at another hour there"


def test_a_pull_request_that_edits_the_past_ends_with_1_and_says_what_and_how_in_chinese(desk: Sample) -> None:
    line = commit_edit(desk, SLA, TARGET, TARGET.replace("16h", "40h"))
    done = desk.run("check", "--base", "main", "--lang", "zh")
    assert done.code == 1
    assert done.out == (
        f"{SLA}:{line}:39: edition-changed: 2024-01-01 起的规则已经判定过计时，改动 rules 会重新判定；"
        "请恢复原样，另加一版 effective 更晚的规则\n"
    )


def test_and_in_english(desk: Sample) -> None:
    commit_edit(desk, OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-19  # 店庆\n")
    done = desk.run("check", "--base", "main", "--lang", "en")
    assert done.code == 1
    assert (
        "past-hours-changed: days that are past have other hours here: 1 in all, 2026-11-19 is the first; put"
        in done.out
    )


def test_json_has_the_place_the_fact_and_the_way_out(desk: Sample) -> None:
    rewrite_the_past(desk)
    done = desk.run("check", "--base", "main", "--format", "json", "--lang", "zh")
    problems = json.loads(done.out)["problems"]
    assert done.code == 1
    assert sorted(problem["code"] for problem in problems) == CODES
    by_code = {problem["code"]: problem for problem in problems}
    assert by_code["zone-changed"] == {
        "file": DESK,
        "line": desk.text(DESK).split("zone:")[0].count("\n") + 1,
        "column": 1,
        "code": "zone-changed",
        "message": "反馈台的时区原为 Asia/Shanghai，这里是 Asia/Tokyo，所有计时都会重新判定",
        "hint": "请改回 Asia/Shanghai",
    }


def test_github_shows_each_at_its_line(desk: Sample) -> None:
    rewrite_the_past(desk)
    done = desk.run("check", "--base", "main", "--format", "github", "--lang", "zh")
    assert done.code == 1
    lines = done.out.splitlines()
    assert len(lines) == len(CODES)
    for code, file in zip(CODES, (SLA, OFFICE, DESK), strict=True):
        (line,) = [line for line in lines if code in line]
        assert line.startswith(f"::error file={file},line=")


def test_sarif_has_them_too(desk: Sample) -> None:
    rewrite_the_past(desk)
    (run,) = json.loads(desk.run("check", "--base", "main", "--format", "sarif").out)["runs"]
    assert sorted(result["ruleId"] for result in run["results"]) == CODES


def test_without_a_base_nothing_is_compared(desk: Sample) -> None:
    rewrite_the_past(desk)
    assert desk.run("check").code == 0


def test_new_rules_as_a_new_edition_from_tomorrow_on_are_well_and_from_today_on_are_not(desk: Sample) -> None:
    text = desk.text(SLA)
    for effective, code in (("2026-11-20", 1), ("2026-11-21", 0)):
        later = text.partition("editions:\n")[2].replace("effective: 2024-01-01", f"effective: {effective}")
        desk.put(text + later.replace("target: 16h", "target: 8h"), SLA)
        done = desk.run("check", "--base", "main")
        assert (done.code, "edition-back-dated" in done.out) == (code, bool(code)), done.out


def test_the_past_is_compared_even_when_the_new_policy_has_a_slip_elsewhere(desk: Sample) -> None:
    commit_edit(desk, SLA, TARGET, TARGET.replace("16h", "40h"))
    commit_edit(desk, "policy/keywords.yml", "category: service/refund}", "category: service/nothing}")
    done = desk.run("check", "--base", "main")
    assert "edition-changed" in done.out
    assert "no-such-category" in done.out


def test_a_base_without_a_policy_is_no_reason_to_stop(desk: Sample) -> None:
    git(desk.root, "switch", "--quiet", "--orphan", "空")
    git(desk.root, "commit", "--quiet", "--allow-empty", "--message=空")
    git(desk.root, "switch", "--quiet", "改规则")
    assert desk.run("check", "--base", "空").code == 0


def test_paths_choose_among_them(desk: Sample) -> None:
    rewrite_the_past(desk)
    assert [line.partition(":")[0] for line in desk.run("check", "--base", "main", SLA).out.splitlines()] == [SLA]
