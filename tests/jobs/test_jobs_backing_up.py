"""Backups, tried by losing everything else: what comes back is compared ref by ref and blob by blob."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.jobs import backing_up, restoring
from git_feedback.jobs.backing_up import CannotBackUp, Plan
from git_feedback.jobs.bundles import Backup, Shelf, manifest, read_manifest
from git_feedback.store import Git, GitFailed

SUNDAY = datetime.fromisoformat("2026-11-22T02:17:00+00:00")
NOTED = 'history:\n  - note: {at: 2026-11-20T10:00:00+08:00, by: he.miao}\n    text: "已核对"\n'


def day(number: float) -> datetime:
    return SUNDAY + timedelta(days=number)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "我的 反馈台"
    root.mkdir()
    return sample(root, PAYMENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "另一块 磁盘" / "备份"


def back_up(desk: Sample, folder: Path, number: float, *, full: bool = False) -> Plan | None:
    plan = backing_up.planned(desk.git, Shelf(folder), day(number), full=full)
    if plan:
        backing_up.write(desk.git, Shelf(folder), plan)
    return plan


def because(plan: Plan | None) -> str:
    return plan.because if plan else ""


def bring_back(folder: Path, target: Path, moment: datetime | None = None) -> Path:
    shelf = Shelf(folder)
    restoring.restore(shelf, restoring.chosen(shelf, moment), target, day(30))
    return target


def set_keys(root: Path, keys: dict[str, str]) -> str:
    """The keys ref anew, one parentless commit, as sealing makes it; its commit."""
    rows = []
    for name, key in keys.items():
        blob = Git(root).run("hash-object", "-w", "--stdin", stdin=key.encode()).strip()
        rows.append(f"100644 blob {blob}\t{name}.age\n")
    tree = Git(root).run("mktree", stdin="".join(rows).encode()).strip()
    commit = git(root, "commit-tree", tree, "-m", "keys").strip()
    git(root, "update-ref", "refs/feedback/keys", commit)
    return commit


def refs(root: Path) -> list[str]:
    names = ("refs/heads", "refs/tags", "refs/feedback")
    return git(root, "for-each-ref", "--format=%(refname) %(objectname)", *names).splitlines()


def objects(root: Path) -> set[str]:
    """Every commit, tree, blob and tag that a ref reaches, each by the hash of its content."""
    return {row[:40] for row in git(root, "rev-list", "--objects", "--all").splitlines()}


def stored(root: Path) -> set[str]:
    """Every object that is there, reached or not."""
    return set(git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split())


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- losing everything else -----------------------------------------------------------------------------------------


def life(desk: Sample) -> Iterator[None]:
    """Two weeks at the desk, a step a day: items, keys, tags, branches, a merge, a forced push, a key erased."""
    set_keys(desk.root, {"Q261119-0AAJN0D": "甲" * 900, "Q261119-0000000": "乙" * 900})
    yield
    desk.put(PAYMENT + NOTED)
    git(desk.root, "tag", "--annotate", "--message=十一月", "月报/2026-11")
    yield
    git(desk.root, "tag", "轻标签", "HEAD~1")  # a name for what is there: nothing to pack
    yield
    git(desk.root, "switch", "--quiet", "--create", "改进/支付 说明".replace(" ", "-"))
    desk.put("内容\n", "site/说明 （草稿）.md")
    yield
    git(desk.root, "switch", "--quiet", "main")
    git(desk.root, "merge", "--quiet", "--no-ff", "--no-edit", "改进/支付-说明")
    git(desk.root, "branch", "--delete", "改进/支付-说明")
    git(desk.root, "branch", "改进")  # takes the place of a folder of branches
    yield
    set_keys(desk.root, {"Q261119-0AAJN0D": "甲" * 900})
    yield
    for number in range(30):
        desk.put(f"第 {number} 篇\n", f"site/知识/文 {number}.md")
    yield
    git(desk.root, "switch", "--quiet", "--orphan", "另起")
    desk.put("无祖先\n", "孤儿.txt")
    git(desk.root, "switch", "--quiet", "main")
    yield
    git(desk.root, "reset", "--quiet", "--hard", "HEAD~3")
    desk.put("改写\n", "改写.txt")
    yield
    desk.put(bytes(range(256)) * 500, "feedback/attachments/3f/3f9a.png")
    yield


def test_every_day_of_two_weeks_comes_back_when_all_but_the_backups_is_lost(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    days = []
    for number, _ in enumerate(life(desk)):
        plan = back_up(desk, folder, number)
        days.append((because(plan), refs(desk.root), objects(desk.root), files(desk.root)))
    shutil.rmtree(desk.root)

    assert [one[0] for one in days] == ["first", *["next"] * 6, "week", "rewritten", "next"]
    for number, (_, its_refs, its_objects, its_files) in enumerate(days):
        target = bring_back(folder, tmp_path / f"恢复 {number}", day(number))
        assert refs(target) == its_refs
        assert objects(target) == its_objects
        assert files(target) == its_files
        assert git(target, "status", "--porcelain") == ""
        git(target, "fsck", "--full", "--strict")


def test_what_comes_back_is_a_desk_that_goes_on(desk: Sample, folder: Path, tmp_path: Path) -> None:
    desk.put(PAYMENT + NOTED)
    back_up(desk, folder, 0)
    shutil.rmtree(desk.root)

    again = Sample(bring_back(folder, tmp_path / "新机器"))
    again.put("新\n", "新.txt")
    assert again.run("check").code == 0
    assert because(back_up(again, folder, 1)) == "next"
    assert refs(bring_back(folder, tmp_path / "再来")) == refs(again.root)


def test_a_key_that_was_erased_does_not_come_back_with_the_increment_that_lacks_it(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    old = set_keys(desk.root, {"Q1": "甲" * 99, "Q2": "乙" * 99})
    erased = git(desk.root, "rev-parse", f"{old}:Q2.age").strip()
    back_up(desk, folder, 0)
    set_keys(desk.root, {"Q1": "甲" * 99})
    back_up(desk, folder, 1)

    assert erased not in stored(bring_back(folder, tmp_path / "今"))
    assert erased in stored(bring_back(folder, tmp_path / "昨", day(0)))


def test_an_increment_holds_the_new_key_and_not_all_the_others(desk: Sample, folder: Path) -> None:
    keys = {
        f"Q{number}": "".join(chr(0x4E00 + (number * 977 + at * 131) % 20000) for at in range(800))
        for number in range(60)
    }
    set_keys(desk.root, keys)
    back_up(desk, folder, 0)
    set_keys(desk.root, keys | {"新": "钥匙"})
    assert because(back_up(desk, folder, 1)) == "next"
    full, increment = (part.bytes for part in Shelf(folder).backups[-1].parts)
    assert increment * 10 < full


def test_keys_that_the_clone_no_longer_has_from_yesterday_are_written_anew(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    set_keys(desk.root, {"Q1": "甲"})
    back_up(desk, folder, 0)
    git(desk.root, "clone", "--quiet", f"file://{desk.root}", str(tmp_path / "clone"))
    other = Sample(tmp_path / "clone")
    set_keys(other.root, {"Q1": "甲", "Q2": "乙"})
    assert because(back_up(other, folder, 1)) == "next"
    assert objects(bring_back(folder, tmp_path / "恢复")) == objects(other.root)


def test_a_desk_in_a_folder_of_a_larger_repository_is_found_there(tmp_path: Path, folder: Path) -> None:
    top = tmp_path / "大仓库"
    inner = top / "团队" / "反馈台"
    inner.mkdir(parents=True)
    sample(inner, PAYMENT)
    shutil.move(inner / ".git", top / ".git")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message=大")
    back_up(Sample(inner), folder, 0)
    shelf = Shelf(folder)
    found = restoring.restore(shelf, restoring.chosen(shelf, None), tmp_path / "恢复", day(1))
    assert (found.items, found.events, found.problems) == (1, 0, ())


def test_a_detached_head_comes_back_on_main(desk: Sample, folder: Path, tmp_path: Path) -> None:
    git(desk.root, "switch", "--quiet", "--detach")
    back_up(desk, folder, 0)
    assert git(bring_back(folder, tmp_path / "恢复"), "symbolic-ref", "HEAD") == "refs/heads/main\n"


def test_branch_names_with_marks_that_unicode_takes_for_ends_of_lines_come_back(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    for name in ("行\u2028分隔", "下\u0085一行", "全角　空格"):
        git(desk.root, "branch", name)
    subprocess.run([b"git", b"branch", b"\xb9\xfa\xb1\xea"], cwd=desk.root, check=True)  # a name in GBK
    back_up(desk, folder, 0)
    listing = ["git", "for-each-ref"]
    before = subprocess.run(listing, cwd=desk.root, capture_output=True, check=True).stdout
    target = bring_back(folder, tmp_path / "恢复")
    assert subprocess.run(listing, cwd=target, capture_output=True, check=True).stdout == before


# ---- full or increment ----------------------------------------------------------------------------------------------


def test_a_week_after_the_last_full_one_comes_the_next_but_not_a_second_earlier(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    desk.put("一\n", "一.txt")
    assert because(back_up(desk, folder, 7 - 1 / 86400)) == "next"
    desk.put("二\n", "二.txt")
    assert because(back_up(desk, folder, 7)) == "week"


def test_nothing_new_writes_nothing_even_after_a_week(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    before = names(folder)
    assert back_up(desk, folder, 0) is None
    assert back_up(desk, folder, 8) is None
    assert names(folder) == before
    assert because(back_up(desk, folder, 9, full=True)) == "asked"


@pytest.mark.parametrize(("ref", "steps"), [
    ("refs/heads/main", ("commit --amend --quiet --allow-empty --message=改",)),
    ("refs/heads/main", ("reset --quiet --hard HEAD~1",)),
    ("refs/heads/分支", ("branch --delete --force 分支",)),
    ("refs/tags/v1", ("tag --force v1 HEAD~1",)),
    ("refs/tags/v1", ("tag --delete v1",)),
])  # fmt: skip
def test_rewritten_history_is_named_and_makes_a_full_backup(
    desk: Sample, folder: Path, ref: str, steps: tuple[str, ...]
) -> None:
    desk.put("一\n", "一.txt")
    git(desk.root, "tag", "v1")
    git(desk.root, "switch", "--quiet", "--create", "分支")
    desk.put("二\n", "二.txt")
    git(desk.root, "switch", "--quiet", "main")
    back_up(desk, folder, 0)
    for step in steps:
        git(desk.root, *step.split())
    plan = back_up(desk, folder, 1)
    assert plan
    assert (plan.kind, plan.because, plan.lost) == ("full", "rewritten", (ref,))


def test_a_branch_that_went_after_its_merge_and_new_keys_are_no_rewriting(desk: Sample, folder: Path) -> None:
    set_keys(desk.root, {"Q1": "甲"})
    git(desk.root, "switch", "--quiet", "--create", "分支")
    desk.put("二\n", "二.txt")
    back_up(desk, folder, 0)
    git(desk.root, "switch", "--quiet", "main")
    git(desk.root, "merge", "--quiet", "分支")
    git(desk.root, "branch", "--delete", "分支")
    set_keys(desk.root, {"Q2": "乙"})
    plan = back_up(desk, folder, 1)
    assert plan
    assert (plan.because, plan.lost) == ("next", ())


def test_names_alone_make_an_increment_without_a_bundle(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    git(desk.root, "tag", "只是名字")
    back_up(desk, folder, 1)
    assert names(folder) == [
        "desk-20261122T021700Z-full.bundle",
        "desk-20261122T021700Z-full.json",
        "desk-20261123T021700Z-inc.json",
    ]


def test_after_damage_the_next_backup_is_a_full_one_though_nothing_is_new(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    flip(folder / "desk-20261122T021700Z-full.bundle")
    plan = back_up(desk, folder, 1)
    assert plan
    assert plan.because == "damaged"
    assert plan.damage
    assert plan.damage.file == "desk-20261122T021700Z-full.bundle"
    assert Shelf(folder).newest_sound() == Shelf(folder).backups[-1]


def test_a_manifest_says_what_a_bundle_holds_and_what_it_builds_on(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    desk.put("一\n", "一.txt")
    back_up(desk, folder, 1)
    told = json.loads((folder / "desk-20261123T021700Z-inc.json").read_text(encoding="utf-8"))
    assert told["builds_on"] == "desk-20261122T021700Z-full"
    assert told["refs"] == {"refs/heads/main": git(desk.root, "rev-parse", "main").strip()}
    bundles = ["desk-20261122T021700Z-full.bundle", "desk-20261123T021700Z-inc.bundle"]
    assert [part["name"] for part in told["parts"]] == bundles
    sums = subprocess.run(["sha256sum", *bundles], cwd=folder, capture_output=True, check=True).stdout.decode()
    assert [part["sha256"] for part in told["parts"]] == [line.split()[0] for line in sums.splitlines()]


def test_bundles_and_their_folder_are_for_the_eyes_of_their_owner(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("*.bundle"))


def test_a_backup_that_breaks_off_leaves_nothing_behind(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    desk.put("一\n", "一.txt")
    plan = backing_up.planned(desk.git, Shelf(folder), day(1), full=False)
    assert plan
    before = names(folder)
    blob = git(desk.root, "rev-parse", "HEAD:一.txt").strip()
    (desk.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitFailed):
        backing_up.write(desk.git, Shelf(folder), plan)
    assert names(folder) == before


def test_what_was_killed_is_swept_away_after_a_day(desk: Sample, folder: Path) -> None:
    (folder / ".backup-abc").mkdir(parents=True)
    made = datetime.fromtimestamp((folder / ".backup-abc").stat().st_mtime, tz=SUNDAY.tzinfo)
    for hours, left in ((23, True), (25, False)):
        plan = backing_up.planned(desk.git, Shelf(folder), made + timedelta(hours=hours), full=True)
        assert plan
        backing_up.write(desk.git, Shelf(folder), plan)
        assert (folder / ".backup-abc").exists() == left


# ---- refusals -------------------------------------------------------------------------------------------------------


def refused(desk: Sample, folder: Path, number: float = 5) -> str:
    with pytest.raises(CannotBackUp) as caught:
        back_up(desk, folder, number)
    return caught.value.code


def test_a_shallow_clone_and_a_partial_one_are_refused(desk: Sample, folder: Path, tmp_path: Path) -> None:
    desk.put("一\n", "一.txt")
    git(desk.root, "config", "uploadpack.allowFilter", "true")
    for option, code in (("--depth=1", "backup-shallow"), ("--filter=blob:none", "backup-partial")):
        clone = tmp_path / code
        git(tmp_path, "clone", "--quiet", option, f"file://{desk.root}", str(clone))
        assert refused(Sample(clone), folder) == code
    assert not folder.exists()


def test_a_folder_inside_the_repository_is_refused_unless_git_ignores_it(desk: Sample) -> None:
    for inside in ("备 份", "feedback", ".", ".git/备份"):
        assert refused(desk, (desk.root / inside).resolve()) == "backup-inside"
    (desk.root / ".git/info/exclude").write_text("备 份/\n", encoding="utf-8")
    assert because(back_up(desk, desk.root / "备 份", 0)) == "first"
    assert git(desk.root, "status", "--porcelain") == ""


def test_two_desks_do_not_share_a_folder(desk: Sample, folder: Path, tmp_path: Path) -> None:
    back_up(desk, folder, 0)
    (tmp_path / "别的").mkdir()
    other = sample(tmp_path / "别的")
    git(other.root, "commit", "--quiet", "--amend", "--allow-empty", "--message=别的")
    assert refused(other, folder) == "backup-other-desk"


def test_keys_that_are_forgotten_are_not_backed_away(desk: Sample, folder: Path) -> None:
    set_keys(desk.root, {"Q1": "甲"})
    back_up(desk, folder, 0)
    git(desk.root, "update-ref", "-d", "refs/feedback/keys")
    assert refused(desk, folder) == "backup-keys-gone"


def test_a_clock_that_went_back_is_noticed(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 3)
    desk.put("一\n", "一.txt")
    assert [refused(desk, folder, number) for number in (2, 3)] == ["backup-clock"] * 2


def test_a_repository_without_a_commit_has_nothing_to_save(desk: Sample, folder: Path) -> None:
    shutil.rmtree(desk.root / ".git")
    git(desk.root, "init", "--quiet")
    assert refused(desk, folder) == "backup-empty"


# ---- damage ---------------------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    """One bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def week(desk: Sample, folder: Path) -> None:
    """Five days: a full backup on the first and the fourth, increments between and after."""
    for number in range(5):
        desk.put(f"第 {number} 天\n", "日记.txt")
        back_up(desk, folder, number, full=number == 3)


