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
    r"|而是|就是|但是|但|可是|却|不过|因为|所以|否则|只好|只能|我要|我就|我会|我们要|(?<![不没有需想过无必])要(?![求紧是])"
    rf"|(?<=[{HAN}]{{2}})(?<!没有)(?<!没人)(?<!不是)(?<!并非)(?<!并未)(?<!无人) +"
    r"|\b(?:but|however|yet|although|because|since|otherwise|unless|please)\b|(?<!\bnot )(?<!n't )\bso\b"
    r"|(?<!think )(?<!believe )\bthis is\b|\b(?:i|we)(?:'ll| will| want| need)\b"
)
# What is listed is denied one by one: `no fire and no smoke` are two things that did not happen.
_AND = re.compile(r"(?=也|和|且|\b(?:and|or|nor)\b)")
# `不得不投诉` is a complaint.
_MUST = re.compile(r"不得不|不能不|不可不|不会不")
_TOKEN = re.compile(rf"[{HAN}]|{LATIN_WORD}")
_LATIN_RUN = re.compile(LATIN_WORD)
_NOT_WORD = re.compile(r"[\W_]+")
# `not only slow`: what follows is stated, not denied.
_ONLY = frozenset({"all", "just", "merely", "only", "simply"})
# These deny the very next word alone: `不紧急`, and not `不及时处理就投诉`.
_NEXT_ALONE = frozenset("不无未非别")


def negated(text: str, position: int, negations: Collection[str]) -> bool:
    """Whether a negation stands shortly before `position` in the same clause of the folded `text`.

    Chinese negations reach over four characters (a Latin word counts as one; 不, 无, 未, 非 and 别 over none), English
    ones over three words (a Han character counts as one).  Two negations cancel out (`不是没有故障`), and a question is none (`有没有`, `是不是`).
    `not` stands for every word in `n't` too.
    """
    clause = _clause_before(text, position)
    if not clause:
        return False
    chinese, english = _patterns(frozenset(negations))
    return _reaching(clause, chinese, english) % 2 == 1


def _reaching(clause: str, chinese: re.Pattern[str] | None, english: re.Pattern[str] | None) -> int:
    """How many negations reach the end of the clause; of things listed, the last one's own count alone."""
    last = _AND.split(clause)[-1]
    own = _chinese(last, chinese) + _english(last, english)
    return own or _chinese(clause, chinese) + _english(clause, english)


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
    tight = _MUST.sub("", _NOT_WORD.sub("", _LATIN_RUN.sub("a", clause)))
    return sum(
        len(tight) - match.end() <= _reach(match) and not _asks(tight, match) for match in pattern.finditer(tight)
    )


def _reach(match: re.Match[str]) -> int:
    return 0 if match[0] in _NEXT_ALONE else CHARACTERS_BEFORE


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
