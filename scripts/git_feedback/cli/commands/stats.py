"""`stats`: figures about all items."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import standings
from git_feedback.insight.stats import stats


@click.command("stats")
@click.option("--tz", "zone", metavar="ZONE", help="Zone of days and months (default: the desk's).")
@reading
def command(session: Session, zone: str | None) -> None:
    """How many by channel, state, category, department and month; how long answers and solutions take."""
    try:
        tz = ZoneInfo(zone or session.policy.desk.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Stop("unknown-zone", USAGE, session.language, given=zone) from None
    found = stats(standings(session.desk.items, session.policy, session.now), session.policy, session.now, tz)
    if session.style == "json":
        session.show_json(found)
        return
    for name, value in found.items():
        click.echo(f"{name}:")
        _print(value, "  ")


def _print(value: object, margin: str) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                click.echo(f"{margin}{name}:")
                _print(inner, margin + "  ")
            else:
                click.echo(f"{margin}{name}: {inner}")
    elif isinstance(value, list):
        for inner in value:
            click.echo(
                margin + ("  ".join(f"{k} {v}" for k, v in inner.items()) if isinstance(inner, dict) else str(inner))
            )
    else:
        click.echo(f"{margin}{value}")
