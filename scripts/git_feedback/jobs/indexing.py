"""The index made, and brought up to date: what `list` shows of each item, told ahead for as long as it holds.

A row is computed from the item, the policy and a moment by the same code that everything else asks; only it is kept.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from git_feedback import i18n, policy
from git_feedback.clock.moments import write_moment
from git_feedback.desk import STATES, Standing, query, sla
from git_feedback.desk.fold import in_order, told
from git_feedback.desk.rulebook import Rulebook, rulebook, seconds_of
from git_feedback.desk.whereabouts import State
from git_feedback.jobs.asking import FIELDS, TESTS
from git_feedback.jobs.in_parallel import Chunk, in_parallel
from git_feedback.jobs.listing import Listed, Looked
from git_feedback.jobs.phases import Phase, phases
from git_feedback.jobs.reading import Progress, quiet
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, Git, GitFailed, is_item_file, read
from git_feedback.store.index import ALWAYS, COLUMNS, Broken, Entry
from git_feedback.store.sight import blob, blobs, sight, unwatched
from git_feedback.text import fold, shorten, visible

WIDTH = 60
"""Columns of a title in a list."""


def refresh(looked: Looked, now: datetime, progress: Progress = quiet) -> bool:
    """Bring the index up to date for a moment; False where that cannot be: then the files are to be read."""
    loaded = policy.load(looked.sources)
    if loaded.policy is None:
        return False
    try:
        if looked.is_empty:
            _make_anew(looked, loaded.policy, now, progress)
        else:
            _mend(looked, loaded.policy, now, progress)
        looked.about = looked.index.about()
        return not looked.index.run_out(seconds_of(now))
    except (Broken, GitFailed, OSError):
        return False


def _make_anew(looked: Looked, rules: Policy, now: datetime, progress: Progress) -> None:
    """Everything read once; what changed while it was read, and what is not as the tree has it, is looked at again."""
    held = {path: one for path, one in blobs(Git(looked.root), looked.sight.tree).items() if is_item_file(path)}
    odd = {*looked.sight.touched, *unwatched(looked.root)}
    paths = list(progress(Desk(looked.root).item_files(), "reading"))

    def entries() -> Iterator[Entry]:
        for entry in _entries(paths, looked, now):
            if held.pop(entry.path, "") != entry.blob:
                odd.add(entry.path)
            yield entry
        after = sight(looked.root)
        if after is None or after.tree != looked.sight.tree:
            raise Broken
        looked.odd = frozenset({*odd, *after.touched, *held})

    facts = {"bound": looked.bound, **_about(rules, now)}
    looked.index.keep(facts, entries(), (), anew=True)
    looked.index.keep(looked.facts, (), (), anew=False)


def _mend(looked: Looked, rules: Policy, now: datetime, progress: Progress) -> None:
    """What changed, and rows that have run out, computed again."""
    worn = [path for path in looked.index.run_out(seconds_of(now)) if path not in looked.changed]
    changed = {path: said for path, said in looked.changed.items() if said is not None}
    gone = [path for path, said in looked.changed.items() if said is None]
    book = rulebook(rules)
    fresh = (entry(path, said, book, now, looked.sight.tree) for path, said in changed.items())
    again = _entries(list(progress(worn, "reading")), looked, now)
    looked.index.keep(looked.facts, (one for some in (fresh, again) for one in some), gone, anew=False)


def _entries(paths: Sequence[str], looked: Looked, now: datetime) -> Iterator[Entry]:
    work = _Work(looked.root, dict(looked.sources), now, looked.sight.tree)
    for found in in_parallel(work, paths):
        yield from found


class _Work:
    """The entries of some files, computed in whatever process it is sent to."""

    def __init__(self, root: Path, sources: dict[str, bytes], now: datetime, like: str) -> None:
        self.root, self.sources, self.now, self.like = root, sources, now, like

    def __call__(self, paths: Chunk) -> list[Entry]:
        rules = _rules(self.sources)
        return [self._entry(path, rules) for path in paths]

    def _entry(self, path: str, rules: Policy) -> Entry:
        """Of a file that was found to be a plain one; what cannot be read, or is gone by now, has no rows."""
        try:
            said = Path(f"{self.root}/{path}").read_bytes()
        except OSError:
            return Entry(path, "?", -1, -ALWAYS, ALWAYS)
        return entry(path, said, rulebook(rules), self.now, self.like)


_loaded: list[tuple[dict[str, bytes], Policy]] = []


def _rules(sources: dict[str, bytes]) -> Policy:
    """The policy in these files, loaded once a process."""
    if not _loaded or _loaded[0][0] != sources:
        rules = policy.load(sources).policy
        assert rules is not None
        _loaded[:] = [(sources, rules)]
    return _loaded[0][1]


# ---- one file -------------------------------------------------------------------------------------------------------


def entry(path: str, said: bytes, book: Rulebook, now: datetime, like: str) -> Entry:
    """What the index holds of a file; `like` is an id of the kind of hash that its id should have."""
    plain = Entry(path, blob(said, like), len(said), -ALWAYS, ALWAYS)
    try:
        item = read(said, file=path)
    except BadItem:
        return plain
    second, received = seconds_of(now), seconds_of(item.received)
    if second < received:
        return plain._replace(until=received)
    known, rows = _rows(path, item, book, second)
    if not known:
        return plain._replace(since=second, until=second)
    words = fold(f"{item.id} {item.title} {item.text or ''}")
    return plain._replace(since=known[0].since, until=known[-1].until, rows=rows, words=words)


def _rows(path: str, item: Item, book: Rulebook, now: int) -> tuple[list[Phase], list[tuple[object, ...]]]:
    instants = [second for second, _ in in_order(item.history)]
    instants += [seconds_of(moment) for moment in (item.received, item.landed) if moment]
    since = max(one for one in instants if one <= now)
    until = min((one for one in instants if one > now), default=ALWAYS)
    tale = told(item, book, now)
    known = phases(tale, sla.clocks_of(tale, book, now), book, now, (since, until))
    same = _facts(path, item, tale.state())
    return known, [_row({**same, **_timed(phase, book)}) for phase in known]


def _row(facts: dict[str, object]) -> tuple[object, ...]:
    return tuple(facts[name] for name in COLUMNS)


def _facts(path: str, item: Item, state: State) -> dict[str, object]:
    """What does not change within a row's time."""
    category = fold(state.category or "")
    planned = state.planned
    return {
        "path": path,
        "received": seconds_of(item.received),
        "id": fold(item.id),
        "id_shown": item.id,
        "state": state.life,
        "level": fold(state.level or ""),
        "department": fold(state.department or ""),
        "owner": fold(state.owner or ""),
        "category": category,
        "category_group": category.split("/")[0],
        "channel": fold(item.channel),
        "area": fold(item.area or ""),
        "language": fold(item.language or ""),
        "ref": (item.submitter.ref if item.submitter else None) or "",
        "force": state.task_force,
        "returned": state.returns,
        "planned": planned is not None,
        "planned_due": planned.due.isoformat() if planned and planned.due else None,
        "snoozed_until": state.snoozed_until.isoformat() if state.snoozed_until else None,
        "copied": "".join(f"\n{fold(one)}\n" for one in state.copied_to),
        "level_shown": state.level,
        "department_shown": state.department,
        "owner_shown": state.owner,
        "title": item.title,
        "title_shown": _short(item.title),
    }


