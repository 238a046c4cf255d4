"""What can happen to an item: one verb an event, one class a verb.

Braces hold the closed vocabulary of an event (times, ids, enumerations, numbers); fields marked `Prose` are free text
and stand below.  An event says what happened and never what follows from it.
"""

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from git_feedback.model.fields import (
    Day,
    Flag,
    Integer,
    ItemId,
    KeptPath,
    Line,
    Moment,
    Prose,
    Sealed,
    Token,
    Words,
)

Share = Annotated[Integer, Field(ge=1, le=5)]


def _is_prose(field: FieldInfo) -> bool:
    """Whether a field holds free text: marked itself, or in one arm of its union with None."""
    arms = (getattr(arm, "__metadata__", ()) for arm in get_args(field.annotation))
    return any(Prose() in marks for marks in (field.metadata, *arms))


class Event(BaseModel):
    """Something that happened at a moment, by somebody: a person's id, or `import`, `intake`, `rules`, `model`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    PROSE: ClassVar[frozenset[str]] = frozenset()

    verb: str
    at: Moment
    by: Token

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        cls.PROSE = frozenset(name for name, field in cls.model_fields.items() if _is_prose(field))


class Classify(Event):
    """What it is and how much it matters; the last one counts, and a person's replaces all."""

    verb: Literal["classify"] = "classify"
    category: Token
    urgency: Share
    impact: Share
    scope: Literal["single", "common", "systemic"] | None = None
    feasibility: Literal["high", "medium", "low"] | None = None
    """How well an idea of the pool could be done, as whoever looked at it says."""
    tags: tuple[Token, ...] = ()
    because: Words | None = None


class Assign(Event):
    """Whose it is: a department, a named owner, helpers."""

    verb: Literal["assign"] = "assign"
    department: Token
    owner: Token | None = None
    helpers: tuple[Token, ...] = ()
    due: Day | None = None
    task_force: Flag = False
    """The owner leads a task force of the helpers, who tell each other every hour how far things are."""
    because: Words | None = None


class Accept(Event):
    """The owner takes it on."""

    verb: Literal["accept"] = "accept"


class Return(Event):
    """The owner gives it back to the coordinator, with the reason."""

    verb: Literal["return"] = "return"
    reason: Words


class Ask(Event):
    """A question that was sent; clocks pause while its answer is awaited.  `missing` names the fields asked for."""

    verb: Literal["ask"] = "ask"
    whom: Literal["submitter", "partner"] = "submitter"
    channel: Token | None = None
    missing: tuple[Token, ...] = ()
    question: Words


class Supply(Event):
    """The answer to what was asked; `supplied` names the fields it fills.

    `source` is the channel's own key of it, `files` came along, `sealed` holds the words as they were where a way to
    reach somebody had to be masked in them.
    """

    verb: Literal["supply"] = "supply"
    supplied: tuple[Token, ...] = ()
    channel: Token | None = None
    source: Line | None = None
    files: tuple[KeptPath, ...] = ()
    text: Words
    sealed: Sealed | None = None


class Message(Event):
    """The submitter writes unasked; `source`, `files` and `sealed` as in an answer."""

    verb: Literal["message"] = "message"
    channel: Token | None = None
    source: Line | None = None
    files: tuple[KeptPath, ...] = ()
    text: Words
    sealed: Sealed | None = None


class Respond(Event):
    """An interim answer to the submitter; `progress` says it told them how far things are."""

    verb: Literal["respond"] = "respond"
    channel: Token | None = None
    progress: Flag = False
    text: Words


class Note(Event):
    """An internal remark; it never leaves the team."""

    verb: Literal["note"] = "note"
    text: Words


class Resolve(Event):
    """The matter is settled: what was done, why it happened, what keeps it from happening again."""

    verb: Literal["resolve"] = "resolve"
    result: Words | None = None
    cause: Words | None = None
    measure: Words | None = None


class Review(Event):
    """Another person looked at the solution."""

    verb: Literal["review"] = "review"
    verdict: Literal["pass", "fail"]
    reason: Words | None = None


class Reply(Event):
    """The final answer, by the original channel."""

    verb: Literal["reply"] = "reply"
    channel: Token | None = None
    text: Words


class FollowUp(Event):
    """How content the submitter is, in their words; `csat` 1 to 5, `nps` 0 to 10."""

    verb: Literal["follow-up"] = "follow-up"
    verdict: Literal["satisfied", "neutral", "unsatisfied"]
    csat: Share | None = None
    nps: Annotated[Integer, Field(ge=0, le=10)] | None = None
    words: Words | None = None


class Reopen(Event):
    """It goes on: the submitter is unsatisfied, it came back, or it was closed by mistake."""

    verb: Literal["reopen"] = "reopen"
    kind: Literal["unsatisfied", "recurring", "mistake"]
    reason: Words | None = None


