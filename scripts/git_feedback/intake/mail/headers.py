"""Headers of a mail: words in them decoded, who wrote it, when, which mail it is and which ones it answers.

The library's own decoding stops at the first mistake of a sender, so words are decoded here; a header is cut where no
person would read on.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.quoprimime import header_decode
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

from git_feedback.intake.mail.charsets import decoded

HEADER_MOST = 10_000
"""Characters of a header that are looked at."""
_ANSWERED_MOST = 50
_NAME_MOST = 200
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)?)\?=")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_ID = re.compile(r"<([^<>\s]{1,900})>")
_ADDRESS = re.compile(r"[^\s<>\"'(),:;@\[\]]{1,64}@[^\s<>\"'(),:;@\[\]]{1,190}")
_NOBODY = re.compile(
    r"(?:no|do[-_.]?not)[-_.]?reply|mailer[-_]?daemon|postmaster|notifications?|webform", re.IGNORECASE
)
_MACHINE = re.compile(r"mailer-daemon|postmaster", re.IGNORECASE)
_AWAY = re.compile(
    r"\s*(?:自动回复|自動回覆|自动答复|automatic reply|auto-?reply|out of (?:the )?office)(?=\s*[:：]|$)", re.IGNORECASE
)
_EARLIEST = datetime(2000, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a mail: all of it is contact data."""

    address: str
    name: str
    answers_to: str
    """Where answers are to go, if elsewhere."""


def header(message: Message, name: str) -> str:
    """The words of the first header of that name on one line; empty where there is none."""
    return words(raw(message, name))


def raw(message: Message, name: str) -> str:
    """The first header of that name as it stands, unfolded; bytes that are no ASCII are surrogates."""
    return next(_all(message, name), "")


def _all(message: Message, name: str) -> Iterator[str]:
    wanted = name.casefold()
    for found, value in message.raw_items():
        if found.casefold() == wanted:
            yield _FOLD.sub(" ", str(value)[:HEADER_MOST]).strip()


def words(value: str) -> str:
    """A header's value decoded: neighbouring encoded words are joined as bytes, for senders split them inside a letter."""
    pieces: list[str] = []
    held: tuple[str, bytes] | None = None
    at = 0
    for found in _WORD.finditer(value):
        between, at_once = value[at : found.start()], _bytes(found[2], found[3])
        charset = found[1].partition("*")[0].casefold()
        if held and not between.strip() and held[0] == charset:
            held = (charset, held[1] + at_once)
        else:
            pieces += _told(held)
            pieces.append("" if held and not between.strip() else _plain(between))
            held = (charset, at_once)
        at = found.end()
    return " ".join("".join([*pieces, *_told(held), _plain(value[at:])]).split())


def _told(held: tuple[str, bytes] | None) -> list[str]:
    return [decoded(held[1], held[0])] if held else []


def _plain(value: str) -> str:
    """Words that are not encoded; bytes in them are read as what they most likely are."""
    return value if value.isascii() else decoded(value.encode("utf-8", "surrogateescape"), None)


def _bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return bytes(ord(letter) & 0xFF for letter in header_decode(text))
    return unpacked(text.encode("utf-8", "surrogateescape"))


def unpacked(given: bytes) -> bytes:
    """The bytes of base64, as many as can be had of a broken one."""
    try:
        return b64decode(given)
    except binascii.Error:
        sound = re.sub(rb"[^A-Za-z0-9+/]", b"", given)
        sound = sound[:-1] if len(sound) % 4 == 1 else sound
        return b64decode(sound + b"=" * (-len(sound) % 4))


# ---- who ------------------------------------------------------------------------------------------------------------


def sender(message: Message) -> Sender:
    """From is the person.  Where From is a machine that relays a form, the person is who answers are to go to."""
    name, address = _mailbox(raw(message, "From"))
    reply_name, reply_to = _mailbox(raw(message, "Reply-To"))
    if not address and not reply_to:
        name, address = _mailbox(raw(message, "Sender"))
    if reply_to and (not address or _NOBODY.search(address.partition("@")[0])):
        return Sender(reply_to, reply_name, "")
    return Sender(address, name, reply_to if reply_to.casefold() != address.casefold() else "")


def _mailbox(value: str) -> tuple[str, str]:
    """Name and address of the first mailbox, each empty where there is none."""
    value = value[:1000]
    try:
        name, address = parseaddr(value)
    except (ValueError, IndexError, RecursionError, AttributeError):
        name, address = "", ""
    found = _ADDRESS.fullmatch(address)
    if not found:
        found = _ADDRESS.search(value)
        name = value[: found.start()].strip(" <\"'") if found else ""
    return words(name)[:_NAME_MOST], _plain(found[0]) if found else ""


# ---- when -----------------------------------------------------------------------------------------------------------


def received(message: Message, now: datetime, delivered: datetime | None = None) -> datetime:
    """When it was sent; where that cannot be (before 2000, after now, no date) when it was delivered, else `now`."""
    stamps = (value.rpartition(";")[2] for value in _all(message, "Received"))
    for value in (*_all(message, "Date"), *stamps):
        found = moment(value)
        if found and _EARLIEST <= found <= now:
            return found
    return delivered if delivered and _EARLIEST <= delivered <= now else now


def moment(value: str) -> datetime | None:
    """The date of a header in UTC; None for what is none.  A date without a zone is UTC, as RFC 5322 has it."""
    try:
        found = parsedate_to_datetime(value.strip()[:200])
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


# ---- which ----------------------------------------------------------------------------------------------------------


def key(message_id: str) -> str:
    """The identity of a mail: of its Message-ID only a hash, for it may hold an address or the name of a machine."""
    return f"mail:{sha256(message_id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def own_key(message: Message, body: str) -> str:
    """The key of this mail; without a Message-ID that of its date, sender, subject and words."""
    found = _ID.search(raw(message, "Message-ID"))
    said = found[1] if found else "".join(raw(message, "Message-ID").split())
    if not said:
        said = "\n".join([*(raw(message, name) for name in ("Date", "From", "Subject")), body])
    return key(said)


def answered(message: Message) -> tuple[str, ...]:
    """Keys of the mails that it answers, the nearest first."""
    said = [found for name in ("In-Reply-To",) for found in _ID.findall(raw(message, name))]
    said += reversed(_ID.findall(raw(message, "References")))
    return tuple(dict.fromkeys(map(key, said)))[:_ANSWERED_MOST]


# ---- by whose hand --------------------------------------------------------------------------------------------------


def automatic(message: Message) -> str | None:
    """The header by which no person wrote it (an answering machine, mail to the masses), or None.

    A list alone is no reason: many a team's address is a group, and hosts of groups mark every mail of theirs.
    """
    for name, ordinary in (("Auto-Submitted", "no"), ("X-Autoreply", "no"), ("X-Autorespond", "no")):
        value = raw(message, name)
        if value and value.casefold() != ordinary:
            return f"{name}: {words(value)[:60]}"
    precedence = raw(message, "Precedence").casefold()
    if precedence in ("bulk", "junk", "auto_reply"):
        return f"Precedence: {precedence}"
    found = _AWAY.match(header(message, "Subject"))
    return f"Subject: {found[0].strip()}" if found else None


def bounced(message: Message) -> bool:
    """Whether a mail server writes that a mail did not arrive, or did."""
    return (
        message.get_content_type() == "multipart/report"
        or raw(message, "Return-Path") == "<>"
        or bool(_MACHINE.search(_mailbox(raw(message, "From"))[1].partition("@")[0]))
    )
