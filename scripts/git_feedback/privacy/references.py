"""The same person again, told by a keyed hash: without the desk's secret nobody can try out telephone numbers on it."""

import hmac
import re
from hashlib import sha256
from unicodedata import normalize

from git_feedback.privacy.plain import plain

LENGTH = 16
"""Hexadecimal characters: 64 bits, no two of a million people alike by chance."""
_NUMBER = re.compile(r"\(?\+?[0-9 ().\-/]{5,30}", re.ASCII)
_MOBILE = re.compile(r"(?:\+|00)?(?:86)?(1[3-9][0-9]{9})", re.ASCII)
_FOREIGN = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})", re.ASCII)


def reference(secret: bytes, contact: str) -> str:
    """The keyed hash of a way to reach a person (HMAC-SHA256, its first 16 characters); spelling makes no difference."""
    return hmac.new(secret, normal(contact).encode(), sha256).hexdigest()[:LENGTH]


def normal(contact: str) -> str:
    """One spelling of a way to reach a person: `+86 138-1234 5678` is `13812345678`, `Li@X.CN` is `li@x.cn`."""
    text = " ".join(normalize("NFKC", plain(contact).text).split())
    if not _NUMBER.fullmatch(text):
        return text.casefold()
    digits = re.sub(r"[^0-9+]", "", text.replace("(0)", ""))
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    foreign = _FOREIGN.fullmatch(digits)
    return f"+{foreign[1]}" if foreign else digits


def erased_source(channel: str, source: str) -> str:
    """What stands for an identity that was erased: it tells the same submission again, and not whose it was.

    A channel's key of a submission may be guessed (a row's number, a mail's id): this hides what is in it, and does not
    keep anybody from trying one that he knows.
    """
    if source.startswith(ERASED):
        return source
    identity = f"{channel}\n{source}"
    return f"{ERASED}{sha256(identity.encode()).hexdigest()[:32]}"


ERASED = "erased:"
"""How a source begins that was erased."""
