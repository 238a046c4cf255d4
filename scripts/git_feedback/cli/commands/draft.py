"""`draft`: the words to a submitter, looked at before they are used."""

import click

from git_feedback.cli import asking, bulk, drafting
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Standing, act, standing, standings
from git_feedback.desk.twins import original_of
from git_feedback.desk.untold import to_tell
from git_feedback.jobs import acting, telling
from git_feedback.outbox.asking import question
from git_feedback.outbox.drafts import Draft
from git_feedback.policy.template_reading import ABOUTS
from git_feedback.store import BadItem

CHOICES = tuple(about for about in ABOUTS if about != "second")


@click.command("draft", epilog="\b\nExample:\n  git feedback draft Q261122-7K3QM2H --about reply")
@click.argument("item_id", metavar="[ID]", required=False)
@click.option("--missing", is_flag=True, help="List what lacks something its channel requires, with the question.")
@click.option("--about", type=click.Choice(CHOICES), help="What it is about (default: what is to be told next).")
@click.option("--channel", metavar="ID", help="By which channel (default: the one it came by).")
@click.option("--send", is_flag=True, help="Write it down as told, or leave it in the outbox to be sent.")
@writing
def command(
    session: Session, item_id: str | None, missing: bool, about: str | None, channel: str | None, send: bool
) -> int:
    """Show the words to the submitter of one item, made from the desk's templates and the item's events.

    They are in the language of the submitter (--lang chooses another).  With --send a reply or an interim answer
    becomes an event; a comment or a mail is left under build/outbox; what a person has said is noted as told.
    With --missing and no ID: every open item that lacks something, who has waited longest first.
    """
    if missing == bool(item_id):
        raise Stop("draft-one-thing", USAGE, session.language)
    if item_id is None:
        return asking.show_lacking(session)
    one, path, source = _there(session, item_id)
    if channel and channel not in session.policy.channels:
        known = tuple(session.policy.channels)
        raise Stop("no-such-channel", USAGE, session.language, given=channel, known=known)
    found = drafting.drafted(session, one, about or _next(session, one), channel)
    _show(session, found, one)
    if not send:
        return 0
    drafting.fitting(session, found)
    return _send(session, found, one, path, source)


def _there(session: Session, named: str) -> tuple[Standing, str, bytes]:
    from git_feedback.cli.commands.show import not_there

    try:
        path, item, source = acting.item(session.root, named)
    except acting.NoItem as none:
        raise not_there(session, none) from None
    except BadItem as bad:
        session.show_problems(bad.problems)
        raise Stop("broken-item", language=session.language, id=named) from None
    return standing(item, session.policy, session.now), path, source


def _next(session: Session, one: Standing) -> str:
    """What the submitter is to hear next: what they were not told, else what the state asks for."""
    news = to_tell(one, session.policy, session.now, _original(session, one))
    if news:
        return telling.WORDS_FOR.get(news[-1].about, news[-1].about)
    if one.state.waiting_for == "submitter":
        return "ask"
    return "reply" if one.state.life in ("resolved", "reviewed", "replied", "closed") else "respond"


def _original(session: Session, one: Standing) -> Standing | None:
    """The item that carries on for a duplicate; only where it is one is the whole desk read."""
    if one.state.life != "duplicate":
        return None
    found = standings(session.desk.items, session.policy, session.now)
    return original_of(one, {other.item.id: other for other in found})


def _show(session: Session, found: Draft, one: Standing) -> None:
    """The words on standard output, what they are on standard error."""
    hint = one.item.submitter.hint if one.item.submitter else None
    if session.style == "json":
        names = ("id", "about", "channel", "way", "language", "file", "characters", "limit", "fits", "text")
        session.show_json({name: getattr(found, name) for name in names})
        return
    click.echo(found.text)
    about = session.words(f"about-{found.about}")
    session.say(
        "draft-shown", n=found.characters, about=about, channel=found.channel, hint=hint or "-", file=found.file
    )
    if not found.fits:
        values = {"channel": found.channel, "limit": found.limit, "file": found.file}
        session.say("draft-too-long", n=found.characters, **values)
    session.say(f"draft-way-{found.way}", target=one.item.source, command=_command(found))


def _command(found: Draft) -> str:
    """The command that notes that they were told."""
    if found.fields:
        return f"git feedback ask {found.id} --missing auto"
    if found.about in drafting.WITH_TEMPLATE:
        return f"git feedback {found.about} {found.id} --template"
    return f"git feedback notify {found.id} --about {telling.TOLD_AS.get(found.about, found.about)}"


def _send(session: Session, found: Draft, one: Standing, path: str, source: bytes) -> int:
    """Answers are events at once; notices only when a person has told them, else once they went out."""
    is_event = found.about in drafting.WITH_TEMPLATE or found.fields
    if is_event or found.way == "call":
        verb = found.about if is_event else "notify"
        event = act(verb, one.item, session.policy, session.now, session.actor, _args(found, verb))
        change = bulk.change(session, path, one.item, source, event)
        if not bulk.written(session, [change]):
            return 1
        session.commit([path], f"{verb} {one.item.id}, by {session.actor}")
    if not session.dry_run:
        drafting.leave(session, found, one)
    return 0


def _args(found: Draft, verb: str) -> dict[str, object]:
    """What the verb says of the words: a question is kept alone, an answer as it went out."""
    if verb == "ask":
        return {"question": question(found.fields, found.language), "missing": found.fields, "channel": found.channel}
    rest: dict[str, dict[str, object]] = {
        "notify": {"about": telling.TOLD_AS.get(found.about, found.about)},
        "respond": {"progress": True},
    }
    return {"text": found.text, "channel": found.channel, **rest.get(verb, {})}
