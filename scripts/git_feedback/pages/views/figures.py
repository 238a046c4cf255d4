"""JSON beside every page that draws figures: the same values, from the same functions, with keys that stay.

Moments are UTC (`2026-11-20T03:05:00Z`), days are days of the desk, seconds end in `_s`, hours in `_h` and `_wh`.  Items,
people, departments and categories are named by id.  The guide's page on data says what each key is; a test holds it to
that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from git_feedback.desk import Standing
from git_feedback.desk.majors import to_confirm
from git_feedback.escaping import json_file
from git_feedback.i18n import LANGUAGES, text
from git_feedback.insight import spikes
from git_feedback.insight.arrivals import register_by_channel
from git_feedback.insight.attainment import Attainment, Shelf
from git_feedback.insight.closings import Told, closings
from git_feedback.insight.coordination import Blocker, Matter, PingPong, coordination, ping_pong
from git_feedback.insight.hotspots import HotSpot
from git_feedback.insight.new_terms import NewTerm
from git_feedback.model import Problem
from git_feedback.model.measures import Both, Measure
from git_feedback.pages.cells import KINDS
from git_feedback.pages.page import File, Record
from git_feedback.pages.reports.reading import Reported, reported
from git_feedback.pages.views import home, measures, needs_human, once, rising, training_records
from git_feedback.pages.views.board.columns import sorted_out
from git_feedback.pages.views.month_so_far import so_far
from git_feedback.pages.views.words import Words, utc
from git_feedback.triage.pairing import Pair
from git_feedback.triage.recurring import Recurring

Value = dict[str, Any]


def files(record: Record) -> Iterator[File]:
    """Each of `DRAWN` that the audience gets, and `index.json`, which lists everything that is there to be read."""
    for name in drawn(record):
        yield File(f"api/{name}.json", json_file({"now": utc(record.now), **DRAWN[name](record)}).encode())
    yield File("api/index.json", json_file(_index(record)).encode())


def drawn(record: Record) -> list[str]:
    """The names of the files of figures that the record's audience gets."""
    return [name for name in DRAWN if name in TOLD or not record.audience.is_public]


def _index(record: Record) -> Value:
    beside = [name for name in BESIDE if name in TOLD or not record.audience.is_public]
    names = sorted([*drawn(record), *beside])
    about = {name: {language: text(f"api-{name}", language) for language in LANGUAGES} for name in names}
    return {"now": utc(record.now), "files": [{"path": f"{name}.json", "about": about[name]} for name in names]}


# ---- pages ------------------------------------------------------------------------------------------------------------


def _home(record: Record) -> Value:
    words = Words(record, record.policy.desk.language)
    month = so_far(record, words)
    values = [figure.value for figure in month["figures"]]
    urgent = home.most_urgent(record)
    return {
        "urgent": [_urgent(one) for one in urgent],
        "late": sum(one.worst is not None and one.worst.state == "breached-open" for one in urgent),
        "month": dict(zip(("received", "finished", "late"), values, strict=False)),
        "departments": {strip["id"]: _strip(strip) for strip in home.by_department(record)},
    }


def _urgent(one: Standing) -> Value:
    assert one.worst
    clock = one.worst
    return {"id": one.item.id, "clock": clock.name, "state": clock.state, "due": _utc(clock.due), "left_s": clock.left}


def _strip(strip: Mapping[str, Any]) -> Value:
    days = {day.isoformat(): late for day, late in strip["worst"]}
    return {"open": strip["open"], "late": strip["late"], "kept_percent": strip["share"], "late_days": days}


def _board(record: Record) -> Value:
    judged, old, pooled = once.judged(record), once.aged(record), once.pooled(record)
    return {
        "columns": {name: _ids(found) for name, found in sorted_out(record).items()},
        "since": utc(judged.since),
        "kept": _kept(judged),
        "ages": [{"first": one.first, "last": one.last, "items": dict(one.by_level)} for one in old.buckets],
        "oldest": [{"id": one.standing.item.id, "working_days": one.days} for one in old.oldest],
        "arrivals": register_by_channel(record.standings, record.policy),
        "pool": {name: _ids(one.standing for one in found) for name, found in pooled.groups.items()},
    }


def _kept(judged: Attainment) -> Value:
    return {
        "by_level": _shelf(judged.by_level),
        "by_department": _shelf(judged.by_department),
        "by_channel": _shelf(judged.by_channel),
        "by_month": _shelf(judged.by_month),
    }


def _shelf(shelf: Shelf) -> Value:
    """Runs by what they are sorted by (empty: without one) and by clock; what there is none of is left out."""
    found: dict[str, Value] = {}
    for (key, clock), counts in sorted(shelf.cells.items()):
        found.setdefault(key, {})[clock] = dict(sorted(counts.items()))
    return found


def _needs_human(record: Record) -> Value:
    suspected = needs_human.screened(record)
    held = {one.item.id for one, _ in suspected}
    free = [one for one in record.standings if one.item.id not in held]
    lacks = [one for one in once.incomplete(record) if one.standing.item.id not in held]
    return {
        "undecided": _ids(needs_human.waiting(free, Words(record, "en"))),
        "suspected": [{"id": one.item.id, "kinds": [each.kind for each in why]} for one, why in suspected],
        "incomplete": [
            {"id": one.standing.item.id, "fields": list(one.fields), "asked": _utc(one.asked)} for one in lacks
        ],
        "to_confirm": _ids(to_confirm(record.standings, record.policy, record.now)),
    }


def _needs_repair(record: Record) -> Value:
    return {"problems": [_problem(one, record.policy.desk.language) for one in record.problems]}


def _problem(one: Problem, language: str) -> Value:
    place = {"file": one.file, "line": one.line, "column": one.column, "code": one.code}
    return {**place, "message": one.fact(language), "hint": one.way_out(language)}


