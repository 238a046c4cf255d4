"""Files that came along: looked at, written by their hash, named as text; `check` says which are missing or nobody's."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.privacy.attachment_samples import GPS_PLACE, film, photograph, screenshot
from tests.sample_desk import NOW, PAYMENT, ROOT, Sample, git, policy, sample

from git_feedback.jobs import kept_files
from git_feedback.jobs.attaching import is_in_lfs, kept, shown_name, to_lfs
from git_feedback.jobs.building import came_along
from git_feedback.jobs.reading import whole
from git_feedback.model import Attachment
from git_feedback.store import holding, plain_size, write_attachment

ITEM = "feedback/2026/11/Q261119-0AAJN0D.yml"
CRLF = b"\r\n".join([b"\x89PNG"] * 2)
needs_lfs = pytest.mark.skipif(not shutil.which("git-lfs"), reason="git-lfs is not installed")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def with_attachments(attachments: tuple[Attachment, ...]) -> str:
    rows = (f"  - file: {{path: {one.file.path}, bytes: {one.file.bytes}}}\n    name: 截图\n" for one in attachments)
    return PAYMENT + "attachments:\n" + "".join(rows)


def wrong(desk: Sample) -> list[tuple[str, int, str]]:
    found = kept_files.attachments(desk.root, whole(desk.root, datetime.fromisoformat(NOW)))
    return [(problem.file, problem.line, problem.code) for problem in found]


# ---- keeping --------------------------------------------------------------------------------------------------------


def test_a_file_is_written_by_its_hash_and_named_as_text(desk: Sample) -> None:
    found, paths, refused = kept(desk.root, [("截图.png", screenshot())], policy(), write=True)
    (one,) = found
    assert refused == ()
    assert paths == (f"feedback/{one.file.path}",)
    assert one.name == "截图.png"
    there = holding(desk.root / paths[0])
    assert there
    assert there.digest == Path(paths[0]).stem
    assert there.size == one.file.bytes
    assert (desk.root / paths[0]).stat().st_mode & 0o777 == 0o644


def test_nothing_is_written_on_trial_and_twice_changes_nothing(desk: Sample) -> None:
    files = [("a.png", screenshot()), ("b.jpg", photograph())]
    tried = kept(desk.root, files, policy(), write=False)
    assert not (desk.root / "feedback/attachments").exists()
    assert kept(desk.root, files, policy(), write=True) == tried
    first = {path: (desk.root / path).stat().st_mtime_ns for path in tried[1]}
    assert kept(desk.root, files, policy(), write=True) == tried
    assert {path: (desk.root / path).stat().st_mtime_ns for path in tried[1]} == first


def test_the_same_file_twice_is_kept_once_and_too_many_are_named(desk: Sample) -> None:
    many = [(f"{number}.txt", f"第 {number} 份".encode()) for number in range(policy().desk.limits.attachments_max + 1)]
    found, paths, refused = kept(desk.root, [*many[:1], *many], policy(), write=False)
    assert len(found) == len(paths) == policy().desk.limits.attachments_max
    assert [(one.name, one.refused.code) for one in refused] == [(many[-1][0], "attachment-too-many")]


def test_what_is_refused_is_named_and_the_others_go_on(desk: Sample) -> None:
    found, _, refused = kept(desk.root, [("x.png", b"<svg onload=alert(1)>"), ("y.mp4", film())], policy(), write=True)
    assert [one.name for one in found] == ["y.mp4"]
    assert [(one.name, one.refused.code, one.refused.values["what"]) for one in refused] == [
        ("x.png", "attachment-type", "SVG")
    ]
    assert GPS_PLACE.encode() not in (desk.root / f"feedback/{found[0].file.path}").read_bytes()


@pytest.mark.parametrize(("given", "shown"), [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\李雷\\截图.png", "截图.png"),
    ("李雷13812345678.jpg", "李雷138****5678.jpg"),
    ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
    ("a\u202egnp.exe", "a[U+202E]gnp.exe"),
    ("一\n二\t三.png", "一 二 三.png"),
    ("", ""),
    ("长" * 300 + ".png", "长" * 109 + "…" + "长" * 6 + ".png"),
])  # fmt: skip
def test_a_name_is_one_line_of_text_without_contact_data(given: str, shown: str) -> None:
    name = shown_name(given)
    assert name.replace("[U+202E]", "\u202e") == shown.replace("[U+202E]", "\u202e")
    assert "13812345678" not in name


def test_git_takes_attachments_as_bytes_also_in_a_desk_from_before(desk: Sample) -> None:
    old = "* text=auto\nfeedback/** text eol=lf merge=feedback\n"
    (desk.root / ".gitattributes").write_text(old, encoding="utf-8")
    found, paths, _ = kept(desk.root, [("a.txt", b"one\r\ntwo\r\n")], policy(), write=True)
    assert paths == (f"feedback/{found[0].file.path}", ".gitattributes")
    desk.commit()
    assert desk.git.raw("cat-file", "blob", f"HEAD:{paths[0]}") == b"one\r\ntwo\r\n"
    assert kept(desk.root, [("a.txt", b"one\r\ntwo\r\n")], policy(), write=True)[1] == paths[:1]
    assert (desk.root / ".gitattributes").read_text(encoding="utf-8").startswith(old)


def test_this_repository_keeps_attachments_as_bytes() -> None:
    assert "binary: set" in git(ROOT, "check-attr", "binary", "--", "feedback/attachments/ab/x.jpg")


# ---- check ----------------------------------------------------------------------------------------------------------


def test_a_missing_a_changed_and_an_unnamed_file_are_each_told(desk: Sample) -> None:
    found, (path,), _ = kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    assert wrong(desk) == [(path, 1, "attachment-orphan")]
    desk.put(with_attachments(found))
    assert wrong(desk) == []
    (desk.root / path).write_bytes(b"x" * found[0].file.bytes)
    assert wrong(desk) == [(path, 1, "attachment-misnamed")]
    (desk.root / path).write_bytes(b"x")
    assert [code for _, _, code in wrong(desk)] == ["attachment-misnamed", "attachment-size"]
    (desk.root / path).unlink()
    ((file, line, code),) = wrong(desk)
    assert (file, code) == (ITEM, "attachment-missing")
    assert found[0].file.path in desk.text(ITEM).splitlines()[line - 1]
    ran = desk.run("check")
    assert ran.code == 1
    assert "attachment-missing" in ran.out


def test_a_link_in_the_place_of_a_file_is_no_file(desk: Sample) -> None:
    found, (path,), _ = kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    desk.put(with_attachments(found))
    shutil.move(desk.root / path, desk.root / "别处.png")
    (desk.root / path).symlink_to("../../../别处.png")
    assert [code for _, _, code in wrong(desk)] == ["attachment-missing"]
    assert came_along(desk.root, whole(desk.root, datetime.fromisoformat(NOW))) == {}


def test_what_a_later_message_brought_is_looked_for_too(desk: Sample) -> None:
    found, (path,), _ = kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    message = (
        f"  - message: {{at: 2026-11-19T12:00:00+08:00, by: intake, files: [{found[0].file.path}]}}\n    text: 见图\n"
    )
    desk.put(PAYMENT + "history:\n" + message)
    assert wrong(desk) == []
    (desk.root / path).unlink()
    assert [code for _, _, code in wrong(desk)] == ["attachment-missing"]


def test_while_an_item_cannot_be_read_no_file_is_called_unnamed(desk: Sample) -> None:
    kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    (desk.root / ITEM).write_text("id: [", encoding="utf-8")
    assert wrong(desk) == []


# ---- Git LFS --------------------------------------------------------------------------------------------------------


@needs_lfs
def test_with_git_lfs_the_record_holds_pointers_and_every_rule_still_holds(desk: Sample, tmp_path: Path) -> None:
    before, (path,), _ = kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    desk.put(with_attachments(before))
    assert not is_in_lfs(desk.git)
    to_lfs(desk.root)
    assert is_in_lfs(desk.git)
    git(desk.root, "add", "--renormalize", ".")
    desk.commit()
    assert git(desk.root, "cat-file", "blob", f"HEAD:{path}").startswith("version https://git-lfs")
    assert wrong(desk) == []
    assert "attachment" not in desk.run("check", "--base", "HEAD~1").out
    audited = desk.run("audit")
    assert path not in audited.out + audited.err
    pointer = git(desk.root, "cat-file", "blob", f"HEAD:{path}").encode()
    (desk.root / path).write_bytes(pointer)
    assert wrong(desk) == []
    assert plain_size(desk.root / path) is None
    assert not write_attachment(desk.root, before[0].file.path, screenshot_kept(before[0], desk))
    assert (desk.root / path).read_bytes() == pointer


def screenshot_kept(one: Attachment, desk: Sample) -> bytes:
    """The file that a pointer stands for, as Git LFS has it here."""
    digest = Path(one.file.path).stem
    return (desk.root / f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}").read_bytes()


@needs_lfs
def test_a_desk_with_git_lfs_is_started_and_backed_up_and_restored_with_its_pointers(tmp_path: Path) -> None:
    maker = sample(tmp_path / "maker")
    assert maker.run("init", str(tmp_path / "desk"), "--lfs", "--person", "li.lei", now=None).code == 0
    desk = Sample(tmp_path / "desk")
    git(desk.root, "config", "user.name", "Li Lei")
    git(desk.root, "config", "user.email", "li.lei@desk.example")
    _, (path,), _ = kept(desk.root, [("a.png", screenshot())], policy(), write=True)
    desk.commit()
    made = desk.run("backup", str(tmp_path / "backup"))
    assert made.code == 0, made.err
    assert "Git LFS" in made.err
    restored = desk.run("restore", str(tmp_path / "backup"), str(tmp_path / "again"))
    assert restored.code in (0, 1), restored.err
    assert (tmp_path / "again" / path).read_bytes().startswith(b"version https://git-lfs")
    assert git(tmp_path / "again", "status", "--porcelain") == ""
