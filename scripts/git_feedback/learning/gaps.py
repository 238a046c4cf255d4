"""Questions without an answer: what people looked for in vain, and items about which no article is, by likeness."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from git_feedback.desk import Standing
from git_feedback.learning.asking import LINE, Shelf
from git_feedback.learning.copying import is_erased
from git_feedback.model.helped import Asked
from git_feedback.store.articles import Article
from git_feedback.triage.duplicates import Finder

RECENT = timedelta(days=90)
ITEM_LINE = 0.2
"""A whole item holds more words that no article has than a question does, so its line lies lower than LINE."""
NEAR = 0.04
"""So much lower for an article of the item's category, so much higher for one of another."""
ALIKE = 0.45
"""Questions at least so much alike are one gap."""
_LEFT_OUT = ("rejected", "duplicate")


class Gap(NamedTuple):
    """Questions that no article answers: `first` speaks for them all."""

    first: str
    terms: tuple[str, ...]
    items: tuple[str, ...]
    asked: int
    """How many of them people typed in vain."""
    category: str | None

    @property
    def questions(self) -> int:
        """How many they are."""
        return len(self.items) + self.asked


class _Question(NamedTuple):
    text: str
    item: str | None
    category: str | None


def gaps(
    articles: Mapping[str, Article], asked: Iterable[Asked], standings: Sequence[Standing], now: datetime
) -> list[Gap]:
    """The gaps, those of most questions first."""
    shelf = Shelf(articles)
    open_questions = [_Question(one.text, None, None) for one in asked if shelf.best(one.text) < LINE]
    open_questions += [
        _Question(text_of(one), one.item.id, one.state.category)
        for one in standings
        if now - one.item.received <= RECENT and not _says_nothing(one) and not is_answered(one, shelf, articles)
    ]
    return sorted(_grouped(open_questions), key=lambda gap: -gap.questions)


def _says_nothing(one: Standing) -> bool:
    """Whether no article can be about it: praise, what is none of ours, what was told already, what was taken out."""
    return one.state.short or one.state.life in _LEFT_OUT or is_erased(one.item)


def is_answered(one: Standing, shelf: Shelf, articles: Mapping[str, Article]) -> bool:
    """Whether an article is about an item: people linked them, or its words are about the same."""
    if any(kind == "article" for kind, _ in one.state.links):
        return True
    if any(one.item.id in article.front.items for article in articles.values()):
        return True
    category = one.state.category
    for hit in shelf.ask(text_of(one)):
        about = articles[hit.name].front.categories
        line = ITEM_LINE if category is None else ITEM_LINE - NEAR if category in about else ITEM_LINE + NEAR
        if hit.score >= line:
            return True
    return False


def text_of(one: Standing) -> str:
    """What an item asks."""
    return f"{one.item.title}\n{one.item.text or ''}"


def _grouped(questions: Sequence[_Question]) -> list[Gap]:
    """Each question with the first one that it is like."""
    finder = Finder({str(place): one.text for place, one in enumerate(questions)})
    leads: dict[int, int] = {}
    for one, other, score in finder.pairs(ALIKE):
        first, second = sorted((int(one), int(other)))
        if score >= ALIKE and leads.get(first, first) == first:
            leads.setdefault(second, first)
    groups: dict[int, list[_Question]] = {}
    for place, question in enumerate(questions):
        lead = leads.get(place, place)
        groups.setdefault(leads.get(lead, lead), []).append(question)
    return [_gap(group, finder) for group in groups.values()]


def _gap(group: Sequence[_Question], finder: Finder) -> Gap:
    first = group[0]
    title = first.text.partition("\n")[0]
    return Gap(
        title,
        finder.shared_terms(first.text, group[1].text) if len(group) > 1 else (),
        tuple(one.item for one in group if one.item),
        sum(one.item is None for one in group),
        next((one.category for one in group if one.category), None),
    )