FULL_1, INC_2, INC_3, FULL_4, INC_5 = (
    f"desk-202611{22 + number}T021700Z-{kind}" for number, kind in enumerate(("full", "inc", "inc", "full", "inc"))
)


@pytest.mark.parametrize(("file", "harm", "code", "still"), [
    (f"{INC_5}.bundle", Path.unlink, "bundle-missing", FULL_4),
    (f"{INC_5}.bundle", cut, "bundle-cut", FULL_4),
    (f"{INC_5}.bundle", flip, "bundle-changed", FULL_4),
    (f"{INC_5}.json", Path.unlink, "manifest-missing", FULL_4),
    (f"{INC_5}.json", flip, "manifest-changed", FULL_4),
    (f"{FULL_4}.bundle", flip, "bundle-changed", INC_3),
    (f"{FULL_4}.bundle", Path.unlink, "bundle-missing", INC_3),
])  # fmt: skip
def test_damage_is_named_with_what_is_left_and_nothing_stays_in_the_target(
    desk: Sample, folder: Path, tmp_path: Path, file: str, harm: object, code: str, still: str
) -> None:
    week(desk, folder)
    assert callable(harm)
    harm(folder / file)
    with pytest.raises(restoring.NotRestorable) as caught:
        bring_back(folder, tmp_path / "恢复")
    assert (caught.value.damage.file, caught.value.damage.code) == (file, code)
    assert caught.value.still
    assert caught.value.still.name == still
    assert not (tmp_path / "恢复").exists()
    assert (bring_back(folder, tmp_path / "旧", caught.value.still.at) / "日记.txt").exists()


