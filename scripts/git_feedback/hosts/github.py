"""GitHub, and what speaks its language: one repository by the REST API of version 2022-11-28."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from git_feedback.hosts import told_values as read
from git_feedback.hosts.asking import HostFailed, Line
from git_feedback.hosts.paging import A_PAGE, linked
from git_feedback.hosts.provider import Comment, Label
from git_feedback.hosts.told_values import written_moment
from git_feedback.hosts.wanted import Told

ACTIONS = "github-actions[bot]"
"""Who a workflow's own token is: a token of a robot, which is not told who it is."""
_PULL = re.compile(r"/pulls?/[0-9]+")
VERSION = ("X-GitHub-Api-Version", "2022-11-28")


@dataclass(slots=True)
class GitHub:
    """One repository on GitHub."""

    repository: str
    line: Line
    kind: str = "github"
    robot: str = ACTIONS
    """Who a token is that may not ask who it is."""
    _me: str = field(default="", init=False)

    # ---- asking -----------------------------------------------------------------------------------------------------

    def issues(self, label: str, since: datetime | None = None) -> Iterator[Told]:
        """Every issue with the label, open or closed, in the order in which they were made; pull requests are none."""
        listed = self._listed(label, since)
        yield from read.told((one for one in listed if not _is_pull(one)), self.kind)

    def comments(self, number: int) -> Iterator[Comment]:
        """All comments of one issue, oldest first."""
        for one in self._pages("issues", number, "comments"):
            found = self._comment(one, number)
            if found:
                yield found

    def comments_since(self, since: datetime, label: str) -> Iterator[Comment]:
        """The comments of all issues with the label that were written or changed since then, oldest first."""
        facts = {"since": written_moment(since), "sort": "updated", "direction": "asc"}
        found = [self._comment(one) for one in self._pages("issues", "comments", **facts)]
        bears = {told.issue.number: True for told in self.issues(label, since) if told.issue}
        for one in sorted((one for one in found if one), key=lambda one: (one.at, int(one.id))):
            if one.issue not in bears:
                bears[one.issue] = label in self._labels_if_there(one.issue)
            if bears[one.issue]:
                yield one

    def opened(self, number: int) -> datetime | None:
        """When an issue was made, to the second; None where the host does not say."""
        at = read.moment(read.thing(self.line.get(self._at("issues", number)).value, self.line).get("created_at"))
        return at.replace(microsecond=0) if at else None

    def labels(self, number: int) -> tuple[str, ...]:
        """The labels that an issue bears."""
        return read.names(read.thing(self.line.get(self._at("issues", number)).value, self.line).get("labels"))

    def known_labels(self) -> dict[str, Label]:
        """The labels of the repository by name."""
        found = (read.label(one) for one in self._pages("labels"))
        return {one.name: one for one in found if one}

    # ---- telling ----------------------------------------------------------------------------------------------------

    def say(self, number: int, text: str) -> str:
        """Write a comment; its id."""
        told = self.line.tell_once("POST", self._at("issues", number, "comments"), {"body": text}).value
        found = read.number(told.get("id")) if isinstance(told, Mapping) else None
        if found is None:
            raise HostFailed("host-unsure", host=self.line.host)
        return str(found)

    def change(self, number: int, comment: str, text: str) -> None:  # noqa: ARG002 - other hosts need the number
        """Put other words into a comment of the desk."""
        self.line.tell("PATCH", self._at("issues", "comments", comment), {"body": text})

    def label(self, number: int, add: Collection[str], remove: Collection[str]) -> None:
        """Add and take away labels; one that is not there is taken away all the same."""
        if add:
            self.line.tell("POST", self._at("issues", number, "labels"), {"labels": list(add)})
        for name in remove:
            try:
                self.line.tell("DELETE", self._at("issues", number, "labels", name))
            except HostFailed as failed:
                if failed.code != "host-not-found":
                    raise

    def make_label(self, label: Label) -> None:
        """Make a label, or give it its colour and description again."""
        words = {"name": label.name, "color": label.color, "description": label.description}
        try:
            self.line.tell("POST", self._at("labels"), words)
        except HostFailed as failed:
            if failed.code != "host-not-taken":
                raise
            self.line.tell("PATCH", self._at("labels", label.name), {**words, "new_name": label.name})

    def close(self, number: int) -> None:
        """Close an issue."""
        self.line.tell("PATCH", self._at("issues", number), {"state": "closed"})

    def reopen(self, number: int) -> None:
        """Open an issue again."""
        self.line.tell("PATCH", self._at("issues", number), {"state": "open"})

    # ---- how --------------------------------------------------------------------------------------------------------

    def _at(self, *path: object, **facts: object) -> str:
        owner, _, name = self.repository.partition("/")
        steps = "/".join(quote(str(step), safe="") for step in ("repos", owner, name, *path))
        return f"{self.line.api.rstrip('/')}/{steps}" + (f"?{urlencode(facts)}" if facts else "")

    def _listed(self, label: str, since: datetime | None) -> Iterator[Any]:
        facts = {"labels": label, "state": "all", "sort": "created", "direction": "asc"}
        if since:
            facts["since"] = written_moment(since)
        return self._pages("issues", **facts)

    def _pages(self, *path: object, **facts: str) -> Iterator[Any]:
        return linked(self.line, self._at(*path, **facts, per_page=A_PAGE))

    def _labels_if_there(self, number: int) -> tuple[str, ...]:
        try:
            return self.labels(number)
        except HostFailed as failed:
            if failed.code != "host-not-found":
                raise
            return ()

    def _comment(self, one: Any, issue: int | None = None) -> Comment | None:
        """A comment as the host tells it; None for one on a pull request, and for what is none."""
        if not isinstance(one, Mapping) or _PULL.search(str(one.get("html_url", ""))):
            return None
        issue = issue or _at_the_end_of(one.get("issue_url"))
        at, name, who = read.moment(one.get("created_at")), read.number(one.get("id")), read.login(one.get("user"))
        if issue is None or at is None or name is None:
            return None
        changed = read.moment(one.get("updated_at")) or at
        return Comment(
            str(name), issue, who, read.words(one.get("body")), at, changed, bool(who) and who == self._own()
        )

    def _own(self) -> str:
        """Who the desk is, asked for once."""
        self._me = self._me or self._asked_who()
        return self._me

    def _asked_who(self) -> str:
        """Who the token belongs to.  That of a workflow or of another app may not ask for its user."""
        try:
            told = self.line.get(f"{self.line.api.rstrip('/')}/user").value
        except HostFailed as failed:
            if failed.values.get("answer") != 403:
                raise
            return self._viewer() or self.robot
        return read.login(read.thing(told, self.line)) or "?"

    def _viewer(self) -> str:
        """Who an app is, which the other API of GitHub tells; empty where that API is not there."""
        address = f"{self.line.api.rstrip('/').removesuffix('/v3')}/graphql"
        try:
            told = self.line.tell("POST", address, {"query": "{viewer{login}}"}).value
        except HostFailed as failed:
            if not isinstance(failed.values.get("answer"), int) or failed.code == "host-answered":
                raise
            return ""
        viewer = read.thing(told, self.line).get("data")
        return read.login(viewer.get("viewer")) if isinstance(viewer, Mapping) else ""


def _is_pull(one: object) -> bool:
    return isinstance(one, Mapping) and one.get("pull_request") is not None


def _at_the_end_of(address: object) -> int | None:
    last = str(address or "").rpartition("/")[2]
    return read.number(int(last)) if last.isascii() and last.isdigit() and len(last) < 16 else None
