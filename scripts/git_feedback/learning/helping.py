"""What readers said of articles: how often each helped, and what they looked for in vain."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import NamedTuple

from git_feedback.desk import Standing
from git_feedback.model.helped import Asked, Counted, HelpedMonth, Taking
from git_feedback.privacy import mask
from git_feedback.privacy.names import unnamed
from git_feedback.store.articles import Article

OLDEST = timedelta(days=366)
"""Answers that are older tell of another article than the one that stands there now."""


class Helped(NamedTuple):
    """How often readers said that an article helped them, so that no item came of it, and that it did not."""

    yes: int = 0
    no: int = 0


class Effect(NamedTuple):
    """What an article did: how many items were closed with it, and how often readers said that it helped, and did not."""

    closed: int = 0
    yes: int = 0
    no: int = 0


class Left(NamedTuple):
    """What of a browser's file was not taken in: answers about no article of ours, and of days that cannot be."""

    unknown: int
    other_days: int


def helped(months: Iterable[HelpedMonth]) -> dict[str, Helped]:
    """What readers said, by article."""
    found: dict[str, Helped] = defaultdict(Helped)
    for count in (count for month in months for taking in month.takings for count in taking.counts):
        so_far = found[count.article]
        found[count.article] = Helped(so_far.yes + count.yes, so_far.no + count.no)
    return dict(found)


def effects(
    articles: Mapping[str, Article], standings: Iterable[Standing], months: Iterable[HelpedMonth]
) -> dict[str, Effect]:
    """What each article did: closed items that it names or that people linked to it, and what readers said of it."""
    said, of_item = helped(months), defaultdict[str, set[str]](set)
    for article in articles.values():
        for item in article.front.items:
            of_item[item].add(article.name)
    closed = Counter(
        name
        for one in standings
        if one.state.life == "closed"
        for name in of_item.get(one.item.id, set()) | _linked(one)
    )
    return {name: Effect(closed[name], *said.get(name, Helped())) for name in articles}


def _linked(one: Standing) -> set[str]:
    return {PurePosixPath(to.strip()).stem for kind, to in one.state.links if kind == "article"}


def asked(months: Iterable[HelpedMonth]) -> list[Asked]:
    """What people looked for in vain, in the order in which it was handed in."""
    return [one for month in months for taking in month.takings for one in taking.asked]


def taken(counted: Counted, names: Iterable[str], staff: Iterable[str], today: date, by: str) -> tuple[Taking, Left]:
    """A browser's file as an entry of ours: nobody can be reached by what it holds, and it counts known articles only."""
    there = frozenset(names)
    known = [one for one in counted.counts if one.article in there]
    kept = [one for one in known if _may_be(one.day, today)]
    questions = [one for one in counted.asked if _may_be(one.day, today)]
    left = Left(len(counted.counts) - len(known), len(known) - len(kept) + len(counted.asked) - len(questions))
    safe = tuple(one.model_copy(update={"text": masked(one.text, staff)}) for one in questions)
    return Taking(id=counted.id, taken=today, by=by, counts=tuple(kept), asked=safe), left


def masked(text: str, staff: Iterable[str]) -> str:
    """A text on one line, without names and ways to reach anybody."""
    return " ".join(unnamed(mask(text).text, staff).split())


def _may_be(day: date, today: date) -> bool:
    """A day that was not long ago; the clock of a browser may be a day ahead."""
    return today - OLDEST <= day <= today + timedelta(days=1)


def is_taken(months: Mapping[str, HelpedMonth], counted: Counted) -> bool:
    """Whether that file was handed in before."""
    return any(taking.id == counted.id for month in months.values() for taking in month.takings)
