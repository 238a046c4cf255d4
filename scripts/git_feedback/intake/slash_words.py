"""The words that a comment on an issue may begin a line with, in English and Chinese: the one table of them.

A word means one command in every language, and a hyphen, an underscore, a capital letter or a traditional character
makes no other word of it.  The first of each language is the one that people are shown.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from git_feedback.text import fold


class Words(NamedTuple):
    """The words of one command by language."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


class Meant(NamedTuple):
    """What a word means: the command, the language of the word, and what it says already of the command's own words."""

    command: str
    language: str
    said: str = ""


PRIORITY, HELP = "priority", "help"
"""Commands that are no verbs: other weights for the category it has, and what may be said at all."""
NOT_HERE = ("correct", "erase")
"""What needs more than words: the file itself, or the keys."""

WORDS: Mapping[str, Words] = {
    "accept": Words(("accept", "take"), ("受理", "接单")),
    "assign": Words(("assign",), ("指派", "分派", "转派")),
    "return": Words(("return",), ("退回",)),
    "ask": Words(("ask",), ("询问", "追问")),
    "supply": Words(("supply",), ("补充", "收到补充")),
    "message": Words(("message",), ("来信", "客户来信")),
    "respond": Words(("respond", "progress"), ("回应", "答复中", "答复客户", "进展")),
    "note": Words(("note",), ("备注", "内部备注")),
    "plan": Words(("plan",), ("计划", "制定计划")),
    "resolve": Words(("resolve", "resolved", "solved"), ("解决", "已解决")),
    "review": Words(("review",), ("复核",)),
    "reply": Words(("reply",), ("回复", "答复", "最终回复")),
    "follow-up": Words(("follow-up", "followup"), ("回访",)),
    "reopen": Words(("reopen",), ("重新打开", "重开")),
    "close": Words(("close",), ("结案", "关闭")),
    "reject": Words(("reject",), ("不予受理", "拒绝")),
    "duplicate": Words(("duplicate",), ("重复", "判为重复")),
    "classify": Words(("classify", "category"), ("分类", "类别")),
    PRIORITY: Words((PRIORITY,), ("优先级",)),
    "escalate": Words(("escalate",), ("升级",)),
    "split": Words(("split",), ("拆分",)),
    "snooze": Words(("snooze",), ("暂缓", "暂缓提醒")),
    "exempt": Words(("exempt",), ("免除时限", "例外")),
    "copy": Words(("copy", "cc"), ("抄送",)),
    "link": Words(("link",), ("关联", "建立关联")),
    "unlink": Words(("unlink",), ("取消关联",)),
    "reward": Words(("reward",), ("奖励",)),
    "notify": Words(("notify",), ("通知", "通知客户")),
    "retract": Words(("retract",), ("撤回",)),
    "correct": Words(("correct",), ("更正",)),
    "erase": Words(("erase",), ("删除个人信息",)),
    HELP: Words((HELP,), ("帮助",)),
}
"""Every command and its words, in the order of an item's life."""

SHORTER: Mapping[str, tuple[str, str]] = {
    "approve": ("review", "pass"),
    "复核通过": ("review", "pass"),
    "复核不通过": ("review", "fail"),
    "satisfied": ("follow-up", "satisfied"),
    "unsatisfied": ("follow-up", "unsatisfied"),
    "满意": ("follow-up", "satisfied"),
    "不满意": ("follow-up", "unsatisfied"),
    "spam": ("reject", "spam"),
    "垃圾信息": ("reject", "spam"),
}
"""Words that say the first word of their command as well."""

_HAN_FROM = "\u2e80"
_NEAR_LATIN, _NEAR_HAN = 0.7, 0.5
"""How like a known word an unknown one must be to be meant for it: in words of two characters one is half."""


def key(word: str) -> str:
    """The form in which words are compared."""
    return fold(word).replace("_", "-").strip("-")


def _language(word: str) -> str:
    return "zh" if word[:1] >= _HAN_FROM else "en"


def _by_word() -> dict[str, Meant]:
    found: dict[str, Meant] = {}
    for command, words in WORDS.items():
        for language, those in (("en", words.en), ("zh", words.zh)):
            for one in those:
                found[key(one)] = Meant(command, language)
    for one, (command, said) in SHORTER.items():
        found[key(one)] = Meant(command, _language(one), said)
    return found


_MEANT = _by_word()


def meant(word: str) -> Meant | None:
    """What a word means; None for one that is not in the table."""
    return _MEANT.get(key(word))


def word(command: str, language: str) -> str:
    """The word that people are shown for a command, with its stroke: `/accept`, `/受理`."""
    words = WORDS[command]
    return f"/{(words.zh if language == 'zh' else words.en)[0]}"


def nearest(given: str) -> str | None:
    """The known word that was probably meant, with its stroke; None where none is like it.

    A known word at the beginning of a longer one is meant: people forget the space after it.
    """
    wanted = key(given)
    begun = [one for one in _MEANT if len(one) > 1 and wanted.startswith(one)]
    if begun and _language(wanted) == "zh":
        return f"/{max(begun, key=len)}"
    alike = [one for one in _MEANT if _language(one) == _language(wanted)]
    cutoff = _NEAR_HAN if _language(wanted) == "zh" else _NEAR_LATIN
    found = get_close_matches(wanted, alike, n=1, cutoff=cutoff) if len(wanted) <= 20 else []
    return f"/{found[0]}" if found else None
