"""What happened to an item: its way along the states, and its history for people to read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from git_feedback.desk import Standing
from git_feedback.desk.alarms import RISE
from git_feedback.desk.sla import Clock
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.pages.views.rendering import prose
from git_feedback.pages.views.words import Tell, Words, utc

Quotes = tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: `kind` is out (it went to the customer), late (a clock ran out), or empty (inside).

    `quotes` are labels and texts; a label may be empty.  `files` are paths of what came along with it.
    """

    at: str
    when: str
    kind: str
    heading: str
    who: str
    quotes: Quotes = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way: done, current or (both False) to come; `at` says when it was reached."""

    name: str
    done: bool
    current: bool
    at: str


# ---- the way --------------------------------------------------------------------------------------------------------

WAY = ("received", "classify", "assign", "accept", "resolve", "review", "reply", "close")
SHORT = ("received", "classify", "reply", "close")
_REACHED = {
    "new": "received",
    "triaged": "classify",
    "returned": "classify",
    "assigned": "assign",
    "accepted": "accept",
    "reopened": "accept",
    "resolved": "resolve",
    "reviewed": "review",
    "replied": "reply",
    "closed": "close",
}
_ENDS = ("rejected", "duplicate")
_ASIDE = ("waiting", "returned", "reopened", *_ENDS)
"""States beside the way: the current step is called after them."""


def stages(one: Standing, events: Sequence[Event], words: Words) -> list[Stage]:
    """The way of an item: steps done with their time, the current one, those to come.

    What was undone by a reopening or a return is to come again.
    """
    way = SHORT if _goes_short(one, events) else WAY
    life = one.state.life
    if life in _ENDS:
        return [
            *_done(way, len(way), events, one, words),
            Stage(words.life(life), False, True, _short(one.state.since, words)),
        ]
    here = _place(way, one.state.before_waiting or life)
    done = _done(way[: here + 1], here, events, one, words)
    current = done.pop()
    rest = [Stage(words.say(f"page-stage-{step}"), False, False, "") for step in way[here + 1 :]]
    if life in _ASIDE:
        return [*done, Stage(words.life(life), False, True, _short(one.state.since, words)), *rest]
    return [*done, Stage(current.name, False, True, current.at), *rest]


def _goes_short(one: Standing, events: Sequence[Event]) -> bool:
    taken = {event.verb for event in events}
    return one.state.short and not taken & {"assign", "accept", "resolve", "review"}


def _place(way: Sequence[str], life: str) -> int:
    step = _REACHED.get(life, "received")
    return way.index(step) if step in way else 1


def _done(way: Sequence[str], until: int, events: Sequence[Event], one: Standing, words: Words) -> list[Stage]:
    """Steps up to a place; those that never happened are left out of an item that ended beside the way."""
    times = {event.verb: event.at for event in events} | {"received": one.item.received}
    ended = until == len(way) and one.state.life in _ENDS
    return [
        Stage(words.say(f"page-stage-{step}"), True, False, _short(times[step], words) if step in times else "")
        for step in way
        if step in times or not ended
    ]


def _short(at: datetime, words: Words) -> str:
    return f"{at.astimezone(words.zone):%m-%d %H:%M}"


# ---- the history ----------------------------------------------------------------------------------------------------

OUT = frozenset({"respond", "ask", "reply"})
_SHOWN = ("breached", "breached-open")


def entries(one: Standing, events: Sequence[Event], words: Words, tell: Tell) -> list[Entry]:
    """What happened, newest first: events, clocks that ran out, and at the end the receipt."""
    dated = [(event.at, 1, _entry(event, words, tell)) for event in events if not isinstance(event, ev.Alarm)]
    dated += [(alarms[0].at, 1, _told(alarms, words, tell)) for alarms in _of_one_run(events)]
    dated += [(at, 2, entry) for clock in one.clocks for at, entry in _late(clock, words, tell)]
    dated.append((one.item.received, 0, _received(one, words, tell)))
    dated.sort(key=lambda row: row[:2])
    return [entry for _, _, entry in reversed(dated)]


def _of_one_run(events: Sequence[Event]) -> list[list[ev.Alarm]]:
    """Alarms by moment and run of a clock: one line tells of all who were told."""
    found: dict[tuple[datetime, str, int], list[ev.Alarm]] = {}
    for event in events:
        if isinstance(event, ev.Alarm):
            found.setdefault((event.at, event.clock, event.cycle), []).append(event)
    return list(found.values())


def _told(alarms: Sequence[ev.Alarm], words: Words, tell: Tell) -> Entry:
    first = alarms[0]
    if first.clock == RISE:
        whom = tuple(dict.fromkeys(words.person(alarm.addressee) for alarm in alarms))
        return Entry(
            utc(first.at), tell(first.at), "", words.say("page-event-spike", whom=whom), words.person(first.by)
        )
    heading = words.say(
        "page-event-alarm",
        whom=tuple(dict.fromkeys(words.person(alarm.addressee) for alarm in alarms)),
        clock=words.say(f"page-clock-{first.clock}"),
        share=max((rung for alarm in alarms for rung in alarm.rungs), default=0),
    )
    return Entry(utc(first.at), tell(first.at), "", heading, words.person(first.by))


def _received(one: Standing, words: Words, tell: Tell) -> Entry:
    heading = words.say("page-event-received", channel=words.channel(one.item.channel))
    landed = one.item.landed
    late = landed is not None and (landed - one.item.received).total_seconds() >= 3600
    who = words.say("page-event-landed", time=tell(landed)) if landed and late else ""
    return Entry(utc(one.item.received), tell(one.item.received), "", heading, who)


def _late(clock: Clock, words: Words, tell: Tell) -> list[tuple[datetime, Entry]]:
    """The moments at which a clock ran out, one for each cycle that was late."""
    heading = words.say("page-event-late", name=words.say(f"page-clock-{clock.name}"))
    return [
        (cycle.due, Entry(utc(cycle.due), tell(cycle.due), "late", heading, words.say("page-by-clock")))
        for cycle in clock.cycles
        if cycle.late_by and not cycle.cancelled
    ]


def _entry(event: Event, words: Words, tell: Tell) -> Entry:
    heading = _HEADINGS.get(event.verb)
    return Entry(
        at=utc(event.at),
        when=tell(event.at),
        kind="out" if event.verb in OUT else "",
        heading=heading(event, words) if heading else words.say(f"page-event-{event.verb}"),
        who=words.person(event.by),
        quotes=_quotes(event, words),
        files=getattr(event, "files", ()),
    )


def _quotes(event: Event, words: Words) -> Quotes:
    """The free texts of an event; a label where it has more than one kind of them."""
    names = [name for name in type(event).model_fields if name in type(event).PROSE and name != "sealed"]
    found = [(name, getattr(event, name)) for name in names]
    labelled = event.verb == "resolve"
    return tuple((words.say(f"page-quote-{name}") if labelled else "", prose(said)) for name, said in found if said)


def _classify(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Classify)
    return words.say(
        "page-event-classify", category=words.category(event.category), urgency=event.urgency, impact=event.impact
    )


def _assign(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Assign)
    department = words.department(event.department)
    if event.owner is None:
        return words.say("page-event-assign", to=department)
    return words.say("page-event-assign", to=f"{department} · {words.person(event.owner)}")


def _by_channel(event: Event, words: Words) -> str:
    channel = words.channel(getattr(event, "channel", None))
    code = f"page-event-{event.verb}"
    return words.say(f"{code}-by", channel=channel) if channel else words.say(code)


def _ask(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Ask)
    return words.say(f"page-event-ask-{event.whom}")


def _review(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Review)
    return words.say(f"page-event-review-{event.verdict}")


def _follow_up(event: Event, words: Words) -> str:
    assert isinstance(event, ev.FollowUp)
    said = words.say(f"page-event-follow-up-{event.verdict}")
    return said if event.csat is None else words.say("page-event-follow-up-csat", said=said, csat=event.csat)


def _by_kind(event: Event, words: Words) -> str:
    return words.say(f"page-event-{event.verb}-{getattr(event, 'kind', '')}")


def _duplicate(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Duplicate)
    return words.say("page-event-duplicate", of=event.of)


def _escalate(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Escalate)
    return (
        words.say("page-event-escalate-to", to=words.person(event.to)) if event.to else words.say("page-event-escalate")
    )


def _until(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Snooze | ev.Exempt)
    named = words.say(f"page-clock-{event.clock}") if isinstance(event, ev.Exempt) else ""
    return words.say(f"page-event-{event.verb}", until=words.on(event.until), clock=named)


def _copy(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Copy)
    return words.say("page-event-copy", to=" · ".join(words.department(one) for one in event.to))


def _split(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Split)
    return words.say("page-event-split", into=" · ".join(event.into))


def _linked(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Link | ev.Unlink)
    return words.say(f"page-event-{event.verb}", to=event.to)


def _reward(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Reward)
    return words.say(f"page-event-reward-{event.kind}", amount=event.amount or "", draw=event.draw or "")


def _retract(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Retract)
    return words.say("page-event-retract", what=f"{event.what} {words.moment(event.when)}")


def _correct(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Correct)
    return words.say("page-event-correct", field=event.field)


def _erase(event: Event, words: Words) -> str:
    assert isinstance(event, ev.Erase)
    return words.say("page-event-erase", request=event.request)


_HEADINGS: Mapping[str, Callable[[Event, Words], str]] = {
    "classify": _classify,
    "assign": _assign,
    "ask": _ask,
    "message": _by_channel,
    "respond": _by_channel,
    "reply": _by_channel,
    "review": _review,
    "follow-up": _follow_up,
    "reopen": _by_kind,
    "reject": _by_kind,
    "duplicate": _duplicate,
    "escalate": _escalate,
    "snooze": _until,
    "exempt": _until,
    "copy": _copy,
    "split": _split,
    "link": _linked,
    "unlink": _linked,
    "reward": _reward,
    "notify": _by_channel,
    "retract": _retract,
    "correct": _correct,
    "erase": _erase,
}
