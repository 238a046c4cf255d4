"""One form for three hosts: issues, comments, labels, closing - the same questions, the same answers, over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.hosts.clockwork import Clockwork
from tests.hosts.fake_hosts import FakeHost

from git_feedback.hosts import HostFailed, Label, Line, Provider, Told, provider_for

HOSTILE = "支付 😀𠮷 <img src=x onerror=alert(1)> ::add-mask:: ${{ secrets.X }} `$(id)`"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(params=("github", "gitlab", "gitea"))
def host(request: pytest.FixtureRequest) -> Iterator[FakeHost]:
    with FakeHost(request.param) as found:
        yield found


def desk(host: FakeHost) -> Provider:
    return provider_for(host.kind, host.state.repository, Line(host.api, host.token, Clockwork().patience(3, 5)))


def numbers(told: Iterator[Told]) -> list[int]:
    return [one.issue.number for one in told if one.issue]


# ---- issues ---------------------------------------------------------------------------------------------------------


def test_issues_come_from_all_pages_in_the_order_in_which_they_were_made(host: FakeHost) -> None:
    host.state.a_page = 3
    for number in range(1, 9):
        host.add_issue(f"第 {number} 个", closed=number % 3 == 0)

    assert numbers(desk(host).issues("feedback")) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(host.requests) >= 3


def test_a_pull_request_and_what_bears_another_label_are_no_feedback(host: FakeHost) -> None:
    host.add_issue("一")
    host.add_issue("二", labels=("状态/已受理",))
    host.add_issue("三", pull=True)
    host.add_issue("四", labels=("P0", "feedback"))

    assert numbers(desk(host).issues("feedback")) == [1, 4]


def test_a_label_that_nobody_knows_brings_no_issue(host: FakeHost) -> None:
    host.add_issue("一")

    assert numbers(desk(host).issues("没有这个标签")) == []


def test_a_label_in_chinese_with_a_slash_is_asked_for_as_it_is(host: FakeHost) -> None:
    host.add_issue("一", labels=("反馈/线上",))
    host.add_issue("二")

    assert numbers(desk(host).issues("反馈/线上")) == [1]


def test_only_what_changed_since_then_is_asked_for(host: FakeHost) -> None:
    old = host.add_issue("旧", at=datetime(2026, 11, 1, tzinfo=UTC))
    host.add_issue("新", at=datetime(2026, 11, 19, tzinfo=UTC))
    since = datetime.fromisoformat("2026-11-10T08:00:00+08:00")

    assert numbers(desk(host).issues("feedback", since)) == [2]
    host.comment(old, "some-one", "还没有修好")
    assert numbers(desk(host).issues("feedback", since)) == [1, 2]


def test_an_issue_tells_what_was_said_and_by_whom(host: FakeHost) -> None:
    host.add_issue("支付页面报错", HOSTILE, login="Li.Lei")

    (told,) = desk(host).issues("feedback")

    assert told.issue
    assert (told.name, told.issue.title, told.issue.body) == ("#1", "支付页面报错", HOSTILE)
    assert (told.issue.login, told.issue.source) == ("li.lei", f"{host.kind}#1")


def test_an_issue_without_words_and_without_author_is_an_issue(host: FakeHost) -> None:
    host.add_issue("标题", None, login="")

    (told,) = desk(host).issues("feedback")

    assert told.issue
    assert (told.issue.body or "", told.issue.login) == ("", "")


def test_an_issue_that_cannot_be_read_is_told_beside_the_others(host: FakeHost) -> None:
    host.add_issue("一")
    host.add_issue("长" * 10, "长" * 1_000_001)
    host.add_issue("三")

    told = list(desk(host).issues("feedback"))

    assert [(one.name, bool(one.issue), one.reason) for one in told] == [
        ("#1", True, ""), ("#2", False, "issue.body"), ("#3", True, ""),
    ]  # fmt: skip


# ---- comments -------------------------------------------------------------------------------------------------------


def test_comments_come_oldest_first_from_all_pages(host: FakeHost) -> None:
    number = host.add_issue()
    host.state.a_page = 3
    for n in range(8):
        host.comment(number, f"person-{n}", f"第 {n} 条")

    found = list(desk(host).comments(number))

    assert [one.body for one in found] == [f"第 {n} 条" for n in range(8)]
    assert {one.issue for one in found} == {number}
    assert found[0].at < found[7].at


def test_a_comment_keeps_every_character_and_half_a_character_becomes_visible(host: FakeHost) -> None:
    number = host.add_issue()
    host.comment(number, "some-one", HOSTILE)
    host.comment(number, "some-one", "半个\ud83d字\r\n下一行\x00")

    whole, half = desk(host).comments(number)

    assert whole.body == HOSTILE
    assert half.body == "半个[U+D83D]字\n下一行[U+0000]"
    assert half.body.encode()


def test_only_what_the_desk_wrote_is_its_own(host: FakeHost) -> None:
    number, provider = host.add_issue(), desk(host)
    host.comment(number, "some-one", "你好")
    name = provider.say(number, "已收到")
    host.comment(number, "desk-bot-2", "<!-- 标记 -->")

    found = list(provider.comments(number))

    assert [(one.own, one.id == name) for one in found] == [(False, False), (True, True), (False, False)]
    assert sum(path.endswith(("/user", "/job")) for _, path, _ in host.requests) == 1


def test_a_comment_of_somebody_who_is_gone_is_nobodys(host: FakeHost) -> None:
    number = host.add_issue()
    host.comment(number, "", "走了")
    host.comment(number, "ghost", "走了")

    assert [(one.login, one.own) for one in desk(host).comments(number)] == [("", False)] * 2


def test_a_robot_keeps_its_brackets(host: FakeHost) -> None:
    number = host.add_issue()
    host.comment(number, "Renovate[bot]", "更新")

    (found,) = desk(host).comments(number)

    assert found.login == "renovate[bot]"


def test_a_changed_comment_says_when_and_stays_in_its_place(host: FakeHost) -> None:
    number, provider = host.add_issue(), desk(host)
    name = provider.say(number, "一")
    host.comment(number, "some-one", "二")

    provider.change(number, name, HOSTILE)

    first, second = provider.comments(number)
    assert (first.id, first.body, second.body) == (name, HOSTILE, "二")
    assert first.at < second.at < first.changed


def test_comments_since_are_those_of_issues_with_the_label_old_issues_too(host: FakeHost) -> None:
    host.add_issue("旧", at=datetime(2026, 10, 1, tzinfo=UTC))
    host.add_issue("别的", labels=("代码",))
    host.add_issue("合并请求", pull=True)
    host.comment(1, "some-one", "很早")
    since = host.state.now + timedelta(seconds=1)
    for number, words in ((1, "/受理"), (2, "不是反馈"), (3, "评审"), (1, "还有")):
        host.comment(number, "li-lei", words)

    found = list(desk(host).comments_since(since, "feedback"))

    assert [(one.issue, one.body) for one in found] == [(1, "/受理"), (1, "还有")]


def test_many_comments_below_an_issue_without_the_label_cost_one_question(host: FakeHost) -> None:
    host.add_issue("代码", labels=("代码",))
    for n in range(30):
        host.comment(1, "passer-by", f"第 {n} 次")

    assert list(desk(host).comments_since(datetime(2026, 11, 1, tzinfo=UTC), "feedback")) == []
    assert len([path for _, path, _ in host.requests if path.partition("?")[0].endswith("/issues/1")]) <= 1


def test_a_comment_that_was_edited_since_is_told_again(host: FakeHost) -> None:
    number, provider = host.add_issue(), desk(host)
    name = provider.say(number, "一")
    since = host.state.now + timedelta(seconds=1)

    assert list(provider.comments_since(since, "feedback")) == []
    provider.change(number, name, "改过")
    host.issues[number].changed = host.state.now
    assert [one.body for one in provider.comments_since(since, "feedback")] == ["改过"]


def test_comments_since_come_from_all_pages_and_many_issues(host: FakeHost) -> None:
    host.state.a_page = 2
    for number in range(1, 6):
        host.add_issue(f"第 {number} 个")
        host.comment(number, "some-one", f"关于 {number}")

    found = list(desk(host).comments_since(datetime(2026, 11, 1, tzinfo=UTC), "feedback"))

    assert [one.issue for one in found] == [1, 2, 3, 4, 5]


# ---- labels and closing ---------------------------------------------------------------------------------------------


def test_labels_are_added_and_taken_away_and_others_stay(host: FakeHost) -> None:
    number, provider = host.add_issue(labels=("feedback", "状态/新", "P2")), desk(host)

    provider.label(number, ["P0", "状态/已受理"], ["状态/新", "P2", "从来没有"])

    assert sorted(provider.labels(number)) == ["P0", "feedback", "状态/已受理"]


def test_nothing_to_add_and_nothing_to_take_away_asks_nobody(host: FakeHost) -> None:
    number = host.add_issue()

    desk(host).label(number, [], [])

    assert host.requests == []


def test_a_label_is_made_once_and_then_gets_its_colour_again(host: FakeHost) -> None:
    provider = desk(host)

    provider.make_label(Label("状态/已受理", "0e8a16", "已经受理"))
    provider.make_label(Label("状态/已受理", "ff0000", "有人在处理"))

    assert provider.known_labels() == {"状态/已受理": Label("状态/已受理", "ff0000", "有人在处理")}


def test_known_labels_come_from_all_pages(host: FakeHost) -> None:
    host.state.a_page = 2
    provider = desk(host)
    for n in range(7):
        provider.make_label(Label(f"P{n}", f"00000{n}"))

    assert sorted(provider.known_labels()) == [f"P{n}" for n in range(7)]


def test_an_issue_is_closed_and_opened_again_and_twice_is_once(host: FakeHost) -> None:
    number, provider = host.add_issue(), desk(host)

    provider.close(number)
    provider.close(number)
    assert host.issues[number].closed
    provider.reopen(number)
    provider.reopen(number)
    assert not host.issues[number].closed


def test_an_issue_that_is_not_there_is_said_so(host: FakeHost) -> None:
    provider = desk(host)
    for act in (provider.labels, provider.close, lambda number: list(provider.comments(number))):
        with pytest.raises(HostFailed) as found:
            act(99)
        assert found.value.code == "host-not-found"


# ---- what answers may hold ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strange", [b"{}", b"null", b"<html>", b'"x"', b"[" * 50_000])
def test_an_answer_that_is_no_list_of_comments_is_said_so(host: FakeHost, strange: bytes) -> None:
    host.fail_next(200, body=strange)

    with pytest.raises(HostFailed) as found:
        list(desk(host).comments(1))

    assert found.value.code == "host-no-json"


def test_what_is_no_comment_is_left_out(host: FakeHost) -> None:
    number = host.add_issue()
    host.fail_next(200, body=b'[null, 7, {}, [], {"id": true}, {"id": 1}, {"id": 2, "created_at": "2026"}]')

    assert list(desk(host).comments(number)) == []


def test_an_unknown_kind_of_host_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        provider_for("sourceforge", "desk/feedback", Line("https://x.example", "t", Clockwork().patience()))