def _timed(phase: Phase, book: Rulebook) -> dict[str, object]:
    clock = phase.clock
    due = clock.due if clock else None
    at, shown = due_words(due, book.policy)
    return {
        "since": phase.since,
        "until": phase.until,
        "clock": phase.kind,
        "due": seconds_of(due) if due else None,
        "late_from": phase.late_from,
        "due_at": at,
        "due_shown": shown,
    }


def due_words(due: datetime | None, rules: Policy) -> tuple[str | None, str | None]:
    """A due time in the desk's zone, as JSON writes it and as people read it."""
    if due is None:
        return None, None
    at = due.astimezone(rules.zone)
    return write_moment(at), at.strftime("%Y-%m-%d %H:%M")


def listed(one: Standing, rules: Policy) -> Listed:
    """The row of an item that was read, as the index would give it."""
    state, worst = one.state, one.worst
    at, shown = due_words(worst.due if worst else None, rules)
    title = one.item.title
    where = state.life, state.level, state.department, state.owner
    is_late = worst is not None and worst.state == "breached-open"
    return Listed(one.item.id, *where, at, shown, title, _short(title), is_late)


def _short(title: str) -> str:
    """A title as a list shows it; no character is wider than two columns."""
    seen = visible(title)
    return seen if 2 * len(seen) <= WIDTH else shorten(seen, WIDTH)


# ---- what is known of the whole -------------------------------------------------------------------------------------


def _about(rules: Policy, now: datetime) -> dict[str, str]:
    """The zones, the words and the language that queries are answered in, and what they may ask for."""
    return {
        "zone": rules.office.tz.key,
        "desk": rules.desk.zone,
        "language": rules.desk.language,
        "vocabulary": json.dumps(vocabulary(rules, now)),
        "words": json.dumps({language: words_of_a_list(language) for language in i18n.LANGUAGES}),
    }


def words_of_a_list(language: str) -> dict[str, str]:
    """The words for each state, and what is said below one item and below several (`{n}`)."""
    said = {f"life-{state}": i18n.text(f"life-{state}", language) for state in STATES}
    return {**said, **{f"listed-{n}": i18n.text("listed", language, n=n).replace(str(n), "{n}") for n in (1, 2)}}


def vocabulary(rules: Policy, now: datetime) -> dict[str, dict[str, list[str]] | None]:
    """What `desk.query` takes for each field: the values, and what each means; None where it takes any."""
    names = [name for name in (*FIELDS, *TESTS) if name in query.NAMES]
    return {name: _values(name, rules, now) if name in query.CLOSED else None for name in names}


def _values(name: str, rules: Policy, now: datetime) -> dict[str, list[str]]:
    former = query.FORMER[name](rules) if name in query.FORMER else {}
    given = {fold(value) for value in (*query.CLOSED[name](rules), *former)}
    found: dict[str, list[str]] = {}
    for value in given:
        try:
            parsed = query.parse(f"{name}:{value}", rules, now)
        except ValueError:
            continue
        if len(parsed.fields) + len(parsed.tests) == 1 and not parsed.words:
            found[value] = sorted(parsed.fields[0][1]) if parsed.fields else [value]
    return found
