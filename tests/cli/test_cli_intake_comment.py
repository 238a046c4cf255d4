"""`intake comment`: from the event to the commit, the push and the answer below the issue."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.jobs.commented_desk import (
    CLASSIFIED,
    CUSTOMER,
    OPENED,
    OWNED,
    ROBOT,
    STRANGER,
    Commented,
    commented,
    id_of,
    issue_item,
)
from tests.sample_desk import PAYMENT, Ran, Sample, environment, git

from git_feedback.store import read

COMMENT = ("intake", "comment")
ITEM, MAIL = id_of(12), "Q261119-0AAJN0D"
NOW = "2026-11-20T11:05:00+08:00"
NO_HOST = dict.fromkeys(
    ("GITHUB_API_URL", "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_ACTIONS", "GITLAB_CI"), ""
)
FILE = f"feedback/2026/11/{ITEM}.yml"


@pytest.fixture
def desk(tmp_path: Path) -> Commented:
    return commented(tmp_path, issue_item(12, CLASSIFIED, OWNED), PAYMENT)


def event(
    folder: Path,
    body: str = "/受理",
    login: str = "Lin-Wan",
    *,
    number: int = 12,
    comment: int = 3456,
    at: str = "2026-11-20T03:04:00Z",
    action: str = "created",
    **issue: Any,
) -> str:
    """The file of a comment's event, as GitHub sends it."""
    told = {
        "action": action,
        "issue": {"number": number, "user": {"login": CUSTOMER}, "created_at": "2026-11-19T01:31:00Z", **issue},
        "comment": {"id": comment, "user": {"login": login, "type": "User"}, "body": body, "created_at": at},
        "sender": {"login": login},
    }
    path = folder / f"event-{comment}.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return str(path)


def run(desk: Sample, file: str, *words: str, env: dict[str, str] | None = None, now: str = NOW) -> Ran:
    return desk.run(*COMMENT, "--event", file, *words, env={**NO_HOST, **(env or {})}, now=now)


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def verbs(source: bytes) -> list[str]:
    return [one.verb for one in read(source).history]


# ---- one run ----------------------------------------------------------------------------------------------------------


def test_a_command_is_done_and_committed_and_without_a_host_nobody_is_answered(desk: Commented, tmp_path: Path) -> None:
    ran = run(desk.desk, event(tmp_path))

    assert (ran.code, ran.out) == (0, f"/受理：已执行，{ITEM}\n")
    assert "没有答复任何人" in ran.err and "GITHUB_TOKEN" in ran.err
    assert git(desk.root, "log", "-1", "--format=%s").strip() == "comment github#12: accept by lin.wan"
    assert git(desk.root, "status", "--porcelain") == ""
    assert desk.item(ITEM).history[-1].at == datetime(2026, 11, 20, 3, 4, tzinfo=UTC)


def test_the_event_is_found_where_a_workflow_puts_it_and_json_tells_all(desk: Commented, tmp_path: Path) -> None:
    file = event(tmp_path, "/受理\n/回复 早了")

    ran = desk.desk.run(*COMMENT, "--format", "json", env={**NO_HOST, "GITHUB_EVENT_PATH": file}, now=NOW)

    told = json.loads(ran.out)
    assert ran.code == 0
    assert (told["comment"], told["who"], told["item"]) == ("github#12/c3456", "desk", ITEM)
    assert (told["done"], told["refused"], told["already"]) == ([{"verb": "accept", "id": ITEM}], 1, False)
    assert len(told["lines"]) == 2


def test_a_second_run_writes_nothing(desk: Commented, tmp_path: Path) -> None:
    file = event(tmp_path)
    first = run(desk.desk, file)
    before = head(desk.root)

    again = run(desk.desk, file, now="2026-11-21T09:00:00+08:00")

    assert (again.code, again.out, head(desk.root)) == (0, first.out, before)


