"""The monthly draw: announced with everything it depends on but the seed, drawn once, checked by anybody.

Entrants are items received in the month (in the desk's zone) that are neither rejected nor a duplicate and whose
submitter can be answered: one chance a person (`submitter.ref`), with the first item; without a `ref` each item is one.
The seed is the id of a commit: the first of the main line (first parents, from the announcement on) that has grown from
the announcement, whose committer's time is after the closing moment and whose subject begins with `nightly:`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from git_feedback.desk import Refusal, act, is_answerable, standings
from git_feedback.jobs import acting
from git_feedback.jobs.commits import contents, is_shallow
from git_feedback.jobs.reading import Whole, whole
from git_feedback.jobs.receiving import is_ancestor
from git_feedback.model import Event, Item, Problem, draws
from git_feedback.model import events as ev
from git_feedback.model.draws import BadDraw, Draw
from git_feedback.policy import Policy
from git_feedback.store import Desk, Git, append

NIGHTLY = "nightly:"
"""How the subject of a night's commit begins."""
_LEFT_OUT = ("rejected", "duplicate")
_FIXED = ("draw", "announced", "by", "closes", "prizes", "record", "digest", "entrants")
"""What the announcement says and nothing may change."""


class CannotDraw(Exception):
    """The draw cannot go on: the code of its words, and what they need."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw with its winners, the files to write (none when it was drawn before), and winners that got no event."""

    draw: Draw
    files: dict[str, bytes]
    refused: tuple[Refusal, ...] = ()


# ---- announcing -----------------------------------------------------------------------------------------------------


def entrants(found: Whole, month: str, now: datetime) -> tuple[str, ...]:
    """The ids that take part, in their order."""
    policy = found.policy
    persons: dict[str, str] = {}
    for one in standings(found.items, policy, now):
        item = one.item
        local = item.received.astimezone(policy.zone)
        if f"{local:%Y-%m}" == month and one.state.life not in _LEFT_OUT and is_answerable(item, policy):
            persons.setdefault(_person(item), item.id)
    return tuple(sorted(persons.values()))


def _person(item: Item) -> str:
    return item.submitter.ref if item.submitter and item.submitter.ref else item.id


def next_midnight(policy: Policy, now: datetime) -> datetime:
    """When a draw closes unless somebody says otherwise: the end of the day in the desk's zone."""
    day = now.astimezone(policy.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def there(root: Path, month: str) -> Draw | None:
    """The draw of a month as its file says, or None.  Raises BadDraw."""
    file = root / draws.path(month)
    return draws.read(file.read_bytes(), draws.path(month)) if file.is_file() else None


def announced(root: Path, month: str, now: datetime, by: str, prizes: int, closes: datetime) -> Draw:
    """The announcement, made from what is committed.  Raises CannotDraw, NoPolicy, GitFailed."""
    head = Git(root).head()
    if not head:
        raise CannotDraw("draw-no-commit")
    found = whole(root, now, head)
    end = _end(month, found.policy)
    if end > now:
        raise CannotDraw("draw-month-open", month=month, day=end.date().isoformat())
    if closes <= now:
        raise CannotDraw("draw-closes-past", given=closes.isoformat())
    taking_part = entrants(found, month, now)
    if not taking_part:
        raise CannotDraw("draw-nobody", month=month)
    return Draw(
        draw=month,
        announced=now.astimezone(found.policy.zone),
        by=by,
        closes=closes.astimezone(found.policy.zone),
        prizes=prizes,
        record=head,
        digest=draws.digest(taking_part),
        entrants=taking_part,
    )


def _end(month: str, policy: Policy) -> datetime:
    """The first moment after a month in the desk's zone."""
    year, number = map(int, month.split("-"))
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=policy.zone)


# ---- drawing --------------------------------------------------------------------------------------------------------


def drawn(root: Path, found: Whole, month: str, now: datetime, by: str) -> Drawn:
    """The winners.  Raises CannotDraw, BadDraw, GitFailed; an announcement that was tampered with is not drawn."""
    draw = there(root, month)
    if draw is None:
        raise CannotDraw("draw-not-announced", month=month)
    if draw.seed:
        return Drawn(draw, {})
    git = Git(root)
    wrong = list(_announcement_faults(root, git, draw))
    if wrong:
        raise BadDraw(wrong)
    if now <= draw.closes:
        raise CannotDraw("draw-not-closed", closes=draw.closes.isoformat())
    seed = seed_of(git, draw, _first_with(git, month, seeded=False).id, "HEAD")
    if not seed:
        raise CannotDraw("draw-no-seed", closes=draw.closes.isoformat())
    won = draws.winners(draw.entrants, seed, draw.prizes)
    full = draw.model_copy(update={"drawn": now.astimezone(found.policy.zone), "seed": seed, "winners": won})
    files, refused = _rewarded(root, found.policy, full, now, by)
    return Drawn(full, {**files, draws.path(month): draws.write(full)}, tuple(refused))


def _rewarded(root: Path, policy: Policy, draw: Draw, now: datetime, by: str) -> tuple[dict[str, bytes], list[Refusal]]:
    """The winners' files with their events, and why others have none."""
    files: dict[str, bytes] = {}
    refused = []
    for winner in draw.winners:
        try:
            path, item, source = acting.item(root, winner)
        except acting.NoItem:
            refused.append(Refusal("draw-winner-gone", (), {"id": winner}))
            continue
        if any(_is_prize(event, draw.draw) for event in item.history):
            continue
        event = act("reward", item, policy, now, by, {"kind": "prize", "draw": draw.draw})
        if isinstance(event, Refusal):
            refused.append(event)
        else:
            files[path] = append(source, event, file=path)
    return files, refused


