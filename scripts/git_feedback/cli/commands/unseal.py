"""`unseal`: how to reach whoever sent an item, and what they wrote before it was masked.

`--format json` prints `{id, sealed: [{where, fields: {NAME: TEXT}}]}`.
"""

from pathlib import Path

import click

from git_feedback.cli.commands.show import chosen
from git_feedback.cli.secrets_given import identities, identity_option, trouble_with_keys
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import CANNOT, Stop
from git_feedback.jobs import keyholding
from git_feedback.privacy.sealing import unsealed
from git_feedback.store import Keys
from git_feedback.text import visible


@click.command("unseal")
@click.argument("item_id", metavar="ID")
@identity_option
@reading
def command(session: Session, item_id: str, identity: Path | None) -> int:
    """Show what is sealed in item ID: contact data, and words as they were before masking.

    Needs your secret key and the items' keys (git feedback sync brings them).  Nothing is written, and nobody is told.
    """
    item = chosen(session, item_id)
    blocks = keyholding.sealed_blocks(item)
    if not blocks:
        raise Stop("unseal-nothing", CANNOT, session.language, id=item.id)
    mine = identities(session, identity)
    with trouble_with_keys(session, str(identity or "")):
        keys = Keys(session.git).of(item.id)
        found = [(where, unsealed(block, keys, mine)) for where, block in blocks]
    if session.style == "json":
        session.show_json({"id": item.id, "sealed": [{"where": where, "fields": said} for where, said in found]})
        return 0
    for where, said in found:
        click.echo(f"{item.id}  {where}")
        for name, words in said.items():
            _show(name, words)
    return 0


def _show(name: str, words: str) -> None:
    """A field on one line; longer words below its name."""
    first, *rest = visible(words).splitlines() or [""]
    if not rest:
        click.echo(f"  {name}: {first}")
        return
    click.echo(f"  {name}:")
    for line in (first, *rest):
        click.echo(f"  | {line}")
