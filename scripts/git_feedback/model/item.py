"""An item: what was said, and what happened since.  Nothing in it is computed."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from git_feedback.model.events import AnyEvent
from git_feedback.model.fields import Day, Decimal, Integer, ItemId, KeptPath, Line, Moment, Token

_FROZEN = ConfigDict(frozen=True, extra="forbid")
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
Received = Annotated[Moment, Field(ge=datetime(2000, 1, 2, tzinfo=UTC), le=datetime(2099, 12, 30, tzinfo=UTC))]
"""Ids have two digits for the year: the days of 2000 to 2099, whatever the desk's zone."""


class Submitter(BaseModel):
    """Who said it, without contact data in clear: `ref` tells the same person again, `hint` is masked, `sealed` is age."""

    model_config = _FROZEN
    kind: Literal["new", "returning", "high-value", "anonymous"] | None = None
    ref: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")] | None = None
    hint: Line | None = None
    sealed: Text | None = None


class Kept(BaseModel):
    """Where the bytes of an attachment are kept, by their hash."""

    model_config = _FROZEN
    path: KeptPath
    bytes: Annotated[Integer, Field(ge=0)]


class Attachment(BaseModel):
    """A file that came along; its name is only text."""

    model_config = _FROZEN
    file: Kept
    name: Line | None = None


class Point(BaseModel):
    """Where it is, in degrees (WGS 84)."""

    model_config = _FROZEN
    lat: Annotated[Decimal, Field(ge=-90, le=90)]
    lon: Annotated[Decimal, Field(ge=-180, le=180)]


class Submission(BaseModel):
    """What arrived by a channel, before it has an id.

    `source` is the channel's own key of it: (channel, source) is the identity of an item.  `record: history` marks
    what was imported from another system's past: what that past does not say is not known, and it raises no alarm.
    """

    model_config = _FROZEN
    received: Received
    landed: Moment | None = None
    """When it came into this record; together with `received` it shows channels that deliver late."""
    record: Literal["history"] | None = None
    channel: Token
    source: Line | None = None
    language: Language | None = None
    title: Line
    text: Text | None = None
    submitter: Submitter | None = None
    product: Line | None = None
    area: Line | None = None
    device: Line | None = None
    point: Point | None = None
    rating: Annotated[Integer, Field(ge=1, le=5)] | None = None
    nps: Annotated[Integer, Field(ge=0, le=10)] | None = None
    expected: Day | None = None
    tags: tuple[Line, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    receipt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The SHA-256 of the number its submitter was given to look it up by; the number itself is written nowhere."""
    history: tuple[AnyEvent, ...] = ()


class Item(Submission):
    """A submission with its id: one file."""

    id: ItemId
