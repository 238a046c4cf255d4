"""Answers before anything is sent: which articles of the public knowledge base a question may be about.

The browser searches one small JSON file while somebody types (`answers.js`); `Search` is the same search here, so that
what people find can be measured.  The file holds what was said, folded, and no postings: as an inverted index with
weights 200 articles took 215 kB instead of 80, and cutting them in the browser takes a few milliseconds.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from git_feedback import notation
from git_feedback.escaping import json_file
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Problem
from git_feedback.pages import prose
from git_feedback.pages.knowledge import without_team
from git_feedback.text import HAN, fold, shorten, terms

PATH = "api/answers.json"
SHOWN = 3
_FOLDER = "site/pages/{language}/knowledge/"
_PUBLIC = "public"
_SAID_MOST = 240
"""Bytes of what was said that are kept of one article: the first sentences."""
_LEAD_WIDTH = 48

# ---- how words are weighed: `answers.js` says the same ----------------------------------------------------------------
_STEM = 5
"""Latin words are compared by so many first letters: `refunded` is `refund`."""
_SINGLE = 0.35
"""What one Han character says of what a pair of them does: `扣钱` and `扣了钱` share no pair."""
_HALF = 0.5
"""What a pair says in which one character is an everyday one: `退了`."""
_WHOLE = 1000
LEAST = 150
"""A score below says only that some everyday word is shared."""
_EVERYDAY = (
    "a about after all am an and any are as at be been but by can could did do does don't for from get got had has have he how i i'm if in",
    "is it it's its just me my no not now of off on or our out s she so some still than that the their them then there they this to too up",
    "us very was we were what when where which who why will with would you your long take please want need",
    "什么 怎么 为什 请问 谢谢 时候 一直 已经 现在 为何 如何 就是 还是 知道 问题 出现 情况",
    "我 你 您 他 她 它 们 的 了 是 不 没 有 一 个 这 那 在 就 也 都 还 很 要 会 能 可 以 和 与 或 但 请 问 好 吗 呢 吧 啊 么 什 怎 为 何 到 说 来 去 上 下 里 把 被 给 让 对 从 天",
)


class Answer(NamedTuple):
    """An article that may answer: its page below the folder of its language, title, first line, and how well it fits."""

    language: str
    path: str
    title: str
    lead: str
    score: int


def answers(sources: Mapping[str, bytes], *, outside: bool = False) -> bytes:
    """What the browser searches: all public articles of both languages, from the desk's plain files by path.

    `outside`: for a site that everybody reads, on which quotes do not stand.
    """
    used = ("symptoms",) if outside else ("symptoms", "quotes")
    articles = [row for language in LANGUAGES for row in _articles(sources, language, used)]
    there = "".join(words for row in articles for words in (fold(row[2]), row[4]))
    made = {"articles": articles, "everyday": sorted(_everyday()), "fold": _folded(there)}
    return json_file(made).encode()


class Search:
    """The search over the loaded JSON of `answers`."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self._articles: Sequence[Sequence[str]] = index["articles"]
        self._everyday = frozenset(index["everyday"])
        self._postings: dict[str, list[tuple[int, int]]] = {}
        says = [self._says(f"{row[2]}\n{row[4]}") for row in self._articles]
        many = Counter(row[0] for row in self._articles)
        held = Counter((row[0], term) for row, found in zip(self._articles, says, strict=True) for term in found)
        for place, found in enumerate(says):
            language = self._articles[place][0]
            rare = {
                term: share * math.log((many[language] + 1) / (held[language, term] - 0.5))
                for term, share in found.items()
            }
            norm = math.sqrt(sum(weight * weight for weight in rare.values())) or 1.0
            for term, weight in rare.items():
                self._postings.setdefault(term, []).append((place, math.floor(_WHOLE * weight / norm + 0.5)))

    def rank(self, question: str, language: str, most: int = SHOWN) -> list[Answer]:
        """The articles that fit best: the reader's language first, and an article that stands in both languages once."""
        scores: Counter[int] = Counter()
        for term in dict.fromkeys(cut(question)):
            for place, weight in self._postings.get(term, ()):
                scores[place] += weight
        fitting = [(place, score) for place, score in scores.items() if score >= LEAST]
        order = sorted(fitting, key=lambda one: (self._articles[one[0]][0] != language, -one[1], one[0]))
        first: dict[str, Answer] = {}
        for place, score in order:
            found_in, path, title, lead, _ = self._articles[place]
            first.setdefault(path, Answer(found_in, path, title, lead, score))
        return list(first.values())[:most]

    def _says(self, words: str) -> dict[str, float]:
        """The terms of an article, and how much each says before it is asked how rare it is."""
        found = {}
        for term in cut(words):
            everyday = [one in self._everyday for one in term] if _is_han(term) else [False]
            if term not in self._everyday and not all(everyday):
                found[term] = _SINGLE if len(term) == 1 and _is_han(term) else _HALF if any(everyday) else 1.0
        return found


