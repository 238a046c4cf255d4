"""`show`: everything about one item."""

import click

from git_feedback.cli.commands.list_items import as_json
from git_feedback.cli.commands.sla import clock_as_json, clock_said
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, is_answerable, legal, standing
from git_feedback.model import ids
from git_feedback.store import entry
from git_feedback.text import visible


@click.command("show")
@click.argument("item_id", metavar="ID")
@reading
def command(session: Session, item_id: str) -> None:
    """Show one item: what was said, where it stands, its clocks, its history, and what may be done next."""
    wanted = ids.canonical(item_id)
    item = next((one for one in session.desk.items if one.id == wanted), None)
    if item is None:
        raise Stop("no-such-item", USAGE, session.language, id=item_id)
    one = standing(item, session.policy, session.now)
    options = legal(one.state.life, short=one.state.short, answerable=is_answerable(item, session.policy))
    if session.style == "json":
        clocks = [clock_as_json(one, clock) for clock in one.clocks]
        said = {
            "text": item.text,
            "channel": item.channel,
            "received": write_moment(item.received),
            "category": one.state.category,
        }
        session.show_json({**as_json(session, one), **said, "clocks": clocks, "next": options})
        return
    _print(session, one, options)


def _print(session: Session, one: Standing, options: tuple[str, ...]) -> None:
    item, state = one.item, one.state
    click.echo(f"{item.id}  {state.level or '-'}  {session.words(f'life-{state.life}')}  {visible(item.title)}")
    click.echo(
        f"  {item.channel}  {item.received.isoformat()}  {state.category or '-'}  {state.department or '-'}  {state.owner or '-'}"
    )
    for line in visible(item.text or "").splitlines():
        click.echo(f"  | {line}")
    for clock in one.clocks:
        click.echo(f"  {clock_said(session, clock)}")
    for event in item.history:
        click.echo(visible(entry(event)).rstrip("\n"))
    click.echo(session.words("legal-now", legal=options))
