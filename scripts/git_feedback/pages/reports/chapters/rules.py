"""What happened to the rules: what says something else now, which commits did it, which editions hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from git_feedback.insight.policy_changes import policy_changes
from git_feedback.insight.rule_values import Difference
from git_feedback.pages.reports.chapters.recurring import sentences
from git_feedback.pages.reports.chapters.rules_told import told
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table
from git_feedback.pages.reports.material import Material, RuleChange
from git_feedback.pages.reports.speech import Speech

NAME = "rules"
_MOST = 12
"""So many changes in a quarter; how many more there were is told."""
_COMMITS = 60
"""So many commits in the table of a year, the newest ones."""
_DIGITS = 10
_FILES = 4
"""So many files of a commit are named."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed the policy."""

    commit: str
    day: date
    author: str
    subject: str
    files: tuple[str, ...]
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Found:
    """The commits of the period and what they changed by value.

    `known`: whole (the rules of both ends are there), new (they begin within the period), or unknown (Git has none of
    that time).  `begun`: editions that came into force in the period.  `held`: the one in force at its end.
    """

    known: str
    commits: tuple[Commit, ...]
    differences: tuple[Difference, ...]
    begun: tuple[date, ...]
    held: date


def find(material: Material) -> Found | None:
    """Not there in a month."""
    if material.period.months == 1:
        return None
    first, last = material.period.first, material.period.next.first - timedelta(1)
    before, after = material.rules_before, material.rules_after
    editions = (after or material.policy).editions
    return Found(
        known="unknown" if after is None else "new" if before is None else "whole",
        commits=tuple(_commit(one, material) for one in material.rule_changes),
        differences=policy_changes(before, after, first, last) if before and after else (),
        begun=tuple(one.effective for one in editions if first <= one.effective <= last),
        held=max((one.effective for one in editions if one.effective <= last), default=editions[0].effective),
    )


def _commit(one: RuleChange, material: Material) -> Commit:
    day = one.at.astimezone(material.zone).date()
    return Commit(one.commit, day, one.author, one.subject, one.files, one.added, one.removed)


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """What holds, what changed, and in a year who changed it when."""
    parts: list[Part] = [Paragraph(sentences(list(_lead(found, speech)), speech))]
    points = tuple(Point(said) for said in told(found.differences, material, speech))
    shown = points if material.period.months == 12 else points[:_MOST]
    if shown:
        parts.append(Points(shown, speech.say("report-rules-changed")))
    if len(shown) < len(points):
        parts.append(Paragraph(speech.say("report-rules-more", len(points) - len(shown)), hushed=True))
    if found.commits and material.period.months == 12:
        parts.append(_table(found, speech))
    return parts


def _lead(found: Found, speech: Speech) -> Iterator[str]:
    """What is known, how much changed, and which edition holds."""
    if found.known == "unknown":
        yield speech.say("report-rules-unknown")
    elif found.known == "new":
        yield speech.say("report-rules-new", len(found.commits))
    elif not found.commits and not found.differences:
        yield speech.say("report-rules-none")
    elif not found.differences:
        yield speech.say("report-rules-same", len(found.commits))
    elif found.commits:
        yield speech.say("report-rules-commits", len(found.commits), changes=_count(found, speech))
    if found.begun:
        days = speech.listed(speech.day(day) for day in found.begun)
        yield speech.say("report-rules-begun", days=days)
    elif found.known == "whole":
        yield speech.say("report-rules-held", day=speech.day(found.held))


def _count(found: Found, speech: Speech) -> str:
    return speech.say("report-rules-count", len(found.differences))


def _table(found: Found, speech: Speech) -> Table:
    """The commits, the oldest first: whoever wants to know more looks them up by their ids."""
    head = tuple(
        speech.say(f"report-rules-{name}") for name in ("day", "subject", "author", "files", "lines", "commit")
    )
    rows = tuple(_row(one, speech) for one in found.commits[-_COMMITS:])
    return Table(NAME, speech.say("report-rules-table"), head, rows, (False, False, False, False, True, False))


def _row(one: Commit, speech: Speech) -> tuple[Cell, ...]:
    lines = f"+{one.added} −{one.removed}"
    files = speech.listed(one.files[:_FILES])
    if len(one.files) > _FILES:
        files = speech.say("report-rules-words-more", len(one.files) - _FILES, words=files)
    return tuple(map(Cell, (speech.day(one.day), one.subject, one.author, files, lines, one.commit[:_DIGITS])))
