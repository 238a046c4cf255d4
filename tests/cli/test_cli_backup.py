"""`backup` and `restore` as somebody calls them: what they say, how they end, and what lies there afterwards."""

import json
import shutil
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Ran, Sample, git, sample

NOTED = PAYMENT + 'history:\n  - note: {at: 2026-11-20T10:00:00+08:00, by: he.miao}\n    text: "已核对"\n'
FULL, INCREMENT = "desk-20261122T021700Z-full", "desk-20261123T021700Z-inc"
KEYS = "refs/feedback/keys"
FIRST, SECOND = "2026-11-22T10:17:00+08:00", "2026-11-23T10:17:00+08:00"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "反馈 台"
    root.mkdir()
    return sample(root, PAYMENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "备份 盘"


def back_up(desk: Sample, folder: Path, now: str, *words: str) -> Ran:
    return desk.run("backup", str(folder), *words, now=now)


def restore(folder: Path, *words: str, now: str | None = SECOND) -> Ran:
    """From a place where no desk is: everything else is lost."""
    return Sample(folder.parent).run("restore", str(folder), *words, now=now)


def two_days(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, FIRST)
    desk.put(NOTED)
    back_up(desk, folder, SECOND)


def test_a_backup_a_day_and_the_desk_is_back_when_all_else_is_lost(desk: Sample, folder: Path, tmp_path: Path) -> None:
    first = back_up(desk, folder, FIRST)
    desk.put(NOTED)
    second = back_up(desk, folder, SECOND)
    third = back_up(desk, folder, SECOND)
    before = git(desk.root, "for-each-ref")
    shutil.rmtree(desk.root)
    target = tmp_path / "新 台"
    back = restore(folder, str(target), "--lang", "zh")

    assert first.out == f"已写入 {FULL}（全量，首次），试恢复通过：条目 1、事件 0、引用 1\n"
    assert second.out == f"已写入 {INCREMENT}（增量），试恢复通过：条目 1、事件 1、引用 1\n"
    assert third.out == f"{INCREMENT} 之后没有新内容；未写入\n"
    assert [first.code, second.code, third.code, back.code] == [0, 0, 0, 0]
    assert back.out == (
        f"已从 {INCREMENT} 恢复到 {target}，内容截至 2026-11-23T02:17:00+00:00：条目 1、事件 1、引用 1、问题 0\n"
    )
    assert "git remote add origin URL" in back.err
    assert git(target, "for-each-ref") == before
    assert Sample(target).text("feedback/2026/11/Q261119-0AAJN0D.yml").endswith('text: "已核对"\n')


def test_the_record_of_an_earlier_moment_comes_back(desk: Sample, folder: Path, tmp_path: Path) -> None:
    two_days(desk, folder)
    back = restore(folder, str(tmp_path / "昨天"), "--at", "2026-11-23T10:16+08:00", "--format", "json")
    told = json.loads(back.out)
    assert (back.code, told["name"], told["items"], told["events"]) == (0, FULL, 1, 0)
    assert "history:" not in Sample(tmp_path / "昨天").text("feedback/2026/11/Q261119-0AAJN0D.yml")


def test_verify_reports_and_leaves_nothing(desk: Sample, folder: Path, tmp_path: Path) -> None:
    two_days(desk, folder)
    before = sorted(tmp_path.iterdir())
    sound = restore(folder, "--verify", "--lang", "en")
    assert (sound.code, sound.err) == (0, "")
    assert sound.out.startswith(f"{INCREMENT} can be restored, the record as of 2026-11-23T02:17:00+00:00: items 1, ")
    assert sorted(tmp_path.iterdir()) == before


def test_verify_names_every_damaged_file_and_what_can_still_be_had(desk: Sample, folder: Path) -> None:
    two_days(desk, folder)
    (folder / f"{INCREMENT}.bundle").write_bytes(b"")
    (folder / "desk-20261121T021700Z-inc.json").write_bytes(b"{}")
    wrong = restore(folder, "--verify", "--lang", "zh")
    assert wrong.code == 1
    assert wrong.out.splitlines() == [
        "desk-20261121T021700Z-inc.json 不是写入时的清单；仍可恢复到 2026-11-22T02:17:00+00:00：--at 2026-11-22T02:17:00+00:00",
        f"{INCREMENT}.bundle 不完整；仍可恢复到 2026-11-22T02:17:00+00:00：--at 2026-11-22T02:17:00+00:00",
        f"{FULL} 可以恢复，内容截至 2026-11-22T02:17:00+00:00：条目 1、事件 0、引用 1、问题 0",
    ]
    told = json.loads(restore(folder, "--verify", "--format", "json").out)
    assert told["damaged"][1] == {"file": f"{INCREMENT}.bundle", "code": "bundle-cut"}


def test_verify_of_a_folder_in_which_nothing_is_sound_ends_with_1(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, FIRST)
    (folder / f"{FULL}.bundle").unlink()
    wrong = restore(folder, "--verify", "--lang", "en")
    assert (wrong.code, wrong.out.count("\n"), f"{FULL}.bundle is missing" in wrong.out) == (1, 1, True)
    told = json.loads(restore(folder, "--verify", "--format", "json").out)
    assert told == {"restored": None, "name": None, "damaged": [{"file": f"{FULL}.bundle", "code": "bundle-missing"}]}


def test_a_damaged_backup_is_one_line_with_the_way_out_and_the_target_stays_empty(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    two_days(desk, folder)
    (folder / f"{INCREMENT}.bundle").unlink()
    target = tmp_path / "空的"
    target.mkdir()
    wrong = restore(folder, str(target), "--lang", "zh")
    still = "2026-11-22T02:17:00+00:00"
    assert wrong == Ran(3, "", f"git-feedback: 缺少 {INCREMENT}.bundle；仍可恢复到 {still}：--at {still}\n")
    assert list(target.iterdir()) == []
    assert restore(folder, str(target), "--at", still).code == 0


def test_a_bad_item_is_restored_as_it_was_and_named(desk: Sample, folder: Path, tmp_path: Path) -> None:
    desk.put(b"id: nonsense\n", "feedback/2026/11/Q261119-0000000.yml")
    assert back_up(desk, folder, FIRST).code == 0
    back = restore(folder, str(tmp_path / "恢复"), "--lang", "en")
    assert back.code == 1
    assert "feedback/2026/11/Q261119-0000000.yml:1:" in back.out
    assert Sample(tmp_path / "恢复").text("feedback/2026/11/Q261119-0000000.yml") == "id: nonsense\n"


def test_a_desk_whose_policy_is_broken_is_saved_and_comes_back(desk: Sample, folder: Path, tmp_path: Path) -> None:
    desk.put("zone: [\n", "policy/desk.yml")
    assert back_up(desk, folder, FIRST).code == 0
    back = restore(folder, str(tmp_path / "恢复"))
    assert (back.code, "policy/desk.yml" in back.out) == (1, True)
    assert Sample(tmp_path / "恢复").text("policy/desk.yml") == "zone: [\n"


def test_rewritten_history_is_said_loudly_and_ends_with_1(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, FIRST)
    git(desk.root, "commit", "--quiet", "--amend", "--message=改写")
    wrong = back_up(desk, folder, SECOND, "--lang", "en")
    assert wrong.code == 1
    assert f"HISTORY WAS REWRITTEN since {FULL}: refs/heads/main" in wrong.err
    assert "desk-20261123T021700Z-full written (full, for history was rewritten)" in wrong.out


def test_damage_found_by_the_next_backup_is_named_and_ends_with_1(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, FIRST)
    (folder / f"{FULL}.bundle").unlink()
    wrong = back_up(desk, folder, SECOND)
    assert (wrong.code, wrong.err) == (1, f"缺少 {FULL}.bundle；现做全量备份\n")


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(desk: Sample, folder: Path) -> None:
    tried = back_up(desk, folder, FIRST, "--dry-run")
    assert (tried.code, tried.out) == (0, f"将写入 {FULL}（全量，首次），引用 1\n")
    assert not folder.exists()


def test_keep_removes_older_generations_when_a_newer_one_stands(desk: Sample, folder: Path) -> None:
    two_days(desk, folder)
    third = back_up(desk, folder, "2026-11-24T10:17:00+08:00", "--full", "--keep", "1", "--format", "json")
    removed = [f"{name}.{ending}" for name in (FULL, INCREMENT) for ending in ("bundle", "json")]
    assert json.loads(third.out)["removed"] == removed
    assert len(list(folder.iterdir())) == 2
    nothing = back_up(desk, folder, "2026-11-25T10:17:00+08:00", "--keep", "1")
    assert (nothing.code, len(list(folder.iterdir()))) == (0, 2)


def test_what_is_not_committed_and_keys_that_are_missing_are_remarked(desk: Sample, folder: Path) -> None:
    sealed = "submitter:\n  kind: returning\n  sealed: |-\n    -----BEGIN AGE ENCRYPTED FILE-----\n    甲\n"
    desk.put(PAYMENT.replace("submitter:\n  kind: returning\n", sealed))
    (desk.root / "草稿 一.md").write_text("草稿", encoding="utf-8")
    told = back_up(desk, folder, FIRST, "--lang", "en")
    assert told.code == 0
    lacking = (
        f"items hold sealed contact data, but {KEYS} is not in this clone, so the backup cannot open it; "
        f"get it: git fetch origin {KEYS}:{KEYS}"
    )
    assert told.err.splitlines() == [lacking, "1 file is not committed, and so not in the backup"]


def test_whoever_restores_keys_is_told_to_guard_them(desk: Sample, folder: Path, tmp_path: Path) -> None:
    commit = git(desk.root, "commit-tree", "HEAD^{tree}", "-m", "keys").strip()
    git(desk.root, "update-ref", "refs/feedback/keys", commit)
    back_up(desk, folder, FIRST)
    back = restore(folder, str(tmp_path / "恢复"), "--lang", "zh")
    assert "个人信息的密钥也在其中（refs/feedback/keys）" in back.err
    assert git(tmp_path / "恢复", "rev-parse", "refs/feedback/keys").strip() == commit


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_the_help_says_that_the_keys_are_in_it(desk: Sample, name: str) -> None:
    assert "keys of personal data" in " ".join(desk.run(name, "-h", now=None).out.split())


@pytest.mark.parametrize(("words", "code", "said"), [
    (("{备份}",), 2, "没有说明恢复到哪里"),
    (("{备份}", "{备份}"), 2, "不是空的；请指定新的文件夹"),
    (("{备份}", "新", "--at", "昨天"), 2, "“昨天”不是时间"),
    (("{备份}", "新", "--at", "2026-11-01T00:00+08:00"), 3, "最早的是 2026-11-22T02:17:00+00:00"),
    (("{空}", "新"), 3, "没有备份"),
    (("{空}", "--verify"), 3, "没有备份"),
    (("{备份}/没有", "新"), 2, "没有"),
])  # fmt: skip
def test_what_cannot_be_restored_is_one_line_and_makes_no_folder(
    desk: Sample, folder: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    back_up(desk, folder, FIRST)
    (tmp_path / "空").mkdir()
    given = [word.replace("{备份}", str(folder)).replace("{空}", str(tmp_path / "空")) for word in words]
    ran = Sample(tmp_path).run("restore", *given, "--lang", "zh", now=SECOND)
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert said in ran.err
    assert not (tmp_path / "新").exists()


def test_refusals_of_a_backup_end_with_3_and_the_way_out(desk: Sample, folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{desk.root}", "浅")
    shallow = back_up(Sample(tmp_path / "浅"), folder, FIRST, "--lang", "zh")
    assert shallow == Ran(3, "", "git-feedback: 这个仓库是浅克隆，缺少较早的提交；请补全：git fetch --unshallow\n")
    inside = back_up(desk, desk.root / "备份", FIRST, "--lang", "en")
    assert (inside.code, inside.err.count("\n"), "name a folder elsewhere" in inside.err) == (3, 1, True)
    assert not (desk.root / "备份").exists()


def test_a_folder_that_cannot_be_written_is_one_line(desk: Sample, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    wrong = back_up(desk, tmp_path / "文件" / "备份", FIRST, "--lang", "zh")
    assert (wrong.code, wrong.err.count("\n"), "备份无法写入" in wrong.err) == (3, 1, True)


def test_the_backup_folder_is_named_from_where_one_stands(desk: Sample, tmp_path: Path) -> None:
    ran = desk.run("backup", "../备份 盘", now=FIRST, cwd=desk.root)
    assert ran.code == 0
    back = Sample(tmp_path).run("restore", "备份 盘", "恢复", now=None)
    assert (back.code, (tmp_path / "恢复/policy/desk.yml").is_file()) == (0, True)


def test_somebody_who_stands_in_the_empty_target_finds_the_desk_there(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    back_up(desk, folder, FIRST)
    (tmp_path / "这里").mkdir()
    ran = Sample(tmp_path / "这里").run("restore", str(folder), ".", now=SECOND)
    assert (ran.code, sorted(path.name for path in (tmp_path / "这里").iterdir())[:2]) == (
        0,
        [".git", ".gitattributes"],
    )