def _duplicates(record: Record) -> Value:
    there = {one.item.id for one in record.standings}
    return {"pairs": [_pair(one) for one in record.pairs if {one.id, one.original} <= there]}


def _pair(one: Pair) -> Value:
    score = round(one.score, 4)
    return {"id": one.id, "original": one.original, "score": score, "exact": one.exact, "shared": [*one.shared_terms]}


def _recurring(record: Record) -> Value:
    return {"problems": [_group(one) for one in record.recurring]}


def _group(one: Recurring) -> Value:
    return {
        "key": one.key,
        "items": [*one.ids],
        "people": one.submitters,
        "open": one.open,
        "weekly": [*one.weekly],
        "first": utc(one.first),
        "last": utc(one.last),
        "problem": one.problem,
        "rises": one.spike is not None,
    }


def _rising(record: Record) -> Value:
    week, hot = rising.week(record), rising.hot(record)
    return {
        "received": week.received,
        "before": week.before,
        "young": week.is_young,
        "spikes": [_spike(one) for one in week.matters],
        "areas": {
            "received": rising.span(record),
            "names": [*hot.areas],
            "categories": [*hot.categories],
            "counts": [[*row] for row in hot.counts],
            "without_area": hot.without_area,
            "hot": [_hot(one) for one in hot.spots],
        },
        "terms": [_term(one) for one in rising.terms(record).terms],
    }


def _spike(one: spikes.Matter) -> Value:
    found = one.spike
    return {
        "kind": found.kind,
        "names": [*found.names],
        "items": [*found.items],
        "weekly_before": found.before,
        "chance": found.chance,
        "new": found.is_new,
        "within": [{"kind": part.kind, "names": [*part.names], "shared": shared} for part, shared in one.within],
    }


def _hot(one: HotSpot) -> Value:
    place = {"area": one.area, "category": one.category, "items": [*one.items]}
    return {**place, "expected": one.expected, "residual": one.residual}


def _term(one: NewTerm) -> Value:
    return {"terms": [*one.terms], "items": [*one.items], "people": one.people, "before": one.before}


def _measures(record: Record) -> Value:
    grouped = measures.grouped_measures(record)
    return {"measures": [_measure(one, group == "late") for group, found in grouped.items() for one in found]}


def _measure(one: Measure, is_late: bool) -> Value:
    return {
        "id": one.id,
        "title": _said(one, one.title),
        "status": one.status,
        "owner": one.owner,
        "due": _day(one.due),
        "done": _day(one.done),
        "late": is_late,
        "items": [*one.items],
        "public": one.is_told,
    }


def _reports(record: Record) -> Value:
    return {"reports": [_report(one) for one in reported(record.issued)]}


def _report(one: Reported) -> Value:
    now = one.key_figures() or {}
    return {
        "period": one.period,
        "edition": one.edition,
        "issued": utc(one.issued) if one.issued else None,
        "figures": {name: now.get(name) for name in KINDS} if now else {},
    }


def _coordination(record: Record) -> Value:
    matters = coordination(record.standings, record.policy, record.now)
    unwanted = ping_pong(record.standings, record.now)
    return {"matters": [_matter(one) for one in matters], "unwanted": [_to_and_fro(one) for one in unwanted]}


def _matter(one: Matter) -> Value:
    return {
        "id": one.standing.item.id,
        "departments": [*one.departments],
        "why": [*one.why],
        "age_days": one.age,
        "blocker": _blocker(one.blocker) if one.blocker else None,
        "next": {"verb": one.step.verb, "due": _day(one.step.due), "by": one.step.by},
    }


def _blocker(one: Blocker) -> Value:
    return {"kind": one.kind, "who": one.who, "since": _moment_or_day(one.since)}


def _to_and_fro(one: PingPong) -> Value:
    return {"id": one.standing.item.id, "times": one.times, "since": utc(one.since), "by": one.by}


def _said_did(record: Record) -> Value:
    today = record.now.astimezone(record.policy.zone).date()
    months = closings(record.measures, record.standings, today)
    return {"months": [{"month": f"{one.first:%Y-%m}", "told": [_told(told) for told in one.told]} for one in months]}


def _told(one: Told) -> Value:
    measure = one.measure
    said = {name: _said(measure, getattr(measure, name)) for name in ("title", "said", "did")}
    return {"id": measure.id, **said, "items": one.items, "release": measure.release, "done": _day(measure.done)}


# ---- values -----------------------------------------------------------------------------------------------------------


def _ids(standings: Iterable[Standing]) -> list[str]:
    return [one.item.id for one in standings]


def _said(measure: Measure, said: Both | str) -> dict[str, str]:
    """A text by language: both, or the one it is written in (`und` where nobody says which)."""
    return {"en": said.en, "zh": said.zh} if isinstance(said, Both) else {measure.language or "und": said}


def _utc(at: datetime | None) -> str | None:
    return utc(at) if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment_or_day(at: datetime | date) -> str:
    return utc(at) if isinstance(at, datetime) else at.isoformat()


DRAWN: Mapping[str, Callable[[Record], Value]] = {
    "home": _home,
    "board": _board,
    "needs-human": _needs_human,
    "needs-repair": _needs_repair,
    "duplicates": _duplicates,
    "recurring": _recurring,
    "rising": _rising,
    "measures": _measures,
    "reports": _reports,
    "coordination": _coordination,
    "said-did": _said_did,
    "training-records": training_records.figures,
}
"""Every page with figures, by the name of its file."""

BESIDE = ("queue", "calendars", "build", "badge", "answers")
"""What others write beside them and the index names too."""

TOLD = frozenset({"said-did", "calendars", "answers"})
"""What the public gets of both."""
