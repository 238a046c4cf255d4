"""Why things come in: causes over many items, from problem records and from what was written down at `resolve`.

A cause of a record weighs as many items as it names, else as people put to its problem; duplicates count with their
originals.  What `resolve` says of an item weighs that item, once.  Words that read the same, or nearly so, are one
cause, told in the words that most items have.  All of it is said by the team: no word of a submitter is here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight.belonging import put_there, with_duplicates
from git_feedback.model import events as ev
from git_feedback.model.problems import BRANCHES, Branch, ProblemRecord
from git_feedback.privacy.blanking import is_neutral
from git_feedback.text import fold, language
from git_feedback.triage.duplicates import Finder

ALIKE = 0.4
"""Two sentences at least so much alike name one cause: among 36 of the sample and of our own, reworded ones reached 0.44
to 0.69 and different ones 0.29 at most; one that was cut down to half its words (0.34) is missed."""
MOST = 400
"""So many different sentences are compared with each other, those of most items first; the others count by equality."""
_ENDS = " .。!！;；,，"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause and the items that it had: `branch` and `problems` where a problem record says so."""

    cause: str
    language: str
    items: tuple[str, ...]
    branch: Branch | None = None
    problems: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many items."""
        return len(self.items)


def of_records(records: Iterable[ProblemRecord], standings: Sequence[Standing], now: datetime) -> list[Reason]:
    """The causes that problem records name, in the order of branches, those with most items first; none of dropped ones."""
    there = [one for one in standings if one.item.received <= now]
    found: dict[tuple[Branch, str], list[Reason]] = defaultdict(list)
    for record in records:
        if record.status != "dropped":
            for one in _of_record(record, there):
                assert one.branch
                found[one.branch, _folded(one.cause)].append(one)
    merged = [_one(group) for group in found.values()]
    return sorted(merged, key=lambda one: (_place(one.branch), -one.count, one.cause))


def _of_record(record: ProblemRecord, standings: Sequence[Standing]) -> Iterator[Reason]:
    own = [one.item.id for one in put_there(record, standings)]
    there = {one.item.id for one in standings if one.state.life != "rejected"}
    for branch, causes in record.causes.items():
        for cause in causes:
            named = with_duplicates(cause.items, standings) & there if cause.items else own
            if named:
                yield Reason(cause.cause, record.language, tuple(sorted(named)), branch, (record.id,))


def of_solutions(standings: Iterable[Standing], now: datetime) -> list[Reason]:
    """The causes that were written down when items were resolved, those with most items first."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in standings:
        cause = _cause_of(one, now)
        if cause and one.state.life != "rejected":
            said[_folded(cause)].append((cause, one.item.id))
    merged = (_said([row for text in texts for row in said[text]]) for texts in _alike(said))
    return sorted(merged, key=lambda one: (-one.count, one.cause))


def _cause_of(one: Standing, now: datetime) -> str:
    """What the last solution of an item says; empty where it says nothing, and where that was erased."""
    solved = [event for event in counted(one.item, now) if isinstance(event, ev.Resolve)]
    cause = (solved[-1].cause or "").strip() if solved else ""
    return "" if is_neutral(cause) else cause


def _alike(said: Mapping[str, Sequence[object]]) -> Iterator[list[str]]:
    """Sentences in groups: the one of most items leads, and takes those that are like it and still free."""
    order = sorted(said, key=lambda text: (-len(said[text]), text))
    free = dict.fromkeys(order)
    near: dict[str, list[str]] = defaultdict(list)
    for one, other, _ in Finder({text: text for text in order[:MOST]}).pairs(ALIKE):
        near[one].append(other)
        near[other].append(one)
    for text in order:
        if text in free:
            group = [text, *(other for other in near[text] if other in free)]
            for taken in group:
                free.pop(taken, None)
            yield list(dict.fromkeys(group))


def _said(rows: Sequence[tuple[str, str]]) -> Reason:
    """One cause of several sentences: the first is of most items."""
    cause = " ".join(rows[0][0].split())
    return Reason(cause, language(cause)[:2], tuple(sorted({name for _, name in rows})))


def _one(group: Sequence[Reason]) -> Reason:
    """What several records say in the same words."""
    first = group[0]
    items = tuple(sorted({name for one in group for name in one.items}))
    problems = tuple(sorted({name for one in group for name in one.problems}))
    return Reason(first.cause, first.language, items, first.branch, problems)


def together(told: Sequence[Reason], solved: Sequence[Reason]) -> list[Reason]:
    """Both, once: what solutions say in the words of a record, or nearly so, counts with the record's cause."""
    both = (("r", told), ("s", solved[:MOST]))
    texts = {f"{kind}{n}": one.cause for kind, listed in both for n, one in enumerate(listed)}
    belongs: dict[str, str] = {}
    for one, other, _ in Finder(texts).pairs(ALIKE):  # best first
        record, solution = sorted((one, other))
        if record[0] != solution[0]:
            belongs.setdefault(solution, record)
    more: dict[str, list[str]] = defaultdict(list)
    for solution, record in belongs.items():
        more[record] += solved[int(solution[1:])].items
    widened = (replace(one, items=tuple(sorted({*one.items, *more[f"r{n}"]}))) for n, one in enumerate(told))
    return [*widened, *(one for n, one in enumerate(solved) if f"s{n}" not in belongs)]


def by_category(reasons: Iterable[Reason], standings: Iterable[Standing]) -> dict[str, list[Reason]]:
    """The causes of each category's items alone: categories with most such items first, and causes likewise.

    What has no category yet stands under the empty name, last.
    """
    category = {one.item.id: one.state.category or "" for one in standings}
    found: dict[str, list[Reason]] = defaultdict(list)
    for one in reasons:
        parts: dict[str, list[str]] = defaultdict(list)
        for name in one.items:
            parts[category.get(name, "")].append(name)
        for where, names in parts.items():
            found[where].append(Reason(one.cause, one.language, tuple(names), one.branch, one.problems))
    for listed in found.values():
        listed.sort(key=lambda one: (-one.count, _place(one.branch), one.cause))
    return dict(sorted(found.items(), key=lambda row: (not row[0], -_items(row[1]), row[0])))


def _items(reasons: Iterable[Reason]) -> int:
    return len({name for one in reasons for name in one.items})


def _place(branch: Branch | None) -> int:
    return BRANCHES.index(branch) if branch else len(BRANCHES)


def _folded(cause: str) -> str:
    return " ".join(fold(cause).split()).strip(_ENDS)
