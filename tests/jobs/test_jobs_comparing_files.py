"""`check --base` on files whatever is in them, and on branches: modes, places, names on other systems, merge bases."""

import shutil
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, git, sample

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.comparing import changes_of_settled_rules, changes_of_the_past, left_at
from git_feedback.jobs.reading import whole
from git_feedback.model import Problem

ITEM = "feedback/2026/11/Q261119-0AAJN0D.yml"
NOTE = "  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n    text: 顾客来电\n"
PICTURE = "图片".encode()
KEPT = f"feedback/attachments/{sha256(PICTURE).hexdigest()[:2]}/{sha256(PICTURE).hexdigest()}.txt"
REPORT = "reports/2026/2026-10/report.md"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def problems(desk: Sample, base: str = "HEAD") -> list[Problem]:
    return list(changes_of_the_past(desk.git, base, whole(desk.root, datetime.fromisoformat(NOW))))


def codes(desk: Sample, base: str = "HEAD") -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in problems(desk, base)]


def put(desk: Sample, path: str, content: bytes = b"") -> str:
    (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / path).write_bytes(content)
    return path


# ---- modes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("path", ["policy/templates/回复.md", "reports/2026/2026-10/report.md"])
def test_a_link_is_named_wherever_it_leads(desk: Sample, path: str, committed: bool) -> None:
    (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / path).symlink_to("/etc/passwd")
    if committed:
        desk.commit()
    assert codes(desk) == [(path, "mode-link")]


def test_an_item_that_became_a_link_is_gone_and_a_link(desk: Sample) -> None:
    (desk.root / ITEM).rename(desk.root / "别处.yml")
    (desk.root / ITEM).symlink_to("../../../别处.yml")
    assert codes(desk) == [(ITEM, "mode-link"), (ITEM, "item-gone")]
    desk.commit()
    assert codes(desk, "HEAD~1") == [(ITEM, "mode-link"), (ITEM, "item-gone")]


def test_a_folder_that_is_a_link_is_named(desk: Sample) -> None:
    shutil.move(desk.root / "feedback/2026", desk.root / "别处")
    (desk.root / "feedback/2026").symlink_to("../别处")
    desk.commit()
    assert ("feedback/2026", "mode-link") in codes(desk)


def test_an_executable_file_is_named_when_it_is_tracked_and_before(desk: Sample) -> None:
    other = put(desk, "policy/run.sh")
    (desk.root / other).chmod(0o755)
    assert codes(desk) == [(other, "mode-executable")]
    desk.commit()
    assert codes(desk) == [(other, "mode-executable")]


def test_an_item_does_not_escape_by_being_executable_in_the_base(desk: Sample) -> None:
    git(desk.root, "update-index", "--chmod=+x", ITEM)
    git(desk.root, "commit", "--quiet", "--message=执行")
    (desk.root / ITEM).unlink()
    assert (ITEM, "item-gone") in codes(desk)


def test_a_repository_inside_the_record_is_named_before_and_after_it_is_added(desk: Sample) -> None:
    inner = desk.root / "feedback/2026/10"
    inner.mkdir()
    git(inner, "init", "--quiet")
    (inner / "x.yml").write_text("id: 1\n", encoding="utf-8")
    git(inner, "add", ".")
    git(inner, "commit", "--quiet", "--message=里面")
    assert ("feedback/2026/10", "mode-module") in codes(desk)
    desk.commit()
    assert ("feedback/2026/10", "mode-module") in codes(desk)


# ---- places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "wanted"), [
    ("feedback/说明.txt", "feedback/YYYY/MM/ID.yml"),
    ("feedback/2026/11/笔记.md", "feedback/YYYY/MM/ID.yml"),
    ("feedback/2026/11/q261119-0aajn0d.txt", ITEM),
    ("feedback/attachments/图.png", "feedback/attachments/AB/SHA256.EXT"),
    (f"feedback/attachments/00/{KEPT.split('/')[3]}", KEPT),
    ("feedback/measures/深/整改.yml", "feedback/measures/ID.yml"),
])  # fmt: skip
def test_a_file_where_nothing_lies_is_named_with_where_it_belongs(desk: Sample, path: str, wanted: str) -> None:
    put(desk, path, PICTURE)
    (problem,) = problems(desk)
    assert (problem.file, problem.code, problem.values["wanted"]) == (path, "stray-file", wanted)


