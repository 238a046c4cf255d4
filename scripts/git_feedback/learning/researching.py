"""Special research: problems that come often and have no answer get an owner and a day, so that somebody looks for one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from git_feedback.desk import Standing
from git_feedback.learning.asking import Shelf
from git_feedback.learning.drafting import FOUND_IN, about
from git_feedback.learning.gaps import is_answered
from git_feedback.model.problems import ProblemRecord
from git_feedback.policy import Policy
from git_feedback.store.articles import Article
from git_feedback.triage.recurring import FEWEST_SUBMITTERS, Recurring

_SETTLED = ("solved", "dropped")
_MOST = 0.5
"""A problem is answered where an article is about at least so many of its items."""


class Research(NamedTuple):
    """A problem that somebody should look into: `key` as in `recurring`, `article` where one is drafted or researched."""

    key: str
    items: tuple[Standing, ...]
    record: ProblemRecord | None
    submitters: int
    owner: str
    due: date
    article: str | None


def research(
    groups: Sequence[Recurring],
    records: Mapping[str, ProblemRecord],
    articles: Mapping[str, Article],
    standings: Sequence[Standing],
    policy: Policy,
    today: date,
) -> list[Research]:
    """The frequent problems without a current article and without a solution, in the order given."""
    by_id = {one.item.id: one for one in standings}
    current = {name: one for name, one in articles.items() if one.front.status == "current"}
    shelf = Shelf(current)
    found = []
    for group in groups:
        items = tuple(by_id[name] for name in group.ids if name in by_id)
        record = records.get(group.problem or "")
        if group.submitters < FEWEST_SUBMITTERS or (record and record.status in _SETTLED):
            continue
        if about(current, (), group.problem) or _answered(items, shelf, current) >= _MOST:
            continue
        begun = next(iter(about(_unfinished(articles), group.ids, group.problem)), None)
        owner = record.owner if record else _lead(items, policy)
        found.append(Research(group.key, items, record, group.submitters, owner, today + FOUND_IN, begun))
    return found


def _answered(items: Sequence[Standing], shelf: Shelf, current: Mapping[str, Article]) -> float:
    """The share of items that an article is about."""
    return sum(is_answered(one, shelf, current) for one in items) / len(items) if items else 0.0


def _unfinished(articles: Mapping[str, Article]) -> dict[str, Article]:
    return {name: one for name, one in articles.items() if one.front.status in ("draft", "research")}


def _lead(items: Sequence[Standing], policy: Policy) -> str:
    """The lead of the department that has most of them; the desk's coordinator where nobody has."""
    departments = [one.state.department for one in items if one.state.department in policy.departments]
    most = max(departments, key=departments.count, default=None)
    found = policy.departments.get(most or "")
    return found.lead if found else policy.desk.coordinator
