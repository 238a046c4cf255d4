"""A chat as lines: who said what when.  Three ways of writing one are read: pasted text, JSON, a table.

Pasted text is what WeChat, WeCom, QQ and live-chat programmes give when a conversation is copied or mailed; JSON and
tables are exports of live-chat services, whose names for things differ more than the things.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from git_feedback.model import Bad, Problem
from git_feedback.text import as_chinese

Role = Literal["customer", "agent", "system"]
MOST = 20 * 2**20
"""Bytes a transcript may have."""
_HEADS_LOOKED_AT = 200
_YEARS = range(2001, 2099)


@dataclass(frozen=True, slots=True)
class Line:
    """One message.  `role` is None where the transcript does not say whose it is."""

    at: datetime | None
    who: str
    text: str
    role: Role | None = None
    session: str | None = None
    reached_by: tuple[tuple[str, str], ...] = ()
    """Ways to reach whoever said it, by kind."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Messages in the order of the file."""

    lines: list[Line]
    of_a_service: bool
    """Whether a live-chat service wrote it; else somebody copied it from a messenger."""


def transcript(content: bytes, zone: ZoneInfo, now: datetime) -> Transcript:
    """What a file holds.  Raises Bad for what is no transcript."""
    if len(content) > MOST:
        raise Bad([Problem("<chat>", 1, 1, "chat-too-large", {"bytes": len(content), "most": MOST})])
    text = _decoded(content)
    if text.lstrip()[:1] in ("[", "{") and not _head(text.lstrip().partition("\n")[0]):
        found = Transcript(list(_of_json(text, zone)), of_a_service=True)
    elif table := _table(text):
        found = Transcript(list(_of_table(table, zone)), of_a_service=True)
    else:
        heads = [head for head in map(_head, text.split("\n")[:_HEADS_LOOKED_AT]) if head]
        found = Transcript(list(_of_text(text, zone, now)), any("text" in one.groupdict() for one in heads))
    if not found.lines:
        raise Bad([Problem("<chat>", 1, 1, "no-chat", {})])
    return found


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        chinese = as_chinese(content)
        if chinese is None:
            line = content.count(b"\n", 0, error.start) + 1
            raise Bad([Problem("<chat>", line, 1, "not-utf8", {"byte": f"0x{content[error.start]:02X}"})]) from None
        text = chinese
    return text.replace("\r\n", "\n").replace("\r", "\n")


# ---- pasted text ----------------------------------------------------------------------------------------------------

_DAY = r"(?P<day>(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?)"
_TIME = r"(?P<half>上午|下午|晚上|凌晨|中午)?\s?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?P<pm>\s?[AaPp][Mm])?"
_WHO = r"(?P<who>\S.{0,60}?)"
_SAID_IN_LINE = re.compile(rf"[\[(]?(?:{_DAY}[ T,]+)?{_TIME}[\])]?\s*[-–]?\s*{_WHO}\s?[:：]\s(?P<text>.*)")
_HEADS = (
    re.compile(rf"{_DAY}[ T,]+(?:星期.|周.)?\s?{_TIME}\s+{_WHO}\s*[:：]?"),
    re.compile(rf"{_WHO}\s+{_DAY}[ T,]+(?:星期.|周.)?\s?{_TIME}\s*[:：]?"),
    re.compile(rf"{_WHO}\s+{_TIME}\s*[:：]?"),
)
_NEW_DAY = re.compile(
    r"[-—–=\s]*(?:Chat started(?: on|:)?\s*)?(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[-—–=\s]*(?:星期.|周.)?"
)


def _of_text(text: str, zone: ZoneInfo, now: datetime) -> Iterator[Line]:
    day: date | None = None
    at: datetime | None = None
    who, said = "", list[str]()
    for line in text.split("\n"):
        found = _NEW_DAY.fullmatch(line.strip()[:80])
        if found:
            day = _day(found["day"], now.astimezone(zone).date()) or day
            continue
        head = _head(line)
        if head is None:
            said.append(line)
            continue
        if who and "\n".join(said).strip():
            yield Line(at, who, "\n".join(said).strip())
        day = _day(head["day"], now.astimezone(zone).date()) or day if head.groupdict().get("day") else day
        at, who = _moment(day, head, zone), head["who"].strip()
        said = [head["text"]] if "text" in head.groupdict() else []
    if who and "\n".join(said).strip():
        yield Line(at, who, "\n".join(said).strip())


