"""Backups as they lie in a folder: Git bundles, each with a manifest of what it holds and what it builds on.

A manifest names every bundle that its state needs, so that none of the manifests before it has to be there.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from git_feedback.clock.moments import parse_moment, write_moment

FORMAT = 1
FULL, INCREMENT = "full", "inc"
_NAME = re.compile(r"desk-([0-9]{8}T[0-9]{6}Z)-(full|inc)")
_REF = re.compile(r"refs/(?:heads|tags|feedback)/[^\x00-\x20\x7f]+")
_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """A bundle as it was when it was written."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """The refs of a repository at a moment, and the bundles that hold them: the full one first."""

    at: datetime
    kind: str
    builds_on: str
    """The backup before it; empty for a full one."""
    head: str
    """The branch that was checked out; empty for none."""
    desk: str
    """The desk's folder, from the top of the repository."""
    roots: tuple[str, ...]
    """The first commits: by them a repository is known."""
    refs: Mapping[str, str]
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """What its files are called, without the ending."""
        return name_of(self.at, self.kind)

    @property
    def full(self) -> str:
        """The full backup that it begins with."""
        return self.parts[0].name.removesuffix(".bundle")


def name_of(at: datetime, kind: str) -> str:
    """The name of a backup, the moment in UTC."""
    return f"desk-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{kind}"


def moment_of(name: str) -> datetime:
    """The moment in a backup's name.  Raises ValueError for another name."""
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is not the name of a backup")
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S%z")


def measured(path: Path) -> Part:
    """A bundle as it is now."""
    with path.open("rb") as file:
        return Part(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


# ---- manifests ------------------------------------------------------------------------------------------------------


def manifest(backup: Backup) -> bytes:
    """The file beside the bundle.  `digest` is the sha256 of all the rest."""
    facts = {"format": FORMAT, **asdict(backup), "at": write_moment(backup.at.astimezone(UTC))}
    text = json.dumps({**facts, "digest": _digest(facts)}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "surrogateescape")


def _digest(facts: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def read_manifest(content: bytes) -> Backup:
    """The backup that a manifest tells of.  Raises ValueError for anything that `manifest` did not write."""
    try:
        facts = dict(json.loads(content.decode("utf-8", "surrogateescape")))
        if facts.pop("digest") != _digest(facts) or facts.pop("format") != FORMAT:
            raise ValueError("not as it was written")
        at, roots = parse_moment(facts.pop("at")), tuple(facts.pop("roots"))
        parts = tuple(Part(**part) for part in facts.pop("parts"))
        backup = Backup(at=at, roots=roots, parts=parts, **facts)
        _check(backup)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as wrong:
        raise ValueError(f"no manifest: {wrong}") from None
    return backup


def _check(backup: Backup) -> None:
    """Names lead nowhere else: not out of the folder, not to other refs.  Raises ValueError."""
    for ref, oid in backup.refs.items():
        if not _REF.fullmatch(ref) or not _OID.fullmatch(oid):
            raise ValueError(f"{ref!r} at {oid!r}")
    if not backup.parts or Path(backup.desk).is_absolute() or ".." in Path(backup.desk).parts:
        raise ValueError("no bundles, or a desk elsewhere")
    for name in (backup.name, *(part.name.removesuffix(".bundle") for part in backup.parts)):
        moment_of(name)


# ---- a folder of them -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a backup that is not what it was, with the code of its words."""

    file: str
    code: str
    at: datetime
    """The moment of the backup that the file belongs to."""

    @property
    def name(self) -> str:
        """The name of that backup."""
        return self.file.rpartition(".")[0]


class Shelf:
    """The backups in a folder, oldest first.  Nothing is hashed before it is asked about, and nothing twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries = tuple(sorted(_entries(folder), key=lambda entry: entry.at))
        self._judged: dict[Part, Damage | None] = {}

    @property
    def backups(self) -> list[Backup]:
        """Those whose manifest can be read."""
        return [entry for entry in self.entries if isinstance(entry, Backup)]

    def until(self, moment: datetime | None) -> tuple[Backup | Damage, ...]:
        """What was made up to a moment, that moment included."""
        return tuple(entry for entry in self.entries if moment is None or entry.at <= moment)

    def damages(self, entry: Backup | Damage) -> list[Damage]:
        """The files that keep an entry from being restored."""
        if isinstance(entry, Damage):
            return [entry]
        judged = (self._damage(part) for part in entry.parts)
        return [damage for damage in judged if damage]

    def all_damages(self) -> list[Damage]:
        """Every file that is not what it was, each once."""
        return list(dict.fromkeys(damage for entry in self.entries for damage in self.damages(entry)))

    def newest_sound(self, moment: datetime | None = None) -> Backup | None:
        """The last backup up to a moment of which every file is as it was."""
        reverse = reversed(self.until(moment))
        return next((one for one in reverse if isinstance(one, Backup) and not self.damages(one)), None)

    def _damage(self, part: Part) -> Damage | None:
        if part not in self._judged:
            code = _wrong(self.folder / part.name, part)
            at = moment_of(part.name.removesuffix(".bundle"))
            self._judged[part] = Damage(part.name, code, at) if code else None
        return self._judged[part]


def _wrong(path: Path, part: Part) -> str:
    """The code of what is wrong with a bundle; empty for nothing."""
    try:
        if path.stat().st_size < part.bytes:
            return "bundle-cut"
        return "" if measured(path) == part else "bundle-changed"
    except FileNotFoundError:
        return "bundle-missing"
    except OSError:
        return "bundle-unreadable"


def _entries(folder: Path) -> Iterator[Backup | Damage]:
    files = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    names = {file.rpartition(".")[0] for file in files if file.endswith((".bundle", ".json"))}
    for name in filter(_NAME.fullmatch, names):
        try:
            at = moment_of(name)
        except ValueError:  # a 32nd of a month: no backup of ours
            continue
        yield _entry(folder, name, at) if f"{name}.json" in files else Damage(f"{name}.json", "manifest-missing", at)


def _entry(folder: Path, name: str, at: datetime) -> Backup | Damage:
    try:
        backup = read_manifest((folder / f"{name}.json").read_bytes())
        if backup.name == name:
            return backup
    except (OSError, ValueError):
        pass
    return Damage(f"{name}.json", "manifest-changed", at)
