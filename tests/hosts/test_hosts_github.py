"""GitHub's list of issues over real HTTP: every page, and whatever a host may do wrong ends in one clear word."""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.hosts.clockwork import Clockwork
from tests.hosts.fake_host import TOKEN, Fake, Reply, hosting, issue

from git_feedback.hosts import HostFailed, Line, Told, provider_for
from git_feedback.hosts.asking import LARGEST_ANSWER


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def host() -> Iterator[Fake]:
    with hosting() as found:
        yield found


def asked(host: Fake, time: Clockwork | None = None, since: datetime | None = None) -> list[Told]:
    return listed(Line(host.address, TOKEN, (time or Clockwork()).patience()), since=since)


def listed(line: Line, repository: str = "desk/feedback", since: datetime | None = None) -> list[Told]:
    return list(provider_for("github", repository, line).issues("反馈", since))


def why(host: Fake, time: Clockwork | None = None) -> str:
    with pytest.raises(HostFailed) as found:
        asked(host, time)
    return found.value.code


def numbers(told: list[Told]) -> list[int]:
    return [one.issue.number for one in told if one.issue]


def test_every_page_is_read_and_pull_requests_are_left_out(host: Fake) -> None:
    host.issues = [issue(one, **({"pull_request": {}} if one % 5 == 0 else {})) for one in range(1, 251)]

    told = asked(host)

    assert numbers(told) == [one for one in range(1, 251) if one % 5]
    assert len(host.asked) == 3
    assert set(host.tokens) == {f"Bearer {TOKEN}"}


def test_it_asks_for_all_states_with_the_label_and_since_when(host: Fake) -> None:
    asked(host, since=datetime.fromisoformat("2026-11-01T00:00:00+08:00"))

    path = urlsplit(host.asked[0])
    assert path.path == "/repos/desk/feedback/issues"
    assert parse_qs(path.query) == {
        "labels": ["反馈"], "state": ["all"], "sort": ["created"], "direction": ["asc"], "per_page": ["100"],
        "since": ["2026-10-31T16:00:00Z"],
    }  # fmt: skip


def test_an_issue_tells_who_made_it(host: Fake) -> None:
    host.issues = [issue(1), issue(2, user=None), issue(3, user={"login": "ghost"}), issue(4, user={"login": "a\nb"})]

    assert [one.issue.login for one in asked(host) if one.issue] == ["some-one", "", "", ""]


def test_an_issue_that_moved_to_the_next_page_meanwhile_counts_once(host: Fake) -> None:
    host.issues, host.a_page = [issue(1), issue(2), issue(2), issue(3)], 2

    assert numbers(asked(host)) == [1, 2, 3]


@pytest.mark.parametrize(
    "strange",
    [
        None,
        7,
        [],
        {},
        {"number": "$(id)"},
        {**issue(1), "number": 0},
        {**issue(1), "number": True},
        issue(1, title=["x"]),
        issue(1, created_at="昨天"),
        issue(1, created_at="1970-01-01T00:00:00Z"),
        issue(1, body="长" * 1_000_001),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_is_no_issue_is_told_and_the_others_are_read(host: Fake, strange: object) -> None:
    host.issues = [issue(1), strange, issue(2)]

    told = asked(host)

    assert numbers(told) == [1, 2]
    (bad,) = (one for one in told if not one.issue)
    assert bad.reason.startswith("issue")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "host-no-json"),
        (b"<html>", "host-no-json"),
        (b"{}", "host-no-json"),
        (b'"x"', "host-no-json"),
        (b"[" * 100_000, "host-no-json"),
        (b"[" + b"9" * 5_000 + b"]", "host-no-json"),
        (b"\xff\xfe[", "host-no-json"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_an_answer_that_is_no_list_is_said_so_at_once(host: Fake, body: bytes, code: str) -> None:
    host.first = [Reply(body=body)]

    assert why(host) == code
    assert len(host.asked) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(host: Fake) -> None:
    host.first = [Reply(headers={"Content-Length": str(LARGEST_ANSWER + 1)})]
    assert why(host) == "host-too-large"
    host.first = [Reply(body=b" " * (LARGEST_ANSWER + 10), headers={"X-Length": "unsaid", "Content-Length": ""})]
    assert why(host) == "host-too-large"


def test_ten_megabytes_are_an_answer(host: Fake) -> None:
    host.issues = [issue(1, body="长" * 900_000), *(issue(one, body="x" * 100_000) for one in range(2, 80))]

    assert len(asked(host)) == 79


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_that_passes_is_asked_again_with_growing_pauses(host: Fake, status: int) -> None:
    host.issues, host.first, time = [issue(1)], [Reply(status)] * 3, Clockwork()

    assert numbers(asked(host, time)) == [1]
    assert time.naps == [0.75, 1.5, 3.0]


def test_a_host_that_stays_broken_ends_the_patience(host: Fake) -> None:
    host.first, time = [Reply(500)] * 100, Clockwork()

    assert why(host, time) == "host-answered"
    assert 60 < time.now <= 120


def test_a_limit_of_requests_is_waited_for_as_long_as_the_host_says(host: Fake) -> None:
    host.issues, time = [issue(1)], Clockwork()
    reset = int(datetime.fromisoformat("2026-11-20T03:00:50+00:00").timestamp())
    until = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
    by_its_clock = {"Date": "Fri, 20 Nov 2026 03:00:30 GMT"}
    host.first = [
        Reply(429, headers={"Retry-After": "7"}),
        Reply(403, headers={"Retry-After": "9"}),
        Reply(403, headers={**until, **by_its_clock}),
    ]

    assert numbers(asked(host, time)) == [1]
    assert time.naps[:2] == [7.75, 10.5]
    assert time.naps[2] >= 20 + 3


def test_a_limit_beyond_the_patience_is_said_with_its_minutes(host: Fake) -> None:
    host.first, time = [Reply(403, json.dumps({"message": "API rate limit exceeded"}).encode())] * 9, Clockwork()
    assert why(host, time) == "host-limit"
    host.first = [Reply(429, headers={"Retry-After": "3600"})]
    with pytest.raises(HostFailed) as found:
        asked(host)
    assert found.value.values["minutes"] == 60


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "host-denied"),
        (403, "host-denied"),
        (404, "host-not-found"),
        (410, "host-not-found"),
        (422, "host-answered"),
    ],
)
def test_a_refusal_is_not_asked_again(host: Fake, status: int, code: str) -> None:
    host.first, time = [Reply(status, b'{"message": "no"}')] * 2, Clockwork()

    assert why(host, time) == code
    assert (len(host.asked), time.naps) == (1, [])


