"""What each kind of host has for itself: who the desk is, how a label is known, what a comment may set off."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from tests.hosts.clockwork import Clockwork
from tests.hosts.fake_hosts import FakeHost
from tests.hosts.fake_state import Question

from git_feedback.hosts import HostFailed, Label, Line, Provider, provider_for, told_values


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def gitlab() -> Iterator[FakeHost]:
    with FakeHost("gitlab", "公司组/feedback/desk") as found:
        yield found


@pytest.fixture
def gitea() -> Iterator[FakeHost]:
    with FakeHost("gitea") as found:
        yield found


def desk(host: FakeHost, bearing: tuple[str, str] | None = None) -> Provider:
    line = Line(host.api, host.token, Clockwork().patience(3, 5), bearing)
    return provider_for(host.kind, host.state.repository, line)


def own(host: FakeHost, bearing: tuple[str, str] | None = None) -> list[bool]:
    """Which of two comments the desk takes for its own: that of the token's account, and a stranger's."""
    number = host.add_issue()
    host.comment(number, host.state.login, "台")
    host.comment(number, "stranger", "客")
    return [one.own for one in desk(host, bearing).comments(number)]


# ---- GitHub ---------------------------------------------------------------------------------------------------------


def test_the_token_of_a_workflow_may_not_ask_who_it_is_and_is_the_robot_of_workflows() -> None:
    with FakeHost("github") as host:
        assert host.state.login == "github-actions[bot]"
        assert own(host) == [True, False]


def test_an_app_of_ones_own_is_asked_who_it_is_by_the_other_api() -> None:
    with FakeHost("github", login="Desk-App[bot]") as host:
        assert own(host) == [True, False]
        number = host.add_issue()
        host.comment(number, "github-actions[bot]", "另一个工作流写的")
        assert [one.own for one in desk(host).comments(number)] == [False]


def test_without_the_other_api_it_is_the_robot_of_workflows() -> None:
    with FakeHost("github") as host:
        host.state.has_graphql = False
        assert own(host) == [True, False]


@pytest.mark.parametrize("body", [b'{"errors": []}', b'{"data": null}', b'{"data": {"viewer": {"login": 7}}}'])
def test_an_answer_that_names_nobody_leaves_the_robot_of_workflows(body: bytes) -> None:
    with FakeHost("github") as host:
        host.fail_next(200, method="POST", body=body)
        assert own(host) == [True, False]


def test_another_token_is_told_who_it_is() -> None:
    with FakeHost("github", login="Service-Desk") as host:
        assert own(host) == [True, False]
        number = host.add_issue()
        host.comment(number, "github-actions[bot]", "另一个工作流写的")
        assert [one.own for one in desk(host).comments(number)] == [False]


def test_who_the_desk_is_is_not_guessed_when_the_host_is_out_of_order() -> None:
    with FakeHost("github") as host:
        number = host.add_issue()
        host.comment(number, "someone", "你好")
        host.before = lambda asked: host.fail_next(500, 9) if asked.steps[-1] == "comments" else None
        with pytest.raises(HostFailed) as found:
            list(desk(host).comments(number))
    assert found.value.code == "host-answered"


def test_github_is_asked_in_the_version_that_we_know() -> None:
    with FakeHost("github") as host:
        bare = Line(host.api, host.token, Clockwork().patience(), also=(("X-Trace", "1"),))
        provider_for("github", "desk/feedback", bare).known_labels()
        assert host.requests[0][0] == "GET"  # the fake refuses a request without the header of the version


# ---- GitLab ---------------------------------------------------------------------------------------------------------


def test_a_project_in_groups_is_one_step_of_the_address(gitlab: FakeHost) -> None:
    gitlab.add_issue()

    assert [one.name for one in desk(gitlab).issues("feedback")] == ["#1"]
    path = urlsplit(gitlab.requests[0][1]).path
    assert path == "/api/v4/projects/%E5%85%AC%E5%8F%B8%E7%BB%84%2Ffeedback%2Fdesk/issues"


def test_what_gitlab_notes_by_itself_is_no_comment(gitlab: FakeHost) -> None:
    number, provider = gitlab.add_issue(), desk(gitlab)
    gitlab.comment(number, "li.lei", "你好")
    provider.close(number)

    assert len(gitlab.issues[number].comments) == 2
    assert [one.body for one in provider.comments(number)] == ["你好"]


@pytest.mark.parametrize(
    "words", ["/close", "下一步：\n/close", "  /close @all", "一行\n\n/close\n/assign @li.lei\n完"]
)
def test_no_line_of_ours_is_a_quick_action_and_the_words_come_back_as_they_were(gitlab: FakeHost, words: str) -> None:
    number, provider = gitlab.add_issue(), desk(gitlab)

    name = provider.say(number, words)
    assert not gitlab.issues[number].closed
    provider.change(number, name, words + "。")

    (found,) = provider.comments(number)
    assert found.body == words + "。"
    assert not any(line.lstrip().startswith("/") for line in gitlab.issues[number].comments[0].body.splitlines())


def test_the_words_of_strangers_are_left_as_they_are(gitlab: FakeHost) -> None:
    number = gitlab.add_issue()
    gitlab.comment(number, "li.lei", "\\/受理")

    assert [one.body for one in desk(gitlab).comments(number)] == ["\\/受理"]


def test_the_token_of_a_job_is_known_by_its_job(gitlab: FakeHost) -> None:
    assert own(gitlab, ("JOB-TOKEN", "")) == [True, False]
    assert gitlab.requests[-1][1] == "/api/v4/job"


def test_a_label_of_a_group_stays_as_the_group_has_it(gitlab: FakeHost) -> None:
    def of_group(asked: Question) -> None:
        if asked.method == "POST" and not gitlab.failures:
            gitlab.fail_next(404, method="PUT")

    gitlab.labels["P0"] = {"color": "ff0000", "description": "集团"}
    gitlab.before = of_group

    desk(gitlab).make_label(Label("P0", "00ff00", "台"))

    assert gitlab.labels["P0"] == {"color": "ff0000", "description": "集团"}


def test_an_issue_is_known_by_its_number_in_the_project(gitlab: FakeHost) -> None:
    gitlab.add_issue(number=12)

    (told,) = desk(gitlab).issues("feedback")

    assert told.issue
    assert told.issue.source == "gitlab#12"


# ---- Gitea ----------------------------------------------------------------------------------------------------------


def test_a_list_without_a_count_ends_with_an_empty_page(gitea: FakeHost) -> None:
    gitea.state.tells_count, gitea.state.a_page = False, 2
    for _ in range(5):
        gitea.add_issue()

    assert [one.name for one in desk(gitea).issues("feedback")] == ["#1", "#2", "#3", "#4", "#5"]
    assert len(gitea.requests) == 4


def test_a_list_that_knows_no_pages_is_read_once(gitea: FakeHost) -> None:
    gitea.state.tells_count = False
    number = gitea.add_issue()
    for n in range(120):
        gitea.comment(number, "li.lei", f"第 {n} 条")

    assert len(list(desk(gitea).comments(number))) == 120
    assert len([path for _, path, _ in gitea.requests if "comments" in path]) == 2


def test_a_label_of_the_organisation_is_used_and_not_made_again(gitea: FakeHost) -> None:
    gitea.state.of_owner = ["P0", "P1"]
    number = gitea.add_issue()

    desk(gitea).label(number, ["P1"], [])

    assert gitea.issues[number].labels == ["feedback", "P1"]
    assert [path for method, path, _ in gitea.told if path.endswith("/desk/feedback/labels")] == []


def test_a_label_of_the_organisation_marks_issues_too(gitea: FakeHost) -> None:
    gitea.add_issue("一", labels=())
    number = gitea.add_issue("二", labels=())
    gitea.issues[number].labels.append("feedback")
    gitea.labels.clear()
    gitea.state.of_owner = ["feedback"]

    assert [one.name for one in desk(gitea).issues("feedback")] == ["#2"]


def test_a_label_is_looked_up_once(gitea: FakeHost) -> None:
    first, second, provider = gitea.add_issue(), gitea.add_issue(), desk(gitea)
    provider.label(first, ["P0"], [])
    gitea.requests.clear()

    provider.label(second, ["P0"], [])

    assert [method for method, _, _ in gitea.requests] == ["POST"]
    assert gitea.issues[second].labels == ["feedback", "P0"]


def test_a_label_that_was_made_although_the_host_broke_off_is_not_made_twice(gitea: FakeHost) -> None:
    provider = desk(gitea)
    gitea.fail_next(502, done=True, method="POST")

    with pytest.raises(HostFailed) as found:
        provider.make_label(Label("P0", "ff0000"))
    provider.make_label(Label("P0", "00ff00"))

    assert found.value.code == "host-unsure"
    assert gitea.labels["P0"]["color"] == "00ff00"


def test_comments_below_pull_requests_are_no_feedback(gitea: FakeHost) -> None:
    gitea.add_issue(pull=True)
    gitea.comment(1, "li.lei", "评审")

    assert list(desk(gitea).comments_since(datetime(2026, 11, 1, tzinfo=UTC), "feedback")) == []


def test_the_robot_of_giteas_workflows_is_known_where_it_may_not_ask(gitea: FakeHost) -> None:
    number = gitea.add_issue()
    gitea.comment(number, "gitea-actions", "台")
    gitea.comment(number, "desk-bot", "客")
    gitea.before = lambda asked: gitea.fail_next(403) if asked.steps[-1] == "comments" else None

    assert [one.own for one in desk(gitea).comments(number)] == [True, False]


def test_a_moment_in_a_year_that_no_calendar_can_turn_is_none() -> None:
    assert told_values.moment("0001-01-01T00:00:00+14:00") is None
    assert told_values.moment("9999-12-31T23:59:59-12:00") is None
    assert told_values.moment("2026-11-20T03:00:00Z") == datetime(2026, 11, 20, 3, tzinfo=UTC)