def _head(line: str) -> re.Match[str] | None:
    """The line that says who speaks and when, if this is one."""
    if len(line) > 2000 or not re.search(r"\d:\d\d", line[:200]):
        return None
    short = line.strip()[:200]
    for form in _HEADS if len(short) < 120 else ():
        if found := form.fullmatch(short):
            return found
    return _SAID_IN_LINE.fullmatch(line.strip())


def _day(written: str | None, today: date) -> date | None:
    """The day; one without a year is the last one of that name."""
    numbers = [int(one) for one in re.findall(r"\d+", written or "")]
    try:
        if len(numbers) == 3 and numbers[0] in _YEARS:
            return date(*numbers)
        if len(numbers) == 2:
            found = date(today.year, *numbers)
            return found if found <= today else date(today.year - 1, *numbers)
    except ValueError:
        return None
    return None


def _moment(day: date | None, head: re.Match[str], zone: ZoneInfo) -> datetime | None:
    if day is None:
        return None
    hour, minute, second = map(int, f"{head['time']}:00".split(":")[:3])
    late = (head["pm"] or "").strip().casefold() == "pm" or head["half"] in ("下午", "晚上")
    hour += 12 if late and hour < 12 else 0
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


# ---- JSON and tables ------------------------------------------------------------------------------------------------

_NAMES: Mapping[str, tuple[str, ...]] = {
    "time": (
        "time",
        "timestamp",
        "created_at",
        "createdat",
        "date",
        "sent_at",
        "datetime",
        "时间",
        "发送时间",
        "消息时间",
    ),
    "who": ("from", "name", "author", "sender", "nickname", "display_name", "发送人", "发送者", "昵称", "姓名"),
    "role": ("role", "author_type", "sender_type", "user_type", "from_type", "角色", "身份", "发送方"),
    "text": ("text", "body", "msg", "message", "content", "内容", "消息", "消息内容"),
    "session": ("session", "session_id", "conversation_id", "chat_id", "ticket_id", "会话", "会话编号", "会话id"),
}
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(
        ("customer", "visitor", "user", "client", "end-user", "contact", "lead", "客户", "顾客", "访客", "用户"),
        "customer",
    ),
    **dict.fromkeys(
        ("agent", "admin", "operator", "staff", "bot", "robot", "assistant", "客服", "坐席", "员工", "机器人"), "agent"
    ),
    **dict.fromkeys(("system", "event", "trigger", "系统", "系统消息"), "system"),
}
_INSIDE = (
    "messages",
    "history",
    "transcript",
    "events",
    "conversation_parts",
    "chats",
    "conversations",
    "thread",
    "threads",
)
_REACHED = (("email", "email"), ("phone", "mobile"), ("wechat", "wechat"), ("unionid", "wechat"), ("openid", "wechat"))
_NESTS_MOST = 6
_WRITTEN_DAY = re.compile(r"^(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")
_SHORT_HOUR = re.compile(r"([ T])(\d):")


def _of_json(text: str, zone: ZoneInfo) -> Iterator[Line]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise Bad([Problem("<chat>", line, column, "chat-no-json", {})]) from None
    yield from _messages(told, None, {}, zone, 0)


def _messages(
    told: object, session: str | None, people: Mapping[str, Mapping[str, Any]], zone: ZoneInfo, deep: int
) -> Iterator[Line]:
    """Messages wherever a service puts them: lists, and lists under the names that are used."""
    if isinstance(told, list) and deep < _NESTS_MOST:
        for one in told:
            yield from _messages(one, session, people, zone, deep + 1)
    elif isinstance(told, Mapping) and deep < _NESTS_MOST:
        inside = [told[name] for name in _INSIDE if isinstance(told.get(name), list | dict)]
        if not inside:
            yield from _line(told, session, people, zone)
            return
        own = told.get("id") or _given(told, "session")
        users = (
            [*(told.get("users") or []), *([told["visitor"]] if "visitor" in told else [])]
            if deep < _NESTS_MOST
            else []
        )
        named = {str(one.get("id")): one for one in users if isinstance(one, Mapping)}
        if isinstance(told.get("visitor"), Mapping):
            named["visitor"] = {"type": "visitor", **told["visitor"]}
        if isinstance(told.get("source"), Mapping):
            yield from _line(told["source"], str(own or session or "") or None, named or people, zone)
        for one in inside:
            yield from _messages(one, str(own or session or "") or None, named or people, zone, deep + 1)


