"""api/queue.json: every item of a desk as columns, small enough to fetch whole.

Items stand in the order of arrival.  Where a column is closed vocabulary, it is one string of `count` digits of base 64
(0-9 A-Z a-z - _; with more than 63 words `count` high digits and then `count` low ones, and so on): 0 is nothing, else the place
in `words`, from 1.  Ids are cut to six characters: `days` says which date how many of them have, the check character
follows from both, and what does not fit stands whole in `odd`.  `received` counts minutes from one item to the next.

Time goes by for what is not finished: `open` has columns of its own for those rows alone.  Of a finished item the kind of
its clock is kept, and in `late` by how many minutes it was late.  What few items have stands as [row, value].
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from git_feedback.clock import Calendar
from git_feedback.desk import Standing
from git_feedback.desk.life import OPEN, STATES, UNFINISHED
from git_feedback.desk.sla import Clock
from git_feedback.model import ids
from git_feedback.pages.page import Record
from git_feedback.pages.views import rows, tokens
from git_feedback.pages.views.rendering import Both
from git_feedback.pages.views.words import Words
from git_feedback.policy import Policy

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
CLOCKS = ("running", "soon", "breached", "paused", "met", "done-late", "pending", "cancelled", "no-data")
"""What the clock of a row is at the moment of the build; `breached` is late and not answered yet."""
REF = 8
"""So many characters of a reference at least: those that a query needs."""
OLDER = 60
"""So many working days back the site knows."""

_NAMED = ("department", "owner", "channel", "category", "area", "language", "ref")
Sparse = list[list[object]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The words of a column, in the order in which they got their places."""

    places: dict[str, int]

    @classmethod
    def of(cls, words: Iterable[str] = ()) -> "Shelf":
        """A shelf that holds these words from the beginning."""
        return cls({word: place for place, word in enumerate(dict.fromkeys(words), 1)})

    def place(self, word: str | None) -> int:
        """The place of a word, from 1; 0 for nothing."""
        return self.places.setdefault(word, len(self.places) + 1) if word else 0

    def column(self, words: Iterable[str | None]) -> str:
        """Words as digits of base 64."""
        places = [self.place(word) for word in words]
        planes = range(max(1, -(-len(self.places).bit_length() // 6)) - 1, -1, -1)
        return "".join(DIGITS[place >> 6 * plane & 63] for plane in planes for place in places)


def columns(
    record: Record, both: Both, views: Sequence[Mapping[str, str]] = (), *, texts: bool = False
) -> dict[str, object]:
    """Every item as columns, with what their words mean in each language; `texts` says that api/texts.json is there."""
    standings, policy = record.standings, record.policy
    shelves = {"level": Shelf.of(_levels(policy)), "life": Shelf.of(STATES), "clock": Shelf.of(CLOCKS)}
    known = _known(policy)
    shelves.update({name: Shelf.of(known.get(name, ())) for name in (*_NAMED, "name", "calendar", "target", "waits")})
    found = {
        "now": int(record.now.timestamp()),
        "count": len(standings),
        "states": {"open": len(OPEN), "unfinished": len(UNFINISHED)},
        "rows": _rows(record, shelves, both),
        "known": {name: len(shelf) for name, shelf in known.items()},
        "former": {"department": dict(policy.department_ids), "category": dict(policy.category_ids)},
        "older": _older(record),
        "views": list(views),
        "texts": texts,
    }
    return {**found, "words": _named(shelves, both)}


def _levels(policy: Policy) -> list[str]:
    return sorted({level for edition in policy.editions for level in edition.levels})


def _known(policy: Policy) -> dict[str, list[str]]:
    """What a column may hold by the policy of now; the shelf goes on with what only items know."""
    return {
        "department": list(policy.departments),
        "owner": list(policy.people),
        "channel": list(policy.channels),
        "category": list(policy.categories),
    }


# ---- rows -----------------------------------------------------------------------------------------------------------


def _rows(record: Record, shelves: Mapping[str, Shelf], both: Both) -> dict[str, object]:
    standings, now = record.standings, int(record.now.timestamp())
    ref_of = _refs(standings)
    values: dict[str, Callable[[Standing], str | None]] = {
        "level": lambda one: one.state.level,
        "life": lambda one: one.state.life,
        "department": lambda one: one.state.department,
        "owner": lambda one: one.state.owner,
        "channel": lambda one: one.item.channel,
        "category": lambda one: one.state.category,
        "area": lambda one: one.item.area,
        "language": lambda one: one.item.language,
        "ref": lambda one: ref_of.get(_ref(one)),
        "clock": _clock,
    }
    return {
        **_ids([one.item.id for one in standings]),
        "title": [one.item.title for one in standings],
        **{name: shelves[name].column(map(value, standings)) for name, value in values.items()},
        "received": _minutes(standings),
        "open": _open(standings, shelves, now),
        "late": [-clock.left // 60 for one in standings if (clock := _stopped_late(one))],
        **_sparse(standings, shelves, both),
    }


def _ids(listed: Sequence[str]) -> dict[str, object]:
    """Ids by day and body."""
    odd = {str(row): item_id for row, item_id in enumerate(listed) if not _is_plain(item_id, listed[0])}
    days = [[day, len(list(those))] for day, those in groupby(item_id.partition("-")[0] for item_id in listed)]
    return {"day": days, "id": "".join(item_id.partition("-")[2][:6].ljust(6, "0") for item_id in listed), "odd": odd}


def _is_plain(item_id: str, first: str) -> bool:
    head, _, tail = item_id.partition("-")
    return head[:-6] == first.partition("-")[0][:-6] and ids.is_id(item_id) and len(tail) == 7


def _minutes(standings: Sequence[Standing]) -> list[int]:
    moments = [int(one.item.received.timestamp()) // 60 for one in standings]
    return [later - earlier for earlier, later in zip([0, *moments], moments, strict=False)]


def _refs(standings: Sequence[Standing]) -> dict[str, str]:
    """References of submitters who said more than one thing, each cut to as few characters as tell all of them apart."""
    counts = Counter(_ref(one) for one in standings)
    length = REF
    while len({ref[:length] for ref in counts}) < len(counts):
        length += 1
    return {ref: ref[:length] for ref, count in counts.items() if ref and count > 1}


def _ref(one: Standing) -> str:
    submitter = one.item.submitter
    return submitter.ref or "" if submitter else ""


# ---- clocks ---------------------------------------------------------------------------------------------------------


def _clock(one: Standing) -> str | None:
    clock = tokens.chosen(one)
    if clock is None:
        return None
    return "done-late" if clock.state == "breached" else tokens.kind(clock)


def _stopped_late(one: Standing) -> Clock | None:
    """The clock of a finished item that was late when it stopped."""
    clock = None if one.state.is_unfinished else tokens.chosen(one)
    return clock if clock and clock.state == "breached" else None


def _open(standings: Sequence[Standing], shelves: Mapping[str, Shelf], now: int) -> dict[str, object]:
    """One entry for each unfinished item with a clock.  `due` says how many seconds of the time until then do not count
    (a clock that goes on is due at now + left + these); `target` has its seconds as words."""
    clocks = [clock for one in standings if one.state.is_unfinished and (clock := tokens.chosen(one))]
    return {
        "due": [_due(clock) - now - clock.left if _due(clock) else 0 for clock in clocks],
        "left": [clock.left for clock in clocks],
        "name": shelves["name"].column(clock.name for clock in clocks),
        "target": shelves["target"].column(str(clock.target) for clock in clocks),
        "calendar": shelves["calendar"].column(clock.calendar for clock in clocks),
    }


def _due(clock: Clock) -> int:
    goes = clock.state in ("running", "breached-open")
    return int(clock.due.timestamp()) if goes and clock.due else 0


# ---- what few items have --------------------------------------------------------------------------------------------


def _sparse(standings: Sequence[Standing], shelves: Mapping[str, Shelf], both: Both) -> dict[str, Sparse]:
    values: dict[str, Callable[[Standing], object]] = {
        "planned": lambda one: str(one.state.planned.due or "") if one.state.planned else None,
        "snoozed": lambda one: str(one.state.snoozed_until) if one.state.snoozed_until else None,
        "force": lambda one: 1 if one.state.task_force else None,
        "copied": lambda one: list(one.state.copied_to) or None,
        "returned": lambda one: one.state.returns or None,
        "waits": lambda one: shelves["waits"].place(_waits(one, both)) or None,
    }
    return {
        name: [[row, found] for row, one in enumerate(standings) if (found := value(one)) is not None]
        for name, value in values.items()
    }


def _waits(one: Standing, both: Both) -> str:
    """What is awaited, in each language, as one word of the shelf."""
    if not (one.state.is_unfinished and one.state.waiting_for):
        return ""
    return "\n".join(rows.waits(one, words) for words in both.values())


# ---- words ----------------------------------------------------------------------------------------------------------


def _named(shelves: Mapping[str, Shelf], both: Both) -> dict[str, list[object]]:
    name_of: dict[str, Callable[[Words, str], str]] = {
        "level": Words.level,
        "life": Words.life,
        "department": Words.department,
        "owner": Words.person,
        "channel": Words.channel,
        "category": Words.category,
        "name": lambda words, name: words.say(f"page-clock-{name}"),
    }
    found: dict[str, list[object]] = {
        name: [
            {"id": word, **{language: name_of[name](words, word) for language, words in both.items()}}
            if name in name_of
            else word
            for word in shelf.places
        ]
        for name, shelf in shelves.items()
    }
    found["target"] = [int(str(seconds)) for seconds in found["target"]]
    found["waits"] = [dict(zip(both, str(said).split("\n"), strict=True)) for said in found["waits"]]
    return found


# ---- older:5wd ------------------------------------------------------------------------------------------------------


def _older(record: Record) -> list[int]:
    """For 1, 2 ... working days: what was received before this moment is older than so many."""
    office = record.policy.office
    return [int(moment) for moment in _firsts(office, record)]


def _firsts(office: Calendar, record: Record) -> Iterator[float]:
    """The beginning of the first day whose n-th working day is not over yet."""
    today = record.now.astimezone(office.tz).date()
    day = today + timedelta(days=1)
    for days in range(1, OLDER + 1):
        while record.now <= office.close_of_day(day - timedelta(days=1), days) and today - day < timedelta(days=400):
            day -= timedelta(days=1)
        yield _midnight(day, office)


def _midnight(day: date, office: Calendar) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=office.tz).timestamp()
