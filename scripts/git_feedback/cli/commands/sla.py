"""`sla`: which clocks are late, and which will be soon."""

from datetime import timedelta

import click

from git_feedback.cli.session import Session, reading
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock, soon
from git_feedback.text import shorten, visible


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
    amount = clock.late_by or (clock.elapsed if clock.state in ("met", "cancelled") else clock.left)
    return session.words("cli-clock-line", name=name, state=state, due=due, amount=hours(amount))


def hours(seconds: int) -> str:
    """`7:05` hours and minutes of working time."""
    minutes = abs(seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


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