def test_what_has_a_place_is_well(desk: Sample) -> None:
    put(desk, KEPT, PICTURE)
    put(desk, "feedback/measures/整改.yml", b"id: m\n")
    put(desk, "feedback/problems/.gitkeep")
    put(desk, "policy/templates/回复.md")
    assert codes(desk) == []


# ---- names on other systems -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [
    ("policy/templates/a.md", "policy/templates/A.md"),
    ("policy/other/a.md", "policy/Other/b.md"),
    (f"policy/{normalize('NFC', 'é')}.md", f"policy/{normalize('NFD', 'é')}.md"),
    ("reports/straße.md", "reports/STRASSE.md"),
    (f"reports/{normalize('NFC', '가')}/x", f"reports/{normalize('NFD', '가')}/y"),
])  # fmt: skip
def test_two_paths_that_are_one_elsewhere_are_named(desk: Sample, one: str, other: str) -> None:
    put(desk, one)
    put(desk, other)
    (problem,) = problems(desk)
    assert problem.code == "twin-path"
    assert problem.file in (one, other)


def test_a_twin_of_an_item_or_of_the_folder_of_items_is_named(desk: Sample) -> None:
    twin = put(desk, "feedback/2026/11/q261119-0aajn0d.YML")
    folder = put(desk, "Feedback/2026/11/x.yml")
    assert [(file, code) for file, code in codes(desk) if code == "twin-path"] == [
        (folder, "twin-path"),
        (twin, "twin-path"),
    ]
    assert (twin, "stray-file") in codes(desk)


def test_twins_elsewhere_in_the_repository_are_no_matter_of_the_record(desk: Sample) -> None:
    put(desk, "site/a.md")
    put(desk, "site/A.md")
    assert codes(desk) == []


# ---- what is never rewritten ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "kind"), [(REPORT, "report"), (KEPT, "attachment")])
def test_what_was_issued_or_sent_stays_to_the_byte(desk: Sample, path: str, kind: str) -> None:
    desk.put(PAYMENT + f"attachments:\n  - file: {{path: {KEPT.removeprefix('feedback/')}, bytes: {len(PICTURE)}}}\n")
    desk.put(PICTURE, path)
    assert codes(desk) == []
    put(desk, path, b"x")
    assert codes(desk) == [(path, f"{kind}-changed")]
    (desk.root / path).unlink()
    assert codes(desk) == [(path, f"{kind}-gone")]
    desk.commit()
    assert codes(desk, "HEAD~1") == [(path, f"{kind}-gone")]


def test_an_attachment_that_no_item_names_or_named_may_go(desk: Sample) -> None:
    desk.put(PICTURE, KEPT)
    (desk.root / KEPT).unlink()
    assert codes(desk) == []
    put(desk, ITEM, b"id: broken\n")
    assert (KEPT, "attachment-gone") in codes(desk)


def test_an_attachment_that_git_lfs_keeps_from_now_on_is_the_same(desk: Sample) -> None:
    desk.put(PICTURE, KEPT)
    pointer = (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(PICTURE).hexdigest()}\nsize {len(PICTURE)}\n"
    )
    put(desk, KEPT, pointer.encode())
    assert codes(desk) == []
    put(desk, KEPT, pointer.replace(f"size {len(PICTURE)}", "size 7").encode())
    assert codes(desk) == [(KEPT, "attachment-changed")]


def test_a_new_attachment_is_what_its_name_says(desk: Sample) -> None:
    wrong = put(desk, KEPT, b"x")
    assert codes(desk) == [(wrong, "attachment-misnamed")]
    desk.commit()
    assert codes(desk, "HEAD~1") == [(wrong, "attachment-misnamed")]
    put(desk, KEPT, PICTURE)
    assert codes(desk, "HEAD~1") == []


@pytest.mark.parametrize(
    ("content", "extension"), [(b"<script>alert(1)</script>", "png"), (b"<svg/>", "svg"), (b"MZ\0\0", "exe")]
)
def test_a_new_attachment_is_of_the_kind_that_its_name_ends_with(desk: Sample, content: bytes, extension: str) -> None:
    digest = sha256(content).hexdigest()
    path = put(desk, f"feedback/attachments/{digest[:2]}/{digest}.{extension}", content)
    assert codes(desk) == [(path, "attachment-kind")]


