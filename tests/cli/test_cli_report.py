"""`git feedback report`: issued once, from a commit that it names, made again to the same bytes, corrected beside."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import ROOT, Sample, git, sample

from git_feedback.model.ids import make

ISSUED = "2026-11-02T09:00:00+08:00"
LATER = "2026-11-20T11:05:00+08:00"
FOLDER = "reports/2026/2026-10"
BROWSER = shutil.which("chromium")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample desk of this repository without its reports."""
    root = tmp_path_factory.mktemp("desk")
    desk = sample(root)
    shutil.copytree(ROOT / "feedback", root / "feedback", dirs_exist_ok=True)
    desk.commit()
    return desk


@pytest.fixture
def desk(whole: Sample, tmp_path: Path) -> Sample:
    """A clone of it for a test that writes."""
    git(tmp_path, "clone", "--quiet", str(whole.root), "desk")
    root = tmp_path / "desk"
    git(root, "config", "user.name", "何淼")
    git(root, "config", "user.email", "he.miao@desk.example")
    return Sample(root)


@pytest.fixture(scope="module")
def issued(whole: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """A desk whose report of October is issued; no test writes to it."""
    folder = tmp_path_factory.mktemp("issued")
    git(folder, "clone", "--quiet", str(whole.root), "desk")
    root = folder / "desk"
    git(root, "config", "user.name", "何淼")
    git(root, "config", "user.email", "he.miao@desk.example")
    desk = Sample(root)
    done = desk.run("report", "2026-10", "--no-pdf", now=ISSUED)
    assert done.code == 0, done
    yield desk
    assert git(root, "status", "--porcelain") == ""


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def figures(desk: Sample, folder: str = FOLDER) -> dict[str, Any]:
    """A figures.json."""
    found: dict[str, Any] = json.loads(desk.text(f"{folder}/figures.json"))
    return found


def test_a_report_is_one_commit_of_its_own_files_and_names_the_commit_before(issued: Sample) -> None:
    changed = git(issued.root, "show", "--name-only", "--format=%s", "HEAD").split("\n")
    assert changed[0] == "report 2026-10"
    assert {Path(path).parent.as_posix() for path in changed[2:] if path} == {FOLDER}
    assert figures(issued)["commit"] == git(issued.root, "rev-parse", "HEAD~1")[:10]


def test_a_second_run_writes_nothing_and_says_that_the_figures_hold(issued: Sample) -> None:
    done = issued.run("report", "2026-10", "--no-pdf", now=LATER)
    assert done.code == 0
    assert "不再改动" in done.err
    assert "按现在的记录，数字仍然相同" in done.err


def test_the_command_in_its_foot_gives_the_same_bytes_from_a_clone(issued: Sample, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(issued.root), "again")
    again = figures(issued)["said"]["zh"]["again"].split()
    words = ["out" if word == "DIR" else word for word in again[2:]]
    done = Sample(tmp_path / "again").run(*words, "--no-pdf", now=None, env={"TZ": "America/New_York", "LANG": "C"})
    assert done.code == 0, done
    assert files(tmp_path / "again" / "out") == files(issued.root / FOLDER)


def test_as_of_a_commit_alone_is_as_of_its_moment(issued: Sample, tmp_path: Path) -> None:
    commit = git(issued.root, "rev-parse", "HEAD~1").strip()
    for name in ("one", "two"):
        done = issued.run("report", "2026-09", "--as-of", commit, "--out", str(tmp_path / name), "--no-pdf", now=None)
        assert done.code == 0, done
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_is_not_committed_is_in_no_report(desk: Sample) -> None:
    path = next((desk.root / "feedback/2026/10").glob("*.yml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = desk.run("report", "2026-10", "--no-pdf", now=ISSUED)
    assert done.code == 2
    assert path.name in done.err
    assert "--as-of HEAD" in done.err
    looked_back = desk.run("report", "2026-10", "--as-of", "HEAD", "--out", "外", "--no-pdf", now=ISSUED)
    assert looked_back.code == 0


def test_a_late_item_is_told_and_a_correction_stands_beside_the_first_edition(desk: Sample) -> None:
    assert desk.run("report", "2026-10", "--no-pdf", "--in", "zh", now=ISSUED).code == 0
    before = files(desk.root / FOLDER)
    late = """\
id: {id}
received: 2026-10-30T15:00:00+08:00
landed: 2026-11-05T10:00:00+08:00
channel: paper-box
language: zh
title: 门口的台阶太高
text: |-
  轮椅上不去。
"""
    desk.put(late.format(id=named("261030")), f"feedback/2026/10/{named('261030')}.yml")
    told = desk.run("report", "2026-10", "--no-pdf", now=LATER)
    assert told.code == 0
    assert "--correct" in told.err
    done = desk.run("report", "2026-10", "--no-pdf", "--in", "zh", "--correct", "纸质意见箱补录一件", now=LATER)
    assert done.code == 0, done
    assert files(desk.root / FOLDER) == before
    words = desk.text(f"{FOLDER}-edition-2/report.md")
    assert "# 2026 年 10 月反馈月报（第 2 版）" in words
    assert "纸质意见箱补录一件" in words
    assert "| 收到 | 9 件 | 10 件 |" in words
    again = desk.run("report", "2026-10", "--no-pdf", "--correct", "再来一次", now=LATER)
    assert again.code == 2
    assert "没有要更正的" in again.err


def named(day: str) -> str:
    """An id of that day."""
    return make(
        "Q", date.fromisoformat(f"20{day[:2]}-{day[2:4]}-{day[4:]}"), "paper-box", "迟到的一张", lambda _: False
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2026-11"], "2026-11 尚未结束"),
        (["2026-Q4"], "2026-Q4 尚未结束"),
        (["十月"], "“十月”不是月份、季度或年份"),
        (["2026-10", "--correct", "早了"], "还没有签发过"),
        (["2026-10", "--as-of", "没有"], "没有"),
    ],
)
def test_what_cannot_be_issued_is_said_in_one_line(whole: Sample, words: list[str], said: str) -> None:
    done = whole.run("report", "--no-pdf", *words, now=LATER)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(whole: Sample) -> None:
    done = whole.run("report", "2026-Q3", "--dry-run", "--format", "json", now=LATER)
    assert done.code == 0
    assert "reports/2026/2026-Q3/figures.json" in json.loads(done.out)["written"]
    assert not (whole.root / "reports").exists()


def test_a_month_before_everything_gives_a_report_that_says_so(whole: Sample, tmp_path: Path) -> None:
    done = whole.run("report", "2019-03", "--out", str(tmp_path / "空"), "--no-pdf", now=LATER)
    assert done.code == 0
    assert "3 月没有收到、解决或到期的反馈" in (tmp_path / "空" / "report.md").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_does_not_keep_the_report_from_coming(desk: Sample) -> None:
    desk.put("id: 坏\n", "feedback/2026/10/Q261031-0000000.yml")
    done = desk.run("report", "2026-10", "--out", "外", "--no-pdf", now=ISSUED)
    assert done.code == 0, done
    assert "feedback/2026/10/Q261031-0000000.yml" in desk.text("外/report.md")


def test_a_measure_that_cannot_be_read_is_named_and_not_passed_over(desk: Sample) -> None:
    desk.put("id: : [", "feedback/measures/M-broken.yml")
    desk.put("id: P-half\ntitle: 半份\n", "feedback/problems/P-half.yml")
    done = desk.run("report", "2026-10", "--out", "外", "--no-pdf", now=ISSUED)
    assert done.code == 0, done
    assert "有 2 个文件读不了" in desk.text("外/report.md")
    assert "feedback/measures/M-broken.yml" in desk.text("外/report.md")


def test_a_clone_without_its_history_does_not_tell_half_of_what_changed_in_the_rules(
    whole: Sample, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", whole.root.as_uri(), "浅")
    shallow = Sample(tmp_path / "浅")
    refused = shallow.run("report", "2026", "--out", "外", "--no-pdf", now="2027-01-02T09:00:00+08:00")
    assert (refused.code, "git fetch --unshallow" in refused.err) == (3, True)
    assert shallow.run("report", "2026-10", "--out", "外", "--no-pdf", now=ISSUED).code == 0


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
def test_chromium_prints_the_report_and_nothing_is_asked_of_the_network(desk: Sample) -> None:
    done = desk.run("report", "2026-10", "--pdf", "--in", "zh", now=ISSUED)
    assert done.code == 0, done
    printed = (desk.root / FOLDER / "report.zh.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") + printed.count(b"/Type/Page") >= 3
    assert "report.zh.pdf" not in figures(desk)["files"]


def test_without_a_browser_the_rest_is_written_and_asking_for_a_print_is_refused(
    desk: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(shutil.which("git") or "").parent) if BROWSER is None else _only_git(desk.root))
    wanted = desk.run("report", "2026-10", "--pdf", "--in", "zh", now=ISSUED)
    assert wanted.code == 3
    assert "没有可用来打印的浏览器" in wanted.err
    done = desk.run("report", "2026-10", "--in", "zh", now=ISSUED)
    assert done.code == 0
    assert "没有生成 PDF" in done.err
    assert (desk.root / FOLDER / "report.zh.xlsx").is_file()


def _only_git(root: Path) -> str:
    """A folder with Git alone."""
    folder = root.parent / "bin"
    folder.mkdir()
    (folder / "git").symlink_to(shutil.which("git") or "")
    return str(folder)
