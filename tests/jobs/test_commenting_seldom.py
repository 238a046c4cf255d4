"""What comments must not bring back, and what they must not fill: erased words, the team's own words, floods by night."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.hosts.clockwork import Clockwork
from tests.hosts.fake_hosts import FakeHost
from tests.jobs.commented_desk import (
    ACCEPTED,
    CLASSIFIED,
    CUSTOMER,
    OWNED,
    STRANGER,
    Commented,
    commented,
    id_of,
    issue_item,
    login,
)

from git_feedback.hosts import Line, provider_for
from git_feedback.intake.issues import Issue
from git_feedback.jobs.commenting import told
from git_feedback.model import ids

ITEM = id_of(12)
REPLIED = (
    "  - resolve: {at: 2026-11-19T10:00:00+08:00, by: lin.wan}\n    result: 修好\n"
    "  - review: {at: 2026-11-19T11:00:00+08:00, by: shen.mu, verdict: pass}\n"
    "  - reply: {at: 2026-11-19T12:00:00+08:00, by: lin.wan, channel: issue-form}\n    text: 修好了\n"
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def desk_with(folder: Path, *more: str) -> Commented:
    return commented(folder, issue_item(12, CLASSIFIED, OWNED, ACCEPTED, *more))


def erased(desk: Commented) -> None:
    """Erase the item, as who leads the desk does."""
    desk.now += timedelta(minutes=5)
    ran = desk.desk.run("erase", ITEM, "--request", "7", "--because", "来信请求", now=desk.now.isoformat())
    assert ran.code == 0, ran.err


def words(desk: Commented) -> str:
    """All of the item's file."""
    return (desk.root / ids.path(ITEM)).read_text("utf-8")


@pytest.mark.parametrize(
    ("who", "body"),
    [
        (login("lin.wan"), "/note 李雷住在幸福路"),
        (login("lin.wan"), "/message 李雷来电"),
        (login("lin.wan"), "/备注 李雷住在幸福路\n/respond 李雷您好"),
        (CUSTOMER, "/follow-up satisfied 5/5 李雷谢谢"),
        (CUSTOMER, "我是李雷"),
    ],
)
def test_a_comment_whose_words_were_erased_is_not_taken_again_by_a_night(tmp_path: Path, who: str, body: str) -> None:
    desk = desk_with(tmp_path, REPLIED if who == CUSTOMER else "")
    said = desk.say(who, body)
    assert desk.take(said).done
    assert "李雷" in words(desk)
    erased(desk)
    again = desk.again(said, timedelta(hours=12))

    assert (again.done, again.already, "李雷" in words(desk)) == ((), True, False)


def test_a_command_that_came_after_the_erasure_is_done(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.comment(login("lin.wan"), "/note 李雷住在幸福路")
    erased(desk)
    desk.now += timedelta(minutes=5)

    assert desk.comment(login("lin.wan"), "/note 客户已离开").done == (("note", ITEM),)


def test_others_fill_no_item_though_a_night_takes_what_they_wrote_the_day_before(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    most = desk.policy.desk.limits.per_author or 0
    said = [desk.say(STRANGER, f"闲话 {n}") for n in range(most + 5)]
    desk.now += timedelta(hours=16)

    assert [bool(desk.take(one).done) for one in said] == [True] * most + [False] * 5


def test_what_only_the_team_can_read_stays_out_of_the_record_when_a_night_finds_it(tmp_path: Path) -> None:
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED, ACCEPTED, kind="gitlab"))
    with FakeHost("gitlab") as host:
        host.add_issue(login=CUSTOMER, number=12)
        host.comment(12, STRANGER, "客户李雷总是闹事")
        host.issues[12].comments[0].internal = True
        host.comment(12, STRANGER, "我也遇到了")
        provider = provider_for("gitlab", host.state.repository, Line(host.api, host.token, Clockwork().patience()))
        listed = list(provider.comments_since(datetime(2026, 11, 1, tzinfo=UTC), "feedback"))
    issue = Issue(number=12, created_at=datetime(2026, 11, 19, 1, 31, tzinfo=UTC), login=CUSTOMER, host="gitlab")
    done = [bool(desk.take(told(one, issue, "gitlab")).done) for one in listed]

    assert ([one.internal for one in listed], done) == ([True, False], [False, True])
