"""What goes out of a run: a digest for each addressee and way, worst first, and before everything what is told at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from git_feedback import i18n
from git_feedback.desk.alarms import Alarm, is_at_once
from git_feedback.escaping import line
from git_feedback.outbox import lines
from git_feedback.outbox.message import Block, Message
from git_feedback.policy import Policy

LISTED = 50
"""So many entries a message holds of each kind; the rest is counted, for a message too long for its way never arrives."""


def messages(found: Iterable[Alarm], policy: Policy, now: datetime) -> list[Message]:
    """The messages that tell of alarms, in the order in which they go out.

    Of the clock that an addressee is told of anyway, the line of every working day says nothing new.
    """
    listed = sorted(_fresh(found), key=lambda alarm: (*_whom(alarm), _urgency(alarm)))
    urgent = [alarm for alarm in listed if is_at_once(alarm, policy) and not alarm.repeat]
    others = [alarm for alarm in listed if not is_at_once(alarm, policy) or alarm.repeat]
    alone = [_alone(group, policy, now) for group in _each_item(urgent)]
    alone.sort(key=lambda message: _urgency(message.alarms[0]))
    grouped = groupby(others, key=_whom)
    return [*alone, *(_digest(tuple(group), policy, now) for _, group in grouped)]


def _fresh(found: Iterable[Alarm]) -> list[Alarm]:
    listed = list(found)
    told = {_place(alarm) for alarm in listed if not alarm.repeat}
    return [alarm for alarm in listed if not (alarm.repeat and _place(alarm) in told)]


def _place(alarm: Alarm) -> tuple[str, str, int, str, str]:
    return alarm.item.id, alarm.clock.name, alarm.number, *_whom(alarm)


def _whom(alarm: Alarm) -> tuple[str, str]:
    """Who is told, and by which way."""
    return alarm.addressee, alarm.channel


def _urgency(alarm: Alarm) -> tuple[float, str, str, str, int]:
    """What is latest for its target comes first, then the higher level."""
    used = lines.used(alarm)
    return -used, alarm.level or "P9", alarm.item.id, alarm.clock.name, alarm.number


def _each_item(listed: Sequence[Alarm]) -> list[tuple[Alarm, ...]]:
    """Alarms of the same addressee, way and item together."""
    found: dict[tuple[str, str, str], list[Alarm]] = {}
    for alarm in listed:
        found.setdefault((*_whom(alarm), alarm.item.id), []).append(alarm)
    return [tuple(group) for group in found.values()]


def _alone(alarms: tuple[Alarm, ...], policy: Policy, now: datetime) -> Message:
    """One item that waits for nothing."""
    first = alarms[0]
    language = lines.language_to(first.addressee, policy)
    values = {"level": first.level or "-", "id": first.item.id, "title": lines.title(first)}
    return _message(i18n.text("outbox-subject-at-once", language, None, **values), alarms, policy, now)


def _digest(alarms: tuple[Alarm, ...], policy: Policy, now: datetime) -> Message:
    language = lines.language_to(alarms[0].addressee, policy)
    late = sum(alarm.cycle.late_by is not None for alarm in alarms)
    desk = policy.desk.name.said(language)
    return _message(i18n.text("outbox-subject", language, n=len(alarms), desk=desk, late=late), alarms, policy, now)


def _message(subject: str, alarms: tuple[Alarm, ...], policy: Policy, now: datetime) -> Message:
    """The same words as text, as HTML and piece by piece; in HTML every one of them is escaped."""
    addressee = alarms[0].addressee
    language = lines.language_to(addressee, policy)
    name = lines.person(addressee, policy, language)
    news = [alarm for alarm in alarms if not alarm.repeat]
    again = [alarm for alarm in alarms if alarm.repeat]
    left = (*news[LISTED:], *again[LISTED:])
    words = _Words(
        i18n.text("outbox-greeting", language, name=name),
        [(lines.entry(alarm, policy), alarm) for alarm in news[:LISTED]],
        i18n.text("outbox-again", language) if again else "",
        [(lines.entry(alarm, policy), alarm) for alarm in again[:LISTED]],
        i18n.text("outbox-more", language, n=len(left)) if left else "",
        left,
        i18n.text("outbox-closing", language, id=alarms[0].item.id, at=lines.moment(now, policy)),
    )
    return Message(addressee, name, subject, _as_text(words), _as_html(words, language), words.greeting, _blocks(words))


Told = Sequence[tuple[lines.Entry, Alarm]]
"""Alarms, each with its words."""


class _Words(NamedTuple):
    """What a message says, in this order; an empty part is left out."""

    greeting: str
    news: Told
    heading: str
    again: Told
    more: str
    left: tuple[Alarm, ...]
    """What is only counted."""
    closing: str


def _as_text(words: _Words) -> str:
    entries = [[_paragraph(entry) for entry, _ in listed] for listed in (words.news, words.again)]
    parts = [words.greeting, *entries[0], words.heading, *entries[1], words.more, words.closing]
    return "\n\n".join(filter(None, parts)) + "\n"


def _paragraph(entry: lines.Entry) -> str:
    return f"{entry.head}\n  {entry.title}\n  {entry.clock}\n  {entry.reached}\n  {entry.whose}"


def _blocks(words: _Words) -> tuple[Block, ...]:
    """The pieces; the heading of what is still late goes with the first that is."""
    news = [Block(tuple(entry), (alarm,)) for entry, alarm in words.news]
    again = [Block(tuple(entry), (alarm,)) for entry, alarm in words.again]
    if again:
        again[0] = Block((words.heading, "", *again[0].lines), again[0].alarms)
    more = [Block((words.more,), words.left)] if words.more else []
    return *news, *again, *more, Block((words.closing,))


def _as_html(words: _Words, language: str) -> str:
    parts = [
        f"<p>{line(words.greeting)}</p>",
        _list(words.news),
        f"<p>{line(words.heading)}</p>" if words.heading else "",
        _list(words.again),
        f"<p>{line(words.more)}</p>" if words.more else "",
        f"<p>{line(words.closing)}</p>",
    ]
    head = f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"></head><body>\n'
    return head + "\n".join(filter(None, parts)) + "\n</body></html>\n"


def _list(told: Told) -> str:
    """A list, or nothing for no entry; titles stand in `<bdi>`, so that their direction stays their own."""
    rows = [
        f"<li><strong>{line(entry.head)}</strong> <bdi>{line(entry.title)}</bdi>"
        + "".join(f"<br>{line(part)}" for part in (entry.clock, entry.reached, entry.whose))
        + "</li>"
        for entry, _ in told
    ]
    return "<ul>\n" + "\n".join(rows) + "\n</ul>" if rows else ""
