"""Which host a desk is on, and which token goes where: desk.yml first, then the environment; no token to a foreign host."""

from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample

from git_feedback.cli import host_given
from git_feedback.cli.session import Session
from git_feedback.cli.trouble import Stop
from git_feedback.hosts import Provider

NAMES = (
    "GITHUB_ACTIONS", "GITHUB_API_URL", "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITLAB_CI", "CI_API_V4_URL",
    "GITLAB_TOKEN", "CI_JOB_TOKEN", "CI_PROJECT_PATH", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITEA_API_URL",
    "GITEA_TOKEN", "GITEA_REPOSITORY", "GITHUB_STEP_SUMMARY",
)  # fmt: skip
GITHUB = {"GITHUB_TOKEN": "tok-a", "GITHUB_REPOSITORY": "desk/feedback"}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path)


def session(desk: Sample, *lines: str) -> Session:
    text = desk.text("policy/desk.yml")
    (desk.root / "policy/desk.yml").write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return Session(desk.root, "text", None, "zh")


def given(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def line(provider: Provider | None) -> tuple[str, str, str]:
    assert provider
    return provider.kind, provider.line.api, provider.line.token  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({}, ""),
        (GITHUB, "github"),
        ({"GITHUB_ACTIONS": "true"}, "github"),
        ({"GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"}, "gitea"),
        ({"GITHUB_ACTIONS": "true", "FORGEJO_ACTIONS": "true"}, "gitea"),
        ({"GITLAB_CI": "true", "GH_TOKEN": "tok"}, "gitlab"),
    ],
)
def test_the_environment_tells_the_kind_where_the_desk_does_not(
    desk: Sample, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], kind: str
) -> None:
    given(monkeypatch, environment)
    assert host_given.kind(session(desk).policy) == kind


def test_what_the_desk_says_comes_before_the_environment(desk: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, GITHUB)
    assert host_given.kind(session(desk, "repository: https://gitlab.com/组/台").policy) == "gitlab"
    assert host_given.kind(session(desk, "host: gitea").policy) == "gitea"


@pytest.mark.parametrize(
    ("lines", "environment", "found"),
    [
        ((), GITHUB, ("github", "https://api.github.com", "tok-a")),
        ((), {**GITHUB, "GITHUB_API_URL": "https://git.x.example/api/v3"}, ("github", "https://git.x.example/api/v3", "tok-a")),
        (("repository: https://gitlab.com/组/子组/台",), {"GITLAB_TOKEN": "tok-b"}, ("gitlab", "https://gitlab.com/api/v4", "tok-b")),
        (
            ("host: gitlab",),
            {"GITLAB_TOKEN": "tok-b", "CI_API_V4_URL": "https://g.example/api/v4", "CI_PROJECT_PATH": "a/b/c"},
            ("gitlab", "https://g.example/api/v4", "tok-b"),
        ),
        (
            (),
            {**GITHUB, "GITEA_ACTIONS": "true", "GITHUB_API_URL": "https://t.example/api/v1"},
            ("gitea", "https://t.example/api/v1", "tok-a"),
        ),
        (
            ("host: gitea", "repository: https://t.example/desk/feedback"),
            {"GITEA_TOKEN": "tok-c", "GITEA_API_URL": "https://t.example/api/v1", "GITHUB_TOKEN": "tok-a"},
            ("gitea", "https://t.example/api/v1", "tok-c"),
        ),
    ],
)  # fmt: skip
def test_a_host_that_is_given_whole_can_be_asked(
    desk: Sample, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], environment: dict[str, str], found: object
) -> None:
    given(monkeypatch, environment)
    assert line(host_given.provider(session(desk, *lines))) == found


@pytest.mark.parametrize(
    ("lines", "environment", "code", "variable"),
    [
        ((), {}, "host-which", None),
        ((), {"GITHUB_REPOSITORY": "desk/feedback"}, "host-needs-token", "GITHUB_TOKEN"),
        ((), {"GITHUB_TOKEN": "tok-a"}, "host-needs-repository", "GITHUB_REPOSITORY"),
        (("host: gitlab",), {"GITLAB_TOKEN": "tok-b"}, "host-needs-api", "CI_API_V4_URL"),
        (("host: gitea",), {"GITEA_API_URL": "https://t.example/api/v1"}, "host-needs-token", "GITEA_TOKEN"),
    ],
)
def test_what_is_missing_is_said_by_its_name(
    desk: Sample,
    monkeypatch: pytest.MonkeyPatch,
    lines: tuple[str, ...],
    environment: dict[str, str],
    code: str,
    variable: str | None,
) -> None:
    given(monkeypatch, environment)
    asked = session(desk, *lines)

    with pytest.raises(Stop) as stop:
        host_given.provider(asked)

    assert (stop.value.code, stop.value.values.get("variable")) == (code, variable)
    assert variable is None or variable in stop.value.said()
    assert "tok-" not in stop.value.said()
    assert host_given.provider_if_any(asked) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("host: gitea", "repository: https://evil.example/desk/feedback"),
        ("host: gitlab", "repository: https://evil.example/desk/feedback"),
        ("host: github", "repository: https://github.evil.example/desk/feedback"),
    ],
)
def test_a_token_for_github_goes_to_no_host_that_the_desk_names(
    desk: Sample, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    given(monkeypatch, {**GITHUB, "GITLAB_TOKEN": "tok-b", "GITEA_TOKEN": "tok-c"})
    assert host_given.provider_if_any(session(desk, *lines)) is None


def test_the_token_of_a_gitlab_job_is_sent_as_one(desk: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, {"GITLAB_TOKEN": "tok-j", "CI_JOB_TOKEN": "tok-j", "CI_PROJECT_PATH": "a/b"})
    assert host_given.given("gitlab", session(desk).policy).line.bearing == ("JOB-TOKEN", "")
    monkeypatch.setenv("GITLAB_TOKEN", "tok-b")
    assert host_given.given("gitlab", session(desk).policy).line.bearing is None


def test_a_summary_goes_to_the_file_that_the_host_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert host_given.summary_file() is None
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "摘要.md"))
    assert host_given.summary_file() == tmp_path / "摘要.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "没有" / "摘要.md"))
    assert host_given.summary_file() is None
