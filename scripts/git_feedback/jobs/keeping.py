"""How the record was kept, for the page that says so: the audit and the witness in figures.

Commits never change, so what was found up to one of them is remembered and only what came after is looked at.  What is
remembered counts for the addresses of the people that it was found with; `git feedback audit` looks at everything anew.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha1, sha256
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.jobs.auditing import Audit, audit
from git_feedback.jobs.commits import is_shallow
from git_feedback.jobs.hands import addresses
from git_feedback.jobs.witnessing import Counting
from git_feedback.pages.page import Kept
from git_feedback.policy import Policy
from git_feedback.store import Git, GitFailed, write_file

EDITION = 1
"""Counts up when the audit learns to see something else."""
Figures = Mapping[str, Mapping[str, int]]
_NONE: Figures = {"commits": {}, "signatures": {}, "findings": {}}


def kept(git: Git, policy: Policy, subjects: Iterable[Subject] = (), memory: Path | None = None) -> Kept | None:
    """What the record holds at HEAD and what an audit of its whole history finds; None before the first commit.

    `subjects` are items that were read already; `memory` is the file in which figures wait for the next time.
    """
    head = git.head()
    if not head:
        return None
    mark = _mark(git, policy)
    memory = None if is_shallow(git) else memory
    start, before = _remembered(git, memory, mark)
    figures = _sum(before, audit(git, policy, start))
    if memory:
        said = {"mark": mark, "head": head, "figures": figures}
        write_file(memory, (json.dumps(said, indent=1, sort_keys=True) + "\n").encode(), durable=False)
    items, events, digest = Counting(git, _counted(subjects)).holds(head)
    commits = figures["commits"].get("all", 0)
    return Kept(head, items, events, digest, commits, figures["signatures"], figures["findings"])


def _sum(before: Figures, found: Audit) -> Figures:
    new = {
        "commits": {"all": found.commits},
        "signatures": found.signatures,
        "findings": Counter(one.code for one in found.findings),
    }
    return {name: dict(sorted((Counter(before[name]) + Counter(new[name])).items())) for name in new}


def _mark(git: Git, policy: Policy) -> str:
    """What figures depend on beside the commits."""
    known = sorted((email, *sorted(those)) for email, those in addresses(git, policy).items())
    return sha256(f"{EDITION} {known}".encode()).hexdigest()


def _remembered(git: Git, memory: Path | None, mark: str) -> tuple[str | None, Figures]:
    """Up to which commit is known what was found, and the figures; None where all has to be looked at."""
    try:
        said = json.loads(memory.read_bytes()) if memory else {}
        if said["mark"] != mark or git.run("merge-base", said["head"], "HEAD").strip() != said["head"]:
            return None, _NONE
        return said["head"], {name: dict(said["figures"][name]) for name in _NONE}
    except (OSError, ValueError, KeyError, TypeError, GitFailed):
        return None, _NONE


def _counted(subjects: Iterable[Subject]) -> dict[str, int]:
    """The events of items by the id that Git gives their bytes, where it counts in SHA-1."""
    return {
        sha1(b"blob %d\0%b" % (len(one.source), one.source), usedforsecurity=False).hexdigest(): len(one.item.history)
        for one in subjects
    }