def _is_prize(event: Event, month: str) -> bool:
    return isinstance(event, ev.Reward) and (event.kind, event.draw) == ("prize", month)


# ---- what Git says --------------------------------------------------------------------------------------------------


class Version(NamedTuple):
    """A commit with its committer's time, and the draw as it holds it."""

    id: str
    at: datetime
    draw: Draw


def _first_with(git: Git, month: str, *, seeded: bool) -> Version:
    """The first commit that holds the announcement (or, `seeded`, the result).  Raises CannotDraw where none does."""
    path = draws.path(month)
    rows = git.run("log", "--topo-order", "--reverse", "--full-history", "--format=%H %ct", "HEAD", "--", path)
    moments = dict(row.split(" ") for row in rows.splitlines()) if git.head() else {}
    for name, source in contents(git, (f"{commit}:{path}" for commit in moments)):
        commit = name.partition(":")[0]
        try:
            draw = draws.read(source, path)
        except BadDraw:
            continue
        if draw.seed or not seeded:
            return Version(commit, _moment(moments[commit]), draw)
    raise CannotDraw("draw-not-committed", file=path)


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def seed_of(git: Git, draw: Draw, announcement: str, tip: str) -> str:
    """The seed as `tip`'s main line gives it; empty while there is none."""
    grown = set(git.run("rev-list", "--ancestry-path", f"{announcement}..{tip}").split())
    rows = git.run("log", "--first-parent", "--reverse", "--format=%H %ct %s", f"{announcement}..{tip}").splitlines()
    for row in rows:
        commit, seconds, subject = (*row.split(" ", 2), "")[:3]
        if commit in grown and int(seconds) > draw.closes.timestamp() and subject.startswith(NIGHTLY):
            return commit
    return ""


# ---- checking -------------------------------------------------------------------------------------------------------


def faults(root: Path, month: str) -> tuple[Draw, list[Problem]]:
    """The draw, and all in it that anybody who recomputes it finds otherwise.  Raises CannotDraw, BadDraw, GitFailed."""
    draw = there(root, month)
    if draw is None:
        raise CannotDraw("draw-not-announced", month=month)
    git = Git(root)
    wrong = list(_announcement_faults(root, git, draw))
    if draw.seed and not wrong:
        wrong += _result_faults(root, git, draw)
    return draw, wrong


def _announcement_faults(root: Path, git: Git, draw: Draw) -> Iterator[Problem]:
    if is_shallow(git):
        raise CannotDraw("draw-shallow")
    file = draws.path(draw.draw)
    first = _first_with(git, draw.draw, seeded=False)
    if first.at > first.draw.closes:
        yield _problem(file, "draw-late", commit=first.id[:10], closes=first.draw.closes.isoformat())
    for name in _FIXED:
        if getattr(draw, name) != getattr(first.draw, name):
            yield _problem(file, "draw-changed", field=name, commit=first.id[:10])
    if draws.digest(draw.entrants) != draw.digest:
        yield _problem(file, "draw-digest")
    yield from _entrant_faults(root, git, draw, first)


def _entrant_faults(root: Path, git: Git, draw: Draw, first: Version) -> Iterator[Problem]:
    """Whether the entrants are those of the record that the announcement names."""
    file = draws.path(draw.draw)
    if not is_ancestor(git, draw.record, first.id):
        yield _problem(file, "draw-record-gone", commit=draw.record[:10])
        return
    wanted = entrants(whole(root, first.draw.announced, draw.record), draw.draw, first.draw.announced)
    missing, strange = sorted({*wanted} - {*draw.entrants}), sorted({*draw.entrants} - {*wanted})
    if missing or strange or len(wanted) != len(draw.entrants):
        values = {"missing": tuple(missing) or "-", "strange": tuple(strange) or "-", "commit": draw.record[:10]}
        yield _problem(file, "draw-entrants", **values)


def _result_faults(root: Path, git: Git, draw: Draw) -> Iterator[Problem]:
    file = draws.path(draw.draw)
    announcement = _first_with(git, draw.draw, seeded=False)
    tip = "HEAD"
    try:
        result = _first_with(git, draw.draw, seeded=True)
        tip = f"{result.id}^1"
        if (draw.seed, draw.winners, draw.drawn) != (result.draw.seed, result.draw.winners, result.draw.drawn):
            yield _problem(file, "draw-changed", field="seed, drawn, winners", commit=result.id[:10])
    except CannotDraw:
        pass  # drawn here and not committed yet: what HEAD says counts
    seed = seed_of(git, draw, announcement.id, tip)
    if draw.seed != seed:
        yield _problem(file, "draw-seed", given=str(draw.seed)[:10], wanted=seed[:10] or "-")
    won = draws.winners(draw.entrants, str(draw.seed), draw.prizes)
    if draw.winners != won:
        yield _problem(file, "draw-winners", wanted=won)
    yield from _prize_faults(root, draw)


def _prize_faults(root: Path, draw: Draw) -> Iterator[Problem]:
    """Events of prizes that nobody drew."""
    for path, item in Desk(root).items():
        if isinstance(item, Item) and item.id not in draw.winners:
            for event in item.history:
                if _is_prize(event, draw.draw):
                    yield _problem(path, "draw-prize-undrawn", id=item.id, month=draw.draw)


def _problem(file: str, code: str, **values: object) -> Problem:
    return Problem(file, 1, 1, code, values)
