"""The message that a problem rises steeply: how much more it is, what it is about, and examples."""

from collections.abc import Sequence
from datetime import datetime

from git_feedback import i18n
from git_feedback.escaping import line
from git_feedback.model import Item
from git_feedback.outbox import lines
from git_feedback.outbox.message import Block, Message
from git_feedback.policy import Policy
from git_feedback.text import shorten, visible
from git_feedback.triage.pair_words import problem_name, spike_said
from git_feedback.triage.recurring import Recurring


def rise_message(one: Recurring, examples: Sequence[Item], addressee: str, policy: Policy, now: datetime) -> Message:
    """One message to one person about one problem, in their language."""
    language = lines.language_to(addressee, policy)
    name = lines.person(addressee, policy, language)
    called = problem_name(one, language)
    subject = i18n.text("spike-subject", language, desk=policy.desk.name.said(language), name=called)
    facts = i18n.text(
        "spike-facts", language, spike=spike_said(one, language), items=one.count, submitters=one.submitters
    )
    listed = [f"{item.id}  {_title(item)}" for item in examples]
    closing = i18n.text("outbox-closing", language, id=one.middle, at=lines.moment(now, policy))
    parts = [i18n.text("outbox-greeting", language, name=name), facts, i18n.text("spike-way", language), closing]
    text = "\n\n".join([parts[0], called, parts[1], "\n".join(f"  {row}" for row in listed), *parts[2:]]) + "\n"
    blocks = (Block((called, parts[1])), *(Block((row,)) for row in listed), *(Block((part,)) for part in parts[2:]))
    return Message(addressee, name, subject, text, _as_html(parts, called, listed, language), parts[0], blocks)


def _title(item: Item) -> str:
    return shorten(" ".join(visible(item.title).split()), lines.TITLE_WIDTH)


def _as_html(parts: Sequence[str], called: str, listed: Sequence[str], language: str) -> str:
    rows = "\n".join(f"<li><bdi>{line(row)}</bdi></li>" for row in listed)
    body = [f"<p>{line(parts[0])}</p>", f"<p><strong><bdi>{line(called)}</bdi></strong><br>{line(parts[1])}</p>"]
    body += [f"<ul>\n{rows}\n</ul>", *(f"<p>{line(part)}</p>" for part in parts[2:])]
    head = f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"></head><body>\n'
    return head + "\n".join(body) + "\n</body></html>\n"
