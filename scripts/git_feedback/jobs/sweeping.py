"""The sweep: what arrived at the desk's sources and has no item yet is taken in, in one go.

What is there already is passed over, so that a second run changes nothing, and a run after a crash does what was left to
do.  One bad piece, file or source stops no other.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from git_feedback.intake import ENDED_TOO_EARLY, Row
from git_feedback.jobs.arriving import STILL_ARRIVING, Arrived, Failed, Piece, Stamp, Word, stamp
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.model import Bad

NO_FEEDBACK = ("automatic-mail", "bounced-mail")
"""Reasons for which a piece is left out that nobody has to mend: it is said, and is no failure."""
NOTED = (ENDED_TOO_EARLY,)
"""Remarks about pieces that became items all the same."""


@dataclass
class Swept:
    """What became of one source."""

    id: str
    kind: str
    found: int = 0
    """Pieces that were looked at."""
    already: int = 0
    new: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    """Ids of items that a piece was an answer to, one for each."""
    refused: list[Word] = field(default_factory=list)
    """Pieces that became nothing, and files that could not be read, with the reason."""
    noted: list[Word] = field(default_factory=list)
    """What should be known about pieces that were taken in, or are left for another time."""
    failed: Word | None = None
    done: list[tuple[Path, Path, Stamp]] = field(default_factory=list)
    """Files of which all was taken in, where they go, and what they were like when they were read."""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing for a person to mend."""
        return self.failed is None and all(one.code in NO_FEEDBACK for one in self.refused)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What became of all sources, and the files that were written: what a commit takes."""

    sources: list[Swept]
    paths: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether there is nothing for a person to mend."""
        return all(one.is_well for one in self.sources)

    @property
    def landed(self) -> int:
        """How many pieces were taken in."""
        return sum(len(one.new) + len(one.messages) for one in self.sources)


Shown = Callable[[Iterator[Row]], Iterator[Row]]
"""Shows how many rows there were so far: rows -> the same."""


def sweep(found: Iterable[Arrived], desk: TakingIn, shown: Shown = iter) -> Sweep:
    """Take in what arrived; nothing is committed yet."""
    paths: list[str] = []
    sources = []
    for one in found:
        swept = looked_at(one)
        for piece in one.pieces:
            _take_piece(piece, desk, swept, paths, shown)
        sources.append(swept)
    paths += desk.finish()
    return Sweep(sources, tuple(dict.fromkeys(paths)))


def looked_at(found: Arrived) -> Swept:
    """What can be said of a source before anything of it is taken in."""
    swept = Swept(found.source.id, found.source.kind, failed=found.failed)
    for word in found.words:
        (swept.noted if word.code == STILL_ARRIVING else swept.refused).append(word)
        swept.found += 1
    return swept


def _take_piece(piece: Piece, desk: TakingIn, swept: Swept, paths: list[str], shown: Shown) -> None:
    """Every row of a file; a file that cannot be read to its end keeps what was read."""
    before, seen = _left(swept), None
    with suppress(OSError):
        seen = stamp(piece.file) if piece.file else None
    for row in shown(_rows(piece, swept)):
        _take(row, piece, desk, swept, paths)
    if piece.file and piece.moves_to and seen and _left(swept) == before:
        swept.done.append((piece.file, piece.moves_to, seen))


def _left(swept: Swept) -> int:
    """How much of a source is left for a person, or for another time."""
    refused = sum(1 for one in swept.refused if one.code not in NO_FEEDBACK)
    return refused + sum(1 for one in swept.noted if one.code == STILL_ARRIVING)


def _rows(piece: Piece, swept: Swept) -> Iterator[Row]:
    """The rows of a file as far as it can be read, and a word where that is not to its end."""
    try:
        yield from piece.rows()
    except Bad as bad:
        places = ((one, f"{piece.name}:{one.line}:{one.column}") for one in bad.problems)
        swept.refused += [Word(one.code, dict(one.values), where) for one, where in places]
    except Failed as failed:
        swept.noted.append(Word(failed.word.code, failed.word.values, piece.name))
    except FileNotFoundError:
        return  # somebody took it away meanwhile: another sweep, or a person
    except OSError as error:
        reason = error.strerror or type(error).__name__
        swept.refused.append(Word("sweep-unreadable", {"path": piece.name, "reason": reason}, piece.name))


def _take(row: Row, piece: Piece, desk: TakingIn, swept: Swept, paths: list[str]) -> None:
    outcome = desk.take(row)
    swept.found += 1
    paths += outcome.paths
    where = f"{piece.name}:{row.number}" if piece.file else f"#{row.number}"
    words = [Word(one.code, dict(one.values), where) for one in outcome.remarks]
    if outcome.what == "new":
        swept.new.append(outcome.id or "")
    elif outcome.what == "message":
        swept.messages.append(outcome.id or "")
    elif outcome.what == "already":
        swept.already += 1
    (swept.refused if outcome.what == "refused" else swept.noted).extend(words)


# ---- afterwards -----------------------------------------------------------------------------------------------------


def put_away(swept: Swept) -> list[Path]:
    """Move what was taken in out of the way, once it is committed; a file that changed meanwhile stays.

    Gives where they are now.  One that cannot be moved is noted.
    """
    moved = []
    for file, folder, seen in swept.done:
        try:
            if stamp(file) == seen:
                moved.append(_moved(file, folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = error.strerror or type(error).__name__
            swept.noted.append(Word("sweep-not-moved", {"reason": reason}, file.name))
    return moved


def _moved(file: Path, folder: Path) -> Path:
    """Nothing that lies there already is written over."""
    folder.mkdir(exist_ok=True)
    target, number = folder / file.name, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = folder / f"{file.stem}-{number}{file.suffix}"
    return file.rename(target)
