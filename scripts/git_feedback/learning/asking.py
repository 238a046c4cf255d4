"""Which article answers a question, in Chinese or English: by the words of all of it, and by lines that say the same.

Two looks at one text are added.  The first weighs shared terms by how rare they are and where they stand (title and
symptoms before the rest; S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009).
The second is the likeness of items (`triage.duplicates`) to each single line that people know their case by.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from git_feedback.store.articles import Article, ArticleFile
from git_feedback.text import HAN, terms
from git_feedback.triage.duplicates import Finder

SHOWN = 3
LINE = 0.2
"""A score below says that no article is about it: of the sample's questions 19 of 20 find theirs above."""
FIELDS: Mapping[str, float] = {
    "title": 3.0,
    "symptoms": 3.0,
    "quotes": 2.0,
    "headings": 1.5,
    "replies": 0.7,
    "body": 0.7,
}
"""How much a term counts by where it stands."""
_SATURATION, _LENGTH = 1.4, 0.4
"""BM25's k1 and b."""
_LIKE = 1.2
"""How much the likeness of the most alike line counts beside shared terms."""
_SHARP = 1.4
"""The power to which rarity is raised: words of every day, which all articles hold, say next to nothing."""
_STEM = 5
"""Latin words are compared by so many first letters: `refunded` is `refund`."""
_CHARACTER = 0.45
"""What one Han character says of what a pair says: `扣钱` and `扣了钱` share no pair."""
_GRAMMAR = frozenset(
    "我你您他她它们的了是不没有一个这那在就也都还很要会能可以和与请问好吗呢吧么怎为何到说来去上下里把被给让对从"
)
"""Characters that stand in every sentence, whatever it is about."""
_UNKNOWN = 0.5
"""What a pair of Han characters that no article has counts against an answer, beside a Latin word."""
_LOOKED_AT = 40
_SHORT = 2
_HAN = re.compile(f"[{HAN}]")
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_MARKS = re.compile(r"\{[^{}]*\}|\]\([^)]*\)|[*_`#|>\[\]]+")


class Hit(NamedTuple):
    """An article that may answer: its name, how well it fits (0 to about 2.2), terms of question and article."""

    name: str
    score: float
    shared_terms: tuple[str, ...]


class Shelf:
    """The articles of a desk made ready for questions; those that are retired are in no search."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        files = [one for article in articles.values() for one in article.in_languages.values()]
        self._files = [one for one in files if one.front.status != "retired"]
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._rare: dict[str, float] = {}
        self._index()
        lines = (line for place, one in enumerate(self._files) for line in _lines(place, one))
        self._finder = Finder(dict(lines))

    def ask(self, question: str, most: int = SHOWN) -> list[Hit]:
        """The articles that fit best, each once whatever language its words were found in."""
        scores = self._scores(question)
        best: dict[str, int] = {}
        for place in sorted(scores, key=lambda place: (-scores[place], place)):
            best.setdefault(self._files[place].name, place)
        return [
            Hit(name, round(scores[place], 3), self._shared(question, self._files[place]))
            for name, place in list(best.items())[:most]
        ]

    def _shared(self, question: str, one: ArticleFile) -> tuple[str, ...]:
        """The terms of both; short Latin words only where there are no others."""
        shared = self._finder.shared_terms(question, _all(one))
        return tuple(term for term in shared if len(term) > _SHORT or not term.isascii()) or shared

    def best(self, question: str) -> float:
        """How well the best article fits; 0.0 where none does at all."""
        return max(self._scores(question).values(), default=0.0)

    def _scores(self, question: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        asked = _weights(question)
        whole = sum(share * self._rarity_of(term) for term, share in asked.items()) or 1.0
        for term, share in asked.items():
            for place, weight in self._postings.get(term, {}).items():
                scores[place] += share * self._rare[term] * weight / whole
        for name, likeness in self._finder.nearest(question, _LOOKED_AT):
            place = int(name.partition("#")[0])
            scores[-1 - place] = max(scores[-1 - place], likeness)
        return {
            place: scores.get(place, 0.0) + _LIKE * scores.get(-1 - place, 0.0) ** 2
            for place in {place if place >= 0 else -1 - place for place in scores}
        }

    def _rarity_of(self, term: str) -> float:
        """How rare a term is; one that no article has may be half of a word that another writes otherwise."""
        known = self._rare.get(term)
        return known if known is not None else self._unknown * (_UNKNOWN if _HAN.match(term) else 1.0)

    def _index(self) -> None:
        said = [_weighed(one) for one in self._files]
        lengths = [sum(found.values()) for found in said]
        usual = sum(lengths) / len(lengths) if lengths else 1.0
        for place, found in enumerate(said):
            damped = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[place] / usual)
            for term, weight in found.items():
                self._postings[term][place] = weight / (weight + damped)
        many = Counter(one.language for one in self._files)
        most = max(many.values(), default=1)
        self._rare = {term: _rarity(len(held), most) for term, held in self._postings.items()}
        self._unknown = _rarity(1, most)


def _rarity(holding: int, texts: int) -> float:
    rare: float = math.log(1 + max(texts - holding, 0) / (holding + 0.5) + 0.02) ** _SHARP
    return rare


def _weights(text: str) -> dict[str, float]:
    """What a text is compared by, and how much each term says before it is asked how rare it is."""
    found: dict[str, float] = {}
    for term in terms(text):
        if not _HAN.match(term):
            found[term[:_STEM]] = 1.0
            continue
        share = _share(term)
        found |= {one: _CHARACTER * _share(one) for one in term if one not in found}
        found[term] = share if len(term) > 1 else _CHARACTER * share
    return found


def _share(term: str) -> float:
    """How much of a Han term is more than grammar: `空的` is half `空`."""
    return sum(one not in _GRAMMAR for one in term) / len(term)


def _weighed(one: ArticleFile) -> dict[str, float]:
    """How often each term stands in an article, by where it stands."""
    found: dict[str, float] = defaultdict(float)
    for field, text in _texts(one):
        for term, share in Counter(term for each in terms(text) for term in _cut(each)).items():
            found[term] += FIELDS[field] * share
    return found


def _cut(term: str) -> Iterator[str]:
    if _HAN.match(term):
        yield term
        yield from (term if len(term) > 1 else "")
    else:
        yield term[:_STEM]


def _texts(one: ArticleFile) -> Iterator[tuple[str, str]]:
    front = one.front
    yield "title", front.title
    yield from (("symptoms", text) for text in front.symptoms)
    yield from (("quotes", text) for text in front.quotes)
    yield from (("headings", _MARKS.sub(" ", text)) for text in _HEADING.findall(one.body))
    yield from (("replies", text) for text in front.replies.values())
    yield "body", _MARKS.sub(" ", _HEADING.sub("", one.body))


def _lines(place: int, one: ArticleFile) -> Iterator[tuple[str, str]]:
    """What people know their case by, each line by itself."""
    for number, words in enumerate((one.front.title, *one.front.symptoms, *one.front.quotes)):
        yield f"{place}#{number}", words


def _all(one: ArticleFile) -> str:
    return "\n".join(text for _, text in _texts(one))
