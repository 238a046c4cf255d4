"""What a job shows on its page: marks that stay marks whatever a stranger wrote, and a summary in its place."""

import re
from pathlib import Path

from git_feedback.hosts.job_page import LARGEST_SUMMARY, Mark, annotations, code_quality, summary, table

HOSTILE = Mark("a,b::c\n::stop-commands::x.yml", 3, 10, "bad-text", "坏%0A\n::add-mask::秘 | @all <img> #12")
PLAIN = Mark("feedback/2026/11/甲.yml", 7, 1, "unknown-channel", "没有渠道“传真”；可用：web")


def test_a_mark_is_one_line_that_begins_with_our_word() -> None:
    lines = annotations([HOSTILE, PLAIN])

    assert len(lines) == 2
    assert all(line.startswith("::error file=") and "\n" not in line for line in lines)
    properties = lines[0].removeprefix("::error ").partition("::")[0]
    assert [one.partition("=")[0] for one in properties.split(",")] == ["file", "line", "col", "title"]


def test_a_report_for_gitlab_has_what_gitlab_asks_for() -> None:
    (row,) = code_quality([PLAIN])

    fingerprint = row.pop("fingerprint")
    assert re.fullmatch(r"[0-9a-f]{64}", str(fingerprint))
    assert row == {
        "description": "没有渠道“传真”；可用：web",
        "check_name": "unknown-channel",
        "severity": "major",
        "location": {"path": "feedback/2026/11/甲.yml", "lines": {"begin": 7}},
    }


def test_every_mark_has_a_fingerprint_of_its_own_that_stays_when_lines_move() -> None:
    marks = [PLAIN, Mark(PLAIN.file, 9, 1, PLAIN.code, PLAIN.words), HOSTILE]
    moved = [Mark(one.file, one.line + 5, one.column, one.code, one.words) for one in marks]

    prints = [row["fingerprint"] for row in code_quality(marks)]

    assert len(set(prints)) == 3
    assert [row["fingerprint"] for row in code_quality(moved)] == prints


def test_nothing_wrong_is_an_empty_report() -> None:
    assert (annotations([]), code_quality([])) == ([], [])


def test_a_table_keeps_its_columns_and_calls_nobody() -> None:
    lines = table([HOSTILE], "1 处问题", ("位置", "规则", "问题")).splitlines()

    assert lines[0] == "### 1 处问题"
    assert len(lines) == 5
    assert len(re.findall(r"(?<!\\)\|", lines[4])) == 4
    assert "@all" not in lines[4]
    assert "<img>" not in lines[4]


def test_a_long_table_says_that_there_is_more() -> None:
    lines = table([PLAIN] * 500, "500", ("位置", "规则", "问题")).splitlines()

    assert len(lines) == 4 + 100 + 1
    assert "…" in lines[-1]


def test_a_summary_is_put_behind_what_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "摘要.md"

    left = [summary("一\n", file), summary("二 \ud83d\n", file)]

    assert left == ["", ""]
    assert file.read_text(encoding="utf-8") == "一\n二 ?\n"


def test_a_summary_that_the_host_would_not_show_leaves_the_others_shown(tmp_path: Path) -> None:
    file = tmp_path / "摘要.md"
    summary("短\n", file)

    summary("长" * LARGEST_SUMMARY, file)

    assert file.read_text(encoding="utf-8") == "短\n"


def test_a_host_without_a_page_of_the_job_gets_it_into_the_log() -> None:
    assert summary("### 一\n", None) == "### 一\n"
