"""`explain`: why an item is what it is, matters as much as it does, is whose it is, and is due when it is due.

`--format json` prints one object:
`id`, `now`, `level`, `department`, `owner`;
`category` `{id, by, at, because, rules: [{id, origin}], origin}`, or null while nobody has classified it;
`why_level` `{urgency, impact, matrix, edition, origin, raises: [{verb, at, by}], level}`, or null;
`why_owner` `{assigned: {by, at}, accepted: {by, at}, coordinator_of, origin, deputy}`;
`clocks`, those that have started: `{clock, state, start, stop, due, elapsed_s, target_s, late_s, flags, calendar,
rule, edition, origin, target, cap, levels: [{since, level}], grace_s, kept, working_days, cycles, trace}`, where a
step of `trace` is `{kind, start, end, counted_s, days, paused_s, pieces: [{kind, start, end}]}`;
`not_started` `[{clock, state}]`; `held` `[{department, since, until, worked_s, waited_s}]`;
`alarms` `[{at, clock, cycle, rungs, addressee, channel, since}]`;
`articles` `[{name, title, file, because, shared_terms}]`, those that help: `because` is linked or alike.
With `--under POLICY` there is `under`: the same object by that policy, without origins.
An `origin` is `{file, line, commit, at, author, subject, uncommitted}` or null; `rule` counts from 1.
"""

from datetime import datetime

import click

from git_feedback.cli.articles_suggested import article_lines, articles_as_json
from git_feedback.cli.commands.show import chosen
from git_feedback.cli.commands.sla import other_policy, under_option
from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.reasons import Origins, Speaker
from git_feedback.cli.session import Session, reading
from git_feedback.clock.moments import write_moment
from git_feedback.desk.explaining import Explanation, explained
from git_feedback.desk.sla import Clock
from git_feedback.desk.tracing import Basis, Step, trace_of
from git_feedback.jobs.origins import origins
from git_feedback.jobs.simulating import from_the_start
from git_feedback.model import Event, Item
from git_feedback.store import GitFailed
from git_feedback.text import visible


@click.command("explain")
@click.argument("item_id", metavar="ID")
@under_option
@reading
def command(session: Session, item_id: str, under: str | None) -> None:
    """Say why an item is due when it is due, and whose: each rule with its line and commit, each clock step by step."""
    item = chosen(session, item_id)
    told = explained(item, session.policy, session.now)
    written = _origins(session)
    other = None if under is None else _under(session, item, under)
    if session.style == "json":
        beside = {} if other is None else {"under": as_json(other, {})}
        session.show_json({**as_json(told, written), **beside, "articles": articles_as_json(session, told.one)})
        return
    _print(session, told, written)
    for line in article_lines(session, told.one):
        click.echo(line)
    if other is not None:
        click.echo("\n" + session.words("explain-under", name=visible(under or "")))
        _print(session, other, {})


def _under(session: Session, item: Item, name: str) -> Explanation:
    """The same by another policy, laid under everything from the start; it never replaces the verdict."""
    judging, _ = from_the_start(session.policy, other_policy(session, name))
    return explained(item, judging, session.now)


def _origins(session: Session) -> Origins:
    try:
        return origins(session.root, session.policy, session.as_of)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _print(session: Session, told: Explanation, written: Origins) -> None:
    """One explanation as text; `written` is empty where a policy has no files here."""
    speaker = Speaker(session.words, session.language, told, written)
    for indent, line in speaker.lines():
        for row in wrapped(visible(line), indent):
            click.echo(row)


def as_json(told: Explanation, written: Origins) -> dict[str, object]:
    """The object of the module's own text."""
    state = told.one.state
    return {
        "id": state.id,
        "now": write_moment(told.now),
        "level": state.level,
        "department": state.department,
        "owner": state.owner,
        "category": _category_as_json(told, written),
        "why_level": _level_as_json(told, written),
        "why_owner": _owner_as_json(told, written),
        "clocks": [_clock_as_json(clock, based, told, written) for clock, based in told.clocks],
        "not_started": [{"clock": clock.name, "state": clock.state} for clock in told.waiting],
        "held": [
            {
                "department": one.department,
                "since": write_moment(one.since),
                "until": write_moment(one.until) if one.until else None,
                "worked_s": one.worked_s,
                "waited_s": one.waited_s,
            }
            for one in told.held
        ],
        "alarms": [
            {
                **alarm.model_dump(exclude={"verb", "by"}),
                "at": write_moment(alarm.at),
                "since": write_moment(alarm.since),
            }
            for alarm in told.alarms
        ],
    }


