"""What a public article took from items: words of a person stand there only where somebody knows whose they are.

A symptom or quote that is word for word what somebody wrote, in an article that does not name the item, is published
and nobody will find it when that person asks to be forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from git_feedback.learning.likewise import likewise
from git_feedback.model import Item, Problem
from git_feedback.store.articles import Article, ArticleFile
from git_feedback.text import words

FEWEST = 6
"""So many Han characters, or half as many words, are somebody's own; `refund slow` anybody would write."""


class Taken(NamedTuple):
    """A symptom or quote of an article, and where it stands."""

    one: ArticleFile
    field: str
    place: int


def copied(articles: Mapping[str, Article], items: Iterable[Item]) -> Iterator[Problem]:
    """Words of items that are not linked in public articles, and items that are linked and were erased."""
    wanted = _wanted(articles)
    named = {name for article in articles.values() for name in article.front.items}
    lengths = {len(said) for said in wanted}
    for item in items:
        if wanted:
            yield from _copied_from(item, wanted, max(lengths))
        if item.id in named and is_erased(item):
            yield from _erased(item, articles)


def is_erased(item: Item) -> bool:
    """Whether its words were taken out because somebody asked for it."""
    return any(event.verb == "erase" for event in item.history)


def _wanted(articles: Mapping[str, Article]) -> dict[str, list[Taken]]:
    """What public articles say in the words of submitters, as it is compared."""
    found: dict[str, list[Taken]] = {}
    for article in articles.values():
        for one in article.in_languages.values():
            if one.front.audience != "public" or one.front.status == "retired":
                continue
            for field in ("symptoms", "quotes"):
                for place, said in enumerate(getattr(one.front, field)):
                    if _is_own(said):
                        found.setdefault(likewise(said), []).append(Taken(one, field, place))
    return found


def _is_own(said: str) -> bool:
    """Whether it is long enough that two people would hardly write the same."""
    listed = words(said)
    return sum(len(word) if not word.isascii() else 2 for word in listed) >= FEWEST


def _copied_from(item: Item, wanted: Mapping[str, list[Taken]], longest: int) -> Iterator[Problem]:
    seen: set[str] = set()
    for line in (item.title, *(item.text or "").splitlines()):
        said = likewise(line) if 0 < len(line) <= 2 * longest else ""
        if said in wanted and said not in seen:
            seen.add(said)
            for one, field, place in wanted[said]:
                if item.id not in one.front.items:
                    yield one.problem("article-copied", (field, place), item=item.id)


def _erased(item: Item, articles: Mapping[str, Article]) -> Iterator[Problem]:
    for article in articles.values():
        for one in article.in_languages.values():
            if item.id in one.front.items:
                yield one.problem("article-item-erased", ("items", one.front.items.index(item.id)), item=item.id)