def _line(
    told: Mapping[str, Any], session: str | None, people: Mapping[str, Mapping[str, Any]], zone: ZoneInfo
) -> Iterator[Line]:
    text, author = _given(told, "text"), _given(told, "who")
    if not isinstance(text, str) or not text.strip():
        return
    nick = str(told.get("nick") or "").partition(":")[0]
    person = author if isinstance(author, Mapping) else people.get(str(told.get("author_id"))) or people.get(nick) or {}
    role = _given(told, "role") or person.get("type") or nick or told.get("type")
    name = author if isinstance(author, str) else person.get("name")
    own = _given(told, "session")
    yield Line(
        at=_parsed(_given(told, "time"), zone),
        who=str(name or "")[:100],
        text=text.strip(),
        role=_ROLES.get(str(role or "").strip().casefold()),
        session=str(own) if own else session,
        reached_by=tuple((kind, str(person[key])[:300]) for key, kind in _REACHED if person.get(key)),
    )


def _given(told: Mapping[str, Any], what: str) -> Any:
    """The value under one of the names that services have for a thing."""
    return next((told[name] for name in _NAMES[what] if told.get(name) not in (None, "")), None)


def _parsed(written: object, zone: ZoneInfo) -> datetime | None:
    """A moment as services write it: ISO with or without a zone, seconds or milliseconds since 1970."""
    try:
        if isinstance(written, int | float) or (isinstance(written, str) and re.fullmatch(r"\d{10}(\d{3})?", written)):
            number = float(written)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC).replace(microsecond=0)
        day = _WRITTEN_DAY.sub(lambda one: f"{one[1]}-{one[2]:0>2}-{one[3]:0>2}", str(written).strip()[:60])
        found = datetime.fromisoformat(_SHORT_HOUR.sub(r"\g<1>0\2:", day))
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        return aware.replace(microsecond=0) if found.year in _YEARS else None
    except (ValueError, OverflowError, OSError):
        return None


def _table(text: str) -> list[dict[str, str]]:
    """Rows by the name of their column, where the first line is a header of a chat's table."""
    first = text.partition("\n")[0][:2000]
    sign = max("\t,;", key=first.count)
    header = [name.strip().casefold() for name in next(csv.reader([first], delimiter=sign), [])]
    known = [what for what in ("time", "text") if any(name in _NAMES[what] for name in header)]
    if len(known) < 2 or len(header) < 3:
        return []
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign))[1:]
    except csv.Error as error:
        raise Bad([Problem("<chat>", 1, 1, "bad-row", {"reason": str(error)})]) from None
    return [dict(zip(header, row, strict=False)) for row in rows if any(cell.strip() for cell in row)]


def _of_table(rows: list[dict[str, str]], zone: ZoneInfo) -> Iterator[Line]:
    for row in rows:
        yield from _line(row, None, {}, zone)


LONG_PAUSE = timedelta(hours=6)


def conversations(said: list[Line]) -> Iterator[list[Line]]:
    """Messages that belong together: of one session, or with no long pause between them."""
    by_session: dict[str | None, list[Line]] = {}
    for line in said:
        by_session.setdefault(line.session, []).append(line)
    for session, together in by_session.items():
        yield from [together] if session else _without_pauses(together)


def _without_pauses(said: list[Line]) -> Iterator[list[Line]]:
    together: list[Line] = []
    last: datetime | None = None
    for line in said:
        if together and line.at and last and line.at - last > LONG_PAUSE:
            yield together
            together = []
        together.append(line)
        last = line.at or last
    if together:
        yield together
