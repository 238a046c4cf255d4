"""`to-call`: who is to be told something by a person."""

from collections.abc import Sequence

import click

from git_feedback.cli.session import Session, reading
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Standing, standings
from git_feedback.jobs import telling
from git_feedback.jobs.telling import Call
from git_feedback.text import visible


@click.command("to-call")
@click.option(
    "--draft", "drafting", is_flag=True, help="Also draft the comments and mails that are due, under build/outbox."
)
@reading
def command(session: Session, drafting: bool) -> None:
    """List the submitters whom a person has to tell something: who, by which channel, what to say, since when.

    Those who can be reached by a comment or a mail are not listed; nobody is for whom there is no way.
    """
    found = standings(session.desk.items, session.policy, session.now)
    listed = telling.calls(found, session.policy, session.now)
    if session.style == "json":
        session.show_json({"calls": [_as_json(session, one) for one in listed]})
    else:
        for one in listed:
            _print(session, one)
        session.say("to-call-count", n=len(listed))
    if drafting:
        draft_what_is_due(session, found)


def draft_what_is_due(session: Session, found: Sequence[Standing]) -> None:
    """Draft the comments and mails that are due, and say how many and what could not be."""
    left = telling.run(session.root, found, session.policy, session.now)
    session.say("to-call-drafted", n=len(left.written))
    for item, none in left.wordless:
        session.say("to-call-undrafted", id=item, reason=none.said(session.language))


def _facts(session: Session, one: Call) -> dict[str, str | None]:
    item, state = one.untold.standing.item, one.untold.standing.state
    return {
        "id": item.id,
        "hint": item.submitter.hint if item.submitter else None,
        "channel": item.channel,
        "source": item.source,
        "about": one.untold.about,
        "since": write_moment(one.untold.since.astimezone(session.policy.zone)),
        "owner": state.owner,
        "then": one.untold.then,
    }


def _as_json(session: Session, one: Call) -> dict[str, object]:
    reason = one.reason.said(session.language) if one.reason else None
    return {**_facts(session, one), "say": one.draft.text if one.draft else None, "wordless": reason}


def _print(session: Session, one: Call) -> None:
    facts = _facts(session, one)
    person = session.policy.people.get(facts["owner"] or "")
    shown = {
        "id": facts["id"],
        "about": session.words(f"told-{one.untold.about}"),
        "channel": facts["channel"],
        "hint": visible(facts["hint"] or facts["source"] or "-"),
        "since": one.untold.since.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M"),
        "owner": person.name.said(session.language) if person else facts["owner"] or "-",
    }
    click.echo(session.words("to-call-row", None, **shown))
    if one.draft:
        for line in one.draft.text.splitlines():
            click.echo(f"  | {line}".rstrip())
    elif one.reason:
        click.echo(f"  {session.words('to-call-wordless', reason=one.reason.said(session.language))}")
    click.echo(f"  {session.words('to-call-then', command=one.untold.then)}")
