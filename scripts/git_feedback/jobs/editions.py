"""Editions of the knowledge base: tags `knowledge-2026-Q4`, and what each of them changed.

Nothing is kept beside the tags: which articles an edition has, Git says.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.copying import is_erased
from git_feedback.learning.editions import Articles, Edition, changes
from git_feedback.model import Item
from git_feedback.pages.handbook import Source
from git_feedback.store import Git, GitFailed
from git_feedback.store.articles import PAGES, SHELF, ArticleFile, article_files, joined

TAG = "knowledge-"
SHOWN = 12
"""So many editions are told, three years of them; older ones stay in Git."""
FOLDERS = tuple(f"{PAGES}/{language}/{SHELF}" for language in LANGUAGES)
_NAME = re.compile(r"[0-9]{4}-Q[1-4]")


@dataclass(frozen=True, slots=True)
class Tagged:
    """An edition's tag: its name without the beginning, when it was made, the commit that it marks."""

    name: str
    day: date
    commit: str


def is_name(given: str) -> bool:
    """Whether an edition may be called so: `2026-Q4`."""
    return _NAME.fullmatch(given) is not None


def quarter(day: date) -> str:
    """The name of the edition of a day's quarter."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def tagged(git: Git) -> list[Tagged]:
    """The editions that have a tag, oldest first; a tag that marks no commit is none."""
    form = (
        "%(refname:strip=2)%09%(creatordate:iso-strict)%09%(objecttype) %(objectname)%09%(*objecttype) %(*objectname)"
    )
    rows = git.run("for-each-ref", f"--format={form}", f"refs/tags/{TAG}*").splitlines()
    return sorted(_read(rows), key=lambda one: one.name)


def _read(rows: list[str]) -> Iterator[Tagged]:
    for row in rows:
        name, at, *objects = row.split("\t")
        commit = next((found[len("commit ") :] for found in objects if found.startswith("commit ")), "")
        if commit and is_name(name.removeprefix(TAG)):
            yield Tagged(name.removeprefix(TAG), datetime.fromisoformat(at).date(), commit)


def articles_at(git: Git, commit: str) -> Articles:
    """The articles as a commit has them, those that cannot be read left out.  Raises GitFailed."""
    found = article_files(git.tree(commit, *FOLDERS))
    return joined(one for _, one in found if isinstance(one, ArticleFile))


def editions(root: Path, today: Articles, items: Collection[Item]) -> list[Edition]:
    """What changed, newest first: since the last edition, then in each; empty where there is none.

    A tag whose commit is not here, as in a shallow clone, is passed over.
    """
    git = Git(root)
    there = list(_there(git, tagged(git)[-SHOWN - 1 :]))
    if not there:
        return []
    erased = {item.id for item in items if is_erased(item)}
    states = [*there, (None, today)]
    made = [
        Edition(tag.name if tag else "", tag.day if tag else None, changes(old, new, today, erased))
        for (_, old), (tag, new) in pairwise(states)
    ]
    first, articles = there[0]
    oldest = [Edition(first.name, first.day, changes({}, articles, today, erased))] if len(there) <= SHOWN else []
    return [*reversed(made), *oldest]


def since(git: Git, today: Articles, items: Collection[Item]) -> tuple[Tagged | None, Edition]:
    """The last edition, and what changed since; all articles where there is none."""
    there = list(_there(git, tagged(git)[-1:]))
    last, old = there[-1] if there else (None, {})
    erased = {item.id for item in items if is_erased(item)}
    return last, Edition("", None, changes(old, today, today, erased))


def _there(git: Git, tags: list[Tagged]) -> Iterator[tuple[Tagged, Articles]]:
    for tag in tags:
        try:
            yield tag, articles_at(git, tag.commit)
        except GitFailed:
            continue


def uncommitted(git: Git) -> list[str]:
    """The articles whose files are other than in the last commit."""
    rows = git.run("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *FOLDERS).split("\0")
    return sorted(row[3:] for row in rows if row.endswith(".md"))


def make_tag(git: Git, name: str, message: str) -> str:
    """Mark the last commit as an edition: the name of the tag.  Raises GitFailed, also where the tag is there."""
    tag = f"{TAG}{name}"
    git.run("tag", "--annotate", "--cleanup=whitespace", f"--message={message}", tag, "HEAD")
    return tag


def rules_source(git: Git) -> Source:
    """The commit that last changed the policy, and its day; nothing before the first one."""
    try:
        commit, _, day = git.run("log", "-1", "--abbrev=10", "--format=%h %cs", "--", "policy").strip().partition(" ")
    except GitFailed:
        return Source()
    return Source(commit, date.fromisoformat(day)) if commit else Source()
