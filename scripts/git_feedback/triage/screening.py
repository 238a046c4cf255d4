"""What may be no feedback at all: spam, abuse, fraud, somebody's test.  A suspicion with its reason, never a verdict.

Nothing is deleted and nothing rejected here: the item waits for a person.  A word of an alarm wins over everything:
who says that there is a fire is never held back.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from git_feedback import i18n
from git_feedback.desk import Standing
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.text import fold, terms
from git_feedback.triage.matching import folded, folded_text, hits, negations_of
from git_feedback.triage.rules import Rules

Kind = Literal["spam", "abuse", "fraud", "test", "empty"]
SAME_TEXTS, WITHIN = 3, timedelta(days=1)
"""So many items that say the same within this time are suspected, be it one sender or many."""
SAME_TERMS = 8
"""Shorter texts are said by many people independently of each other: `很好`, `too slow`."""
LINKS = 4
"""So many different addresses are more than a report of one page needs."""
REPEATED = 4
"""One character so often and no other says nothing."""
_LINK = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]{3,}", re.IGNORECASE)
_TEST = re.compile(
    r"(?:测试|试一下|试试|内容|标题|反馈|test(?:ing|s|ed)?|(?:asdf|qwer|zxcv)\w*+|foo|bar|hello|world|title|text|[0-9]|[\W_])++"
)
"""Possessive: a stranger's text is read once, from left to right."""
_SAYS_TEST = re.compile(r"测试|试一下|试试|test|asdf|qwer|zxcv|foo|hello")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why an item may be none: what it would be, the rule that says so, and the reason."""

    kind: Kind
    rule: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """The reason in words."""
        between = "；" if language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, language, **self.values) if half)

    @property
    def rejects_as(self) -> str:
        """The kind of `reject` that fits where a person agrees."""
        return self.kind if self.kind in ("spam", "abuse", "fraud") else "invalid"


def suspicions(item: Item, policy: Policy, earlier: Iterable[Item]) -> tuple[Suspicion, ...]:
    """Why an item may be no feedback, seen beside those that came before it."""
    return Screening(policy, [*earlier, item]).of(item)


class Screening:
    """The screens of a policy and what a desk was sent, made ready once for many items."""

    def __init__(self, policy: Policy, items: Iterable[Item]) -> None:
        self._policy = policy
        self._alarms = Rules(policy)
        self._negations = negations_of(policy.negations)
        self._screens = [(screen, folded(screen.words)) for screen in policy.screens]
        self._items = [item for item in items if item.record != "history"]
        self._days: dict[date, list[Item]] = defaultdict(list)
        for item in self._items:
            self._days[_day(item.received)].append(item)
        self._texts: dict[date, dict[str, list[datetime]]] = {}
        self._authors: dict[tuple[str, date], list[tuple[datetime, str]]] | None = None

    def of(self, item: Item) -> tuple[Suspicion, ...]:
        """Why an item may be no feedback; empty where nothing speaks for that, or an alarm speaks against it."""
        if item.record == "history":
            return ()
        found = tuple(self._found(item))
        return () if found and self._alarms.alarms(item) else found

    def waiting(self, standings: Iterable[Standing]) -> Iterator[tuple[Standing, tuple[Suspicion, ...]]]:
        """Items that nobody has said anything about yet and that may be none: a person decides."""
        for one in standings:
            found = self.of(one.item) if one.state.life == "new" else ()
            if found:
                yield one, found

    def _found(self, item: Item) -> Iterator[Suspicion]:
        text = folded_text(item)
        yield from self._by_words(item, text)
        yield from _by_shape(item, text)
        yield from self._by_sameness(item)
        yield from self._by_author(item)

    def _by_words(self, item: Item, text: str) -> Iterator[Suspicion]:
        for screen, words in self._screens:
            if screen.channel and item.channel not in screen.channel:
                continue
            said = hits(screen.words, words, text, self._negations)
            if len(said) >= screen.hits:
                yield Suspicion(screen.suspect, screen.id, f"suspect-words-{screen.suspect}", {"words": said})

    def _by_sameness(self, item: Item) -> Iterator[Suspicion]:
        key = _sameness(item)
        if key is None:
            return
        days = (_day(item.received) + timedelta(days=days) for days in (-1, 0, 1))
        times = [time for day in days for time in self._same_texts(day).get(key, ())]
        many = _most_within(times, item.received)
        if many >= SAME_TEXTS:
            yield Suspicion("spam", "same-text", "suspect-same-text", {"n": many})

    def _by_author(self, item: Item) -> Iterator[Suspicion]:
        """Those beyond the quota of one author's day; the first ones are taken as they come."""
        most = self._policy.desk.limits.per_author
        author = self._author(item) if most else None
        if most is None or author is None:
            return
        place = bisect_left(self._by_authors()[author], (item.received, item.id))
        if place >= most:
            yield Suspicion("spam", "per-author", "suspect-per-author", {"n": place + 1, "most": most})

    # ---- what is looked up ------------------------------------------------------------------------------------------

    def _same_texts(self, day: date) -> dict[str, list[datetime]]:
        """When each longer text of a day was received, in order; looked at once, and only for days that matter."""
        if day not in self._texts:
            found = defaultdict(list)
            for item in self._days.get(day, ()):
                if key := _sameness(item):
                    found[key].append(item.received)
            self._texts[day] = {key: sorted(times) for key, times in found.items()}
        return self._texts[day]

    def _by_authors(self) -> dict[tuple[str, date], list[tuple[datetime, str]]]:
        """What each author sent on each day, in order."""
        if self._authors is None:
            found = defaultdict(list)
            for item in self._items:
                if author := self._author(item):
                    found[author].append((item.received, item.id))
            self._authors = {author: sorted(sent) for author, sent in found.items()}
        return self._authors

    def _author(self, item: Item) -> tuple[str, date] | None:
        if item.submitter is None or item.submitter.ref is None:
            return None
        return item.submitter.ref, item.received.astimezone(self._policy.zone).date()


def _by_shape(item: Item, text: str) -> Iterator[Suspicion]:
    """What the form of a text tells, whatever it says.  A rating or a file that came along says something itself."""
    links = {link.rstrip(".,;:!?)]}") for link in _LINK.findall(text)}
    if len(links) >= LINKS:
        yield Suspicion("spam", "links", "suspect-links", {"n": len(links)})
    says_otherwise = item.rating is not None or item.nps is not None or item.attachments
    if says_otherwise:
        return
    if _is_empty(text):
        yield Suspicion("empty", "no-words", "suspect-no-words")
    elif _TEST.fullmatch(text) and _SAYS_TEST.search(text):
        yield Suspicion("test", "test-only", "suspect-test-only")


def _is_empty(text: str) -> bool:
    """Whether it has no letter, or one letter again and again."""
    letters = [character for character in text if character.isalpha()]
    return not letters or (len(set(letters)) == 1 and len(letters) >= REPEATED)


def _sameness(item: Item) -> str | None:
    """What two texts have in common that say the same; None for one that is too short to tell."""
    said = terms(fold(item.text or item.title))
    return " ".join(said) if len(said) >= SAME_TERMS else None


def _most_within(times: list[datetime], at: datetime) -> int:
    """How many of `times` (in order) lie within one stretch of WITHIN that begins at most two of them before `at`."""
    here = bisect_left(times, at)
    starts = range(max(0, here - SAME_TEXTS + 1), min(here + 1, len(times)))
    around = (place for place in starts if times[place] + WITHIN >= at)
    return max((bisect_right(times, times[place] + WITHIN) - place for place in around), default=0)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
