"""`coordination`: the list for the weekly meeting between departments."""

from collections.abc import Iterator
from datetime import date, datetime

import click

from git_feedback.cli.commands.mine import ping_pong_as_json
from git_feedback.cli.listing import as_json
from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.clock.moments import write_moment
from git_feedback.desk import standings
from git_feedback.insight.coordination import Blocker, Matter, coordination, ping_pong
from git_feedback.text import shorten, visible

_INDENT = 2
_WORDS = 80
"""How much of a reason or a plan a line takes."""


@click.command("coordination")
@reading
def command(session: Session) -> None:
    """Open matters of several departments: age, who has it, what keeps it, what comes next; by level, oldest first."""
    found = standings(session.desk.items, session.policy, session.now)
    matters = coordination(found, session.policy, session.now)
    if session.style == "json":
        unwanted = [ping_pong_as_json(session, one) for one in ping_pong(found, session.now)]
        session.show_json({"matters": [_as_json(session, one) for one in matters], "ping_pong": unwanted})
        return
    for one in matters:
        for line in _lines(session, one):
            click.echo(line)
    session.say("coordination-listed", n=len(matters))


def _lines(session: Session, one: Matter) -> Iterator[str]:
    state, say = one.standing.state, session.words
    title = shorten(visible(one.standing.item.title), 52)
    yield f"{one.standing.item.id}  {state.level or '-'}  {title}"
    why = [say(f"coordination-why-{reason}") for reason in one.why]
    facts = [
        say("coordination-age", n=one.age, state=say(f"life-{state.life}"), who=_person(session, state.owner)),
        say("coordination-parts", departments=[_department(session, name) for name in one.departments], why=why),
        *([_blocked(session, one.blocker)] if one.blocker else []),
        _next(session, one),
    ]
    for fact in facts:
        yield from wrapped(fact, _INDENT)


def _blocked(session: Session, blocker: Blocker) -> str:
    since = _day(session, blocker.since)
    kept = session.words(f"coordination-keeps-{blocker.kind}", who=_person(session, blocker.who), since=since)
    said = session.words("coordination-blocked", said=kept)
    return session.words("coordination-because", said=said, reason=_short(blocker.reason)) if blocker.reason else said


def _next(session: Session, one: Matter) -> str:
    step = one.step
    if step.verb != "plan":
        return session.words("coordination-next", step=session.words(f"page-next-{step.verb}"))
    code = "coordination-planned" if step.due else "coordination-planned-some-day"
    return session.words(code, step=_short(step.what), due=step.due, who=_person(session, step.by))


def _short(words: str) -> str:
    return shorten(visible(" ".join(words.split())), _WORDS)


def _day(session: Session, since: datetime | date) -> str:
    day = since.astimezone(session.policy.zone).date() if isinstance(since, datetime) else since
    return day.isoformat()


def _person(session: Session, person: str | None) -> str:
    found = session.policy.people.get(person or "")
    return found.name.said(session.language) if found else person or "-"


def _department(session: Session, department: str) -> str:
    found = session.policy.departments.get(department)
    return found.name.said(session.language) if found else department


def _as_json(session: Session, one: Matter) -> dict[str, object]:
    blocker, step = one.blocker, one.step
    return {
        **as_json(session, one.standing),
        "why": list(one.why),
        "departments": list(one.departments),
        "age_wd": one.age,
        "blocker": blocker
        and {"kind": blocker.kind, "who": blocker.who, "since": _since(session, blocker), "reason": blocker.reason},
        "next": {"verb": step.verb, "what": step.what, "due": step.due and step.due.isoformat(), "by": step.by},
    }


def _since(session: Session, blocker: Blocker) -> str:
    since = blocker.since
    return write_moment(since.astimezone(session.policy.zone)) if isinstance(since, datetime) else since.isoformat()
