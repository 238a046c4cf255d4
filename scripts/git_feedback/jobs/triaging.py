"""Triage of a whole desk: suggestions for what nobody has classified, and their events written down."""

from datetime import datetime
from pathlib import Path

from git_feedback.jobs.reading import Whole
from git_feedback.model import Problem
from git_feedback.store import BadItem, append, write_file
from git_feedback.triage import Rules, Suggestion


def suggestions(found: Whole, now: datetime) -> list[Suggestion]:
    """What the rules say of each item that is new, in the order of files."""
    rules = Rules(found.policy)
    return [rules.suggest(item, now) for item in rules.undecided(found.items, now)]


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