def test_a_manifest_in_between_is_not_needed_for_what_came_after(desk: Sample, folder: Path, tmp_path: Path) -> None:
    week(desk, folder)
    (folder / f"{FULL_4}.json").unlink()
    flip(folder / f"{FULL_1}.bundle")
    assert (bring_back(folder, tmp_path / "恢复") / "日记.txt").read_text(encoding="utf-8") == "第 4 天\n"


def test_when_the_only_full_backup_is_gone_nothing_is_promised(desk: Sample, folder: Path, tmp_path: Path) -> None:
    back_up(desk, folder, 0)
    (folder / f"{FULL_1}.bundle").unlink()
    with pytest.raises(restoring.NotRestorable) as caught:
        bring_back(folder, tmp_path / "恢复")
    assert caught.value.still is None


def test_a_file_that_git_refuses_though_its_checksum_fits_leaves_an_empty_target_empty(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    back_up(desk, folder, 0)
    shelf = Shelf(folder)
    (backup,) = shelf.backups
    target = tmp_path / "空"
    target.mkdir()
    lying = Backup(**{**vars(backup), "refs": {"refs/heads/main": "1" * 40}})
    with pytest.raises(restoring.Unsound):
        restoring.restore(shelf, lying, target, day(1))
    assert list(target.iterdir()) == []


def test_what_arrived_goes_again_when_the_rest_cannot_and_what_others_put_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "台"
    with pytest.raises(OSError, match="甲"), restoring._arriving(target) as folder:
        for name in ("甲", "乙", "丙"):
            (folder / name).write_text("新\n", encoding="utf-8")
        (target / "甲").mkdir()
    assert names(target) == ["甲"]


def test_what_is_left_is_never_newer_than_the_moment_asked_for(desk: Sample, folder: Path, tmp_path: Path) -> None:
    week(desk, folder)
    flip(folder / f"{INC_2}.bundle")
    with pytest.raises(restoring.NotRestorable) as caught:
        bring_back(folder, tmp_path / "恢复", day(2))
    assert caught.value.still
    assert caught.value.still.name == FULL_1


def test_one_digit_of_a_commit_changed_in_a_manifest_is_noticed(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    path = folder / f"{FULL_1}.json"
    commit = git(desk.root, "rev-parse", "main").strip()
    other = ("1" if commit[0] == "0" else "0") + commit[1:]
    path.write_text(path.read_text(encoding="utf-8").replace(commit, other), encoding="utf-8")
    assert [damage.code for damage in Shelf(folder).all_damages()] == ["manifest-changed"]


def test_a_backup_under_another_name_is_none(desk: Sample, folder: Path) -> None:
    back_up(desk, folder, 0)
    shutil.copy(folder / f"{FULL_1}.json", folder / f"{INC_5}.json")
    assert [damage.file for damage in Shelf(folder).all_damages()] == [f"{INC_5}.json"]


def test_a_repository_that_git_itself_finds_broken_gives_no_backup(desk: Sample, folder: Path) -> None:
    blob = bytes.fromhex(git(desk.root, "hash-object", "-w", ".gitignore").strip())
    twice = b"100644 a\0" + blob + b"100644 a\0" + blob
    tree = desk.git.run("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=twice).strip()
    git(desk.root, "branch", "坏", git(desk.root, "commit-tree", tree, "-m", "两个同名").strip())
    with pytest.raises(restoring.Unsound, match="duplicate"):
        back_up(desk, folder, 0)
    assert names(folder) == []


def test_a_moment_before_the_first_backup_is_told_from_no_backup_at_all(
    desk: Sample, folder: Path, tmp_path: Path
) -> None:
    for first in (None, day(0)):
        with pytest.raises(restoring.NoBackup) as caught:
            bring_back(folder, tmp_path / "恢复", day(-1))
        assert caught.value.first == first
        back_up(desk, folder, 0)


@pytest.mark.parametrize("change", [
    {"desk": "../别处"}, {"desk": "/etc"}, {"refs": {"refs/heads/a\nrefs/heads/b": "1" * 40}},
    {"refs": {"refs/remotes/a": "1" * 40}}, {"refs": {"refs/heads/a": "--all"}}, {"parts": ()},
])  # fmt: skip
def test_a_manifest_that_would_lead_elsewhere_is_none_though_its_digest_fits(
    desk: Sample, folder: Path, change: dict[str, object]
) -> None:
    back_up(desk, folder, 0)
    (backup,) = Shelf(folder).backups
    assert read_manifest(manifest(backup)) == backup
    with pytest.raises(ValueError, match="no manifest"):
        read_manifest(manifest(Backup(**{**vars(backup), **change})))


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"digest": 1}', b"[" * 99_999, b'"' + b"a" * 99])
def test_what_is_no_manifest_is_taken_for_none(content: bytes) -> None:
    with pytest.raises(ValueError, match="no manifest"):
        read_manifest(content)


# ---- generations ----------------------------------------------------------------------------------------------------


def test_older_generations_go_with_their_increments(desk: Sample, folder: Path) -> None:
    week(desk, folder)
    assert backing_up.thin_out(Shelf(folder), 2) == []
    removed = backing_up.thin_out(Shelf(folder), 1)
    assert removed == [f"{name}.{ending}" for name in (FULL_1, INC_2, INC_3) for ending in ("bundle", "json")]
    assert names(folder) == [f"{name}.{ending}" for name in (FULL_4, INC_5) for ending in ("bundle", "json")]


def test_a_damaged_generation_does_not_push_out_a_sound_one(desk: Sample, folder: Path) -> None:
    week(desk, folder)
    flip(folder / f"{FULL_4}.bundle")
    before = names(folder)
    assert backing_up.thin_out(Shelf(folder), 1) == []
    assert names(folder) == before


def test_remains_without_a_manifest_go_with_what_is_older(desk: Sample, folder: Path) -> None:
    week(desk, folder)
    (folder / f"{INC_2}.json").unlink()
    (folder / "别人的.bundle").write_text("别动", encoding="utf-8")
    backing_up.thin_out(Shelf(folder), 1)
    kept = [f"{name}.{ending}" for name in (FULL_4, INC_5) for ending in ("bundle", "json")]
    assert names(folder) == [*kept, "别人的.bundle"]


def test_backups_stand_in_the_order_of_their_moments(desk: Sample, folder: Path) -> None:
    week(desk, folder)
    assert all(one.at < other.at for one, other in pairwise(Shelf(folder).backups))
    assert [one.name for one in Shelf(folder).backups] == [FULL_1, INC_2, INC_3, FULL_4, INC_5]
