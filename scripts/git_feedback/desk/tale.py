"""An item's life while its events are told.  It takes what history should not hold (checks tell) as it stands."""

from collections.abc import Callable, Mapping
from datetime import date

from git_feedback.desk.life import FINISHED, OPEN, STEPS
from git_feedback.desk.ranks import next_rung
from git_feedback.desk.rulebook import Rulebook, Span, Weight, seconds_of
from git_feedback.desk.whereabouts import Planned, State
from git_feedback.model import Event, Item
from git_feedback.model import events as ev

MACHINES = ("import", "intake", "rules", "model", "nightly")
"""Actors that are no people."""

_OPEN = frozenset(OPEN)
_UNKNOWN = (None, None)
_UNWEIGHED = Weight(None, None, 0, "", "")
_PLAIN = ""
"""What a question asks for that names no fields."""


class Tale:
    """An item's life up to some event.

    Waiting lies over the other states: an item that waits can be assigned and accepted, and is still waited for.
    """

    __slots__ = (
        "_since", "asked", "asleep", "asleep_since", "assigned_to", "before_duplicate", "beneath", "book",
        "category", "confirmed", "copied_to", "duplicate_of", "events", "exempt", "first_solver", "held",
        "helpers", "hidden", "item", "landed", "links", "owner", "paused_since", "pauses", "planned", "raised",
        "received", "resolved_by", "returns", "snoozed_until", "split_into", "tags", "task_force", "told",
        "unsatisfied", "urgency_and_impact", "verbs", "verdict", "weights",
    )  # fmt: skip

    def __init__(self, item: Item, book: Rulebook) -> None:
        self.item, self.book = item, book
        self.received = seconds_of(item.received)
        self.landed = seconds_of(item.landed) if item.landed else None
        self.told: list[tuple[int, Event]] = []
        """All that happened."""
        self.events: list[tuple[int, Event]] = []
        """What of it counts: neither what was retracted nor a duplicate that was none."""
        self.verbs: set[str] = set()
        """What has happened at all."""
        self.weights: list[tuple[int, Weight]] = [(self.received, _UNWEIGHED)]
        """What targets look at, each since when."""
        self.held: list[tuple[int, str]] = [(self.received, "")]
        """Which department had it, each since when; at first none."""
        self.pauses: list[Span] = []
        """Spans in which an answer was awaited that stops the clocks; the one that goes on began `paused_since`."""
        self.paused_since: int | None = None
        self.asleep: list[Span] = []
        """Spans in which it was closed, rejected or a duplicate; the one that goes on began `asleep_since`."""
        self.asleep_since: int | None = None
        self.asked: dict[str, str] = {}
        """What is awaited (fields by name), and from whom."""
        self.beneath, self._since = "new", item.received
        self.assigned_to: str | None = None
        self.category: str | None = None
        self.urgency_and_impact: tuple[int, int] | None = None
        self.raised = self.returns = 0
        self.owner: str | None = None
        self.helpers: tuple[str, ...] = ()
        self.tags: tuple[str, ...] = ()
        self.confirmed = False
        self.verdict: str | None = None
        self.duplicate_of: str | None = None
        self.resolved_by: str | None = None
        self.unsatisfied = 0
        self.first_solver: str | None = None
        self.task_force = False
        self.planned: Planned | None = None
        self.snoozed_until: date | None = None
        self.exempt: dict[str, date] = {}
        self.copied_to: tuple[str, ...] = ()
        self.links: tuple[tuple[str, str], ...] = ()
        self.split_into: tuple[str, ...] = ()
        self.before_duplicate: tuple[str, dict[str, str]] = "new", {}
        """The state that lay beneath, and what was awaited."""
        self.hidden: frozenset[tuple[str, int]] = frozenset()
        """Events that were retracted, by verb and second."""

    # ---- what it is now ---------------------------------------------------------------------------------------------

    @property
    def life(self) -> str:
        """The state it stands in."""
        return "waiting" if self.asked else self.beneath

    @property
    def short(self) -> bool:
        """Whether it takes the short lane."""
        category = self.book.policy.categories.get(self.category or "")
        return category is not None and category.short

    @property
    def department(self) -> str | None:
        """Where it was assigned; before that, where its category belongs."""
        if self.assigned_to or not self.category:
            return self.assigned_to
        category = self.book.policy.categories.get(self.category)
        return category.department if category else None

    @property
    def waiting_for(self) -> str | None:
        """submitter or partner; the submitter where both are awaited."""
        if not self.asked:
            return None
        return "submitter" if "submitter" in self.asked.values() else "partner"

    def state(self) -> State:
        """All of it, as a value."""
        life, department = self.life, self.department
        urgency, impact = self.urgency_and_impact or (None, None)
        return State(
            id=self.item.id,
            life=life,
            since=self._since,
            category=self.category,
            urgency=urgency,
            impact=impact,
            level=None if urgency is None else self.book.level(self.received, self.weights[-1][1]),
            raised=self.raised,
            department=department,
            owner=self.owner or (None if life == "new" else self._coordinator(department)),
            helpers=self.helpers,
            tags=self.tags,
            confirmed=self.confirmed,
            returns=self.returns,
            before_waiting=self.beneath if self.asked else None,
            waiting_for=self.waiting_for,
            missing=tuple(name for name in self.asked if name != _PLAIN),
            verdict=self.verdict,
            duplicate_of=self.duplicate_of,
            short=self.short,
            resolved_by=self.resolved_by,
            unsatisfied=self.unsatisfied,
            first_solver=self.first_solver,
            task_force=self.task_force,
            planned=self.planned,
            snoozed_until=self.snoozed_until,
            exempt=tuple(self.exempt.items()),
            copied_to=self.copied_to,
            links=self.links,
            split_into=self.split_into,
        )

    def _coordinator(self, name: str | None) -> str:
        department = self.book.policy.departments.get(name or "")
        return department.coordinator if department else self.book.policy.desk.coordinator

    # ---- what happens -----------------------------------------------------------------------------------------------

    def tell(self, second: int, event: Event) -> None:
        """One more event, the newest."""
        verb, beneath, asked = event.verb, self.beneath, self.asked
        self.told.append((second, event))
        self.events.append((second, event))
        self.verbs.add(verb)
        if verb in _TELLS_ONLY:
            return
        effect = _EFFECTS.get(verb)
        after = self.beneath = (effect(self, event) if effect else None) or _LEADS_TO[verb] or beneath
        if verb == "retract":  # told anew: since when and how long is as if it had never been
            return
        if after not in _OPEN:
            self.asked = {}
        if after == beneath and self.asked is asked:
            return
        if ("waiting" if asked else beneath) != self.life:
            self._since = event.at
        if self.asked or self.paused_since is not None:
            self.paused_since = _span(self.pauses, self.paused_since, self._is_paused(), second)
        if after != beneath:
            self.asleep_since = _span(self.asleep, self.asleep_since, after in FINISHED, second)

    def _is_paused(self) -> bool:
        if not self.asked:
            return False
        return self.waiting_for == "submitter" or self.book.edition(self.received).pauses_for_partner

    def weigh(self) -> None:
        """Note what targets look at from the newest event on.

        What was assumed before the first classification was no level: that one counts from the start.
        """
        urgency, impact = self.urgency_and_impact or _UNKNOWN
        department = self.department or ""
        weight = Weight(urgency, impact, self.raised, self.category or "", department)
        if department != self.held[-1][1]:
            self.held.append((self.events[-1][0], department))
        if self.weights[-1][1].urgency is None:
            self.weights = [(self.received, weight)]
        elif weight != self.weights[-1][1]:
            self.weights.append((self.events[-1][0], weight))


