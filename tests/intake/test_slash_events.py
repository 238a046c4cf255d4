"""Events of comments as three hosts tell them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from git_feedback.intake.issues import Unreadable
from git_feedback.intake.slash_events import Said, said

AT = datetime(2026, 11, 20, 3, 1, 7, tzinfo=UTC)


def github(**given: Any) -> dict[str, Any]:
    """What GitHub sends, as far as anybody asks."""
    return {
        "action": "created",
        "issue": {"number": 12, "user": {"login": "Some-One", "type": "User"}, "created_at": "2026-11-19T01:00:00Z"},
        "comment": {
            "id": 3456,
            "user": {"login": "Lin-Wan", "type": "User"},
            "body": "/受理",
            "created_at": "2026-11-20T03:01:07Z",
            "updated_at": "2026-11-20T03:01:07Z",
        },
        "sender": {"login": "Lin-Wan"},
        **given,
    }


def gitlab(**given: Any) -> dict[str, Any]:
    """The hook of a note."""
    note = {
        "id": 1241, "note": "/受理", "noteable_type": "Issue", "author_id": 7, "system": False, "internal": False,
        "created_at": "2026-11-20 03:01:07 UTC", "updated_at": "2026-11-20 03:01:07 UTC", **given,
    }  # fmt: skip
    return {
        "object_kind": "note",
        "event_type": "note",
        "user": {"id": 7, "username": "lin.wan", "name": "林晚"},
        "object_attributes": note,
        "issue": {"id": 92, "iid": 17, "author_id": 8, "created_at": "2026-11-19 01:00:00 UTC"},
    }


def read(told: object, kind: str | None = None) -> Said:
    return said(json.dumps(told).encode(), kind)


def without(told: dict[str, Any], *path: str) -> dict[str, Any]:
    """The same, without one of its parts."""
    copy: dict[str, Any] = json.loads(json.dumps(told))
    part = copy
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return copy


def test_github_tells_who_wrote_what_below_which_issue() -> None:
    found = read(github())

    assert (found.kind, found.issue, found.id, found.login, found.by_author) == ("github", 12, "3456", "lin-wan", False)
    assert (found.body, found.at, found.action, found.nobody) == ("/受理", AT, "created", "")
    assert (found.issue_source, found.source) == ("github#12", "github#12/c3456")


def test_gitea_is_told_by_its_own_sign_and_by_what_the_desk_knows() -> None:
    told = {**github(), "is_pull": False}
    told["comment"]["user"] = {"id": 1, "username": "lin.wan"}

    assert (read(told).kind, read(told).login) == ("gitea", "lin.wan")
    assert read(github(), "gitea").kind == "gitea"


def test_gitlab_tells_the_author_by_a_number() -> None:
    found = read(gitlab())
    mine = read(gitlab(author_id=8))

    assert (found.kind, found.issue, found.id, found.login) == ("gitlab", 17, "1241", "lin.wan")
    assert (found.at, found.action, found.nobody) == (AT, "created", "")
    assert (found.by_author, mine.by_author) == (False, True)


def test_gitlab_tells_an_edit_by_a_word_or_by_two_times() -> None:
    assert read(gitlab(action="update")).action == "edited"
    assert read(gitlab(updated_at="2026-11-20 03:05:00 UTC")).action == "edited"
    assert read(gitlab(internal=True)).internal


def test_whoever_made_the_issue_is_known_whatever_the_capitals() -> None:
    told = github()
    told["comment"]["user"] = {"login": "some-ONE"}

    assert read(told).by_author


@pytest.mark.parametrize("action", ["created", "edited", "deleted"])
def test_what_happened_to_the_comment_is_told(action: str) -> None:
    assert read(github(action=action)).action == action


@pytest.mark.parametrize(
    "user",
    [{"login": "dependabot[bot]"}, {"login": "desk", "type": "Bot"}, {"username": "project_12_bot_ab34"}, {"login": "Group_7_bot"}],
)  # fmt: skip
def test_machines_are_nobody(user: dict[str, str]) -> None:
    told = github()
    told["comment"]["user"] = user

    assert read(told).nobody == "machine"


def test_the_desks_own_answer_is_nobodys_but_whoever_quotes_it_is_heard() -> None:
    own, quoted = github(), github()
    own["comment"]["body"] = "**Q261119-0AAJN0D** · 已受理\n\n<!-- git-feedback Q261119-0AAJN0D -->\n"
    quoted["comment"]["body"] = "> <!-- git-feedback Q261119-0AAJN0D -->\n\n谢谢"

    assert (read(own).nobody, read(quoted).nobody) == ("machine", "")


def test_a_robot_in_the_name_of_a_person_is_a_person() -> None:
    told = github()
    told["comment"]["user"] = {"login": "robot-lover"}

    assert read(told).nobody == ""


def test_comments_below_pull_requests_and_commits_are_left_alone() -> None:
    pull = github()
    pull["issue"]["pull_request"] = {"url": "https://x.example"}
    merge = gitlab(noteable_type="MergeRequest")
    del merge["issue"]

    assert read(pull).nobody == "pull"
    assert read({**github(), "is_pull": True}).nobody == "pull"
    assert (read(merge).nobody, read(merge).issue) == ("pull", 0)
    assert read(gitlab(system=True)).nobody == "machine"


def test_somebody_who_is_gone_has_no_login() -> None:
    told = github()
    told["comment"]["user"] = {"login": "ghost"}
    told["issue"]["user"] = {"login": "ghost"}

    assert (read(told).login, read(told).by_author) == ("", False)


def test_half_a_character_is_made_whole() -> None:
    told = github()
    told["comment"]["body"] = "好\ud83d"

    assert read(told).body == "好?"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([], "comment"),
        ({}, "issue"),
        ({"issue": {}}, "comment"),
        (github(action="pinned"), "action"),
        (github(action=None), "action"),
        (without(github(), "comment", "body"), "comment.body"),
        (without(github(), "comment", "user"), "comment.user"),
        (without(github(), "issue", "number"), "issue.number"),
        (without(github(), "issue", "created_at"), "issue.created_at"),
        (gitlab(id=True), "object_attributes.id"),
        (gitlab(created_at="yesterday"), "object_attributes.created_at"),
        (gitlab(created_at="1970-01-01 00:00:00 UTC"), "object_attributes.created_at"),
        (without(gitlab(), "issue", "iid"), "issue.iid"),
        ({"object_kind": "note"}, "object_attributes"),
    ],
)
def test_what_tells_of_no_comment_is_refused_with_the_part_that_is_missing(told: Any, reason: str) -> None:
    with pytest.raises(Unreadable) as found:
        read(told)

    assert found.value.reason == reason


@pytest.mark.parametrize("source", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_bytes_that_are_no_event_are_refused(source: bytes) -> None:
    with pytest.raises(Unreadable):
        said(source)


def test_a_comment_that_is_longer_than_any_host_takes_is_refused() -> None:
    told = github()
    told["comment"]["body"] = "字" * 1_000_001

    with pytest.raises(Unreadable, match=r"comment\.body"):
        read(told)