def test_what_is_refused_ends_with_0(desk: Commented, tmp_path: Path) -> None:
    before = head(desk.root)

    ran = run(desk.desk, event(tmp_path, "/结案"))

    assert (ran.code, head(desk.root)) == (0, before)
    assert "现在可以：" in ran.out


def test_a_dry_run_writes_nothing_and_no_commit_leaves_it_to_you(desk: Commented, tmp_path: Path) -> None:
    before = head(desk.root)

    dry = run(desk.desk, event(tmp_path), "--dry-run")
    status = git(desk.root, "status", "--porcelain")
    left = run(desk.desk, event(tmp_path), "--no-commit")

    assert (dry.code, left.code, status, head(desk.root)) == (0, 0, "", before)
    assert git(desk.root, "status", "--porcelain").strip() == f"M {FILE}"


@pytest.mark.parametrize("source", ["", "{", '{"issue": {}}', '{"action": "opened", "issue": {"number": 1}}'])
def test_an_event_that_tells_of_no_comment_ends_with_3_and_one_line(
    desk: Commented, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "event.json"
    file.write_text(source, encoding="utf-8")

    ran = run(desk.desk, str(file), "--lang", "zh")

    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "不是评论事件" in ran.err


def test_a_comment_below_a_pull_request_is_left_alone(desk: Commented, tmp_path: Path) -> None:
    before = head(desk.root)

    ran = run(desk.desk, event(tmp_path, pull_request={"url": "https://x.example"}))

    assert (ran.code, ran.out, head(desk.root)) == (0, "", before)


# ---- the answer -------------------------------------------------------------------------------------------------------


def test_the_answer_below_the_issue_says_what_was_done_and_changes_in_place(desk: Commented, tmp_path: Path) -> None:
    with FakeHost("github") as host:
        host.add_issue(login=CUSTOMER, number=12, at=OPENED)
        first = run(desk.desk, event(tmp_path), env=host.environment)
        again = run(desk.desk, event(tmp_path), env=host.environment)
        second = run(
            desk.desk,
            event(tmp_path, "/reply x @all <b>", comment=3457, at="2026-11-20T03:04:30Z"),
            env=host.environment,
        )
        (answer,) = host.issues[12].comments
        asked = len([one for one in host.told if "/comments" in one[1]])

    assert (first.code, again.code, second.code) == (0, 0, 0)
    assert "state: accepted" in host.issues[12].labels
    assert (
        "/reply" in answer.body and "/resolve" in answer.body and "Lin Wan" not in answer.body.partition("<details>")[2]
    )
    assert asked == 2, "one comment was made, and changed once"


def test_a_refusal_cannot_call_anybody_or_bring_markup(desk: Commented, tmp_path: Path) -> None:
    with FakeHost("github") as host:
        host.add_issue(login=CUSTOMER, number=12, at=OPENED)
        run(desk.desk, event(tmp_path, "/assign @everybody<img src=x>#1", "he-miao"), env=host.environment)
        (answer,) = host.issues[12].comments

    assert "@everybody" not in answer.body and "<img" not in answer.body


def test_the_customer_is_thanked_in_their_language(desk: Commented, tmp_path: Path) -> None:
    with FakeHost("github") as host:
        host.add_issue(login=CUSTOMER, number=12, at=OPENED)
        run(desk.desk, event(tmp_path, "Any news? I still cannot pay.", CUSTOMER), env=host.environment)
        (answer,) = host.issues[12].comments

    assert "Thank you" in answer.body


def test_an_issue_without_an_item_is_answered_once_by_itself(desk: Commented, tmp_path: Path) -> None:
    with FakeHost("github") as host:
        host.add_issue(login=CUSTOMER, number=12, at=OPENED)
        host.add_issue(login=STRANGER, number=99)
        file = event(tmp_path, f"/受理 {ITEM}", number=99, user={"login": STRANGER})
        codes = [run(desk.desk, file, env=host.environment).code for _ in range(2)]

    assert (codes, len(host.issues[99].comments)) == ([0, 0], 1)
    assert host.issues[99].labels == ["feedback"]
    assert desk.state(ITEM).life == "accepted"


def test_the_issue_of_another_item_that_moved_shows_it(tmp_path: Path) -> None:
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED), issue_item(13, CLASSIFIED, OWNED))
    with FakeHost("github") as host:
        for number in (12, 13):
            host.add_issue(login=CUSTOMER, number=number, at=OPENED)
        ran = run(desk.desk, event(tmp_path, f"/受理 {id_of(13)}"), env=host.environment)

    assert ran.code == 0
    assert "state: accepted" in host.issues[13].labels and "state: assigned" in host.issues[12].labels
    assert "/受理" in host.issues[12].comments[0].body.partition("<details>")[0]
    assert "/受理" not in host.issues[13].comments[0].body.partition("<details>")[0]


