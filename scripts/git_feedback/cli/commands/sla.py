"""`sla`: which clocks are late, and which will be soon."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import click

from git_feedback.cli.session import Session, reading
from git_feedback.clock import Calendar
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock, soon
from git_feedback.text import shorten, visible

DAY = 86_400
LONG = 10
"""From so many working days on, hours say nothing to anybody."""


@click.command("sla")
@click.option("--within", type=click.IntRange(1, 24 * 90), default=24, show_default=True, metavar="HOURS")
@click.option("--all", "everything", is_flag=True, help="Every clock, in every state.")
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when a clock is late.")
@reading
def command(session: Session, within: int, everything: bool, fail_on: str | None) -> int:
    """What is late now, and what will be within 24 hours.  Lateness alone ends with 0."""
    rows = [(one, clock) for one in standings(session.desk.items, session.policy, session.now) for clock in one.clocks]
    late = [(one, clock) for one, clock in rows if clock.state == "breached-open"]
    burning = [(one, clock) for one, clock in rows if soon(clock, session.now, timedelta(hours=within))]
    late.sort(key=lambda row: (-(row[1].late_by or 0), row[0].item.id))
    burning.sort(key=lambda row: (row[1].due, row[0].item.id))
    if session.style == "json":
        listed = rows if everything else [*late, *burning]
        session.show_json({"clocks": [clock_as_json(one, clock) for one, clock in listed]})
    else:
        _print(session, rows if everything else [], late, burning, within)
    return 1 if late and fail_on == "breach" else 0


def _print(
    session: Session,
    everything: list[tuple[Standing, Clock]],
    late: list[tuple[Standing, Clock]],
    burning: list[tuple[Standing, Clock]],
    within: int,
) -> None:
    for one, clock in everything:
        click.echo(f"{one.item.id}  {clock_said(session, clock)}")
    if everything:
        return
    for heading, rows in (("sla-late", late), ("sla-soon", burning)):
        click.echo(session.words(heading, n=len(rows), hours=within))
        for one, clock in rows:
            title = shorten(visible(one.item.title), 44)
            click.echo(
                f"  {one.item.id}  {one.state.level or '-'}  {clock_said(session, clock)}  {one.state.owner or '-'}  {title}"
            )


def clock_said(session: Session, clock: Clock) -> str:
    """One clock in words: its name, its state, its due time, the amount."""
    name, state = session.words(f"cli-clock-{clock.name}"), session.words(f"cli-clockstate-{clock.state}")
    due = clock.due.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M") if clock.due else "-"
    return session.words("cli-clock-line", name=name, state=state, due=due, amount=_amount(session, clock))


def _amount(session: Session, clock: Clock) -> str:
    """By how much it is late, what was used, or what is left: in working time."""
    if clock.late_by:
        return session.words("cli-clock-late-by", amount=_length(session, clock.late_by, clock.calendar))
    if clock.state in ("met", "cancelled"):
        return session.words("cli-clock-used", amount=_length(session, clock.elapsed, clock.calendar))
    return session.words("cli-clock-left", amount=_length(session, clock.left, clock.calendar))


def _length(session: Session, seconds: int, calendar: str) -> str:
    """`7:05` hours and minutes; from ten days of that calendar on in such days."""
    day = _working_day(session.policy.calendars[calendar], session.now.date()) if calendar else DAY
    if seconds >= LONG * day:
        return session.words("cli-clock-days" if day < DAY else "cli-clock-whole-days", n=seconds // day)
    minutes = max(seconds, 0) // 60
    return session.words("cli-clock-hours", amount=f"{minutes // 60}:{minutes % 60:02d}")


@lru_cache
def _working_day(calendar: Calendar, first: date) -> int:
    """The seconds of a working day: the longest one of two weeks from then."""
    start = datetime.combine(first, time(), calendar.tz)
    days = (start + timedelta(days=number) for number in range(14))
    return max(calendar.elapsed(day, day + timedelta(days=1)) for day in days) or DAY


def clock_as_json(one: Standing, clock: Clock) -> dict[str, object]:
    """The row of DESIGN 8."""
    return {
        "id": one.item.id,
        "clock": clock.name,
        "state": clock.state,
        "due": write_moment(clock.due) if clock.due else None,
        "elapsed_s": clock.elapsed,
        "target_s": clock.target,
        "late_s": clock.late_by,
        "flags": sorted(clock.flags),
    }
