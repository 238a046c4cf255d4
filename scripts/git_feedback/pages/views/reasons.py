"""Why an item has its level and its deadlines: each number with the rule it comes from."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from git_feedback.desk import MACHINES, Standing
from git_feedback.desk.sla import Clock
from git_feedback.escaping import line
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.pages.views import rows
from git_feedback.pages.views.words import Tell, Words
from git_feedback.policy import Edition


def level_reasons(one: Standing, events: Sequence[Event], words: Words) -> list[str]:
    """Urgency, impact, matrix, raises; for what nobody has classified, what is assumed."""
    state = one.state
    if state.level is None or state.urgency is None or state.impact is None:
        return [words.say("page-why-unclassified")]
    edition = _edition(one, words)
    plain = edition.level(state.urgency, state.impact)
    found = [
        words.say("page-why-urgency", urgency=state.urgency),
        words.say("page-why-impact", impact=state.impact),
        words.say(
            "page-why-matrix", urgency=state.urgency, impact=state.impact, level=plain, date=words.on(edition.effective)
        ),
    ]
    if state.raised:
        found.append(words.say("page-why-raised", n=state.raised, level=state.level))
    said = _because(events, words)
    return [*found, said] if said else found


def _because(events: Sequence[Event], words: Words) -> str:
    """Who gave urgency and impact, and why; a person's word beats every machine's."""
    given = [event for event in events if isinstance(event, ev.Classify)]
    counted = [event for event in given if event.by not in MACHINES] or given
    last = counted[-1]
    if last.because is None:
        return words.say("page-why-by", who=words.person(last.by))
    who = escape(words.say("page-why-because", who=words.person(last.by)))
    return who + Markup(line(last.because))  # noqa: S704 - escaping made it


def beneath(one: Standing, clock: Clock, words: Words, tell: Tell) -> str:
    """What stands under a clock of an item: when it is or was due, and its target."""
    target = _target(one, clock, words)
    if clock.state == "paused":
        return rows.waits(one, words) or words.say("page-target", target=target)
    if clock.due is None or clock.state in ("met", "cancelled"):
        return words.say("page-target", target=target)
    return words.say("page-due-target", time=tell(clock.due), target=target)


def traces(one: Standing, words: Words) -> list[str]:
    """How each deadline was computed: from when, how long by which calendar, which rule, until when."""
    return [_trace(one, clock, words) for clock in one.clocks if clock.cycles]


def _trace(one: Standing, clock: Clock, words: Words) -> str:
    last = clock.cycles[-1]
    code = "page-trace-pauses" if clock.pauses else "page-trace"
    said = words.say(
        code,
        name=words.say(f"page-clock-{clock.name}"),
        start=words.dated(last.started),
        target=_target(one, clock, words),
        calendar=clock.calendar,
        rule=(clock.rule or 0) + 1,
        due=words.dated(last.due),
        paused=words.amount(_paused(clock)),
    )
    if _is_prolonged(one, clock, words):
        said += words.say("page-trace-raised")
    return said + words.say("page-trace-provisional") if "provisional" in clock.flags else said


def _is_prolonged(one: Standing, clock: Clock, words: Words) -> bool:
    """Whether the level rose so late that the new target would have been over at once, and more time was given."""
    rule = _edition_of(one, clock, words).rules[clock.rule] if clock.rule is not None else None
    plain = rule.target.seconds if rule and rule.target else None
    return plain is not None and clock.target > plain


def _paused(clock: Clock) -> int:
    return int(sum((stop - start).total_seconds() for start, stop in clock.pauses))


def _target(one: Standing, clock: Clock, words: Words) -> str:
    return words.target(_edition_of(one, clock, words), clock.rule, clock.target, clock.calendar)


def _edition_of(one: Standing, clock: Clock, words: Words) -> Edition:
    """The rules a clock is judged by: those in force when it started."""
    return words.policy.edition((clock.started or one.item.received).astimezone(words.zone).date())


def _edition(one: Standing, words: Words) -> Edition:
    return words.policy.edition(one.item.received.astimezone(words.zone).date())
