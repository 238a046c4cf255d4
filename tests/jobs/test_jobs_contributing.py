"""`check --base --contributor`: somebody outside the team adds feedback, and nothing that decides or speaks for the team."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, git, sample

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.contributing import beyond_contribution, is_outside
from git_feedback.jobs.reading import item_files
from git_feedback.model import Problem

OLD = "feedback/2026/11/Q261119-0AAJN0D.yml"
NEW = "feedback/2026/11/Q261120-QYA161T.yml"
OFFER = """\
id: Q261120-QYA161T
received: 2026-11-20T10:12:00+08:00
channel: pull-request
source: Q261120-QYA161T
language: zh
title: 发票抬头改不了
text: 抬头写错了，页面上改不了。
"""
NOTE = "  - note: {at: 2026-11-20T10:30:00+08:00, by: he.miao}\n    text: 顾客来电\n"
CLOSE = "  - close: {at: 2026-11-20T10:40:00+08:00, by: he.miao}\n"
PICTURE = "图片".encode()
KEPT = f"feedback/attachments/{sha256(PICTURE).hexdigest()[:2]}/{sha256(PICTURE).hexdigest()}.png"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk on a contributor's branch."""
    desk = sample(tmp_path, PAYMENT)
    git(desk.root, "switch", "--quiet", "--create", "来自外部")
    return desk


def found(desk: Sample, base: str = "main") -> list[Problem]:
    return list(beyond_contribution(desk.git, base, item_files(desk.root, datetime.fromisoformat(NOW))))


def codes(desk: Sample) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in found(desk)]


def test_new_feedback_with_its_picture_is_well(desk: Sample) -> None:
    desk.put(OFFER, NEW)

    assert desk.run("check", "--base", "main", "--contributor").code == 0

    desk.put(PICTURE, KEPT)

    assert found(desk) == []


