"""Why an item has its level, its owner and its deadlines: each with the rule it comes from and the commit of the rule.

Nothing here counts up to now: what a clock that runs has used is told by its token.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from git_feedback.desk import MACHINES, Standing
from git_feedback.desk.explaining import Explanation, Matter
from git_feedback.desk.majors import to_confirm
from git_feedback.desk.sla import Clock
from git_feedback.desk.trace_words import Telling, account, outcome, telling_steps
from git_feedback.desk.tracing import Basis, Step
from git_feedback.escaping import line
from git_feedback.pages.page import Origin, Part
from git_feedback.pages.views import rows
from git_feedback.pages.views.words import Tell, Words
from git_feedback.policy import Edition
from git_feedback.triage.weights import Reason, reasons_of

Origins = Mapping[Part, Origin]
MOST = 5
"""How many lines the trace of a clock has at most."""


@dataclass(frozen=True, slots=True)
class Account:
    """How a deadline came about: the clock's name, what its target is and by which rule, and the way from there."""

    name: str
    target: str
    rule: str
    lines: Markup


def traces(told: Explanation) -> list[list[Step]]:
    """The steps of each clock that has started; they are the same in every language."""
    calendars = told.policy.calendars
    return [telling_steps(clock, based, calendars[clock.calendar], MOST) for clock, based in told.clocks]


class Reasons:
    """The reasons of items in the words of a language.  Dates are told with their weekday, and each is worded once."""

    def __init__(self, words: Words, origins: Origins) -> None:
        self.words, self.origins = words, origins
        self.telling = Telling(words.say, self._on, words.zone)
        self._dates: dict[date, str] = {}
        self._rules: dict[tuple[int, int], str] = {}

    def _on(self, day: date) -> str:
        found = self._dates.get(day)
        if found is None:
            weekday = self.words.say("page-weekdays").split("|")[day.weekday()]
            dated = self.words.on(day)
            found = f"{dated} {weekday}" if self.words.language == "zh" else f"{weekday} {dated}"
            self._dates[day] = found
        return found

    # ---- how much it matters ----------------------------------------------------------------------------------------

    def level(self, told: Explanation) -> list[str]:
        """Urgency, impact, matrix, raises; for what nobody has classified, what is assumed."""
        level, say = told.level, self.words.say
        if level is None or told.matter is None:
            return [say("page-why-unclassified")]
        effective = self.words.on(told.edition(level.edition).effective)
        matrix = say("page-why-matrix", urgency=level.urgency, impact=level.impact, level=level.plain, date=effective)
        found = [
            say("page-why-urgency", urgency=level.urgency),
            say("page-why-impact", impact=level.impact),
            self._written(matrix, "matrix", level.edition, level.urgency),
        ]
        if told.one.state.raised:
            found.append(say("page-why-raised", n=told.one.state.raised, level=level.level))
        return [*found, self._because(told.matter), *self._keywords(told.matter), *self._weighing(told)]

    def _weighing(self, told: Explanation) -> list[str]:
        """What raised urgency and impact while a machine classified it, and who is to confirm the level."""
        policy, said = told.policy, told.matter.said if told.matter else None
        raising = reasons_of(said.because) if said and said.by in MACHINES else ()
        found = [self._written(one.said(self.words.language, policy), *_elsewhere(one)) for one in raising]
        if policy.triage.major and to_confirm([told.one], policy, told.now):
            found.append(self.words.say("page-why-to-confirm", needs=self._role(policy.triage.major.needs)))
        return found

    def _role(self, role: str) -> str:
        return self.words.say(f"handbook-role-{role}")

    def _because(self, matter: Matter) -> str:
        """Who gave urgency and impact, and why."""
        who = self.words.person(matter.said.by)
        if matter.said.because is None:
            return self.words.say("page-why-by", who=who)
        said = escape(self.words.say("page-why-because", who=who))
        return said + Markup(line(matter.said.because))  # noqa: S704 - escaping made it

    def _keywords(self, matter: Matter) -> list[str]:
        known = (rule for rule in matter.rules if ("keyword", rule) in self.origins)
        return [self._written(self.words.say("page-why-keyword", id=rule), "keyword", rule) for rule in known]

    def _written(self, said: str, *part: str | int) -> str:
        """A reason with the place where the policy says so, and the commit that brought it, as far as they are known."""
        found = self.origins.get(part)
        if found is None:
            return said
        say, file = self.words.say, found.file.removeprefix("policy/")
        if found.uncommitted:
            return say("page-why-origin-uncommitted", said=said, file=file, line=found.line)
        if found.change is None:
            return say("page-why-origin-plain", said=said, file=file, line=found.line)
        day = self.words.day(found.change.at)
        return say("page-why-origin", said=said, file=file, line=found.line, commit=found.change.id[:7], date=day)

    # ---- whose it is ------------------------------------------------------------------------------------------------

    def owner(self, told: Explanation) -> list[str]:
        """Who gave it to its owner, or by which rule it lies with a coordinator; nothing without an owner."""
        owner, words = told.owner, self.words
        found = []
        if owner.person is None:
            return []
        department = words.department(owner.department)
        if owner.assigned:
            who, time = words.person(owner.assigned.by), words.dated(owner.assigned.at)
            found.append(words.say("page-why-assigned", who=who, time=time))
        elif told.matter and department:
            category = words.category(told.matter.said.category)
            said = words.say("page-why-category", category=category, department=department)
            found.append(self._written(said, "category", told.matter.said.category))
        if owner.accepted:
            who, time = words.person(owner.accepted.by), words.dated(owner.accepted.at)
            found.append(words.say("page-why-accepted", who=who, time=time))
        if not owner.is_named:
            code = "page-why-coordinator" if department else "page-why-desk"
            said = words.say(code, department=department)
            found.append(self._written(said, "department", owner.department or ""))
        if owner.deputy:
            found.append(words.say("page-why-deputy", deputy=words.person(owner.deputy)))
        return found

    # ---- when it is due ---------------------------------------------------------------------------------------------

    def accounts(self, told: Explanation, traced: Sequence[Sequence[Step]]) -> list[Account]:
        """How each deadline came about, of the clocks that have started."""
        pairs = zip(told.clocks, traced, strict=True)
        return [self._account(clock, based, steps, told) for (clock, based), steps in pairs]

    def _account(self, clock: Clock, based: Basis | None, steps: Sequence[Step], told: Explanation) -> Account:
        found = account(clock, based, steps, self.telling)
        said = outcome(clock, self.telling, None)
        if said:
            state = self.words.say(f"cli-clockstate-{clock.state}")
            found.append(self.words.say("explain-clock-state", state=state, outcome=said))
        return Account(
            name=self.words.say(f"page-clock-{clock.name}"),
            target=self._target(clock, told),
            rule=self._rule(based, told) if based else "",
            lines=_listed([one[:1].upper() + one[1:] for one in found]),
        )

    def _target(self, clock: Clock, told: Explanation) -> str:
        """Where it starts, and how much of which time it has; when it is due is told at the end of the trace."""
        assert clock.shown is not None
        start, target = self.telling.moment(clock.shown.start), _target(told.one, clock, self.words)
        return self.words.say("page-why-target", start=start, target=target, calendar=clock.calendar)

    def _rule(self, based: Basis, told: Explanation) -> str:
        """The rule of a target; so many items have the same that each is worded once."""
        asked = (based.edition, based.rule)
        if asked not in self._rules:
            effective = self.words.on(told.edition(based.edition).effective)
            said = self.words.say("page-why-rule", rule=based.rule + 1, date=effective)
            self._rules[asked] = self._written(said, "rule", *asked)
        return self._rules[asked]


