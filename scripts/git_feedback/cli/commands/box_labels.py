"""`box-labels`: what is printed for paper boxes: labels with a QR code, and blank sheets for their notes."""

from collections.abc import Sequence
from pathlib import Path

import click

from git_feedback.cli.commands.receipt import site_option
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.policy import Box
from git_feedback.store import write_file

FOLDER = Path("build", "boxes")
"""Where what is to be printed lies; Git ignores it."""


@click.command("box-labels", epilog="\b\nExample:\n  git feedback box-labels --box HZ03 --sheets")
@click.option("--box", "named", metavar="ID", multiple=True, help="Only this box; may be given several times.")
@click.option("--sheets", is_flag=True, help="Blank sheets too: a page to print, and a CSV for each box to type into.")
@click.option("--form", metavar="ADDRESS", help="The page where people write: channel and box are added to it.")
@site_option
@common
def command(session: Session, named: tuple[str, ...], sheets: bool, form: str | None, site: str | None) -> int:
    """Write labels for the boxes of policy/channels.yml into build/boxes/: A4, two on a page, in both languages.

    The QR code leads to --form, else to the site (--site, or `site` in policy/desk.yml), else to the form on GitHub,
    and says which box it is. A filled sheet is taken in with `git feedback import paper-box FILE`.
    """
    from git_feedback.pages import box_labels

    boxes = _boxes(session, named)
    place = _address(session, site) or session.policy.desk.site or ""
    written = {FOLDER / "labels.html": box_labels.labels(boxes, session.policy, place, _address(session, form))}
    if sheets:
        written[FOLDER / "sheets.html"] = box_labels.sheets(boxes, session.policy)
        written |= {FOLDER / f"{box.id}.csv": box_labels.typed_sheet(box, session.policy) for box in boxes}
    for path, content in written.items():
        write_file(session.root / path, content)
    codes = {box.id: box_labels.address(box, session.policy, place, form or "") for box in boxes}
    _tell(session, written, codes)
    return 0


def _boxes(session: Session, named: Sequence[str]) -> list[Box]:
    """The boxes that are meant, in the order of the policy.  Raises Stop."""
    known = session.policy.boxes
    if not known:
        raise Stop("box-none", USAGE, session.language)
    for one in named:
        if one not in known:
            raise Stop("box-unknown", USAGE, session.language, given=one, known=tuple(known))
    return [box for box in known.values() if not named or box.id in named]


def _address(session: Session, given: str | None) -> str:
    if given and not given.startswith(("https://", "http://")):
        raise Stop("receipt-bad-site", USAGE, session.language, given=given)
    return given or ""


def _tell(session: Session, written: dict[Path, bytes], codes: dict[str, str]) -> None:
    files = [path.as_posix() for path in written]
    if session.style == "json":
        session.show_json({"files": files, "codes": codes})
        return
    for file in files:
        click.echo(file)
    if not all(codes.values()):
        session.say("box-no-address")
    session.say("box-print")
