"""Words from the desk's templates, for the commands that show them and the verbs that write them down."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from git_feedback.cli.bulk import Change
from git_feedback.cli.session import Session
from git_feedback.cli.trouble import CANNOT, Stop
from git_feedback.desk import Standing, standing
from git_feedback.desk.suggestions import Suggestion, suggestions
from git_feedback.jobs import telling
from git_feedback.model import Item
from git_feedback.outbox.drafts import Draft, draft
from git_feedback.outbox.replies import NoWords

WITH_TEMPLATE = ("reply", "respond")
"""Verbs whose words a template can give; it is called as they are."""


def option(verb: str) -> Callable[[Any], Any]:
    """`--template`, for the verbs that take it."""
    if verb not in WITH_TEMPLATE:
        return lambda body: body
    words = "Take the words from policy/templates (--text wins); look at them first with `draft` or --dry-run."
    return click.option("--template", is_flag=True, default=None, help=words)


def worded(session: Session, verb: str, item: Item, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a verb with the words of its template, where `--template` was given and `--text` was not."""
    rest = {name: value for name, value in args.items() if name != "template"}
    if not args.get("template") or "text" in rest:
        return rest
    one = standing(item, session.policy, session.now)
    return {**rest, "text": fitting(session, drafted(session, one, verb, args.get("channel"))).text}


def drafted(session: Session, one: Standing, about: str, channel: str | None) -> Draft:
    """The words, in the language of `--lang`, else the submitter's; stops with the reason where there are none."""
    try:
        found = draft(one, session.policy, about, session.now, channel, session.lang)
    except NoWords as none:
        raise Stop(none.code, CANNOT, session.language, **none.values) from None
    if found.masked:
        session.say("masked", field="text")
    return found


def fitting(session: Session, found: Draft) -> Draft:
    """The same words; stops where the channel does not take so many."""
    if found.fits:
        return found
    values = {"n": found.characters, "channel": found.channel, "limit": found.limit, "file": found.file}
    raise Stop("draft-too-long", CANNOT, session.language, **values)


def after(session: Session, verb: str, changes: Sequence[Change], args: Mapping[str, Any]) -> None:
    """What follows from verbs that were written: words that are to be sent, and what a verdict asks for."""
    for one in changes:
        if one.event is None:
            continue
        item = one.item.model_copy(update={"history": (*one.item.history, one.event)})
        there = standing(item, session.policy, one.event.at)
        if verb == "follow-up" and session.style == "text":
            for suggestion in suggestions(there, session.policy, one.event.at):
                click.echo(said(session, suggestion), err=True)
        if args.get("template") and not session.dry_run:
            before = standing(one.item, session.policy, session.now)
            found = draft(before, session.policy, verb, session.now, args.get("channel"), session.lang)
            leave(session, found, before)


def leave(session: Session, found: Draft, one: Standing) -> None:
    """Put the words where they are sent from, and say where; nothing for what a person says."""
    path = telling.leave(session.root, found, one, session.policy, session.now)
    if path is None:
        return
    about = telling.TOLD_AS.get(found.about, found.about)
    command = f"git feedback notify {found.id} --about {about}"
    if found.about in WITH_TEMPLATE:
        session.say("draft-left-event", file=path)
    else:
        session.say("draft-left", file=path, command=command)


def said(session: Session, suggestion: Suggestion) -> str:
    """A suggestion in one line: the reason, who comes in, the command."""
    return session.words(
        suggestion.code, who=tuple(_name(session, one) for one in suggestion.who), command=suggestion.command
    )


def _name(session: Session, one: str) -> str:
    """What a person or a department is called."""
    found = session.policy.people.get(one) or session.policy.departments.get(one)
    return found.name.said(session.language) if found else one
