"""The whole history under audit: what was changed after it was written down, and what may be dated otherwise than it was.

Times are judged by the commits that brought the events.  Three things are left alone because of their nature: what came
together with its item (an import, a form: its times are the source's, only the future is refused to it); events by
`import` and `intake`, which carry another system's times; and, in the question whose hand wrote, machines on either side.

What this cannot see: whoever dates commit and event alike on a clone of their own and shows them later.  A witness
(`jobs.witnessing`) says when something was not there yet.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath

from git_feedback import i18n
from git_feedback.clock.moments import parse_day, write_moment
from git_feedback.desk import MACHINES
from git_feedback.jobs.commits import Change, Commit, ancestors, changes, commits, contents, is_shallow, main_line
from git_feedback.jobs.erasing import attached
from git_feedback.jobs.hands import address, addresses, is_machine
from git_feedback.jobs.losses import added, losses
from git_feedback.jobs.versions import Versions
from git_feedback.model import Event, Item
from git_feedback.policy import Policy
from git_feedback.store import Git, GitFailed, held, is_item_file
from git_feedback.text import visible

DAY = timedelta(days=1)
"""How much later than it happened an event may be written down."""
SKEW = timedelta(minutes=10)
"""How far two clocks may be apart."""
AT_ONCE = timedelta(minutes=15)
"""An event whose time is so near to its commit was written down when it happened, in whatever order clones met."""

CARRIERS = ("import", "intake")
"""Machines whose events have the times of another system."""
PLAIN = "100644"
SIGNATURES = {"G": "good", "U": "good", "X": "good", "Y": "good", "B": "bad", "R": "bad"}
"""What Git says of a signature (`%G?`); all else cannot be told here."""
SIGNS = ("good", "bad", "unknown", "none")
"""What may be said of a commit's signature; the last, that it has none."""
_BATCH = 2000
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about a commit, about a file of it, or (without a commit) about a witness; words are chosen when it is said."""

    code: str
    file: str = ""
    commit: Commit | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """`FILE@COMMIT`, or the one of the two that matters."""
        return "@".join(filter(None, (visible(self.file), self._short)))

    @property
    def _short(self) -> str:
        return self.commit.id[:_SHORT] if self.commit else ""

    def halves(self, language: str) -> tuple[str, str]:
        """The fact and the way out."""
        return i18n.halves(self.code, language, **{**self.values, "file": visible(self.file), "commit": self._short})

    def said(self, language: str) -> str:
        """The one line for people: place, code, fact, who committed it and when, way out."""
        fact, way_out = self.halves(language)
        if self.commit:
            hand = self.commit.committer
            who = {"author": visible(hand.name), "email": visible(hand.email)}
            fact += i18n.text("audit-by", language, None, **who, time=write_moment(hand.at))
        return f"{self.place}: {self.code}: {fact}{'；' if language == 'zh' else '; '}{way_out}"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Events that a commit brought to items which were there already: how many, and the earliest time among them."""

    events: int
    earliest: datetime


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, and how much was looked at.  `since` is the commit after which it began, empty for the whole."""

    findings: tuple[Finding, ...]
    head: str
    since: str
    commits: int
    events: int
    with_item: int
    """How many of the events came together with their items."""
    signatures: Mapping[str, int]
    """good, bad, unknown (it cannot be told here) and none -> how many commits."""
    history: tuple[Commit, ...]
    """Every commit of HEAD's history, parents first."""
    arrivals: Mapping[str, Arrivals]
    """By the commits that brought any."""


class NoSuchStart(ValueError):
    """Neither a commit nor a day has the name that was given."""


def audit(git: Git, policy: Policy, since: str | None = None) -> Audit:
    """Audit the history of HEAD, or what came after the commit, or from the day, `since`.

    Raises NoSuchStart for a `since` that names neither, GitFailed where Git cannot answer.
    """
    history = tuple(commits(git)) if git.head() else ()
    start = _start(git, history, since, policy) if since else ""
    seen = ancestors(history, start)
    looked_at = [one for one in history if one.id not in seen]
    known = {one.id: one for one in history}
    judge = _Judge(git, policy)
    judge.look(changes(git, looked_at, known))
    signs = _signatures(git, looked_at)
    found = [
        *([Finding("audit-shallow")] if is_shallow(git) else []),
        *judge.findings,
        *judge.foreign_hands(),
        *_clocks_set_back(looked_at, known),
        *(Finding("audit-bad-signature", commit=one) for one in looked_at if signs.get(one.id) == "bad"),
    ]
    place = {one.id: n for n, one in enumerate(history)}
    found.sort(key=lambda one: (place[one.commit.id] if one.commit else -1, one.file, one.code))
    counted = Counter(signs.get(one.id, "none") for one in looked_at)
    head = history[-1].id if history else ""
    totals = judge.events, judge.with_item
    return Audit(tuple(found), head, start, len(looked_at), *totals, counted, history, judge.arrivals)


