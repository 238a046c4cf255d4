"""The whole way in: files and issues that were made worse are taken in by a real desk, sealed, written, kept and checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp

from tests.fuzz import seeds
from tests.fuzz.limits import ACCEPTED, NOW, refused, remarked
from tests.fuzz.mutations import mutated
from tests.sample_desk import Sample, sample

from git_feedback.intake import FORMATS, Row, Source, issues, load_mapping
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Bad
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Desk

ROWS = 4
"""So many rows of a file are taken in."""


@dataclass
class WholeWay:
    """A desk of its own that takes in, and at the end looks at everything that it holds."""

    desk: Sample = field(init=False)
    door: TakingIn = field(init=False)
    outcomes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Somebody holds a key, so that contacts are sealed."""
        root = Path(mkdtemp(prefix="fuzz-"))
        self.desk = sample(root)
        (root / "policy/recipients.txt").write_text(f"# 何淼\n{new_identity()[1]}\n", encoding="utf-8")
        self.desk.commit()
        policy = load_policy(Desk(root).policy())
        bits = count(7)
        self.door = TakingIn(root, policy, Vault.of(policy, self.desk.git, b"k" * 32), NOW, lambda: next(bits))

    def shoot(self, random: Random) -> None:
        """One file or issue, taken in."""
        try:
            for row in islice(self._rows(random), ROWS):
                outcome = self.door.take(row)
                self.outcomes[outcome.what] = self.outcomes.get(outcome.what, 0) + 1
                remarked(outcome.remarks)
        except Bad as bad:
            refused(bad.problems)
        except issues.Unreadable:
            pass

    def _rows(self, random: Random) -> Iterator[Row]:
        policy, name = self.door.policy, random.choice((*FORMATS, "issue"))
        if name == "issue":
            return iter([issues.row(issues.issue(mutated(seeds.issues(), random)), policy, NOW)])
        form = FORMATS[name]
        if form.maps:
            content, mapping = random.choice(seeds.tables().get(name) or seeds.tables()["csv"])
            columns = load_mapping(mapping, "map.yml")
            return form.read(Source(mutated([content], random), "表", policy, NOW, columns))
        given = seeds.FILES[name]() if name in seeds.FILES else seeds.everything()
        return form.read(Source(mutated(given, random), "表", policy, NOW))

    def close(self) -> list[str]:
        """What `check` finds in all that was written: nothing but what is asked for later."""
        self.door.finish()
        self.desk.commit()
        self.door.journal.close()
        ran = self.desk.run("check", "--format", "json")
        rmtree(self.desk.root, ignore_errors=True)
        if ran.code not in (0, 1):
            return [ran.err]
        found = [one for one in json.loads(ran.out)["problems"] if one["code"] not in ACCEPTED]
        return [f"{one['file']}:{one['line']}: {one['code']}: {one['message']}" for one in found]
