"""Telling a host something over real HTTP: what may be told twice is, what must not be never is, and no token is said."""

import socket
from collections.abc import Iterator

import pytest
from tests.hosts.clockwork import Clockwork
from tests.hosts.fake_hosts import FakeHost

from git_feedback import i18n
from git_feedback.hosts import HostFailed, Line, Provider, provider_for

KINDS = ("github", "gitlab", "gitea")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(params=KINDS)
def host(request: pytest.FixtureRequest) -> Iterator[FakeHost]:
    with FakeHost(request.param) as found:
        found.add_issue()
        yield found


@pytest.fixture
def time() -> Clockwork:
    return Clockwork()


def desk(host: FakeHost, time: Clockwork, answer_s: float = 5) -> Provider:
    line = Line(host.api, host.token, time.patience(120, answer_s))
    return provider_for(host.kind, host.state.repository, line)


def why(host: FakeHost, time: Clockwork, answer_s: float = 5) -> HostFailed:
    with pytest.raises(HostFailed) as found:
        desk(host, time, answer_s).say(1, "已受理")
    return found.value


def said(host: FakeHost) -> list[str]:
    return [one.body for one in host.issues[1].comments if not one.system]


# ---- what makes something new ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {}), (429, {"Retry-After": "7"}), (403, {"Retry-After": "7"}), (503, {"Retry-After": "7"})],
)
def test_a_comment_that_certainly_did_not_arrive_is_sent_again(
    host: FakeHost, time: Clockwork, status: int, headers: dict[str, str]
) -> None:
    host.fail_next(status, headers=headers)

    desk(host, time).say(1, "已受理 😀")

    assert said(host) == ["已受理 😀"]
    assert time.now >= (7 if headers else 60)


def test_the_second_limit_of_requests_is_waited_out_for_a_minute(host: FakeHost, time: Clockwork) -> None:
    host.fail_next(403, body=b'{"message": "You have exceeded a secondary rate limit"}')

    desk(host, time).say(1, "已受理")

    assert said(host) == ["已受理"]
    assert time.now >= 60


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("done", [False, True])
def test_a_comment_is_not_sent_twice_where_nobody_knows_whether_it_arrived(
    host: FakeHost, time: Clockwork, status: int, done: bool
) -> None:
    host.fail_next(status, done=done)

    assert why(host, time).code == "host-unsure"
    assert len(host.told) == 1
    assert said(host) == (["已受理"] if done else [])


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 201, "cut": True},
        {"status": 200, "body": b"<html>Please log in</html>"},
        {"status": 201, "body": b"[]"},
        {"status": 201, "body": b'{"id": "$(id)"}'},
        {"status": 201, "body": b""},
        {"status": 201, "headers": {"Content-Length": str(2**40)}},
        {"status": 201, "hang": 30.0},
    ],
    ids=lambda one: str(sorted(one)),
)
def test_an_answer_that_does_not_say_what_became_of_a_comment_leaves_it_open(
    host: FakeHost, time: Clockwork, facts: dict[str, object]
) -> None:
    host.fail_next(**facts, done=True)  # type: ignore[arg-type]

    assert why(host, time, answer_s=0.3).code == "host-unsure"
    assert said(host) == ["已受理"]


def test_a_comment_to_a_host_that_is_not_there_was_not_sent(time: Clockwork) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        line = Line(f"http://127.0.0.1:{taken.getsockname()[1]}", "tok", time.patience(20))
        with pytest.raises(HostFailed) as found:
            provider_for("github", "desk/feedback", line).say(1, "已受理")

    assert found.value.code == "host-no-connection"
    assert len(time.naps) > 2


# ---- what may be told twice -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts", [{"status": 502}, {"status": 502, "done": True}, {"status": 200, "cut": True, "done": True}]
)
def test_what_comes_to_the_same_is_told_again(host: FakeHost, time: Clockwork, facts: dict[str, object]) -> None:
    provider = desk(host, time)
    first = provider.say(1, "已受理")
    for failed in range(3):
        host.fail_next(**facts)  # type: ignore[arg-type]
        if failed == 0:
            provider.change(1, first, "处理中")
        elif failed == 1:
            provider.close(1)
        else:
            provider.label(1, ["P0"], [])

    assert said(host) == ["处理中"]
    assert host.issues[1].closed
    assert host.issues[1].labels == ["feedback", "P0"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "host-not-taken"),
        (401, "host-denied"),
        (403, "host-may-not"),
        (404, "host-not-found"),
        (409, "host-not-taken"),
        (410, "host-not-found"),
        (422, "host-not-taken"),
    ],
)
def test_a_refusal_is_said_and_not_told_again(host: FakeHost, time: Clockwork, status: int, code: str) -> None:
    host.fail_next(status)

    assert why(host, time).code == code
    assert (len(host.requests), time.naps) == (1, [])


def test_a_comment_too_long_for_github_is_refused_whole(time: Clockwork) -> None:
    with FakeHost("github") as host:
        host.add_issue()
        with pytest.raises(HostFailed) as found:
            desk(host, time).say(1, "长" * 65_537)

    assert (found.value.code, said(host)) == ("host-not-taken", [])


# ---- where it goes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_is_told_to_another_host(host: FakeHost, time: Clockwork, status: int) -> None:
    with FakeHost(host.kind) as other:
        host.fail_next(status, headers={"Location": f"{other.api}/anything"})

        assert why(host, time).code == "host-elsewhere"
        assert other.requests == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_what_moved_on_the_same_host_is_told_there_as_it_is(host: FakeHost, time: Clockwork, status: int) -> None:
    provider = desk(host, time)
    provider.say(1, "一")
    _, path, _ = host.told[0]
    host.requests.clear()
    host.fail_next(status, headers={"Location": host.address + path})

    provider.say(1, "二")

    assert [(method, body) for method, _, body in host.told] == [("POST", {"body": "二"})] * 2
    assert said(host) == ["一", "二"]


def test_a_redirect_that_would_make_a_question_of_it_is_refused(host: FakeHost, time: Clockwork) -> None:
    host.fail_next(303, headers={"Location": f"{host.api}/user"})

    assert why(host, time).code == "host-not-taken"
    assert len(host.requests) == 1


@pytest.mark.parametrize("api", ["http://api.example.com", "ftp://127.0.0.1", "", "https://["])
def test_nothing_is_told_in_clear_nor_to_what_is_no_address(api: str, time: Clockwork) -> None:
    for kind in KINDS:
        with pytest.raises(HostFailed) as found:
            provider_for(kind, "desk/feedback", Line(api, "tok", time.patience())).close(1)
        assert found.value.code == "host-bad-address"


def test_no_token_is_in_what_is_said_of_a_failure(host: FakeHost, time: Clockwork) -> None:
    for status in (400, 401, 403, 404, 429, 500):
        host.failures.clear()
        host.fail_next(status, 100, body=f'{{"message": "bad token {host.token}"}}'.encode())
        failed = why(host, time)
        for language in ("en", "zh"):
            words = " ".join(i18n.halves(failed.code, language, **failed.values))
            assert words
            assert host.token not in f"{words} {failed!r} {failed.values}"


def test_each_kind_of_host_gets_its_token_as_it_wants_it(host: FakeHost, time: Clockwork) -> None:
    desk(host, time).say(1, "已受理")

    assert said(host) == ["已受理"]


def test_a_wrong_token_is_denied(host: FakeHost, time: Clockwork) -> None:
    with pytest.raises(HostFailed) as found:
        provider_for(host.kind, "desk/feedback", Line(host.api, "stranger", time.patience())).close(1)

    assert (found.value.code, host.issues[1].closed) == ("host-denied", False)
