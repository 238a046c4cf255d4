"""What a fake host keeps in mind: issues, comments, labels; and how it misbehaves when it is told to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

COLOR = "ededed"


@dataclass
class FakeComment:
    """A comment on an issue; `system` for a note of the host itself, `internal` for one of the team alone (GitLab)."""

    id: int
    login: str
    body: str
    at: datetime
    changed: datetime
    system: bool = False
    internal: bool = False


@dataclass
class FakeIssue:
    """An issue, or a pull request that its host lists among the issues."""

    number: int
    title: str
    body: str | None
    login: str
    labels: list[str]
    at: datetime
    changed: datetime
    closed: bool = False
    pull: bool = False
    comments: list[FakeComment] = field(default_factory=list)


@dataclass(frozen=True)
class Failure:
    """An answer that is none; `done` where the host did what it was told all the same."""

    status: int = 500
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"message": "no"}'
    hang: float = 0.0
    """Seconds before it says anything."""
    cut: bool = False
    """Whether the answer breaks off in the middle."""
    done: bool = False


@dataclass(frozen=True)
class Reply:
    """What the host says; `value` is written as JSON, None as nothing."""

    status: int = 200
    value: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What was asked: the steps of the path below the API, the words behind it, and the body."""

    method: str
    steps: tuple[str, ...]
    words: dict[str, str]
    body: dict[str, Any]
    address: str
    """The whole address, for that of the next page."""


@dataclass
class State:
    """The one repository that a fake host has."""

    repository: str = "desk/feedback"
    login: str = "desk-bot"
    """Whose token it is."""
    now: datetime = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    """Goes on by a second with everything that is written."""
    issues: dict[int, FakeIssue] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    a_page: int = 100
    """So many rows a page holds at most, whatever was asked for."""
    ids: int = 1000
    of_owner: list[str] = field(default_factory=list)
    """Labels that the owner of the repository has for all of them (Gitea)."""
    has_graphql: bool = True
    """Whether its other API is there (GitHub)."""
    tells_count: bool = True
    """Whether lists say how many rows there are (Gitea)."""

    def next_id(self) -> int:
        """A number that nothing else has."""
        self.ids += 1
        return self.ids

    def tick(self) -> datetime:
        """A second later."""
        self.now += timedelta(seconds=1)
        return self.now

    def bear(self, issue: FakeIssue, names: list[str]) -> None:
        """Put labels on an issue; one that the repository does not know is made, as hosts do."""
        for name in names:
            self.labels.setdefault(name, {"color": COLOR, "description": ""})
            if name not in issue.labels:
                issue.labels.append(name)
        issue.changed = self.tick()

    def add_comment(self, issue: FakeIssue, login: str, body: str, *, system: bool = False) -> FakeComment:
        """A new comment below an issue."""
        at = self.tick()
        made = FakeComment(self.next_id(), login, body, at, at, system)
        issue.comments.append(made)
        issue.changed = at
        return made

    def comment_of(self, found: int) -> tuple[FakeIssue, FakeComment] | None:
        """A comment by its id, with its issue."""
        pairs = ((issue, one) for issue in self.issues.values() for one in issue.comments)
        return next(((issue, one) for issue, one in pairs if one.id == found), None)

    def listed(self, label: str, since: str | None, *, pulls: bool = False) -> list[FakeIssue]:
        """Issues with a label that changed since a moment, in the order in which they were made."""
        found = sorted(self.issues.values(), key=lambda one: one.number)
        return [
            one
            for one in found
            if (not label or set(label.split(",")) <= set(one.labels))
            and (since is None or one.changed >= datetime.fromisoformat(since))
            and (pulls or not one.pull)
        ]


def written(moment: datetime) -> str:
    """A moment as hosts write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def page(state: State, question: Question, rows: list[Any], size: str = "per_page") -> Reply:
    """One page of rows, with the address of the next one in `Link`."""
    number = int(question.words.get("page", "1"))
    length = min(int(question.words.get(size, "30")), state.a_page)
    some = rows[(number - 1) * length : number * length]
    if number * length >= len(rows):
        return Reply(value=some)
    base = "&".join(f"{key}={value}" for key, value in _quoted(question) if key != "page")
    where = question.address.partition("?")[0]
    link = f'<{where}?{base}&page={number + 1}>; rel="next", <{where}?{base}&page=99>; rel="last"'
    return Reply(value=some, headers={"Link": link})


def _quoted(question: Question) -> list[tuple[str, str]]:
    return [(key, quote(value)) for key, value in question.words.items()]
