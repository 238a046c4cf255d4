"""Asking for what a submission lacks: the question and its fields come from the item, for `ask`, `draft` and `new`."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from git_feedback.cli.session import Session
from git_feedback.clock import write_moment
from git_feedback.desk import Lacking, Refusal, lacking, missing, standings
from git_feedback.desk.untold import way_to
from git_feedback.model import Item
from git_feedback.outbox.asking import language_of, question, to_ask

AUTO = "auto"
"""`--missing auto`: whatever the item lacks and its submitter can tell."""


def goes_without_saying(session: Session, items: Sequence[Item]) -> bool:
    """Whether a question needs no words of a person: one of the items lacks something."""
    return any(to_ask(item, session.policy) for item in items)


def worded(session: Session, item: Item, args: Mapping[str, Any]) -> dict[str, Any] | Refusal:
    """The arguments of `ask` with fields and question filled in, in the language of the submitter."""
    named = tuple(args.get("missing") or ())
    if named != (AUTO,) and args.get("question"):
        return dict(args)
    fields = to_ask(item, session.policy) if named in ((), (AUTO,)) else named
    if not fields:
        return Refusal("nothing-missing", (), {"id": item.id})
    words = args.get("question") or question(fields, language_of(item, session.policy))
    return {**args, "missing": fields, "question": words}


# ---- what `draft --missing` lists -----------------------------------------------------------------------------------


def show_lacking(session: Session) -> int:
    """Every open item that lacks something, with the question for it; who has waited longest first."""
    found = lacking(standings(session.desk.items, session.policy, session.now), session.policy, session.now)
    if session.style == "json":
        session.show_json({"lacking": [_as_json(session, one) for one in found]})
        return 0
    for one in found:
        click.echo(_said(session, one))
    session.say("lacking-count", n=len(found))
    return 0


def _said(session: Session, one: Lacking) -> str:
    item = one.standing.item
    fields = tuple(session.words(f"page-field-{name}") for name in one.fields)
    head = session.words("lacks", id=item.id, channel=item.channel, fields=fields, asked=_asked(session, one))
    if one.asked or not one.to_ask or not way_to(item, session.policy):
        return head
    words = question(one.to_ask, language_of(item, session.policy)).replace("\n", "\n    ")
    return f"{head}\n    {words}\n    {session.words('lacks-command', id=item.id)}"


def _asked(session: Session, one: Lacking) -> str:
    if one.asked:
        return session.words("lacks-asked", day=one.asked.astimezone(session.policy.zone).date().isoformat())
    return session.words("lacks-unasked" if way_to(one.standing.item, session.policy) else "lacks-nobody")


def _as_json(session: Session, one: Lacking) -> dict[str, object]:
    item = one.standing.item
    words = question(one.to_ask, language_of(item, session.policy)) if one.to_ask else None
    return {
        "id": item.id,
        "channel": item.channel,
        "missing": list(missing(item, session.policy, session.now)),
        "asked": write_moment(one.asked) if one.asked else None,
        "reachable": way_to(item, session.policy) is not None,
        "question": words,
    }
