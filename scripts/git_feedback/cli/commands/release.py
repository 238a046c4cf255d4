"""`release`: what a release of the code settled, and whose submitters are to be told.

`--format json` prints `{tag, resolved: [FILE], linked: [FILE], already, refused: [{id, commit, email, message}], to_tell: [{id, channel,
owner, state, title, measures: [ID]}]}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import standings
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.releasing import (
    SHORT,
    Ending,
    Release,
    Settled,
    ToTell,
    Unsettled,
    behind,
    fixes,
    link,
    settle,
    to_tell,
)
from git_feedback.model.measures import Measure
from git_feedback.store import Git, GitFailed, NoSuchCommit, entry, write_file
from git_feedback.text import shorten, visible


@click.command("release")
@click.argument("tag", metavar="TAG")
@click.option(
    "--code-repo",
    "code",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the code lies: commits in TAG with a trailer `Fixes-Feedback: ID` resolve that item.",
)
@writing
def command(session: Session, tag: str, code: Path | None) -> int:
    """Say what the release TAG settled: items of its commits are resolved, submitters who should hear of it are listed.

    Each is resolved by whoever wrote the commit; items behind the measures of the release are linked to them.  What is
    resolved or linked already stays as it is, so a second run adds nothing.  Ends with 0, or with 1 when a commit names what cannot be resolved.
    """
    ending = Ending(session.policy, session.now, i18n.text("release-result", session.policy.desk.language, tag=tag))
    done = _settled(session, code, tag, ending) if code else Release((), 0, ())
    _put(session, done.settled)
    measures = measures_of(session.root).all
    linked = _linked(session, behind(measures, tag), ending)
    _put(session, linked)
    seen = max((session.now, *(event.at for one in (*done.settled, *linked) for event in one.events)))
    found = standings(session.desk.items, session.policy, seen)
    told = to_tell(found, measures, tag, replace(ending, now=seen))
    _show(session, tag, done, linked, told)
    paths = dict.fromkeys(one.path for one in (*done.settled, *linked))
    session.commit(tuple(paths), f"release {tag}: {len(done.settled)} items resolved, {len(linked)} linked")
    return 1 if done.unsettled else 0


def _put(session: Session, listed: Sequence[Settled]) -> None:
    if listed and not session.dry_run:
        for one in listed:
            write_file(session.root / one.path, one.content)
        session.forget()


def _linked(session: Session, items: Mapping[str, Sequence[Measure]], ending: Ending) -> list[Settled]:
    return link(session.root, items, session.actor, ending) if items else []


def _settled(session: Session, code: Path, tag: str, ending: Ending) -> Release:
    try:
        return settle(session.root, fixes(Git(code), tag), ending)
    except NoSuchCommit:
        raise Stop("release-no-tag", USAGE, session.language, tag=tag, repo=str(code)) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _show(session: Session, tag: str, done: Release, linked: Sequence[Settled], told: Sequence[ToTell]) -> None:
    if session.style == "json":
        _show_json(session, tag, done, linked, told)
        return
    for one in (*done.settled, *linked):
        click.echo(f"{one.path}:\n{''.join(map(entry, one.events)).rstrip()}")
    for wrong in done.unsettled:
        click.echo(f"{visible(wrong.fix.named)}: {_why(session, wrong)}", err=True)
    code = "release-would" if session.dry_run else "release-done"
    counts = {"already": done.already, "refused": len(done.unsettled), "linked": len(linked)}
    session.say(code, n=len(done.settled), tag=tag, **counts)
    for tell in told:
        click.echo(_row(session, tell))
    session.say("release-to-tell", n=len(told))


def _show_json(session: Session, tag: str, done: Release, linked: Sequence[Settled], told: Sequence[ToTell]) -> None:
    def paths(listed: Sequence[Settled]) -> list[str]:
        return [] if session.dry_run else [one.path for one in listed]

    session.show_json(
        {
            "tag": tag,
            "resolved": paths(done.settled),
            "linked": paths(linked),
            "already": done.already,
            "refused": [_refused(session, one) for one in done.unsettled],
            "to_tell": [_as_json(one) for one in told],
        }
    )


def _why(session: Session, wrong: Unsettled) -> str:
    if wrong.refusal:
        return wrong.refusal.said(session.language)
    values = {"commit": wrong.fix.commit[:SHORT], "email": visible(wrong.fix.email)}
    between = "；" if session.language == "zh" else "; "
    return between.join(half for half in i18n.halves(wrong.code, session.language, **values) if half)


def _refused(session: Session, wrong: Unsettled) -> dict[str, object]:
    fix = wrong.fix
    return {"id": fix.item_id, "commit": fix.commit, "email": fix.email, "message": _why(session, wrong)}


def _row(session: Session, tell: ToTell) -> str:
    item = tell.standing.item
    behind = " ".join(measure.id for measure in tell.measures)
    channel = session.policy.channels[item.channel].name.said(session.language)
    return "  ".join(part for part in (item.id, channel, shorten(visible(item.title), 60), behind) if part)


def _as_json(tell: ToTell) -> dict[str, object]:
    item, state = tell.standing.item, tell.standing.state
    return {
        "id": item.id,
        "channel": item.channel,
        "owner": state.owner,
        "state": state.life,
        "title": item.title,
        "measures": [measure.id for measure in tell.measures],
    }
