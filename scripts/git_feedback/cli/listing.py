"""Items that fit a query, read from their files, and a list of them: the full way, which answers everything."""

from math import inf

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, query, standings
from git_feedback.jobs import indexing, listing
from git_feedback.jobs.listing import Listed, Looked


def chosen(session: Session, text: str) -> list[Standing]:
    """Items that fit a query, first due first, those without a due time last, by id."""
    wanted = parsed(session, text)
    found = [one for one in standings(session.desk.items, session.policy, session.now) if wanted.fits(one)]
    return sorted(found, key=lambda one: (due(one), one.item.id))


def parsed(session: Session, text: str) -> query.Query:
    """The query that a text writes; what it does not know stops the command."""
    try:
        return query.parse(text, session.policy, session.now)
    except query.UnknownField as unknown:
        known = query.NAMES
        raise Stop("unknown-query-field", USAGE, session.language, given=str(unknown), known=known) from None
    except query.UnknownValue as unknown:
        values = {"field": unknown.field, "given": unknown.given, "known": unknown.known}
        raise Stop("unknown-query-value", USAGE, session.language, **values) from None


def listed(session: Session, text: str, limit: int | None, looked: Looked | None) -> list[Listed]:
    """The rows of a list: from the index where it can be brought up to date and knows the question, else from the files."""
    parsed(session, text)
    if looked and indexing.refresh(looked, session.now, session.progress):
        found = listing.answer(looked, text, session.now, limit)
        if found is not None:
            return found
    return [indexing.listed(one, session.policy) for one in chosen(session, text)[:limit]]


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
