"""Whether articles helped: what browsers counted, and what people looked for in vain, as they were handed in.

One file a month below `feedback/knowledge/`, named `helped-2026-11.yml`.  It only grows: each file that a browser wrote
is one entry under its own `id`, so that handing it in twice counts once.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from git_feedback.model.fields import Day, Integer, Line, Token
from git_feedback.model.training import Stem

_FROZEN = ConfigDict(frozen=True, extra="forbid")
TakingId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,32}$")]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Times = Annotated[Integer, Field(ge=0, le=99)]
"""More often nobody answers about one article on one day in one browser."""


class Count(BaseModel):
    """How often readers said on a day that an article helped, and that it did not."""

    model_config = _FROZEN
    day: Day
    article: Stem
    yes: Times = 0
    no: Times = 0


class Asked(BaseModel):
    """What somebody looked for on a day and did not find, without ways to reach anybody."""

    model_config = _FROZEN
    day: Day
    language: Literal["en", "zh"]
    text: Line


class Counted(BaseModel):
    """What a browser writes: `did-this-help.json`."""

    model_config = _FROZEN
    format: Literal["git-feedback/did-this-help/1"]
    id: TakingId
    counts: Annotated[tuple[Count, ...], Field(max_length=2_000)] = ()
    asked: Annotated[tuple[Asked, ...], Field(max_length=200)] = ()


class Taking(BaseModel):
    """One such file as it was handed in: by whom, when."""

    model_config = _FROZEN
    id: TakingId
    taken: Day
    by: Token
    counts: tuple[Count, ...] = ()
    asked: tuple[Asked, ...] = ()


class HelpedMonth(BaseModel):
    """The takings of a month, in the order in which they came."""

    model_config = _FROZEN
    month: Month
    takings: tuple[Taking, ...] = ()
