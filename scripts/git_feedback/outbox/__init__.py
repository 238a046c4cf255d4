"""Texts that go out, and how they leave."""

from collections.abc import Mapping

from git_feedback.outbox import dingtalk, feishu, folder, mail, slack, teams, webhook, wecom
from git_feedback.outbox.digests import messages
from git_feedback.outbox.message import Block, Message, NotSent, Route, Sender
from git_feedback.outbox.patience import Patience
from git_feedback.outbox.trials import trial

SENDERS: Mapping[str, Sender] = {
    "folder": folder.send,
    "mail": mail.send,
    "webhook": webhook.send,
    "wecom": wecom.send,
    "dingtalk": dingtalk.send,
    "feishu": feishu.send,
    "slack": slack.send,
    "teams": teams.send,
}
"""How a way leaves, by the word that notify.yml has for it."""

__all__ = ["SENDERS", "Block", "Message", "NotSent", "Patience", "Route", "Sender", "messages", "trial"]
