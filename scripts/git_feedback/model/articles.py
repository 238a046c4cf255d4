"""The front matter of a knowledge article: whose it is, how far it is, what it is about, what it comes from.

Articles lie at `site/pages/<language>/knowledge/NAME.md`; the same NAME in two languages is one article.  The words of
submitters stand under `symptoms` and `quotes` only and never go through a site builder.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from git_feedback.model.fields import Day, Integer, ItemId, Line, Token
from git_feedback.model.measures import MeasureId, ProblemId

_FROZEN = ConfigDict(frozen=True, extra="forbid")
STATUSES = ("draft", "current", "research", "retired")
Reply = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class ArticleFront(BaseModel):
    """What stands above the text of an article.

    `draft`: not for customers yet; `current`; `research`: no solution is known, `owner` looks for one until `due`;
    `retired`: kept for the record, in no search.
    """

    model_config = _FROZEN
    title: Line
    owner: Token
    review: Day
    """The day until which somebody looks at it again."""
    version: Annotated[Integer, Field(ge=1)]
    status: Literal["draft", "current", "research", "retired"] = "current"
    audience: Literal["team", "public"] = "team"
    categories: Annotated[tuple[Token, ...], Field(min_length=1)]
    due: Day | None = None
    items: tuple[ItemId, ...] = ()
    measures: tuple[MeasureId, ...] = ()
    problem: ProblemId | None = None
    symptoms: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()
    replies: dict[Token, Reply] = Field(default_factory=dict)
    """What to say, by channel; `any` where the channel does not matter."""
