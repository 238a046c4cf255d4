"""A message as a letter (RFC 5322): text and HTML beside each other, headers that no title can break out of."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from git_feedback.outbox.message import Message, NotSent, Route


def letter(message: Message, route: Route) -> EmailMessage:
    """The letter; raises NotSent where the addressee has no address, or one that no letter can go to."""
    person = route.person
    if person is None or person.email is None:
        raise NotSent("send-no-address", addressee=message.addressee)
    try:
        return _written(message, route, Address(_plain(message.name), addr_spec=person.email))
    except (MessageError, ValueError, IndexError):
        raise NotSent("send-bad-address", addressee=message.addressee, name=route.name) from None


def _written(message: Message, route: Route, to: Address) -> EmailMessage:
    found = EmailMessage()
    found["Subject"] = _plain(message.subject)
    found["To"] = to
    if route.way.sender:
        name, address = parseaddr(route.way.sender)
        found["From"] = Address(name, addr_spec=address)
    found["Date"] = format_datetime(route.now)
    found["Message-ID"] = f"<{fingerprint(message, route)}@git-feedback.invalid>"
    found["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note comes back
    found.set_content(message.text)
    found.add_alternative(message.html, subtype="html")
    return found


def _plain(words: str) -> str:
    """Words for a header: one line, and nothing that the library would decode on the way (`=?utf-8?q?=0aBcc:...?=`)."""
    return " ".join(words.split()).replace("=?", "= ?")


def fingerprint(message: Message, route: Route) -> str:
    """The same for the same message of the same run, so that a mail programme knows it again.

    A message of nothing but daily lines is the same all day, whatever it says: a second run does not bring a second.
    """
    parts = (message.addressee, message.subject, message.text, route.now.isoformat())
    if message.is_repeat:
        parts = (message.addressee, "", "", route.now.date().isoformat())
    return sha256("\0".join(parts).encode()).hexdigest()[:24]
