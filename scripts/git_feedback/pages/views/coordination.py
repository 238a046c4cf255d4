"""The list for the weekly meeting between departments, on one sheet: age, who has it, what keeps it, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.insight.coordination import Blocker, Matter, coordination, ping_pong
from git_feedback.insight.coordination import Step as Next
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

PATH = "coordination.html"


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as the sheet shows it; `blocker` is empty where nothing keeps it."""

    row: rows.Row
    departments: str
    why: str
    age: str
    blocker: str
    reason: str
    """Why it was returned, in the words of whoever returned it."""
    step: str
    plan: str
    """What was planned, in the words of whoever planned it."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The sheet in each language."""
    matters = coordination(record.standings, record.policy, record.now)
    unwanted = ping_pong(record.standings, record.now)
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("coordination"),
            "coordination.html",
            lines=[_line(one, words) for one in matters],
            unwanted=[(rows.row(one.standing, words), one.times, one.reason) for one in unwanted],
        )


def _line(one: Matter, words: Words) -> Line:
    between = "、" if words.language == "zh" else ", "
    return Line(
        row=rows.row(one.standing, words),
        departments=between.join(words.department(name) for name in one.departments),
        why=between.join(words.say(f"coordination-why-{reason}") for reason in one.why),
        age=words.say("coordination-days", n=one.age),
        blocker=_blocker(one.blocker, words) if one.blocker else "",
        reason=one.blocker.reason if one.blocker else "",
        step=_step(one.step, words),
        plan=one.step.what,
    )


def _blocker(blocker: Blocker, words: Words) -> str:
    since = words.day(blocker.since) if isinstance(blocker.since, datetime) else words.on(blocker.since)
    return words.say(f"coordination-keeps-{blocker.kind}", who=words.person(blocker.who), since=since)


def _step(step: Next, words: Words) -> str:
    """The next step; of a plan who does it and until when, for its words are the person's own."""
    if step.verb != "plan":
        return words.say(f"page-next-{step.verb}")
    if step.due is None:
        return words.person(step.by)
    return words.say("coordination-plan-due", who=words.person(step.by), due=words.on(step.due))