class Close(Event):
    """Nothing is left to do."""

    verb: Literal["close"] = "close"
    reason: Words | None = None


class Reject(Event):
    """It is not taken on, and why."""

    verb: Literal["reject"] = "reject"
    kind: Literal["invalid", "spam", "abuse", "fraud", "withdrawn"]
    reason: Words | None = None


class Duplicate(Event):
    """The same matter as another item, which carries on for both."""

    verb: Literal["duplicate"] = "duplicate"
    of: ItemId
    because: Words | None = None


class Escalate(Event):
    """One rung up: raises the level by one from then on."""

    verb: Literal["escalate"] = "escalate"
    to: Token | None = None
    because: Words


class Alarm(Event):
    """Somebody was told that rungs of a clock were reached; written once the message has gone out.

    `cycle` counts a clock's runs from 1, `rungs` are shares of its target in percent, `since` is the moment at which
    the highest of them was reached.  `missed` names the other ways of the addressee by which it did not go out: there
    it is still to be told.
    """

    verb: Literal["alarm"] = "alarm"
    clock: Token
    cycle: Annotated[Integer, Field(ge=1)]
    rungs: tuple[Annotated[Integer, Field(ge=1, le=1000)], ...] = ()
    addressee: Token
    channel: Token
    since: Moment
    missed: tuple[Token, ...] = ()


class Plan(Event):
    """What is going to be done, and until when."""

    verb: Literal["plan"] = "plan"
    due: Day | None = None
    what: Words


class Split(Event):
    """Part of it is another matter: the items that carry on with those parts."""

    verb: Literal["split"] = "split"
    into: tuple[ItemId, ...] = ()
    because: Words | None = None


class Snooze(Event):
    """Nothing to do before that day; clocks run on."""

    verb: Literal["snooze"] = "snooze"
    until: Day
    because: Words


class Exempt(Event):
    """An exception that a manager allows: until that day nobody is told that a clock runs out; the verdict stays."""

    verb: Literal["exempt"] = "exempt"
    clock: Token
    until: Day
    because: Words


class Copy(Event):
    """Other departments are to know of it."""

    verb: Literal["copy"] = "copy"
    to: tuple[Token, ...] = ()
    because: Words | None = None


class Link(Event):
    """Something that belongs to it: an article, a problem, a measure, a commit, an issue."""

    verb: Literal["link"] = "link"
    kind: Literal["article", "problem", "measure", "commit", "issue"]
    to: Line
    because: Words | None = None


class Unlink(Event):
    """It does not belong to it after all; a duplicate is an item of its own again."""

    verb: Literal["unlink"] = "unlink"
    kind: Literal["duplicate", "article", "problem", "measure", "commit", "issue"]
    to: Line
    because: Words | None = None


class Reward(Event):
    """Thanks that cost something: points, a coupon, a place in a draw, what was won in it."""

    verb: Literal["reward"] = "reward"
    kind: Literal["points", "coupon", "draw", "prize"]
    amount: Annotated[Integer, Field(ge=1, le=1_000_000)] | None = None
    draw: Token | None = None
    because: Words | None = None


class Notify(Event):
    """A message to the submitter that went out."""

    verb: Literal["notify"] = "notify"
    channel: Token
    about: Literal[
        "received", "accepted", "asked", "progress", "resolved", "replied", "reminder", "closing", "released"
    ]
    text: Words | None = None


class Retract(Event):
    """An event that should not stand here: which one, by its verb and moment.  It counts no longer, and stays readable."""

    verb: Literal["retract"] = "retract"
    what: Token
    when: Moment
    because: Words


class Correct(Event):
    """A field of the submission was wrong in the record, and was put right."""

    verb: Literal["correct"] = "correct"
    field: Token
    because: Words


class Erase(Event):
    """Personal data was removed because somebody asked for it: what stays is that it was, and every figure."""

    verb: Literal["erase"] = "erase"
    request: Line
    """What the request is known by: a number, a letter's date."""
    because: Words | None = None


AnyEvent = Annotated[
    Classify
    | Assign
    | Accept
    | Return
    | Ask
    | Supply
    | Message
    | Respond
    | Note
    | Resolve
    | Review
    | Reply
    | FollowUp
    | Reopen
    | Close
    | Reject
    | Duplicate
    | Escalate
    | Plan
    | Split
    | Snooze
    | Exempt
    | Copy
    | Link
    | Unlink
    | Reward
    | Notify
    | Retract
    | Correct
    | Erase
    | Alarm,
    Field(discriminator="verb"),
]

_KINDS: tuple[type[Event], ...] = get_args(get_args(AnyEvent)[0])
VERBS: dict[str, type[Event]] = {kind.model_fields["verb"].default: kind for kind in _KINDS}
"""Every verb and its class, in the order of an item's life."""
