"""`show`: everything about one item."""

import click

from git_feedback.cli import drafting
from git_feedback.cli.commands.sla import Others, clock_as_json, clock_said, under_option
from git_feedback.cli.listing import as_json
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, is_answerable, possible, standing
from git_feedback.desk.suggestions import suggestions
from git_feedback.jobs import acting
from git_feedback.model import Item
from git_feedback.store import BadItem, entry
from git_feedback.text import visible


@click.command("show")
@click.argument("item_id", metavar="ID")
@under_option
@reading
def command(session: Session, item_id: str, under: str | None) -> None:
    """Show one item: what was said, where it stands, its clocks, its history, and what may be done next."""
    item = chosen(session, item_id)
    one = standing(item, session.policy, session.now)
    others = Others.of(session, [item], under)
    options = possible(one.state.life, short=one.state.short, answerable=is_answerable(item, session.policy))
    if session.style == "json":
        clocks = [clock_as_json(one, clock) | others.as_json(one, clock) for clock in one.clocks]
        said = {
            "text": item.text,
            "channel": item.channel,
            "received": write_moment(item.received),
            "category": one.state.category,
        }
        advice = [each._asdict() for each in suggestions(one, session.policy, session.now)]
        found = {**as_json(session, one), **said, "clocks": clocks, "next": options}
        session.show_json({**found, "suggested": advice})
        return
    _print(session, one, options, others)


def chosen(session: Session, named: str) -> Item:
    """The item that is named; a file that cannot be read is shown with what is wrong in it."""
    desk = session.desk
    readable = {subject.file: subject.item for subject in desk.subjects}
    try:
        path = acting.item_path(named, sorted({*readable, *(problem.file for problem in desk.broken)}))
    except acting.NoItem as none:
        raise not_there(session, none) from None
    if path in readable:
        return readable[path]
    session.show_problems(problem for problem in desk.broken if problem.file == path)
    raise Stop("broken-item", language=session.language, id=named)


def item_there(session: Session, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes of what was named.  Raises Stop; what is wrong with a broken file is shown before."""
    try:
        return acting.item(session.root, item_id)
    except acting.NoItem as none:
        raise not_there(session, none) from None
    except BadItem as bad:
        session.show_problems(bad.problems)
        raise Stop("broken-item", language=session.language, id=item_id) from None


def not_there(session: Session, none: acting.NoItem) -> Stop:
    """What to say when what was named is no item, or may be one of several."""
    if none.fits:
        return Stop("ambiguous-id", USAGE, session.language, given=none.given, fits=none.fits)
    if none.mistyped:
        return Stop("mistyped-id", USAGE, session.language, id=none.given)
    return Stop("no-such-item", USAGE, session.language, id=none.given)


def _print(session: Session, one: Standing, options: tuple[str, ...], others: Others) -> None:
    item, state = one.item, one.state
    click.echo(f"{item.id}  {state.level or '-'}  {session.words(f'life-{state.life}')}  {visible(item.title)}")
    received = item.received.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M")
    for code, value in (
        ("show-channel", item.channel),
        ("show-received", received),
        ("show-category", state.category),
        ("show-department", state.department),
        ("show-owner", state.owner),
    ):
        click.echo(f"  {session.words(code, value=value or '-')}")
    for line in visible(item.text or "").splitlines():
        click.echo(f"  | {line}")
    for clock in one.clocks:
        click.echo(f"  {clock_said(session, clock)}{others.said(one, clock)}")
    for event in item.history:
        click.echo(visible(entry(event)).rstrip("\n"))
    click.echo(session.words("legal-now", legal=options))
    for suggestion in suggestions(one, session.policy, session.now):
        click.echo(drafting.said(session, suggestion))
