"""One mail: what it newly says becomes a submission, or a message of the item whose mail it answers.

Its identity is a hash of its Message-ID, so that neither an address nor a machine's name lies in Git.  An id in its
subject is only a name for an item: anybody may write one, so whose mail it is decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Any

from git_feedback import i18n
from git_feedback.intake.door import safe
from git_feedback.intake.lengthy import MOST, notes, on_one_line, parted, sealable, shortened
from git_feedback.intake.mail import headers as mail_headers
from git_feedback.intake.mail.parts import Body, TooMuch, body, parsed
from git_feedback.intake.mail.words import new_words
from git_feedback.intake.rows import Private, Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.model import Submission, ids
from git_feedback.notation import clean
from git_feedback.policy import Policy
from git_feedback.text import language

CHANNEL = "e-mail"
_SUBJECT_SHOWN = 80
_NAMES_MOST = 5
_FORWARD = r"fwd?|wg|tr|转发|轉寄|轉發"
_PREFIX = re.compile(
    rf"\s*(?:(?:re|aw|sv|antw|回复|答复|回覆|答覆|回信|{_FORWARD})\s*(?:[\[(（]\d{{1,3}}[\])）])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_IS_FORWARD = re.compile(rf"\s*(?:{_FORWARD})\s*[:：]", re.IGNORECASE)
_NAMED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,4}[0-9OIL]{6}-[0-9A-Za-z]{7}(?![A-Za-z0-9])", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\[\s*#?{_NAMED.pattern}\s*\]|【\s*{_NAMED.pattern}\s*】", re.IGNORECASE)


def read(source: Source) -> Iterator[Row]:
    """The one mail of a file, or why it is none."""
    yield row(1, source.content, source.policy, source.now)


def row(number: int, content: bytes, policy: Policy, now: datetime, delivered: datetime | None = None) -> Row:
    """What a mail says; `delivered` is when a mailbox took it in, where it tells."""
    try:
        message = parsed(content)
    except TooMuch as much:
        return Row(number, None, (Remark(number, much.code, much.values),))
    if not any(message.get_all(name) for name in ("From", "Date", "Subject", "Message-ID")):
        return Row(number, None, (Remark(number, "no-mail"),))
    return _by_no_person(number, message) or _said(number, message, policy, now, delivered)


def _by_no_person(number: int, message: Message) -> Row | None:
    """The refusal of a mail that a machine wrote: a person sees that it came."""
    sign = mail_headers.automatic(message)
    code = "bounced-mail" if mail_headers.bounced(message) else "automatic-mail" if sign else None
    if code is None:
        return None
    subject = shortened(on_one_line(safe(mail_headers.header(message, "Subject"))), _SUBJECT_SHOWN)
    return Row(number, None, (Remark(number, code, {"subject": subject, "sign": safe(sign or "")}),))


@dataclass(frozen=True, slots=True)
class _Words:
    """What a mail says, as it came and as it passed the door: looking for what is private is most of the work."""

    title: str
    text: str
    safe_title: str
    safe_text: str

    def originals(self) -> dict[str, str]:
        """Words as they came, of those in which the door masked something."""
        pairs = {"title": (self.title, self.safe_title), "text": (self.text, self.safe_text)}
        return {name: sealable(came) for name, (came, stays) in pairs.items() if came != stays}


def _said(number: int, message: Message, policy: Policy, now: datetime, delivered: datetime | None) -> Row:
    found = body(message)
    subject = mail_headers.header(message, "Subject")
    title = on_one_line(clean(_PREFIX.sub("", _IN_BRACKETS.sub("", subject), count=1)))
    text = clean(_words(found, subject, policy)).strip()
    said = _Words(title, text, on_one_line(safe(title)), safe(text))
    received = mail_headers.received(message, now, delivered).astimezone(policy.zone)
    return Row(
        number,
        _submission(said, mail_headers.own_key(message, found.text), policy, received, now.astimezone(policy.zone)),
        private=Private(_contacts(message), said.originals()),
        files=tuple(found.files),
        answers=mail_headers.answered(message),
        names=_named(subject),
    )


def _words(found: Body, subject: str, policy: Policy) -> str:
    """The new words, then the mails that are passed on with them."""
    own = new_words(found.text, forwarded=bool(_IS_FORWARD.match(_IN_BRACKETS.sub("", subject))))
    mark = i18n.text("mail-passed-on", policy.desk.language)
    passed_on = (f"{mark}\n{new}" for new in found.forwarded if new.strip())
    return "\n\n".join(filter(None, [own, *passed_on]))[:MOST]


def _submission(said: _Words, source: str, policy: Policy, received: datetime, now: datetime) -> Submission:
    limits = policy.desk.limits
    title = said.safe_title or next((line.strip() for line in said.safe_text.split("\n") if line.strip()), "")
    text, rest = parted(said.safe_text, limits.text_max)
    beside = [said.safe_title] if len(said.safe_title) > limits.title_max else []
    spoken = language(f"{said.safe_title} {text}")
    facts: dict[str, Any] = {
        "received": received,
        "channel": CHANNEL,
        "source": source,
        "language": None if spoken == "und" else spoken,
        "title": shortened(title or i18n.text("mail-without-subject", policy.desk.language), limits.title_max),
        "text": text or None,
        "history": tuple(notes("\n\n".join(filter(None, [*beside, rest])), max(now, received))),
    }
    return Submission.model_validate(facts)


def _contacts(message: Message) -> dict[str, str]:
    """Who wrote it, and where answers are to go: sealed where the mail lands."""
    who = mail_headers.sender(message)
    told = {"email": who.address, "name": who.name, "other": who.answers_to and f"Reply-To: {who.answers_to}"}
    return {kind: clean(words) for kind, words in told.items() if words}


def _named(subject: str) -> tuple[str, ...]:
    """Ids in a subject, in their one written form."""
    found = dict.fromkeys(map(ids.canonical, _NAMED.findall(subject)))
    return tuple(one for one in found if ids.is_id(one))[:_NAMES_MOST]
