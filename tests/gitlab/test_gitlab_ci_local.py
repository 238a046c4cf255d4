"""A desk on GitLab, its pipelines run for real: nights and their site, merge requests, which event starts what."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gitlab.conftest import Project, project
from tests.sample_desk import PAYMENT, Ran, Sample, git

from git_feedback.notation import read

BROKEN = "feedback/2026/11/Q261119-5DVCFC5.yml"
HOSTILE = "$(touch /tmp/被执行) `id` ${GITLAB_TOKEN} ' \" ; exit 1 #"


@pytest.fixture(scope="module")
def desk(gitlab_ci_local: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One desk for the tests of this file, which happen to it one after another."""
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "He Miao")
            patch.setenv(f"GIT_{role}_EMAIL", "he.miao@desk.example")
        with project(tmp_path_factory.mktemp("gitlab"), gitlab_ci_local) as made:
            yield made


@pytest.fixture(scope="module")
def night(desk: Project) -> Ran:
    """The first night: an issue has come, its words want to be commands, and one file needs repair."""
    desk.host.add_issue(title=HOSTILE, body=f"付款到最后一步提示系统繁忙。\n{HOSTILE}")
    Sample(desk.work).put("id: 坏\n", BROKEN)
    git(desk.work, "push", "--quiet", "origin", "HEAD:main")
    return desk.run()


def taken_in(desk: Project) -> list[str]:
    """The items whose source is an issue."""
    rows = git(desk.bare, "grep", "-l", "source: ['\"]*gitlab#", "main", "--", "feedback").split()
    return [row.removeprefix("main:") for row in rows]


def test_an_issue_becomes_an_item_that_is_pushed_and_no_word_of_it_is_a_command(desk: Project, night: Ran) -> None:
    (path,) = taken_in(desk)
    found = read(git(desk.bare, "show", f"main:{path}").encode())
    assert isinstance(found, dict)
    assert found["title"] == HOSTILE
    assert found["history"]
    assert not Path("/tmp/被执行").exists()
    assert (
        git(desk.bare, "log", "-2", "--format=%an %ae").split() == ["git-feedback", "git-feedback@noreply.invalid"] * 2
    )


def test_a_file_that_needs_repair_is_a_warning_and_the_site_is_published_all_the_same(
    desk: Project, night: Ran
) -> None:
    assert night.code == 0, night.out + night.err
    assert "WARN" in next(line for line in night.out.splitlines() if "night" in line and "WARN" in line)
    assert "坏" in night.out
    assert (desk.work / "public/zh/index.html").is_file()
    assert "坏" in (desk.work / "public/zh/needs-repair.html").read_text(encoding="utf-8")


def test_the_token_opens_the_repository_and_stands_in_no_log_and_no_file(desk: Project, night: Ran) -> None:
    assert "git-feedback" in desk.server.users
    assert desk.host.token not in night.out + night.err
    assert desk.host.token not in (desk.work / ".git/config").read_text(encoding="utf-8")


def test_what_is_installed_is_what_the_desk_says(desk: Project, night: Ran) -> None:
    assert len(desk.python.pip) >= 2
    assert all(line.startswith("install --quiet git-feedback[all]") for line in desk.python.pip)


def test_a_second_run_writes_nothing(desk: Project, night: Ran) -> None:
    head = desk.head
    desk.check_out()
    for started in ({}, {"DESK_RUN": "clocks"}):
        done = desk.run("clocks" if started else "night", **started)
        assert "FAIL" not in done.out, done.out + done.err
    assert desk.head == head


def test_with_a_token_that_does_not_open_the_night_fails_and_no_site_is_published(desk: Project, night: Ran) -> None:
    desk.check_out()
    done = desk.run(GITLAB_TOKEN="falsch-0123", GIT_TERMINAL_PROMPT="0")
    assert done.code != 0
    assert not (desk.work / "public").exists()
    assert "falsch-0123" not in done.out + done.err


# ---- merge requests -------------------------------------------------------------------------------------------------


def asked(desk: Project, text: str, path: str) -> tuple[str, str]:
    """A merge request that changes a file: its base and its tip, checked out as a runner does."""
    desk.check_out()
    base = git(desk.work, "rev-parse", "HEAD").strip()
    Sample(desk.work).put(text, path)
    return base, git(desk.work, "rev-parse", "HEAD").strip()


def checked(desk: Project, base: str, source: str = "desk/feedback") -> Ran:
    return desk.run(
        source="merge_request_event",
        CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        CI_MERGE_REQUEST_PROJECT_PATH="desk/feedback",
        CI_MERGE_REQUEST_SOURCE_PROJECT_PATH=source,
    )


@pytest.fixture
def sound(desk: Project, night: Ran) -> Project:
    """The desk without the file that needs repair."""
    desk.check_out()
    if (desk.work / BROKEN).exists():
        git(desk.work, "rm", "--quiet", BROKEN)
        Sample(desk.work).commit()
        git(desk.work, "push", "--quiet", "origin", "HEAD:main")
    return desk


SECOND = PAYMENT.replace("Q261119-0AAJN0D", "Q261119-5DVCFC5").replace("#123", "#124")


def test_a_merge_request_that_is_sound_passes(sound: Project) -> None:
    base, _ = asked(sound, SECOND, BROKEN)
    done = checked(sound, base)
    assert done.code == 0, done.out + done.err
    assert "FAIL" not in done.out
    assert json.loads((sound.work / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []


def test_a_merge_request_with_a_mistake_fails_and_says_on_which_line(sound: Project) -> None:
    base, _ = asked(sound, SECOND.replace("web-form", "fax"), BROKEN)
    done = checked(sound, base)
    assert done.code != 0
    assert f"{BROKEN}:3:1: unknown-channel" in done.out
    (found, *_) = json.loads((sound.work / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert (found["check_name"], found["location"]["path"]) == ("unknown-channel", BROKEN)
    assert found["location"]["lines"]["begin"] == 3


def test_whoever_asks_from_another_project_may_only_add_feedback(sound: Project) -> None:
    base, _ = asked(sound, "新的一页\n", "README.md")
    assert checked(sound, base).code == 0
    assert checked(sound, base, source="somebody/feedback").code != 0


# ---- which event starts what ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "run", "jobs"), [
    ("schedule", "", ["night", "pages"]), ("schedule", "clocks", ["clocks"]), ("schedule", "report", ["report", "pages"]),
    ("trigger", "", ["clocks", "pages"]), ("web", "", ["night", "pages"]), ("push", "", ["pages"]),
    ("merge_request_event", "", ["check"]), ("pipeline", "", []),
])  # fmt: skip
def test_each_event_starts_its_own_jobs(desk: Project, source: str, run: str, jobs: list[str]) -> None:
    variables = {"DESK_RUN": run} if run else {}
    listed = desk.run("--list-json", source=source, **variables)
    found = [one["name"] for one in json.loads(listed.out) if one["when"] != "never"]
    assert [name for name in found if name != "merge-base"] == jobs
