"""Who can read what was sealed: the list of recipients, their keys, and the keys of items sealed to them anew."""

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from git_feedback.model import Item
from git_feedback.privacy import Sealer
from git_feedback.privacy.armor import stanzas
from git_feedback.privacy.sealing import new_identity, opened
from git_feedback.store import Keys, write_file
from git_feedback.store.keys import REF_KEY, item_of

RECIPIENTS = "policy/recipients.txt"
_REF_KEY_BYTES = 32
_ABOVE = """\
# Who may read how to reach a customer: one public key (age) a line.  Secret keys never lie here.
# After a change: git feedback keys rotate
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """What is known of keys without opening any."""

    recipients: tuple[str, ...]
    items: int
    """How many items have a key here."""
    lacking: tuple[str, ...]
    """Items with something sealed and no key here."""
    spare: tuple[str, ...]
    """Items with a key here and nothing sealed."""
    outdated: int
    """Keys sealed to more or fewer recipients than there are now."""
    has_ref_key: bool


def holding(keys: Keys, items: Iterable[Item], recipients: Sequence[str]) -> Holding:
    """What this clone has, and what it lacks."""
    there = keys.all()
    with_keys = {item for name in there if (item := item_of(name))}
    sealed = {item.id for item in items if is_sealed(item)}
    outdated = sum(1 for key in there.values() if stanzas(key.decode("ascii", "replace")) != len(set(recipients)))
    return Holding(
        tuple(recipients),
        len(with_keys),
        tuple(sorted(sealed - with_keys)),
        tuple(sorted(with_keys - sealed)),
        outdated,
        REF_KEY in there,
    )


def is_sealed(item: Item) -> bool:
    """Whether something of an item is sealed."""
    return bool(list(sealed_blocks(item)))


def sealed_blocks(item: Item) -> list[tuple[str, str]]:
    """Every sealed block of an item, with where it stands: `submitter`, or the verb and moment of an event."""
    found = [("submitter", item.submitter.sealed)] if item.submitter and item.submitter.sealed else []
    sealed = ((event, getattr(event, "sealed", None)) for event in item.history)
    return [*found, *((f"{event.verb} {event.at.isoformat()}", block) for event, block in sealed if block)]


# ---- a new holder ---------------------------------------------------------------------------------------------------


def made_identity(path: Path, made_on: str) -> str:
    """Write a new secret key that only its owner may read; its public line.  Raises FileExistsError."""
    secret, public = new_identity()
    write_secret(path, f"# created: {made_on}\n# public key: {public}\n{secret}\n", new=True)
    return public


def write_secret(path: Path, text: str, *, new: bool = False) -> None:
    """A file for its owner's eyes only, from its first byte on.  Raises FileExistsError where it must be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not new:
        path.unlink(missing_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write(text)


def with_recipient(root: Path, public: str, comment: str) -> bytes:
    """The list of recipients with one more; it is not written yet."""
    path = root / RECIPIENTS
    there = path.read_text("utf-8-sig") if path.is_file() else _ABOVE
    if there and not there.endswith("\n"):
        there += "\n"
    return f"{there}# {comment}\n{public}\n".encode()


def put_recipients(root: Path, content: bytes) -> bool:
    """Write the list of recipients."""
    return write_file(root / RECIPIENTS, content)


def new_ref_key(keys: Keys, recipients: Sequence[str]) -> bytes:
    """A secret by which the same person is known again, from now on sealed beside the items' keys."""
    secret = secrets.token_bytes(_REF_KEY_BYTES)
    keys.put({REF_KEY: Sealer(recipients).seal_bytes(f"{secret.hex()}\n".encode())})
    return secret


def opened_ref_key(keys: Keys, identities: Sequence[str]) -> bytes | None:
    """The secret as a holder of a key reads it; None where there is none.  Raises CannotUnseal."""
    sealed = keys.ref_key()
    return None if sealed is None else bytes.fromhex(opened(sealed, identities).decode("ascii"))


# ---- another list of holders ----------------------------------------------------------------------------------------


def rotated(keys: Keys, identities: Sequence[str], recipients: Sequence[str]) -> tuple[int, list[str]]:
    """Seal every key to the recipients of now: how many, and objects of old ones that are still in this clone.

    All or nothing.  Raises CannotUnseal, BadRecipient, and GitFailed where somebody else wrote keys meanwhile.
    """
    commit = keys.commit()
    sealer = Sealer(recipients)
    there = keys.git.contents(keys.names(commit))
    made = {name: sealer.seal_bytes(opened(key, identities)) for name, key in there.items()}
    return len(made), keys.replace(made, commit) if made else []