def _span(spans: list[Span], since: int | None, goes_on: bool, second: int) -> int | None:
    """Since when a span goes on after this second; one that ends now joins `spans`."""
    if goes_on:
        return second if since is None else since
    if since is not None:
        spans.append((since, second))
    return None


_LEADS_TO = {verb: step.leads_to for verb, step in STEPS.items()}

# What each event changes.  An effect gives the state that lies beneath waiting, or None where the table says it.


def _classify(tale: Tale, event: Event) -> str | None:
    """A person's word is never overwritten by a machine, and replaces whatever raised the level before."""
    assert isinstance(event, ev.Classify)
    by_person = event.by not in MACHINES
    if by_person or not tale.confirmed:
        tale.category, tale.tags = tale.book.category_ids.get(event.category, event.category), event.tags
        tale.urgency_and_impact = event.urgency, event.impact
        if by_person:
            tale.confirmed, tale.raised = True, 0
        tale.weigh()
    return "triaged" if tale.beneath == "new" else None


def _assign(tale: Tale, event: Event) -> str | None:
    """Without a person it lies with the coordinator, as it does after triage."""
    assert isinstance(event, ev.Assign)
    tale.assigned_to = tale.book.department_ids.get(event.department, event.department)
    tale.owner, tale.helpers, tale.task_force = event.owner, event.helpers, event.task_force
    tale.weigh()
    if event.owner:
        return None
    return "triaged" if tale.beneath in ("new", "triaged", "returned") else tale.beneath


def _accept(tale: Tale, event: Event) -> None:
    if event.by not in MACHINES:
        tale.owner = event.by


def _return(tale: Tale, _event: Event) -> None:
    tale.owner, tale.returns = None, tale.returns + 1