def test_a_host_that_refuses_ends_with_1_and_what_was_done_stands(desk: Commented, tmp_path: Path) -> None:
    with FakeHost("github") as host:
        ran = run(desk.desk, event(tmp_path), env=host.environment)

    assert ran.code == 1
    assert host.token not in ran.out + ran.err
    assert desk.state(ITEM).life == "accepted"


# ---- pushed, by many at once ------------------------------------------------------------------------------------------


@pytest.fixture
def bare(desk: Commented, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", "--bare", str(desk.root), "bare.git")
    return tmp_path / "bare.git"


def clone(bare: Path, name: str) -> Sample:
    git(bare.parent, "clone", "--quiet", f"file://{bare}", name)
    return Sample(bare.parent / name)


def pushing(bare: Path, name: str, file: str) -> subprocess.Popen[bytes]:
    """A workflow's run, in a clone and a process of its own."""
    robot = {f"GIT_{who}_EMAIL": ROBOT for who in ("AUTHOR", "COMMITTER")}
    command = [sys.executable, "-m", "git_feedback", *COMMENT, "--push", "--event", file, "--now", NOW]
    folder = clone(bare, name).root
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, env=environment({**NO_HOST, **robot}))


def test_eight_comments_at_once_all_land_and_none_twice(bare: Path, tmp_path: Path) -> None:
    bodies = [*(f"/备注 第 {n} 条" for n in range(4)), "/受理", "/抄送 门店"]
    files = [event(tmp_path, body, comment=500 + n) for n, body in enumerate(bodies)]
    files += [event(tmp_path, "又报错", CUSTOMER, comment=600), event(tmp_path, "/备注 第 0 条", comment=500)]

    jobs = [pushing(bare, f"job-{n}", file) for n, file in enumerate(files)]
    told = [(job.communicate()[1].decode(), job.returncode) for job in jobs]

    assert [code for _, code in told] == [0] * 8, told
    history = read(git(bare, "show", f"HEAD:{FILE}").encode()).history[2:]
    assert sorted(event.verb for event in history) == sorted(["note"] * 4 + ["accept", "copy", "message"])
    assert {getattr(event, "text", "") for event in history if event.verb == "note"} == {f"第 {n} 条" for n in range(4)}
    assert git(bare, "rev-list", "--merges", "HEAD") == ""


def test_nobody_is_answered_before_the_push_came_through(bare: Path, tmp_path: Path) -> None:
    desk, seen = clone(bare, "one"), list[str]()
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\n[ -e refused ] && exit 0\ntouch refused\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with FakeHost("github") as host:
        host.add_issue(login=CUSTOMER, number=12, at=OPENED)
        host.before = lambda _: seen.append(git(bare, "log", "-1", "--format=%s").strip())
        ran = run(desk, event(tmp_path), "--push", env=host.environment)

    assert (ran.code, (bare / "refused").exists()) == (0, True), ran.err
    assert set(seen) == {"comment github#12: accept by lin.wan"}
    assert head(desk.root) == head(bare)