def _origin_as_json(written: Origins, *part: str | int) -> dict[str, object] | None:
    found = written.get(part)
    if found is None:
        return None
    change = found.change
    return {
        "file": found.file,
        "line": found.line,
        "commit": change.id if change else None,
        "at": write_moment(change.at) if change else None,
        "author": change.author if change else None,
        "subject": change.subject if change else None,
        "uncommitted": found.uncommitted,
    }


def _category_as_json(told: Explanation, written: Origins) -> dict[str, object] | None:
    if told.matter is None:
        return None
    said = told.matter.said
    return {
        "id": said.category,
        "by": said.by,
        "at": write_moment(said.at),
        "because": said.because,
        "rules": [{"id": rule, "origin": _origin_as_json(written, "keyword", rule)} for rule in told.matter.rules],
        "origin": _origin_as_json(written, "category", said.category),
    }


def _level_as_json(told: Explanation, written: Origins) -> dict[str, object] | None:
    level = told.level
    if level is None:
        return None
    return {
        "urgency": level.urgency,
        "impact": level.impact,
        "matrix": level.plain,
        "edition": told.edition(level.edition).effective.isoformat(),
        "origin": _origin_as_json(written, "matrix", level.edition, level.urgency),
        "raises": [{"verb": event.verb, **(_who(event) or {})} for event in level.raises],
        "level": level.level,
    }


def _owner_as_json(told: Explanation, written: Origins) -> dict[str, object]:
    owner = told.owner
    by_rule = owner.person is not None and not owner.is_named
    return {
        "assigned": _who(owner.assigned),
        "accepted": _who(owner.accepted),
        "coordinator_of": (owner.department or "") if by_rule else None,
        "origin": _origin_as_json(written, "department", owner.department or "") if by_rule else None,
        "deputy": owner.deputy,
    }


def _who(event: Event | None) -> dict[str, object] | None:
    return {"by": event.by, "at": write_moment(event.at)} if event else None


def _clock_as_json(clock: Clock, based: Basis | None, told: Explanation, written: Origins) -> dict[str, object]:
    cycle = clock.shown
    assert cycle is not None
    plain = {
        "clock": clock.name,
        "state": clock.state,
        "start": write_moment(cycle.started),
        "stop": write_moment(cycle.stopped) if cycle.stopped else None,
        "due": write_moment(clock.due) if clock.due else None,
        "elapsed_s": clock.elapsed,
        "target_s": clock.target,
        "late_s": clock.late_by,
        "flags": sorted(clock.flags),
        "calendar": clock.calendar,
    }
    steps = trace_of(clock, told.policy.calendars[clock.calendar])
    return {
        **plain,
        **(_basis_as_json(based, told, written) if based else {}),
        "cycles": len(clock.cycles),
        "trace": [_step_as_json(step, told) for step in steps],
    }


def _basis_as_json(based: Basis, told: Explanation, written: Origins) -> dict[str, object]:
    edition = told.edition(based.edition)
    return {
        "rule": based.rule + 1,
        "edition": edition.effective.isoformat(),
        "origin": _origin_as_json(written, "rule", based.edition, based.rule),
        "target": str(edition.rules[based.rule].target),
        "cap": based.capped,
        "levels": [{"since": _at(since, told), "level": level} for since, level in based.levels],
        "grace_s": based.grace,
        "kept": based.kept or None,
        "working_days": [day.isoformat() for day in based.days],
    }


def _step_as_json(step: Step, told: Explanation) -> dict[str, object]:
    return {
        "kind": step.kind,
        "start": _at(step.start, told),
        "end": _at(step.end, told),
        "counted_s": step.seconds,
        "days": step.days,
        "paused_s": step.paused,
        "pieces": [
            {"kind": piece.kind, "start": _at(piece.start, told), "end": _at(piece.end, told)} for piece in step.pieces
        ],
    }


def _at(second: int, told: Explanation) -> str:
    return write_moment(datetime.fromtimestamp(second, told.policy.zone))
