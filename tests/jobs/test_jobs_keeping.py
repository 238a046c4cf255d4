"""The figures of 'how this record was kept': the same whether all is looked at or only what came since."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated, note
from tests.sample_desk import NOW, policy

from git_feedback.jobs.keeping import kept
from git_feedback.jobs.reading import whole
from git_feedback.jobs.witnessing import Counting
from git_feedback.pages.page import Kept
from git_feedback.policy import Policy


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch)


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "build" / "kept.json"


def figures(desk: Dated, memory: Path | None = None, rules: Policy | None = None) -> Kept:
    found = kept(desk.desk.git, rules or policy(), memory=memory)
    assert found
    return found


def forge(desk: Dated, day: int) -> None:
    desk.append(note(f"11-{day}T10:00", by="lin.wan"), f"11-{day}T10:00")


def test_what_is_remembered_and_what_came_since_give_the_figures_of_the_whole(desk: Dated, memory: Path) -> None:
    for day in (19, 20, 21):
        forge(desk, day)
        assert figures(desk, memory) == figures(desk)
    found = figures(desk)
    assert (found.commits, found.findings) == (4, {"audit-other-hand": 3})
    assert (found.items, found.events, found.digest) == Counting(desk.desk.git).holds("HEAD")


def test_what_was_looked_at_is_not_looked_at_again(desk: Dated, memory: Path) -> None:
    forge(desk, 19)
    figures(desk, memory)
    said = json.loads(memory.read_text(encoding="utf-8"))
    said["figures"]["findings"]["audit-other-hand"] = 41
    memory.write_text(json.dumps(said), encoding="utf-8")
    forge(desk, 20)
    assert figures(desk, memory).findings == {"audit-other-hand": 42}


def test_a_rewritten_history_is_looked_at_anew(desk: Dated, memory: Path) -> None:
    forge(desk, 19)
    figures(desk, memory)
    desk.git("commit", "--quiet", "--amend", "--message=换个说法")
    assert figures(desk, memory) == figures(desk)


def test_other_addresses_are_another_question(desk: Dated, memory: Path) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00", who="陌生@else.example")
    assert figures(desk, memory).findings == {"audit-unknown-hand": 1}
    people = desk.desk.text("policy/people.yml").replace("he.miao@desk.example", "陌生@else.example")
    desk.put(people, "policy/people.yml")
    desk.commit("11-19T10:10")
    assert figures(desk, memory).findings == {}


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"mark": 1}', '{"mark": "x", "head": "-h", "figures": {}}'])
def test_a_memory_that_cannot_be_read_is_no_loss(desk: Dated, memory: Path, said: str) -> None:
    forge(desk, 19)
    memory.parent.mkdir()
    memory.write_text(said, encoding="utf-8")
    assert figures(desk, memory) == figures(desk)
    assert json.loads(memory.read_text(encoding="utf-8"))["head"] == desk.head


def test_items_that_were_read_already_count_as_they_stand_at_the_commit(desk: Dated) -> None:
    forge(desk, 19)
    desk.put(desk.desk.text(ITEM) + note("11-19T10:05"))  # not committed
    read = whole(desk.root, datetime.fromisoformat(NOW))
    found = kept(desk.desk.git, read.policy, read.subjects)
    assert found
    assert (found.items, found.events) == (1, 1)


def test_before_the_first_commit_there_is_nothing_to_say(tmp_path: Path, desk: Dated) -> None:
    desk.git("update-ref", "-d", "HEAD")
    assert kept(desk.desk.git, policy()) is None
