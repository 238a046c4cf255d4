"""What of a record each audience may see.  The one place where a record is narrowed, before any page is made of it.

Pages are chosen by audience too (`pages.views`), and either would do alone: a page that forgets for whom it is made
finds nothing here that it could tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from git_feedback.desk import Standing, happened
from git_feedback.jobs.erasing import attached
from git_feedback.learning.editions import for_public
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.model.item import Submitter
from git_feedback.model.measures import Measure
from git_feedback.pages.audience import Audience, Kind
from git_feedback.pages.knowledge import for_everybody, plain
from git_feedback.pages.page import Record
from git_feedback.pages.views.track import STEPS
from git_feedback.policy import Name, Policy

_FIELDS = frozenset({"verb", "at", "whom", "what", "when"})
"""What stays of an event that a submitter may know of."""
_NOBODY = "intake"


def narrowed(record: Record) -> Record:
    """The record as the audience that it names may see it; a record that is narrowed already stays as it is."""
    return _NARROWED[record.audience.kind](record)


def readable(sources: Mapping[str, bytes], audience: Audience, items: Iterable[Item]) -> Mapping[str, bytes]:
    """The sources of a site as an audience may see them; no line of what somebody wrote stands in an article of ours."""
    if not audience.is_public:
        return sources
    said = (text for item in items for text in (item.title, *(item.text or "").splitlines()))
    return for_everybody(sources, {plain(line) for line in said})


def concerned(one: Standing, record: Record) -> set[str]:
    """The departments that an item concerns: that have it, had it, were told of it, or whose people work on it."""
    policy = record.policy
    people = {person: found.department for person, found in policy.people.items()}
    named = [one.state.department, *(people.get(who) for who in (one.state.owner, *one.state.helpers) if who)]
    for event in happened(one.item, record.now):
        if isinstance(event, ev.Assign):
            hands = (event.owner, *event.helpers)
            named += [event.department, *(people.get(who) for who in hands if who)]
        elif isinstance(event, ev.Copy):
            named += event.to
    return {policy.department_ids.get(name, name) for name in named if name}


# ---- everybody at the desk --------------------------------------------------------------------------------------------


def _whole(record: Record) -> Record:
    return record


# ---- one department ---------------------------------------------------------------------------------------------------

SHARED = (
    "now",
    "fixed",
    "commit",
    "audience",
    "origins",
    "kept",
    "articles",
    "training",
    "by_hand",
    "versions",
    "editions",
    "helped",
)
"""What every department sees as the team does: no word of an item is in it."""
BY_ITEM = ("advice", "digests", "replies")
"""What is kept by the id of an item."""


def _of_department(record: Record) -> Record:
    """Its items, and what is computed from them alone; issued reports are about the whole desk, so none is here."""
    department = record.audience.department
    standings = [one for one in record.standings if department in concerned(one, record)]
    there = {one.item.id for one in standings}
    files = {path.removeprefix("feedback/") for one in standings for path in attached(one.item)}
    measures = list(_measures_of(there, record.measures))
    named = there | {one.id for one in measures}
    shared: dict[str, Any] = {name: getattr(record, name) for name in SHARED}
    by_item: dict[str, Any] = {name: _of(getattr(record, name), there) for name in BY_ITEM}
    return Record(
        **shared,
        **by_item,
        policy=_called(record.policy, department),
        standings=standings,
        measures=measures,
        passes=[one for one in record.passes if _department_of(one.person, record.policy) == department],
        issued=[],
        problems=[problem for problem in record.problems if _stem(problem.file) in named],
        pairs=[pair for pair in record.pairs if pair.id in there and pair.original in there],
        recurring=[one for one in record.recurring if there.issuperset(one.ids)],
        attachments={path: along for path, along in record.attachments.items() if path in files},
    )


def _department_of(person: str, policy: Policy) -> str:
    found = policy.people.get(person)
    return policy.department_ids.get(found.department, found.department) if found else ""


def _of(found: Mapping[str, Any], there: set[str]) -> dict[str, Any]:
    return {name: one for name, one in found.items() if name in there}


def _called(policy: Policy, department: str) -> Policy:
    """The policy with the department's name behind the desk's: so every page says for whom it is."""
    found = policy.departments.get(department)
    desk = policy.desk
    if found is None or desk.name.en.endswith(f" · {found.name.en}"):
        return policy
    name = Name(en=f"{desk.name.en} · {found.name.en}"[:300], zh=f"{desk.name.zh} · {found.name.zh}"[:300])
    return replace(policy, desk=desk.model_copy(update={"name": name}))


def _measures_of(there: set[str], measures: Iterable[Measure]) -> Iterator[Measure]:
    """Measures behind which items of the department are, naming those alone."""
    for one in measures:
        items = tuple(name for name in one.items if name in there)
        if items:
            yield one.model_copy(update={"items": items})


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yml").removesuffix(".yaml")


# ---- the public -------------------------------------------------------------------------------------------------------


def _public(record: Record) -> Record:
    """What submitters may look up by their number, and what is told to everybody; words and names are not there."""
    return Record(
        policy=_without_people(record.policy),
        standings=[_bare(one) for one in record.standings],
        problems=[],
        issued=[],
        now=record.now,
        fixed=record.fixed,
        commit="",
        measures=[_told(one) for one in record.measures if one.is_told],
        audience=record.audience,
        editions=for_public(record.editions),
    )


def _without_people(policy: Policy) -> Policy:
    """The rules that a submitter may know: no people, departments, keywords, or ways to tell staff.

    Boxes stay: who reads the code on one comes to the form of this site, and what it says hangs on the box anyway.
    """
    desk = policy.desk.model_copy(update={"coordinator": _NOBODY, "views": ()})
    return replace(
        policy,
        desk=desk,
        people={},
        departments={},
        alarms=(),
        rules=(),
        screens=(),
        negations={},
        notify=None,
        templates={},
    )


def _bare(one: Standing) -> Standing:
    """An item as its own submitter may know it: when it came, how far it is, and no word of anybody."""
    item, state = one.item, one.state
    is_anonymous = item.submitter is not None and item.submitter.kind == "anonymous"
    bare = Item.model_construct(
        id=item.id,
        received=item.received,
        record=item.record,
        channel=item.channel,
        title=item.id,
        submitter=Submitter(kind="anonymous") if is_anonymous else None,
        receipt=item.receipt,
        history=tuple(_bare_event(event) for event in item.history if event.verb in _SEEN),
    )
    told = state._replace(
        category=None,
        level=None,
        department=None,
        owner=None,
        helpers=(),
        tags=(),
        resolved_by=None,
        first_solver=None,
        planned=None,
        copied_to=(),
        links=tuple(link for link in state.links if link[0] == "measure"),
    )
    return Standing(bare, told, one.clocks)


_SEEN = frozenset({*STEPS, "ask", "retract"})


def _bare_event(event: Event) -> ev.AnyEvent:
    """An event with its verb and its moment; what it must hold beside them is empty."""
    kept: dict[str, Any] = {
        name: getattr(event, name) if name in _FIELDS else ""
        for name, field in type(event).model_fields.items()
        if name in _FIELDS or (field.is_required() and name != "by")
    }
    made: ev.AnyEvent = ev.VERBS[event.verb].model_construct(by=_NOBODY, **kept)  # type: ignore[assignment]
    return made


_NOT_TOLD = {"problem": None, "counts": None, "expects": None}


def _told(measure: Measure) -> Measure:
    """A measure as it is told: not whose it is, and not what is written about it for the team."""
    return measure.model_copy(update={"what": "", "why": "", "owner": _NOBODY} | _NOT_TOLD)


_NARROWED: Mapping[Kind, Callable[[Record], Record]] = {
    "team": _whole,
    "public": _public,
    "department": _of_department,
}
