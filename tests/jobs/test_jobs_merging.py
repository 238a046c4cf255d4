"""Merging with Git itself: the driver in real merges, and all conflicted files at once in merges, rebases and picks."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.jobs.two_sides import FILE, ID, Sides, sides
from tests.sample_desk import NOW, PAYMENT, git

from git_feedback.desk import ordered
from git_feedback.jobs import merging
from git_feedback.model import Item
from git_feedback.store import Git, read

LATER = "2026-11-20T12:30:00+08:00"
PICTURE = "feedback/attachments/3f/3f9a.bin"


@pytest.fixture
def two(tmp_path: Path) -> Sides:
    return sides(tmp_path)


@pytest.fixture
def plain(tmp_path: Path) -> Sides:
    """The same without a driver: what a merge on another machine leaves."""
    return sides(tmp_path, driver=False)


def quietly(things: Iterable[str], _: str) -> Iterable[str]:
    return things


def item(two: Sides) -> Item:
    found = read(two.root / FILE)
    assert list(found.history) == ordered(found.history)
    return found


def verbs(two: Sides) -> list[str]:
    return [event.verb for event in item(two).history]


NOTE = ("note", ID, "--text")
ASSIGN = ("assign", ID, "--department", "app", "--owner")
CLASSIFY = ("classify", ID, "--category", "product/bug", "--impact", "4", "--urgency")

Commands = list[tuple[str, ...]]
SCENARIOS: dict[str, tuple[Commands, Commands, list[str]]] = {
    "both append": ([(*NOTE, "我方已查日志")], [(*NOTE, "对方已回电: 好的")], ["classify", "note", "note"]),
    "a state and an event against an owner and an event": (
        [("respond", ID, "--text", "您好,已收到。", "--progress")],
        [(*ASSIGN, "fang.yu"), (*NOTE, "已转交")],
        ["classify", "respond", "assign", "note"],
    ),
    "both set the state": (
        [("resolve", ID, "--result", "回滚了版本")],
        [("resolve", ID, "--result", "重启了服务", "--cause", "连接数耗尽")],
        ["classify", "assign", "accept", "resolve", "resolve"],
    ),
    "different levels": ([(*CLASSIFY, "5")], [(*CLASSIFY, "2")], ["classify", "classify", "classify"]),
    "the same event twice": ([(*NOTE, "同一句话")], [(*NOTE, "同一句话")], ["classify", "note"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_both_sides_did_is_there_after_a_merge_without_a_conflict(two: Sides, name: str) -> None:
    ours, theirs, expected = SCENARIOS[name]
    if "accept" in expected:
        two.say(*ASSIGN, "fang.yu", now="2026-11-19T11:00:00+08:00")
        two.say("accept", ID, "--by", "fang.yu", now="2026-11-19T12:00:00+08:00")
    two.branch("我方", *ours)
    two.branch("对方", *theirs, now=NOW if "twice" in name else LATER)
    done = two.merge("我方", "对方")
    assert done.returncode == 0, done.stdout + done.stderr
    assert verbs(two) == expected
    assert two.status() == ""


def test_fields_side_by_side_merge(two: Sides) -> None:
    two.edit("我方", "language: zh\n", "language: zh-Hans\n")
    two.edit("对方", "title: 支付页面报错", "title: 支付页面白屏")
    assert two.merge("我方", "对方").returncode == 0
    assert (item(two).language, item(two).title) == ("zh-Hans", "支付页面白屏")


def test_tags_that_both_sides_add_are_both_there(two: Sides) -> None:
    two.edit("main", "product: App\n", "product: App\ntags: [退款]\n")
    two.edit("我方", "[退款]", "[退款, 微信]")
    two.edit("对方", "[退款]", "[退款, 支付宝]")
    assert two.merge("我方", "对方").returncode == 0
    assert item(two).tags == ("退款", "微信", "支付宝")


def test_an_edit_of_the_text_merges_with_closing(two: Sides) -> None:
    two.edit("我方", "已经试了三次。", "已经试了四次。")
    git(two.root, "checkout", "--quiet", "main")
    two.branch("对方", ("reject", ID, "--kind", "withdrawn", "--reason", "顾客撤回"))
    assert two.merge("我方", "对方").returncode == 0
    assert item(two).text == "付款到最后一步提示“系统繁忙”,已经试了四次。"
    assert verbs(two) == ["classify", "reject"]


@pytest.mark.parametrize("order", [("甲", "乙", "丙"), ("丙", "甲", "乙")])
def test_three_branches_end_in_one_record_in_any_order(two: Sides, order: tuple[str, str, str]) -> None:
    for minute, name in enumerate(("甲", "乙", "丙")):
        two.branch(name, (*NOTE, f"{name}的话"), now=f"2026-11-20T1{minute}:00:00+08:00")
        two.edit(name, "product: App\n", f"product: App\ntags: [{name}]\n")
    first, *others = order
    for other in others:
        assert two.merge(first, other).returncode == 0
    words = [getattr(event, "text", None) for event in item(two).history]
    assert words == [None, "甲的话", "乙的话", "丙的话"]
    assert item(two).tags == ("丙", "乙", "甲")


def test_two_titles_are_a_conflict_that_names_both_and_the_rest_is_merged(two: Sides) -> None:
    two.edit("我方", "title: 支付页面报错", "title: 支付失败")
    two.edit("对方", "title: 支付页面报错", "title: 付款白屏")
    two.say(*NOTE, "对方的话")
    done = two.merge("我方", "对方")
    assert done.returncode == 1
    assert f"{FILE}:6:1: merge-field: “title”在这边改成“支付失败”，在那边改成“付款白屏”；" in done.stdout + done.stderr
    text = two.desk.text(FILE)
    assert "<<<<<<< ours\ntitle: 支付失败\n=======\ntitle: 付款白屏\n>>>>>>> theirs\n" in text
    assert text.count("<<<<<<<") == 1
    assert text.endswith("    text: 对方的话\n")


def test_bases_that_were_merged_both_ways_are_merged_first(two: Sides) -> None:
    two.branch("甲", (*NOTE, "甲一"))
    two.branch("乙", (*NOTE, "乙一"), now=LATER)
    git(two.root, "tag", "甲一", "甲")
    two.edit("甲", "title: 支付页面报错", "title: 支付失败")
    git(two.root, "tag", "甲二", "甲")
    assert two.merge("甲", "乙").returncode == 0
    assert two.merge("乙", "甲二").returncode == 0
    two.edit("甲", "title: 支付失败", "title: 支付页面报错")
    two.desk.git.run("checkout", "--quiet", "乙")
    two.say(*NOTE, "乙二", now="2026-11-20T13:00:00+08:00")
    assert two.merge("甲", "乙").returncode == 0
    assert item(two).title == "支付页面报错"
    assert [event.verb for event in item(two).history] == ["classify", "note", "note", "note"]


def test_an_event_that_was_rewritten_is_a_conflict(two: Sides) -> None:
    two.edit("我方", "impact: 4", "impact: 1")
    two.edit("对方", "product: App", "product: 网页")
    done = two.merge("我方", "对方")
    assert done.returncode == 1
    assert "merge-event" in done.stdout + done.stderr
    assert "||||||| base\n" in two.desk.text(FILE)


def test_a_side_that_is_no_item_is_left_as_git_leaves_it_and_never_taken_for_merged(two: Sides) -> None:
    two.edit("我方", "channel: web-form\n", "chanel: web-form\n")
    two.edit("对方", "product: App", "product: 网页")
    done = two.merge("我方", "对方")
    assert done.returncode == 1
    assert "“ours”不是可以合并的条目（1:1：missing-field）" in done.stdout + done.stderr
    assert "chanel: web-form\n" in two.desk.text(FILE)
    assert "product: 网页\n" in two.desk.text(FILE)


@pytest.mark.parametrize("path", ["feedback/problems/p1.yml", "feedback/measures/说明.yml"])
def test_other_records_are_merged_line_by_line(two: Sides, path: str) -> None:
    two.desk.put("甲: 1\n# 一\n# 二\n# 三\n乙: 1\n", path)
    two.edit("我方", "甲: 1", "甲: 2", path)
    two.edit("对方", "乙: 1", "乙: 2", path)
    assert two.merge("我方", "对方").returncode == 0
    assert two.desk.text(path) == "甲: 2\n# 一\n# 二\n# 三\n乙: 2\n"
    two.edit("我方", "甲: 2", "甲: 3", path)
    two.edit("对方", "甲: 1", "甲: 4", path)
    done = two.merge("我方", "对方")
    assert done.returncode == 1
    assert "merge-lines" in done.stdout + done.stderr
    assert "<<<<<<< ours\n甲: 3\n=======\n甲: 4\n>>>>>>> theirs\n" in two.desk.text(path)


def test_what_is_no_text_stays_ours_and_in_conflict(two: Sides) -> None:
    for name, content in (("main", b"\0\1"), ("我方", b"\0\2"), ("对方", b"\0\3")):
        git(two.root, "checkout", "--quiet", *(["main"] if name == "main" else ["-b", name, "main"]))
        two.desk.put(content, PICTURE)
    assert two.merge("我方", "对方").returncode == 1
    assert (two.root / PICTURE).read_bytes() == b"\0\2"
    assert "UU " in two.status()


def test_where_the_program_is_gone_git_merges_lines_and_both_words_stay(two: Sides) -> None:
    two.branch("我方", (*NOTE, "我方的话"))
    two.branch("对方", (*NOTE, "对方的话"), now=LATER)
    without = [folder for folder in os.environ["PATH"].split(os.pathsep) if not Path(folder, "git-feedback").exists()]
    done = Sides(two.desk, os.pathsep.join(without)).merge("我方", "对方")
    assert done.returncode == 1
    text = two.desk.text(FILE)
    assert [words in text for words in ("我方的话", "对方的话", "<<<<<<< ours")] == [True] * 3


def test_our_own_mistake_in_the_driver_leaves_the_lines_of_both_sides(two: Sides, tmp_path: Path) -> None:
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    for name, words in zip((base, ours, theirs), ("title: 一\n", "title: 二\n", "title: 三\n"), strict=True):
        name.write_text(words, encoding="utf-8")

    class Broken(Git):
        asked = 0

        def run(self, *words: str, stdin: bytes | None = None) -> str:
            self.asked += 1
            if self.asked == 1:
                raise RuntimeError("样例")
            return super().run(*words, stdin=stdin)

    with pytest.raises(RuntimeError, match="样例"):
        merging.drive(Broken(two.root), base, ours, theirs, "feedback/problems/p1.yml")
    assert ours.read_text(encoding="utf-8") == "<<<<<<< ours\ntitle: 二\n=======\ntitle: 三\n>>>>>>> theirs\n"


# ---- registering ----------------------------------------------------------------------------------------------------


def test_registering_twice_changes_nothing_the_second_time(plain: Sides) -> None:
    assert merging.install(plain.desk.git)
    assert not merging.install(plain.desk.git)
    assert git(plain.root, "config", "merge.feedback.driver").rstrip("\n") == merging.DRIVER


def test_items_and_no_other_files_are_sent_to_the_driver(plain: Sides) -> None:
    assert merging.is_asked_for(plain.desk.git)
    asked = git(plain.root, "check-attr", "merge", "--", "README.md", "policy/desk.yml", "feedback/甲.png")
    assert asked.count("unspecified") == 2
    assert asked.endswith(": merge: unset\n")
    (plain.root / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
    assert not merging.is_asked_for(plain.desk.git)


# ---- all at once ----------------------------------------------------------------------------------------------------


def conflict(two: Sides) -> None:
    """Both sides append: without a driver that is a conflict."""
    two.branch("我方", (*NOTE, "我方的话"))
    git(two.root, "checkout", "--quiet", "main")
    two.branch("对方", (*NOTE, "对方的话"), now=LATER)


def resolved(two: Sides, *, dry_run: bool = False) -> merging.Resolution:
    return merging.resolve(two.desk.git, two.root, quietly, dry_run=dry_run)


STEPS = {
    "merge": ("merge", "--no-edit", "对方"),
    "rebase": ("rebase", "对方"),
    "cherry-pick": ("cherry-pick", "对方"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_conflict_of_a_merge_a_rebase_or_a_pick_is_resolved_and_goes_on(plain: Sides, step: str) -> None:
    conflict(plain)
    git(plain.root, "checkout", "--quiet", "我方")
    assert plain.git(*STEPS[step]).returncode == 1
    assert merging.under_way(plain.desk.git) == step
    assert resolved(plain) == merging.Resolution((FILE,), ())
    assert plain.git("-c", "core.editor=true", step, "--continue").returncode == 0
    assert merging.under_way(plain.desk.git) == ""
    assert verbs(plain) == ["classify", "note", "note"]
    assert plain.status() == ""


@pytest.mark.parametrize("step", STEPS)
def test_with_the_driver_a_merge_a_rebase_and_a_pick_have_no_conflict(two: Sides, step: str) -> None:
    conflict(two)
    git(two.root, "checkout", "--quiet", "我方")
    done = two.git(*STEPS[step])
    assert done.returncode == 0, done.stdout + done.stderr
    assert verbs(two) == ["classify", "note", "note"]


def test_a_conflict_of_a_revert_is_left_to_a_person_for_histories_only_grow(plain: Sides) -> None:
    plain.branch("我方", (*NOTE, "第一句"), (*NOTE, "第二句"))
    assert plain.git("revert", "--no-edit", "HEAD~1").returncode == 1
    assert merging.under_way(plain.desk.git) == "revert"
    found = resolved(plain)
    assert found.merged == ()
    assert {one.code for one in found.left} == {"merge-event"}
    assert "第一句" in plain.desk.text(FILE)


def test_nothing_in_conflict_is_nothing_to_do(plain: Sides) -> None:
    assert merging.under_way(plain.desk.git) == ""
    assert resolved(plain) == merging.Resolution()


def test_an_item_that_both_sides_took_in_is_resolved(plain: Sides) -> None:
    path = "feedback/2026/11/新.yml"
    for second, name in enumerate(("我方", "对方")):
        git(plain.root, "checkout", "--quiet", "-b", name, "main")
        event = f"  - note: {{at: 2026-11-20T10:00:0{second}+08:00, by: he.miao}}\n    text: {name}的话\n"
        plain.desk.put(f"{PAYMENT}history:\n{event}", path)
    assert plain.merge("我方", "对方").returncode == 1
    assert resolved(plain).merged == (path,)
    assert [getattr(event, "text", "") for event in read(plain.root / path).history] == ["我方的话", "对方的话"]


def test_what_only_a_person_can_settle_is_named_and_marked_at_its_field_alone(plain: Sides) -> None:
    conflict(plain)
    for name in ("我方", "对方"):
        plain.edit(name, "title: 支付页面报错", f"title: {name}")
    assert plain.merge("我方", "对方").returncode == 1
    assert plain.desk.text(FILE).count("<<<<<<<") == 2
    found = resolved(plain)
    assert found.merged == ()
    assert [(one.code, one.values["ours"], one.values["theirs"]) for one in found.left] == [
        ("merge-field", "我方", "对方")
    ]
    assert plain.desk.text(FILE).count("<<<<<<<") == 1
    assert "UU " in plain.status()
    again = plain.desk.text(FILE)
    assert resolved(plain) == found
    assert plain.desk.text(FILE) == again


def test_a_dry_run_says_the_same_and_writes_nothing(plain: Sides) -> None:
    conflict(plain)
    plain.merge("我方", "对方")
    before, status = plain.desk.text(FILE), plain.status()
    assert resolved(plain, dry_run=True).merged == (FILE,)
    assert (plain.desk.text(FILE), plain.status()) == (before, status)


@pytest.mark.parametrize("by_hand", ["markers out", "a line more"])
def test_what_somebody_has_begun_to_settle_is_left_alone(plain: Sides, by_hand: str) -> None:
    conflict(plain)
    plain.merge("我方", "对方")
    text = plain.desk.text(FILE)
    if by_hand == "markers out":
        text = "".join(f"{line}\n" for line in text.splitlines() if line[:7] not in merging.MARKERS)
    else:
        text = text.replace("我方的话", "我方的话,已核对")
    (plain.root / FILE).write_text(text, encoding="utf-8")
    found = resolved(plain)
    assert [one.code for one in found.left] == ["merge-by-hand"]
    assert plain.desk.text(FILE) == text


def test_a_conflict_half_settled_by_hand_stays_as_it_is(plain: Sides) -> None:
    for name in ("我方", "对方"):
        plain.edit(name, "title: 支付页面报错", f"title: {name}")
        plain.edit(name, "product: App", f"product: {name}")
    plain.merge("我方", "对方")
    text = plain.desk.text(FILE).replace(
        "<<<<<<< HEAD\ntitle: 我方\n=======\ntitle: 对方\n>>>>>>> 对方\n", "title: 我方\n"
    )
    assert text.count("<<<<<<<") == 1
    (plain.root / FILE).write_text(text, encoding="utf-8")
    assert {one.code for one in resolved(plain).left} == {"merge-field"}
    assert plain.desk.text(FILE) == text


def test_deleted_items_links_and_files_elsewhere_are_left_and_named(plain: Sides) -> None:
    plain.desk.put("甲\n", "说明.md")
    plain.desk.put(PAYMENT, "feedback/2026/11/删.yml")
    plain.desk.put(PAYMENT, "feedback/2026/11/链.yml")
    for name in ("我方", "对方"):
        plain.edit(name, "甲", name, "说明.md")
        if name == "对方":
            (plain.root / "feedback/2026/11/删.yml").unlink()
            plain.desk.commit()
        else:
            plain.edit(name, "App", "网页", "feedback/2026/11/删.yml")
        (plain.root / "feedback/2026/11/链.yml").unlink()
        (plain.root / "feedback/2026/11/链.yml").symlink_to(f"/tmp/{name}")
        plain.desk.commit()
    plain.merge("我方", "对方")
    codes = {one.file: one.code for one in resolved(plain).left}
    assert codes == {
        "说明.md": "merge-elsewhere",
        "feedback/2026/11/删.yml": "merge-deleted",
        "feedback/2026/11/链.yml": "merge-no-file",
    }


def test_the_driver_is_what_git_itself_runs(two: Sides) -> None:
    conflict(two)
    git(two.root, "checkout", "--quiet", "我方")
    traced = subprocess.run(
        ["git", "merge", "--no-edit", "对方"], cwd=two.root, capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": two.path, "GIT_TRACE": "1"},
    )  # fmt: skip
    assert "git feedback merge-driver" in traced.stderr
