"""Real clones: whoever pushes, pulls and merges in whatever order, all end in the same record."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.jobs.two_sides import FILE, ID, Sides, sides
from tests.sample_desk import Sample, git

from git_feedback.jobs import merging, syncing
from git_feedback.jobs.pushing import Patience
from git_feedback.store import Git, GitFailed, read

LATER = "2026-11-20T12:30:00+08:00"
NOTE = ("note", ID, "--text")


class Seconds:
    """A clock that goes on by itself, and counts who slept."""

    def __init__(self, step: float = 1.0) -> None:
        self.now, self.step, self.slept = 0.0, step, 0

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def sleep(self, _: float) -> None:
        self.slept += 1


def patience(clock: Seconds | None = None, limit_s: float = 60) -> Patience:
    clock = clock or Seconds()
    return Patience(limit_s, clock, clock.sleep, lambda: 0.5)


def quietly(things: Iterable[str], _: str) -> Iterable[str]:
    return things


class Office:
    """A host, and clones of it."""

    def __init__(self, folder: Path, *, driver: bool) -> None:
        self.folder, self.driver = folder, driver
        first = sides(folder, driver=driver)
        self.path = first.path
        self.host = folder / "host.git"
        git(folder, "clone", "--quiet", "--bare", str(first.root), str(self.host))

    def clone(self, name: str) -> Sides:
        """A clone of somebody's, in which Git was taught to merge."""
        git(self.folder, "clone", "--quiet", str(self.host), name)
        desk = Sample(self.folder / name)
        git(desk.root, "config", "user.name", name)
        git(desk.root, "config", "user.email", "he.miao@desk.example")
        if self.driver:
            merging.install(desk.git)
        return Sides(desk, self.path)

    def record(self, branch: str = "main") -> bytes:
        """The item's file as the host has it."""
        return Git(self.host).raw("cat-file", "blob", f"{branch}:{FILE}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, driver=False)


def synced(one: Sides, clock: Seconds | None = None) -> merging.Resolution:
    return syncing.synced(one.desk.git, one.root, patience(clock), quietly)


def words(content: bytes) -> list[str]:
    return [text for event in read(content).history if (text := getattr(event, "text", None))]


def test_two_clones_with_the_driver_end_in_one_record_after_push_pull_and_push(tmp_path: Path) -> None:
    office = Office(tmp_path, driver=True)
    one, other = office.clone("甲"), office.clone("乙")
    one.say(*NOTE, "甲的话")
    other.say(*NOTE, "乙的话", now=LATER)
    other.say("assign", ID, "--department", "app", "--owner", "fang.yu", now=LATER)
    assert one.git("push").returncode == 0
    pulled = other.git("pull", "--no-rebase", "--no-edit")
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    assert other.git("push").returncode == 0
    assert one.git("pull", "--no-rebase", "--no-edit").returncode == 0
    assert (one.root / FILE).read_bytes() == (other.root / FILE).read_bytes() == office.record()
    assert words(office.record()) == ["甲的话", "乙的话"]
    assert one.status() == other.status() == ""


def test_two_clones_without_the_driver_end_in_the_same_record_by_resolving(office: Office) -> None:
    one, other = office.clone("甲"), office.clone("乙")
    one.say(*NOTE, "甲的话")
    other.say(*NOTE, "乙的话", now=LATER)
    assert one.git("push").returncode == 0
    assert other.git("pull", "--no-rebase", "--no-edit").returncode == 1
    assert merging.resolve(other.desk.git, other.root, quietly).merged == (FILE,)
    assert other.git("commit", "--no-edit").returncode == 0
    assert other.git("push").returncode == 0
    assert one.git("pull", "--no-rebase", "--no-edit").returncode == 0
    assert (one.root / FILE).read_bytes() == (other.root / FILE).read_bytes() == office.record()
    assert words(office.record()) == ["甲的话", "乙的话"]


def test_syncing_in_either_order_ends_in_the_same_bytes(tmp_path: Path) -> None:
    records = []
    for order in (("甲", "乙"), ("乙", "甲")):
        folder = tmp_path / "".join(order)
        folder.mkdir()
        office = Office(folder, driver=False)
        clones = {name: office.clone(name) for name in order}
        clones["甲"].say(*NOTE, "甲的话")
        clones["乙"].say(*NOTE, "乙的话", now=LATER)
        for name in (*order, order[0]):
            assert not synced(clones[name]).left
        assert len({(clone.root / FILE).read_bytes() for clone in clones.values()}) == 1
        records.append(office.record())
    assert records[0] == records[1]
    assert words(records[0]) == ["甲的话", "乙的话"]


def test_syncing_twice_changes_nothing_the_second_time(office: Office) -> None:
    one = office.clone("甲")
    one.say(*NOTE, "甲的话")
    synced(one)
    head = one.desk.git.head()
    assert synced(one) == merging.Resolution()
    assert one.desk.git.head() == head == Git(office.host).commit_named("main")


def test_an_erasure_that_comes_in_takes_what_this_clone_had_looked_up_with_it(office: Office) -> None:
    one, other = office.clone("甲"), office.clone("乙")
    one.desk.run("list", "state:all")
    index = one.root / ".git" / "git-feedback" / "index.sqlite"
    assert index.is_file()
    other.say(*NOTE, "乙的话")
    synced(other)
    synced(one)
    assert index.is_file()
    assert other.desk.run("erase", ID, "--request", "7").code == 0
    synced(other)
    synced(one)
    assert not index.exists()


def test_what_only_a_person_can_settle_stays_open_and_nothing_is_pushed(office: Office) -> None:
    one, other = office.clone("甲"), office.clone("乙")
    for clone, title in ((one, "支付失败"), (other, "付款白屏")):
        clone.edit("main", "title: 支付页面报错", f"title: {title}")
    synced(one)
    found = synced(other)
    assert [one.code for one in found.left] == ["merge-field"]
    assert merging.under_way(other.desk.git) == "merge"
    assert read(office.record()).title == "支付失败"


def test_whoever_loses_the_race_merges_and_pushes_again(office: Office) -> None:
    one, other = office.clone("甲"), office.clone("乙")
    one.say(*NOTE, "甲的话")

    class Raced(Seconds):
        def __call__(self) -> float:
            if self.now == 0:
                other.say(*NOTE, "乙的话", now=LATER)
            return super().__call__()

    clock = Raced()
    hook = office.host / "hooks" / "update"
    hook.write_text(
        f'#!/bin/sh\n[ -e "{office.host}/once" ] || {{ touch "{office.host}/once"; exit 1; }}\n', encoding="utf-8"
    )
    hook.chmod(0o755)
    assert not synced(one, clock).left
    assert clock.slept == 1
    synced(other)
    assert words(office.record()) == ["甲的话", "乙的话"]


def test_a_push_that_never_comes_through_is_given_up_in_time_and_the_merge_stays(office: Office) -> None:
    one = office.clone("甲")
    one.say(*NOTE, "甲的话")
    hook = office.host / "hooks" / "update"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with pytest.raises(GitFailed):
        syncing.synced(one.desk.git, one.root, patience(limit_s=3), quietly)
    assert words((one.root / FILE).read_bytes()) == ["甲的话"]


def test_changes_that_are_not_committed_are_not_merged_over(office: Office) -> None:
    one, other = office.clone("甲"), office.clone("乙")
    one.say(*NOTE, "甲的话")
    synced(one)
    text = other.desk.text(FILE) + "# 还没提交\n"
    (other.root / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(GitFailed):
        synced(other)
    assert other.desk.text(FILE) == text


# ---- branches -------------------------------------------------------------------------------------------------------


def brought(one: Sides, *, push: bool = True) -> dict[str, syncing.Brought]:
    found = syncing.brought_into_branches(one.desk.git, patience(), quietly, push=push)
    return {row.branch: row for row in found}


def open_branch(office: Office, name: str) -> Sides:
    """Somebody's branch on the host with a note of its own."""
    clone = office.clone(name)
    clone.branch(f"feature/{name}", (*NOTE, f"{name}的话"), now=LATER)
    assert clone.git("push", "-u", "origin", f"feature/{name}").returncode == 0
    return clone


def on_the_base(office: Office, one: Sides) -> None:
    git(one.root, "checkout", "--quiet", "main")
    one.say(*NOTE, "主线的话")
    assert one.git("push", "origin", "main").returncode == 0


def test_the_base_is_merged_into_branches_that_changed_the_same_item_and_then_the_host_can_merge_them(
    office: Office,
) -> None:
    robot, clone = office.clone("主"), open_branch(office, "甲")
    on_the_base(office, robot)
    assert brought(robot) == {"feature/甲": syncing.Brought("feature/甲", "merged")}
    assert words(office.record("feature/甲")) == ["主线的话", "甲的话"]
    assert robot.status() == ""
    assert git(robot.root, "worktree", "list").count("\n") == 1
    assert brought(robot) == {}
    git(clone.root, "fetch", "--quiet")
    git(clone.root, "checkout", "--quiet", "main")
    git(clone.root, "merge", "--quiet", "--ff-only", "origin/main")
    assert clone.git("merge", "--no-edit", "origin/feature/甲").returncode == 0


def test_without_pushing_it_only_says_what_would_come_of_it(office: Office) -> None:
    robot, _ = office.clone("主"), open_branch(office, "甲")
    on_the_base(office, robot)
    before = office.record("feature/甲")
    assert brought(robot, push=False)["feature/甲"].outcome == "merged"
    assert office.record("feature/甲") == before


def test_branches_that_the_host_can_merge_and_those_of_another_history_are_left_alone(office: Office) -> None:
    robot, clone = office.clone("主"), office.clone("乙")
    git(clone.root, "checkout", "--quiet", "-b", "docs")
    clone.desk.put("甲\n", "说明.md")
    git(clone.root, "push", "--quiet", "origin", "docs")
    git(clone.root, "checkout", "--quiet", "--orphan", "gh-pages")
    clone.desk.commit()
    git(clone.root, "push", "--quiet", "origin", "gh-pages")
    on_the_base(office, robot)
    assert brought(robot) == {}


def test_a_branch_that_needs_a_person_is_named_stays_as_it_is_and_holds_up_no_other(office: Office) -> None:
    robot = office.clone("主")
    person, _ = open_branch(office, "甲"), open_branch(office, "乙")
    person.edit("feature/甲", "title: 支付页面报错", "title: 支付失败")
    assert person.git("push").returncode == 0
    robot.edit("main", "title: 支付页面报错", "title: 付款白屏")
    on_the_base(office, robot)
    before = office.record("feature/甲")
    found = brought(robot)
    assert found["feature/甲"].outcome == "left"
    assert [one.values["ours"] for one in found["feature/甲"].problems] == ["支付失败"]
    assert office.record("feature/甲") == before
    assert found["feature/乙"].outcome == "merged"
    assert read(office.record("feature/乙")).title == "付款白屏"


def test_a_branch_that_moved_meanwhile_is_merged_on_its_fresh_tip_and_never_forced(office: Office) -> None:
    robot, clone = office.clone("主"), open_branch(office, "甲")
    on_the_base(office, robot)
    clone.say(*NOTE, "甲又说", now="2026-11-20T15:00:00+08:00")
    post = office.host / "hooks" / "update"
    post.write_text(
        f'#!/bin/sh\n[ -e "{office.host}/once" ] || {{ touch "{office.host}/once"; '
        f"unset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES; "
        f'cd "{clone.root}" && git push --quiet origin HEAD; exit 1; }}\n',
        encoding="utf-8",
    )
    post.chmod(0o755)
    assert brought(robot)["feature/甲"].outcome == "merged"
    assert words(office.record("feature/甲")) == ["主线的话", "甲的话", "甲又说"]


def test_a_branch_that_git_will_not_take_is_named_with_its_reason(office: Office) -> None:
    robot, _ = office.clone("主"), open_branch(office, "甲")
    on_the_base(office, robot)
    hook = office.host / "hooks" / "update"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    found = list(syncing.brought_into_branches(robot.desk.git, patience(limit_s=2), quietly))
    assert [(one.branch, one.outcome) for one in found] == [("feature/甲", "refused")]
    assert found[0].reason
