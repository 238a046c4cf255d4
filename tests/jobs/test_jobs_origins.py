"""Where rules are written and which commit brought them, in real repositories."""

import os
import shutil
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.jobs.origins import origins
from git_feedback.jobs.reading import load_policy
from git_feedback.pages.page import Origin, Part
from git_feedback.policy import Policy
from git_feedback.store import Desk, GitFailed

SLA, KEYWORDS = "policy/sla.yml", "policy/keywords.yml"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-01T09:00:00+08:00")
    return sample(tmp_path / "desk", PAYMENT)


def policy_of(desk: Sample) -> Policy:
    return load_policy(Desk(desk.root).policy())


def found(desk: Sample) -> dict[Part, Origin]:
    return origins(desk.root, policy_of(desk))


def change(desk: Sample, path: str, old: str, new: str, subject: str = "", day: str = "2026-04-01") -> None:
    """Change a file of the policy; committed on a day where it has a subject."""
    there = desk.text(path)
    assert old in there
    (desk.root / path).write_text(there.replace(old, new, 1), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", f"{day}T09:00:00+08:00")
        if not subject:
            return
        git(desk.root, "commit", "--quiet", "--all", f"--message={subject}", "--author=韩梅 <han.mei@desk.example>")


def line(desk: Sample, origin: Origin) -> str:
    return desk.text(origin.file).splitlines()[origin.line - 1]


def test_every_rule_matrix_row_keyword_category_department_person_and_calendar_has_its_line(desk: Sample) -> None:
    policy, known = policy_of(desk), found(desk)
    for edition in range(len(policy.editions)):
        for place, rule in enumerate(policy.editions[edition].rules):
            written = line(desk, known["rule", edition, place])
            assert f"clock: {rule.clock}" in written
            assert rule.target is None or f"target: {rule.target}" in written
        for urgency in range(1, 6):
            assert line(desk, known["matrix", edition, urgency]).strip().startswith(f"{urgency}: [")
    for kind, names in (
        ("keyword", [keyword.id for keyword in (*policy.alarms, *policy.rules)]),
        ("category", policy.categories),
        ("department", policy.departments),
        ("person", policy.people),
    ):
        for name in names:
            assert f"id: {name}" in line(desk, known[kind, name])
    assert known["calendar", "office"].file == "policy/calendars/office.yml"


def test_a_rule_names_the_commit_that_last_changed_its_line_and_others_keep_theirs(desk: Sample) -> None:
    before = found(desk)
    old = next(row for row in desk.text(SLA).splitlines() if "clock: respond, level: [P2]" in row)
    change(desk, SLA, old, old.replace("8h", "6h"), "首次答复改为六小时")
    policy, known = policy_of(desk), found(desk)
    place = next(n for n, rule in enumerate(policy.editions[0].rules) if str(rule.target) == "6h")
    changed = known["rule", 0, place].change
    assert changed
    assert (changed.subject, changed.author) == ("首次答复改为六小时", "韩梅")
    assert desk.git.head().startswith(changed.id)
    assert known["rule", 0, place - 1] == before["rule", 0, place - 1]


def test_a_line_that_is_not_committed_says_so(desk: Sample) -> None:
    change(desk, KEYWORDS, "words: [refund, ", "words: [refund please, refund, ")
    known = found(desk)
    assert known["keyword", "refund-en"].uncommitted
    assert known["keyword", "refund-en"].change is None
    assert known["keyword", "refund-zh"].change
    assert not known["keyword", "refund-zh"].uncommitted


def test_a_rule_over_several_lines_is_as_new_as_the_newest_of_them(desk: Sample) -> None:
    old = next(row for row in desk.text(KEYWORDS).splitlines() if "id: refund-en" in row)
    spread = "  - id: refund-en\n    language: en\n    words: [refund]\n    category: service/refund"
    change(desk, KEYWORDS, old, spread, "Write it down in lines")
    change(desk, KEYWORDS, "    words: [refund]", "    words: [refund, money back]", "One more word", "2026-05-01")
    origin = found(desk)["keyword", "refund-en"]
    assert "id: refund-en" in line(desk, origin)
    assert origin.change and origin.change.subject == "One more word"


def test_a_calendar_is_as_new_as_its_newest_line(desk: Sample) -> None:
    change(desk, "policy/calendars/office.yml", "makeup: mon", "makeup: tue", "Make-up days are like Tuesdays")
    origin = found(desk)["calendar", "office"]
    assert origin.line == 1
    assert origin.change and origin.change.subject == "Make-up days are like Tuesdays"


def test_the_calendar_round_the_clock_is_written_nowhere(desk: Sample) -> None:
    assert "24x7" in policy_of(desk).calendars.by_name
    assert ("calendar", "24x7") not in found(desk)


def test_editions_are_found_in_whatever_order_they_are_written(desk: Sample) -> None:
    text = desk.text(SLA)
    head, _, edition = text.partition("  - effective: 2024-01-01\n")
    newer = "  - effective: 2026-06-01\n" + edition.replace("target: 4h}", "target: 3h}", 1)
    (desk.root / SLA).write_text(f"{head}{newer}  - effective: 2024-01-01\n{edition}", encoding="utf-8")
    policy, known = policy_of(desk), found(desk)
    assert [one.effective.year for one in policy.editions] == [2024, 2026]
    assert "4h" in line(desk, known["rule", 0, 0])
    assert "3h" in line(desk, known["rule", 1, 0])
    assert known["rule", 1, 0].line < known["rule", 0, 0].line


def test_a_policy_of_another_day_is_found_at_its_commit(desk: Sample) -> None:
    then = desk.git.head()
    change(desk, SLA, "editions:\n", "# A line more.\neditions:\n", "Say it")
    policy = policy_of(desk)
    before, now = origins(desk.root, policy, then), found(desk)
    assert now["rule", 0, 0].line == before["rule", 0, 0].line + 1
    assert now["rule", 0, 0].change == before["rule", 0, 0].change
    with pytest.raises(GitFailed):
        origins(desk.root, policy, "no-such-commit")


def test_an_export_without_git_names_lines_and_no_commit(
    desk: Sample, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("export")
    shutil.copytree(desk.root / "policy", away / "policy")
    known = origins(away, policy_of(desk))
    assert set(known) == set(found(desk))
    assert all(one.change is None and not one.uncommitted for one in known.values())


def test_the_oldest_commit_of_a_shallow_clone_takes_no_credit(
    desk: Sample, tmp_path_factory: pytest.TempPathFactory
) -> None:
    change(desk, SLA, "target: 4h}", "target: 3h}", "Land faster")
    change(desk, SLA, "clock: review, target: 1wd", "clock: review, target: 2wd", "Review later")
    away = tmp_path_factory.mktemp("shallow") / "desk"
    git(desk.root, "clone", "--quiet", "--depth=2", f"file://{desk.root}", str(away))
    policy, known = policy_of(desk), origins(away, policy_of(desk))
    places = {rule.clock: place for place, rule in enumerate(policy.editions[0].rules)}
    newest = known["rule", 0, places["review"]].change
    assert newest and newest.subject == "Review later"
    assert known["rule", 0, places["register"]].change is None


def test_a_file_that_git_does_not_know_yet_has_lines_and_no_commit(desk: Sample) -> None:
    plain = (desk.root / "policy/calendars/plain.yml").read_bytes()
    (desk.root / "policy/calendars/night.yml").write_bytes(plain)
    assert found(desk)["calendar", "night"] == Origin("policy/calendars/night.yml", 1)


def test_git_is_asked_once_a_file(desk: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, tools = tmp_path / "asked", tmp_path / "bin"
    tools.mkdir()
    (tools / "git").write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexec "{shutil.which("git")}" "$@"\n')
    (tools / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
    known = found(desk)
    blamed = [row.rpartition(" ")[2] for row in log.read_text().splitlines() if " blame " in row]
    assert sorted(blamed) == sorted({origin.file for origin in known.values()})
