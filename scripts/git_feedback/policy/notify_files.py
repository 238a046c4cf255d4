"""The form of notify.yml: who hears of clocks that run out, by which way, when nobody is woken, and who watches."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from git_feedback.model.fields import Integer, Line, Token
from git_feedback.policy.files import Addressee, Hours, LevelId, Part, Weekday

SENDERS = ("folder", "mail", "webhook", "wecom", "dingtalk", "feishu", "slack", "teams")
Sender = Literal["folder", "mail", "webhook", "wecom", "dingtalk", "feishu", "slack", "teams"]
SIGNED = ("dingtalk", "feishu")
"""Senders whose robots may want each message signed."""

Variable = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{2,60}$")]
"""The name of an environment variable."""


class Rung(Part):
    """One rung of the ladder: at this share of a target (in percent) these people are told."""

    at: Annotated[Integer, Field(ge=1, le=1000)]
    to: tuple[Addressee, ...] = Field(min_length=1)


class Alarmed(Part):
    """Who is told at once of items of these levels that hold words of an alarm, while no person has looked at them."""

    levels: tuple[LevelId, ...] = Field(min_length=1)
    to: tuple[Addressee, ...] = Field(min_length=1)


class Quiet(Part):
    """When reminders wait: outside the working days of a calendar (`days`), or also outside its hours (`hours`)."""

    calendar: Token
    within: Literal["days", "hours"] = "days"


class Way(Part):
    """How messages leave: into a folder, by mail, by the robot of a chat group, or to a webhook.

    `settings` names the environment variable that holds what must not lie in Git (an address with its secret).
    """

    by: Sender
    settings: Variable | None = None
    secret: Variable | None = None
    """The environment variable with the key by which a robot wants its messages signed."""
    sender: Line | None = None
    """The address that mail comes from."""

    @model_validator(mode="after")
    def _complete(self) -> "Way":
        needed: tuple[str, ...] = {"mail": ("settings", "sender"), "folder": ()}.get(self.by, ("settings",))
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise PydanticCustomError("way-incomplete", "{given}", {"given": self.by, "missing": missing[0]})
        if self.secret and self.by not in SIGNED:
            raise PydanticCustomError("way-unsigned", "{given}", {"given": self.by, "known": SIGNED})
        return self


def _listed(ways: object) -> object:
    """One name is a list of one; a name that stands twice counts once."""
    return tuple(dict.fromkeys(ways)) if isinstance(ways, list | tuple) else (ways,)


Ways = Annotated[tuple[Token, ...], BeforeValidator(_listed), Field(min_length=1)]
"""One or several ways of a person, in the order in which they are taken."""


def _span(hours: str) -> str:
    """Hours that begin before they end, at times that there are."""
    opens, _, closes = hours.partition("-")
    for time in (opens, closes):
        if not ("00:00" <= time <= "24:00" and time[3:] < "60"):
            raise PydanticCustomError("no-time-of-day", "{at}", {"at": time, "day": "watch"})
    if closes <= opens:
        raise PydanticCustomError("hours-backwards", "{at}", {"at": hours, "day": "watch"})
    return hours


Watched = Annotated[Hours, AfterValidator(_span)]


class Shift(Part):
    """Who watches on which weekdays in which hours."""

    who: Token
    days: tuple[Weekday, ...] = Field(min_length=1)
    hours: Watched


class Watch(Part):
    """The rota: what hours of a calendar's working days are to be watched, and by whom they are."""

    calendar: Token
    hours: tuple[Watched, ...] = Field(min_length=1)
    shifts: tuple[Shift, ...] = ()


class NotifyFile(Part):
    """notify.yml."""

    ways: Annotated[dict[Token, Way], Field(min_length=1)]
    """Ways out by name; the first one is taken for whoever names no other."""
    by_person: dict[Token, Ways] = Field(default_factory=dict)
    """Who is told by another way than the first, or by several."""
    ladder: tuple[Rung, ...] = Field(min_length=1)
    managers: tuple[Token, ...] = ()
    """The managers' list: who gets a line each working day on what is late beyond the last rung."""
    quiet: Quiet | None = None
    at_once: tuple[LevelId, ...] = ()
    """Levels whose messages wait for nothing and go out one by one."""
    alarmed: Alarmed | None = None
    watch: Watch | None = None

    @field_validator("ladder")
    @classmethod
    def _rising(cls, ladder: tuple[Rung, ...]) -> tuple[Rung, ...]:
        shares = [rung.at for rung in ladder]
        if shares != sorted(set(shares)):
            raise PydanticCustomError("ladder-not-rising", "{given}", {"given": ", ".join(map(str, shares))})
        return ladder

    def ways_of(self, person: str) -> tuple[str, ...]:
        """The ways by which somebody is told, by name: those named for them, else the first."""
        return self.by_person.get(person) or (next(iter(self.ways)),)
