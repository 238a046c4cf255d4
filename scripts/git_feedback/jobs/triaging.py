"""Triage of a whole desk: suggestions for what nobody has classified, and their events written down.

What may be no feedback at all is not classified by rules: it waits for a person, who rejects or classifies it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from git_feedback.desk import Standing, standings
from git_feedback.jobs.deciding import Deciding
from git_feedback.jobs.reading import Whole
from git_feedback.jobs.widening import Crowd
from git_feedback.model import Item, Problem
from git_feedback.store import BadItem, append, write_file
from git_feedback.triage import Screening, Suggestion, Suspicion
from git_feedback.triage.pairing import Pair


def suggestions(
    found: Whole, now: datetime, pairs: Sequence[Pair] | None = None, root: Path | None = None
) -> list[Suggestion]:
    """What rules (or a model) say of each item that is new and under no suspicion, in the order of files.

    Then of those that a form classified and whose words raise an alarm, and of those that more people have than was
    known when rules classified them.  `pairs` are the desk's items that may be one matter, where they are known
    already; `root` is where the desk lies, so that its confirmed items can teach: without it, rules alone decide.
    """
    screening, crowd = Screening(found.policy, _there(found, now)), Crowd(found, now, pairs)
    deciding = Deciding(root, found.policy, crowd.standings)
    new = (item for item in deciding.rules.undecided(found.items, now) if not screening.of(item))
    decided = [deciding.suggest(item, now, crowd.matters.scope(item)) for item in new]
    raised = list(deciding.raised(crowd.standings, now))
    done = {one.id for one in raised}
    return [*decided, *raised, *(one for one in crowd.suggestions() if one.id not in done)]


def for_review(found: Whole, now: datetime) -> list[tuple[Standing, tuple[Suspicion, ...]]]:
    """Items that may be no feedback and that nobody has said anything about, with the reasons, in order of arrival."""
    there = _there(found, now)
    return list(Screening(found.policy, there).waiting(standings(there, found.policy, now)))


def _there(found: Whole, now: datetime) -> list[Item]:
    return [item for item in found.items if item.received <= now]


def write_down(root: Path, found: Whole, decided: list[Suggestion]) -> tuple[list[str], list[Problem]]:
    """Append each decided event to its file: the paths that were written, and why others could not be."""
    events = {one.id: one.event for one in decided if one.event}
    paths: list[str] = []
    problems: list[Problem] = []
    for subject in found.subjects:
        event = events.get(subject.item.id)
        if event is None:
            continue
        try:
            write_file(root / subject.file, append(subject.source, event, file=subject.file))
            paths.append(subject.file)
        except BadItem as bad:
            problems += bad.problems
    return paths, problems