def _ask(tale: Tale, event: Event) -> str:
    assert isinstance(event, ev.Ask)
    if tale.beneath in OPEN:
        tale.asked = tale.asked | dict.fromkeys(event.missing or (_PLAIN,), event.whom)
    return tale.beneath


def _supply(tale: Tale, event: Event) -> None:
    """Fields that it names are answered, and so is a question that named none; without names it answers everything."""
    assert isinstance(event, ev.Supply)
    answered = {*event.supplied, _PLAIN} if event.supplied else set(tale.asked)
    tale.asked = {name: whom for name, whom in tale.asked.items() if name not in answered}


def _resolve(tale: Tale, event: Event) -> None:
    tale.resolved_by = event.by


def _review(_tale: Tale, event: Event) -> str:
    assert isinstance(event, ev.Review)
    return "reviewed" if event.verdict == "pass" else "accepted"


def _follow_up(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.FollowUp)
    tale.verdict = event.verdict


def _reopen(tale: Tale, event: Event) -> None:
    """Not satisfied it is somebody else's: the next rung above whoever solved it."""
    assert isinstance(event, ev.Reopen)
    tale.duplicate_of = None
    if event.kind == "unsatisfied":
        tale.unsatisfied += 1
        tale.first_solver = tale.resolved_by or tale.first_solver or tale.owner
        tale.owner = next_rung(tale.book.policy, tale.department, tale.first_solver, tale.unsatisfied)
        _escalate(tale, event)
    tale.resolved_by = None


def _escalate(tale: Tale, _event: Event) -> None:
    tale.raised += 1
    tale.weigh()


def _duplicate(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.Duplicate)
    if tale.beneath != "duplicate":
        tale.before_duplicate = tale.beneath, tale.asked
    tale.duplicate_of = event.of


def _plan(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.Plan)
    tale.planned = Planned(event.what, event.due, event.by)


def _set_aside(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.Snooze | ev.Exempt)
    if isinstance(event, ev.Snooze):
        tale.snoozed_until = event.until
    else:
        tale.exempt[event.clock] = event.until


def _gather(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.Copy | ev.Split)
    if isinstance(event, ev.Copy):
        to = (tale.book.department_ids.get(one, one) for one in event.to)
        tale.copied_to = tuple(dict.fromkeys((*tale.copied_to, *to)))
    else:
        tale.split_into = tuple(dict.fromkeys((*tale.split_into, *event.into)))


def _link(tale: Tale, event: Event) -> None:
    assert isinstance(event, ev.Link)
    tale.links = tuple(dict.fromkeys((*tale.links, (event.kind, event.to))))


def _unlink(tale: Tale, event: Event) -> str | None:
    """A duplicate stands again where it stood before, and what was awaited then is awaited again.

    Of another item than the one it is a duplicate of, it says that the two were looked at and are no pair.
    """
    assert isinstance(event, ev.Unlink)
    if event.kind != "duplicate":
        tale.links = tuple(link for link in tale.links if link != (event.kind, event.to))
        return None
    if tale.beneath != "duplicate" or event.to != tale.duplicate_of:
        return None
    tale.duplicate_of = None
    last = max(place for place, (_, other) in enumerate(tale.events) if other.verb == "duplicate")
    del tale.events[last]
    before, tale.asked = tale.before_duplicate
    return before


def _retract(tale: Tale, event: Event) -> str:
    """The life is told anew without the event that should not stand in it, nor those that were taken back before."""
    assert isinstance(event, ev.Retract)
    told, hidden = tale.told, tale.hidden | {(event.what, seconds_of(event.when))}
    tale.__init__(tale.item, tale.book)  # type: ignore[misc]  # it begins anew
    tale.hidden = hidden
    for second, other in told:
        if other.verb == "retract":
            tale.events.append((second, other))
        elif (other.verb, second) not in hidden:
            tale.tell(second, other)
    tale.told = told
    tale.verbs.add(event.verb)
    return tale.beneath


_EFFECTS: Mapping[str, Callable[[Tale, Event], str | None]] = {
    "classify": _classify,
    "assign": _assign,
    "accept": _accept,
    "return": _return,
    "ask": _ask,
    "supply": _supply,
    "resolve": _resolve,
    "review": _review,
    "follow-up": _follow_up,
    "reopen": _reopen,
    "escalate": _escalate,
    "duplicate": _duplicate,
    "plan": _plan,
    "snooze": _set_aside,
    "exempt": _set_aside,
    "copy": _gather,
    "split": _gather,
    "link": _link,
    "unlink": _unlink,
    "retract": _retract,
}
_TELLS_ONLY = frozenset(verb for verb, leads_to in _LEADS_TO.items() if not (leads_to or verb in _EFFECTS))
"""Verbs that change nothing but what is known."""
