"""`list`: what is where."""

from math import inf

import click

from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, query, standings
from git_feedback.text import display_width, shorten, visible


@click.command("list")
@click.argument("terms", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@reading
def command(session: Session, terms: tuple[str, ...], limit: int | None) -> None:
    """List items that fit TERMS: state:open level:P0,P1 department:support owner:ID channel:phone words.

    Also planned:late snoozed:no force:yes copied:brand returned:2 (or more often) older:5wd (received longer ago).
    Without terms: everything that is not finished.  Sorted by due.
    """
    found = chosen(session, " ".join(terms) or "state:unfinished")[:limit]
    if session.style == "json":
        session.show_json([as_json(session, one) for one in found])
        return
    for one in found:
        click.echo(_row(session, one))
    session.say("listed", n=len(found))


def chosen(session: Session, text: str) -> list[Standing]:
    """Items that fit a query, first due first, those without a due time last, by id."""
    try:
        wanted = query.parse(text, session.policy, session.now)
    except query.UnknownField as unknown:
        known = query.NAMES
        raise Stop("unknown-query-field", USAGE, session.language, given=str(unknown), known=known) from None
    except query.UnknownValue as unknown:
        values = {"field": unknown.field, "given": unknown.given, "known": unknown.known}
        raise Stop("unknown-query-value", USAGE, session.language, **values) from None
    found = [one for one in standings(session.desk.items, session.policy, session.now) if wanted.fits(one)]
    return sorted(found, key=lambda one: (due(one), one.item.id))


def due(one: Standing) -> float:
    """When the clock that asks first is due, in seconds since 1970; infinite where none runs."""
    return one.worst.due.timestamp() if one.worst and one.worst.due else inf


def as_json(session: Session, one: Standing) -> dict[str, object]:
    """The row of DESIGN 8; `due` in the desk's zone."""
    at = one.worst.due if one.worst else None
    state = one.state
    return {
        "id": one.item.id,
        "state": state.life,
        "level": state.level,
        "department": state.department,
        "owner": state.owner,
        "due": write_moment(at.astimezone(session.policy.zone)) if at else None,
        "title": one.item.title,
    }


def _row(session: Session, one: Standing) -> str:
    at = one.worst.due if one.worst else None
    when = at.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M") if at else "-"
    late = "!" if one.worst and one.worst.state == "breached-open" else " "
    cells = (one.item.id, 16), (one.state.level or "-", 3), (_life(session, one), 12), (late + when, 18)
    owner = one.state.owner or "-"
    return " ".join([*(_padded(text, width) for text, width in cells), _padded(owner, 14), _title(one)])


def _life(session: Session, one: Standing) -> str:
    return session.words(f"life-{one.state.life}")


def _title(one: Standing) -> str:
    return shorten(visible(one.item.title), 60)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))
