"""What a text says, in terms by which two texts are compared: Chinese characters, pieces of Latin words, words.

Texts are folded and cut first, and what people say in several ways is read as one (`如何` is `怎么`, `sign in` is
`login`).  Chinese words are cut by rjieba; without it every two neighbouring characters are a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from git_feedback.text import HAN, fold, words

LENGTH = 1_500
"""Characters of a text that are compared; what else a long one says is in its first paragraphs as well."""
_RAW_LENGTH = 5 * LENGTH  # folding drops invisible characters; so many of them may stand before the words
LATIN_SIZES = (2, 3, 4)

_SAYINGS = {
    "怎么": ("如何", "怎样", "咋样", "咋"), "为什么": ("为何", "为啥", "干嘛"), "什么": ("啥", "神马"),
    "哪儿": ("哪里", "在哪"), "能": ("可以", "能够"), "不能": ("无法", "没法", "没办法"), "品牌": ("牌子",),
    "退款": ("退钱", "返款"), "登录": ("登陆", "登入"), "账号": ("帐号", "账户", "帐户"), "快递": ("物流", "包裹"),
    "闪退": ("崩溃", "自动退出"), "付款": ("支付", "付钱"), "信息": ("消息", "讯息"), "软件": ("应用程序",), "图片": ("照片",),
    "客服": ("服务人员", "客户服务"), "短信": ("简讯",), "慢": ("缓慢",), "很": ("非常", "特别", "十分"),
    "cannot": ("can't", "can not", "unable to", "couldn't"), "does not": ("doesn't",), "is not": ("isn't",),
    "do not": ("don't",), "did not": ("didn't",), "login": ("log in", "sign in", "log-in", "logon"),
    "email": ("e-mail", "e mail"), "app": ("application",), "refund": ("money back",), "phone": ("telephone",),
    "crash": ("crashed", "crashes", "crashing"), "payment": ("paying", "paid"), "delivery": ("shipment", "delivered"),
}  # fmt: skip
"""One way of saying it, and the others that people use for it."""


class Cut(NamedTuple):
    """A text cut up.  Each piece and each word counts once, however often it is said."""

    pieces: tuple[str, ...]
    words: tuple[str, ...]
    length: int
    """Characters that are no spaces."""


Cutter = Callable[[str], Iterable[str]]
"""The words of a run of Chinese characters."""


def comparable(text: str) -> str:
    """The text as it is compared: folded, cut, spaces evened out."""
    return " ".join(fold(text[:_RAW_LENGTH])[:LENGTH].split())


def cut_up(text: str, cutter: Cutter) -> Cut:
    """The terms of a comparable text; none where it has no letter, ideograph or digit."""
    plain = _one_saying(text)
    said = words(plain)
    if not said:
        return Cut((), (), 0)
    pieces: dict[str, None] = dict.fromkeys(_loose(plain))
    found: dict[str, None] = {}
    for word in said:
        if _is_chinese(word):
            found.update(dict.fromkeys(cutter(word)))
            pieces.update(dict.fromkeys(word))
        else:
            found[word] = None
            pieces.update(dict.fromkeys(grams(word)))
    return Cut(tuple(pieces), tuple(found), len(plain) - plain.count(" "))


@lru_cache(maxsize=1 << 15)
def grams(word: str) -> tuple[str, ...]:
    """The pieces of a Latin word, its ends marked: `ok` gives `_o`, `ok`, `k_`, `_ok`, `ok_`, `_ok_`."""
    marked = f"_{word[:40]}_"
    return tuple(marked[at : at + size] for size in LATIN_SIZES for at in range(len(marked) - size + 1))


def is_latin_piece(piece: str) -> bool:
    """Whether a piece was cut out of a Latin word; such a word has many pieces, a Chinese one as many as characters."""
    return len(piece) > 1


def pairs_of_characters(run: str) -> Iterable[str]:
    """Every two neighbours of a Chinese run: the words where no dictionary is at hand."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@cache
def chinese_words() -> Cutter:
    """rjieba where it is installed, else pairs of characters."""
    try:
        import rjieba
    except ImportError:
        return pairs_of_characters
    cut: Cutter = rjieba.cut
    return cut


def _loose(text: str) -> Iterator[str]:
    """Punctuation and pictures: they tell a question from a statement."""
    return (character for character in _LOOSE.findall(text))


_LOOSE = re.compile(r"[^\w\s]")
_HAN = re.compile(f"[{HAN}]")


def _is_chinese(word: str) -> bool:
    return _HAN.match(word) is not None


def _one_saying(text: str) -> str:
    return _saying().sub(lambda found: _MEANT[found[0]], text)


_MEANT = {other: saying for saying, others in _SAYINGS.items() for other in others}


@cache
def _saying() -> re.Pattern[str]:
    longest_first = sorted(_MEANT, key=lambda word: (-len(word), word))
    chinese = [re.escape(word) for word in longest_first if _is_chinese(word)]
    latin = [re.escape(word) for word in longest_first if not _is_chinese(word)]
    return re.compile(rf"{'|'.join(chinese)}|(?<![^\W{HAN}])(?:{'|'.join(latin)})(?![^\W{HAN}])")
