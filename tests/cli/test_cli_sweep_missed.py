"""What lost runs missed is made up for by a sweep and by the night: issues, comments, answers; and the eight at once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.host_desk import Hosted, body, hosted
from tests.hosts import fake_github
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import NOW, environment, git

from git_feedback.privacy.sealing import new_identity

LATER = "2026-11-20T12:05:00+08:00"
AFTER = "2026-11-20T13:05:00+08:00"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Hosted]:
    with FakeHost("github") as host:
        host.add_issue(body=body(), number=12)
        yield hosted(tmp_path, host)


def verbs(there: Hosted, place: int = 0) -> list[str]:
    return [event.verb for event in there.items()[place].history]


def answer(there: Hosted, number: int = 12) -> str:
    return next(one.body for one in there.host.issues[number].comments if one.login == there.host.state.login)


def night(there: Hosted, *words: str, now: str = LATER) -> tuple[int, dict[str, Any]]:
    ran = there.run("nightly", "--push", "--no-build", "--format", "json", *words, now=now)
    return ran.code, json.loads(ran.out)


def test_a_comment_that_no_run_took_is_done_by_the_sweep_and_answered(there: Hosted) -> None:
    there.intake(12)
    there.host.comment(12, "LinWan", "/assign @linwan\n/accept")
    there.host.comment(12, "some-one", "订单号 7")
    ran = there.run("sweep", "--push", "--lang", "en", now=LATER)
    assert ran.code == 0, ran.err
    assert verbs(there)[-3:] == ["assign", "accept", "message"]
    assert "made up for: assign, accept" in ran.out
    assert "已受理" in answer(there)
    assert "state: accepted" in there.host.issues[12].labels


def test_a_second_sweep_changes_nothing(there: Hosted) -> None:
    there.intake(12)
    there.host.comment(12, "linwan", "/assign @linwan\n/accept")
    there.run("sweep", "--push", now=LATER)
    head, told = there.desk.git.head(), len(there.host.told)
    ran = there.run("sweep", "--push", "--format", "json", now=AFTER)
    assert (ran.code, json.loads(ran.out)["comments"]) == (0, [])
    assert (there.desk.git.head(), len(there.host.told)) == (head, told)


def test_an_issue_and_its_comments_that_were_all_missed_come_in_by_one_sweep(there: Hosted) -> None:
    there.host.comment(12, "some-one", "补充：昨天开始的")
    assert there.run("sweep", "--push", now=LATER).code == 0
    (item,) = there.items()
    assert "补充：昨天开始的" in [event.text for event in item.history if event.verb == "message"]
    assert answer(there).startswith(f"**{item.id}**")


def test_a_sweep_that_is_not_pushed_answers_nobody(there: Hosted) -> None:
    there.host.comment(12, "some-one", "补充：昨天开始的")
    assert there.run("sweep", now=LATER).code == 0
    assert there.host.told == []


def test_the_night_makes_up_for_comments_and_answers_and_a_second_one_changes_nothing(there: Hosted) -> None:
    there.run("sweep", now=NOW)
    there.host.comment(12, "linwan", "/assign @linwan\n/accept")
    code, told = night(there)
    assert (code, [one["comment"] for one in told["comments"]]) == (0, ["github#12/c1001"])
    assert {"assign", "accept"} <= set(verbs(there))
    assert "已受理" in answer(there)
    head, said = there.desk.git.head(), len(there.host.told)
    code, again = night(there, now=AFTER)
    assert (code, again["comments"]) == (0, [])
    assert (there.desk.git.head(), len(there.host.told)) == (head, said)


def test_the_night_posts_what_needs_no_person_and_refreshes_what_ran_out(there: Hosted) -> None:
    there.intake(12)
    there.host.state.now = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    there.host.comment(12, "linwan", "/assign @linwan\n/accept")
    night(there)
    posted = [one.body for one in there.host.issues[12].comments if one.login == there.host.state.login]
    assert any("已由" in text and "受理" in text for text in posted)
    before = answer(there)
    night(there, now="2026-12-01T09:00:00+08:00")
    assert answer(there) != before
    assert "已经超时" in answer(there)


def test_the_night_that_tells_nobody_posts_nothing(there: Hosted) -> None:
    there.intake(12)
    there.host.comment(12, "linwan", "/assign @linwan\n/accept")
    night(there, "--no-alarms")
    assert "notify" not in verbs(there)


def test_a_host_that_refuses_is_named_and_the_night_does_the_rest(there: Hosted) -> None:
    there.intake(12)
    there.host.fail_next(403, times=50)
    code, told = night(there)
    assert code == 1
    assert told["comments"] == []
    assert len(told["problems"]) == 0


# ---- many at once ---------------------------------------------------------------------------------------------------


def clone(there: Hosted, name: str) -> Path:
    git(there.bare.parent, "clone", "--quiet", f"file://{there.bare}", name)
    return there.bare.parent / name


def started(there: Hosted, name: str, what: str, event: Path) -> "subprocess.Popen[bytes]":
    """An intake in a process and a clone of its own, as a job of a host has it."""
    words = [sys.executable, "-m", "git_feedback", "intake", what, "--push", "--event", str(event), "--now", LATER]
    env = environment({**there.host.environment, "NO_PROXY": "*"})
    return subprocess.Popen(words, cwd=clone(there, name), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def said(there: Hosted, number: int, login: str, words: str) -> Path:
    """The event of a comment."""
    found = there.host.comment(number, login, words)
    issue, comment = there.host.state.comment_of(int(found)) or (None, None)
    assert issue and comment
    told = {
        "action": "created",
        "issue": fake_github.issue(there.host.state, issue),
        "comment": fake_github.comment(there.host.state, issue, comment),
        "sender": {"login": login},
    }
    path = there.bare.parent / f"comment-{found}.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_intakes_and_comments_at_once_lose_nothing_and_leave_a_straight_history(there: Hosted) -> None:
    there.intake(12)
    secret, public = new_identity()
    there.desk.put(f"{public}\n", "policy/recipients.txt")
    git(there.desk.root, "push", "--quiet")
    for number in range(20, 25):
        there.host.add_issue(body=body("报错，请打 13812345678。"), number=number)
    jobs = [started(there, f"issue-{number}", "issue", there.event(number)) for number in range(20, 25)]
    comments = [
        said(there, 12, "linwan", "/assign @linwan"),
        said(there, 12, "some-one", "订单号 7"),
        said(there, 12, "hemiao", "/note 已致电"),
    ]
    jobs += [started(there, f"comment-{place}", "comment", event) for place, event in enumerate(comments)]
    told = [(job.communicate()[1].decode(), job.returncode) for job in jobs]
    assert [code for _, code in told] == [0] * 8, told
    found = {item.source: item for item in there.items()}
    assert set(found) == {"github#12", *(f"github#{number}" for number in range(20, 25))}
    assert {"assign", "message", "note"} <= {event.verb for event in found["github#12"].history}
    git(there.desk.root, "pull", "--quiet")
    git(there.desk.root, "fetch", "--quiet", "origin", "+refs/feedback/keys:refs/feedback/keys")
    identity = there.bare.parent / "identity.txt"
    identity.write_text(f"{secret}\n", encoding="utf-8")
    for number in range(20, 25):
        opened = there.desk.run("unseal", found[f"github#{number}"].id, "--identity", str(identity))
        assert "13812345678" in opened.out, opened.err
    assert git(there.bare, "rev-list", "--merges", "HEAD") == ""
    assert {len(there.host.issues[number].comments) for number in range(20, 25)} == {1}
