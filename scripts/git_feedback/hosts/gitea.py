"""Gitea and Forgejo: the language of GitHub, API version 1, with accents of their own.

A label has a number there, lists tell no next page, and a list asked for by a label that the repository does not know is
the list of all (`GetLabelIDsInRepoByNames` leaves unknown names out): so the label is looked for once more here.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from git_feedback.hosts import told_values as read
from git_feedback.hosts.asking import HostFailed
from git_feedback.hosts.github import GitHub
from git_feedback.hosts.paging import numbered
from git_feedback.hosts.provider import Label
from git_feedback.hosts.told_values import written_moment

_A_PAGE = 50
ACTIONS = "gitea-actions"


@dataclass(slots=True)
class Gitea(GitHub):
    """One repository on Gitea or Forgejo."""

    kind: str = "gitea"
    robot: str = ACTIONS
    _numbers: dict[str, int] = field(default_factory=dict, init=False)
    """The number of each label that was looked up."""

    def label(self, number: int, add: Collection[str], remove: Collection[str]) -> None:
        """Add and take away labels; one that the repository does not know yet is made."""
        if add:
            numbers = [self._number_of(name) for name in add]
            self.line.tell("POST", self._at("issues", number, "labels"), {"labels": numbers})
        if remove:
            borne = read.thing(self.line.get(self._at("issues", number)).value, self.line).get("labels")
            for one in borne if isinstance(borne, list) else []:
                if isinstance(one, Mapping) and one.get("name") in remove:
                    self._take_away(number, one.get("id"))

    def make_label(self, label: Label) -> None:
        """Make a label, or give it its colour and description again."""
        words = {"name": label.name, "color": f"#{label.color}", "description": label.description}
        there = self._known().get(label.name)
        if there is None:
            self._numbers[label.name] = self._made(words)
        else:
            self.line.tell("PATCH", self._at("labels", there), words)

    # ---- how --------------------------------------------------------------------------------------------------------

    def _listed(self, label: str, since: datetime | None) -> Iterator[Any]:
        facts = {"labels": label, "state": "all", "type": "issues"}
        if since:
            facts["since"] = written_moment(since)
        found = [one for one in self._pages("issues", **facts) if not isinstance(one, Mapping) or _bears(one, label)]
        return iter(
            sorted(found, key=lambda one: read.number(one.get("number")) or 0 if isinstance(one, Mapping) else 0)
        )

    def _pages(self, *path: object, **facts: str) -> Iterator[Any]:
        return numbered(self.line, self._at(*path), facts, _A_PAGE)

    def _viewer(self) -> str:
        return ""

    def _take_away(self, number: int, label: object) -> None:
        with _if_there():
            self.line.tell("DELETE", self._at("issues", number, "labels", label))

    def _number_of(self, name: str) -> int:
        """The number of a label by its name: the repository's, else its owner's, else that of a new one."""
        if name not in self._numbers:
            self._numbers.update(self._known())
        if name not in self._numbers:
            self._numbers.update(self._of_owner())
        if name not in self._numbers:
            self._numbers[name] = self._made({"name": name, "color": f"#{Label(name).color}"})
        return self._numbers[name]

    def _known(self) -> dict[str, int]:
        return _by_name(self._pages("labels"))

    def _of_owner(self) -> dict[str, int]:
        """The labels that an organisation has for all its repositories; a person has none."""
        owner = quote(self.repository.partition("/")[0], safe="")
        with _if_there():
            return _by_name(numbered(self.line, f"{self.line.api.rstrip('/')}/orgs/{owner}/labels", {}, _A_PAGE))
        return {}

    def _made(self, words: Mapping[str, object]) -> int:
        made = read.number(
            read.thing(self.line.tell_once("POST", self._at("labels"), words).value, self.line).get("id")
        )
        if made is None:
            raise HostFailed("host-unsure", host=self.line.host)
        return made


@contextmanager
def _if_there() -> Iterator[None]:
    """Goes on where the host knows no such thing."""
    try:
        yield
    except HostFailed as failed:
        if failed.code != "host-not-found":
            raise


def _by_name(found: Iterator[Any]) -> dict[str, int]:
    known = ((read.label(one), read.number(one.get("id"))) for one in found if isinstance(one, Mapping))
    return {label.name: number for label, number in known if label and number}


def _bears(one: Mapping[str, Any], label: str) -> bool:
    return label in read.names(one.get("labels"))
