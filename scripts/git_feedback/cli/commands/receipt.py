"""`receipt`: what a submitter takes home; with `--new` also a number to look the item up by, which is shown once.

`--format json` prints `{id, time, content, token, commit, given, file, slip}`; what there is none of is null.
"""

import secrets
from pathlib import Path

import click

from git_feedback.cli.commands.show import item_there
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Refusal
from git_feedback.jobs import receiving
from git_feedback.model import Item, receipts
from git_feedback.model.receipts import Receipt
from git_feedback.store import BadItem, write_file

SLIPS = Path("build", "receipts")
"""Where slips to print lie; Git ignores it, and no site is made from it."""

slip_option = click.option("--slip", is_flag=True, help=f"Write a page to print, with a QR code, into {SLIPS}/.")
site_option = click.option("--site", metavar="ADDRESS", help="Where the site is, for the QR code: https://...")


@click.command("receipt")
@click.argument("item_id", metavar="ID")
@click.option("--new", "is_new", is_flag=True, help="Give the item a number; an item gets one, once.")
@slip_option
@site_option
@writing
def command(session: Session, item_id: str, is_new: bool, slip: bool, site: str | None) -> int:
    """Print the receipt of an item: id, time, and the SHA-256 of what was said, as `verify` reads them.

    With --new also a number for the page `track.html`. It is printed once and written nowhere; the item holds its
    SHA-256. Give it to the submitter by a private way. Ends with 1 when the item may have none, or has one.
    """
    if slip and not is_new:
        raise Stop("receipt-slip-of-new", USAGE, session.language)
    path, item, source = item_there(session, item_id)
    if not is_new:
        _show_old(session, item)
        return 0
    address = site_address(session, site)
    token = receipts.token(secrets.randbits(receipts.TOKEN_BITS))
    because = session.words("receipt-because")
    by = session.actor
    try:
        made = receiving.handed_over(item, source, session.policy, session.now, by, token, because, file=path)
    except BadItem as bad:
        session.show_problems(bad.problems)
        return 1
    if isinstance(made, Refusal):
        click.echo(made.said(session.language), err=True)
        return 1
    if session.dry_run:
        show(session, receiving.receipt(item), path, None)
        return 0
    write_file(session.root / path, made)
    hand_over(session, receiving.receipt(item, token), path, item.language, slip=slip, site=address)
    session.commit([path], f"receipt {item.id}, by {by}")
    return 0


def _show_old(session: Session, item: Item) -> None:
    plain = receiving.receipt(item)
    commit = receiving.first_commit(session.git, plain) or None
    show(session, receiving.receipt(item, commit=commit), None, None, given=bool(item.receipt))
    if session.style == "text":
        session.say("receipt-has" if item.receipt else "receipt-has-none", id=item.id)


# ---- what `new` does too --------------------------------------------------------------------------------------------


def site_address(session: Session, given: str | None) -> str:
    """Where the site is: as given, else as desk.yml says, else where the repository's host publishes it; empty where nobody knows."""
    from git_feedback.pages.slips import site_of

    if given is not None and not given.startswith(("https://", "http://")):
        raise Stop("receipt-bad-site", USAGE, session.language, given=given)
    return given or session.policy.desk.site or site_of(session.policy.desk.repository)


def hand_over(session: Session, full: Receipt, path: str, spoken: str | None, *, slip: bool, site: str) -> None:
    """Show a receipt with its number for the first and last time, and write the slip if one is wanted."""
    show(session, full, path, written_slip(session, full, spoken, site) if slip else None)
    session.say("receipt-once")


def written_slip(session: Session, full: Receipt, spoken: str | None, site: str) -> Path:
    """The slip's file, which only whoever runs this may read."""
    if not site:
        session.say("receipt-no-site")
    return _slip(session, full, spoken, site)


def _slip(session: Session, full: Receipt, spoken: str | None, site: str) -> Path:
    from git_feedback.pages.slips import slip

    folder = session.root / SLIPS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    file = SLIPS / f"{full.id}.html"
    language = "zh" if (spoken or session.policy.desk.language).startswith("zh") else "en"
    write_file(session.root / file, slip(full, session.policy, language, site))
    return file


def show(session: Session, one: Receipt, path: str | None, slip: Path | None, *, given: bool = True) -> None:
    """A receipt on standard output."""
    if session.style == "json":
        session.show_json(as_json(one, path, slip, given=given))
        return
    click.echo(one.lines(), nl=False)
    if slip:
        session.say("receipt-slip", file=slip.as_posix())


def as_json(one: Receipt, path: str | None, slip: Path | None, *, given: bool) -> dict[str, object]:
    """A receipt for programs."""
    return {
        "id": one.id,
        "time": write_moment(one.time),
        "content": one.content,
        "token": one.token,
        "commit": one.commit,
        "given": given,
        "file": path,
        "slip": slip.as_posix() if slip else None,
    }
