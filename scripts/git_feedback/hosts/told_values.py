"""Values in the answers of hosts, read with care: every word there may be a stranger's."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from git_feedback.hosts.asking import HostFailed, Line
from git_feedback.hosts.provider import Label
from git_feedback.hosts.wanted import Told
from git_feedback.intake import issues as forms
from git_feedback.notation import clean

GHOST = "ghost"
"""The login that hosts give to all who are gone."""
_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(\[bot\])?")
_LARGEST = 2**53
_YEARS = range(2001, 2099)


def login(user: object, key: str = "login") -> str:
    """Who somebody is, in small letters; empty where nobody can be told by it."""
    found = user.get(key) if isinstance(user, Mapping) else None
    known = isinstance(found, str) and _LOGIN.fullmatch(found) and found.casefold() != GHOST
    return str(found).casefold() if known else ""


def number(value: object) -> int | None:
    """A number that hosts count by, from 1 on."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value < _LARGEST else None  # type: ignore[operator, return-value]


def words(value: object) -> str:
    """What somebody wrote, with nothing in it that cannot be written down."""
    return clean(value) if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """A moment with its zone in a year that items can have, or None."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo and found.year in _YEARS else None


def written_moment(value: datetime) -> str:
    """A moment as hosts want it in a question."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def names(labels: object) -> tuple[str, ...]:
    """The names of labels, which hosts tell as words or as things with a name."""
    if not isinstance(labels, list):
        return ()
    found = (one.get("name") if isinstance(one, Mapping) else one for one in labels)
    return tuple(one for one in found if isinstance(one, str) and one)


def label(one: object) -> Label | None:
    """A label as a host tells it; None for what is none."""
    if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
        return None
    color = str(one.get("color") or "").removeprefix("#").lower()
    return Label(one["name"], color or "ededed", str(one.get("description") or ""))


def thing(value: object, line: Line) -> Mapping[str, Any]:
    """The one thing that was asked for.  Raises HostFailed where the answer is something else."""
    if not isinstance(value, Mapping):
        raise HostFailed("host-no-json", host=line.host)
    return value


def told(found: Iterator[object], kind: str) -> Iterator[Told]:
    """Issues in the form of GitHub, each once, with the reason for one that cannot be read."""
    seen: set[int] = set()
    for one in found:
        read = _told(one, kind)
        if read.issue is None:
            yield read
        elif read.issue.number not in seen:
            seen.add(read.issue.number)
            yield read


def _told(one: object, kind: str) -> Told:
    if not isinstance(one, Mapping):
        return Told("?", None, "issue")
    there = number(one.get("number"))
    name = f"#{there}" if there else "?"
    try:
        return Told(name, forms.told_by_host(one, kind))
    except forms.Unreadable as wrong:
        return Told(name, None, wrong.reason)
