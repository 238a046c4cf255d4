"""The verbs on the command line: `git feedback VERB ID ...`, its options made from the event's own fields."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from git_feedback.cli import asking, bulk, drafting, verb_options
from git_feedback.cli.commands.show import item_there
from git_feedback.cli.listing import chosen
from git_feedback.cli.session import Session, stdin_is_a_person, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Refusal, act
from git_feedback.intake.door import safe
from git_feedback.jobs.merging import conflicted
from git_feedback.model import VERBS, Item
from git_feedback.notation import clean


def command(verb: str, summary: str) -> click.Command:
    """The click command of one verb."""

    def body(session: Session, item_ids: tuple[str, ...], **given: Any) -> int:
        whole = Bulk(given.pop("where"), yes=given.pop("yes"), skip_refused=given.pop("skip_refused"))
        return _run(session, verb, item_ids, whole, given)

    made = writing(body)
    for option in reversed(verb_options.options(verb)):
        made = option(made)
    made = drafting.option(verb)(made)
    made = click.option("--skip-refused", is_flag=True, help="With --where: leave out what is refused.")(made)
    made = bulk.yes_option(made)
    made = click.option("--where", metavar="QUERY", help="All items that fit, as in `list`; tells and asks first.")(
        made
    )
    made = click.argument("item_ids", metavar="ID...", nargs=-1)(made)
    words = f"{summary}\n\nRefused with the reason and the legal verbs; ends with 1 then."
    example = f"\b\nExample:\n  git feedback {verb} {verb_options.EXAMPLES[verb]}"
    return click.command(verb, help=words, epilog=example)(made)


@dataclass(frozen=True, slots=True)
class Bulk:
    """How many items are to be chosen: by a query, without being asked, without those that are refused."""

    where: str | None
    yes: bool
    skip_refused: bool


def _run(session: Session, verb: str, item_ids: tuple[str, ...], whole: Bulk, given: dict[str, Any]) -> int:
    if bool(item_ids) == bool(whole.where):
        meant = verb == "resolve" and not whole.where and not item_ids and conflicted(session.git)
        raise Stop("merge-resolve-meant" if meant else "no-item-named", USAGE, session.language, verb=verb)
    said = {name: value for name, value in given.items() if value not in (None, ())}
    _check_complete(session, verb, said)
    if verb == "ask" and not whole.where:
        _fill_in_the_question(session, said, item_ids)
    args = _asked(session, verb, said)
    for name in ("of", "to") if args.get("kind") == "duplicate" else ("of",):
        if args.get(name):
            args[name] = item_there(session, args[name])[1].id
    wanted = item_ids or tuple(one.item.id for one in chosen(session, whole.where or ""))
    if not wanted:
        session.say("no-item-fits", query=whole.where)
    there = {path: (item, source) for path, item, source in (item_there(session, one) for one in wanted)}
    changes = [_change(session, verb, path, item, source, args) for path, (item, source) in there.items()]
    if whole.where and len(changes) > 1:
        code = _at_once(session, verb, changes, whole)
        drafting.after(session, verb, [] if code else changes, args)
        return code
    done = bulk.written(session, changes)
    _finish(session, verb, done, len(changes) - len(done))
    drafting.after(session, verb, changes, args)
    return 1 if len(done) < len(changes) else 0


def _change(session: Session, verb: str, path: str, item: Item, source: bytes, args: dict[str, Any]) -> bulk.Change:
    words = drafting.worded(session, verb, item, args)
    if verb == "ask":
        asked = asking.worded(session, item, words)
        if isinstance(asked, Refusal):
            return bulk.change(session, path, item, source, asked)
        words = asked
    found = act(verb, item, session.policy, session.now, session.actor, words)
    return bulk.change(session, path, item, source, found)


def _at_once(session: Session, verb: str, changes: Sequence[bulk.Change], whole: Bulk) -> int:
    """All that a query fits, told first; what is refused stops the rest unless it is to be left out."""
    able = [one for one in changes if one.event is not None]
    refused = len(changes) - len(able)
    bulk.summarise(session, session.words("bulk-title", n=len(able), verb=verb), changes)
    if refused and not whole.skip_refused:
        session.say("bulk-nothing-written", n=refused)
        able = []
    if not bulk.is_wanted(session, able, yes=whole.yes):
        return 1
    _finish(session, verb, bulk.written(session, able), refused)
    return 0 if able else 1


def _finish(session: Session, verb: str, done: Sequence[str], refused: int) -> None:
    """What was written, as JSON where it is wanted, and in one commit."""
    if session.style == "json":
        session.show_json({"written": [] if session.dry_run else done, "refused": refused})
    if done:
        subject = f"{verb} {Path(done[0]).stem}" if len(done) == 1 else f"{verb}: {len(done)} items"
        session.commit(done, f"{subject}, by {session.actor}")


def _check_complete(session: Session, verb: str, said: Mapping[str, object]) -> None:
    """Stops at an option that the verb needs and that was not given, with what it takes."""
    for name in verb_options.required(verb):
        if name in said:
            continue
        *others, last = verb_options.choices(verb, name) or ("",)
        values = session.words("either-or", others=tuple(others), last=last) if last else session.words(f"takes-{name}")
        raise Stop("needs-option", USAGE, session.language, verb=verb, option=verb_options.flag(name), values=values)


def _fill_in_the_question(session: Session, said: dict[str, Any], item_ids: Sequence[str]) -> None:
    """A question without words and fields is about what the items lack, where they lack something."""
    if "question" not in said and "missing" not in said:
        items = [item_there(session, one)[1] for one in item_ids]
        if asking.goes_without_saying(session, items):
            said["missing"] = (asking.AUTO,)


def _asked(session: Session, verb: str, args: dict[str, Any]) -> dict[str, Any]:
    """The arguments with their texts read and made safe; a person at a terminal is asked for what is missing."""
    kind = VERBS[verb]
    missing = verb_options.REQUIRED_PROSE.get(verb)
    filled_in = args.get("template") or (verb == "ask" and args.get("missing"))
    if missing and missing not in args and not filled_in:
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
