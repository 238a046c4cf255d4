"""`sla`: which clocks are late, and which will be soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Self

import click

from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.clock import Calendar
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock, soon
from git_feedback.jobs.reading import NoPolicy
from git_feedback.jobs.simulating import NoSuchPolicy, judged_under, named_policy
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.store import GitFailed
from git_feedback.text import shorten, visible

DAY = 86_400
LONG = 10
"""From so many working days on, hours say nothing to anybody."""

under_option = click.option(
    "--under", metavar="DIR|REV", help="Show beside it the verdict of another policy: its folder, or a commit."
)


@click.command("sla")
@click.option("--within", type=click.IntRange(1, 24 * 90), default=24, show_default=True, metavar="HOURS")
@click.option("--all", "everything", is_flag=True, help="Every clock, in every state.")
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when a clock is late.")
@under_option
@reading
def command(session: Session, within: int, everything: bool, fail_on: str | None, under: str | None) -> int:
    """What is late now, and what will be within 24 hours.  Lateness alone ends with 0.

    With --under, the verdict of another policy stands beside each; it changes neither the list nor the exit code.
    """
    others = Others.of(session, session.desk.items, under)
    rows = [(one, clock) for one in standings(session.desk.items, session.policy, session.now) for clock in one.clocks]
    late = [(one, clock) for one, clock in rows if clock.state == "breached-open"]
    burning = [(one, clock) for one, clock in rows if soon(clock, session.now, timedelta(hours=within))]
    late.sort(key=lambda row: (-(row[1].late_by or 0), row[0].item.id))
    burning.sort(key=lambda row: (row[1].due, row[0].item.id))
    if session.style == "json":
        listed = rows if everything else [*late, *burning]
        session.show_json({"clocks": [clock_as_json(one, clock) | others.as_json(one, clock) for one, clock in listed]})
    else:
        _print(session, rows if everything else [], late, burning, within, others)
    return 1 if late and fail_on == "breach" else 0


def _print(
    session: Session,
    everything: list[tuple[Standing, Clock]],
    late: list[tuple[Standing, Clock]],
    burning: list[tuple[Standing, Clock]],
    within: int,
    others: "Others",
) -> None:
    for one, clock in everything:
        click.echo(f"{one.item.id}  {clock_said(session, clock)}{others.said(one, clock)}")
    if everything:
        return
    for heading, rows in (("sla-late", late), ("sla-soon", burning)):
        click.echo(session.words(heading, n=len(rows), hours=within))
        for one, clock in rows:
            title = shorten(visible(one.item.title), 44)
            click.echo(
                f"  {one.item.id}  {one.state.level or '-'}  {clock_said(session, clock)}{others.said(one, clock)}"
                f"  {one.state.owner or '-'}  {title}"
            )


def clock_said(session: Session, clock: Clock) -> str:
    """One clock in words: its name, its state, its due time, the amount."""
    name = session.words(f"cli-clock-{clock.name}")
    return session.words("cli-clock-line", None, name=name, **_verdict(session, clock, session.policy))


def _verdict(session: Session, clock: Clock, policy: Policy) -> dict[str, str]:
    """How a clock stands by a policy, in words."""
    due = clock.due.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M") if clock.due else "-"
    state = session.words(f"cli-clockstate-{clock.state}")
    return {"state": state, "due": due, "amount": _amount(session, clock, policy)}


def _amount(session: Session, clock: Clock, policy: Policy) -> str:
    """By how much it is late, what was used, or what is left: in working time."""
    if clock.late_by:
        return session.words("cli-clock-late-by", amount=length(session, clock.late_by, clock.calendar, policy))
    if clock.state in ("met", "cancelled"):
        return session.words("cli-clock-used", amount=length(session, clock.elapsed, clock.calendar, policy))
    return session.words("cli-clock-left", amount=length(session, clock.left, clock.calendar, policy))


def length(session: Session, seconds: int, calendar: str, policy: Policy) -> str:
    """`7:05` hours and minutes; from ten days of that calendar on in such days."""
    day = _working_day(policy.calendars[calendar], session.now.date()) if calendar else DAY
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


def other_policy(session: Session, named: str) -> Policy:
    """The policy in a folder or at a commit; what is wrong with it is printed, and the command stops."""
    try:
        return named_policy(named, session.git)
    except NoSuchPolicy:
        raise Stop("simulate-no-such-policy", USAGE, session.language, given=named) from None
    except NoPolicy as none:
        for problem in none.problems:
            click.echo(problem.said(session.language), err=True)
        raise Stop("no-policy", CANNOT, session.language) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def verdict_as_json(clock: Clock | None) -> dict[str, object] | None:
    """What one policy says of a clock, None where it does not run there."""
    if clock is None:
        return None
    due = write_moment(clock.due) if clock.due else None
    amounts = {"elapsed_s": clock.elapsed, "target_s": clock.target, "late_s": clock.late_by}
    return {"state": clock.state, "due": due, **amounts}


@dataclass(frozen=True)
class Others:
    """The verdicts of another policy beside ours, for whoever asked with `--under`; else nothing."""

    session: Session
    named: str | None
    policy: Policy
    standings: Mapping[str, Standing]

    @classmethod
    def of(cls, session: Session, items: Sequence[Item], named: str | None) -> Self:
        """What the policy that is named says of these items; what is wrong with it stops the command."""
        if named is None:
            return cls(session, None, session.policy, {})
        other = other_policy(session, named)
        return cls(session, named, other, judged_under(items, session.policy, other, session.now))

    def clock(self, one: Standing, name: str) -> Clock | None:
        """The same clock there, None where it does not run."""
        there = self.standings.get(one.item.id)
        return there.clock(name) if there else None

    def said(self, one: Standing, clock: Clock) -> str:
        """What follows the words of our clock in its line."""
        if self.named is None:
            return ""
        there, policy = self.clock(one, clock.name), visible(self.named)
        if there is None:
            return self.session.words("under-no-clock", policy=policy)
        if verdict_as_json(there) == verdict_as_json(clock):
            return self.session.words("under-same", policy=policy)
        return self.session.words("under-clock", None, policy=policy, **_verdict(self.session, there, self.policy))

    def as_json(self, one: Standing, clock: Clock) -> dict[str, object]:
        """The key `under` for the row of our clock."""
        return {} if self.named is None else {"under": verdict_as_json(self.clock(one, clock.name))}
