"""`kb nominate`: items that may become best practice, and the draft of one.

`--format json` prints `{nominees: [{id, title, category, level, took_s, usual_s, others, by_level, reasons}], file, written}`;
`file` is null without `--write`.
"""

from collections.abc import Sequence

import click

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import standings
from git_feedback.jobs.training import lessons_of
from git_feedback.learning.drafting import is_name, name_of
from git_feedback.learning.nominating import Nominee, nominees
from git_feedback.learning.practice_draft import amount, path_of, practice_draft, reasons
from git_feedback.store import write_file
from git_feedback.text import shorten, visible

_TITLE = 64


@click.command("nominate")
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="So many at most.")
@click.option("--write", "chosen", metavar="ID", help="Draft a best practice from this one.")
@click.option(
    "--name", "given", metavar="NAME", help="What the draft's file is called (default: after category and id)."
)
@writing
def nominate(session: Session, limit: int, chosen: str | None, given: str | None) -> int:
    """List items that may become best practice: a satisfied customer, every clock met, faster than most of their kind.

    Items of key and of anonymous customers are left out, and so is what was erased or told already. With --write a
    draft is put into site/pages/training/practice, without names, contact data and long numbers, and is not committed:
    the other language of the reply and the lesson are blank, and check refuses it until somebody has written them.
    """
    found = _found(session)
    file, is_written = _drafted(session, found, chosen, given) if chosen else ("", False)
    shown = [one for one in found if one.one.item.id == chosen.upper()] if chosen else found[:limit]
    if session.style == "json":
        listed = [_as_json(session, one) for one in shown]
        session.show_json({"nominees": listed, "file": file or None, "written": is_written})
        return 0
    for number, one in enumerate(shown, 1):
        _show(session, number, one)
    _say_what_next(session, found, file, is_written=is_written)
    return 0


def _found(session: Session) -> list[Nominee]:
    told = {one.item for one in lessons_of(session.root).all.practices.values()}
    there = standings(session.desk.items, session.policy, session.now)
    return nominees(there, session.policy, session.now, told)


def _drafted(session: Session, found: Sequence[Nominee], chosen: str, given: str | None) -> tuple[str, bool]:
    """The file of the draft, and whether it was written."""
    nominee = next((one for one in found if one.one.item.id == chosen.upper()), None)
    if nominee is None:
        raise Stop("nominate-not", USAGE, session.language, given=chosen)
    name = given or name_of([nominee.one], None)
    if not is_name(name):
        raise Stop("nominate-bad-name", USAGE, session.language, given=name)
    path = path_of(name)
    if (session.root / path).exists():
        raise Stop("nominate-there", USAGE, session.language, file=path)
    if not session.dry_run:
        write_file(session.root / path, practice_draft(nominee, name, session.policy))
    return path, not session.dry_run


def _show(session: Session, number: int, one: Nominee) -> None:
    click.echo(f"{number}  {one.one.item.id}  {shorten(visible(one.one.item.title), _TITLE)}")
    category = session.policy.categories.get(one.one.state.category or "")
    fast = session.words(
        "nominate-fast-level" if one.by_level else "nominate-fast",
        took=amount(one.took_s, session.language),
        usual=amount(one.usual_s, session.language),
        category=category.name.said(session.language) if category else one.one.state.category,
        level=one.one.state.level,
        others=one.others,
    )
    between = "；" if session.language == "zh" else "; "
    for fact in (between.join(reasons(one, session.language)), fast):
        for line in wrapped(fact, 3):
            click.echo(line)


def _say_what_next(session: Session, found: Sequence[Nominee], file: str, *, is_written: bool) -> None:
    if file:
        session.say("nominate-written" if is_written else "nominate-would", file=file)
    elif found:
        session.say("nominate-count", n=len(found))
        session.say("nominate-way", id=found[0].one.item.id)
    else:
        session.say("nominate-none")


def _as_json(session: Session, one: Nominee) -> dict[str, object]:
    return {
        "id": one.one.item.id,
        "title": one.one.item.title,
        "category": one.one.state.category,
        "level": one.one.state.level,
        "took_s": one.took_s,
        "usual_s": one.usual_s,
        "others": one.others,
        "by_level": one.by_level,
        "reasons": reasons(one, session.language),
    }
