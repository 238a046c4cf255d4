"""An import: rows become item files, what is there already stays untouched, what cannot be read is reported."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from git_feedback.intake import Remark, Row
from git_feedback.jobs.taking_in import TakingIn


@dataclass
class Imported:
    """What an import did (or, on a dry run, would do): what was written, what was there, rows that need a word."""

    new: list[str] = field(default_factory=list)
    """Ids of new items."""
    messages: list[str] = field(default_factory=list)
    """Ids of items that a row was an answer to, one for each such row."""
    already: int = 0
    refused: list[Remark] = field(default_factory=list)
    left_out: int = 0
    """How many rows became nothing: a row that needs a word may have become an item all the same."""
    paths: list[str] = field(default_factory=list)
    """The files that were written: what a commit takes."""


def run(rows: Iterable[Row], desk: TakingIn) -> Imported:
    """Take in every row, in order; one that cannot be is an entry of `refused`, and the others go on."""
    done = Imported()
    for row in rows:
        _take(row, desk, done)
    done.paths += desk.finish()
    return done


def _take(row: Row, desk: TakingIn, done: Imported) -> None:
    outcome = desk.take(row)
    done.refused += outcome.remarks
    done.paths += outcome.paths
    if outcome.what == "new":
        done.new.append(outcome.id or "")
    elif outcome.what == "message":
        done.messages.append(outcome.id or "")
    elif outcome.what == "already":
        done.already += 1
    else:
        done.left_out += 1
