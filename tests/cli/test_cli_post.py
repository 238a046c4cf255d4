"""`post`: comments that need no person go out once each, and what went out stands in the history, pushed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.host_desk import Hosted, body, hosted
from tests.cli.test_cli_draft import ACCEPTED, ISSUE, ISSUE_ID, REVIEWED
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import Ran, git, item

from git_feedback.model import Event
from git_feedback.model import events as ev

LATER = "2026-11-20T12:05:00+08:00"
DRAFTS = "build/outbox/comments"


@pytest.fixture
def host() -> Iterator[FakeHost]:
    with FakeHost("github") as found:
        found.add_issue(body=body(), number=57, at=item(ISSUE).received)
        yield found


@pytest.fixture
def there(tmp_path: Path, host: FakeHost) -> Hosted:
    return hosted(tmp_path, host, ISSUE + ACCEPTED)


def post(there: Hosted, *words: str, now: str = "2026-11-20T11:05:00+08:00") -> Ran:
    return there.run("post", "--push", *words, now=now)


def notices(there: Hosted) -> list[Event]:
    return [event for event in there.items()[0].history if isinstance(event, ev.Notify)]


def bodies(there: Hosted) -> list[str]:
    return [one.body for one in there.host.issues[57].comments]


def test_a_notice_is_posted_and_noted_and_waits_no_longer(there: Hosted) -> None:
    ran = post(there, "--lang", "en")
    assert ran.code == 0, ran.err
    (said,) = bodies(there)
    assert "已由支付产品的林晚受理" in said
    (event,) = notices(there)
    assert (event.verb, event.by, event.model_dump()["about"]) == ("notify", "nightly", "accepted")
    assert event.model_dump()["text"] in said
    assert not list((there.desk.root / DRAFTS).glob("*"))
    assert f"{ISSUE_ID}: posted below issue #57" in ran.out
    assert there.desk.run("check", "--base", "HEAD~1").code == 0


def test_a_second_run_says_nothing_twice(there: Hosted) -> None:
    post(there)
    head, told = there.desk.git.head(), len(there.host.told)
    again = post(there, "--format", "json", now=LATER)
    assert json.loads(again.out) == {"posted": [], "found": [], "failed": [], "unread": []}
    assert (again.code, there.desk.git.head(), len(there.host.told)) == (0, head, told)


def test_a_comment_that_arrived_though_nobody_heard_so_is_noted_and_not_posted_again(there: Hosted) -> None:
    there.host.fail_next(500, times=9, method="POST", done=True, cut=True)
    first = post(there)
    there.host.failures.clear()
    posted = len(bodies(there))
    assert (first.code, posted, notices(there)) == (1, 1, [])
    second = post(there, "--format", "json", now=LATER)
    assert [one["id"] for one in json.loads(second.out)["found"]] == [ISSUE_ID]
    assert (second.code, len(bodies(there)), len(notices(there))) == (0, 1, 1)


def test_a_mark_that_a_stranger_copied_keeps_nothing_from_being_posted(there: Hosted) -> None:
    post(there, "--dry-run")
    facts = json.loads((there.desk.root / f"{DRAFTS}/{ISSUE_ID}-accepted.json").read_text(encoding="utf-8"))
    there.host.comment(57, "some-one", f"<!-- git-feedback {ISSUE_ID} accepted {facts['at']} -->")
    assert post(there).code == 0
    assert len(bodies(there)) == 2


def test_where_the_push_fails_the_next_run_notes_what_went_out(there: Hosted) -> None:
    git(there.desk.root, "branch", "--unset-upstream")
    assert post(there).code == 3
    assert (len(bodies(there)), notices(there)) == (1, [])
    git(there.desk.root, "branch", "--quiet", "--set-upstream-to=origin/main", "main")
    assert post(there, now=LATER).code == 0
    assert (len(bodies(there)), len(notices(there))) == (1, 1)


def test_a_final_answer_is_not_posted_before_a_person_gave_its_words(tmp_path: Path, host: FakeHost) -> None:
    there = hosted(tmp_path, host, ISSUE + REVIEWED)
    assert post(there).code == 0
    assert bodies(there) == []
    replied = there.run("reply", ISSUE_ID, "--template")
    assert replied.code == 0, replied.err
    assert post(there, now=LATER).code == 0
    (said,) = bodies(there)
    assert "已补单，多扣的当天退回" in said
    assert notices(there) == []
    assert not list((there.desk.root / DRAFTS).glob("*"))
    post(there, now="2026-11-20T13:05:00+08:00")
    assert len(bodies(there)) == 1


def test_that_it_arrived_is_said_by_the_one_answer_and_no_second_comment(tmp_path: Path, host: FakeHost) -> None:
    there = hosted(tmp_path, host, ISSUE)
    assert post(there).code == 0
    (said,) = bodies(there)
    assert said.startswith(f"**{ISSUE_ID}**")
    assert [event.model_dump()["about"] for event in notices(there)] == ["received"]


def test_nobody_is_told_of_what_was_imported_from_the_past(tmp_path: Path, host: FakeHost) -> None:
    there = hosted(tmp_path, host, ISSUE.replace("channel:", "record: history\nchannel:", 1) + ACCEPTED)
    facts = {
        "id": ISSUE_ID,
        "target": "github#57",
        "about": "accepted",
        "at": "2026-11-19T09:31:00+08:00",
        "text": "好",
    }
    file = there.desk.root / DRAFTS / f"{ISSUE_ID}-accepted-20261120T110500.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(facts), encoding="utf-8")
    ran = post(there)
    assert (ran.code, bodies(there), notices(there), file.exists()) == (1, [], [], True)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (f"{ISSUE_ID}-accepted-20261120T110500.json", {"target": "github#1"}),
        (f"{ISSUE_ID}-accepted-20261120T110500.json", {"at": "昨天"}),
        (f"{ISSUE_ID}-accepted-20261120T110500.json", {"text": " "}),
        (f"{ISSUE_ID}-accepted-20261120T110500.json", {"id": "Q261119-0AAJN0D"}),
        ("便条.json", {}),
    ],
)
def test_a_file_that_is_no_comment_of_an_item_is_named_and_stays(
    there: Hosted, name: str, change: dict[str, str]
) -> None:
    facts = {
        "id": ISSUE_ID,
        "target": "github#57",
        "about": "accepted",
        "at": "2026-11-19T09:31:00+08:00",
        "text": "好",
    }
    file = there.desk.root / DRAFTS / name
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(facts | change), encoding="utf-8")
    ran = post(there, "--lang", "en")
    assert (ran.code, len(bodies(there)), file.exists()) == (1, 1, True)
    assert f"{name} is no comment" in ran.err


def test_one_issue_that_refuses_keeps_no_other_from_being_told(tmp_path: Path, host: FakeHost) -> None:
    other = ISSUE.replace(ISSUE_ID, "Q261119-0AAJN0D").replace("github#57", "github#58")
    there = hosted(tmp_path, host, ISSUE + ACCEPTED, other + ACCEPTED)
    ran = post(there, "--format", "json")
    told = json.loads(ran.out)
    assert ([one["issue"] for one in told["posted"]], [one["issue"] for one in told["failed"]]) == ([57], [58])
    assert ran.code == 1


def test_a_dry_run_says_what_would_go_out_and_tells_nobody(there: Hosted) -> None:
    ran = there.run("post", "--dry-run", "--lang", "en")
    assert (ran.code, there.host.requests, notices(there)) == (0, [], [])
    assert "would be posted below issue #57" in ran.out


def test_without_a_host_the_missing_variable_is_named(there: Hosted) -> None:
    ran = there.desk.run("post", "--lang", "en", env={"GITHUB_API_URL": there.host.api})
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "GITHUB_TOKEN" in ran.err
