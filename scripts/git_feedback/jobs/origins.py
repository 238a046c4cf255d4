"""Where each part of the policy is written, and which commit last changed it there.

Git is asked once a file.  Where it has no history (an export, the oldest commit of a shallow clone), a part is named by
file and line alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

from git_feedback.notation import places, read
from git_feedback.pages.page import Change, Origin, Part
from git_feedback.policy import Policy
from git_feedback.store import Desk, Git, GitFailed

UNCOMMITTED = "0" * 40
"""What Git calls the commit of a line that is in none."""
SHORT = 10

Place = tuple[str | int, ...]
Where = tuple[str, Place]
"""A file of the policy and a place in it."""
Written = Mapping[Place, list[int]]
"""The lines of each place of a file, from the first one."""


def origins(root: Path, policy: Policy, as_of: str | None = None) -> dict[Part, Origin]:
    """The origin of every part of a desk's policy: in the working tree, or as it stood at commit `as_of`.

    What the files do not hold (the calendar round the clock) is left out.  Raises GitFailed for a commit that is not
    there.
    """
    sources = _sources(root, as_of)
    written = {path: _written(content) for path, content in sources.items()}
    git = Git(root)
    changes: dict[str, Mapping[int, Change | None]] = {}
    found = {}
    for part, (path, place) in _parts(policy, sources):
        lines = written.get(path, {}).get(place)
        if lines:
            if path not in changes:
                changes[path] = _changes(git, path, as_of)
            found[part] = _origin(path, lines, changes[path])
    return found


def _sources(root: Path, as_of: str | None) -> Mapping[str, bytes]:
    found = Desk(root).policy() if as_of is None else Git(root).tree(as_of, "policy")
    return {path: text for path, text in found.items() if path.endswith(".yml")}


def _written(source: bytes) -> Written:
    """A place has the lines of everything in it."""
    found: dict[Place, set[int]] = defaultdict(set)
    for place, (line, _) in places(source).items():
        for depth in range(len(place) + 1):
            found[place[:depth]].add(line)
    return {place: sorted(lines) for place, lines in found.items()}


def _origin(path: str, lines: Sequence[int], changes: Mapping[int, Change | None]) -> Origin:
    """The newest of the changes to some lines; a line that is not committed is newer than every commit."""
    known = [changes[line] for line in lines if line in changes]
    if any(change and change.id == UNCOMMITTED[:SHORT] for change in known):
        return Origin(path, lines[0], uncommitted=True)
    newest = max((change for change in known if change), key=lambda change: change.at, default=None)
    return Origin(path, lines[0], newest)


# ---- what there is --------------------------------------------------------------------------------------------------


def _parts(policy: Policy, sources: Mapping[str, bytes]) -> Iterator[tuple[Part, Where]]:
    yield from _editions(policy, sources.get("policy/sla.yml"))
    for shelf, keywords in (("alarms", policy.alarms), ("rules", policy.rules)):
        for n, keyword in enumerate(keywords):
            yield ("keyword", keyword.id), ("policy/keywords.yml", (shelf, n))
    for n, category in enumerate(policy.categories):
        yield ("category", category), ("policy/categories.yml", ("categories", n))
    for shelf, kind, named in (
        ("departments", "department", policy.departments),
        ("people", "person", policy.people),
    ):
        for n, name in enumerate(named):
            yield (kind, name), ("policy/people.yml", (shelf, n))
    for n, condition in enumerate(policy.triage.conditions):
        yield ("condition", condition.id), ("policy/triage.yml", ("conditions", n))
    for kind in policy.triage.submitter:
        yield ("submitter", kind), ("policy/triage.yml", ("submitter", kind))
    for scope in ("common", "systemic"):
        yield ("scope", scope), ("policy/triage.yml", (scope,))
    for name in policy.calendars.by_name:
        yield ("calendar", name), (f"policy/calendars/{name}.yml", ())


def _editions(policy: Policy, source: bytes | None) -> Iterator[tuple[Part, Where]]:
    """Editions may stand in any order in their file; the policy has them by their first day."""
    if source is None:
        return
    listed = cast("list[dict[str, Any]]", cast("dict[str, Any]", read(source))["editions"])
    order = sorted(range(len(listed)), key=lambda n: listed[n]["effective"])
    for edition, n in enumerate(order[: len(policy.editions)]):
        for rule in range(len(policy.editions[edition].rules)):
            yield ("rule", edition, rule), ("policy/sla.yml", ("editions", n, "rules", rule))
        for urgency in range(1, 6):
            yield ("matrix", edition, urgency), ("policy/sla.yml", ("editions", n, "matrix", str(urgency)))


# ---- who changed it -------------------------------------------------------------------------------------------------


def _changes(git: Git, path: str, as_of: str | None) -> Mapping[int, Change | None]:
    """The change of each line of a file; none where Git does not know the file or has no history."""
    commit = [as_of] if as_of else []
    try:
        told = git.run("blame", "--porcelain", *commit, "--", path)
        shallow = git.run("rev-parse", "--is-shallow-repository").strip() == "true"
    except GitFailed:
        return {}
    return _blamed(told, shallow)


def _blamed(told: str, shallow: bool) -> Mapping[int, Change | None]:
    """What `git blame --porcelain` tells.  In a shallow clone the oldest commit holds lines that it did not bring."""
    facts: dict[str, dict[str, str]] = {}
    lines: dict[int, str] = {}
    commit = ""
    for row in told.split("\n"):
        key, _, value = row.partition(" ")
        if row.startswith("\t"):
            commit = ""
        elif commit:
            facts[commit][key] = value
        elif row:
            commit = key
            facts.setdefault(commit, {})
            lines[int(value.split(" ")[1])] = commit
    changes = {commit: _change(commit, fact, shallow) for commit, fact in facts.items()}
    return {line: changes[commit] for line, commit in lines.items()}


def _change(commit: str, fact: Mapping[str, str], shallow: bool) -> Change | None:
    if shallow and "boundary" in fact:
        return None
    zone = fact["committer-tz"]
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    at = datetime.fromtimestamp(int(fact["committer-time"]), timezone(-offset if zone[0] == "-" else offset))
    return Change(commit[:SHORT], at, fact.get("author", ""), fact.get("summary", ""))
