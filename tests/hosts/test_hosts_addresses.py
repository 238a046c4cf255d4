"""What a repository's address tells; and that no file can send a token to a host of its own."""

import pytest

from git_feedback.hosts.addresses import api_of, kind_of, repository_of


@pytest.mark.parametrize(
    ("address", "kind", "repository"),
    [
        ("https://github.com/desk/feedback", "github", "desk/feedback"),
        ("https://github.com/desk/feedback.git/", "github", "desk/feedback"),
        ("git@github.com:desk/feedback.git", "github", "desk/feedback"),
        ("ssh://git@gitlab.example.com:2222/组/子组/desk.git", "gitlab", "组/子组/desk"),
        ("https://gitlab.example.com/group/sub/desk", "gitlab", "group/sub/desk"),
        ("git@gitlab.com:group/sub/desk.git", "gitlab", "group/sub/desk"),
        ("https://forgejo.example.com/git/desk/feedback", "gitea", "desk/feedback"),
        ("https://codeberg.org/desk/feedback", "gitea", "desk/feedback"),
        ("https://git.example.com/desk/feedback", "", "desk/feedback"),
        ("desk/feedback", "", "desk/feedback"),
        ("https://notgithub.com/desk/feedback", "", "desk/feedback"),
        ("https://github.com/desk", "github", ""),
        ("https://[", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_an_address_tells_its_kind_and_its_repository(address: str | None, kind: str, repository: str) -> None:
    assert kind_of(address) == kind
    assert repository_of(address, kind) == repository


@pytest.mark.parametrize(
    ("address", "kind", "api"),
    [
        ("https://github.com/desk/feedback", "github", "https://api.github.com"),
        ("git@gitlab.com:desk/feedback", "gitlab", "https://gitlab.com/api/v4"),
        ("https://codeberg.org/desk/feedback", "gitea", "https://codeberg.org/api/v1"),
        (None, "github", "https://api.github.com"),
        ("desk/feedback", "github", "https://api.github.com"),
        (None, "gitlab", ""),
        ("https://github.evil.example/desk/feedback", "github", ""),
        ("https://gitlab.example.com/desk/feedback", "gitlab", ""),
        ("https://github.com/desk/feedback", "gitlab", ""),
    ],
)
def test_an_api_is_told_for_well_known_hosts_alone(address: str | None, kind: str, api: str) -> None:
    assert api_of(address, kind) == api
