"""`check --format github|gitlab`: what a job shows beside the lines, and on its own page."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample

WRONG = "feedback/2026/11/坏,文件::x.yml"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    root = tmp_path / "台"
    root.mkdir()
    made = sample(root)
    made.put("nothing: 甲\n", "feedback/2026/11/Q261119-0AAJN0D.yml")
    return made


def test_gitlab_gets_a_code_quality_report_and_nothing_else(desk: Sample) -> None:
    ran = desk.run("check", "feedback", "--format", "gitlab", "--lang", "zh")

    rows = json.loads(ran.out)
    assert ran.code == 1
    assert rows
    assert all(set(row) == {"description", "check_name", "fingerprint", "severity", "location"} for row in rows)
    assert {row["location"]["path"] for row in rows} == {"feedback/2026/11/Q261119-0AAJN0D.yml"}
    assert all(row["location"]["lines"]["begin"] >= 1 for row in rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    assert all("；" in row["description"] for row in rows)


def test_the_same_mistakes_have_the_same_fingerprints_the_next_time(desk: Sample) -> None:
    first, second = (json.loads(desk.run("check", "--format", "gitlab").out) for _ in range(2))
    assert first == second


def test_gitlab_gets_an_empty_report_where_all_is_well(tmp_path: Path) -> None:
    (tmp_path / "好").mkdir()
    ran = sample(tmp_path / "好").run("check", "policy", "--format", "gitlab")
    assert (ran.code, json.loads(ran.out)) == (0, [])


def test_github_gets_marks_and_a_table_on_the_page_of_the_job(desk: Sample, tmp_path: Path) -> None:
    file = tmp_path / "摘要.md"

    ran = desk.run("check", "feedback", "--format", "github", "--lang", "zh", env={"GITHUB_STEP_SUMMARY": str(file)})

    marks = ran.out.splitlines()
    table = file.read_text(encoding="utf-8").splitlines()
    assert marks
    assert all(line.startswith("::error file=feedback/2026/11/Q261119-0AAJN0D.yml,line=") for line in marks)
    assert table[0] == f"### 发现 {len(marks)} 处问题"
    assert len(table) == 4 + len(marks)


def test_without_a_page_of_the_job_there_are_marks_alone(desk: Sample) -> None:
    ran = desk.run("check", "feedback", "--format", "github", "--lang", "en")
    assert ran.out.startswith("::error ")
    assert "###" not in ran.out + ran.err


def test_no_name_of_a_file_ends_a_mark(desk: Sample) -> None:
    desk.put("x", WRONG)

    ran = desk.run("check", WRONG, "--format", "github")

    (line,) = ran.out.splitlines()
    assert line.startswith("::error file=feedback/2026/11/坏%2C文件%3A%3Ax.yml,line=1,")
