"""The form of each policy file, as pydantic models: what the reader checks before anything is joined."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from git_feedback.clock import Calendar, Duration
from git_feedback.model.fields import Day, Flag, Integer, Line, Token

_FROZEN = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
Share = Annotated[Integer, Field(ge=1, le=5)]
LevelId = Annotated[str, StringConstraints(pattern=r"^P[0-9]$")]
Hours = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")]

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]

ROLES = ("agent", "handler", "reviewer", "coordinator", "lead", "head", "manager", "director", "analyst", "trainer")
Role = Literal[
    "agent", "handler", "reviewer", "coordinator", "lead", "head", "manager", "director", "analyst", "trainer"
]
ClockName = Literal[
    "register", "assess", "respond", "update", "accept", "info", "resolve", "reply", "review", "follow-up", "second"
]
Addressee = Literal["owner", "lead", "head", "manager", "director", "managers"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FIELDS = (
    "text",
    "product",
    "area",
    "device",
    "rating",
    "nps",
    "expected",
    "language",
    "submitter",
    "source",
    "attachments",
)
FieldName = Literal[
    "text", "product", "area", "device", "rating", "nps", "expected", "language", "submitter", "source", "attachments"
]


def _duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    try:
        return Duration.parse(str(value))
    except ValueError:
        raise PydanticCustomError("bad-duration", "{given}", {"given": str(value)[:40]}) from None


def _zone(value: object) -> str:
    try:
        return Calendar.always(str(value)).tz.key
    except ValueError:
        raise PydanticCustomError("unknown-zone", "{given}", {"given": str(value)[:40]}) from None


def _pattern(value: object) -> str:
    try:
        return re.compile(str(value)).pattern
    except re.error:
        raise PydanticCustomError("bad-pattern", "{given}", {"given": str(value)[:40]}) from None


Zone = Annotated[str, BeforeValidator(_zone)]
Length = Annotated[Duration, BeforeValidator(_duration)]


class Part(BaseModel):
    """A frozen piece of a policy file; unknown keys are refused."""

    model_config = _FROZEN


class Name(Part):
    """What a thing is called, in both languages."""

    en: Line
    zh: Line

    def said(self, language: str) -> str:
        """The name in `language`."""
        return self.zh if language == "zh" else self.en


class Limits(Part):
    """Lengths and patterns of what a submission says."""

    title_max: Annotated[Integer, Field(ge=10, le=300)]
    text_max: Annotated[Integer, Field(ge=100, le=100_000)]
    attachments_max: Annotated[Integer, Field(ge=0, le=50)]
    source_pattern: Annotated[Line, BeforeValidator(_pattern)] | None = None
    device_max: Annotated[Integer, Field(ge=1, le=300)] = 120
    attachment_bytes: Annotated[Integer, Field(ge=1_000, le=100_000_000)] = 10 * 2**20
    media_bytes: Annotated[Integer, Field(ge=1_000, le=500_000_000)] = 50 * 2**20
    """How large a file that came along may be; sound and film may be larger than others."""
    per_author: Annotated[Integer, Field(ge=1, le=10_000)] | None = None
    """How many submissions of one author a day are taken as they come; those beyond wait for a person to look."""


class SavedView(Part):
    """A view of the queue that the desk keeps for everybody: a name for a query."""

    id: Token
    name: Name
    query: Line


class SubmitPart(Part):
    """What the page for submitting offers beside the host's forms."""

    mail: Annotated[Line, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    """The desk's own address, public: a mail to it is one of the ways."""


class CommentsPart(Part):
    """How the desk's own comments on issues are written."""

    names: Flag = True
    """Whether they name the person who looks after an item; without, its department only."""


class AutomationPart(Part):
    """What the host runs by itself, and when: times of day in the desk's zone, while no summer time is kept there."""

    host: Literal["github", "gitlab", "gitea", "plain"] | None = None
    """Whose files are made; what `host` of the desk says where it is left out."""
    night: TimeOfDay = "02:17"
    every: Literal["never", "10m", "15m", "20m", "30m", "1h", "2h", "3h", "4h", "6h"] = "never"
    """How often clocks are looked at between two nights."""
    report: Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|never)$")] = "08:37"
    """When the month before is reported on, on its first working day."""
    publish: Literal["team", "public", "none"] = "none"
    """Whose site is published.  What is published, everybody can read whom the host lets in."""
    install: Annotated[Line, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._,@:/+=<>~!\[\]-]*$")] | None = None
    """What pip installs; the version that made the files where it is left out."""


class DeskFile(Part):
    """desk.yml: what this desk is called, where and how it works."""

    name: Name
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}$")]
    zone: Zone
    language: Literal["en", "zh"]
    office: Token
    """The calendar of working days (`3wd`) and of levels that name none."""
    coordinator: Token
    """Who owns what no department has taken yet."""
    repository: Line | None = None
    site: Annotated[Line, StringConstraints(pattern=r"^https?://[^\s?#]+$")] | None = None
    """Where the site is published; asked for where it is not told (QR codes of slips and labels)."""
    host: Literal["github", "gitlab", "gitea"] | None = None
    """What kind of host `repository` names; where it is not told, the host's name tells it."""
    builder: Literal["auto", "mkdocs", "properdocs", "zensical"] = "auto"
    """What renders the team's pages; `auto` takes the first that is installed."""
    search: Literal["auto", "pagefind", "none"] = "auto"
    """What the page Find looks through: `pagefind` every word of every item, `none` what the queue holds (ids, titles,
    names); `auto` takes Pagefind where it is installed."""
    views: tuple[SavedView, ...] = ()
    """Views of the queue for everybody, in the order they are shown."""
    submit: SubmitPart = SubmitPart()
    comments: CommentsPart = CommentsPart()
    automation: AutomationPart | None = None
    """What runs by itself; None where people run everything."""
    limits: Limits


