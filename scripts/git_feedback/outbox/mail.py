"""By mail: SMTP, with the account from an environment variable (`smtp(s)://user:password@host:port`).

A password crosses a wire only when it is encrypted: `smtps`, or `smtp` whose server offers STARTTLS; a server on this
computer needs neither.  What a server refuses for now (4xx) is tried again within the patience; a server that breaks
off or falls silent may have taken the letter, and is asked again by the next run only.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from git_feedback.outbox.letters import letter
from git_feedback.outbox.message import Message, NotSent, Route
from git_feedback.outbox.trying import tried

PORTS = {"smtp": 587, "smtps": 465}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Account:
    """Where mail is handed over, and as whom; without a user nobody logs in."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


def send(message: Message, route: Route) -> None:
    """Hand the letter to the server; it counts as sent when the server took it."""
    account = _account(route)
    written = letter(message, route)
    tried(lambda: _handed_over(written, account, message, route), route)


def _handed_over(written: EmailMessage, account: Account, message: Message, route: Route) -> None:
    try:
        _hand_over(written, account, route)
    except smtplib.SMTPRecipientsRefused:
        raise NotSent("send-refused-address", name=route.name, addressee=message.addressee) from None
    except smtplib.SMTPResponseException as answer:
        if answer.smtp_code < 0:  # smtplib's way to say: that was no answer
            raise NotSent("send-broke-off", name=route.name) from None
        refused = NotSent("send-answered", name=route.name, answer=answer.smtp_code)
        raise (refused.later() if 400 <= answer.smtp_code < 500 else refused) from None
    except ssl.SSLError:
        raise NotSent("send-bad-certificate", name=route.name) from None
    except (smtplib.SMTPException, OSError, ValueError) as failed:
        raise _trouble(failed, route.name) from None


def _hand_over(written: EmailMessage, account: Account, route: Route) -> None:
    """What the server says to the farewell changes nothing: it has taken the letter."""
    server = _connected(account, route.patience_s)
    try:
        _log_in(server, account, route.name)
        server.send_message(written)
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _trouble(failed: Exception, name: str) -> NotSent:
    """What a lost connection means: not even begun, fallen silent, or broken off on the way."""
    if isinstance(failed, ConnectionRefusedError | socket.gaierror):
        return NotSent("send-no-connection", name=name).later()
    return NotSent("send-too-slow" if _is_slow(failed) else "send-broke-off", name=name)


def _is_slow(failed: Exception) -> bool:
    """Whether time ran out; smtplib tells of it as of a lost connection."""
    return isinstance(failed, TimeoutError) or isinstance(failed.__context__, TimeoutError)


def _account(route: Route) -> Account:
    settings = route.way.settings
    if not route.secret:
        raise NotSent("send-no-secret", name=route.name, settings=settings)
    try:
        parts = urlsplit(route.secret.strip())
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise NotSent("send-bad-mail-secret", name=route.name, settings=settings) from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise NotSent("send-bad-mail-secret", name=route.name, settings=settings)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():  # smtplib cannot log in with it
        raise NotSent("send-not-ascii", name=route.name, settings=settings)
    return Account(parts.scheme, parts.hostname, port, user, password)


def _connected(account: Account, patience_s: float) -> smtplib.SMTP:
    if account.scheme == "smtps":
        return smtplib.SMTP_SSL(account.host, account.port, timeout=patience_s, context=ssl.create_default_context())
    server = smtplib.SMTP(account.host, account.port, timeout=patience_s)
    try:
        server.ehlo_or_helo_if_needed()
        if account.host not in HERE and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, account: Account, way: str) -> None:
    if not account.user:
        return
    if not isinstance(server.sock, ssl.SSLSocket) and account.host not in HERE:
        raise NotSent("send-not-encrypted", name=way)
    try:
        server.login(account.user, account.password)
    except smtplib.SMTPNotSupportedError:
        raise NotSent("send-no-login", name=way) from None