def cut(text: str) -> list[str]:
    """What a text is compared by: pairs of Han characters and each of them, beginnings of Latin words, all folded."""
    found = [term if _is_han(term) else term[:_STEM] for term in terms(text)]
    return [*found, *(one for term in found if len(term) > 1 and _is_han(term) for one in term)]


def _is_han(term: str) -> bool:
    return _HAN.match(term) is not None


_HAN = re.compile(f"[{HAN}]")


# ---- what is taken from an article ----------------------------------------------------------------------------------


def _articles(sources: Mapping[str, bytes], language: str, used: Sequence[str]) -> Iterator[list[str]]:
    """Language, path, title, first line and folded words of each public article of a language."""
    folder = _FOLDER.format(language=language)
    for path, source in sorted(sources.items()):
        name = path.removeprefix(folder)
        if path.startswith(folder) and name.endswith(".md") and name != "index.md":
            read = prose.read(path, source)
            if not isinstance(read, Problem) and read.front.get("audience") == _PUBLIC and read.holds:
                page = f"knowledge/{name.removesuffix('.md')}.html"
                yield [language, page, read.title, _lead(without_team(read.body)), _said(read, used)]


def _said(read: prose.Prose, used: Sequence[str]) -> str:
    """Keywords, then what was said, folded, a sentence a line, as many as there is room for."""
    texts = [*_texts(read.front.get("keywords", [])), *(one for key in used for one in read.said.get(key, ()))]
    kept, room = [], _SAID_MOST
    for folded in dict.fromkeys(" ".join(fold(one).split()) for one in texts):
        size = len(folded.encode("utf-8", "replace")) + 1
        if size <= room:
            kept.append(folded)
            room -= size
    return "\n".join(kept)


def _texts(value: notation.Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))


def _lead(body: str) -> str:
    """The first line of an article's text, as plain words."""
    line = next((line for line in body.split("\n") if line.strip() and not _HEADS.match(line)), "")
    return shorten(" ".join(_MARKS.sub(lambda found: found[1] or "", line).split()), _LEAD_WIDTH)


_HEADS = re.compile(r"\s*(?:[#|>`!<]|[-*+]\s|\d+[.)]\s|---)")
_MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)|<[^>]*>")


@cache
def _everyday() -> frozenset[str]:
    """Terms that say nothing; of a pair of Han characters not its single ones."""
    return frozenset(term if _is_han(term) else term[:_STEM] for row in _EVERYDAY for term in terms(row))


def _folded(said: str) -> list[str]:
    """Characters that are folded into one of those said, and beside them that one: what a browser cannot know."""
    there = set(said)
    pairs = [(given, plain) for given, plain in _foldings() if plain in there]
    return ["".join(given for given, _ in pairs), "".join(plain for _, plain in pairs)]


@cache
def _foldings() -> tuple[tuple[str, str], ...]:
    """Every ideograph of the common planes that folding changes, and what it becomes."""
    every = "".join(map(chr, range(0x3400, 0xA000)))
    return tuple((given, plain) for given, plain in zip(every, fold(every), strict=True) if given != plain)
