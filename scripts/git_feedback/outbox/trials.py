"""The message by which somebody sees whether a way works."""

from datetime import datetime

from git_feedback import i18n
from git_feedback.escaping import line
from git_feedback.outbox import lines
from git_feedback.outbox.message import Block, Message
from git_feedback.policy import Policy


def trial(way: str, addressee: str, policy: Policy, now: datetime) -> Message:
    """A message that says nothing but that it arrived, to one person in their language."""
    language = lines.language_to(addressee, policy)
    name, desk = lines.person(addressee, policy, language), policy.desk.name.said(language)
    subject = i18n.text("trial-subject", language, desk=desk)
    greeting = i18n.text("outbox-greeting", language, name=name)
    words = i18n.text("trial-words", language, way=way, desk=desk, at=lines.moment(now, policy))
    head = f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"></head><body>\n'
    html = f"{head}<p>{line(greeting)}</p>\n<p>{line(words)}</p>\n</body></html>\n"
    return Message(addressee, name, subject, f"{greeting}\n\n{words}\n", html, greeting, (Block((words,)),))
