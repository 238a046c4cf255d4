"""`train record --event`: whoever made the issue hands the pass in, is known by login, and is answered there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.pushing_desks import Pair, pair
from tests.hosts.fake_hosts import FakeHost
from tests.learning.taught_course import passed, teach
from tests.sample_desk import PAYMENT, Ran, git

from git_feedback.store.passes import path_of, read_pass, write_pass

THANKS = "谢谢。你已在 2026-11-19 通过 handling，记录已写下。"


@pytest.fixture
def desks(tmp_path: Path) -> Pair:
    found = pair(tmp_path, PAYMENT)
    teach(found.here)
    people = found.here.text("policy/people.yml")
    for person, login in (("ji.nan", "Ji-Nan"), ("he.miao", "hemiao")):
        assert f"id: {person}, " in people
        people = people.replace(f"id: {person}, ", f"id: {person}, login: {login}, ")
    found.here.put(people, "policy/people.yml")
    git(found.here.root, "push", "--quiet")
    return found


@pytest.fixture
def host() -> Iterator[FakeHost]:
    with FakeHost("github") as running:
        yield running


def hand_in(desks: Pair, host: FakeHost, login: str, person: str = "ji.nan", body: str | None = None) -> Ran:
    """An issue with the certificate of a person, and what the workflow makes of its event."""
    lines = write_pass(passed(person, "2026-11-19", articles={"refund": 3})).decode()
    words = f"### 证书里的几行 / The lines of the certificate\n\n```yaml\n{lines}```\n" if body is None else body
    number = max(host.issues, default=0) or host.add_issue("培训通过", words, login, ("training",))
    told = {"number": number, "title": "培训通过", "created_at": "2026-11-20T01:00:00Z", "body": words}
    event = desks.bare.parent / "event.json"
    event.write_text(json.dumps({"action": "opened", "issue": {**told, "user": {"login": login}}}), encoding="utf-8")
    words_given = ("train", "record", "--event", str(event), "--push", "--lang", "zh")
    return desks.here.run(*words_given, env={**host.environment, "GITHUB_ACTIONS": "true"})


def answers(host: FakeHost) -> list[str]:
    return [comment.body for comment in host.issues[1].comments]


def test_a_colleague_s_own_pass_is_written_down_pushed_and_the_issue_thanked_and_closed(
    desks: Pair, host: FakeHost
) -> None:
    before = desks.tip()

    done = hand_in(desks, host, "ji-nan")

    assert done.code == 0, done.err
    file = path_of("T-261119-ji.nan-handling")
    one = read_pass(desks.here.text(file).encode(), file)
    assert (one.person, one.course, one.by) == ("ji.nan", "handling", None)
    assert desks.commits_since(before) == [f"training {one.id}: {one.score} %"]
    assert (answers(host), host.issues[1].closed) == ([THANKS], True)


def test_a_second_event_of_the_same_issue_writes_and_says_nothing_more(desks: Pair, host: FakeHost) -> None:
    hand_in(desks, host, "ji-nan")
    before, told = desks.tip(), len(host.told)

    again = hand_in(desks, host, "ji-nan")

    assert (again.code, desks.tip(), answers(host)) == (0, before, [THANKS])
    assert host.told[told:] == []


def test_an_answer_that_was_lost_is_made_up_for_by_the_next_event(desks: Pair, host: FakeHost) -> None:
    host.fail_next(403, times=1, method="POST")
    assert (hand_in(desks, host, "ji-nan").code, answers(host)) == (0, [])

    hand_in(desks, host, "ji-nan")

    assert (answers(host), host.issues[1].closed) == ([THANKS], True)


def test_who_hands_in_for_somebody_else_is_noted(desks: Pair, host: FakeHost) -> None:
    assert hand_in(desks, host, "HeMiao").code == 0

    file = path_of("T-261119-ji.nan-handling")
    assert read_pass(desks.here.text(file).encode(), file).by == "he.miao"


@pytest.mark.parametrize("login", ["stranger", "ghost", ""])
def test_a_stranger_cannot_write_down_a_pass_and_is_told_so(desks: Pair, host: FakeHost, login: str) -> None:
    before = desks.tip()

    done = hand_in(desks, host, login)

    assert (done.code, desks.tip()) == (2, before)
    assert "policy/people.yml" in done.err
    (answer,) = answers(host)
    assert answer.startswith("这次通过没有记录：反馈台里没有人用账号")
    assert not host.issues[1].closed


@pytest.mark.parametrize("body", ["我通过了！", "```yaml\nid: 不对\n```", ""])
def test_an_issue_without_a_certificate_is_answered_without_a_path_of_the_runner(
    desks: Pair, host: FakeHost, body: str
) -> None:
    done = hand_in(desks, host, "ji-nan", body=body)

    assert done.code == 2
    (answer,) = answers(host)
    assert answer == "这次通过没有记录：这里没有读得懂的证书；请把证书页面上的几行原样粘贴进来"


def test_words_of_a_stranger_mean_nothing_in_the_answer(desks: Pair, host: FakeHost) -> None:
    lines = write_pass(passed("ji.nan", "2026-11-19")).decode()
    body = f"```yaml\n{lines.replace('ji.nan', 'a-team')}```"

    done = hand_in(desks, host, "ji-nan", body=body)

    assert done.code == 2
    (answer,) = answers(host)
    assert "a-team" in answer.replace("\\", "") and "@" not in answer


def test_a_host_that_cannot_be_told_does_not_undo_what_is_written(desks: Pair, host: FakeHost) -> None:
    host.fail_next(403, times=9)

    done = hand_in(desks, host, "ji-nan")

    assert done.code == 0
    assert path_of("T-261119-ji.nan-handling") in desks.files()
    assert "没能在议题下回复" in done.err and host.token not in done.err


def test_an_event_goes_with_no_words_of_a_colleague(desks: Pair, host: FakeHost) -> None:
    event = desks.bare.parent / "event.json"
    event.write_text("[]", encoding="utf-8")

    assert desks.here.run("train", "record", "--event", str(event), "--score", "90").code in (2, 3)
