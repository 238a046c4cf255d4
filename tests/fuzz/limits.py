"""What may come of a file that was made worse: items that `check` accepts, or a clean refusal; anything else is a finding."""

from collections.abc import Iterable, Sequence
from itertools import count
from random import Random

from tests.sample_desk import policy

from git_feedback import checks, intake
from git_feedback.checks import Subject
from git_feedback.clock.moments import parse_moment
from git_feedback.i18n import LANGUAGES
from git_feedback.intake import Remark, Row
from git_feedback.jobs import taking_in
from git_feedback.model import Problem, Submission, ids
from git_feedback.store import read, write

NOW = parse_moment("2026-11-20T11:05:00+08:00")
ACCEPTED = frozenset({"missing-required"})
"""What is asked for later is no mistake of intake."""
LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")


def refused(problems: Iterable[Problem]) -> None:
    """A refusal is said in both languages, each problem on a line of its own, nothing of the file live in it."""
    listed = list(problems)
    assert listed
    for problem in listed[:5]:
        for language in LANGUAGES:
            plain(problem.said(language))


def remarked(remarks: Iterable[Remark]) -> None:
    """A remark is one line in both languages."""
    for remark in remarks:
        for language in LANGUAGES:
            plain(remark.said(language))


def plain(said: str) -> None:
    """Words for people: there are some, on one line, and no terminal or runner obeys them."""
    assert said.strip()
    assert not LINE_BREAKS & set(said), ascii(said)
    assert "\x1b" not in said and "\x07" not in said, ascii(said)


def came_in(rows: Sequence[Row], random: Random) -> None:
    """Every row is a submission or says why it is none; one of them is followed to its file."""
    for row in rows[:50]:
        assert row.submission is not None or row.remarks
        remarked(row.remarks)
    landed = [row for row in rows if row.submission is not None]
    if landed:
        followed(random.choice(landed))


def followed(row: Row) -> None:
    """The item that a row makes is written, read back as the same, and accepted."""
    said = row.submission
    assert said is not None
    if reasons := taking_in.turned_away(row, policy(), NOW):
        remarked(reasons)
        return
    stored(taking_in._found_closed(row, said, NOW))


def stored(said: Submission) -> None:
    """The submission as a file."""
    item, _ = intake.land(said, policy(), intake.Taken(), NOW, count().__next__)
    content = write(item)
    assert len(content) <= 256 * 1024
    assert read(content) == item
    found = checks.problems(Subject(item, ids.path(item.id), content, NOW), policy())
    assert {problem.code for problem in found} <= ACCEPTED, [problem.said("en") for problem in found]
