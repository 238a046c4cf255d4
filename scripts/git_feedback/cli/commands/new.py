"""`new`: one piece of feedback, written down by hand: the hotline, the counter, whatever somebody was told."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click
from pydantic import ValidationError

from git_feedback.checks import Subject, problems
from git_feedback.cli import asking, taking
from git_feedback.cli.commands.receipt import (
    as_json,
    hand_over,
    site_address,
    site_option,
    slip_option,
    written_slip,
)
from git_feedback.cli.interview import Interview
from git_feedback.cli.session import Session, stdin_is_a_person, writing
from git_feedback.cli.told_by_hand import CONTACTS, Told
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.desk import Refusal, act, missing, standing
from git_feedback.desk.missing import askable
from git_feedback.desk.sla import Clock
from git_feedback.desk.untold import way_to
from git_feedback.intake import File, Private, Row, Taken, land
from git_feedback.intake.door import masked_in, safe
from git_feedback.jobs import receiving
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.model import Event, Item, Submission, Submitter, ids, receipts, translated
from git_feedback.model import events as ev
from git_feedback.store import read, write
from git_feedback.text import language

FREE = ("title", "text", "product", "area", "device")
"""Fields in which a way to reach somebody may hide: what is masked in them is sealed as it was said."""
HOUR_S = 3600
NEXT = {"respond": "new-next", "resolve": "new-next-settled"}
"""What whoever is on the phone is told of, the first clock that runs: who stays anonymous gets no answer."""


@click.command("new")
@click.option("--channel", help="How it came: an id of policy/channels.yml, such as phone or store-counter.")
@click.option("--title", help="One line: what it is about.")
@click.option("--text", help="What was said; `-` reads it from standard input.")
@click.option("--source", help="The channel's own key of it (ticket, order of calls, box number).")
@click.option("--kind", type=click.Choice(["new", "returning", "high-value", "anonymous"]), help="Who said it.")
@click.option("--mobile", help="Their number. Kept sealed, like every way to reach them; a masked hint is shown.")
@click.option("--email", help="Their address.")
@click.option("--wechat", help="Their WeChat name.")
@click.option("--name", help="What they are called.")
@click.option("--product")
@click.option("--area")
@click.option("--device")
@click.option("--rating", type=click.IntRange(1, 5))
@click.option("--nps", type=click.IntRange(0, 10), help="How likely they would recommend us.")
@click.option("--expected", metavar="DATE", help="What the submitter hopes for: 2026-11-25.")
@click.option("--received", metavar="TIME", help="When it came (default: now): 2026-11-22T09:31:00+08:00.")
@click.option(
    "--attach",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that came along; may be given several times.",
)
@click.option("--ask", is_flag=True, help="Take it without what the channel requires, and ask for that later.")
@click.option("--without-contacts", is_flag=True, help="Where nothing can be sealed yet: leave out how to reach them.")
@click.option("--receipt", is_flag=True, help="Give its submitter a number to look it up by; shown once.")
@slip_option
@site_option
@writing
def command(
    session: Session,
    channel: str | None,
    kind: str | None,
    received: str | None,
    files: tuple[Path, ...],
    ask: bool,
    without_contacts: bool,
    receipt: bool,
    slip: bool,
    site: str | None,
    **said: str | int | None,
) -> int:
    """Add one piece of feedback by hand, such as a call or a word in the shop.  Numbers and addresses are masked.

    At a terminal it asks for what is missing: numbers for choices, Enter for what nobody knows. It says all of it back
    before it is kept, then the id to read out and when the first answer is due. Elsewhere the options say everything.
    Ends with 1, and writes nothing, when `check` would find something wrong with it, or when it was dropped.
    """
    if not session.dry_run:
        session.actor  # noqa: B018 - nobody unknown writes
    contacts = {name: str(said[name]).strip() for name in CONTACTS if said.get(name)}
    rest = {name: value for name, value in said.items() if name not in CONTACTS and value is not None}
    told = Told(channel, rest, kind, contacts, files, received)
    receipt = receipt or slip
    if channel is not None:
        _check_channel(session, channel, receipt=receipt)
    asked = _interviewed(session, told)
    if asked is False:
        session.say("new-dropped")
        return 1
    _check_channel(session, told.channel or "", receipt=receipt)
    without = _may_leave_out(session, told, without_contacts=without_contacts)
    token = receipts.token(secrets.randbits(receipts.TOKEN_BITS)) if receipt and not session.dry_run else None
    desk = taking.desk_that_takes_in(session, without_contacts=without)
    row = _row(session, told, token)
    row, preview, is_new = _looked_at(session, desk, row, told, ask=ask or bool(asked))
    wrong = problems(_subject(session, preview), session.policy) if is_new else []
    if wrong:
        session.show_problems(wrong)
        return 1
    address = site_address(session, site) if slip else ""
    outcome = desk.take(row)
    paths = [*outcome.paths, *desk.finish()]
    item = _written(session, preview, outcome.id) if is_new else preview
    _tell(session, item, ids.path(item.id) if is_new else None, token, slip=slip, site=address)
    taking.commit(session, desk, paths if is_new else [], f"new {item.id}, by {session.actor}")
    return 0


def _check_channel(session: Session, channel: str, *, receipt: bool) -> None:
    if channel not in session.policy.channels:
        known = tuple(session.policy.channels)
        raise Stop("no-such-channel", USAGE, session.language, given=channel, known=known)
    if receipt and receiving.is_public(channel):
        raise Stop("receipt-public-channel", USAGE, session.language, channel=channel)


def _interviewed(session: Session, told: Told) -> bool | None:
    """Whether it is to be kept, where somebody could be asked; None where nothing was asked."""
    interview = Interview(session, told)
    if stdin_is_a_person() and interview.is_needed():
        return interview.hold()
    if told.channel is None:
        raise Stop("needs-channel", USAGE, session.language, known=tuple(session.policy.channels))
    if not told.has("title"):
        raise Stop("no-text", USAGE, session.language, verb="new", option="--title")
    return None


def _may_leave_out(session: Session, told: Told, *, without_contacts: bool) -> bool:
    """Whether the ways to reach them are left out: nothing lies in clear, and there is nobody to seal them to."""
    if not told.contacts or session.policy.recipients:
        return False
    if not without_contacts:
        if not stdin_is_a_person():
            raise Stop("new-no-recipients", USAGE, session.language)
        session.say("new-no-recipients")
        if not click.confirm(session.words("new-without-contacts"), err=True):
            raise Stop("new-nothing-written", CANNOT, session.language)
    return True


# ---- what was said, as a row ----------------------------------------------------------------------------------------


def _row(session: Session, told: Told, token: str | None) -> Row:
    """What was told, as whatever takes in wants it."""
    as_told = {name: _as_told(name, value) for name, value in told.said.items()}
    facts = _facts(session, told, as_told) | ({"receipt": receipts.digest(token)} if token else {})
    submission = _submission(session, facts)
    originals = masked_in({name: as_told[name] for name in FREE if name in as_told})
    files = tuple(File(path.name, path.read_bytes()) for path in told.files)
    return Row(1, submission, private=Private(told.contacts, originals), files=files)


def _as_told(name: str, value: str | int) -> str:
    return sys.stdin.read() if (name, value) == ("text", "-") else str(value)


def _submission(session: Session, facts: Mapping[str, object]) -> Submission:
    try:
        return Submission.model_validate(facts)
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        raise Stop(problem.code, USAGE, session.language, **problem.values) from None


def _facts(session: Session, told: Told, as_told: Mapping[str, str]) -> dict[str, object]:
    words = {name: safe(value) for name, value in as_told.items()}
    words["title"] = " ".join(words["title"].split())
    if words.get("source") != as_told.get("source"):
        raise Stop("key-in-clear", USAGE, session.language, column="--source")
    spoken = language(f"{words['title']} {words.get('text', '')}")
    at = write_moment(session.now.astimezone(session.policy.zone))
    return {
        "received": told.received or at,
        "channel": told.channel,
        **words,
        **({} if spoken == "und" else {"language": spoken}),
        **({"submitter": {"kind": told.kind}} if told.kind else {}),
    }


# ---- what it would be -----------------------------------------------------------------------------------------------


def _looked_at(session: Session, desk: TakingIn, row: Row, told: Told, *, ask: bool) -> tuple[Row, Item, bool]:
    """The row with the question for what it lacks, the item that it makes, and whether that is new.

    Stops where the channel requires something that was not told and that nobody is going to ask for.
    """
    assert row.submission is not None
    there = desk.taken
    known = Taken(dict(there.identities), set(there.ids), set(there.unreadable))
    item, is_new = land(row.submission, session.policy, known, session.now, lambda: secrets.randbits(30))
    if not is_new:
        return row, item, False
    if told.contacts:
        submitter = item.submitter or Submitter()
        item = item.model_copy(update={"submitter": submitter.model_copy(update={"hint": told.hint})})
    lacking = told.lacks(session.policy.channels[item.channel].required)
    question = _question(session, item, lacking) if lacking and ask else None
    if lacking and question is None:
        raise Stop("channel-requires", USAGE, session.language, channel=item.channel, missing=lacking)
    if question is None:
        return row, item, True
    history = (*row.submission.history, question)
    asked = row.submission.model_copy(update={"history": history})
    return replace(row, submission=asked), item.model_copy(update={"history": history}), True


def _question(session: Session, item: Item, lacking: tuple[str, ...]) -> Event | None:
    """The question that goes with it; None where its submitter cannot tell all of what it lacks."""
    if set(askable(missing(item, session.policy))) != set(lacking):
        return None
    words = asking.worded(session, item, {"missing": lacking})
    assert not isinstance(words, Refusal)
    at = max(session.now, item.received).astimezone(session.policy.zone)
    event = act("ask", item, session.policy, at, session.actor, words)
    return None if isinstance(event, Refusal) else event


def _subject(session: Session, item: Item) -> Subject:
    return Subject(item, ids.path(item.id), write(item), session.now)


def _written(session: Session, preview: Item, item_id: str | None) -> Item:
    """The item as it lies in its file; on a dry run as it would."""
    if session.dry_run or item_id is None:
        return preview
    path = ids.path(item_id)
    return read((session.root / path).read_bytes(), file=path)


# ---- what is said of it ---------------------------------------------------------------------------------------------


def _tell(session: Session, item: Item, path: str | None, token: str | None, *, slip: bool, site: str) -> None:
    """What was added, or (no path) that it was there already; a new one's number for the first and last time."""
    full = receiving.receipt(item, token)
    if session.style == "json":
        rows: dict[str, object] = {"id": item.id, "file": ids.path(item.id), "new": path is not None}
        file = written_slip(session, full, item.language, site) if token and path and slip else None
        session.show_json(rows | ({"receipt": as_json(full, path, file, given=True)} if token and path else {}))
        return
    click.echo(f"{item.id}  {path}" if path else session.words("already-there", id=item.id))
    if path:
        _tell_the_caller(session, item)
    if token and path:
        hand_over(session, full, path, item.language, slip=slip, site=site)
    elif token:
        session.say("receipt-not-new", id=item.id)