def _elsewhere(reason: Reason) -> tuple[str, ...]:
    """Where the policy says so; keyword rules are told with theirs already."""
    return () if reason.part[:1] == ("keyword",) else reason.part


def _listed(lines: Sequence[str]) -> Markup:
    """Lines as entries of a list; empty without any."""
    if not lines:
        return Markup()
    entries = str(escape("\n".join(lines))).replace("\n", "</li><li>")
    return Markup(f"<li>{entries}</li>")  # noqa: S704 - escaped above


def beneath(one: Standing, clock: Clock, words: Words, tell: Tell) -> str:
    """What stands under a clock of an item: when it is or was due, and its target."""
    target = _target(one, clock, words)
    if clock.state == "paused":
        return rows.waits(one, words) or words.say("page-target", target=target)
    if clock.due is None or clock.state in ("met", "cancelled"):
        return words.say("page-target", target=target)
    return words.say("page-due-target", time=tell(clock.due), target=target)


_UNSTARTED = {
    "pending": "page-why-not-started",
    "cancelled": "page-why-cancelled",
    "no-data": "page-why-unknown",
}


def unstarted(one: Standing, words: Words) -> list[str]:
    """The clocks that have not started, a line for each state they are in."""
    found = []
    for state, code in _UNSTARTED.items():
        there = (clock for clock in one.clocks if clock.shown is None and clock.state == state)
        names = [words.say(f"page-clock-{clock.name}") for clock in there]
        if names:
            found.append(words.say(code, names=tuple(names)))
    return found


def _target(one: Standing, clock: Clock, words: Words) -> str:
    return words.target(_edition_of(one, clock, words), clock.rule, clock.target, clock.calendar)


def _edition_of(one: Standing, clock: Clock, words: Words) -> Edition:
    """The rules a clock is judged by: those in force when it started."""
    return words.policy.edition((clock.started or one.item.received).astimezone(words.zone).date())
