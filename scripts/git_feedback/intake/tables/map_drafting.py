"""A mapping drafted from a table's header and first rows: it loads as it is, and says why, and what is to be looked at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from git_feedback import i18n
from git_feedback.intake.door import safe
from git_feedback.intake.rows import Remark
from git_feedback.intake.tables.column_looks import Column, columns, other_way_round
from git_feedback.intake.tables.header import names
from git_feedback.intake.tables.map_guessing import Guess, guess, words_of_rating
from git_feedback.intake.tables.mapping import Fields
from git_feedback.intake.tables.opening import Table
from git_feedback.model import Bad, Problem
from git_feedback.notation import scalar
from git_feedback.policy import Policy

_LOOKED_AT = 300
"""Rows that are looked at."""
_MOST_VALUES = 25
_UNNAMED = re.compile(r"( ?\(\d+\))?")
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("wechat", r"微信|公众号|小程序|wechat"),
    ("shop-review", r"评价|评论|review|淘宝|天猫|京东|拼多多|taobao|amazon"),
    ("social-media", r"微博|抖音|小红书|快手|知乎|贴吧|twitter|weibo|facebook|instagram|social|tiktok"),
    ("e-mail", r"邮件|邮箱|e-?mail"),
    ("live-chat", r"在线客服|客服|chat"),
    ("phone", r"电话|热线|来电|phone|hotline|call"),
    ("app", r"\bapp\b|移动端|mobile|ios|android"),
    ("web-form", r"网页|官网|网站|\bweb|online|internet"),
    ("store-counter", r"门店|柜台|counter|walk"),
    ("paper-box", r"意见箱|纸|paper|letter|信函"),
    ("survey", r"问卷|survey"),
    ("partner", r"合作|代理|partner|agency|department"),
)


def draft(table: Table, name: str, policy: Policy, language: str) -> str:
    """The text of a mapping for this table; `name` is that of its file.  Comments are in `language`.

    Raises Bad for a table without columns.
    """
    rows = [row for row in islice(table.rows, _LOOKED_AT) if not isinstance(row, Remark)]
    header, rows, header_rows = _two_rows(table.header, rows)
    looks = columns(header, rows)
    if not looks:
        raise Bad([Problem("", 1, 1, "no-columns")])
    found = guess(looks)
    by_name = {column.name: column for column in looks}
    words, named = _Words(language), _named_departments(found, by_name, policy)
    lines = [
        *words.comment("draft-head", file=safe(name)[:80], rows=len(rows)),
        f"name: {_one(safe(name)[:80] or 'table')}",
        *([f"header_rows: {header_rows}"] if header_rows > 1 else []),
        *_times(found, by_name, policy, words),
        *_channels(found, by_name, policy, words, name),
        *_record(found, words),
        "columns:",
        *_fields(found, named, words),
        *_sealed(found),
        *_title(found, by_name),
        *_questions(found),
        *_values(found, by_name),
        *_departments(found, named, words),
        *_not_used(found, words),
    ]
    return "\n".join(lines) + "\n"


class _Words:
    """Comments in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def said(self, code: str, **values: Any) -> str:
        return " ".join(i18n.text(code, self.language, **values).split())

    def comment(self, code: str, **values: Any) -> list[str]:
        return [f"# {self.said(code, **values)}"]


def _one(value: str) -> str:
    return scalar(value, flow=True)


def _list(values: Sequence[str]) -> str:
    return _one(values[0]) if len(values) == 1 else f"[{', '.join(map(_one, values))}]"


def _two_rows(header: Sequence[str], rows: list[dict[str, str]]) -> tuple[Sequence[str], list[dict[str, str]], int]:
    """The header again where its second row was taken for data: it is empty where all the others have a time."""
    looks = columns(header, rows)
    timed = [one for one in looks if Column("", one.cells[1:]).times]
    if len(rows) < 2 or not timed or any(one.cells[0].strip() for one in (*timed, looks[0])):
        return header, rows, 1
    first = ["" if _UNNAMED.fullmatch(name) else name for name in header]
    joined = names([first, list(rows[0].values())])
    return joined, [dict(zip(joined, row.values(), strict=True)) for row in rows[1:]], 2


def _times(found: Guess, looks: Mapping[str, Column], policy: Policy, words: _Words) -> Iterator[str]:
    named = [
        looks[name] for field in ("received", "resolved", "due", "expected") for name in found.fields.get(field, ())
    ]
    patterns = list(dict.fromkeys(pattern for column in named for pattern in column.times)) or ["iso"]
    for pattern in patterns:
        values = [value for column in named if pattern in column.times for value in column.values]
        if other_way_round(pattern, values):
            yield from words.comment("draft-day-or-month", pattern=pattern)
    yield f"times: {_list(patterns)}"
    if any(not re.search(r"(Z|[+-]\d\d:?\d\d)$", value) for column in named for value in column.values[:20]):
        yield f"zone: {policy.desk.zone}  # {words.said('draft-zone')}"


