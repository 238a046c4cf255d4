"""`keys`: who can read how to reach a customer.

`--format json` prints for `new` `{identity, recipient, ref_key}`, for `list` `{recipients, items, lacking: [ID],
spare: [ID], outdated, ref_key}`, for `rotate` `{rotated, recipients, left}`, for `ref` `{file}`.
"""

from contextlib import suppress
from pathlib import Path

import click

from git_feedback.cli.secrets_given import (
    identities,
    identity_file,
    identity_option,
    ref_key_file,
    trouble_with_keys,
)
from git_feedback.cli.session import Session, common, reading, writing
from git_feedback.cli.trouble import CANNOT, Stop
from git_feedback.jobs import keyholding, keys_shared, pushing
from git_feedback.privacy import Sealer
from git_feedback.privacy.sealing import public_of
from git_feedback.store import GitFailed, Keys
from git_feedback.store.keys import REF


@click.group("keys")
def command() -> None:
    """Who can read how to reach a customer: make a key, list them, seal anew for the recipients of now."""


# ---- new ------------------------------------------------------------------------------------------------------------


@command.command("new")
@writing
def new(session: Session) -> int:
    """Make your key: the secret half beside Git's own files, the public half in policy/recipients.txt.

    Whoever makes the first one also makes the desk's secret by which the same person is known again.  A key that is
    there already is kept, and listed if it was not.
    """
    path, keys, actor = identity_file(session), Keys(session.git), session.actor
    with trouble_with_keys(session):
        if session.policy.recipients:
            Sealer(session.policy.recipients)
        public = public_of(identities(session)[0]) if path.exists() else ""
        if public in session.policy.recipients:
            session.say("keys-there", file=str(path), public=public)
            return 0
        if session.dry_run:
            session.say("keys-would-make", file=str(path), list=keyholding.RECIPIENTS)
            return 0
        _fetch(session)
        public = public or keyholding.made_identity(path, session.now.isoformat())
        comment = f"{actor}, {session.now.date().isoformat()}"
        keyholding.put_recipients(session.root, keyholding.with_recipient(session.root, public, comment))
        is_first = not keys.ref_key()
        if is_first:
            secret = keyholding.new_ref_key(keys, (*session.policy.recipients, public))
            keyholding.write_secret(ref_key_file(session), f"{secret.hex()}\n")
    _tell(session, str(path), public, is_first=is_first)
    session.commit([keyholding.RECIPIENTS], f"keys: {actor} can read what is sealed")
    return 0


def _fetch(session: Session) -> None:
    """Keys that others made already, where the other side can be reached."""
    with suppress(GitFailed):
        remote, _ = pushing.upstream(session.git)
        if remote != ".":
            keys_shared.fetched(session.git, remote)


def _tell(session: Session, path: str, public: str, *, is_first: bool) -> None:
    if session.style == "json":
        session.show_json({"identity": path, "recipient": public, "ref_key": is_first})
        return
    click.echo(session.words("keys-made", public=public, list=keyholding.RECIPIENTS))
    click.echo(session.words("keys-keep-safe", file=path))
    click.echo(session.words("keys-first" if is_first else "keys-not-first"))


# ---- list -----------------------------------------------------------------------------------------------------------


@command.command("list")
@reading
def list_(session: Session) -> int:
    """List the recipients, how many items have keys here, and which have none.

    Ends with 1 where items have something sealed and no key is here.
    """
    with trouble_with_keys(session):
        found = keyholding.holding(Keys(session.git), session.desk.items, session.policy.recipients)
    if session.style == "json":
        facts = {"items": found.items, "lacking": found.lacking, "spare": found.spare, "outdated": found.outdated}
        session.show_json({"recipients": found.recipients, **facts, "ref_key": found.has_ref_key})
    else:
        _show(session, found)
    return 1 if found.lacking else 0


def _show(session: Session, found: keyholding.Holding) -> None:
    for line in found.recipients:
        click.echo(line)
    click.echo(session.words("keys-recipients", n=len(found.recipients)))
    click.echo(session.words("keys-items", n=found.items, ref=REF))
    if not found.has_ref_key:
        click.echo(session.words("keys-no-ref-key"))
    for code, listed in (("keys-lacking", found.lacking), ("keys-spare", found.spare)):
        if listed:
            click.echo(session.words(code, n=len(listed), ids=listed))
    if found.outdated:
        click.echo(session.words("keys-outdated", n=found.outdated))


# ---- rotate, ref ----------------------------------------------------------------------------------------------------


@command.command("rotate")
@identity_option
@click.option("--dry-run", is_flag=True, help="Say what would be sealed anew, write nothing.")
@common
def rotate(session: Session, identity: Path | None) -> int:
    """Seal every key to the recipients of now: whoever is no longer on the list can read none of them.

    Needs a secret key that opens all of them.  Clones and backups from before still hold the old ones.
    """
    keys, recipients = Keys(session.git), session.policy.recipients
    mine = identities(session, identity)
    if session.dry_run:
        session.say("keys-would-rotate", n=len(keys.names()), recipients=len(recipients))
        return 0
    with trouble_with_keys(session, str(identity or "")):
        count, left = keyholding.rotated(keys, mine, recipients)
    if session.style == "json":
        session.show_json({"rotated": count, "recipients": len(recipients), "left": left})
        return 0
    session.say("keys-rotated", n=count, recipients=len(recipients))
    session.say("keys-old-clones")
    return 0


@command.command("ref")
@identity_option
@common
def ref(session: Session, identity: Path | None) -> int:
    """Put the desk's secret, by which the same person is known again, beside Git's own files of this clone."""
    with trouble_with_keys(session, str(identity or "")):
        secret = keyholding.opened_ref_key(Keys(session.git), identities(session, identity))
    if secret is None:
        raise Stop("keys-no-secret", CANNOT, session.language)
    path = ref_key_file(session)
    keyholding.write_secret(path, f"{secret.hex()}\n")
    if session.style == "json":
        session.show_json({"file": str(path)})
    else:
        session.say("keys-ref-written", file=str(path))
    return 0
