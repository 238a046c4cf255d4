"""An item as lists show it: one row, the same on every page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from git_feedback.desk import Standing
from git_feedback.escaping import line
from git_feedback.model import ids
from git_feedback.pages.views import tokens
from git_feedback.pages.views.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One item in a list; `path` is its page below the folder of the language."""

    id: str
    path: str
    title: Markup
    level: str
    token: Markup
    """The level's token; empty while there is no level."""
    department: str
    owner_id: str
    owner: str
    channel: str
    life: str
    clock: tokens.Token
    beneath: str
    """What stands under the clock: which one it is and when, or what is awaited."""

    @property
    def whose(self) -> str:
        """Department and owner, as far as there are any."""
        return " · ".join(name for name in (self.department, self.owner) if name)


def rows(standings: Iterable[Standing], words: Words) -> list[Row]:
    """Items as rows, in the order given."""
    return [row(one, words) for one in standings]


def row(one: Standing, words: Words) -> Row:
    """One item as a row."""
    state, clock = one.state, tokens.chosen(one)
    token = tokens.token(clock, words) if clock else tokens.none(words)
    return Row(
        id=one.item.id,
        path=path(one.item.id),
        title=Markup(line(one.item.title)),  # noqa: S704 - escaping made it
        level=state.level or "",
        token=words.token(state.level or ""),
        department=words.department(state.department),
        owner_id=state.owner or "",
        owner=words.person(state.owner),
        channel=words.channel(one.item.channel),
        life=words.life(state.life),
        clock=token,
        beneath=token.by or waits(one, words) or (words.say(f"page-clock-{clock.name}") if clock else ""),
    )


def path(item_id: str) -> str:
    """The page of an item, below the folder of its language."""
    return f"items/{ids.day_of(item_id)[0]}/{item_id}.html"


def waits(one: Standing, words: Words) -> str:
    """What is awaited, and from whom; empty when nothing is."""
    state = one.state
    if not state.waiting_for:
        return ""
    if not state.missing:
        return words.say(f"page-waits-{state.waiting_for}")
    fields = "、" if words.language == "zh" else ", "
    return words.say(
        f"page-waits-{state.waiting_for}-for", fields=fields.join(field(name, words) for name in state.missing)
    )


def lacks(fields: Sequence[str], asked: datetime | None, words: Words) -> str:
    """What an item lacks, and since when it is asked for."""
    between = "、" if words.language == "zh" else ", "
    named = between.join(field(name, words) for name in fields)
    if asked is None:
        return words.say("page-lacks", fields=named)
    return words.say("page-lacks-asked", fields=named, day=words.day(asked))


_FIELDS = frozenset(
    ("text", "product", "area", "device", "rating", "nps", "expected", "language", "submitter", "source", "attachments")
)


def field(name: str, words: Words) -> str:
    """A field of a submission by name; the id where nobody has a name for it."""
    return words.say(f"page-field-{name}") if name in _FIELDS else name
