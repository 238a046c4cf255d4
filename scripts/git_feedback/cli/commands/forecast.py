"""`forecast`: how many items the next weeks will bring."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import standings
from git_feedback.insight.courses import courses
from git_feedback.insight.forecast import AHEAD, Expected, NoSeasons
from git_feedback.insight.outlook import EVERYTHING, LATEST, Line, Outlook, outlook
from git_feedback.pages.reports.chapters.forecast import (
    TOO_LITTLE,
    how_good,
    in_short,
    name_of,
    remarks,
    too_little,
    why_none,
)
from git_feedback.pages.reports.speech import Speech
from git_feedback.text import display_width

_INDENT = 2


@click.command("forecast")
@click.option("--weeks", type=click.IntRange(1, LATEST), default=AHEAD, show_default=True, help="How far ahead.")
@click.option("--category", metavar="ID", help="That category alone.")
@reading
def command(session: Session, weeks: int, category: str | None) -> None:
    """How many items the next weeks will bring, in all and by category, and how good such forecasts were so far.

    Each is made again for the last month ends and shown only where it was less wrong than "the same as last week".
    """
    wanted = _category(session, category)
    found = courses(standings(session.desk.items, session.policy, session.now), session.now)
    try:
        seen = outlook(found, session.now, session.policy.zone, weeks)
    except NoSeasons:
        raise Stop("forecast-no-library", language=session.language) from None
    lines = [one for one in (seen.whole, *seen.categories) if wanted in (None, one.category)]
    if session.style == "json":
        session.show_json(_as_json(seen, lines))
        return
    if wanted and not lines:
        click.echo(session.words("forecast-no-history", name=Speech(session.policy, session.language).category(wanted)))
    for said in (
        _all(session, seen) if wanted is None else (said for one in lines for said in _said(session, seen, one))
    ):
        click.echo(said)


def _category(session: Session, given: str | None) -> str | None:
    """The id that a category has now; stops where there is none of that name."""
    wanted = session.policy.category_ids.get(given, given) if given else None
    if wanted and wanted not in session.policy.categories:
        known = tuple(session.policy.categories)
        raise Stop("forecast-no-category", USAGE, session.language, given=given, known=known)
    return wanted


def _all(session: Session, seen: Outlook) -> Iterator[str]:
    """Everything that is shown, or was tried; of the others in one sentence."""
    for line in (seen.whole, *seen.of("shown"), *seen.of("not-better")):
        yield from _said(session, seen, line)
    if seen.whole.verdict not in TOO_LITTLE:
        yield from wrapped(too_little(seen, Speech(session.policy, session.language)), 0, 0)


def _said(session: Session, seen: Outlook, line: Line) -> Iterator[str]:
    speech = Speech(session.policy, session.language)
    if line.verdict != "shown":
        yield from wrapped(why_none(line, speech), 0, 0)
        return
    yield name_of(line, speech)
    yield from wrapped(in_short(seen, line, speech), _INDENT, 0)
    yield from _table(session, line)
    yield from wrapped(how_good(line, speech), _INDENT, 0)
    yield from wrapped(remarks(seen, line, speech), _INDENT, 0)


def _table(session: Session, line: Line) -> Iterator[str]:
    """A line for each week, under heads that are at least as wide."""
    heads = [session.words(f"chart-fan-{name}") for name in ("week", "expected", "half", "most")]
    rows = [heads, *(_row(one) for one in line.expected)]
    wide = [max(display_width(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        cells = (" " * (room - display_width(cell)) + cell for cell, room in zip(row, wide, strict=True))
        yield " " * _INDENT + "  ".join(cells)


def _row(one: Expected) -> list[str]:
    return [
        f"{one.week}",
        f"{one.mean:,.1f}",
        f"{one.low_50}–{one.high_50}",
        f"{one.low_80}–{one.high_80}",
    ]


def _as_json(seen: Outlook, lines: list[Line]) -> dict[str, object]:
    return {"week": seen.week.isoformat(), "weeks": seen.ahead, "forecasts": [_line(one) for one in lines]}


def _line(line: Line) -> dict[str, object]:
    return {
        "category": None if line.category == EVERYTHING else line.category,
        "verdict": line.verdict,
        "weeks_known": line.known,
        "ready": line.ready and line.ready.isoformat(),
        "seasonal": line.seasonal,
        "test": {**asdict(line.test), "gain": line.test.gain},
        "expected": [{**asdict(one), "week": one.week.isoformat()} for one in line.expected],
    }
