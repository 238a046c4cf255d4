"""Due dates as calendars to subscribe to: `due-<person>.ics` for everybody who works here, `due-all.ics` for the desk.

One event for every clock that runs, at the moment its time is used up; what stands still has no such moment.  A person
without any has an empty calendar: if the file went away, subscribers would keep what was done long ago.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC

from icalendar import Calendar, Event, vText

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.model import ids
from git_feedback.pages.page import File, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.api import INTERVAL
from git_feedback.pages.views.words import Words
from git_feedback.policy import Policy
from git_feedback.text import visible

ALL = "all"
_PRODUCT = "-//git-feedback//due dates//EN"
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]")

Due = tuple[Standing, Clock]


def files(record: Record) -> Iterator[File]:
    """A calendar for all, and one for each person of the policy, in the desk's language."""
    words = Words(record, record.policy.desk.language)
    made = [(one, _event(one, clock, record, words)) for one, clock in due(record.standings)]
    title = record.policy.desk.name.said(words.language)
    yield File(path(ALL), _calendar(words.say("board-feed-all", desk=title), [event for _, event in made]))
    by_owner: dict[str | None, list[Event]] = defaultdict(list)
    for one, event in made:
        by_owner[one.state.owner].append(event)
    for person, name in names(record.policy).items():
        said = words.say("board-feed-of", desk=title, name=words.person(person))
        yield File(path(name), _calendar(said, by_owner[person]))


def due(standings: Sequence[Standing]) -> list[Due]:
    """Every clock that runs, late ones among them, soonest first; imported history is not reproached with its past."""
    found = [
        (one, clock)
        for one in standings
        for clock in one.clocks
        if clock.state == "running" or (clock.state == "breached-open" and one.item.record != "history")
    ]
    return sorted(found, key=_in_order)


def _in_order(found: Due) -> tuple[int, str, str]:
    one, clock = found
    return (clock.shown.end if clock.shown else 0), one.item.id, clock.name


def path(name: str) -> str:
    """Where a calendar lies, below the top of the site."""
    return f"due-{name}.ics"


def names(policy: Policy) -> dict[str, str]:
    """What each person is called in the name of a file."""
    return dict(zip(policy.people, plain_names(policy.people), strict=True))


def plain_names(ids: Iterable[str]) -> list[str]:
    """Each id without what no name of a file may hold; every name once, and none is `all`."""
    found: list[str] = []
    for identity in ids:
        plain = _NOT_IN_NAMES.sub("-", identity)
        name, number = plain, 1
        while name in (ALL, *found):
            number += 1
            name = f"{plain}-{number}"
        found.append(name)
    return found


def listed(record: Record, words: Words) -> list[Mapping[str, object]]:
    """The calendars as the board lists them: all, then people with what they have, who has something first."""
    owners = Counter(one.state.owner for one, _ in due(record.standings))
    people = [
        {"path": path(name), "name": words.person(person), "count": owners[person]}
        for person, name in names(record.policy).items()
    ]
    everything = {"path": path(ALL), "name": words.say("board-feed-everything"), "count": owners.total()}
    return [everything, *sorted(people, key=lambda one: not one["count"])]


def _calendar(title: str, events: Sequence[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(title))
    made.add("refresh-interval", INTERVAL, parameters={"value": "DURATION"})
    for event in events:
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _event(one: Standing, clock: Clock, record: Record, words: Words) -> Event:
    """A clock's last moment; it takes no time, so nobody counts as busy then."""
    item, level = one.item, one.state.level or ""
    made = Event()
    made.add("uid", f"{item.id}-{clock.name}-{len(clock.cycles)}@{record.policy.desk.prefix.lower()}.git-feedback")
    made.add("dtstamp", record.now.astimezone(UTC).replace(microsecond=0))
    if clock.due:
        made.add("dtstart", clock.due.astimezone(UTC))
    made.add("summary", _summary(one, clock, words))
    made.add("description", "\n".join(_description(one, clock, words)))
    address = address_of(item.id, record.policy)
    if address:
        made.add("url", address)
    if level:
        made.add("categories", [level])
    made.add("transp", "TRANSPARENT")
    return made


def _summary(one: Standing, clock: Clock, words: Words) -> str:
    """`P1 First answer: what the customer said · Q...`; hidden characters show, and it is one line."""
    said = words.say("board-feed-event", clock=words.say(f"page-clock-{clock.name}"))
    title = " ".join(visible(one.item.title).split())
    return f"{one.state.level or ''} {said}{title} · {one.item.id}".lstrip()


def _description(one: Standing, clock: Clock, words: Words) -> Iterator[str]:
    """Whose it is, what was promised, where its page is in the site."""
    whose = (words.department(one.state.department), words.person(one.state.owner))
    yield " · ".join(name for name in whose if name) or words.say("page-no-owner")
    edition = words.policy.edition((clock.started or one.item.received).astimezone(words.zone).date())
    yield words.say("page-target", target=words.target(edition, clock.rule, clock.target, clock.calendar))
    yield f"{words.language}/{rows.path(one.item.id)}"


def address_of(item_id: str, policy: Policy) -> str:
    """The item's file at the repository's host; empty where the policy does not say where that is."""
    repository = (policy.desk.repository or "").removesuffix("/").removesuffix(".git")
    return f"{repository}/blob/HEAD/{ids.path(item_id)}" if repository.startswith("https://") else ""
