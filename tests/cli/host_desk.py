"""A desk whose issues lie on a fake GitHub: events as GitHub tells them, a bare repository to push to."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hosts import fake_github
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import NOW, Ran, Sample, git, sample

from git_feedback.intake import issue_form
from git_feedback.model import Item
from git_feedback.store import read

LOGINS = {"lin.wan": "linwan", "he.miao": "hemiao"}


def body(text: str = "付款报错。", product: str = "App", rating: str = "2") -> str:
    """What the form makes of answers."""
    answers = {"kind": "故障 / Fault", "product": product, "device": "_No response_", "rating": rating, "text": text}
    return "\n\n".join(f"### {issue_form.label(name)}\n\n{value}" for name, value in answers.items())


@dataclass(frozen=True)
class Hosted:
    """The desk, its host, and the repository that it pushes to."""

    desk: Sample
    host: FakeHost
    bare: Path

    def event(self, number: int, action: str = "opened", sender: str | None = None, **facts: Any) -> Path:
        """The file of an event of an issue as it is now; by its author where nobody else is named."""
        one = self.host.issues[number]
        told = {"action": action, "issue": fake_github.issue(self.host.state, one), **facts}
        told["sender"] = {"login": sender or one.login}
        path = self.bare.parent / f"event-{number}.json"
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return path

    def edit(self, number: int, text: str | None = None, title: str | None = None) -> dict[str, Any]:
        """Rewrite an issue; what an event says of the change."""
        one = self.host.issues[number]
        changes: dict[str, Any] = {}
        if text is not None:
            changes["body"] = {"from": one.body}
            one.body = text
        if title is not None:
            changes["title"] = {"from": one.title}
            one.title = title
        one.changed = self.host.state.tick()
        return changes

    def intake(self, number: int, action: str = "opened", *words: str, now: str = NOW, **facts: Any) -> Ran:
        """`intake issue --push` for an event."""
        event = self.event(number, action, **facts)
        command = ("intake", "issue", "--push", "--event", str(event), *words)
        return self.desk.run(*command, now=now, env=self.host.environment)

    def run(self, *words: str, now: str = NOW) -> Ran:
        """Any command, with the host and its token at hand."""
        return self.desk.run(*words, now=now, env=self.host.environment)

    def items(self) -> list[Item]:
        """What the other side holds, in the order of files."""
        paths = git(self.bare, "ls-tree", "-r", "--name-only", "HEAD", "feedback").splitlines()
        return [read(git(self.bare, "show", f"HEAD:{path}").encode()) for path in paths if path.endswith(".yml")]


def hosted(folder: Path, host: FakeHost, *items: str) -> Hosted:
    """A desk that takes in issues of a host, cloned from a bare repository."""
    root = folder / "desk"
    root.mkdir()
    made = sample(root, *items)
    made.put("sources:\n  - {id: issues, kind: issues, label: feedback}\n", "policy/intake.yml")
    people = made.text("policy/people.yml")
    for person, login in LOGINS.items():
        people = people.replace(f"{{id: {person},", f"{{id: {person}, login: {login},")
    made.put(people, "policy/people.yml")
    made.run("generate", now=None)
    made.commit()
    git(folder, "clone", "--quiet", "--bare", str(root), "bare.git")
    git(root, "remote", "add", "origin", str(folder / "bare.git"))
    git(root, "fetch", "--quiet", "origin")
    git(root, "branch", "--quiet", "--set-upstream-to=origin/main", "main")
    return Hosted(made, host, folder / "bare.git")
