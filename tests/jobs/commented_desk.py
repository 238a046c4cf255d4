"""A desk whose items came from issues, whose people have logins, and below whose issues people write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sample_desk import Sample, git, sample

from git_feedback.desk import State, state
from git_feedback.intake.slash_events import Action, Said
from git_feedback.jobs import commenting, generating
from git_feedback.jobs.commenting import Taken
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Event, Item, ids
from git_feedback.policy import Policy
from git_feedback.store import Desk, Git, read

OPENED = datetime(2026, 11, 19, 1, 31, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)
"""A Friday before noon in Shanghai."""
CUSTOMER, STRANGER = "some-one", "passer-by"
ROBOT = "feedback-bot@desk.example"
CLASSIFIED = (
    '  - classify: {at: 2026-11-19T09:32:00+08:00, by: he.miao, category: product/bug, urgency: "3", impact: "3"}\n'
)
OWNED = "  - assign: {at: 2026-11-19T09:33:00+08:00, by: he.miao, department: payments, owner: lin.wan}\n"
ACCEPTED = "  - accept: {at: 2026-11-19T09:40:00+08:00, by: lin.wan}\n"


def id_of(number: int, kind: str = "github") -> str:
    """The id of what an issue became."""
    return ids.make("Q", OPENED.date(), "issue-form", f"{kind}#{number}", lambda _: False)


def issue_item(number: int = 12, *history: str, kind: str = "github", language: str = "zh") -> str:
    """The item of an issue, with a history."""
    events = "".join(history)
    return (
        f"id: {id_of(number, kind)}\nreceived: 2026-11-19T09:31:00+08:00\nchannel: issue-form\n"
        f'source: "{kind}#{number}"\nlanguage: {language}\ntitle: 支付页面报错\ntext: |-\n  付款到最后一步提示系统繁忙。\n'
        + (f"history:\n{events}".replace('"3"', "3") if events else "")
    )


def with_logins(text: str) -> str:
    """people.yml in which everybody has a login: `lin.wan` is Lin-Wan."""
    lines = []
    for line in text.split("\n"):
        person = line.partition("{id: ")[2].partition(",")[0] if ", roles:" in line else ""
        login = "-".join(part.capitalize() for part in person.split("."))
        lines.append(line.replace(", department:", f", login: {login}, department:", 1) if person else line)
    return "\n".join(lines)


def login(person: str) -> str:
    """The login of a person, as hosts tell it."""
    return person.replace(".", "-")


@contextmanager
def machine(now: datetime) -> Iterator[None]:
    """Commits are a machine's, as in a workflow, and of that moment."""
    with pytest.MonkeyPatch.context() as here:
        for who in ("AUTHOR", "COMMITTER"):
            here.setenv(f"GIT_{who}_DATE", now.isoformat())
            here.setenv(f"GIT_{who}_EMAIL", ROBOT)
        yield


@dataclass
class Commented:
    """A desk, and a clock that goes on by a minute with each comment."""

    desk: Sample
    now: datetime = NOW
    count: int = 3000

    @property
    def root(self) -> Path:
        """The desk's folder."""
        return self.desk.root

    @property
    def policy(self) -> Policy:
        """Its policy, as it lies there."""
        return load_policy(Desk(self.root).policy())

    def item(self, item_id: str) -> Item:
        """An item as it lies there."""
        return read((self.root / ids.path(item_id)).read_bytes())

    def state(self, item_id: str) -> State:
        """Where it stands now."""
        return state(self.item(item_id), self.policy, self.now)

    def last(self, item_id: str) -> Event:
        """What was written to it last."""
        return self.item(item_id).history[-1]

    def say(
        self,
        who: str,
        body: str,
        number: int = 12,
        *,
        ago: timedelta = timedelta(0),
        action: Action = "created",
        kind: str = "github",
        internal: bool = False,
    ) -> Said:
        """A comment that somebody writes a minute after the one before."""
        self.now += timedelta(minutes=1)
        self.count += 1
        name = who.lower()
        return Said(
            kind, number, OPENED, str(self.count), name, name == CUSTOMER, body, self.now - ago, action, internal
        )

    def take(self, said: Said, *, dry_run: bool = False) -> Taken:
        """What becomes of it, written and committed."""
        journal = Journal(self.root)
        journal.hold()
        vault = Vault.of(self.policy, Git(self.root), None)
        taken = commenting.take(said, self.root, self.policy, vault, self.now, dry_run=dry_run)
        if not dry_run:
            commenting.write(taken, self.root, vault, journal)
            with machine(self.now):
                Git(self.root).commit(journal.paths(), taken.message)
        journal.close()
        return taken

    def comment(self, who: str, body: str, number: int = 12) -> Taken:
        """Both at once: somebody writes, and it is taken."""
        return self.take(self.say(who, body, number))

    def again(self, said: Said, later: timedelta) -> Taken:
        """The same comment once more, later."""
        self.now += later
        return self.take(replace(said))


def commented(folder: Path, *items: str) -> Commented:
    """A desk with these items (one from issue 12 where none is given), everything committed by a machine's hand."""
    root = folder / "desk"
    root.mkdir()
    desk = sample(root, *(items or (issue_item(12, CLASSIFIED),)))
    people = root / "policy/people.yml"
    people.write_text(with_logins(people.read_text("utf-8")), encoding="utf-8")
    made = Commented(desk)
    generating.write_down(root, made.policy)
    with machine(NOW):
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--amend", "--reset-author", "--no-edit")
    return made
