"""Whose hand wrote a commit: people by their addresses in `policy/people.yml`, now or ever, and machines.

People leave and addresses change, so every version of the file counts.
"""

import re
from collections.abc import Mapping

from git_feedback import notation
from git_feedback.jobs.commits import Commit, contents
from git_feedback.policy import Policy
from git_feedback.store import Git

PEOPLE = "policy/people.yml"
HOSTS = frozenset({"noreply@github.com", "noreply@gitlab.com"})
"""Committers of what is merged or edited on a host's pages: there the author says who it was."""
_BOT = re.compile(r"\[bot\]|(?:^|[_.+-])bot(?:[_.+@-]|$)")

Addresses = Mapping[str, frozenset[str]]
"""An address in lower case -> the ids of those whose it is or was."""


def addresses(git: Git, policy: Policy) -> Addresses:
    """Who has which address, by the people of now and by every version of their file in HEAD's history."""
    found: dict[str, set[str]] = {}
    for person in policy.people.values():
        if person.email:
            found.setdefault(person.email.casefold(), set()).add(person.id)
    rows = git.run("rev-list", "--objects", "HEAD", "--", PEOPLE).splitlines() if git.head() else []
    blobs = [row.split(" ")[0] for row in rows if row.endswith(PEOPLE)]
    for _, source in contents(git, blobs):
        for identity, email in _people(source):
            found.setdefault(email.casefold(), set()).add(identity)
    return {email: frozenset(those) for email, those in found.items()}


def _people(source: bytes) -> list[tuple[str, str]]:
    """Id and address of everybody in a version of the file, as far as it can be read."""
    try:
        raw = notation.read(source)
    except notation.Bad:
        return []
    people = raw.get("people") if isinstance(raw, dict) else None
    rows = [one for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    pairs = [(one.get("id"), one.get("email")) for one in rows]
    return [(identity, email) for identity, email in pairs if isinstance(identity, str) and isinstance(email, str)]


def address(commit: Commit) -> str:
    """The address that answers for a commit: the committer's, the author's where a host committed."""
    hand = commit.author if commit.committer.email.casefold() in HOSTS else commit.committer
    return hand.email.casefold()


def is_machine(commit: Commit) -> bool:
    """Whether a machine committed, by its address or name."""
    hand = commit.committer
    return bool(_BOT.search(address(commit)) or hand.name.casefold().endswith("[bot]"))
