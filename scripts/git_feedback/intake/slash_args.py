"""What the words of a command say: the fields of its event, as far as words alone tell them.

Names of people, departments, categories and items are left as they were written: only the policy and the record know
what they mean.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, get_args

from git_feedback import i18n
from git_feedback.i18n import LANGUAGES
from git_feedback.intake.slash_words import PRIORITY, meant
from git_feedback.policy.files import FIELDS, ClockName
from git_feedback.text import fold

ABOUT_ITEMS = ("duplicate", "split", "unlink")
"""Commands that name another item than the one they are done to."""
Args = dict[str, Any]

_VERDICTS = {
    "pass": ("pass", "passed", "ok", "通过", "复核通过"),
    "fail": ("fail", "failed", "不通过", "未通过", "复核不通过"),
}
_CONTENT = {
    "satisfied": ("satisfied", "满意"),
    "neutral": ("neutral", "一般"),
    "unsatisfied": ("unsatisfied", "dissatisfied", "不满意"),
}
_REOPENED = {
    "unsatisfied": ("unsatisfied", "dissatisfied", "不满意", "客户不满意"),
    "recurring": ("recurring", "复发", "再次出现"),
    "mistake": ("mistake", "误关"),
}
_REJECTED = {
    "invalid": ("invalid", "无效"),
    "spam": ("spam", "垃圾信息", "垃圾", "广告"),
    "abuse": ("abuse", "辱骂"),
    "fraud": ("fraud", "欺诈"),
    "withdrawn": ("withdrawn", "客户撤回"),
}
_LINKED = {
    "article": ("article", "文章", "知识"),
    "problem": ("problem", "问题"),
    "measure": ("measure", "措施"),
    "commit": ("commit", "提交"),
    "issue": ("issue", "议题"),
}
_REWARDED = {
    "points": ("points", "积分"),
    "coupon": ("coupon", "优惠券"),
    "draw": ("draw", "抽奖"),
    "prize": ("prize", "奖品"),
}
_TOLD = {
    "received": ("received", "已收到"),
    "accepted": ("accepted", "已受理"),
    "asked": ("asked", "已询问"),
    "progress": ("progress", "进展"),
    "resolved": ("resolved", "已解决"),
    "replied": ("replied", "已回复"),
    "reminder": ("reminder", "提醒"),
    "closing": ("closing", "即将结案"),
    "released": ("released", "已发布"),
}
_PARTNERS = ("partner", "合作方")
_SOLUTION = {
    "result": ("result", "结果", "处理结果"),
    "cause": ("cause", "原因"),
    "measure": ("measure", "措施", "改进措施", "预防措施"),
}
_SPOKEN = {PRIORITY: "classify"}
"""Verbs of commands that are called otherwise."""
Vocabulary = Mapping[str, tuple[str, ...]]

_TOKEN = re.compile(r"([^\s:：,，;；。、!！]+)[\s:：,，;；。、!！]*")
_DAY = r"(20[0-9]{2})[-/.年]([01]?[0-9])[-/.月]([0-3]?[0-9])日?(?![0-9])"
_BY = rf"(?:\b(?:by|until|till|due|before)\s*|截至|截止到?|到)?\s*{_DAY}\s*(?:之?前)?"
_BY_DAY = re.compile(_BY, re.IGNORECASE)
_INTRODUCED = re.compile(rf"(?:\b(?:by|until|till|due|before)\s*|截至|截止到?)\s*{_DAY}\s*(?:之?前)?", re.IGNORECASE)
_AT_AN_END = re.compile(rf"^{_BY}|{_BY}[.。]?$", re.IGNORECASE)
_BECAUSE = re.compile(r"(?:\bbecause\b|因为|理由\s*[:：])[\s:：]*", re.IGNORECASE)
_WEIGHTS = re.compile(r"(?<![0-9])([1-5])\s*[ /,，、]\s*([1-5])(?![0-9])")
_OF_FIVE = re.compile(r"([1-5])(?:\s*(?:/\s*5|分)(?![0-9])[\s:：,，;；。]*|\s*[.。!！]?\s*\Z)")
"""A mark out of five: `4/5`, `4 分`, or a figure that stands alone."""
_ITEM = re.compile(r"[A-Za-z]{1,4}[0-9]{6}-[0-9A-Za-z]{7}(?![0-9A-Za-z-])|#[1-9][0-9]{0,15}")
_LABEL = re.compile(r"\s*(?:[-*]\s+)?([A-Za-z]+|[\u4e00-\u9fff]+)\s*[:：]\s*(.*)")
_PLACE = re.compile(r"#[1-9][0-9]{0,15}(?![0-9])|https?://\S+")


def read(command: str, words: str) -> Args | None:
    """The fields that the words of a command say; None where they say too little for it."""
    reader = _READERS.get(command)
    return reader(words) if reader else {}


# ---- pieces ---------------------------------------------------------------------------------------------------------


def _first(words: str) -> tuple[str, str]:
    """The first word, and what follows it."""
    found = _TOKEN.match(words)
    return (found[1], words[found.end() :].strip()) if found else ("", words)


def _said(words: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """Which of a vocabulary the first word is, and what follows; None, and everything, where it is none."""
    first, rest = _first(words)
    found = next((name for name, spellings in vocabulary.items() if fold(first) in spellings), None)
    return (found, rest) if found else (None, words)


def _without_because(words: str) -> str | None:
    """A reason, without the word that begins it; None where there is none."""
    found = _BECAUSE.match(words)
    return (words[found.end() :] if found else words).strip() or None


def _parted(words: str) -> tuple[str, str | None]:
    """What stands before a reason, and the reason: from `because` on, or the following lines."""
    first, _, more = words.partition("\n")
    found = _BECAUSE.search(first)
    if not found:
        return first.strip(), _without_because(more.strip())
    reason = f"{first[found.end() :]}\n{more}".strip()
    return first[: found.start()].strip(" ,，;；。\u3000"), reason or None


def _day(found: re.Match[str]) -> date | None:
    """The day of a match; None for one that no calendar has."""
    numbers = [int(one) for one in found.groups() if one is not None]
    with suppress(ValueError):
        return date(*numbers[:3])
    return None


def _cut(words: str, found: re.Match[str]) -> str:
    """The words without the match."""
    before, after = words[: found.start()].rstrip(" ,，、"), words[found.end() :].lstrip(" ,，、:：")
    return f"{before} {after}".strip()


# ---- words alone ----------------------------------------------------------------------------------------------------


def _needed(name: str) -> Callable[[str], Args | None]:
    return lambda words: {name: words} if words else None


def _welcome(name: str) -> Callable[[str], Args | None]:
    return lambda words: {name: words} if words else {}


def _because(words: str) -> Args | None:
    reason = _without_because(words)
    return {"because": reason} if reason else None


# ---- a word of a vocabulary first -----------------------------------------------------------------------------------


def _review(words: str) -> Args | None:
    verdict, rest = _said(words, _VERDICTS)
    return {"verdict": verdict, **_given(reason=_without_because(rest))} if verdict else None


def _follow_up(words: str) -> Args | None:
    verdict, rest = _said(words, _CONTENT)
    if not verdict:
        return None
    marks = _OF_FIVE.match(rest)
    said = rest[marks.end() :] if marks else rest
    return {"verdict": verdict, **_given(csat=int(marks[1]) if marks else None, words=said.strip() or None)}


def _reopen(words: str) -> Args | None:
    """Without a kind, the record tells which."""
    kind, rest = _said(words, _REOPENED)
    return _given(kind=kind, reason=_without_because(rest)) if words else None


def _reject(words: str) -> Args | None:
    kind, rest = _said(words, _REJECTED)
    return {"kind": kind, **_given(reason=_without_because(rest))} if kind else None


def _reward(words: str) -> Args | None:
    kind, rest = _said(words, _REWARDED)
    if not kind:
        return None
    first, more = _first(rest)
    amount = int(first) if re.fullmatch(r"[1-9][0-9]{0,6}", first) else None
    return {"kind": kind, **_given(amount=amount, because=_without_because(more if amount else rest))}


def _notify(words: str) -> Args | None:
    about, rest = _said(words, _TOLD)
    return {"about": about, **_given(text=rest or None)} if about else None


def _retract(words: str) -> Args | None:
    first, rest = _first(words)
    verb = meant(first)
    reason = _without_because(rest if verb else words)
    what = _SPOKEN.get(verb.command, verb.command) if verb else None
    return {"because": reason, **_given(what=what)} if reason else None


# ---- numbers, days, items -------------------------------------------------------------------------------------------


def _priority(words: str) -> Args | None:
    found = _WEIGHTS.match(words)
    if not found:
        return None
    reason = _without_because(words[found.end() :].strip(" ,，;；。:：\u3000"))
    return {"urgency": int(found[1]), "impact": int(found[2]), **_given(because=reason)}


def _classify(words: str) -> Args | None:
    named, reason = _parted(words)
    weights = _WEIGHTS.search(named)
    if weights:
        named = named[: weights.start()].strip(" ,，;；:：")
    numbers = {"urgency": int(weights[1]), "impact": int(weights[2])} if weights else {}
    return {"category": named, **numbers, **_given(because=reason)} if named else None


def _plan(words: str) -> Args | None:
    """`/plan new firmware by 2026-11-25`: the day where one is introduced, or stands at the beginning or the end."""
    found = _INTRODUCED.search(words) or _AT_AN_END.search(words)
    due = _day(found) if found else None
    what = _cut(words, found) if found and due else words
    return {"what": what, **_given(due=due)} if what else None


def _until(words: str) -> Args | None:
    found = _BY_DAY.match(words)
    until = _day(found) if found else None
    reason = _without_because(words[found.end() :].strip(" ,，;；。:：\u3000\n")) if found else None
    return {"until": until, "because": reason} if until and reason else None


def _exempt(words: str) -> Args | None:
    for clock in get_args(ClockName):
        for name in (clock, *(i18n.text(f"cli-clock-{clock}", language) for language in LANGUAGES)):
            if re.match(rf"{re.escape(name)}(?![\w-])", words, re.IGNORECASE):
                rest = _until(words[len(name) :].strip(" ,，:：\u3000"))
                return {"clock": clock, **rest} if rest else None
    return None


def _duplicate(words: str) -> Args | None:
    found = _ITEM.match(words)
    return {"of": found[0], **_given(because=_reason_after(words, found))} if found else None


def _split(words: str) -> Args | None:
    named, reason = _parted(words)
    found = tuple(one[0] for one in _ITEM.finditer(named))
    return {"into": found, **_given(because=reason)} if found else None


def _link(words: str) -> Args | None:
    kind, rest = _said(words, _LINKED)
    place = _PLACE.match(words)
    if kind is None and place:
        kind, rest = "issue", words
    to, _, more = rest.partition(" ") if " " in rest.split("\n")[0] else rest.partition("\n")
    return {"kind": kind, "to": to, **_given(because=_without_because(more.strip()))} if kind and to else None


def _unlink(words: str) -> Args | None:
    """Without words, what it is a duplicate of is meant."""
    if not words:
        return {}
    found = _ITEM.match(words)
    if found:
        return {"kind": "duplicate", "to": found[0], **_given(because=_reason_after(words, found))}
    linked = _link(words)
    return linked or {"because": _without_because(words)}


def _reason_after(words: str, found: re.Match[str]) -> str | None:
    return _without_because(words[found.end() :].strip(" ,，;；。:：\u3000\n"))


# ---- names ----------------------------------------------------------------------------------------------------------


def _assign(words: str) -> Args | None:
    named, reason = _parted(words)
    day = _INTRODUCED.search(named) or _AT_AN_END.search(named)
    due = _day(day) if day else None
    named = _cut(named, day) if day and due else named
    return {"whom": named, **_given(due=due, because=reason)} if named else None


def _copy(words: str) -> Args | None:
    named, reason = _parted(words)
    return {"to": named, **_given(because=reason)} if named else None


# ---- questions and solutions ----------------------------------------------------------------------------------------


def _fields() -> dict[str, str]:
    """Fields of a submission that can be asked for, by what they are called."""
    found = {name: name for name in FIELDS if name not in ("source", "language")}
    return found | {
        fold(i18n.text(f"page-field-{name}", language)): name for name in tuple(found) for language in LANGUAGES
    }


def _ask(words: str) -> Args | None:
    """`/ask device, product` asks for fields, `/ask device: which one?` in these words, `/ask` for what is lacking."""
    first, rest = _first(words)
    whom: Args = {"whom": "partner"} if fold(first) in _PARTNERS else {}
    words = rest if whom else words
    end = re.search(r"[:：\n]", words)
    named, question = (words[: end.start()], words[end.end() :]) if end else (words, "")
    fields = _fields()
    asked = [fields.get(fold(one)) for one in re.split(r"[\s,，、]+", named.strip()) if one]
    missing = tuple(dict.fromkeys(one for one in asked if one))
    if not asked or len([one for one in asked if one]) < len(asked):
        return whom | _given(question=words.strip() or None)
    return {**whom, "missing": missing, **_given(question=question.strip() or None)}


def _resolve(words: str) -> Args | None:
    """Lines that begin with a label (`cause:`, `原因：`) say that part; what stands before them is the result."""
    parts: dict[str, list[str]] = {"result": []}
    at = "result"
    for line in words.split("\n"):
        label = _LABEL.match(line)
        named = next((name for name, those in _SOLUTION.items() if label and fold(label[1]) in those), None)
        at = named or at
        parts.setdefault(at, []).append(label[2] if named and label else line)
    said = {name: "\n".join(lines).strip() for name, lines in parts.items()}
    return {name: text for name, text in said.items() if text} if said["result"] else None


def _given(**facts: Any) -> Args:
    return {name: value for name, value in facts.items() if value is not None}


_READERS: Mapping[str, Callable[[str], Args | None]] = {
    "assign": _assign,
    "return": _needed("reason"),
    "ask": _ask,
    "supply": _needed("text"),
    "message": _needed("text"),
    "respond": _needed("text"),
    "note": _needed("text"),
    "plan": _plan,
    "resolve": _resolve,
    "review": _review,
    "reply": _needed("text"),
    "follow-up": _follow_up,
    "reopen": _reopen,
    "close": _welcome("reason"),
    "reject": _reject,
    "duplicate": _duplicate,
    "classify": _classify,
    PRIORITY: _priority,
    "escalate": _because,
    "split": _split,
    "snooze": _until,
    "exempt": _exempt,
    "copy": _copy,
    "link": _link,
    "unlink": _unlink,
    "reward": _reward,
    "notify": _notify,
    "retract": _retract,
}