def _tell_the_caller(session: Session, item: Item) -> None:
    """What whoever is on the phone is told: the id in groups, what happens next, what is still asked of them."""
    session.say("new-read-out", id=grouped(item.id))
    there = standing(item, session.policy, session.now)
    for name, code in NEXT.items():
        clock = there.clock(name)
        if clock is not None and clock.due is not None and clock.goes_on:
            session.say(code, due=_due(session, clock), hours=f"{max(clock.left, 0) / HOUR_S:.1f}")
            break
    for event in item.history:
        if isinstance(event, ev.Ask):
            click.echo(event.question, err=True)
            if way_to(item, session.policy) is None:
                session.say("new-unreachable")
        elif isinstance(event, ev.Note):
            click.echo(event.text, err=True)


def _due(session: Session, clock: Clock) -> str:
    assert clock.due is not None
    return f"{clock.due.astimezone(session.policy.zone):%Y-%m-%d %H:%M}"


def grouped(item_id: str) -> str:
    """An id in groups that can be read out: `Q 26 11 22 - 7K3 QM2 H`."""
    day, _, rest = item_id.partition("-")
    prefix = day.rstrip("0123456789")
    digits = day[len(prefix) :]
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    groups = [rest[at : at + 3] for at in range(0, len(rest), 3)]
    return " ".join((prefix, *pairs, "-", *groups))
