"""The verbs on the command line: `git feedback VERB ID ...`, its options made from the event's own fields."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from git_feedback.cli import verb_options
from git_feedback.cli.commands.list_items import chosen
from git_feedback.cli.commands.show import not_there
from git_feedback.cli.session import Session, stdin_is_a_person, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Refusal, act
from git_feedback.intake.door import safe
from git_feedback.jobs import acting
from git_feedback.jobs.merging import conflicted
from git_feedback.model import VERBS, Item
from git_feedback.notation import clean
from git_feedback.store import BadItem, append, entry, write_file


def command(verb: str, summary: str) -> click.Command:
    """The click command of one verb."""

    def body(session: Session, item_ids: tuple[str, ...], where: str | None, **given: Any) -> int:
        return _run(session, verb, item_ids, where, given)

    made = writing(body)
    for option in reversed(verb_options.options(verb)):
        made = option(made)
    made = click.option("--where", metavar="QUERY", help="All items that fit, as in `list`.")(made)
    made = click.argument("item_ids", metavar="ID...", nargs=-1)(made)
    words = f"{summary}\n\nRefused with the reason and the legal verbs; ends with 1 then."
    example = f"\b\nExample:\n  git feedback {verb} {verb_options.EXAMPLES[verb]}"
    return click.command(verb, help=words, epilog=example)(made)


def _run(session: Session, verb: str, item_ids: tuple[str, ...], where: str | None, given: dict[str, Any]) -> int:
    if bool(item_ids) == bool(where):
        meant = verb == "resolve" and not where and not item_ids and conflicted(session.git)
        raise Stop("merge-resolve-meant" if meant else "no-item-named", USAGE, session.language, verb=verb)
    said = {name: value for name, value in given.items() if value not in (None, ())}
    _check_complete(session, verb, said)
    args = _asked(session, verb, said)
    if args.get("of"):
        args["of"] = _there(session, args["of"])[1].id
    wanted = item_ids or tuple(one.item.id for one in chosen(session, where or ""))
    if not wanted:
        session.say("no-item-fits", query=where)
    there = {path: (item, source) for path, item, source in (_there(session, one) for one in wanted)}
    done = [path for path, (item, source) in there.items() if _act(session, verb, path, item, source, args)]
    if session.style == "json":
        session.show_json({"written": [] if session.dry_run else done, "refused": len(there) - len(done)})
    if done:
        subject = f"{verb} {Path(done[0]).stem}" if len(done) == 1 else f"{verb}: {len(done)} items"
        session.commit(done, f"{subject}, by {session.actor}")
    return 1 if len(done) < len(there) else 0


def _check_complete(session: Session, verb: str, said: Mapping[str, object]) -> None:
    """Stops at an option that the verb needs and that was not given, with what it takes."""
    for name in verb_options.required(verb):
        if name in said:
            continue
        *others, last = verb_options.choices(verb, name) or ("",)
        values = session.words("either-or", others=tuple(others), last=last) if last else session.words(f"takes-{name}")
        raise Stop("needs-option", USAGE, session.language, verb=verb, option=verb_options.flag(name), values=values)


def _there(session: Session, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes; found for every id before the first is written to."""
    try:
        return acting.item(session.root, item_id)
    except acting.NoItem as none:
        raise not_there(session, none) from None
    except BadItem as bad:
        session.show_problems(bad.problems)
        raise Stop("broken-item", language=session.language, id=item_id) from None


def _act(session: Session, verb: str, path: str, item: Item, source: bytes, args: dict[str, Any]) -> bool:
    """Whether it was done; why not is said."""
    found = act(verb, item, session.policy, session.now, session.actor, args)
    if isinstance(found, Refusal):
        click.echo(f"{item.id}: {found.said(session.language)}", err=True)
        return False
    try:
        content = append(source, found, file=path)
    except BadItem as bad:
        session.show_problems(bad.problems)
        return False
    if not session.dry_run:
        write_file(session.root / path, content)
    if session.style == "text":
        click.echo(f"{path}:\n{entry(found).rstrip()}")
    return True


def _asked(session: Session, verb: str, args: dict[str, Any]) -> dict[str, Any]:
    """The arguments with their texts read and made safe; a person at a terminal is asked for what is missing."""
    kind = VERBS[verb]
    missing = verb_options.REQUIRED_PROSE.get(verb)
    if missing and missing not in args:
        if not stdin_is_a_person():
            raise Stop("no-text", USAGE, session.language, verb=verb, option=f"--{missing}")
        args[missing] = click.prompt(session.words(f"prompt-{missing}"), err=True)
    for name in kind.PROSE & args.keys():
        words = sys.stdin.read() if args[name] == "-" else args[name]
        args[name] = safe(words)
        if args[name] != clean(words).strip():
            session.say("masked", field=name)
    for name, value in args.items():
        if isinstance(value, tuple) and name not in kind.PROSE:
            args[name] = tuple(part for one in value for part in one.split(",") if part)
    return args
