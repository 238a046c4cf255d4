"""What only holders of a key have: their identities, and the desk's secret by which the same person is known again.

Neither ever lies in the working tree: they are given by an option, by the environment, or lie beside Git's own files.
"""

import base64
import binascii
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.privacy import BadRecipient, CannotUnseal
from git_feedback.privacy.sealing import identities_in
from git_feedback.store import GitFailed

IDENTITY_FROM, REF_KEY_FROM = "GIT_FEEDBACK_IDENTITY", "GIT_FEEDBACK_REF_KEY"
SHORTEST = 16
"""Bytes of a secret that nobody guesses."""
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")

identity_option = click.option(
    "--identity",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"Your secret key (default: ${IDENTITY_FROM}, else .git/git-feedback/identity.txt).",
)


def own_folder(session: Session) -> Path:
    """The folder beside Git's own files in which this clone keeps what is never committed."""
    shared = session.git.run("rev-parse", "--git-common-dir").rstrip("\n")
    return (session.root / shared).resolve() / "git-feedback"


def identity_file(session: Session) -> Path:
    """Where a person's secret key lies unless somebody says otherwise."""
    return own_folder(session) / "identity.txt"


def ref_key_file(session: Session) -> Path:
    """Where the desk's secret lies in the clone of somebody who holds a key."""
    return own_folder(session) / "ref.key"


def identities(session: Session, given: Path | None = None) -> list[str]:
    """The secret keys of whoever asks; stops where there are none."""
    named = given or (Path(os.environ[IDENTITY_FROM]) if os.environ.get(IDENTITY_FROM) else None)
    path = named or identity_file(session)
    try:
        return identities_in(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        code = "identity-unreadable" if named else "identity-missing"
        raise Stop(code, USAGE, session.language, file=str(path), reason=reason) from None
    except CannotUnseal as cannot:
        raise Stop(cannot.code, USAGE, session.language, file=str(path)) from None


def ref_key(session: Session) -> bytes | None:
    """The desk's secret from the environment (hex or base64), else from its file; None where this clone has none."""
    if given := os.environ.get(REF_KEY_FROM, "").strip():
        return _read(session, given, REF_KEY_FROM)
    path = ref_key_file(session)
    try:
        return _read(session, path.read_text("ascii").strip(), str(path))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "ASCII"
        raise Stop("identity-unreadable", USAGE, session.language, file=str(path), reason=reason) from None


def _read(session: Session, written: str, where: str) -> bytes:
    try:
        secret = bytes.fromhex(written) if _HEX.fullmatch(written) else base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) < SHORTEST:
        raise Stop("bad-ref-key", USAGE, session.language, where=where)
    return secret


@contextmanager
def trouble_with_keys(session: Session, file: str = "") -> Iterator[None]:
    """What is expected to go wrong with keys stops the command, in words."""
    try:
        yield
    except CannotUnseal as cannot:
        raise Stop(cannot.code, CANNOT, session.language, file=file or str(identity_file(session))) from None
    except BadRecipient as bad:
        code = "bad-recipient" if str(bad) else "keys-nobody"
        raise Stop(code, CANNOT, session.language, given=str(bad)) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