# ---- where to begin -------------------------------------------------------------------------------------------------


def _start(git: Git, history: Sequence[Commit], since: str, policy: Policy) -> str:
    """The last commit that is not looked at; empty where all are."""
    with suppress(ValueError):
        return _before(history, parse_day(since), policy)
    try:
        return git.commit_named(since)
    except GitFailed:
        raise NoSuchStart(since) from None


def _before(history: Sequence[Commit], day: date, policy: Policy) -> str:
    """The last commit of the main line before its first one of that day or later.

    A commit after that one is looked at whatever date it gives itself.
    """
    last = ""
    for commit in main_line(history):
        if commit.committer.at.astimezone(policy.zone).date() >= day:
            break
        last = commit.id
    return last


# ---- commits --------------------------------------------------------------------------------------------------------


def _clocks_set_back(looked_at: Sequence[Commit], known: Mapping[str, Commit]) -> Iterator[Finding]:
    """Commits that say they were made before what they grew from."""
    for one in looked_at:
        parents = [known[parent].committer.at for parent in one.parents if parent in known]
        latest = max(parents, default=one.committer.at)
        if latest - one.committer.at > SKEW:
            values = {"time": write_moment(one.committer.at), "parent": write_moment(latest)}
            yield Finding("audit-clock-set-back", commit=one, values=values)


def _signatures(git: Git, looked_at: Sequence[Commit]) -> dict[str, str]:
    """What Git makes of the signatures there are; unknown where it has no program or no key to look with."""
    signed = [one.id for one in looked_at if one.signed]
    if not signed:
        return {}
    try:
        rows = git.run("log", "--no-walk", "--stdin", "--format=%H %G?", stdin="\n".join(signed).encode()).splitlines()
    except GitFailed:
        rows = []
    told = dict(row.split(" ", 1) for row in rows)
    return {one: SIGNATURES.get(told.get(one, "E"), "unknown") for one in signed}


# ---- changes --------------------------------------------------------------------------------------------------------


