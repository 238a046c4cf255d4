"""Many items at once: what is about to be written is told before it is written, and has to be wanted."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from git_feedback.cli.session import Session, stdin_is_a_person
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.desk import Refusal, Standing, standing
from git_feedback.model import Event, Item, Problem
from git_feedback.store import BadItem, append, entry, write_file
from git_feedback.text import shorten, visible

TITLES, REASONS = 5, 10
"""How many items, and how many of those that are refused, a summary names."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written to one item; without an event it is refused: `why`, or what is wrong with its file."""

    path: str
    item: Item
    source: bytes
    event: Event | None = None
    content: bytes = b""
    why: str = ""
    problems: tuple[Problem, ...] = ()

    def reasons(self, language: str) -> list[str]:
        """Why it is refused, a line each."""
        return [*([self.why] if self.why else []), *(problem.said(language) for problem in self.problems)]


def change(session: Session, path: str, item: Item, source: bytes, found: Event | Refusal) -> Change:
    """What a verb makes of an item's file."""
    if isinstance(found, Refusal):
        return Change(path, item, source, why=f"{item.id}: {found.said(session.language)}")
    try:
        return Change(path, item, source, found, append(source, found, file=path))
    except BadItem as bad:
        return Change(path, item, source, problems=tuple(bad.problems))


def written(session: Session, changes: Sequence[Change]) -> list[str]:
    """Write what is not refused (unless it is a dry run) and say so; the paths.  Why the others are refused is said."""
    done = []
    for one in changes:
        if one.event is None:
            if one.why:
                click.echo(one.why, err=True)
            session.show_problems(one.problems)
            continue
        if not session.dry_run:
            write_file(session.root / one.path, one.content)
        if session.style == "text":
            click.echo(f"{one.path}:\n{entry(one.event).rstrip()}")
        done.append(one.path)
    return done


def summarise(session: Session, title: str, changes: Sequence[Change]) -> None:
    """How many items by level, state and department, the first titles, and what is refused; on standard error."""
    found = [standing(one.item, session.policy, session.now) for one in changes if one.event is not None]
    refused = [line for one in changes if one.event is None for line in one.reasons(session.language)]
    click.echo(title, err=True)
    for code, named in _COUNTED.items():
        counts = sorted(Counter(named(session, one) for one in found).items())
        if counts:
            session.say(code, counts=[f"{name} {count}" for name, count in counts])
    for one in found[:TITLES]:
        click.echo(f"  {one.item.id}  {shorten(visible(one.item.title), 60)}", err=True)
    if len(found) > TITLES:
        session.say("bulk-more", n=len(found) - TITLES)
    if refused:
        session.say("bulk-refused", n=len(refused))
    for line in refused[:REASONS]:
        click.echo(f"  {line}", err=True)
    if len(refused) > REASONS:
        session.say("bulk-more", n=len(refused) - REASONS)


_COUNTED: dict[str, Callable[[Session, Standing], str]] = {
    "bulk-levels": lambda _session, one: one.state.level or "-",
    "bulk-states": lambda session, one: session.words(f"life-{one.state.life}"),
    "bulk-departments": lambda _session, one: one.state.department or "-",
}
"""What a summary counts by."""


def is_wanted(session: Session, changes: Sequence[Change], *, yes: bool) -> bool:
    """Whether to go on: `--yes`, a dry run, or a person at the terminal who says so.

    Stops where nobody can be asked, and where a file changed while somebody thought about it.
    """
    count = sum(one.event is not None for one in changes)
    if session.dry_run or not count:
        return True
    if not yes:
        if not stdin_is_a_person():
            raise Stop("bulk-not-asked", USAGE, session.language, n=count)
        if not click.confirm(session.words("bulk-confirm", n=count), err=True):
            session.say("bulk-left")
            return False
    for one in changes:
        if (session.root / one.path).read_bytes() != one.source:
            raise Stop("bulk-changed", CANNOT, session.language, file=one.path)
    return True


yes_option = click.option("--yes", is_flag=True, help="Do not ask before many items are written.")
