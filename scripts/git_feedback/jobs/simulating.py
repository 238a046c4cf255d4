"""History replayed under another policy: what it would have made of the same items.  Nothing is written.

Facts stay: what was said, what people did and when.  What follows from them is asked of the other policy: levels,
departments, owners, clocks; and, where the machine's word is the one that counts, what the rules say of the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from git_feedback.desk import MACHINES, Standing, standing, standings, state
from git_feedback.insight.replays import Replay, compared
from git_feedback.jobs.reading import NoPolicy, load_policy
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Edition, Keyword, Policy
from git_feedback.store import Desk, Git, NoSuchCommit
from git_feedback.text import fold
from git_feedback.triage import Rules
from git_feedback.triage.rules import BY, CHOSEN
from git_feedback.triage.scope import Scope

_FOLDER = "policy"
_SIGNS = ("desk.yml", "sla.yml")
"""Files by which a folder is known to be a policy, be it called so or not."""


class NoSuchPolicy(Exception):
    """Neither a folder nor a commit with a policy has the name that was given."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


@dataclass(frozen=True, slots=True)
class Simulation:
    """A replay and how it was done."""

    replay: Replay
    policy: Policy
    """The other policy as it judged."""
    always: date | None
    """The first day of the edition that judged as if it had always held; None: every edition kept its dates."""
    rules_run: bool
    """Whether the rules of triage were run again: of some text the two policies may say different things."""


# ---- the other policy -----------------------------------------------------------------------------------------------


def named_policy(name: str, git: Git) -> Policy:
    """The policy in a folder (policy/ itself, or one that holds it) or, where there is none, at a commit.

    Raises NoSuchPolicy, NoPolicy (its problems name the files where they lie) and GitFailed.
    """
    found = _folder(Path(name))
    if found:
        top = found.resolve()
        files = Desk(top.parent).sources(top.name, (".yml",))
        sources = {path.removeprefix(f"{top.name}/"): content for path, content in files.items()}
        return _loaded(sources, f"{found.as_posix()}/")
    try:
        tree = git.tree(name, _FOLDER)
    except NoSuchCommit:
        raise NoSuchPolicy(name) from None
    sources = {path.removeprefix(f"{_FOLDER}/"): content for path, content in tree.items() if path.endswith(".yml")}
    if not sources:
        raise NoSuchPolicy(name)
    return _loaded(sources, f"{name}:{_FOLDER}/")


def _folder(given: Path) -> Path | None:
    """The policy folder that is meant, as it was given."""
    if (given / _FOLDER).is_dir():
        return given / _FOLDER
    return given if any((given / sign).is_file() for sign in _SIGNS) else None


def _loaded(sources: Mapping[str, bytes], where: str) -> Policy:
    try:
        return load_policy({f"{_FOLDER}/{path}": content for path, content in sources.items()})
    except NoPolicy as none:
        problems = (replace(one, file=where + one.file.removeprefix(f"{_FOLDER}/")) for one in none.problems)
        raise NoPolicy(tuple(problems)) from None


def from_the_start(ours: Policy, other: Policy) -> tuple[Policy, date | None]:
    """The other policy with its newest edition that ours has not holding from the start, and that edition's first day.

    So an edition that begins next month shows what it would have done.  Editions that begin after it are ours too
    and keep their dates.  Where ours has them all, nothing changes (None).
    """
    known = [_judging(edition) for edition in ours.editions]
    new = [place for place, edition in enumerate(other.editions) if _judging(edition) not in known]
    if not new:
        return other, None
    return replace(other, editions=other.editions[new[-1] :]), other.editions[new[-1]].effective


def _judging(edition: Edition) -> tuple[object, ...]:
    """What clocks see of an edition: neither names nor the day of its last review."""
    calendars = {name: level.calendar for name, level in edition.levels.items()}
    ways = edition.pauses_for_partner, edition.reopen_within
    return edition.effective, calendars, edition.matrix, edition.rules, *ways


# ---- judged under it ------------------------------------------------------------------------------------------------


def simulated(
    items: Sequence[Item],
    ours: Policy,
    other: Policy,
    now: datetime,
    *,
    since: date | None = None,
    as_dated: bool = False,
) -> Simulation:
    """Items received by `now` (and on the day `since` or later, in the desk's zone), under both policies."""
    there = [item for item in items if item.received <= now and (since is None or _day(item, ours) >= since)]
    before = standings(there, ours, now)
    judging, always = (other, None) if as_dated else from_the_start(ours, other)
    after = standings(_replayed(there, ours, judging, now), judging, now)
    return Simulation(compared(before, after, ours, judging), judging, always, _telling(ours, judging) != frozenset())


