"""Training: courses, quizzes, role plays, cases and best practice as a team writes them, and who passed what.

Each is one file named by its id: `site/pages/training/{courses,quizzes,plays,cases,practice}/ID.yml`, and the record of
a pass `feedback/training/ID.yml`.  Every text stands there in both languages; a text that is there once names its
language.  Nothing that follows from others is written: when somebody is due again follows from the pass and the course.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from git_feedback.model.fields import Day, Flag, Integer, ItemId, Token
from git_feedback.model.measures import Both

_FROZEN = ConfigDict(frozen=True, extra="forbid")
TrainingId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PassId = Annotated[str, StringConstraints(pattern=r"^T-[0-9]{6}-[a-z0-9.-]{1,40}-[a-z0-9-]{1,60}$")]
"""`T-261122-li.lei-newcomer`: the day, the person, the course."""
Stem = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""The name of an article's file, the same in every language, without `.md`."""
PagePath = Annotated[str, StringConstraints(pattern=r"^(guide|handbook)/[a-z0-9-]+$")]
"""A page of the guide or the handbook, without `.html`."""
Percent = Annotated[Integer, Field(ge=0, le=100)]
Minutes = Annotated[Integer, Field(ge=1, le=480)]
Whom = Literal["new-staff", "hotline", "handlers", "reviewers", "managers"]
WHOM: tuple[Whom, ...] = get_args(Whom)
"""For whom a course is, in the order in which they are told."""


# ---- quizzes --------------------------------------------------------------------------------------------------------


class Choice(BaseModel):
    """One answer to choose: `why` says to whoever chose it what is right or wrong about it."""

    model_config = _FROZEN
    say: Both
    right: Flag = False
    why: Both | None = None


class Choose(BaseModel):
    """A question with answers to choose from: exactly one right in `single`, at least one in `multiple`."""

    model_config = _FROZEN
    kind: Literal["single", "multiple"]
    ask: Both
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=8)]
    why: Both
    """Why it is so, shown after the answer."""
    article: Stem | None = None
    """The article that says so."""


class Order(BaseModel):
    """Steps to be put in order; the file has them in the right one."""

    model_config = _FROZEN
    kind: Literal["order"]
    ask: Both
    steps: Annotated[tuple[Both, ...], Field(min_length=3, max_length=8)]
    why: Both
    article: Stem | None = None


class Free(BaseModel):
    """A question answered in own words: beside a model answer and what to look for, everybody judges for themselves."""

    model_config = _FROZEN
    kind: Literal["free"]
    ask: Both
    answer: Both
    look_for: Annotated[tuple[Both, ...], Field(min_length=1, max_length=8)]
    article: Stem | None = None


def _kind(value: Any) -> str:
    given = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", "")
    return {"order": "order", "free": "free"}.get(str(given), "choose")


Question = Annotated[
    Annotated[Choose, Tag("choose")] | Annotated[Order, Tag("order")] | Annotated[Free, Tag("free")],
    Discriminator(_kind),
]


class Quiz(BaseModel):
    """Questions; `need` percent of them right is a pass (free ones count as the reader judges them)."""

    model_config = _FROZEN
    id: TrainingId
    title: Both
    version: Annotated[Integer, Field(ge=1)]
    need: Percent
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=100)]


# ---- what is practised ----------------------------------------------------------------------------------------------


class Role(BaseModel):
    """One side of a role play: who it is, and what only that side knows."""

    model_config = _FROZEN
    name: Both
    brief: Both


class Play(BaseModel):
    """A role play for two, and what the others look for while they listen."""

    model_config = _FROZEN
    id: TrainingId
    title: Both
    minutes: Minutes
    situation: Both
    roles: Annotated[tuple[Role, Role], Field()]
    checklist: Annotated[tuple[Both, ...], Field(min_length=3, max_length=12)]
    articles: tuple[Stem, ...] = ()


class Turn(BaseModel):
    """A moment of a case: what is so, the state the item stands in, and what to do next.

    `options` are verbs to choose from; whether each is possible, the table of life says, not this file.  `best` is what
    a good colleague does, with the reason.
    """

    model_config = _FROZEN
    tell: Both
    state: Token
    role: Token
    options: Annotated[tuple[Token, ...], Field(min_length=2, max_length=6)]
    best: Token
    why: Both


class Case(BaseModel):
    """A case told turn by turn, from a real item with everything left out that would point to a person."""

    model_config = _FROZEN
    id: TrainingId
    title: Both
    item: ItemId | None = None
    turns: Annotated[tuple[Turn, ...], Field(min_length=1, max_length=10)]
    articles: tuple[Stem, ...] = ()


class Practice(BaseModel):
    """Best practice: a matter that went well, what was done well, the reply that was sent (masked), what to take along."""

    model_config = _FROZEN
    id: TrainingId
    title: Both
    item: ItemId
    category: Token
    situation: Both
    done_well: Annotated[tuple[Both, ...], Field(min_length=1, max_length=8)]
    reply: Both
    """The reply that was sent, as it was written in one language and in translation in the other."""
    lesson: Both
    articles: tuple[Stem, ...] = ()


# ---- courses and passes ---------------------------------------------------------------------------------------------


class Step(BaseModel):
    """One step of a course: exactly one of its fields says what it is."""

    model_config = _FROZEN
    read: Stem | None = None
    page: PagePath | None = None
    quiz: TrainingId | None = None
    play: TrainingId | None = None
    case: TrainingId | None = None
    practice: TrainingId | None = None
    drill: Annotated[Integer, Field(ge=3, le=20)] | None = None
    """So many confirmed items to classify."""
    do: Both | None = None
    """Something to do at the desk, in words."""

    @property
    def named(self) -> list[tuple[str, Any]]:
        """The fields that are there."""
        return [(name, value) for name, value in self if value is not None]


class Course(BaseModel):
    """Steps in order; whoever passed every quiz of it has passed, and is due again after `again_after_months`."""

    model_config = _FROZEN
    id: TrainingId
    title: Both
    version: Annotated[Integer, Field(ge=1)]
    whom: Annotated[tuple[Whom, ...], Field(min_length=1)]
    lead: Both
    minutes: Minutes
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=40)]
    after: tuple[TrainingId, ...] = ()
    """Courses that come before it."""
    again_after_months: Annotated[Integer, Field(ge=1, le=36)] = 6

    def of(self, kind: str) -> Iterator[Any]:
        """What the steps of a kind name: `quiz`, `read`, ..."""
        return (value for step in self.steps for name, value in step.named if name == kind)


class Pass(BaseModel):
    """Somebody passed a course: when, which version, with how many percent, and which versions of articles they read.

    `by` is who wrote it down; nobody writes down their own pass but through the quiz.
    """

    model_config = _FROZEN
    id: PassId
    person: Token
    course: TrainingId
    version: Annotated[Integer, Field(ge=1)]
    passed: Day
    score: Percent
    articles: dict[Stem, Annotated[Integer, Field(ge=1)]] = Field(default_factory=dict)
    by: Token | None = None
