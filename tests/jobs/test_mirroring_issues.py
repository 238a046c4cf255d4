"""An issue mirrors its item: on every kind of host, only what differs is written, and nobody else's words are touched."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.outbox.test_answers_text import ACCEPTED, ASSIGNED, ISSUE, NOW
from tests.sample_desk import item, policy

from git_feedback.desk import Standing, standing
from git_feedback.hosts import HostFailed, Line, Patience, Provider, provider_for
from git_feedback.jobs import mirroring
from git_feedback.jobs.mirroring import Mirrored, labels_wanted
from git_feedback.outbox import answers

CLOSED = ACCEPTED + (
    "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}\n    result: 已修好。\n"
    "  - review: {at: 2026-11-19T16:00:00+08:00, by: he.miao, verdict: pass}\n"
    "  - reply: {at: 2026-11-19T16:10:00+08:00, by: lin.wan, channel: issue-form}\n    text: 已修好。\n"
    "  - close: {at: 2026-11-19T16:20:00+08:00, by: lin.wan}\n    reason: 客户确认\n"
)
REOPENED = CLOSED + "  - reopen: {at: 2026-11-20T09:00:00+08:00, by: lin.wan, kind: recurring}\n    reason: 又出现了\n"
ID = "Q261119-0AAJN0D"
OPENED = item(ISSUE).received
PATIENCE = Patience(0, 5, lambda: 0.0, lambda _: None, lambda: 0.0)
Acting = tuple[FakeHost, Provider]


def provider_of(host: FakeHost) -> Provider:
    return provider_for(host.kind, host.state.repository, Line(host.api, host.token, PATIENCE))


@pytest.fixture(params=["github", "gitlab", "gitea"])
def there(request: pytest.FixtureRequest) -> Iterator[Acting]:
    """A host with one issue, labelled by its form and by somebody else."""
    with FakeHost(request.param) as host:
        host.add_issue(labels=("feedback", "bug"), number=57, at=OPENED)
        yield host, provider_of(host)


@pytest.fixture
def github() -> Iterator[Acting]:
    with FakeHost("github") as host:
        host.add_issue(number=57, at=OPENED)
        yield host, provider_of(host)


def at(history: str = ACCEPTED, now: datetime = NOW, number: int = 57) -> Standing:
    return standing(item(ISSUE.replace("github#57", f"github#{number}") + history), policy(), now)


def show(there: Acting, history: str = ACCEPTED, now: datetime = NOW, remark: str = "") -> Mirrored:
    return mirroring.mirror(there[1], 57, at(history, now), policy(), now, remark)


def test_a_first_look_writes_one_comment_and_labels_and_keeps_those_of_others(there: Acting) -> None:
    host, _ = there
    done = show(there)
    (comment,) = host.issues[57].comments
    assert comment.body.strip() == answers.answer(at(), policy(), NOW).strip()
    assert set(host.issues[57].labels) == {"feedback", "bug", "state: accepted", "level: P1"}
    assert (done.said, done.changed, done.turned, host.issues[57].closed) == (True, False, "", False)
    assert host.labels["state: accepted"]["description"] == "已受理 · accepted"
    assert host.labels["level: P1"]["color"].lstrip("#").lower() == "d93f0b"


def test_a_second_look_asks_and_writes_nothing(there: Acting) -> None:
    show(there)
    before = len(there[0].told)
    done = show(there, now=NOW + timedelta(hours=2))
    assert (done.is_new, len(there[0].told)) == (False, before)


def test_what_happened_changes_the_comment_in_its_place_and_swaps_the_labels(there: Acting) -> None:
    host, _ = there
    show(there, ASSIGNED)
    done = show(there)
    (comment,) = host.issues[57].comments
    assert (done.said, done.changed) == (False, True)
    assert "已受理" in comment.body
    assert set(host.issues[57].labels) == {"feedback", "bug", "state: accepted", "level: P1"}


def test_an_issue_is_closed_with_its_item_and_opened_again_with_it(there: Acting) -> None:
    host, _ = there
    show(there)
    assert show(there, CLOSED).turned == "closed"
    assert host.issues[57].closed
    assert "客户确认" in host.issues[57].comments[0].body
    assert show(there, CLOSED).is_new is False
    assert show(there, REOPENED).turned == "reopened"
    assert not host.issues[57].closed
    assert "state: reopened" in host.issues[57].labels


def test_a_marker_that_somebody_else_copied_is_left_alone(there: Acting) -> None:
    host, _ = there
    host.comment(57, "some-one", f"我抄的 {answers.marker(ID)}")
    show(there)
    stranger, own = host.issues[57].comments
    assert stranger.body == f"我抄的 {answers.marker(ID)}"
    assert own.login == host.state.login
    assert show(there, ASSIGNED).changed
    assert stranger.body.startswith("我抄的")


def test_a_deleted_answer_is_written_anew(there: Acting) -> None:
    host, _ = there
    show(there)
    host.issues[57].comments.clear()
    assert show(there).said
    assert len(host.issues[57].comments) == 1


def test_a_remark_stays_until_something_else_happens(there: Acting) -> None:
    host, _ = there
    assert show(there, remark="- 已受理").said
    assert not show(there).is_new
    assert "- 已受理" in host.issues[57].comments[0].body
    assert show(there, remark="- 无法退回").changed
    assert "- 已受理\n" not in host.issues[57].comments[0].body
    assert show(there, CLOSED).changed
    assert "无法退回" not in host.issues[57].comments[0].body


def test_an_issue_that_people_closed_or_opened_is_not_fought_over(github: Acting) -> None:
    host, _ = github
    show(github)
    host.issues[57].closed = True
    assert not show(github).is_new
    assert host.issues[57].closed
    show(github, CLOSED)
    host.issues[57].closed = False
    assert not show(github, CLOSED).is_new
    assert not host.issues[57].closed


def test_what_failed_in_the_middle_is_made_up_for_and_nothing_is_done_twice(github: Acting) -> None:
    host, _ = github
    host.fail_next(403, method="PATCH")
    with pytest.raises(HostFailed):
        show(github, CLOSED)
    assert not host.issues[57].closed
    done = show(github, CLOSED)
    assert (done.said, done.turned, host.issues[57].closed) == (False, "closed", True)
    assert len(host.issues[57].comments) == 1


def test_labels_that_look_like_ours_and_are_not_stay(github: Acting) -> None:
    host, _ = github
    host.state.bear(host.issues[57], ["state: needs design", "level: high", "state: new"])
    show(github)
    assert {"state: needs design", "level: high"} <= set(host.issues[57].labels)
    assert "state: new" not in host.issues[57].labels


def test_every_state_and_level_has_a_label_that_hosts_take() -> None:
    wanted = labels_wanted(policy())
    assert len({one.name for one in wanted}) == len(wanted) == 13 + 4
    for one in wanted:
        assert len(one.name) <= 50
        assert 0 < len(one.description) <= 100
        assert len(one.color) == 6
        int(one.color, 16)


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("github#57", 57),
        ("gitlab#57", None),
        ("github:desk/app#57", None),
        ("github#0", None),
        (None, None),
        ("票据 #123", None),
    ],
)
def test_only_issues_of_this_repository_are_meant(source: str | None, number: int | None) -> None:
    assert mirroring.number_of(source, "github") == number


# ---- many -----------------------------------------------------------------------------------------------------------


def test_a_night_looks_at_what_changed_newest_first_and_at_nothing_of_the_past() -> None:
    old = at(number=2)
    fresh = at(ACCEPTED + "  - message: {at: 2026-11-20T10:00:00+08:00, by: intake}\n    text: 再补充\n", number=1)
    past = standing(item(ISSUE.replace("channel:", "record: history\nchannel:", 1) + ACCEPTED), policy(), NOW)
    found = mirroring.changed_since([old, past, fresh], "github", NOW, NOW - timedelta(days=8))
    assert [number for number, _ in found] == [1, 2]
    assert [number for number, _ in mirroring.changed_since([old, fresh], "github", NOW, NOW - timedelta(hours=2))] == [
        1
    ]


def test_one_issue_that_fails_keeps_no_other_from_being_shown_and_a_dead_host_ends_it(github: Acting) -> None:
    host, provider = github
    for number in range(1, 6):
        host.add_issue(number=number, at=OPENED)
    wanted = [(number, at(number=number)) for number in (1, 99, 2, 3)]
    done = mirroring.mirror_all(provider, wanted, policy(), NOW)
    assert [one.number for one in done.failed] == [99]
    assert (len(done.done), done.left, done.is_well) == (3, 0, True)
    host.fail_next(403, times=50)
    asked = len(host.requests)
    dead = mirroring.mirror_all(provider, [(number, at(number=number)) for number in range(1, 6)], policy(), NOW)
    assert (len(dead.failed), dead.left, dead.is_well) == (3, 2, False)
    assert len(host.requests) - asked == 3


def test_a_run_looks_at_so_many_at_most_and_says_how_many_are_left(github: Acting) -> None:
    _, provider = github
    done = mirroring.mirror_all(provider, [(57, at())] * 3, policy(), NOW, most=1)
    assert (len(done.done), done.left, done.written) == (1, 2, (ID,))


def test_an_issue_of_the_same_number_that_is_another_one_is_left_alone(there: Acting) -> None:
    host, provider = there
    host.issues[57].at += timedelta(seconds=1)
    with pytest.raises(HostFailed) as refused:
        show(there, CLOSED)
    assert refused.value.code == "host-other-issue"
    assert (host.told, host.issues[57].labels, host.issues[57].closed) == ([], ["feedback", "bug"], False)
    done = mirroring.mirror_all(provider, [(57, at(CLOSED))], policy(), NOW)
    assert done.is_well and [one.number for one in done.failed] == [57], "a moved desk is no reason to fail each night"


def test_an_answer_that_stands_there_already_proves_whose_issue_it_is(there: Acting) -> None:
    show(there)
    there[0].issues[57].at += timedelta(days=1)
    assert show(there, CLOSED).changed
