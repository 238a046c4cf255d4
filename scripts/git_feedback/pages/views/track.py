"""Track: whoever was given a number looks up how far things are.  State, next step and dates; never a word of the text.

The browser hashes the number and asks for the one of 256 files that its hash begins with; the number leaves it never.
The files are all there or none is, so which of them exist says nothing.  What they hold is in codes and days, the words
stand on the page.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from git_feedback.desk import FINISHED, Standing, is_answerable, ordered
from git_feedback.desk.sla import RUNNING, Clock
from git_feedback.escaping import json_file
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.views.rendering import Both, page
from git_feedback.policy import Policy

PATH = "track.html"
STATES = ("received", "working", "waiting", "answered", "closed")
_WORKING = frozenset({"accepted", "waiting", "resolved", "reviewed", "reopened"})
_ENDS = ("reply", "resolve")
"""Clocks whose end is what the submitter waits for, the last word first."""

STEPS: Mapping[str, str] = {
    "accept": "taken",
    "respond": "told",
    "supply": "supplied",
    "resolve": "solved",
    "reply": "answered",
    "reopen": "reopened",
    "close": "closed",
    "reject": "closed",
    "duplicate": "joined",
}
"""What of a history the submitter sees, by verb; `ask` is seen where it went to the submitter."""
SEEN = ("received", "asked", *dict.fromkeys(STEPS.values()))
ANSWERS = ("looking", "mistyped", "unknown", "unreachable")
NEXT = ("received", "working", "working-here", "waiting", "answered", "closed")


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language, with all words that the script says."""
    given = any(one.item.receipt for one in record.standings)
    for words in both.values():
        said = {
            **{f"state-{state}": words.say(f"track-state-{state}") for state in STATES},
            **{f"next-{state}": words.say(f"track-next-{state}") for state in NEXT},
            **{f"step-{step}": words.say(f"track-step-{step}") for step in SEEN},
            **{name: words.say(f"track-{name}") for name in ANSWERS},
            **{name: words.say(f"track-{name}", day="{day}") for name in ("expected", "late")},
        }
        yield page(record, words, PATH, PATH, words.site("track"), "track.html", said=said, given=given)


def files(record: Record) -> Iterator[File]:
    """`track/00.json` to `track/ff.json`; none where nobody was given a number."""
    by_id = {one.item.id: one for one in record.standings}
    given = [one for one in record.standings if one.item.receipt]
    if not given:
        return
    shards: dict[str, dict[str, object]] = {f"{number:02x}": {} for number in range(256)}
    for one in sorted(given, key=lambda one: one.item.receipt or ""):
        digest = one.item.receipt or ""
        shards[digest[:2]][digest] = shown(one, by_id, record.policy)
    for name, entries in shards.items():
        yield File(f"track/{name}.json", json_file(entries).encode())


def shown(one: Standing, by_id: Mapping[str, Standing], policy: Policy) -> dict[str, object]:
    """What the page shows of an item, in codes and days of the desk; one joined with another is as far as that."""

    def day(moment: datetime) -> str:
        return moment.astimezone(policy.zone).date().isoformat()

    other = _carried_on_by(one, by_id)
    state = _state(other)
    steps = [("received", one.item.received), *_steps(one.item)]
    if other is not one:
        joined = steps[-1][1]
        steps += [(step, at) for step, at in _steps(other.item) if at > joined]
    found: dict[str, object] = {
        "state": state,
        "next": _next(state, other, policy),
        "steps": [[step, day(at)] for step, at in steps],
    }
    clock = _clock(other) if state in ("received", "working") else None
    if clock and clock.due:
        found |= {"expected": day(clock.due), "late": clock.state == "breached-open"}
    return found


def _carried_on_by(one: Standing, by_id: Mapping[str, Standing]) -> Standing:
    """The item that a duplicate goes on in; itself where it is none, or where the other is not there."""
    seen: set[str] = set()
    while one.state.life == "duplicate" and one.item.id not in seen:
        seen.add(one.item.id)
        one = by_id.get(one.state.duplicate_of or "", one)
    return one


def _state(one: Standing) -> str:
    life = one.state.life
    if life in FINISHED:
        return "closed"
    if life == "replied":
        return "answered"
    if life == "waiting" and one.state.waiting_for == "submitter":
        return "waiting"
    return "working" if life in _WORKING else "received"


def _next(state: str, one: Standing, policy: Policy) -> str:
    """What comes next; where nobody can be written to, the answer is to be looked up."""
    return "working-here" if state == "working" and not is_answerable(one.item, policy) else state


def _clock(one: Standing) -> Clock | None:
    """The clock that runs for the answer, else for the solution."""
    running = {clock.name: clock for clock in one.clocks if clock.state in RUNNING}
    return next((running[name] for name in _ENDS if name in running), None)


def _steps(item: Item) -> Iterator[tuple[str, datetime]]:
    """The steps that the submitter may know of, as they happened; what was taken back is none."""
    events = ordered(item.history)
    gone = {(one.what, one.when) for one in events if isinstance(one, ev.Retract)}
    for event in events:
        step = STEPS.get(event.verb)
        if isinstance(event, ev.Ask) and event.whom == "submitter":
            step = "asked"
        if step and (event.verb, event.at) not in gone:
            yield step, event.at