def judged_under(items: Sequence[Item], ours: Policy, other: Policy, now: datetime) -> dict[str, Standing]:
    """Where items would stand under another policy, by id; editions and rules are taken as in `simulated`."""
    judging, _ = from_the_start(ours, other)
    return {item.id: standing(item, judging, now) for item in _replayed(items, ours, judging, now)}


def _day(item: Item, policy: Policy) -> date:
    return item.received.astimezone(policy.zone).date()


# ---- what the rules would have said ---------------------------------------------------------------------------------


def _replayed(items: Sequence[Item], ours: Policy, other: Policy, now: datetime) -> list[Item]:
    """The items, the machine's classification replaced where the rules of the two policies say different things."""
    words = _telling(ours, other)
    asked = [item for item in items if _tells(item, words) and _is_the_machines(item, ours, now)]
    before, after = _said(asked, ours, now), _said(asked, other, now)
    differing = {item.id for item in asked if _would_differ(item, before[item.id], after[item.id])}
    return [_reclassified(item, after[item.id]) if item.id in differing else item for item in items]


def _telling(ours: Policy, other: Policy) -> frozenset[str] | None:
    """Folded words without which the rules of both policies say the same of a text; None: of any text they may not.

    A rule tells when one policy has it only, or when its category matters more or less in one of them.
    """
    words: set[str] = set()
    if ours.negations != other.negations:
        return None
    for before, after in ((ours.alarms, other.alarms), (ours.rules, other.rules)):
        shared = [rule for rule in before if rule in after]
        if shared != [rule for rule in after if rule in before]:
            return None
        telling = (one for one in (*before, *after) if one not in shared or _gives(one, ours) != _gives(one, other))
        words.update(fold(word) for rule in telling for word in rule.words)
    return frozenset(words)


def _gives(rule: Keyword, policy: Policy) -> tuple[int, int] | None:
    category = policy.categories.get(rule.category or "")
    return (category.urgency, category.impact) if category else None


def _tells(item: Item, words: frozenset[str] | None) -> bool:
    if not words:
        return words is None
    text = fold(f"{item.title}\n{item.text or ''}")
    return any(word in text for word in words)


def _would_differ(item: Item, before: ev.Classify | None, after: ev.Classify | None) -> bool:
    """Whether the rules would have said another thing; what triage has simply not come to yet is no difference."""
    if before and not any(one.by == BY and isinstance(one, ev.Classify) for one in item.history):
        return False
    return _gist(before) != _gist(after)


def _is_the_machines(item: Item, policy: Policy, now: datetime) -> bool:
    """Whether the rules have the last word on an item so far, or would have the first: nobody has touched it."""
    if item.received > now:
        return False
    said = [event for event in item.history if isinstance(event, ev.Classify) and event.at <= now]
    if not said:
        return state(item, policy, now).life == "new"
    return all(event.by in MACHINES for event in said) and max(said, key=lambda event: event.at).by == BY


def _said(items: Sequence[Item], policy: Policy, now: datetime) -> dict[str, ev.Classify | None]:
    """What the rules of a policy say of each text, None where none of them decides."""
    rules = Rules(policy)
    return {item.id: _anew(rules, item, now) for item in items}


def _anew(rules: Rules, item: Item, now: datetime) -> ev.Classify | None:
    """What they would say for the first time; what was chosen in a form stays, and is only raised."""
    chosen = tuple(one for one in item.history if isinstance(one, ev.Classify) and one.by == CHOSEN)
    fresh = item.model_copy(update={"history": chosen})
    found = rules.raised(fresh, now, _scope(item)) if chosen else rules.suggest(fresh, now, _scope(item))
    return found.event if found else None


def _scope(item: Item) -> Scope:
    """How many it concerned when the rules last spoke: that was counted, and is no matter of words."""
    said = [one for one in item.history if isinstance(one, ev.Classify) and one.by == BY]
    return Scope(max(said, key=lambda one: one.at).scope or "single") if said else Scope()


def _gist(event: ev.Classify | None) -> tuple[object, ...] | None:
    return (event.category, event.urgency, event.impact) if event else None


def _reclassified(item: Item, event: ev.Classify | None) -> Item:
    """The item as if the rules had said this, or nothing, when they first spoke: at the latest on landing."""
    places = [n for n, one in enumerate(item.history) if isinstance(one, ev.Classify) and one.by == BY]
    first = places[0] if places else 0
    at = item.history[first].at if places else item.landed or item.received
    said = [event.model_copy(update={"at": at})] if event else []
    kept = [one for n, one in enumerate(item.history) if n not in places]
    return item.model_copy(update={"history": (*kept[:first], *said, *kept[first:])})