def test_a_host_that_says_nothing_is_given_up(host: Fake) -> None:
    host.first = [Reply(hang=30)] * 5
    line = Line(host.address, TOKEN, Clockwork().patience(0.5, 0.2))

    with pytest.raises(HostFailed) as found:
        listed(line)

    assert found.value.code == "host-too-slow"


def test_a_host_that_is_not_there_is_said_so(host: Fake) -> None:
    line = Line("http://127.0.0.1:9", TOKEN, Clockwork().patience(3, 1))

    with pytest.raises(HostFailed) as found:
        listed(line)

    assert found.value.code == "host-no-connection"


def test_an_answer_that_breaks_off_is_asked_again(host: Fake) -> None:
    host.issues, host.first = [issue(1)], [Reply(body=b"[{", headers={"Content-Length": "500", "Connection": "close"})]

    assert numbers(asked(host)) == [1]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_goes_to_no_other_host(host: Fake, status: int) -> None:
    with hosting(issue(1)) as other:
        host.first = [Reply(status, headers={"Location": f"{other.address}/repos/desk/feedback/issues"})]

        assert why(host) == "host-elsewhere"
        assert other.asked == []


def test_a_next_page_on_another_host_is_not_asked_for(host: Fake) -> None:
    with hosting(issue(2)) as other:
        host.first = [
            Reply(body=json.dumps([issue(1)]).encode(), headers={"Link": f'<{other.address}/x?a=b>; rel="next"'})
        ]

        assert why(host) == "host-elsewhere"
        assert other.asked == []


def test_a_repository_that_was_renamed_is_followed_on_the_same_host(host: Fake) -> None:
    host.issues = [issue(1)]
    host.first = [lambda path: Reply(301, headers={"Location": path.replace("/desk/", "/desk2/")})]

    assert numbers(asked(host)) == [1]
    assert host.tokens == [f"Bearer {TOKEN}"] * 2


def test_pages_that_lead_in_a_circle_end(host: Fake) -> None:
    host.first = [
        lambda path: Reply(
            body=json.dumps([issue(1)]).encode(), headers={"Link": f'<{host.address}{path}>; rel="next"'}
        )
    ]

    assert numbers(asked(host)) == [1]


@pytest.mark.parametrize("api", ["http://api.example.com", "ftp://127.0.0.1", "", "api.example.com", "https://["])
def test_the_token_is_not_sent_in_clear_nor_to_what_is_no_address(api: str) -> None:
    with pytest.raises(HostFailed) as found:
        listed(Line(api, TOKEN, Clockwork().patience()))
    assert found.value.code == "host-bad-address"


@pytest.mark.parametrize("token", ["", " ", "a\nHost: evil", "令牌"])
def test_a_token_that_is_none_is_sent_nowhere(host: Fake, token: str) -> None:
    with pytest.raises(HostFailed) as found:
        listed(Line(host.address, token, Clockwork().patience()))
    assert (found.value.code, host.asked) == ("host-bad-token", [])


def test_a_repository_with_a_strange_name_stays_one_name(host: Fake) -> None:
    listed(Line(host.address, TOKEN, Clockwork().patience()), "desk/a?b#c/../x")

    assert urlsplit(host.asked[0]).path == "/repos/desk/a%3Fb%23c%2F..%2Fx/issues"
