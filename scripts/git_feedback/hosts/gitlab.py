"""GitLab: one project by the REST API, version 4.

What begins a line with `/` there is obeyed (quick actions), with the rights of whoever writes: no line of ours does.
"""

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

_ORDERED = re.compile(r"^([ \t]*)/", re.MULTILINE)
_DISARMED = re.compile(r"^([ \t]*)\\/", re.MULTILINE)
OF_JOB = "JOB-TOKEN"
"""The header of the token of a CI job."""


@dataclass(slots=True)
class GitLab:
    """One project on GitLab; issues are known by the number within it (`iid`)."""

    repository: str
    line: Line
    kind: str = "gitlab"
    _me: str = field(default="", init=False)

    # ---- asking -----------------------------------------------------------------------------------------------------

    def issues(self, label: str, since: datetime | None = None) -> Iterator[Told]:
        """Every issue with the label, open or closed, in the order in which they were made."""
        yield from read.told((_as_github(one) for one in self._listed(label, since)), self.kind)

    def comments(self, number: int) -> Iterator[Comment]:
        """All comments of one issue, oldest first, without the notes that GitLab makes by itself."""
        address = self._at("issues", number, "notes", sort="asc", order_by="created_at", per_page=A_PAGE)
        for one in linked(self.line, address):
            found = self._comment(one, number)
            if found:
                yield found

    def comments_since(self, since: datetime, label: str) -> Iterator[Comment]:
        """The comments of all issues with the label that were written or changed since then, oldest first."""
        numbers = [told.issue.number for told in self.issues(label, since) if told.issue]
        found = [one for number in numbers for one in self.comments(number) if one.changed >= since]
        yield from sorted(found, key=lambda one: (one.at, int(one.id)))

    def opened(self, number: int) -> datetime | None:
        """When an issue was made, to the second; None where the host does not say."""
        at = read.moment(read.thing(self.line.get(self._at("issues", number)).value, self.line).get("created_at"))
        return at.replace(microsecond=0) if at else None

    def labels(self, number: int) -> tuple[str, ...]:
        """The labels that an issue bears."""
        return read.names(read.thing(self.line.get(self._at("issues", number)).value, self.line).get("labels"))

    def known_labels(self) -> dict[str, Label]:
        """The labels of the project by name, those of its groups among them."""
        found = (read.label(one) for one in linked(self.line, self._at("labels", per_page=A_PAGE)))
        return {one.name: one for one in found if one}

    # ---- telling ----------------------------------------------------------------------------------------------------

    def say(self, number: int, text: str) -> str:
        """Write a comment; its id."""
        told = self.line.tell_once("POST", self._at("issues", number, "notes"), {"body": _disarmed(text)}).value
        found = read.number(told.get("id")) if isinstance(told, Mapping) else None
        if found is None:
            raise HostFailed("host-unsure", host=self.line.host)
        return str(found)

    def change(self, number: int, comment: str, text: str) -> None:
        """Put other words into a comment of the desk."""
        self.line.tell("PUT", self._at("issues", number, "notes", comment), {"body": _disarmed(text)})

    def label(self, number: int, add: Collection[str], remove: Collection[str]) -> None:
        """Add and take away labels; one that is not there is taken away all the same."""
        words = {"add_labels": ",".join(add), "remove_labels": ",".join(remove)}
        if add or remove:
            self.line.tell("PUT", self._at("issues", number), {name: some for name, some in words.items() if some})

    def make_label(self, label: Label) -> None:
        """Make a label, or give it its colour and description again; one of a group stays as the group has it."""
        words = {"color": f"#{label.color}", "description": label.description}
        try:
            self.line.tell("POST", self._at("labels"), {"name": label.name, **words})
        except HostFailed as failed:
            if failed.values.get("answer") != 409:
                raise
            self._change_label(label.name, words)

    def _change_label(self, name: str, words: Mapping[str, str]) -> None:
        try:
            self.line.tell("PUT", self._at("labels", name), words)
        except HostFailed as failed:
            if failed.code != "host-not-found":
                raise

    def close(self, number: int) -> None:
        """Close an issue."""
        self.line.tell("PUT", self._at("issues", number), {"state_event": "close"})

    def reopen(self, number: int) -> None:
        """Open an issue again."""
        self.line.tell("PUT", self._at("issues", number), {"state_event": "reopen"})

    # ---- how --------------------------------------------------------------------------------------------------------

    def _at(self, *path: object, **facts: object) -> str:
        steps = "/".join(quote(str(step), safe="") for step in ("projects", self.repository, *path))
        return f"{self.line.api.rstrip('/')}/{steps}" + (f"?{urlencode(facts)}" if facts else "")

    def _listed(self, label: str, since: datetime | None) -> Iterator[Any]:
        facts = {"labels": label, "state": "all", "order_by": "created_at", "sort": "asc", "per_page": str(A_PAGE)}
        if since:
            facts["updated_after"] = written_moment(since)
        return linked(self.line, self._at("issues", **facts))

    def _comment(self, one: Any, issue: int) -> Comment | None:
        """A comment as GitLab tells it; None for what GitLab notes by itself, and for what is none."""
        if not isinstance(one, Mapping) or one.get("system"):
            return None
        at, name = read.moment(one.get("created_at")), read.number(one.get("id"))
        if at is None or name is None:
            return None
        who, body = read.login(one.get("author"), "username"), read.words(one.get("body"))
        is_own = bool(who) and who == self._own()
        words = _DISARMED.sub(r"\1/", body) if is_own else body
        changed = read.moment(one.get("updated_at")) or at
        internal = one.get("internal") is True or one.get("confidential") is True
        return Comment(str(name), issue, who, words, at, changed, is_own, internal)

    def _own(self) -> str:
        """Who the desk is, asked for once; the token of a job is told by its job."""
        if not self._me:
            is_of_job = self.line.bearing is not None and self.line.bearing[0] == OF_JOB
            told = read.thing(
                self.line.get(f"{self.line.api.rstrip('/')}/{'job' if is_of_job else 'user'}").value, self.line
            )
            self._me = read.login(told.get("user") if is_of_job else told, "username") or "?"
        return self._me


def _disarmed(text: str) -> str:
    return _ORDERED.sub(r"\1\\/", text)


def _as_github(one: object) -> object:
    """An issue of GitLab in the form of GitHub."""
    if not isinstance(one, Mapping):
        return one
    names = {"number": "iid", "title": "title", "body": "description", "created_at": "created_at"}
    facts = {name: one[theirs] for name, theirs in names.items() if theirs in one}
    return {**facts, "user": {"login": read.login(one.get("author"), "username")}}
