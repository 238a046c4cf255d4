"""The verbs on the command line: `git feedback VERB ID ...`, its options made from the event's own fields."""

import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click

from git_feedback.cli.commands.list_items import chosen
from git_feedback.cli.session import Session, stdin_is_a_person, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Refusal, act
from git_feedback.intake.door import safe
from git_feedback.jobs import acting
from git_feedback.model import VERBS, Item, ids
from git_feedback.notation import clean
from git_feedback.store import BadItem, append, entry, write_file

_HIDDEN = ("verb", "at", "by")
_REQUIRED_PROSE = {
    "return": "reason", "ask": "question", "supply": "text", "message": "text", "respond": "text", "note": "text",
    "resolve": "result", "reply": "text", "escalate": "because",
}  # fmt: skip


def command(verb: str, summary: str) -> click.Command:
    """The click command of one verb."""

    def body(session: Session, item_ids: tuple[str, ...], where: str | None, **given: Any) -> int:
        return _run(session, verb, item_ids, where, given)

    made = writing(body)
    for option in reversed(_options(verb)):
        made = option(made)
    made = click.option("--where", metavar="QUERY", help="All items that fit, as in `list`.")(made)
    made = click.argument("item_ids", metavar="ID", nargs=-1)(made)
    return click.command(verb, help=f"{summary}\n\nRefused with the reason and the legal verbs; ends with 1 then.")(
        made
    )


def _options(verb: str) -> list[Any]:
    kind = VERBS[verb]
    found = []
    for name, field in kind.model_fields.items():
        if name in _HIDDEN:
            continue
        flag = f"--{name.replace('_', '-')}"
        annotation = _bare(field.annotation)
        help_text = "Free text; `-` reads it from standard input." if name in kind.PROSE else None
        if annotation is bool:
            found.append(click.option(flag, name, is_flag=True, default=None))
        elif get_origin(annotation) is tuple:
            found.append(click.option(flag, name, multiple=True, help="May be given several times."))
        elif get_origin(annotation) is Literal:
            found.append(click.option(flag, name, type=click.Choice(list(get_args(annotation)))))
        else:
            found.append(click.option(flag, name, help=help_text))
    return found


def _bare(annotation: Any) -> Any:
    """The type without `| None` and without its marks."""
    arms = [arm for arm in get_args(annotation) if arm is not type(None)]
    if type(None) in get_args(annotation):
        annotation = arms[0]
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation


def _run(session: Session, verb: str, item_ids: tuple[str, ...], where: str | None, given: dict[str, Any]) -> int:
    if bool(item_ids) == bool(where):
        raise Stop("no-item-named", USAGE, session.language, verb=verb)
    args = _asked(session, verb, {name: value for name, value in given.items() if value not in (None, ())})
    if args.get("of"):
        args["of"] = _there(session, args["of"])[1].id
    wanted = item_ids or [one.item.id for one in chosen(session, where or "")]
    there = {path: (item, source) for path, item, source in (_there(session, one) for one in wanted)}
    done = [path for path, (item, source) in there.items() if _act(session, verb, path, item, source, args)]
    if session.style == "json":
        session.show_json({"written": [] if session.dry_run else done, "refused": len(there) - len(done)})
    subject = f"{verb} {Path(done[0]).stem}" if len(done) == 1 else f"{verb}: {len(done)} items"
    session.commit(done, f"{subject}, by {session.actor}")
    return 1 if len(done) < len(there) else 0


def _there(session: Session, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes; found for every id before the first is written to."""
    try:
        return acting.item(session.root, ids.canonical(item_id))
    except KeyError:
        raise Stop("no-such-item", USAGE, session.language, id=item_id) from None
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
    missing = _REQUIRED_PROSE.get(verb)
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
