"""The event of a comment, as GitHub, GitLab and Gitea tell it: who wrote what under which issue, and when.

GitHub and Gitea: `issue_comment`; GitLab: the hook of a note.  Which of them speaks is seen from the event.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from git_feedback.intake.issues import Unreadable

Action = Literal["created", "edited", "deleted"]

LONGEST = 1_000_000
"""Characters of a comment; what is longer than GitLab allows is no comment."""
_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
_BOT = re.compile(r"\[bot\]$|^(?:project|group)_[0-9]+_bot(?:_|$)", re.IGNORECASE)
_NOBODY = ("ghost",)
"""Logins that hosts give to all who are gone."""
_OWN = re.compile(r"^<!-- git-feedback\b", re.MULTILINE)
"""How the hidden mark in the desk's own comments begins, on a line of its own."""
_ACTIONS: Mapping[str, Action] = {
    "created": "created", "edited": "edited", "deleted": "deleted", "create": "created", "update": "edited",
}  # fmt: skip
_YEARS = range(2001, 2099)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment under an issue."""

    kind: str
    """github, gitlab or gitea."""
    issue: int
    opened: datetime
    """When the issue was made."""
    id: str
    login: str
    """In small letters; empty where nobody can be told by it."""
    by_author: bool
    """Whether whoever made the issue wrote it."""
    body: str
    at: datetime
    action: Action = "created"
    internal: bool = False
    """Whether the team alone can read it (GitLab)."""
    nobody: str = ""
    """Why nothing is to be done: a machine or the desk itself wrote it (`machine`), or it is under no issue (`pull`)."""

    @property
    def issue_source(self) -> str:
        """The key of the issue."""
        return f"{self.kind}#{self.issue}"

    @property
    def source(self) -> str:
        """The key of the comment: by it a second run knows that the words are there."""
        return f"{self.issue_source}/c{self.id}"


def said(event: bytes, kind: str | None = None) -> Said:
    """The comment in an event; `kind` says whose event it is where the desk knows.  Raises Unreadable."""
    try:
        told = json.loads(event.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(" ".join(str(error).split())) from None
    if not isinstance(told, Mapping):
        raise Unreadable("comment")
    found = _note(told) if told.get("object_kind") == "note" else _comment(told, kind)
    if len(found.body) > LONGEST:
        raise Unreadable("comment.body")
    return found


def _comment(told: Mapping[str, Any], kind: str | None) -> Said:
    """`issue_comment` of GitHub and of Gitea."""
    issue, comment = _part(told, "issue"), _part(told, "comment")
    user = _part(comment, "user", "comment.user")
    is_pull = bool(issue.get("pull_request")) or told.get("is_pull") is True
    body = _text(comment.get("body"), "comment.body")
    own = kind or ("gitea" if "is_pull" in told else "github")
    return Said(
        kind=own if own != "gitlab" else "github",
        issue=_number(issue.get("number"), "issue.number"),
        opened=_moment(issue.get("created_at"), "issue.created_at"),
        id=str(_number(comment.get("id"), "comment.id")),
        login=_login(user),
        by_author=bool(_login(user)) and _login(issue.get("user")) == _login(user),
        body=body,
        at=_moment(comment.get("created_at"), "comment.created_at"),
        action=_action(told.get("action")),
        nobody="pull" if is_pull else _nobody(user, body),
    )


def _note(told: Mapping[str, Any]) -> Said:
    """The hook of a note of GitLab; notes under merge requests, commits and snippets have no issue."""
    note, user = _part(told, "object_attributes"), _part(told, "user")
    body = _text(note.get("note"), "object_attributes.note")
    is_issue = note.get("noteable_type") == "Issue"
    issue = _part(told, "issue") if is_issue else {}
    at = _moment(note.get("created_at"), "object_attributes.created_at")
    author = issue.get("author_id")
    return Said(
        kind="gitlab",
        issue=_number(issue.get("iid"), "issue.iid") if is_issue else 0,
        opened=_moment(issue.get("created_at"), "issue.created_at") if is_issue else at,
        id=str(_number(note.get("id"), "object_attributes.id")),
        login=_login(user),
        by_author=isinstance(author, int) and author == note.get("author_id", user.get("id")),
        body=body,
        at=at,
        action=_action(note.get("action") or _done_to(note)),
        internal=note.get("internal") is True or note.get("confidential") is True,
        nobody=("machine" if note.get("system") is True else _nobody(user, body)) if is_issue else "pull",
    )


def _part(told: Mapping[str, Any], name: str, path: str = "") -> Mapping[str, Any]:
    found = told.get(name)
    if not isinstance(found, Mapping):
        raise Unreadable(path or name)
    return found


def _text(value: object, path: str) -> str:
    """Words as they may be looked at: half a character (a lone surrogate) is none."""
    if not isinstance(value, str):
        raise Unreadable(path)
    return value.encode("utf-8", "replace").decode("utf-8")


def _number(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**53:
        raise Unreadable(path)
    return value


def _moment(value: object, path: str) -> datetime:
    """`2026-11-20T03:01:00Z`, and GitLab's `2026-11-20 03:01:00 UTC`."""
    try:
        found = datetime.fromisoformat(str(value).replace(" UTC", "+00:00").replace(" +", "+"))
    except ValueError:
        raise Unreadable(path) from None
    if found.tzinfo is None or found.year not in _YEARS:
        raise Unreadable(path)
    return found.replace(microsecond=0)


def _action(value: object) -> Action:
    found = _ACTIONS.get(value) if isinstance(value, str) else None
    if found is None:
        raise Unreadable("action")
    return found


def _done_to(note: Mapping[str, Any]) -> str:
    """What older GitLabs do not tell: whether a note is new."""
    return "create" if note.get("updated_at") in (None, note.get("created_at")) else "update"


def _login(user: object) -> str:
    """By what somebody is known on the host: Gitea has `username` beside `login`, GitLab nothing else."""
    names = (user.get("login"), user.get("username")) if isinstance(user, Mapping) else ()
    found = next((one for one in names if isinstance(one, str) and _LOGIN.fullmatch(one)), "")
    return "" if found.casefold() in _NOBODY else found.casefold()


def _nobody(user: Mapping[str, Any], body: str) -> str:
    names = [one for one in (user.get("login"), user.get("username")) if isinstance(one, str)]
    is_one = user.get("type") == "Bot" or any(is_machine(one, body) for one in names or [""])
    return "machine" if is_one else ""


def is_machine(login: str, body: str) -> bool:
    """Whether a robot wrote a comment, or the desk itself, by its hidden mark."""
    return bool(_BOT.search(login) or _OWN.search(body))