def test_a_new_report_beside_the_old_ones_is_well(desk: Sample) -> None:
    desk.put(PICTURE, REPORT)
    put(desk, REPORT.replace("2026-10", "2026-11"))
    assert codes(desk) == []


# ---- branches -------------------------------------------------------------------------------------------------------


def on_main_since(desk: Sample) -> None:
    """A branch, and on main since then: another item, an event, a report."""
    git(desk.root, "branch", "改动")
    desk.put(PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124"))
    desk.put(PAYMENT + "history:\n" + NOTE, ITEM)
    desk.put("十月", REPORT)
    git(desk.root, "switch", "--quiet", "改动")


def test_what_came_to_main_since_is_no_loss_of_the_branch(desk: Sample) -> None:
    on_main_since(desk)
    assert codes(desk, "main") == []
    assert left_at(desk.git, "main") == [desk.git.head()]
    text = desk.text("policy/sla.yml")
    git(desk.root, "switch", "--quiet", "main")
    desk.put(text.replace("reopen_within: 10wd", "reopen_within: 5wd"), "policy/sla.yml")
    git(desk.root, "switch", "--quiet", "改动")
    assert list(changes_of_settled_rules(desk.git, "main", desk.root, datetime.fromisoformat(NOW))) == []


def test_what_the_branch_itself_took_away_is_named_by_where_it_left(desk: Sample) -> None:
    start = desk.git.head()
    on_main_since(desk)
    (desk.root / ITEM).unlink()
    desk.commit()
    (problem,) = problems(desk, "main")
    assert (problem.code, problem.values["base"]) == ("item-gone", start[:10])
    (problem,) = problems(desk, start)
    assert problem.values["base"] == start


def test_a_branch_that_merged_main_must_keep_what_main_has(desk: Sample) -> None:
    on_main_since(desk)
    git(desk.root, "merge", "--quiet", "--no-edit", "main")
    assert codes(desk, "main") == []
    (desk.root / REPORT).unlink()
    desk.put(PAYMENT, ITEM)
    assert codes(desk, "main") == [(ITEM, "event-gone"), (REPORT, "report-gone")]


def test_with_a_history_that_shares_nothing_the_whole_base_is_compared(desk: Sample) -> None:
    git(desk.root, "switch", "--quiet", "--orphan", "另起")
    git(desk.root, "checkout", "--quiet", "main", "--", "policy")
    desk.commit()
    assert codes(desk, "main") == [(ITEM, "item-gone")]


def test_after_criss_cross_merges_each_place_where_they_met_counts_and_a_loss_is_told_once(desk: Sample) -> None:
    git(desk.root, "branch", "乙")
    one = put(desk, REPORT, b"x")
    desk.commit()
    first = desk.git.head()
    git(desk.root, "switch", "--quiet", "乙")
    two = put(desk, REPORT.replace("2026-10", "2026-09"), b"y")
    desk.commit()
    second = desk.git.head()
    git(desk.root, "merge", "--quiet", "--no-edit", first)
    git(desk.root, "switch", "--quiet", "main")
    git(desk.root, "merge", "--quiet", "--no-edit", second)
    for path in (one, two):
        (desk.root / path).unlink()
    desk.put(PAYMENT.replace("报错", "没什么"), ITEM)
    assert sorted(left_at(desk.git, "乙")) == sorted([first, second])
    assert sorted(code for _, code in codes(desk, "乙")) == [
        "report-gone",
        "report-gone",
        "submission-changed",
    ]


# ---- how it is told -------------------------------------------------------------------------------------------------


def plant_link(desk: Sample) -> None:
    (desk.root / "feedback/链").symlink_to("/etc")


def plant_program(desk: Sample) -> None:
    (desk.root / put(desk, "policy/x")).chmod(0o755)


def plant_twin(desk: Sample) -> None:
    put(desk, "policy/Desk.yml")


def plant_misnamed(desk: Sample) -> None:
    put(desk, KEPT, b"x")


@pytest.mark.parametrize("plant", [plant_link, plant_program, plant_twin, plant_misnamed])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_one_line_with_a_place_a_fact_and_a_way_out_and_the_command_ends_with_1(
    desk: Sample, plant: Callable[[Sample], None], language: str
) -> None:
    plant(desk)
    done = desk.run("check", "--base", "HEAD", "--lang", language)
    assert done.code == 1
    for problem in problems(desk):
        assert problem.said(language) in done.out.splitlines()
        assert problem.fact(language)
        assert problem.way_out(language)
