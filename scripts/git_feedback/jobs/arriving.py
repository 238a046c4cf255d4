"""What arrived at the desk's sources: issues asked for at their host, files in folders, looked at only when their turn comes.

A source that cannot be asked says why, and keeps no other from being asked.
"""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from git_feedback import i18n, intake
from git_feedback.hosts import HostFailed, Line, provider_for
from git_feedback.hosts.addresses import repository_of
from git_feedback.intake import Format, Row, Source, issues
from git_feedback.jobs.locks import Busy, reading
from git_feedback.model import Bad
from git_feedback.policy import Policy
from git_feedback.policy.intake_files import SourcePart

LARGEST_FILE = 500 * 2**20
"""Bytes of a file that is read as a whole."""
DONE = "done"
"""The folder beside files of which everything was taken in."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that people should know about a source, or one piece of it (`where`: empty for all of it)."""

    code: str
    values: dict[str, object]
    where: str = ""

    def said(self, language: str) -> str:
        """Fact and way out in one line."""
        between = "；" if language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, language, **self.values) if half)


class Failed(Exception):
    """A source, or a file of it, that cannot be read."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.word = Word(code, values)


@dataclass(frozen=True, slots=True)
class Access:
    """The way to a host, as far as anybody gave one."""

    line: Line
    """Its token or its API may be empty."""
    repository: str = ""
    """Where the policy names none."""
    variables: tuple[str, str] = ("", "")
    """Where a token and the address of the API belong, for messages."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What sources beyond this machine need, and the clock of this machine's files."""

    kind: str
    """Of which kind the desk's own host is."""
    access: Callable[[str], Access]
    """The way to a host, by its kind."""
    since: datetime | None = None
    wall: Callable[[], float] = lambda: 0.0
    """Seconds since 1970, as files tell when they were written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk's sources are seen from, and by which rules they are read."""

    root: Path
    policy: Policy
    now: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file that changed is told."""

    size: int
    written_ns: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A file with its rows, or (without file) what a host listed."""

    name: str
    rows: Callable[[], Iterator[Row]]
    file: Path | None = None
    moves_to: Path | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What there is at one source; `failed` says why there is nothing."""

    source: SourcePart
    pieces: tuple[Piece, ...] = ()
    words: tuple[Word, ...] = ()
    failed: Word | None = None


def arrived(source: SourcePart, place: Place, reach: Reach) -> Arrived:
    """Ask one source."""
    try:
        if source.kind == "issues":
            return _issues(source, place, reach)
        return _files(source, place, reach)
    except Failed as failed:
        return Arrived(source, failed=failed.word)
    except HostFailed as failed:
        return Arrived(source, failed=Word(failed.code, failed.values))
    except OSError as error:
        values: dict[str, object] = {"path": source.path, "reason": error.strerror or type(error).__name__}
        return Arrived(source, failed=Word("sweep-unreadable", values))


# ---- hosts ----------------------------------------------------------------------------------------------------------


def _issues(source: SourcePart, place: Place, reach: Reach) -> Arrived:
    kind = source.host or reach.kind
    access = reach.access(kind)
    own = repository_of(place.policy.desk.repository, kind) if kind == reach.kind else ""
    repository = source.repository or own or access.repository
    if not repository:
        raise Failed("sweep-no-repository", id=source.id)
    if not access.line.token:
        raise Failed("sweep-no-token", id=source.id, variable=access.variables[0])
    if not access.line.api:
        raise Failed("sweep-no-api", id=source.id, variable=access.variables[1])
    is_own = source.repository is None or source.repository.casefold() == own.casefold()
    told = list(provider_for(kind, repository, access.line).issues(source.label, reach.since))
    found = [(one.name, one.issue) for one in told if one.issue]
    words = [Word("sweep-bad-issue", {"reason": one.reason}, one.name) for one in told if not one.issue]

    def rows() -> Iterator[Row]:
        for name, issue in found:
            key = None if is_own else f"{kind}:{repository.casefold()}{name}"
            yield issues.row(issue, place.policy, place.now, key)

    return Arrived(source, (Piece("", rows),), tuple(words))


# ---- folders --------------------------------------------------------------------------------------------------------


def _files(source: SourcePart, place: Place, reach: Reach) -> Arrived:
    top = _top(source, place.root)
    listed, kind, done = _listed(source, top)
    form = intake.FORMATS.get(kind)
    if form is None:
        raise Failed("sweep-no-format", given=kind, known=tuple(intake.FORMATS))
    columns = _mapping(source, form, place.root)
    pieces, words = [], []
    for file in listed:
        read = _reader(file, form, columns, place)
        word = _unfit(file, reach.wall())
        if word is None:
            pieces.append(Piece(file.name, read, file, done if source.done == "move" else None))
        else:
            words.append(replace(word, where=file.name))
    return Arrived(source, tuple(pieces), tuple(words))


def _top(source: SourcePart, root: Path) -> Path:
    """The path of a source on this disk, if it does not lie in the record."""
    path = root / (source.path or "")
    real = path.resolve()
    if any(real.is_relative_to((root / taken).resolve()) for taken in ("feedback", "policy", ".git")):
        raise Failed("source-inside", given=source.path)
    if not real.exists():
        raise Failed("sweep-no-folder", path=source.path)
    return real


def _listed(source: SourcePart, top: Path) -> tuple[list[Path], str, Path | None]:
    """The files of a source in the order of names, their format, and where they go when they are done with."""
    if source.kind == "drop-folder":
        form = intake.FORMATS.get(source.format or "")
        return _plain(top, form.suffixes if form else ()), source.format or "", top / DONE
    if top.is_file():
        return [top], "mbox", None
    if (top / "new").is_dir() and (top / "cur").is_dir():
        mails = [*_plain(top / "new"), *_plain(top / "cur")]
        return sorted(mails, key=lambda file: file.name), "eml", top / DONE
    return _plain(top, intake.FORMATS["eml"].suffixes), "eml", top / DONE


def _plain(folder: Path, suffixes: tuple[str, ...] = ("",)) -> list[Path]:
    """Plain files of a folder with these endings; neither what is hidden nor what leads elsewhere."""
    found = (file for file in folder.iterdir() if not file.name.startswith("."))
    fitting = (file for file in found if file.name.lower().endswith(suffixes))
    return sorted(file for file in fitting if stat.S_ISREG(file.lstat().st_mode))


def _mapping(source: SourcePart, form: Format, root: Path) -> intake.ColumnMapping | None:
    if not form.maps:
        return None
    if source.map is None:
        raise Failed("sweep-needs-map", id=source.id, kind=source.format)
    path = root / source.map
    content = path.read_bytes() if path.is_file() else intake.preset(source.map)
    if content is None:
        raise Failed("sweep-no-map", given=source.map)
    try:
        return intake.load_mapping(content, source.map)
    except Bad as bad:
        first = bad.problems[0]
        at = f"{first.file}:{first.line}:{first.column}"
        raise Failed("sweep-bad-map", at=at, why=first.code, given=source.map) from None


_SETTLED_S = 3.0


def _unfit(file: Path, wall: float) -> Word | None:
    """Why a file is left for another time: it is too large, or still being written."""
    there = file.stat()
    if there.st_size > LARGEST_FILE:
        return Word("sweep-too-large", {"most": LARGEST_FILE // 2**20})
    if 0 <= wall - there.st_mtime < _SETTLED_S:
        return Word(STILL_ARRIVING, {})
    return None


STILL_ARRIVING = "sweep-still-arriving"


def _reader(
    file: Path, form: Format, columns: intake.ColumnMapping | None, place: Place
) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        with file.open("rb") as opened:
            try:
                with reading(opened.fileno()):
                    content = opened.read()
            except Busy:
                raise Failed(STILL_ARRIVING) from None
        yield from form.read(Source(content, file.name, place.policy, place.now, columns))

    return rows


def stamp(file: Path) -> Stamp:
    """What a file is like now.  Raises OSError."""
    there = file.stat()
    return Stamp(there.st_size, there.st_mtime_ns)
