"""What submitters said in a period, by theme: which of their words stand for the others.

A quote is chosen because it is like what the others of its theme said, and unlike the quotes chosen before it; one
matter, and one person, is quoted once.  Nobody is quoted whose item was rejected or erased, nor a high-value customer:
there are few of them, and a reader would know who it is.  Who wished to stay anonymous is quoted only where too few
others said something.

What is chosen is told as items and codes; the words are looked up when a report is written, so that no figure holds
them and what was erased is in no later edition.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight import quoting
from git_feedback.insight.courses import UNCLASSIFIED
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.ledger import Ledger
from git_feedback.model.events import FollowUp
from git_feedback.policy import Policy
from git_feedback.triage.duplicates import Finder

QUOTES = 3
"""So many quotes a theme has at most."""
CATEGORIES = 3
"""So many of the most frequent categories are themes of their own."""
FEWEST = 2
"""A category with fewer items is told together with others."""
TOO_ALIKE = 0.5
"""Words that are so much alike say one thing."""
_COMPARED = 200
"""So many words of a theme are compared; of more, so many evenly spread over the period."""
_NEIGHBOURS = 20

Kind = Literal["category", "others", "praise", "satisfied", "unsatisfied"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is quoted: an item; `heard` is the moment of the follow-up whose words they are, None for the feedback itself.

    The rest is where the item stood: its category and level (empty: none yet), its state of life, and what was heard of
    its submitter last (empty: nothing).
    """

    item: str
    heard: datetime | None
    category: str
    level: str
    life: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Quotes on one thing, the most typical first; `n` items or follow-ups of the period belong to it.

    `category` is empty but where the theme is one.
    """

    kind: Kind
    category: str
    n: int
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that may be quoted, and of which matter and person they are."""

    voice: Voice
    words: str
    matter: str
    person: str
    anonymous: bool


def voices(ledger: Ledger, period: Period, policy: Policy) -> tuple[Theme, ...]:
    """The themes of a period of which there is something to quote, in the order of display."""
    names = quoting.staff(policy)
    received = [one.standing for one in ledger.look(period).received if one.standing.state.life != "rejected"]
    themes = [*_themes(received, names), *_afterwards(ledger, period, names)]
    return tuple(one for one in themes if one.voices)


def words_of(voice: Voice, standing: Standing, names: tuple[str, ...]) -> str:
    """The words of a voice, ready to be shown; `names` are those of the staff (`quoting.staff`)."""
    if voice.heard is None:
        return quoting.submission(standing.item, names)
    events = (one for one in standing.item.history if isinstance(one, FollowUp) and one.at == voice.heard)
    return next((quoting.quoted(one.words, names) for one in events if one.words), "")


def may_be_quoted(standing: Standing) -> bool:
    """Whether somebody's words may stand in a report; an erasure counts whenever it was."""
    item = standing.item
    if standing.state.life == "rejected" or any(event.verb == "erase" for event in item.history):
        return False
    return item.submitter is None or item.submitter.kind != "high-value"


# ---- themes ---------------------------------------------------------------------------------------------------------


def _themes(received: Sequence[Standing], names: tuple[str, ...]) -> list[Theme]:
    """The most frequent categories of which something can be quoted, the others where these are few, praise."""
    quoted: set[str] = set()
    rest = [one for one in received if not one.state.short]
    found: list[Theme] = []
    for category in _by_frequency(rest):
        group = [one for one in rest if _category(one) == category]
        theme = _of_submissions("category", category, group, names, quoted)
        found += [theme] if theme.voices else []
        if len(found) == CATEGORIES:
            break
    if len(found) < CATEGORIES:
        told = {one.category for one in found}
        left = [one for one in rest if _category(one) not in told]
        found.append(_of_submissions("others", "", left, names, quoted))
    praise = [one for one in received if one.state.short]
    return [*found, _of_submissions("praise", "", praise, names, quoted)]


def _by_frequency(received: Iterable[Standing]) -> list[str]:
    """The categories of more than a few items, the most frequent first."""
    counts = Counter(_category(one) for one in received if one.state.category)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return [name for name in ranked if counts[name] >= FEWEST]


def _of_submissions(
    kind: Kind, category: str, group: Sequence[Standing], names: tuple[str, ...], quoted: set[str]
) -> Theme:
    said = _with_words(group, lambda one: (None, quoting.submission(one.item, names)))
    return _theme(kind, category, len(group), said, quoted)


