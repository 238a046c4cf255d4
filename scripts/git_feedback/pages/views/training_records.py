"""Training records: who is due and until when, who has passed, and how it stands course by course; for the team alone.

A department sees its own people.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from git_feedback.learning.passes import STATES, Duty, duties
from git_feedback.pages.page import Page, Record
from git_feedback.pages.training import CHANGED, page_of
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.training_parts import Link, article_links, told
from git_feedback.pages.views.words import Words

PATH = "training/records.html"
GUIDE = "guide/training-records.html"
NEAR = 28
"""So many days before it is due it is said in colour."""
_NAMED = 3
"""So many changed articles are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person and one course; `mark` is the sign of the clock (breached, soon) or empty."""

    person: str
    department: str
    course: Link
    version: str
    mark: str
    stands: str
    due: str
    due_day: str
    passed: str
    score: str
    changed: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A course with how many it is asked of, or who passed it, by how they stand."""

    course: Link
    whom: str
    all: int
    counts: Mapping[str, int]


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    listed = of_audience(record)
    today = _today(record)
    for words in both.values():
        rows = {
            asked: [_row(one, record, words, today) for one in listed if one.is_asked == asked]
            for asked in (True, False)
        }
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("training-records"),
            "training_records.html",
            asked=rows[True],
            passed=rows[False],
            shelves=[_shelf(found, words) for found in by_course(listed).values()],
            states=[(state, words.say(f"train-state-{state}")) for state in STATES],
            overdue=sum(one.state == "overdue" for one in listed),
            courses=len(record.training.courses),
            changed=CHANGED if record.training.quizzes else "",
            guide=GUIDE if GUIDE in record.by_hand.get(words.language, {}) else "",
        )


def of_audience(record: Record) -> list[Duty]:
    """What everybody whom the readers may see has to pass or has passed, soonest due first."""
    found = duties(record.training, record.passes, record.policy, record.versions, _today(record))
    audience, policy = record.audience, record.policy
    if audience.kind == "team":
        return found
    own = {
        one.id
        for one in policy.people.values()
        if audience.department and _department(one.department, record) == audience.department
    }
    return [one for one in found if one.person in own]


def overdue(record: Record) -> int:
    """How many passes are overdue."""
    return sum(one.state == "overdue" for one in of_audience(record))


def by_course(listed: Sequence[Duty]) -> dict[str, list[Duty]]:
    """Duties by the id of the course, in the order of ids."""
    found: dict[str, list[Duty]] = {}
    for one in sorted(listed, key=lambda one: one.course.id):
        found.setdefault(one.course.id, []).append(one)
    return found


def figures(record: Record) -> dict[str, Any]:
    """The same as values, for `api/training-records.json`."""
    listed = of_audience(record)
    return {
        "duties": [_value(one) for one in listed],
        "courses": [{"id": name, **counted(found)} for name, found in by_course(listed).items()],
    }


def counted(found: Sequence[Duty]) -> dict[str, int]:
    """How many stand how."""
    counts = Counter(one.state for one in found)
    return {state: counts[state] for state in STATES}


def _value(one: Duty) -> dict[str, Any]:
    return {**one.as_json(), "changed": [each.name for each in one.changed]}


def _today(record: Record) -> date:
    return record.now.astimezone(record.policy.zone).date()


def _department(name: str, record: Record) -> str:
    return record.policy.department_ids.get(name, name)


# ---- rows -------------------------------------------------------------------------------------------------------------


def _row(one: Duty, record: Record, words: Words, today: date) -> Row:
    person, last = record.policy.people[one.person], one.last
    mark, stands = _stands(one, words, today)
    return Row(
        person=words.person(one.person),
        department=words.department(person.department),
        course=_course(one, words),
        version=words.say("train-newer", was=last.version, now=one.course.version) if last and one.newer else "",
        mark=mark,
        stands=stands,
        due=words.on(one.due) if one.due else "",
        due_day=one.due.isoformat() if one.due else "",
        passed=words.on(last.passed) if last else "",
        score=f"{last.score} %" if last else "",
        changed=tuple(article_links([each.name for each in one.changed[:_NAMED]], record, words)),
        more=max(len(one.changed) - _NAMED, 0),
    )


def _course(one: Duty, words: Words) -> Link:
    return Link(page_of("course", one.course.id), told(one.course.title, words))


def _stands(one: Duty, words: Words, today: date) -> tuple[str, str]:
    """The sign of the clock and the words beside it."""
    if one.due is None:
        return "", words.say("train-state-passed")
    days = (one.due - today).days
    if one.state == "overdue":
        return "breached", words.say("train-days-late", -days)
    if one.state == "never":
        return "", words.say("train-state-never")
    said = words.say("train-days-left", days) if days else words.say("train-today")
    return ("soon" if days <= NEAR else ""), said


def _shelf(found: Sequence[Duty], words: Words) -> Shelf:
    course = found[0].course
    joint = "、" if words.language == "zh" else ", "
    whom = joint.join(words.say(f"training-whom-{one}") for one in course.whom)
    return Shelf(_course(found[0], words), whom, len(found), counted(found))
