"""Texts that go out, and how they leave."""

from collections.abc import Mapping

from git_feedback.outbox import folder, mail, webhook
from git_feedback.outbox.digests import messages
from git_feedback.outbox.message import Message, NotSent, Route, Sender

SENDERS: Mapping[str, Sender] = {"folder": folder.send, "mail": mail.send, "webhook": webhook.send}
"""How a way leaves, by the word that notify.yml has for it."""

__all__ = ["SENDERS", "Message", "NotSent", "Route", "Sender", "messages"]
