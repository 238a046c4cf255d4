"""Every page of the site, for whoever is new here: grouped by what one wants to do, with counts where they call for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from git_feedback.pages.docs import TEAM_ONLY
from git_feedback.pages.page import Record
from git_feedback.pages.views.measures import overdue
from git_feedback.pages.views.needs_human import waiting
from git_feedback.pages.views.rising import week
from git_feedback.pages.views.training_records import overdue as overdue_passes
from git_feedback.pages.views.words import Words

GROUPS: Mapping[str, Mapping[str, str]] = {
    "work": {
        "site-queue": "queue.html",
        "site-sla": "sla.html",
        "site-needs-human": "needs-human.html",
        "site-needs-repair": "needs-repair.html",
        "site-duplicates": "duplicates.html",
        "site-recurring": "recurring.html",
        "site-rising": "rising.html",
        "site-problems": "problems.html",
        "site-coordination": "coordination.html",
        "site-measures": "measures.html",
    },
    "look": {
        "site-find": "find.html",
        "site-reports": "reports/index.html",
        "site-said-did": "you-said-we-did.html",
        "site-record-kept": "record-kept.html",
    },
    "learn": {
        "site-knowledge": "knowledge/index.html",
        "site-editions": "knowledge/editions.html",
        "site-training": "training/index.html",
        "site-training-records": "training/records.html",
        "site-handbook": "handbook/index.html",
    },
    "give": {
        "site-submit": "submit.html",
        "site-submit-file": "submit-file.html",
        "site-track": "track.html",
    },
}
"""What one wants to do, and the pages for it: the code of each name, and where it is."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page by name; `count` is what waits there, empty for nothing and where nothing is counted."""

    path: str
    name: str
    count: str = ""


def groups(record: Record, words: Words) -> list[tuple[str, list[Link]]]:
    """The pages in groups."""
    counts = {code: count(record, words) for code, count in COUNTS.items()}
    there = {*paths()} if record.audience.kind == "team" else {*paths()} - {*TEAM_ONLY}
    return [
        (
            words.say(f"home-to-{group}"),
            [Link(path, words.say(code), counts.get(code, "")) for code, path in found.items() if path in there],
        )
        for group, found in GROUPS.items()
    ]


def _undecided(record: Record, words: Words) -> str:
    return _some(len(waiting(record.standings, words)))


def _broken(record: Record, _words: Words) -> str:
    return _some(len({problem.file for problem in record.problems}))


def _pairs(record: Record, _words: Words) -> str:
    return _some(len(record.pairs))


def _problems(record: Record, _words: Words) -> str:
    return _some(len(record.recurring))


def _rising(record: Record, _words: Words) -> str:
    return _some(len(week(record).matters))


def _known(record: Record, _words: Words) -> str:
    return _some(sum(one.is_open for one in record.problem_records))


def _overdue(record: Record, words: Words) -> str:
    late = len(overdue(record))
    return words.say("home-overdue", late) if late else ""


def _overdue_passes(record: Record, words: Words) -> str:
    late = overdue_passes(record)
    return words.say("home-overdue", late) if late else ""


def _some(number: int) -> str:
    return str(number) if number else ""


COUNTS: Mapping[str, Callable[[Record, Words], str]] = {
    "site-needs-human": _undecided,
    "site-needs-repair": _broken,
    "site-duplicates": _pairs,
    "site-recurring": _problems,
    "site-rising": _rising,
    "site-problems": _known,
    "site-measures": _overdue,
    "site-training-records": _overdue_passes,
}
"""Where something can wait for somebody, and how much does."""


def paths() -> Iterator[str]:
    """Where every page is."""
    for found in GROUPS.values():
        yield from found.values()
