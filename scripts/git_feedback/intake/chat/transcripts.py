"""A chat transcript: each conversation becomes one submission, in the customer's words; the dialogue stands in a note.

Answers in a chat are no events: nobody knows by a nickname which person of the desk it was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from git_feedback import i18n
from git_feedback.intake.chat import menu as chat_menu
from git_feedback.intake.chat.lines import Line, conversations, transcript
from git_feedback.intake.door import safe
from git_feedback.intake.lengthy import BY, MOST, notes, on_one_line, parted, sealable, shortened
from git_feedback.intake.rows import Private, Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.model import Event, Submission
from git_feedback.model import events as ev
from git_feedback.notation import clean
from git_feedback.policy import Policy
from git_feedback.privacy import contacts
from git_feedback.text import language

WECHAT, LIVE = "wechat", "live-chat"
_OURS = re.compile(r"客服|坐席|机器人|小助手|助理|^我$|support|service|agent|robot|\bbot\b|^me$", re.IGNORECASE)
_SYSTEM = re.compile(r"系统(?:消息|提示)?|system", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:你好|您好|在吗|在么|有人吗|在不在|喂|hi|hello|hey|good (?:morning|afternoon)|anyone there|转?人工(?:客服)?|[0-9０-９]{1,2}|[\W_]*)"
    r"[\s,，.。!！?？~～啊呀]*",
    re.IGNORECASE,
)
_STAND_IN = re.compile(
    r"\[(?:图片|语音|视频|表情|文件|动画表情|位置|链接|image|voice|video|sticker|file)[^\]\n]{0,60}\]", re.IGNORECASE
)


def read(source: Source) -> Iterator[Row]:
    """Each conversation in order.  Raises Bad when the file is no transcript."""
    found = transcript(source.content, source.policy.zone, source.now)
    channel = LIVE if found.of_a_service or WECHAT not in source.policy.channels else WECHAT
    for number, together in enumerate(conversations(found.lines), 1):
        yield _row(number, channel, _with_roles(together, source.policy), source.policy, source.now)


def _with_roles(said: Sequence[Line], policy: Policy) -> list[Line]:
    """Whose each message is; where nothing says so, the first who speaks and is none of ours is the customer."""
    ours = {name for person in policy.people.values() for name in (person.name.zh, person.name.en)}
    known = [line if line.role else replace(line, role=_role(line.who, ours)) for line in said]
    if any(line.role == "customer" for line in known):
        return [line if line.role else replace(line, role="agent") for line in known]
    first = next((line.who for line in known if line.role is None), None)
    return [line if line.role else replace(line, role="customer" if line.who == first else "agent") for line in known]


def _role(who: str, ours: set[str]) -> Any:
    name = re.sub(r"[(（<].*", "", who).strip()
    if _SYSTEM.fullmatch(name):
        return "system"
    if name.endswith(("@微信", "@WeChat")):
        return "customer"
    return "agent" if name in ours or _OURS.search(name) else None


def _row(number: int, channel: str, said: list[Line], policy: Policy, now: datetime) -> Row:
    own = [line for line in said if line.role == "customer"]
    if not own:
        return Row(number, None, (Remark(number, "chat-without-customer"),))
    dated = next((line.at for line in said if line.at and line.at <= now), None)
    received = (dated or now).astimezone(policy.zone)
    words = clean("\n".join(line.text for line in own))[:MOST].strip()
    kept = safe(words)
    private = Private(_contacts(own), {"text": sealable(words)} if kept != words else {})
    return Row(number, _submission(said, kept, channel, policy, received, now.astimezone(policy.zone)), private=private)


def _submission(
    said: list[Line], kept: str, channel: str, policy: Policy, received: datetime, now: datetime
) -> Submission:
    limits = policy.desk.limits
    text, _ = parted(kept, limits.text_max)
    spoken = language(kept)
    facts: dict[str, Any] = {
        "received": received,
        "channel": channel,
        "source": _key(said),
        "language": None if spoken == "und" else spoken,
        "title": shortened(_title(kept), limits.title_max),
        "text": text or None,
        "history": tuple(_history(said, policy, max(now, received))),
    }
    return Submission.model_validate(facts)


def _title(kept: str) -> str:
    """The first words that say something: no greeting, no number of a menu, no stand-in for a picture."""
    spoken = [on_one_line(line) for line in kept.split("\n") if line.strip()]
    telling = (line for line in spoken if not _GREETING.fullmatch(_STAND_IN.sub("", line)))
    return next(telling, spoken[0])


def _key(said: list[Line]) -> str:
    """The identity of a conversation: of its session, else of its first message, when and by whom; only a hash."""
    first = said[0]
    own = [first.session] if first.session else [first.at.isoformat() if first.at else "", first.who, first.text]
    return f"chat:{sha256(chr(10).join(own).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


_REACHES = ("mobile", "phone", "email", "wechat")


def _contacts(own: list[Line]) -> dict[str, str]:
    """How the customer is known, also by what they write themselves: never in clear in the record."""
    named = next((on_one_line(line.who) for line in own if line.who.strip()), "")
    words = "\n".join(line.text for line in own)[:MOST]
    written = {one.kind: words[one.start : one.end] for one in reversed(contacts(words)) if one.kind in _REACHES}
    told = written | {kind: value for line in own for kind, value in line.reached_by}
    return {kind: clean(value) for kind, value in {"name": named, **told}.items() if value}


def _history(said: list[Line], policy: Policy, at: datetime) -> Iterator[Event]:
    category = _chosen(said, policy)
    if category:
        weight = policy.categories[category]
        because = f"chosen in the menu: {weight.name.said(policy.desk.language)}"
        yield ev.Classify(
            at=at, by=BY, category=category, urgency=weight.urgency, impact=weight.impact, because=because
        )
    yield from notes(_dialogue(said, policy), at)


def _chosen(said: list[Line], policy: Policy) -> str | None:
    """The last choice that the customer made in a menu."""
    shown: list[str] = []
    found = None
    for line in said:
        if line.role == "customer":
            found = chat_menu.chosen(line.text, shown, policy) or found
        else:
            shown.append(line.text)
    return found


def _dialogue(said: list[Line], policy: Policy) -> str:
    """The whole conversation; the customer's name is not in it."""
    spoken = policy.desk.language
    customer = i18n.text("chat-customer", spoken)
    head = i18n.text("chat-dialogue", spoken)
    told = []
    for line in said:
        when = line.at.astimezone(policy.zone).strftime("%H:%M ") if line.at else ""
        who = customer if line.role == "customer" else on_one_line(line.who) or i18n.text("chat-agent", spoken)
        told.append(f"{when}{who}: {line.text}")
    return safe("\n".join([head, *told])[:MOST])
