"""Workflows as generated files: written where the policy wants them, found stale, and named when it no longer does."""

from pathlib import Path

import pytest
from tests.hosts.desk_policies import MODEST, WATCHFUL, policy_with
from tests.house.workflow_rules import EVENTS, broken
from tests.sample_desk import Sample, run, sample

from git_feedback.hosts.workflows import FOLDER
from git_feedback.jobs import generating

EVERY = "{host: github, every: 30m, publish: team}"


def workflows_in(root: Path) -> set[str]:
    return {path.name for path in (root / FOLDER).glob("*.yml")}


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path)


def wish(desk: Sample, automation: str | None) -> None:
    """Another `automation` part in the desk's policy, committed; nothing is made from it yet."""
    text = desk.text("policy/desk.yml").partition("\nautomation:")[0] + "\n"
    desk.put(text + (f"automation: {automation}\n" if automation else ""), "policy/desk.yml")


def test_workflows_are_written_where_the_policy_has_github_run_something(tmp_path: Path) -> None:
    assert not [path for path in generating.write_down(tmp_path, policy_with(None)) if path.startswith(FOLDER)]
    assert workflows_in(tmp_path) == set()

    written = generating.write_down(tmp_path, policy_with(**WATCHFUL))

    assert {path.rpartition("/")[2] for path in written} == workflows_in(tmp_path)
    assert len(written) == 8
    assert generating.write_down(tmp_path, policy_with(**WATCHFUL)) == []


def test_a_workflow_that_somebody_changed_by_hand_is_stale(desk: Sample) -> None:
    path = desk.root / FOLDER / "intake.yml"
    path.write_text(path.read_text("utf-8").replace("timeout-minutes: 15", "timeout-minutes: 90"), encoding="utf-8")

    done = desk.run("check", "--lang", "zh")

    assert done.code == 1
    assert f"{FOLDER}/intake.yml:1:1: stale-file" in done.out
    assert "git feedback generate" in done.out


def test_a_changed_wish_makes_the_workflows_stale_until_they_are_made_anew(desk: Sample) -> None:
    wish(desk, EVERY)
    assert f"{FOLDER}/nightly.yml:1:1: stale-file" in desk.run("check").out

    done = desk.run("generate", "--lang", "zh")

    assert done.out == f"{FOLDER}/nightly.yml\n"
    assert "github.event.schedule == '2,32 * * * *'" in desk.text(f"{FOLDER}/nightly.yml")
    assert (desk.run("check").code, desk.git.run("status", "--porcelain")) == (0, "")


def test_a_repository_that_holds_the_program_installs_it_from_its_lock_file(tmp_path: Path) -> None:
    for name in generating.PROGRAM:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    generating.write_down(tmp_path, policy_with(**MODEST))

    assert "--requirement requirements.lock" in (tmp_path / FOLDER / "check.yml").read_text("utf-8")


def test_what_the_policy_no_longer_asks_for_is_left_alone_with_a_word(desk: Sample) -> None:
    desk.put("name: 我们自己的\non: push\njobs: {}\n", f"{FOLDER}/own.yml")
    wish(desk, None)
    before = {name: desk.text(f"{FOLDER}/{name}") for name in workflows_in(desk.root)}

    done = desk.run("generate", "--lang", "zh")

    assert (done.code, done.out) == (0, "")
    assert f"这些文件不再由规则生成，已原样保留：{FOLDER}/check.yml、" in done.err
    assert "own.yml" not in done.err
    assert {name: desk.text(f"{FOLDER}/{name}") for name in workflows_in(desk.root)} == before
    assert desk.run("check").code == 0


def test_a_site_that_is_no_longer_published_leaves_a_workflow_that_is_named(desk: Sample) -> None:
    wish(desk, "{host: github, report: never, publish: none}")

    done = desk.run("generate", "--lang", "en")

    assert f"left as they are: {FOLDER}/month.yml, {FOLDER}/pages.yml." in done.err
    assert "pages.yml" not in desk.text(f"{FOLDER}/intake.yml")


@pytest.mark.parametrize(
    ("automation", "key"),
    [
        ("{host: svn}", "host"),
        ("{night: 25:00}", "night"),
        ("{night: 2:17}", "night"),
        ("{every: 7m}", "every"),
        ("{report: no}", "report"),
        ("{publish: everybody}", "publish"),
        ("{often: yes}", "often"),
    ],
)
def test_a_wish_that_cannot_be_is_named_with_its_place(desk: Sample, automation: str, key: str) -> None:
    wish(desk, automation)

    done = desk.run("check", "--lang", "zh")

    assert done.code == 1
    assert done.out.startswith("policy/desk.yml:") and key in done.out


@pytest.mark.parametrize("readers", ["team", "public", "none"])
def test_a_new_desk_on_github_begins_with_sound_workflows(tmp_path: Path, readers: str) -> None:
    given = ("--name", "门店反馈", "--host", "github", "--repository", "shop/desk", "--readers", readers, "--yes")
    settings = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": "li.lei@shop.example"}
    settings |= {"GIT_CONFIG_KEY_1": "user.name", "GIT_CONFIG_VALUE_1": "李雷"}
    done = run("init", str(tmp_path / "new"), *given, cwd=tmp_path, env=settings)
    assert done.code == 0, done.err

    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "new" / FOLDER).glob("*.yml")}

    assert set(made) == (set(EVENTS) if readers != "none" else set(EVENTS) - {"pages.yml"})
    assert [fault for name, text in made.items() for fault in broken(name, text)] == []
    assert run("check", cwd=tmp_path / "new").code == 0