class _Judge:
    """Goes through the changes in the order of the commits and keeps what is found."""

    def __init__(self, git: Git, policy: Policy) -> None:
        self.versions = Versions(git)
        self.addresses = addresses(git, policy)
        self.findings: list[Finding] = []
        self.arrivals: dict[str, Arrivals] = {}
        self.events = self.with_item = 0
        self._told: set[tuple[str, ...]] = set()
        self._released: set[tuple[str, str]] = set()
        self._hands: dict[Commit, Counter[str]] = {}
        self._first: dict[Commit, str] = {}

    def look(self, found: Iterator[Change]) -> None:
        """Judge all of them, so many at a time as fit into memory."""
        while batch := list(islice(found, _BATCH)):
            self.versions.load(batch)
            for change in batch:
                self._look_at(change)

    def _look_at(self, change: Change) -> None:
        if change.new and change.mode != PLAIN and change.only_here:
            self._find("audit-mode", change, mode=change.mode)
        if is_item_file(change.path):
            self._item(change)
        elif change.path.startswith(("feedback/attachments/", "reports/")) and any(change.old):
            kept = change.new or (change.commit.id, change.path) in self._released
            if (change.new or not kept) and not self._is_moved(change):
                self._lose("audit-file-changed" if change.new else "audit-file-gone", change, change.path)

    def _is_moved(self, change: Change) -> bool:
        """Whether a file is the same as before, only that Git LFS keeps it now, or no longer."""
        versions = [one for one in (*change.old, change.new) if one]
        if not change.new or not change.path.startswith("feedback/attachments/"):
            return False
        sources = (held(source) for _, source in contents(self.versions.git, versions))
        return len({(one.digest, one.size) for one in sources}) == 1

    def _find(self, code: str, change: Change, **values: object) -> None:
        self.findings.append(Finding(code, change.path, change.commit, values))

    def _lose(self, code: str, change: Change, what: str, **values: object) -> None:
        """A loss; one that a commit before a merge brought about is not the fault of the merge that passes it on."""
        key = (code, PurePosixPath(change.path).stem, what)
        if len(change.commit.parents) < 2 or key not in self._told:
            self._find(code, change, **values)
        self._told.add(key)

    # ---- what an item lost ------------------------------------------------------------------------------------------

    def _item(self, change: Change) -> None:
        if not change.new:
            self._lose("audit-item-gone", change, "", id=PurePosixPath(change.path).stem)
            return
        befores, after = self.versions.before(change), self.versions.after(change)
        if after is None:
            return
        for before in befores:
            self._losses(change, before, after)
        if change.only_here:
            new: Sequence[Event] = after.history
            for before in befores:
                new = _new(before, after, new)
            self.events += len(new)
            if befores:
                self._arrive(change, befores, new)
            else:
                self.with_item += len(new)
                self._from_the_future(change, new)

    def _losses(self, change: Change, before: Item, after: Item) -> None:
        lost = losses(before, after)
        for name in lost.fields:
            self._lose("audit-submission-changed", change, name, field=name)
        reworded = {_who_and_when(event) for event in added(before.history, after.history)}
        for event in lost.events:
            there = _who_and_when(event) in reworded
            code = "audit-event-changed" if there else "audit-event-gone"
            self._lose(code, change, f"{event!r}", **_said(event))
        if not lost:
            self._released |= {(change.commit.id, path) for path in attached(before) - attached(after)}

    # ---- when events came -------------------------------------------------------------------------------------------

    def _arrive(self, change: Change, befores: Sequence[Item], new: Sequence[Event]) -> None:
        """Events of an item that was there already."""
        self._from_the_future(change, new)
        latest = max((event.at for item in befores for event in item.history), default=None)
        own = [event for event in new if event.by not in CARRIERS]
        for event in own:
            self._judge_time(change, event, latest)
        self._hand(change, own)
        if own:
            self._note(change.commit, own)

    def _from_the_future(self, change: Change, new: Sequence[Event]) -> None:
        time = change.commit.committer.at
        for event in new:
            if event.at - time > SKEW:
                self._find("audit-future-event", change, time=write_moment(time), **_said(event))

    def _judge_time(self, change: Change, event: Event, latest: datetime | None) -> None:
        """Whether it was written down long after it happened, or slipped in among what was there already."""
        written = change.commit.author.at
        late = written - event.at
        values = {"time": write_moment(written), "days": late // DAY, **_said(event)}
        if late > DAY:
            self._find("audit-back-dated", change, **values)
        elif latest and event.at < latest and late > AT_ONCE:
            self._find("audit-out-of-order", change, latest=write_moment(latest), **values)

    def _note(self, commit: Commit, new: Sequence[Event]) -> None:
        """Count what a commit brought; say so once where its author's clock and its committer's are days apart."""
        before = self.arrivals.get(commit.id)
        if before is None and commit.committer.at - commit.author.at > DAY:
            times = {"time": write_moment(commit.author.at), "committed": write_moment(commit.committer.at)}
            days = (commit.committer.at - commit.author.at) // DAY
            self.findings.append(Finding("audit-committed-late", "", commit, {**times, "days": days}))
        earliest = min([event.at for event in new] + ([before.earliest] if before else []))
        self.arrivals[commit.id] = Arrivals((before.events if before else 0) + len(new), earliest)

    # ---- whose hand it was ------------------------------------------------------------------------------------------

    def _hand(self, change: Change, new: Sequence[Event]) -> None:
        people = [event.by for event in new if event.by not in MACHINES]
        if not people or is_machine(change.commit):
            return
        whose = self.addresses.get(address(change.commit), frozenset())
        other = Counter(by for by in people if by not in whose)
        if other:
            self._hands[change.commit] = self._hands.get(change.commit, Counter()) + other
            self._first.setdefault(change.commit, change.path)

    def foreign_hands(self) -> Iterator[Finding]:
        """For each commit once: events by people whose address the committer's is not."""
        for commit, people in self._hands.items():
            whose = sorted(self.addresses.get(address(commit), ()))
            values = {"n": people.total(), "people": tuple(sorted(people)), "email": visible(address(commit) or "-")}
            code = "audit-other-hand" if whose else "audit-unknown-hand"
            yield Finding(code, self._first[commit], commit, {**values, "whose": tuple(whose)})


def _new(before: Item, after: Item, events: Sequence[Event]) -> list[Event]:
    """Those of the events that `before` has not: neither as they are nor in other words."""
    reworded = Counter(map(_who_and_when, added(after.history, before.history)))
    found = []
    for event in added(before.history, events):
        who_and_when = _who_and_when(event)
        if reworded[who_and_when]:
            reworded[who_and_when] -= 1
        else:
            found.append(event)
    return found


def _who_and_when(event: Event) -> tuple[str, datetime, str]:
    return event.verb, event.at, event.by


def _said(event: Event) -> dict[str, object]:
    return {"verb": event.verb, "by": event.by, "at": write_moment(event.at)}
