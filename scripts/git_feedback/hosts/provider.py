"""What every Git host can be asked for and told: one form for GitHub, GitLab and Gitea.

A provider is bound to one repository and to one line.  Every method raises HostFailed when the host cannot be asked or
refuses; what asks changes nothing, what tells may be told twice with the same outcome, `say` aside.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from git_feedback.hosts.wanted import Told


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment on an issue: its name on the host, the number of the issue, who wrote it, what and when."""

    id: str
    issue: int
    login: str
    """In small letters; empty where nobody can be told by it."""
    body: str
    at: datetime
    changed: datetime
    own: bool = False
    """Whether the desk itself wrote it: the only comments that may be changed."""
    internal: bool = False
    """Whether the team alone can read it (GitLab)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a repository; `color` is six hexadecimal digits."""

    name: str
    color: str = "ededed"
    description: str = ""


class Provider(Protocol):
    """One repository on one host."""

    kind: str
    """github, gitlab or gitea: what the sources of its issues begin with (`github#12`)."""

    def issues(self, label: str, since: datetime | None = None) -> Iterator[Told]:
        """Every issue with the label, open or closed, in the order in which they were made."""

    def comments(self, number: int) -> Iterator[Comment]:
        """All comments of one issue, oldest first; what the host itself notes there is none."""

    def comments_since(self, since: datetime, label: str) -> Iterator[Comment]:
        """The comments of all issues with the label that were written or changed since then."""

    def say(self, number: int, text: str) -> str:
        """Write a comment; its id.  Never sent twice by itself: whoever cannot know whether it arrived looks first."""

    def change(self, number: int, comment: str, text: str) -> None:
        """Put other words into a comment of the desk."""

    def opened(self, number: int) -> datetime | None:
        """When an issue was made, to the second; None where the host does not say."""

    def labels(self, number: int) -> tuple[str, ...]:
        """The labels that an issue bears."""

    def label(self, number: int, add: Collection[str], remove: Collection[str]) -> None:
        """Add and take away labels; one that is not there is taken away all the same."""

    def known_labels(self) -> dict[str, Label]:
        """The labels of the repository by name."""

    def make_label(self, label: Label) -> None:
        """Make a label, or give it its colour and description again."""

    def close(self, number: int) -> None:
        """Close an issue."""

    def reopen(self, number: int) -> None:
        """Open an issue again."""
