"""`recurring`: which problems come again."""

from collections.abc import Iterator, Sequence

import click

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import standings
from git_feedback.jobs import pairing
from git_feedback.model import Item
from git_feedback.text import shorten, visible
from git_feedback.triage.pair_words import link_commands, problem_id, problem_name, spike_said
from git_feedback.triage.recurring import Recurring

_INDENT = 4
_TITLE = 60


@click.command("recurring")
@click.option(
    "--propose",
    metavar="N",
    help="What a problem record of number N would hold, with the commands that link its items.",
)
@reading
def command(session: Session, propose: str | None) -> None:
    """List problems that come again in the last half year: items about one thing, gathered over links and likeness.

    Each with its count, how many different people sent it, the trend of eight weeks, areas and examples; a steep rise
    is marked, and from three people on a problem record is proposed.  Nothing is written: --propose prints what to give.
    """
    found = standings(session.desk.items, session.policy, session.now)
    listed = pairing.problems(found, session.policy, session.now)
    items = {one.item.id: one.item for one in found}
    linked = frozenset(one.item.id for one in found for kind, _ in one.state.links if kind == "problem")
    if propose:
        _propose(session, _named(session, listed, propose), items, linked)
        return
    if session.style == "json":
        session.show_json({"problems": [as_json(session, number, one) for number, one in enumerate(listed, 1)]})
        return
    for number, one in enumerate(listed, 1):
        for line in _lines(session, number, one, items):
            click.echo(line)
    session.say("recurring-count", n=len(listed))


def _named(session: Session, listed: Sequence[Recurring], given: str) -> Recurring:
    """By number, or by the key that stays while the group grows."""
    for number, one in enumerate(listed, 1):
        if given.upper() in (str(number), one.key.upper()):
            return one
    raise Stop("no-such-recurring", USAGE, session.language, given=given, n=len(listed))


def _lines(session: Session, number: int, one: Recurring, items: dict[str, Item]) -> Iterator[str]:
    say = session.words
    yield f"{number:>2}  {problem_name(one, session.language)}"
    day = f"{one.last.astimezone(session.policy.zone):%Y-%m-%d}"
    facts = [
        say("recurring-facts", items=one.count, open=one.open, submitters=one.submitters, day=day),
        say("recurring-weeks", weeks=" ".join(map(str, one.weekly))),
        *([spike_said(one, session.language)] if one.spike else []),
        *(_most(session, one)),
        *([say("recurring-proposed", n=number)] if one.proposes_problem else []),
    ]
    for fact in facts:
        yield from wrapped(fact, _INDENT)
    for name in one.examples:
        yield f"{' ' * _INDENT}{name}  {shorten(visible(items[name].title), _TITLE - _INDENT)}"


def _most(session: Session, one: Recurring) -> Iterator[str]:
    """Where it comes from, and what it is about."""
    names = {found.id: found.name.said(session.language) for found in session.policy.categories.values()}
    categories = [(names.get(name, name), n) for name, n in one.categories]
    for code, counted in (("areas", one.areas), ("products", one.products), ("categories", categories)):
        if counted:
            yield session.words(f"recurring-{code}", most=[f"{visible(name)} {n}" for name, n in counted])


def _propose(session: Session, one: Recurring, items: dict[str, Item], linked: frozenset[str]) -> None:
    """What a problem record would hold, printed; `problem new` writes its draft."""
    ways = link_commands(one, linked)
    if session.style == "json":
        session.show_json({**as_json(session, None, one), "links": ways})
        return
    click.echo(session.words("recurring-record", problem=problem_id(one), name=problem_name(one, session.language)))
    first = f"{one.first.astimezone(session.policy.zone):%Y-%m-%d}"
    for fact in (
        session.words("recurring-record-facts", items=one.count, submitters=one.submitters, first=first),
        *_most(session, one),
    ):
        click.echo(f"  {fact}")
    for name in one.ids:
        click.echo(f"  {name}  {shorten(visible(items[name].title), _TITLE)}")
    for command in ways:
        click.echo(command)
    if not one.proposes_problem:
        session.say("recurring-not-due" if one.problem is None else "recurring-has-record", problem=problem_id(one))


def as_json(session: Session, number: int | None, one: Recurring) -> dict[str, object]:
    """A problem that comes again, for a programme; `weekly` has the newest week last."""
    spike = one.spike and {"now": one.spike.now, "before": one.spike.before, "chance": one.spike.chance}
    return {
        **({"number": number} if number else {}),
        "key": one.key,
        "name": one.name(session.language),
        "terms": list(one.terms),
        "count": one.count,
        "open": one.open,
        "confirmed": one.confirmed,
        "submitters": one.submitters,
        "weekly": list(one.weekly),
        "first": write_moment(one.first.astimezone(session.policy.zone)),
        "last": write_moment(one.last.astimezone(session.policy.zone)),
        "areas": [list(found) for found in one.areas],
        "products": [list(found) for found in one.products],
        "categories": [list(found) for found in one.categories],
        "ids": list(one.ids),
        "middle": one.middle,
        "examples": list(one.examples),
        "spike": spike,
        "problem": one.problem,
        "proposes_problem": one.proposes_problem,
        "proposed_id": problem_id(one) if one.proposes_problem else None,
    }
