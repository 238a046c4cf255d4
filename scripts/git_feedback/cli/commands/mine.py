"""`mine`: one person's day, readable on a phone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import click

from git_feedback.cli import training
from git_feedback.cli.commands.sla import clock_as_json, length
from git_feedback.cli.listing import as_json
from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, standings
from git_feedback.insight.coordination import PingPong
from git_feedback.insight.my_day import Burning, Call, Force, MyDay, my_day
from git_feedback.insight.silence import Silent
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.passes import taught
from git_feedback.learning.passes import Duty
from git_feedback.model.measures import Measure
from git_feedback.text import shorten, visible
from git_feedback.triage.widening import Widened

WIDTH = 44
"""Columns of a phone held upright."""

Json = dict[str, object]
Line = tuple[Standing, str]
"""An item and what is to be said of it beside its id and level."""


@click.command("mine")
@click.option("--by", metavar="ID", help="Whose day (default: the person whose e-mail is Git's user.email).")
@reading
def command(session: Session) -> None:
    """My day: what burns first, what waits for me, whom I stand in for, whom I have to call."""
    there = standings(session.desk.items, session.policy, session.now)
    measures = measures_of(session.root).all
    found = my_day(there, session.policy, session.now, session.actor, measures)
    duties = taught(session.root, session.desk, session.now).duties
    learn = [one for one in duties if one.person == found.person and one.is_asked]
    if session.style == "json":
        session.show_json(_as_json(session, found) | _learn_as_json(learn))
        return
    for line in _Told(session).day(found, learn):
        click.echo(line)


# ---- as text --------------------------------------------------------------------------------------------------------


class _Told:
    """The day in the words of a session."""

    def __init__(self, session: Session) -> None:
        self.session, self.say = session, session.words

    def day(self, found: MyDay, learn: Sequence[Duty] = ()) -> Iterator[str]:
        name = self.session.policy.people[found.person].name.said(self.session.language)
        yield self.say("work-mine", name=name, day=self.session.now.astimezone(self.session.policy.zone).date())
        if found.is_empty and not learn:
            yield self.say("work-mine-nothing")
        yield from self._section("work-burning", map(self._burning, found.burning))
        for code, listed, beside in self._plain(found):
            yield from self._section(code, ((one, beside(one)) for one in listed))
        yield from self._measures(found.measures)
        yield from self._section("work-wider", map(self._wider, found.wider))
        yield from self._section("work-forces", map(self._force, found.forces))
        yield from self._section("work-calls", map(self._call, found.calls))
        yield from self._section("work-silent", map(self._silent, found.silent))
        yield from self._section("work-ping-pong", map(self._ping_pong, found.ping_pong))
        yield from self._section("work-copies", ((one, self._life(one)) for one in found.copies))
        yield from self._learn(learn)
        for absent, listed in found.stands_in.items():
            who = self.session.policy.people[absent].name.said(self.session.language)
            yield from self._section("work-stands-in", ((one, self._theirs(one)) for one in listed), who=who)

    def _plain(self, found: MyDay) -> Sequence[tuple[str, Sequence[Standing], Callable[[Standing], str]]]:
        """Sections of items, each with its heading and what stands beside an item."""
        return (
            ("work-messages", found.messages, self._life),
            ("work-to-accept", found.to_accept, self._since),
            ("work-to-dispatch", found.to_dispatch, self._life),
            ("work-answered", found.answered, self._since),
            ("work-woken", found.woken, self._life),
            ("work-plans", found.plans, self._plan),
            ("work-to-review", found.to_review, self._solver),
            ("work-to-confirm", found.to_confirm, self._life),
        )

    def _section(self, code: str, lines: Iterable[Line], **values: object) -> Iterator[str]:
        """A heading with the count, then two or three lines an item; nothing where there is none."""
        listed = list(lines)
        if not listed and not values:
            return
        yield ""
        yield self.say(code, n=len(listed), **values)
        for one, beside in listed:
            yield from wrapped(f"{one.item.id} {one.state.level or '-'} {beside}".rstrip(), 0, width=WIDTH)
            yield f"  {shorten(visible(one.item.title), WIDTH - 2)}"

    def _measures(self, late: Sequence[Measure]) -> Iterator[str]:
        """Overdue measures, a heading and two lines each; nothing where there is none."""
        if late:
            yield ""
            yield self.say("work-measures", n=len(late))
        today = self.session.now.astimezone(self.session.policy.zone).date()
        for one in late:
            assert one.due
            yield self.say("work-measure", n=(today - one.due).days, id=one.id)
            yield f"  {shorten(visible(one.words(one.title, self.session.language)[0]), WIDTH - 2)}"

    def _learn(self, learn: Sequence[Duty]) -> Iterator[str]:
        """Courses to be passed in this half-year, a heading and two lines each; nothing where there is none."""
        if learn:
            yield ""
            yield self.say("work-training", n=len(learn))
        for one in learn:
            yield from wrapped(training.stands(self.session, one), 0, width=WIDTH)
            yield f"  {shorten(visible(training.title(one.course, self.session.language)), WIDTH - 2)}"

    def _life(self, one: Standing) -> str:
        return self.say(f"life-{one.state.life}")

    def _theirs(self, one: Standing) -> str:
        """How an item of somebody on leave stands, and which of its clocks is late."""
        clock = one.worst
        if clock is None or not clock.late_by:
            return self._life(one)
        amount = length(self.session, clock.late_by, clock.calendar, self.session.policy)
        name = self.say(f"cli-clock-{clock.name}")
        return self.say("work-late-theirs", state=self._life(one), clock=name, amount=amount)

    def _since(self, one: Standing) -> str:
        return self.say("work-since", time=self._moment(one.state.since))

    def _moment(self, at: datetime) -> str:
        return at.astimezone(self.session.policy.zone).strftime("%m-%d %H:%M")

    def _burning(self, row: Burning) -> Line:
        clock = row.clock
        name = self.say(f"cli-clock-{clock.name}")
        if clock.late_by:
            amount = length(self.session, clock.late_by, clock.calendar, self.session.policy)
            return row.standing, self.say("work-late", clock=name, amount=amount)
        assert clock.due
        return row.standing, self.say("work-due", clock=name, time=self._moment(clock.due)[-5:])

    def _plan(self, one: Standing) -> str:
        planned = one.state.planned
        assert planned
        return self.say("work-plan", day=planned.due, what=shorten(visible(" ".join(planned.what.split())), 60))

    def _solver(self, one: Standing) -> str:
        return self.say("work-solved-by", who=self._person(one.state.resolved_by))

    def _wider(self, row: Widened) -> Line:
        """How many have the problem by now, and what it would weigh."""
        scope, weighs = self.say(f"scope-{row.score.scope}"), {"urgency": row.score.urgency, "impact": row.score.impact}
        return row.standing, self.say("work-wider-by", scope=scope, n=row.scope.submitters, **weighs)

    def _person(self, person: str | None) -> str:
        found = self.session.policy.people.get(person or "")
        return found.name.said(self.session.language) if found else person or "-"

    def _force(self, row: Force) -> Line:
        hours = self.say("cli-clock-hours", amount=f"{row.silent_s // 3600}:{row.silent_s % 3600 // 60:02d}")
        code = "work-force-overdue" if row.overdue else "work-force"
        return row.standing, self.say(code, amount=hours)

    def _call(self, row: Call) -> Line:
        item = row.standing.item
        channel = self.session.policy.channels[item.channel].name.said(self.session.language)
        hint = visible(item.submitter.hint) if item.submitter and item.submitter.hint else ""
        return row.standing, f"{self.say('work-call', channel=channel, why=self.say(f'work-call-{row.why}'))} {hint}"

    def _silent(self, row: Silent) -> Line:
        return row.standing, self.say(f"work-silent-{row.due}", n=row.days)

    def _ping_pong(self, row: PingPong) -> Line:
        reason = shorten(visible(" ".join(row.reason.split())), 40)
        return row.standing, self.say("work-returned", n=row.times, reason=reason)


# ---- as JSON --------------------------------------------------------------------------------------------------------


def _as_json(session: Session, found: MyDay) -> Json:
    def rows(listed: Iterable[Standing]) -> list[Json]:
        return [as_json(session, one) for one in listed]

    day = session.now.astimezone(session.policy.zone).date()
    plain = ("to_accept", "to_dispatch", "plans", "answered", "woken", "messages", "to_review", "to_confirm", "copies")
    return {
        "person": found.person,
        "day": day.isoformat(),
        "burning": [
            _with(session, row.standing, clock=clock_as_json(row.standing, row.clock)) for row in found.burning
        ],
        **{name: rows(getattr(found, name)) for name in plain},
        "task_forces": [
            _with(session, row.standing, silent_s=row.silent_s, overdue=row.overdue) for row in found.forces
        ],
        "calls": [_with(session, row.standing, why=row.why, channel=row.standing.item.channel) for row in found.calls],
        "silent": [_with(session, row.standing, days=row.days, due_now=row.due) for row in found.silent],
        "ping_pong": [ping_pong_as_json(session, row) for row in found.ping_pong],
        "wider": [_wider_as_json(session, row) for row in found.wider],
        "stands_in": {absent: rows(listed) for absent, listed in found.stands_in.items()},
        "measures": [{"id": one.id, "due": one.due.isoformat()} for one in found.measures if one.due],
    }


def _learn_as_json(learn: Sequence[Duty]) -> Json:
    """Courses to be passed; no key where there is none."""
    return {"training": [training.duty_as_json(one) for one in learn]} if learn else {}


def ping_pong_as_json(session: Session, row: PingPong) -> Json:
    """An item that goes to and fro."""
    return _with(session, row.standing, times=row.times, since=write_moment(row.since), by=row.by, reason=row.reason)


def _wider_as_json(session: Session, row: Widened) -> Json:
    """An item that more people have than was known, with the command that says so."""
    weighs = {"urgency": row.score.urgency, "impact": row.score.impact, "scope": row.score.scope}
    return _with(session, row.standing, submitters=row.scope.submitters, **weighs, command=row.command)


def _with(session: Session, one: Standing, **more: object) -> Json:
    """An item's row with more about it."""
    known: Mapping[str, object] = as_json(session, one)
    return {**known, **more}
