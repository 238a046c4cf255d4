"""Whether a word in a text is denied: `不是故障` and `not a bug` do not report one."""

import re
from collections.abc import Collection
from functools import lru_cache

from git_feedback.text.characters import HAN
from git_feedback.text.folding import fold
from git_feedback.text.words import LATIN_WORD

CHARACTERS_BEFORE = 4
WORDS_BEFORE = 3

_LOOK_BACK = 120
# A clause ends at punctuation and where the sentence turns: `不是慢，而是报错`, `not slow but broken`.
_CLAUSE_END = re.compile(
    r"[,.;:!?。、！？；：，()\[\]{}<>《》【】（）|\n\r…—]"
    r"|而是|就是|但是|但|可是|却|不过|因为|所以"
    r"|\b(?:but|however|yet|although|because|since|so)\b"
)
_TOKEN = re.compile(rf"[{HAN}]|{LATIN_WORD}")
_LATIN_RUN = re.compile(LATIN_WORD)
_NOT_WORD = re.compile(r"[\W_]+")
# `not only slow`: what follows is stated, not denied.
_ONLY = frozenset({"just", "merely", "only", "simply"})


def negated(text: str, position: int, negations: Collection[str]) -> bool:
    """Whether a negation stands shortly before `position` in the same clause of the folded `text`.

    Chinese negations reach over four characters (a Latin word counts as one), English ones over three words (a Han
    character counts as one).  Two negations cancel out (`不是没有故障`), and a question is none (`有没有`, `是不是`).
    `not` stands for every word in `n't` too.
    """
    clause = _clause_before(text, position)
    if not clause:
        return False
    chinese, english = _patterns(frozenset(negations))
    return (_chinese(clause, chinese) + _english(clause, english)) % 2 == 1


def _clause_before(text: str, position: int) -> str:
    start = max(0, position - _LOOK_BACK)
    return _CLAUSE_END.split(text[start:position])[-1]


@lru_cache(maxsize=32)
def _patterns(negations: frozenset[str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """One pattern for the Chinese and one for the English negations, longest first; None where there are none."""
    folded = sorted((fold(word) for word in negations), key=lambda word: (-len(word), word))
    chinese = [re.escape(word) for word in folded if re.match(f"[{HAN}]", word)]
    english = [re.escape(word) for word in folded if word and not re.match(f"[{HAN}]", word)]
    if "not" in english:
        english.insert(0, r"\w+n't")
    return (
        re.compile("|".join(chinese)) if chinese else None,
        re.compile(rf"(?<!\S)(?:{'|'.join(english)})(?!\S)") if english else None,
    )


def _chinese(clause: str, pattern: re.Pattern[str] | None) -> int:
    """How many Chinese negations reach the end of the clause."""
    if pattern is None:
        return 0
    tight = _NOT_WORD.sub("", _LATIN_RUN.sub("a", clause))
    return sum(
        len(tight) - match.end() <= CHARACTERS_BEFORE and not _asks(tight, match) for match in pattern.finditer(tight)
    )


def _asks(text: str, match: re.Match[str]) -> bool:
    """Whether the negation is the middle of an A-not-A question: 有没有, 是不是, 会不会."""
    before = text[match.start() - 1 : match.start()]
    repeated = match[0][-1] if len(match[0]) > 1 else text[match.end() : match.end() + 1]
    return bool(before) and before == repeated


def _english(clause: str, pattern: re.Pattern[str] | None) -> int:
    """How many English negations reach the end of the clause."""
    if pattern is None:
        return 0
    spaced = " ".join(_TOKEN.findall(clause))
    rests = [spaced[match.end() :].split() for match in pattern.finditer(spaced)]
    return sum(len(rest) <= WORDS_BEFORE and not (rest and rest[0] in _ONLY) for rest in rests)
