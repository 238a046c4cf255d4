"""Contact data sealed with age: to a key of its own, and that key to everybody who may read it.

Whoever seals needs public keys only.  What was sealed is gone for good once the item's key is gone, whatever copies of
the item there are.  Every file made here can be opened with the programme `age`, and the other way round.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SECRET, _SSH_SECRET = "AGE-SECRET-KEY-", "-----BEGIN "
_LOCKED = ("age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----")


class BadRecipient(ValueError):
    """A line that names no key to seal to."""


class CannotUnseal(Exception):
    """Why something sealed stays closed: the code of the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed, and the key to it."""

    block: str
    """The age file, in armour, to the item's own key."""
    key: bytes
    """The item's own identity, in an age file (armoured) to all recipients."""


class Sealer:
    """Seals to the same recipients again and again."""

    def __init__(self, recipients: Sequence[str]) -> None:
        """Raises BadRecipient for the first that is none, and where there is nobody to seal to."""
        self._to = [_recipient(line) for line in recipients]
        if not self._to:
            raise BadRecipient("")

    def seal(self, secret: Mapping[str, str]) -> Sealed:
        """What is to be kept secret, with a fresh key of its own."""
        from pyrage import encrypt, x25519

        own = x25519.Identity.generate()
        words = json.dumps(dict(secret), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        block: bytes = encrypt(words.encode(), [own.to_public()], armored=True)
        return Sealed(block.decode("ascii").rstrip("\n"), self.seal_bytes(f"{own}\n".encode()))

    def seal_bytes(self, content: bytes) -> bytes:
        """An age file (armoured) to all recipients."""
        from pyrage import encrypt

        return bytes(encrypt(content, self._to, armored=True))


def check_recipient(line: str) -> None:
    """Raises BadRecipient for a line that names no key to seal to."""
    _recipient(line)


def _recipient(line: str) -> Any:
    from pyrage import RecipientError, ssh, x25519

    kind = ssh if line.startswith("ssh-") else x25519
    try:
        return kind.Recipient.from_str(line)
    except RecipientError:
        raise BadRecipient(line) from None


# ---- opening --------------------------------------------------------------------------------------------------------


def unsealed(block: str, keys: Iterable[bytes], identities: Sequence[str]) -> dict[str, str]:
    """What was sealed, with one of the item's keys and the identities of a person.

    Raises CannotUnseal: no key at all, none that these identities open, none that fits, or a damaged file.
    """
    mine = _identities(identities)
    listed = list(keys)
    if not listed:
        raise CannotUnseal("unseal-no-key")
    own = [found for key in listed if (found := _opened(key, mine)) is not None]
    if not own:
        raise CannotUnseal("unseal-wrong-identity")
    content = _opened(block.encode(), _identities([one.decode("ascii", "replace").strip() for one in own]))
    if content is None:
        raise CannotUnseal("unseal-damaged")
    return _secret(content)


def _secret(content: bytes) -> dict[str, str]:
    try:
        said = json.loads(content)
    except ValueError:
        raise CannotUnseal("unseal-damaged") from None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise CannotUnseal("unseal-damaged")
    return said


def opened(content: bytes, identities: Sequence[str]) -> bytes:
    """What an age file holds.  Raises CannotUnseal."""
    found = _opened(content, _identities(identities))
    if found is None:
        raise CannotUnseal("unseal-wrong-identity")
    return found


def resealed(key: bytes, identities: Sequence[str], recipients: Sequence[str]) -> bytes:
    """A key for the recipients of now.  Raises CannotUnseal, BadRecipient."""
    return Sealer(recipients).seal_bytes(opened(key, identities))


def _opened(content: bytes, identities: Sequence[Any]) -> bytes | None:
    """What an age file holds; None where none of the identities opens it, or it is damaged."""
    from pyrage import DecryptError, decrypt

    try:
        return bytes(decrypt(content, identities))
    except DecryptError:
        return None


def _identities(texts: Sequence[str]) -> list[Any]:
    """Raises CannotUnseal where there is none, or one is no identity."""
    if not texts:
        raise CannotUnseal("unseal-no-identity")
    return [_identity(text) for text in texts]


def _identity(text: str) -> Any:
    from pyrage import IdentityError, ssh, x25519

    try:
        if text.startswith(_SECRET):
            return x25519.Identity.from_str(text)
        return ssh.Identity.from_buffer(text.encode())
    except IdentityError:
        raise CannotUnseal("unseal-bad-identity") from None


def new_identity() -> tuple[str, str]:
    """A fresh secret key (`AGE-SECRET-KEY-1...`) and the public one that goes with it (`age1...`)."""
    from pyrage import x25519

    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def identities_in(text: str) -> list[str]:
    """The secret keys in a file of identities, as `age-keygen` and `ssh-keygen` write them.

    Raises CannotUnseal for a file that a passphrase locks, and for one that holds none.
    """
    if text.startswith(_LOCKED):
        raise CannotUnseal("unseal-locked-identity")
    if text.startswith(_SSH_SECRET):
        found = [text]
    else:
        found = [line.strip() for line in text.splitlines() if line.strip().startswith(_SECRET)]
    _identities(found)
    return found


def public_of(identity: str) -> str:
    """The line of recipients.txt that goes with a secret key of age; raises CannotUnseal for any other."""
    from pyrage import IdentityError, x25519

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except IdentityError:
        raise CannotUnseal("unseal-bad-identity") from None
