"""An import: rows become item files, what is there already stays untouched, what cannot be read is reported."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback import intake
from git_feedback.intake import Remark
from git_feedback.jobs.reading import Progress, load_policy, quiet
from git_feedback.model import Submission, ids
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, write, write_file


@dataclass
class Imported:
    """What an import did (or, on a dry run, would do): new files, how many were there, rows that need a word."""

    paths: list[str] = field(default_factory=list)
    already: int = 0
    refused: list[Remark] = field(default_factory=list)
    left_out: int = 0
    """How many rows became no item: a row that needs a word may have become one all the same."""


def run(
    root: Path,
    rows: Iterator[intake.Row],
    now: datetime,
    bits: Callable[[], int],
    *,
    dry_run: bool = False,
    progress: Progress = quiet,
) -> Imported:
    """Land every row in the desk at `root`.  Raises NoPolicy; a row that cannot be read is one entry of `refused`."""
    desk = Desk(root)
    policy = load_policy(desk.policy())
    taken = already_there(desk, progress)
    done = Imported()
    listed = {str(row.number): row for row in rows}
    for number in progress(list(listed), "importing"):
        _land(listed[number], root, policy, taken, now, bits, done, dry_run=dry_run)
    return done


def already_there(desk: Desk, progress: Progress = quiet) -> intake.Taken:
    """The identities and ids of the items that lie in a desk."""
    taken = intake.Taken()
    for path, item in desk.items(list(progress(desk.item_files(), "reading"))):
        if isinstance(item, BadItem):
            taken.unreadable.add(Path(path).stem)
        else:
            taken.add(item)
    return taken


def _land(
    row: intake.Row,
    root: Path,
    policy: Policy,
    taken: intake.Taken,
    now: datetime,
    bits: Callable[[], int],
    done: Imported,
    *,
    dry_run: bool,
) -> None:
    unknown = _unknown(row, policy)
    if row.submission is None or unknown:
        done.refused += unknown or row.remarks
        done.left_out += 1
        return
    item, is_new = intake.land(_found_closed(row, row.submission, now), policy, taken, now, bits)
    if not is_new:
        done.already += 1
        return
    done.refused += row.remarks
    path = ids.path(item.id)
    if not dry_run:
        write_file(root / path, write(item), durable=False)
    done.paths.append(path)


def _found_closed(row: intake.Row, submission: Submission, now: datetime) -> Submission:
    """Closed, the source says, but at an impossible time: what is known is that it was closed when it landed here."""
    if row.closed_because is None:
        return submission
    close = ev.Close(at=now, by="import", reason=row.closed_because)
    return submission.model_copy(update={"history": (*submission.history, close)})


def _unknown(row: intake.Row, policy: Policy) -> list[Remark]:
    """A mapping that names what the policy does not have is refused by the row, before anything is written."""
    if row.submission is None:
        return []
    named = [("no-such-channel", row.submission.channel, tuple(policy.channels))]
    for event in row.submission.history:
        named.append(("no-such-category", getattr(event, "category", ""), tuple(policy.categories)))
        named.append(("no-such-department", getattr(event, "department", ""), tuple(policy.departments)))
    return [
        Remark(row.number, code, {"given": given, "known": known})
        for code, given, known in named
        if given and given not in known
    ]
