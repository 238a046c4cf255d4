"""What happened to the rules in a period, out of a real repository: commits, both ends, and what they say otherwise."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import Sample, git, sample

from git_feedback.clock.periods import Period
from git_feedback.insight.policy_changes import policy_changes
from git_feedback.jobs.rule_changes import rule_changes, rules_then

ZONE = ZoneInfo("Asia/Shanghai")
Q3 = Period.parse("2026-Q3")


class Dated:
    """A desk whose commits are made at the moments a test names."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.at("2026-05-02T10:00:00+08:00")
        self.desk: Sample = sample(root)

    def at(self, moment: str) -> None:
        self.monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        self.monkeypatch.setenv("GIT_AUTHOR_DATE", moment)

    def change(self, moment: str, path: str, old: str, new: str) -> None:
        self.at(moment)
        file = self.desk.root / "policy" / path
        said = file.read_text(encoding="utf-8")
        assert old in said
        file.write_text(said.replace(old, new, 1), encoding="utf-8")
        self.desk.commit()

    def subjects(self, period: Period = Q3) -> list[str]:
        head = self.desk.git.head()
        return [" ".join(one.files) for one in rule_changes(self.desk.git, period, ZONE, head)]


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    return Dated(tmp_path, monkeypatch)


def test_only_commits_of_the_period_that_touch_rules_count(dated: Dated) -> None:
    dated.change("2026-06-30T23:59:59+08:00", "categories.yml", "urgency: 4", "urgency: 5")
    dated.change("2026-07-01T00:00:00+08:00", "categories.yml", "urgency: 5", "urgency: 3")
    dated.at("2026-08-01T09:00:00+08:00")
    (dated.desk.root / "README.md").write_text("没有规则", encoding="utf-8")
    (dated.desk.root / "policy/schema/note.json").write_text("{}", encoding="utf-8")
    dated.desk.commit()
    dated.change("2026-09-30T23:59:59+08:00", "keywords.yml", "起火, ", "")
    dated.change("2026-10-01T00:00:00+08:00", "keywords.yml", "着火, ", "")
    assert dated.subjects() == ["categories.yml", "keywords.yml"]
    assert dated.subjects(Period.parse("2026")) == [
        *[" ".join(rule_changes(dated.desk.git, Period.parse("2026-05"), ZONE, dated.desk.git.head())[0].files)],
        "categories.yml", "categories.yml", "keywords.yml", "keywords.yml",
    ]  # fmt: skip


def test_a_commit_is_told_with_its_moment_its_author_and_its_lines(dated: Dated) -> None:
    dated.change(
        "2026-08-12T10:30:00+08:00",
        "categories.yml",
        "    urgency: 4\n    impact: 4\n",
        "    urgency: 3\n    impact: 4\n",
    )
    (found,) = rule_changes(dated.desk.git, Q3, ZONE, dated.desk.git.head())
    assert found.at.isoformat() == "2026-08-12T10:30:00+08:00"
    assert (found.author, found.subject, found.files) == ("He Miao", "样例", ("categories.yml",))
    assert (found.added, found.removed) == (1, 1)
    assert found.commit == dated.desk.git.head()


def test_a_merged_branch_counts_once_on_the_day_of_its_merge(dated: Dated) -> None:
    root = dated.desk.root
    git(root, "checkout", "--quiet", "-b", "side")
    dated.change("2026-05-20T10:00:00+08:00", "categories.yml", "urgency: 4", "urgency: 5")
    dated.change("2026-05-21T10:00:00+08:00", "keywords.yml", "起火, ", "")
    git(root, "checkout", "--quiet", "main")
    dated.at("2026-07-20T10:00:00+08:00")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "side")
    assert dated.subjects() == ["categories.yml keywords.yml"]
    assert len(dated.subjects(Period.parse("2026-05"))) == 1


def test_the_rules_of_both_ends_are_those_of_the_last_commits_before(dated: Dated) -> None:
    dated.change("2026-06-30T12:00:00+08:00", "categories.yml", "urgency: 4", "urgency: 5")
    dated.change("2026-08-10T12:00:00+08:00", "categories.yml", "urgency: 5", "urgency: 2")
    dated.change("2026-10-01T00:00:00+08:00", "categories.yml", "urgency: 2", "urgency: 1")
    before, after = rules_then(dated.desk.git, Q3, ZONE, dated.desk.git.head())
    assert before and after
    assert (before.categories["product/payment"].urgency, after.categories["product/payment"].urgency) == (5, 2)
    (found,) = policy_changes(before, after, Q3.first, Q3.next.first)
    assert (found.subject, found.name, found.before, found.after) == ("category-urgency", "product/payment", "5", "2")


def test_rules_that_were_not_there_or_cannot_be_read_are_none(dated: Dated) -> None:
    head, spring = dated.desk.git.head(), Period.parse("2026-Q1")
    assert rules_then(dated.desk.git, spring, ZONE, head) == (None, None)
    assert rules_then(dated.desk.git, Period.parse("2026-Q2"), ZONE, head)[0] is None
    assert rules_then(dated.desk.git, Period.parse("2026-Q2"), ZONE, head)[1] is not None
    assert (rules_then(dated.desk.git, Q3, ZONE, ""), rule_changes(dated.desk.git, Q3, ZONE, "")) == ((None, None), [])
    dated.change("2026-08-10T12:00:00+08:00", "categories.yml", "categories:", "kinds:")
    assert rules_then(dated.desk.git, Q3, ZONE, dated.desk.git.head())[1] is None


def test_what_came_after_the_commit_of_the_report_is_not_known(dated: Dated) -> None:
    early = dated.desk.git.head()
    dated.change("2026-08-10T12:00:00+08:00", "categories.yml", "urgency: 4", "urgency: 5")
    assert rule_changes(dated.desk.git, Q3, ZONE, early) == []
