"""A problem record: why several items came, as far as a team knows, and what is done about it.

One file below `feedback/problems/`, named by its id.  All of it is in the team's own words: 5W1H, the chain of whys, the
branches of the fishbone and the scenario tell what somebody found out, not what somebody complained of.
"""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from git_feedback.model.fields import Day, ItemId, Line, Token
from git_feedback.model.measures import MeasureId, ProblemId, Short, Text, Title, words

_FROZEN = ConfigDict(frozen=True, extra="forbid")
Status = Literal["open", "known", "solving", "solved", "dropped"]
STATUSES = get_args(Status)
Branch = Literal["man", "machine", "material", "method", "environment", "measurement"]
BRANCHES: tuple[Branch, ...] = get_args(Branch)
"""The bones of the fish, in the order in which they are told."""
MOST_WHYS = 7


class FiveW(BaseModel):
    """5W1H: six questions, each answered in a sentence or two; those that nobody can answer yet are left out."""

    model_config = _FROZEN
    what: Short | None = None
    when: Short | None = None
    where: Short | None = None
    who: Short | None = None
    why_it_matters: Short | None = None
    how: Short | None = None


class Cause(BaseModel):
    """One cause on a branch: the items in which it was seen (default: all of the record), and what shows it."""

    model_config = _FROZEN
    cause: Short
    items: tuple[ItemId, ...] = ()
    evidence: Short | None = None


class ProblemRecord(BaseModel):
    """A problem: what it is, whose it is, how far it is, which items belong to it, and why it came."""

    model_config = _FROZEN
    id: ProblemId
    title: Title
    """In both languages, or one text in `language`."""
    language: Literal["en", "zh"]
    """Of every text that is there once."""
    status: Status
    owner: Token
    department: Token | None = None
    category: Token | None = None
    since: Day
    """The day from which it is known to have been there."""
    items: tuple[ItemId, ...] = ()
    query: Annotated[Line, StringConstraints(max_length=300)] | None = None
    """What belongs to it from `since` on, besides the items that it names and that are linked to it."""
    five_w: FiveW = FiveW()
    whys: Annotated[tuple[Short, ...], Field(max_length=MOST_WHYS)] = ()
    """Each says why the one before it is so; the root cause stands last."""
    causes: dict[Branch, tuple[Cause, ...]] = Field(default_factory=dict)
    scenario: Text | None = None
    """How it goes, step by step, so that somebody else can see it happen."""
    root: Short | None = None
    measures: tuple[MeasureId, ...] = ()

    def title_in(self, language: str) -> tuple[str, str]:
        """The title and the language it is in: the one asked for, where it is there."""
        return words(self.title, self.language, language)

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status not in ("solved", "dropped")
