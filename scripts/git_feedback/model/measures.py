"""An improvement measure: what a team does about several items at once, and what it tells those who asked for it.

One file below `feedback/measures/`, named by its id.  `said` and `did` are words of the team for everybody to read;
words of submitters never stand here.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from git_feedback.model.fields import Day, Flag, Integer, ItemId, Line, Token
from git_feedback.model.problem import Place

_FROZEN = ConfigDict(frozen=True, extra="forbid")
STATUSES = ("planned", "doing", "done", "dropped")
MeasureId = Annotated[str, StringConstraints(pattern=r"^M-[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ProblemId = Annotated[str, StringConstraints(pattern=r"^P-[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=600)]


class Both(BaseModel):
    """One text in both languages."""

    model_config = _FROZEN
    en: Short
    zh: Short


_ARMS = ("both", "one")


def _arm(value: Any) -> str:
    return "both" if isinstance(value, dict | Both) else "one"


Title = Annotated[Annotated[Both, Tag("both")] | Annotated[Line, Tag("one")], Discriminator(_arm)]
Told = Annotated[Annotated[Both, Tag("both")] | Annotated[Short, Tag("one")], Discriminator(_arm)]
Percent = Annotated[Integer, Field(ge=-100, le=1000)]


def words(text: Both | str, written_in: str | None, language: str) -> tuple[str, str]:
    """A text and the language it is in: the one asked for, where it is there."""
    if isinstance(text, str):
        return text, written_in or language
    return (text.zh if language == "zh" else text.en), language


class Measure(BaseModel):
    """A measure: what is done and why, whose it is, how far it is, and which items it comes from."""

    model_config = _FROZEN
    id: MeasureId
    title: Title
    """In both languages, or one text in `language`."""
    language: Literal["en", "zh"] | None = None
    what: Text
    why: Text
    owner: Token
    status: Literal["planned", "doing", "done", "dropped"]
    due: Day | None = None
    done: Day | None = None
    release: Annotated[str, StringConstraints(pattern=r"^[^\s~^:?*\[\\]{1,100}$")] | None = None
    """The tag of the release that it came with."""
    items: tuple[ItemId, ...] = Field(min_length=1)
    problem: ProblemId | None = None
    """The problem record that it comes from."""
    counts: Line | None = None
    """A query: what it should make rarer; without one the categories of its items."""
    expects: Percent | None = None
    """By how many percent the items that `counts` asks for should change: -50 means half as many."""
    public: Flag = False
    said: Told | None = None
    """What people said, in the team's words."""
    did: Told | None = None
    """What was done about it."""

    def words(self, text: "Both | str", language: str) -> tuple[str, str]:
        """A text and the language it is in: the one asked for, where it is there."""
        return words(text, self.language, language)

    @property
    def is_told(self) -> bool:
        """Whether everybody may read of it: public, done, and in words."""
        return self.public and self.status == "done" and self.said is not None and self.did is not None


def place(loc: Place) -> Place:
    """Where an error of the model stands in the file: the arms of a text in one or both languages are not there."""
    return loc[:1] + tuple(part for part in loc[1:2] if part not in _ARMS) + loc[2:]