def _channels(found: Guess, looks: Mapping[str, Column], policy: Policy, words: _Words, name: str) -> Iterator[str]:
    column = next(iter(found.fields.get("channel", ())), None)
    values = sorted(set(looks[column].values))[:_MOST_VALUES] if column else []
    known = {value: given for value in values if (given := _channel_of(value, policy))}
    usual = _usual(known) or _channel_of(name, policy) or _default_channel(found, policy)
    yield f"channel: {usual}  # {words.said('draft-channel', known=tuple(policy.channels))}"
    if column is None:
        return
    if known:
        yield "channels:"
    for value in values:
        line = f"  - {{when: {{{_one(column)}: {_one(safe(value))}}}, gives: {known.get(value, '?')}}}"
        yield line if value in known else f"#{line}  # {words.said('draft-no-channel')}"


def _usual(known: Mapping[str, str]) -> str | None:
    """The channel that all values of a column mean that mean one."""
    return next(iter(known.values())) if len(set(known.values())) == 1 else None


def _channel_of(value: str, policy: Policy) -> str | None:
    folded = value.casefold()
    for channel in policy.channels.values():
        if folded in (channel.id, channel.name.en.casefold(), channel.name.zh.casefold()):
            return channel.id
    return next((name for name, like in _CHANNELS if name in policy.channels and re.search(like, folded)), None)


def _default_channel(found: Guess, policy: Policy) -> str:
    wished = ["survey"] if "nps" in found.fields or len(found.questions) > 1 else []
    return next((name for name in (*wished, "partner") if name in policy.channels), next(iter(policy.channels)))


def _record(found: Guess, words: _Words) -> Iterator[str]:
    if "resolved" not in found.fields:
        return
    yield f"record: history  # {words.said('draft-history')}"
    if found.status and len(found.ended) == 1:
        yield f"resolved_when: {{{_one(found.status)}: {_one(found.ended[0])}}}"


def _fields(found: Guess, named: Mapping[str, str], words: _Words) -> Iterator[str]:
    there = [name for name in Fields.model_fields if name in found.fields and (name != "due" or named)]
    for name in there:
        given = found.fields[name]
        mark = ""
        if name in ("source", "received") and "draft-check" in (found.why[column] for column in given):
            mark = f"  # {words.said(f'draft-check-{name}')}"
        elif found.why[given[0]] == "draft-by-content":
            mark = f"  # {words.said('draft-by-content')}"
        yield f"  {name}: {_list(given)}{mark}"


def _sealed(found: Guess) -> Iterator[str]:
    if found.contacts:
        yield "contacts:"
        yield from (f"  {kind}: {_list(given)}" for kind, given in found.contacts.items())


def _title(found: Guess, looks: Mapping[str, Column]) -> Iterator[str]:
    """A title from what else is said, where neither title nor text says something in every row."""
    spoken = (looks[name] for field in ("title", "text") for name in found.fields.get(field, ()))
    if any(len(column.values) == len(column.cells) for column in spoken):
        return
    forms = (("product", "{}"), ("area", "{}"), ("nps", "NPS {}"), ("rating", "{} / 5"), ("source", "# {}"))
    parts = [form.replace("{}", f"{{{found.fields[field][0]}}}") for field, form in forms if field in found.fields]
    readable = [part for part in parts if part.count("{") == 1][:2]
    if readable:
        yield f"title: {scalar(' '.join(readable))}"


def _questions(found: Guess) -> Iterator[str]:
    if found.questions:
        yield "questions:"
        yield from (f"  - {scalar(name)}" for name in found.questions)


def _values(found: Guess, looks: Mapping[str, Column]) -> Iterator[str]:
    rated = next(iter(found.fields.get("rating", ())), None)
    meant = words_of_rating(looks[rated]) if rated else {}
    if rated and meant:
        pairs = ", ".join(f'{_one(word)}: "{number}"' for word, number in sorted(meant.items()))
        yield f"values:\n  {_one(rated)}: {{{pairs}}}"


def _named_departments(found: Guess, looks: Mapping[str, Column], policy: Policy) -> dict[str, str]:
    """Values of the table that a department is called by as well, and its id."""
    column = next(iter(found.fields.get("department", ())), None)
    values = set(looks[column].values) if column else set()
    known = {
        name.casefold(): one.id for one in policy.departments.values() for name in (one.id, one.name.en, one.name.zh)
    }
    return {value: known[value.casefold()] for value in sorted(values) if value.casefold() in known}


def _departments(found: Guess, named: Mapping[str, str], words: _Words) -> Iterator[str]:
    """Entries for departments that are called here as there; a due date is theirs."""
    column = next(iter(found.fields.get("department", ())), None)
    if column and named:
        yield "departments:"
        yield from (
            f"  - {{when: {{{_one(column)}: {_one(value)}}}, gives: {given}}}" for value, given in named.items()
        )
        return
    if column:
        yield from words.comment("draft-departments", column=column)
    for name in found.fields.get("due", ()):
        yield from words.comment("draft-due", column=name)


def _not_used(found: Guess, words: _Words) -> Iterator[str]:
    for name in found.private:
        yield from words.comment("draft-private", column=_one(name))
    for name in found.others:
        yield from words.comment("draft-no-place", column=_one(name))
