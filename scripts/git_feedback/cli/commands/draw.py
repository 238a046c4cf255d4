"""`draw`: the monthly draw among valid items: announced, drawn once, checked by anybody.

`--format json` prints `{month, announced, closes, prizes, digest, entrants, drawn, seed, winners}`, for `run` also
`{written, refused}`, for `check` also `{problems}`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import click

from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.session import Session, common, writing
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.clock.moments import parse_moment, write_moment
from git_feedback.jobs import drawing_lots
from git_feedback.jobs.drawing_lots import CannotDraw
from git_feedback.jobs.reading import NoPolicy
from git_feedback.model import draws
from git_feedback.model.draws import BadDraw, Draw
from git_feedback.store import BadItem, GitFailed, write_file

Result = TypeVar("Result")


@click.group("draw")
def command() -> None:
    """The monthly draw: announce who takes part, draw once the night has passed, let anybody check."""


@command.command("announce")
@click.argument("month")
@click.option("--prizes", type=click.IntRange(1, 1000), default=1, show_default=True, metavar="N")
@click.option(
    "--closes", metavar="TIME", help="When it closes (default: tonight at midnight): 2026-12-02T00:00:00+08:00."
)
@writing
def announce(session: Session, month: str, prizes: int, closes: str | None) -> int:
    """Make public who takes part in the draw of MONTH (2026-11), before anybody can know the seed.

    Everybody whose valid item of that month can be answered takes part, with one chance a person. The file
    feedback/draws/MONTH.yml holds them with their digest; a second run changes nothing.
    """
    _check_month(session, month)
    moment = _closes(session, closes)
    draw = _trying(session, lambda: drawing_lots.there(session.root, month))
    is_new = draw is None
    if draw is None:
        by = session.actor
        draw = _trying(session, lambda: drawing_lots.announced(session.root, month, session.now, by, prizes, moment))
        if not session.dry_run:
            write_file(session.root / draws.path(month), draws.write(draw))
    _show(session, draw, {})
    if is_new and not session.dry_run:
        session.commit([draws.path(month)], f"draw {month}: announce, by {session.actor}")
        session.say("draw-said-publish")
    return 0


@command.command("run")
@click.argument("month")
@writing
def run(session: Session, month: str) -> int:
    """Draw the winners of MONTH, once, by the first nightly commit after closing; a second run shows the same.

    Each winner's item gets an event. Ends with 1 when the announcement was tampered with, and draws nothing then; also
    when a winner's item takes no event any more.
    """
    _check_month(session, month)
    by = session.actor
    done = _trying(session, lambda: drawing_lots.drawn(session.root, session.desk, month, session.now, by))
    written = [] if session.dry_run else sorted(done.files)
    for path in written:
        write_file(session.root / path, done.files[path])
    refused = [one.said(session.language) for one in done.refused]
    _show(session, done.draw, {"written": written, "refused": refused})
    for said in refused if session.style == "text" else ():
        click.echo(said, err=True)
    session.commit(written, f"draw {month}: {len(done.draw.winners)} winners, by {by}")
    return 1 if refused else 0


@command.command("check")
@click.argument("month")
@common
def check(session: Session, month: str) -> int:
    """Recompute the draw of MONTH from the record alone: digest, entrants, seed, winners.

    Ends with 0 when all is as the rule says, with 1 and what is not otherwise.
    """
    _check_month(session, month)
    draw, wrong = _trying(session, lambda: drawing_lots.faults(session.root, month))
    _show(session, draw, {"problems": [problem_as_json(problem, session.language) for problem in wrong]})
    if session.style == "text":
        session.show_problems(wrong)
        if not wrong:
            session.say("draw-said-well" if draw.seed else "draw-said-announced")
    return 1 if wrong else 0


def _check_month(session: Session, month: str) -> None:
    if not draws.MONTH.fullmatch(month):
        raise Stop("draw-bad-month", USAGE, session.language, given=month)


def _closes(session: Session, given: str | None) -> datetime:
    if given is None:
        return drawing_lots.next_midnight(session.policy, session.now)
    try:
        return parse_moment(given)
    except ValueError:
        raise Stop("draw-bad-closes", USAGE, session.language, given=given) from None


def _trying(session: Session, ask: Callable[[], Result]) -> Result:
    """What `ask` gives; why it cannot is told."""
    try:
        return ask()
    except CannotDraw as cannot:
        raise Stop(cannot.code, CANNOT, session.language, **cannot.values) from None
    except (BadDraw, BadItem) as bad:
        session.show_problems(bad.problems)
        raise Stop("draw-not-drawn", 1, session.language) from None
    except NoPolicy as none:
        session.show_problems(none.problems)
        raise Stop("no-policy", CANNOT, session.language, n=len(none.problems)) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _show(session: Session, draw: Draw, more: dict[str, Sequence[object]]) -> None:
    if session.style == "json":
        session.show_json(_as_json(draw) | more)
        return
    closes = write_moment(draw.closes)
    click.echo(
        session.words("draw-said", month=draw.draw, entrants=len(draw.entrants), prizes=draw.prizes, closes=closes)
    )
    click.echo(session.words("draw-said-digest", digest=draw.digest))
    if draw.seed:
        click.echo(session.words("draw-said-seed", seed=draw.seed))
    for winner in draw.winners:
        click.echo(session.words("draw-said-winner", id=winner))


def _as_json(draw: Draw) -> dict[str, object]:
    return {
        "month": draw.draw,
        "announced": write_moment(draw.announced),
        "closes": write_moment(draw.closes),
        "prizes": draw.prizes,
        "digest": draw.digest,
        "entrants": list(draw.entrants),
        "drawn": write_moment(draw.drawn) if draw.drawn else None,
        "seed": draw.seed,
        "winners": list(draw.winners),
    }
