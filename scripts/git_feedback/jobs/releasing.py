"""A release that settled items: commits of the code that name them, and measures that came with it.

A commit says `Fixes-Feedback: Q261119-0AAJN0D` as a trailer; once a release tag contains it, the item is resolved by
whoever wrote the commit.  Nothing is fetched: the code's repository is a folder.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from git_feedback.desk import OPEN, Refusal, Standing, act, is_answerable, state
from git_feedback.desk.untold import counted
from git_feedback.model import Event, Item, ids
from git_feedback.model import events as ev
from git_feedback.model.measures import Measure
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, Git, append

TRAILER = "Fixes-Feedback"
SHORT = 10
_BETWEEN = re.compile(r"[\s,;，；、]+")
_TELLS = ("respond", "reply", "notify")
_OUT = ("rejected", "duplicate")
Step = tuple[str, dict[str, object]]
"""A verb and its arguments."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A commit of the code that says which item it settles."""

    commit: str
    email: str
    subject: str
    named: str
    """What the trailer says, as it is written."""

    @property
    def item_id(self) -> str:
        """The id that is meant."""
        return ids.canonical(self.named)


def fixes(code: Git, tag: str) -> list[Fix]:
    """What the commits that a tag contains settle, oldest first.  Raises NoSuchCommit."""
    commit = code.commit_named(f"refs/tags/{tag}")
    form = f"%H%x1f%ae%x1f%s%x1f%(trailers:key={TRAILER},valueonly,unfold,separator=%x20)%x1e"
    words = ("--reverse", "--topo-order", "-i", f"--grep=^{TRAILER}:", f"--format={form}")
    rows = [row.strip("\n").split("\x1f") for row in code.run("log", *words, commit).split("\x1e")]
    return [
        Fix(row[0], row[1], row[2], named) for row in rows if len(row) == 4 for named in _BETWEEN.split(row[3]) if named
    ]


@dataclass(frozen=True, slots=True)
class Settled:
    """An item's file with the link and the solution at its end."""

    path: str
    id: str
    content: bytes
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A fix that wrote nothing: the code of its words and their values; `refusal` where a verb was refused."""

    fix: Fix
    code: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What the fixes of a release would write, how many items were settled already, and what is in the way."""

    settled: tuple[Settled, ...]
    already: int
    unsettled: tuple[Unsettled, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """By which policy, when, and with which words items are resolved."""

    policy: Policy
    now: datetime
    result: str


def settle(root: Path, listed: Sequence[Fix], ending: Ending) -> Release:
    """Each item that a fix names, linked to its commits and resolved; what is resolved already stays as it is."""
    by_item: dict[str, list[Fix]] = {}
    for fix in listed:
        by_item.setdefault(fix.item_id, []).append(fix)
    found = [_settled(root, item_id, fixing, ending) for item_id, fixing in by_item.items()]
    return Release(
        tuple(one for one in found if isinstance(one, Settled)),
        found.count(None),
        tuple(one for one in found if isinstance(one, Unsettled)),
    )


def _settled(root: Path, item_id: str, fixing: Sequence[Fix], ending: Ending) -> Settled | Unsettled | None:
    last = fixing[-1]
    try:
        path, item = Desk(root).item(item_id)
    except (KeyError, ValueError):
        return Unsettled(last, "release-unknown-item")
    except BadItem:
        return Unsettled(last, "release-broken-item")
    if state(item, ending.policy, ending.now).life not in OPEN:
        return None
    person = ending.policy.person_by_email(last.email)
    if person is None:
        return Unsettled(last, "release-unknown-author")
    return _written(root, path, item, fixing, person.id, ending)


def _steps(fixing: Sequence[Fix], result: str) -> Iterator[Step]:
    """A link to each commit, then the solution."""
    for commit in dict.fromkeys(fix.commit for fix in fixing):
        yield "link", {"kind": "commit", "to": commit}
    yield "resolve", {"result": result}


def _written(root: Path, path: str, item: Item, fixing: Sequence[Fix], by: str, ending: Ending) -> Settled | Unsettled:
    done = _done(root, path, item, list(_steps(fixing, ending.result)), by, ending)
    return Unsettled(fixing[-1], "release-refused", done) if isinstance(done, Refusal) else done


def _done(root: Path, path: str, item: Item, steps: Sequence[Step], by: str, ending: Ending) -> Settled | Refusal:
    """The file after some verbs in a row, or the first refusal."""
    source, done = (root / path).read_bytes(), []
    for verb, args in steps:
        event = act(verb, item, ending.policy, ending.now, by, args)
        if isinstance(event, Refusal):
            return event
        source = append(source, event, file=path)
        item = item.model_copy(update={"history": (*item.history, event)})
        done.append(event)
    return Settled(path, item.id, source, tuple(done))


# ---- the measures of a release --------------------------------------------------------------------------------------


def behind(measures: Iterable[Measure], tag: str) -> Mapping[str, list[Measure]]:
    """The items behind the measures that were done and came with a release, each with those measures."""
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.release == tag and measure.status == "done":
            for item_id in measure.items:
                found.setdefault(item_id, []).append(measure)
    return found


def link(root: Path, items: Mapping[str, Sequence[Measure]], by: str, ending: Ending) -> list[Settled]:
    """Items that are not linked to their measures yet, with a link each: from then on there is something to tell."""
    return [done for item_id, measures in items.items() if (done := _linked(root, item_id, measures, by, ending))]


def _linked(root: Path, item_id: str, measures: Sequence[Measure], by: str, ending: Ending) -> Settled | None:
    try:
        path, item = Desk(root).item(item_id)
    except (KeyError, BadItem):
        return None
    now = state(item, ending.policy, ending.now)
    steps: list[Step] = [
        ("link", {"kind": "measure", "to": measure.id})
        for measure in measures
        if ("measure", measure.id) not in now.links
    ]
    if not steps or now.life in _OUT:
        return None
    done = _done(root, path, item, steps, by, ending)
    return None if isinstance(done, Refusal) else done


# ---- who is to be told ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToTell:
    """An item that a release settled, whose submitter can be told and has not heard of it since."""

    standing: Standing
    measures: tuple[Measure, ...]


def to_tell(standings: Iterable[Standing], measures: Iterable[Measure], tag: str, ending: Ending) -> list[ToTell]:
    """Items that this release resolved, and those behind its measures, whose submitters have heard nothing since."""
    items, found = behind(measures, tag), []
    for one in standings:
        known = tuple(items.get(one.item.id, ()))
        since = _since(one, known, ending)
        if since is not None and _is_to_be_told(one, since, ending):
            found.append(ToTell(one, known))
    return found


def _since(one: Standing, measures: Sequence[Measure], ending: Ending) -> datetime | None:
    """When there was something to tell: the solution by this release, a measure done, or the item linked to it."""
    names = {measure.id for measure in measures}
    done = (datetime.combine(measure.done, time(), ending.policy.zone) for measure in measures if measure.done)
    told = (event.at for event in counted(one.item, ending.now) if _is_news(event, names, ending.result))
    return max((*done, *told), default=None)


def _is_news(event: Event, measures: Collection[str], result: str) -> bool:
    if isinstance(event, ev.Resolve):
        return event.result == result
    return isinstance(event, ev.Link) and event.kind == "measure" and event.to in measures


def _is_to_be_told(one: Standing, since: datetime, ending: Ending) -> bool:
    if one.state.life in _OUT or not is_answerable(one.item, ending.policy):
        return False
    return not any(event.verb in _TELLS and event.at >= since for event in counted(one.item, ending.now))
