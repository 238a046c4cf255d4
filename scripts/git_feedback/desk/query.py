"""The one query language: `state:open level:P0,P1 department:support 退款`.

Words are looked for in title, text and id; `field:a,b` holds when the field is a or b; all terms must hold.  Wide
colons and commas of a Chinese keyboard are as good as narrow ones.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from git_feedback.desk import sla
from git_feedback.desk.life import FINISHED, OPEN, STATES, UNFINISHED
from git_feedback.desk.standing import Standing
from git_feedback.policy import Policy
from git_feedback.text import fold

_GROUPS = {"open": OPEN, "unfinished": UNFINISHED, "finished": FINISHED}

FIELDS: Mapping[str, Callable[[Standing], str]] = {
    "id": lambda one: one.item.id,
    "state": lambda one: one.state.life,
    "level": lambda one: one.state.level or "",
    "department": lambda one: one.state.department or "",
    "owner": lambda one: one.state.owner or "",
    "category": lambda one: one.state.category or "",
    "channel": lambda one: one.item.channel,
    "area": lambda one: one.item.area or "",
    "language": lambda one: one.item.language or "",
    "clock": lambda one: one.worst.state if one.worst else "",
}


class UnknownField(ValueError):
    """A query asks for a field that items do not have: its name."""


CLOSED: Mapping[str, Callable[[Policy], Iterable[str]]] = {
    "state": lambda _: (*_GROUPS, *STATES),
    "level": lambda policy: sorted({level for edition in policy.editions for level in edition.levels}),
    "department": lambda policy: policy.departments,
    "owner": lambda policy: policy.people,
    "category": lambda policy: dict.fromkeys(part for one in policy.categories for part in (one.split("/")[0], one)),
    "channel": lambda policy: policy.channels,
    "clock": lambda _: sla.RUNNING,
}
"""Fields whose values are known, and their values."""


class UnknownValue(ValueError):
    """A query asks for a value that a field never has."""

    def __init__(self, field: str, given: str, known: tuple[str, ...]) -> None:
        super().__init__(given)
        self.field, self.given, self.known = field, given, known


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; an empty one fits everything."""

    fields: tuple[tuple[str, frozenset[str]], ...]
    words: tuple[str, ...]

    def fits(self, one: Standing) -> bool:
        """Whether an item is asked for."""
        return all(_holds(name, wanted, one) for name, wanted in self.fields) and self._says(one)

    def _says(self, one: Standing) -> bool:
        if not self.words:
            return True
        text = fold(f"{one.item.id} {one.item.title} {one.item.text or ''}")
        return all(word in text for word in self.words)


def parse(text: str, policy: Policy) -> Query:
    """The query that `text` writes; raises UnknownField, UnknownValue."""
    fields, words = [], []
    for term in fold(text).split():
        name, colon, values = term.partition(":")
        if not colon:
            words.append(term)
        elif name in FIELDS:
            fields.append((name, _values(name, values, policy)))
        else:
            raise UnknownField(name)
    return Query(tuple(fields), tuple(words))


def _values(name: str, values: str, policy: Policy) -> frozenset[str]:
    given = [value for value in values.split(",") if value]
    known = tuple(CLOSED[name](policy)) if name in CLOSED else None
    for value in given:
        if known is not None and value not in map(fold, known):
            raise UnknownValue(name, value, known)
    if name != "state":
        return frozenset(given)
    return frozenset(state for value in given for state in _GROUPS.get(value, (value,)))


def _holds(name: str, wanted: frozenset[str], one: Standing) -> bool:
    """Whether a field is one of the wanted; a category also as its group."""
    value = fold(FIELDS[name](one))
    return value in wanted or (name == "category" and value.split("/")[0] in wanted)
