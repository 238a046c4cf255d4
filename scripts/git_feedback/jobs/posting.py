"""Comments that wait in the outbox are posted below their issues, each once; what went out stands in the history after.

A comment carries a hidden mark of what it tells and since when.  Where the mark stands already below the issue, in words
that the desk wrote, the comment arrived by an earlier run of which nothing else is known: it is noted, and not said again.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git_feedback import i18n
from git_feedback.clock import parse_moment
from git_feedback.desk import Refusal, Standing, act
from git_feedback.hosts import HostFailed
from git_feedback.hosts.provider import Provider
from git_feedback.jobs import mirroring, telling
from git_feedback.model import Event, Item, Problem
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, append, read, write_file

BY = "nightly"
SAID_BY_ANSWER = "received"
"""What the one answer below an issue says itself: no second comment is needed."""
IN_THE_HISTORY = ("reply", "respond")
"""What stands there already when a person leaves its words to be posted."""
_NAME = re.compile(r"(?P<id>[A-Z]{1,4}[0-9]{6}-[0-9A-Z]{7})-(?P<about>[a-z]+)(?P<left>-[0-9]{8}T[0-9]{6})?\.json")
_KEYS = ("id", "target", "about", "at", "text")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment in the outbox: for which item and issue, what it is about, since when, and its words."""

    path: str
    id: str
    number: int
    about: str
    """As `notify` has it; empty where the history has the words already."""
    at: str
    text: str

    @property
    def marker(self) -> str:
        """What nobody sees, and the comment is found again by."""
        kind = self.about or Path(self.path).stem.removeprefix(f"{self.id}-")
        return f"<!-- git-feedback {self.id} {kind} {self.at} -->"

    @property
    def comment(self) -> str:
        """What is posted."""
        return f"{self.text.strip()}\n\n{self.marker}\n"


@dataclass(frozen=True, slots=True)
class Unposted:
    """A comment that was not posted, and why."""

    waiting: Waiting
    why: HostFailed | Refusal

    def said(self, language: str) -> str:
        """The reason in one line."""
        if isinstance(self.why, Refusal):
            return self.why.said(language)
        between = "；" if language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.why.code, language, **self.why.values) if half)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a run posted, what it found posted already, what failed; `unread` are files that are no comments of items."""

    posted: tuple[Waiting, ...] = ()
    found: tuple[Waiting, ...] = ()
    failed: tuple[Unposted, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[Waiting, ...]:
        """Those that stand below their issues now."""
        return (*self.posted, *self.found)

    @property
    def is_well(self) -> bool:
        """Whether there is nothing for a person to look at."""
        return not (self.failed or self.unread)


def waiting(root: Path, standings: Iterable[Standing], kind: str) -> tuple[list[Waiting], list[str]]:
    """The comments in the outbox for issues of that host, and the files that are none of any item's.

    Nobody is told of what was imported from the past, whatever lies in the outbox.
    """
    by_id = {one.item.id: one.item for one in standings if one.item.record != "history"}
    found, unread = [], []
    for path in sorted((root / telling.COMMENTS).glob("*.json")):
        read_one = _read(path, by_id, kind)
        if read_one:
            found.append(read_one)
        else:
            unread.append(f"{telling.COMMENTS}/{path.name}")
    return found, unread


def _read(path: Path, by_id: Mapping[str, Item], kind: str) -> Waiting | None:
    name, told = _NAME.fullmatch(path.name), _json(path)
    item = by_id.get(name["id"]) if name else None
    if name is None or item is None or any(not isinstance(told.get(key), str) for key in _KEYS):
        return None
    if not _is_moment(told["at"]):
        return None
    number = mirroring.number_of(item.source, kind)
    if number is None or told["target"] != item.source or told["id"] != item.id or not told["text"].strip():
        return None
    is_said = bool(name["left"]) and told["about"] in IN_THE_HISTORY
    about = "" if is_said else name["about"]
    return Waiting(f"{telling.COMMENTS}/{path.name}", item.id, number, about, told["at"], told["text"])


def _json(path: Path) -> dict[str, str]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_moment(said: str) -> bool:
    try:
        parse_moment(said)
    except ValueError:
        return False
    return True


def post(
    provider: Provider, listed: Sequence[Waiting], standings: Iterable[Standing], policy: Policy, now: datetime
) -> Posted:
    """Post what does not stand there yet; one that fails keeps no other from being posted.

    What could not be noted afterwards is not posted at all.
    """
    by_id = {one.item.id: one for one in standings}
    posted: list[Waiting] = []
    found: list[Waiting] = []
    failed: list[Unposted] = []
    in_a_row = 0
    for one in listed:
        event = _event(by_id[one.id].item, one, policy, now) if one.about else None
        if isinstance(event, Refusal):
            failed.append(Unposted(one, event))
            continue
        try:
            (posted if _posted(provider, one, by_id[one.id], policy, now) else found).append(one)
            in_a_row = 0
        except HostFailed as why:
            failed.append(Unposted(one, why))
            in_a_row += 1
        if in_a_row == mirroring.IN_A_ROW:
            break
    return Posted(tuple(posted), tuple(found), tuple(failed))


def _posted(provider: Provider, one: Waiting, standing: Standing, policy: Policy, now: datetime) -> bool:
    """Whether something had to be written; where it stands there already, nothing has."""
    if one.about == SAID_BY_ANSWER:
        return mirroring.mirror(provider, one.number, standing, policy, now).said
    there = list(provider.comments(one.number))
    if any(each.own and one.marker in each.body for each in there):
        return False
    if mirroring.own_answer(there, one.id) is None:
        mirroring.require_its_issue(provider, one.number, standing.item)
    provider.say(one.number, one.comment)
    return True


# ---- afterwards -----------------------------------------------------------------------------------------------------


def write_down(root: Path, told: Iterable[Waiting], policy: Policy, now: datetime) -> tuple[list[str], list[Problem]]:
    """Note in each history what its submitter was told; the paths, and what could not be written.

    Files are read anew: posting takes its time, and what is noted already is not noted twice.
    """
    paths: list[str] = []
    problems: list[Problem] = []
    for one in told:
        try:
            path = _noted(root, one, policy, now) if one.about else None
        except BadItem as bad:
            problems += bad.problems
        except OSError as error:
            problems.append(Problem(one.path, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)}))
        else:
            paths += [path] if path else []
    return list(dict.fromkeys(paths)), problems


def _noted(root: Path, one: Waiting, policy: Policy, now: datetime) -> str | None:
    """The path of the item's file, where something was written to it."""
    path, _ = Desk(root).item(one.id)
    source = (root / path).read_bytes()
    item = read(source, file=path)
    if _is_noted(item, one):
        return None
    event = _event(item, one, policy, now)
    if isinstance(event, Refusal):
        raise BadItem([Problem(path, 1, 1, event.code, dict(event.values))])
    write_file(root / path, append(source, event, file=path))
    return path


def _is_noted(item: Item, one: Waiting) -> bool:
    """Whether the history says that they were told of it since it came up."""
    since = parse_moment(one.at)
    told = (event for event in item.history if isinstance(event, ev.Notify))
    return any(event.about == one.about and event.at >= since for event in told)


def _event(item: Item, one: Waiting, policy: Policy, now: datetime) -> Event | Refusal:
    return act("notify", item, policy, now, BY, {"about": one.about, "text": one.text.strip()})


def taken_away(root: Path, told: Iterable[Waiting]) -> None:
    """What was posted and noted waits no longer."""
    for one in told:
        with suppress(FileNotFoundError):
            (root / one.path).unlink()