class Department(Part):
    """A department: its coordinator owns what is not assigned to a person yet.

    `was` holds the ids it had before: histories that name them mean it.
    """

    id: Token
    name: Name
    coordinator: Token
    lead: Token
    was: tuple[Token, ...] = ()


class Leave(Part):
    """Days away, both included."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _forward(self) -> "Leave":
        if self.last < self.first:
            raise PydanticCustomError("leave-backwards", "{given}", {"given": self.last.isoformat()})
        return self


class Person(Part):
    """Somebody who works with items; `email` is compared with Git's `user.email`."""

    id: Token
    name: Name
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    login: Line | None = None
    language: Literal["en", "zh"] | None = None
    """The language in which they are told; the desk's where it is left out."""
    department: Token
    roles: tuple[Role, ...] = Field(min_length=1)
    deputy: Token | None = None
    leave: tuple[Leave, ...] = ()


class PeopleFile(Part):
    """people.yml: departments and people."""

    departments: tuple[Department, ...] = Field(min_length=1)
    people: tuple[Person, ...] = Field(min_length=1)


class Category(Part):
    """What feedback can be about, who gets it, and how much it matters before anything else is known."""

    id: Token
    name: Name
    department: Token
    urgency: Share
    impact: Share
    short: Flag = False
    """The short lane: triaged, replied, closed (praise)."""
    was: tuple[Token, ...] = ()
    """The ids it had before: histories that name them mean it."""
    describe: Name | None = None


class CategoriesFile(Part):
    """categories.yml."""

    categories: tuple[Category, ...] = Field(min_length=1)


class Channel(Part):
    """A way in: `required` names the fields a submission by it must have; `answerable` says we can write back by it."""

    id: Token
    name: Name
    required: tuple[FieldName, ...] = ()
    answerable: Flag = True
    told_by: Literal["comment", "mail", "call"] = "call"
    """How its submitters are told: a comment on their issue, a mail that is drafted, or a person who calls them."""
    by_hand: Flag = False
    """The desk's own people write down what came by it: what it requires is there, or was asked for."""
    reply_max: Annotated[Integer, Field(ge=20, le=20_000)] | None = None
    """How many characters an answer by it may have."""


class Box(Part):
    """A box for paper notes: `area` is where it hangs, as items say it."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
    name: Name
    area: Line | None = None
    channel: Token = "paper-box"


class ChannelsFile(Part):
    """channels.yml."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    boxes: tuple[Box, ...] = ()


class Level(Part):
    """How urgent an item is, and by which calendar its hours run."""

    id: LevelId
    name: Name
    calendar: Token


class Rule(Part):
    """A target of one clock; the first rule that fits an item counts.  `cap` rules shorten what another rule gave."""

    clock: ClockName
    level: tuple[LevelId, ...] = ()
    category: tuple[Token, ...] = ()
    channel: tuple[Token, ...] = ()
    department: tuple[Token, ...] = ()
    submitter: tuple[Literal["new", "returning", "high-value", "anonymous"], ...] = ()
    target: Length | None = None
    none: Flag = False
    cap: Flag = False

    @model_validator(mode="after")
    def _target_or_none(self) -> "Rule":
        if (self.target is None) != self.none:
            raise PydanticCustomError("target-or-none", "{clock}", {"clock": self.clock})
        return self


class EditionPart(Part):
    """The rules that hold from a day on."""

    effective: Day
    reviewed: Day | None = None
    matrix: dict[Literal["1", "2", "3", "4", "5"], tuple[LevelId, LevelId, LevelId, LevelId, LevelId]]
    """urgency -> levels for impact 1 to 5."""
    levels: tuple[Level, ...] = Field(min_length=1)
    pauses_for_partner: Flag = False
    reopen_within: Length
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _whole_matrix(self) -> "EditionPart":
        missing = [row for row in "12345" if row not in self.matrix]
        if missing:
            raise PydanticCustomError("incomplete-matrix", "{given}", {"given": missing[0]})
        return self


class SlaFile(Part):
    """sla.yml: editions, newest last; an old one is never changed."""

    editions: tuple[EditionPart, ...] = Field(min_length=1)


class Keyword(Part):
    """A rule on words.  An alarm raises urgency to `urgency`; a rule without alarm gives `category`."""

    id: Token
    language: Literal["en", "zh"]
    words: tuple[Line, ...] = Field(min_length=1)
    category: Token | None = None
    urgency: Share | None = None
    impact: Share | None = None
    channel: tuple[Token, ...] = ()


class Screen(Part):
    """Words by which a submission may be none: it waits for a person, who decides."""

    id: Token
    language: Literal["en", "zh"]
    words: tuple[Line, ...] = Field(min_length=1)
    suspect: Literal["spam", "abuse", "fraud", "test"]
    hits: Annotated[Integer, Field(ge=1, le=20)] = 1
    """How many different words must be there."""
    channel: tuple[Token, ...] = ()


class KeywordsFile(Part):
    """keywords.yml: alarms first, then category rules in the order in which they are tried."""

    negations: dict[Literal["en", "zh"], tuple[Line, ...]]
    alarms: tuple[Keyword, ...] = ()
    screens: tuple[Screen, ...] = ()
    rules: tuple[Keyword, ...] = ()
