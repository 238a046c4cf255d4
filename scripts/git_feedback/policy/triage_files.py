"""The form of triage.yml: what raises urgency and impact, what is of the top level at once, and who may say that."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from git_feedback.model.fields import Integer, Line, Token
from git_feedback.policy.files import LevelId, Name, Part

ScopeName = Literal["single", "common", "systemic"]
SubmitterKind = Literal["new", "returning", "high-value", "anonymous"]
Needed = Literal["handler", "reviewer", "coordinator", "lead", "head", "manager", "director"]


def _unsigned(value: object) -> object:
    """A raise may be written `+1`, as it is meant."""
    return value.removeprefix("+") if isinstance(value, str) else value


Amount = Annotated[Integer, BeforeValidator(_unsigned), Field(ge=0, le=4)]


class Raise(Part):
    """How much is added to urgency and impact; neither goes beyond 5."""

    urgency: Amount = 0
    impact: Amount = 0


class When(Part):
    """What must be true of an item: of every list that is given, one entry.  `words` are matched as keywords are."""

    alarm: tuple[Token, ...] = ()
    category: tuple[Token, ...] = ()
    channel: tuple[Token, ...] = ()
    submitter: tuple[SubmitterKind, ...] = ()
    scope: tuple[ScopeName, ...] = ()
    words: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> "When":
        if not any(value for _, value in self):
            raise PydanticCustomError("condition-always", "")
        return self


class Condition(Part):
    """What is of a level at once, whatever urgency and impact its category has: danger, money, many people, the press."""

    id: Token
    name: Name
    when: When
    level: LevelId


class Major(Part):
    """Levels that a person gives or takes away only with a role, or above it; `escalate` stays open to others."""

    levels: tuple[LevelId, ...] = Field(min_length=1)
    needs: Needed


class TriageFile(Part):
    """triage.yml.  So many different submitters of one matter make it common, so many systemic."""

    common_from: Annotated[Integer, Field(ge=2, le=10_000)] = 3
    systemic_from: Annotated[Integer, Field(ge=2, le=10_000)] = 10
    common: Raise = Raise(impact=1)
    systemic: Raise = Raise(impact=2)
    systemic_alarms: tuple[Token, ...] = ()
    """Alarms whose words alone say that it concerns all: every branch, everything."""
    submitter: dict[SubmitterKind, Raise] = Field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    major: Major | None = None

    @model_validator(mode="after")
    def _more_is_more(self) -> "TriageFile":
        if self.systemic_from <= self.common_from:
            values = {"given": str(self.systemic_from), "common": str(self.common_from)}
            raise PydanticCustomError("systemic-below-common", "{given}", values)
        return self

    def raise_of(self, scope: ScopeName) -> Raise:
        """What a scope adds."""
        return {"single": Raise(), "common": self.common, "systemic": self.systemic}[scope]
