"""`duplicates`: which items may be one matter."""

import click

from git_feedback.cli.commands.show import chosen
from git_feedback.cli.pair_cards import as_json, card
from git_feedback.cli.session import Session, reading
from git_feedback.desk import standings
from git_feedback.jobs import pairing

SHOWN = 20


@click.command("duplicates")
@click.argument("item_id", metavar="[ID]", required=False)
@click.option("--all", "everything", is_flag=True, help=f"All pairs, not only the first {SHOWN}.")
@reading
def command(session: Session, item_id: str | None, everything: bool) -> None:
    """List pairs of items that may be one matter, of the whole desk or of ID: exact copies first, then the most alike.

    Each with both texts, the reason, and the commands: link them, link them the other way round, or say that they are
    two matters, so that they are never proposed again.  Nothing is linked without a person.
    """
    found = standings(session.desk.items, session.policy, session.now)
    if item_id:
        listed = pairing.pairs_of(chosen(session, item_id), found, session.policy, session.now)
    else:
        listed = pairing.pairs(found, session.policy, session.now)
    shown = listed if everything else listed[:SHOWN]
    items = {one.item.id: one.item for one in found}
    if session.style == "json":
        session.show_json({"pairs": [as_json(session, pair, items) for pair in shown], "count": len(listed)})
        return
    for place, pair in enumerate(shown):
        click.echo("\n".join((*([""] if place else []), *card(session, pair, items))))
    session.say("pairs-count", n=len(listed))
    if len(shown) < len(listed):
        session.say("pairs-more", n=len(listed) - len(shown))