@pytest.mark.parametrize(
    "path",
    [
        "policy/sla.yml", "policy/people.yml", ".github/workflows/check.yml", "scripts/run.py", "reports/2026/2026-10/report.md",
        "site/pages/zh/knowledge/新文章.md", "README.md", "feedback.yml", ".gitattributes", "Feedback/2026/11/Q261120-QYA161T.yml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("committed", [True, False])
def test_a_file_outside_the_record_is_refused_whatever_it_is(desk: Sample, path: str, committed: bool) -> None:
    (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / path).write_bytes(b"# changed\n")
    git(desk.root, "add", "--all")
    if committed:
        desk.commit()

    assert codes(desk) == [(path, "contribution-elsewhere")]


def test_notes_that_lie_beside_the_desk_and_are_not_in_git_are_nobodys_business(desk: Sample) -> None:
    (desk.root / "笔记.txt").write_text("随手记", encoding="utf-8")

    assert found(desk) == []


def test_feedback_that_is_there_can_be_neither_changed_nor_removed_nor_moved(desk: Sample) -> None:
    other = desk.put(OFFER, NEW)
    git(desk.root, "switch", "--quiet", "main")
    git(desk.root, "merge", "--quiet", "来自外部")
    git(desk.root, "switch", "--quiet", "来自外部")
    (desk.root / OLD).write_text(PAYMENT + "history:\n" + NOTE, encoding="utf-8")
    (desk.root / other).rename(desk.root / "feedback/2026/11/Q261120-别处.yml")
    desk.commit()

    assert codes(desk)[0] == (OLD, "contribution-changes")
    assert (other, "contribution-removes") in codes(desk)


@pytest.mark.parametrize("kind", ["link", "executable", "module"])
def test_only_plain_files_come_in(desk: Sample, kind: str) -> None:
    path = desk.root / NEW
    if kind == "link":
        path.symlink_to("Q261119-0AAJN0D.yml")
    elif kind == "executable":
        path.write_text(OFFER, encoding="utf-8")
        path.chmod(0o755)
    else:
        path.mkdir()
        git(path, "init", "--quiet")
        git(path, "commit", "--quiet", "--allow-empty", "--message=里面")
    desk.commit()

    assert codes(desk) == [(NEW, "contribution-no-file")]


@pytest.mark.parametrize("folder", ["measures", "problems", "training", "draws"])
def test_records_in_the_teams_voice_are_not_taken(desk: Sample, folder: str) -> None:
    path = f"feedback/{folder}/M1.yml"
    desk.put(b"id: M1\n", path)

    assert codes(desk) == [(path, "contribution-no-item")]


def test_events_in_the_name_of_the_team_are_named_on_their_lines(desk: Sample) -> None:
    desk.put(OFFER + "history:\n" + NOTE + CLOSE, NEW)

    assert [(one.line, one.code, one.values["verb"], one.values["by"]) for one in found(desk)] == [
        (9, "contribution-event", "note", "he.miao"),
        (11, "contribution-event", "close", "he.miao"),
    ]


def test_what_only_the_desk_sets_is_named_on_its_line(desk: Sample) -> None:
    lines = "landed: 2026-11-20T10:13:00+08:00\nrecord: history\n"
    desk.put(OFFER.replace("channel:", f"{lines}channel:"), NEW)

    assert [(one.line, one.code) for one in found(desk)] == [(3, "contribution-field"), (4, "contribution-field")]


def test_what_came_to_the_base_since_is_not_the_contributors(desk: Sample) -> None:
    desk.put(OFFER, NEW)
    git(desk.root, "switch", "--quiet", "main")
    desk.put(b"# other\n", "policy/templates/thanks.md")
    git(desk.root, "switch", "--quiet", "来自外部")

    assert found(desk) == []


def test_one_path_has_one_problem_however_much_is_wrong_with_it(desk: Sample) -> None:
    (desk.root / OLD).unlink()
    (desk.root / "policy/run.sh").symlink_to("/etc/passwd")
    desk.commit()

    done = desk.run("check", "--base", "main", "--contributor", "--lang", "en")

    assert done.code == 1
    assert sorted(line.split(": ")[1] for line in done.out.splitlines()) == [
        "contribution-elsewhere",
        "contribution-removes",
    ]


@pytest.mark.parametrize(("word", "outside"), [
    ("OWNER", False), ("MEMBER", False), ("COLLABORATOR", False), ("CONTRIBUTOR", True), ("FIRST_TIMER", True),
    ("NONE", True), ("MANNEQUIN", True), ("", True), ("owner", True),
])  # fmt: skip
def test_whoever_the_host_does_not_count_to_the_team_is_a_contributor(desk: Sample, word: str, outside: bool) -> None:
    desk.put(b"# changed\n", "README.md")

    assert is_outside(word) is outside
    assert desk.run("check", "--base", "main", "--association", word).code == outside


@pytest.mark.parametrize("option", [["--contributor"], ["--association", "NONE"]])
def test_without_a_base_there_is_nothing_to_judge_and_the_way_out_is_told(desk: Sample, option: list[str]) -> None:
    done = desk.run("check", *option, "--lang", "en")

    assert done.code == 2
    assert "--base REV" in done.err


def test_a_bad_new_file_is_told_on_its_lines_on_the_host(desk: Sample) -> None:
    bad = OFFER.replace("channel: pull-request", "channel: fax").replace("source: ", "rating: 9\nsource: ")
    desk.put(bad.encode(), NEW)

    done = desk.run("check", "--base", "main", "--association", "NONE", "--format", "github", "--lang", "en")

    assert done.code == 1
    (row,) = done.out.splitlines()
    assert row.startswith(f"::error file={NEW},line=4,col=1,title=out-of-range::")


def test_an_event_and_an_unknown_channel_of_one_file_are_both_told_on_their_lines(desk: Sample) -> None:
    desk.put(OFFER.replace("channel: pull-request", "channel: fax") + "history:\n" + NOTE, NEW)

    done = desk.run("check", "--base", "main", "--association", "NONE", "--format", "github", "--lang", "zh")

    assert done.code == 1
    assert {tuple(row.split("::")[1].split(",")[1:]) for row in done.out.splitlines()} == {
        ("line=3", "col=1", "title=unknown-channel"),
        ("line=9", "col=5", "title=contribution-event"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_says_what_to_do(desk: Sample, language: str) -> None:
    desk.put(OFFER.replace("channel:", "record: history\nchannel:") + "history:\n" + NOTE, NEW)
    desk.put(b"id: M1\n", "feedback/measures/M1.yml")
    desk.put(b"# changed\n", "README.md")
    (desk.root / OLD).unlink()
    desk.commit()

    assert len(listed := found(desk)) == 5
    assert all(problem.fact(language) and problem.way_out(language) for problem in listed)
