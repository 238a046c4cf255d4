"""Every line of recipients.txt is a public key: one that is none lets nobody in, and a secret one lets everybody in."""

from collections.abc import Iterator, Mapping

from git_feedback.model import Problem
from git_feedback.privacy.sealing import BadRecipient, check_recipient

CODE = "bad-recipient"
FILE = "policy/recipients.txt"
_SECRETS = ("AGE-SECRET-KEY-", "-----BEGIN")
_SHOWN = 40


def recipient_problems(sources: Mapping[str, bytes]) -> Iterator[Problem]:
    """Everything that is wrong with the lines of the file, of all files of the policy."""
    first: dict[str, int] = {}
    for number, line in enumerate(sources.get(FILE, b"").decode("utf-8-sig", "replace").splitlines(), 1):
        said = line.strip()
        if not said:
            continue
        column = 1 + line.index(said[0])
        if any(secret in said.upper() for secret in _SECRETS):
            yield Problem(FILE, number, column, "secret-in-recipients")
        elif not said.startswith("#"):
            yield from _key(said, number, column, first)


def _key(said: str, number: int, column: int, first: dict[str, int]) -> Iterator[Problem]:
    try:
        check_recipient(said)
    except BadRecipient:
        yield Problem(FILE, number, column, CODE, {"given": said[:_SHOWN]})
        return
    key = " ".join(said.split()[:2])  # behind a key of ssh stands whose it is
    other = first.setdefault(key, number)
    if other != number:
        yield Problem(FILE, number, column, "recipient-twice", {"given": said[:_SHOWN], "line": other})