def _afterwards(ledger: Ledger, period: Period, names: tuple[str, ...]) -> Iterator[Theme]:
    """What people said when they were asked again, by the last that was heard of them in the period."""
    last = _last_heard(ledger, period)
    groups: Mapping[Kind, tuple[str, ...]] = {"satisfied": ("satisfied",), "unsatisfied": ("unsatisfied", "neutral")}
    for kind, verdicts in groups.items():
        heard = {one.item.id: event for one, event in last if event.verdict in verdicts}

        def words(one: Standing, heard: Mapping[str, FollowUp] = heard) -> tuple[datetime, str]:
            event = heard[one.item.id]
            return event.at, quoting.quoted(event.words or "", names)

        said = _with_words((one for one, _ in last if one.item.id in heard), words)
        yield _theme(kind, "", len(heard), said, set())


def _last_heard(ledger: Ledger, period: Period) -> list[tuple[Standing, FollowUp]]:
    start, end = ledger.bounds(period)
    found = []
    for one in ledger.standings:
        heard = [event for event in counted(one.item, ledger.now) if isinstance(event, FollowUp)]
        within = [event for event in heard if start <= event.at < end]
        found += [(one, within[-1])] if within else []
    return sorted(found, key=lambda pair: (pair[1].at, pair[0].item.id))


def _with_words(group: Iterable[Standing], words: Callable[[Standing], tuple[datetime | None, str]]) -> list[_Said]:
    """What may be quoted of a group, in the order of arrival."""
    told = [one for one in sorted(group, key=lambda one: (one.item.received, one.item.id)) if may_be_quoted(one)]
    found = ((one, *words(one)) for one in _spread(told))
    return [_said(one, heard, said) for one, heard, said in found if said]


def _spread(told: Sequence[Standing]) -> Sequence[Standing]:
    if len(told) <= _COMPARED:
        return told
    return [told[place * len(told) // _COMPARED] for place in range(_COMPARED)]


def _said(one: Standing, heard: datetime | None, words: str) -> _Said:
    state, submitter = one.state, one.item.submitter
    voice = Voice(
        item=one.item.id,
        heard=heard,
        category=_category(one),
        level=state.level or "",
        life=state.life,
        verdict=state.verdict or "",
    )
    person = submitter.ref if submitter and submitter.ref else one.item.id
    anonymous = submitter is not None and submitter.kind == "anonymous"
    return _Said(voice, words, state.duplicate_of or one.item.id, person, anonymous)


def _category(one: Standing) -> str:
    return one.state.category or UNCLASSIFIED


# ---- the choice -----------------------------------------------------------------------------------------------------


def _theme(kind: Kind, category: str, n: int, said: Sequence[_Said], quoted: set[str]) -> Theme:
    """A theme; who was quoted in an earlier one is not quoted again, and `quoted` is added to."""
    chosen = _chosen([one for one in said if one.person not in quoted and one.matter not in quoted])
    quoted.update(name for one in chosen for name in (one.person, one.matter))
    return Theme(kind, category, n, tuple(one.voice for one in chosen))


def _chosen(said: Sequence[_Said]) -> list[_Said]:
    """Up to QUOTES of them: each the most typical one that is left, less its likeness to those before it."""
    finder = Finder({one.voice.item: one.words for one in said})
    near = {one.voice.item: dict(finder.nearest(one.words, len(said))) for one in said}
    typical = {name: _typical(name, found) for name, found in near.items()}
    chosen: list[_Said] = []
    while len(chosen) < QUOTES:
        left = [one for one in said if _is_new(one, chosen, near)]
        if not left:
            break
        chosen.append(min(left, key=lambda one: _rank(one, chosen, near, typical)))
    return chosen


def _rank(
    one: _Said, chosen: Sequence[_Said], near: Mapping[str, Mapping[str, float]], typical: Mapping[str, float]
) -> tuple[bool, float, str]:
    item = one.voice.item
    repeated = max((_alike(one, other, near) for other in chosen), default=0.0)
    return one.anonymous, -round(typical[item] - repeated, DECIMALS), item


def _typical(name: str, near: Mapping[str, float]) -> float:
    """How like the others it is, on the average of its nearest neighbours."""
    scores = sorted((score for other, score in near.items() if other != name), reverse=True)[:_NEIGHBOURS]
    return fmean(scores) if scores else 0.0


def _is_new(one: _Said, chosen: Sequence[_Said], near: Mapping[str, Mapping[str, float]]) -> bool:
    return not any(
        one.matter == other.matter or one.person == other.person or _alike(one, other, near) >= TOO_ALIKE
        for other in chosen
    )


def _alike(one: _Said, other: _Said, near: Mapping[str, Mapping[str, float]]) -> float:
    names = one.voice.item, other.voice.item
    return max(near[names[0]].get(names[1], 0.0), near[names[1]].get(names[0], 0.0))
