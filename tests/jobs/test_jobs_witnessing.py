"""The witness: written once a change, in a second place; it knows a history that was rewritten by its oldest trick."""

import json
import subprocess
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated, note
from tests.sample_desk import NOW

from git_feedback.jobs.auditing import Finding
from git_feedback.jobs.witnessing import (
    Counting,
    Inside,
    Witness,
    held_against,
    witness_file,
    witnesses,
    write_witness,
)
from git_feedback.pages.views.record_kept import BY_HAND, HOLD
from git_feedback.store import Git, GitFailed

WHEN = datetime.fromisoformat(NOW)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "别处"


def write(desk: Dated, place: Path, at: datetime = WHEN) -> Witness | None:
    return write_witness(desk.desk.git, place, at)


def held(desk: Dated, place: Path) -> list[Finding]:
    found, wrong = witnesses(place)
    return [*wrong, *held_against(desk.desk.git, found, desk.audit())]


def codes(desk: Dated, place: Path) -> list[str]:
    return [one.code for one in held(desk, place)]


def by_hand(command: str, folder: Path) -> str:
    """What a person's shell prints for a command of the page."""
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False).stdout


# ---- writing --------------------------------------------------------------------------------------------------------


def test_a_witness_is_one_line_of_json_appended_and_never_rewritten(desk: Dated, place: Path) -> None:
    first = write(desk, place)
    before = (place / "witness.jsonl").read_bytes()
    desk.append(note("11-19T10:00"), "11-19T10:00")
    second = write(desk, place)
    rows = (place / "witness.jsonl").read_bytes()
    assert first
    assert second
    assert rows.startswith(before)
    assert [json.loads(row) for row in rows.splitlines()] == [asdict(first), asdict(second)]
    assert (second.at, second.head, second.items, second.events) == (NOW, desk.head, 1, 1)


def test_what_was_witnessed_already_is_not_witnessed_again(desk: Dated, place: Path) -> None:
    assert write(desk, place)
    assert write(desk, place, WHEN.replace(hour=23)) is None
    assert (place / "witness.jsonl").read_bytes().count(b"\n") == 1


def test_a_last_line_that_was_torn_off_does_not_spoil_the_next(desk: Dated, place: Path) -> None:
    place.mkdir()
    (place / "witness.jsonl").write_bytes(b'{"at": "2026-')
    witness = write(desk, place)
    assert [one for _, one in witnesses(place)[0]] == [witness]
    assert codes(desk, place) == ["audit-witness-unreadable"]


def test_a_place_in_the_repository_is_refused_and_nothing_is_written(desk: Dated) -> None:
    for place in (desk.root / "见证", desk.root / ".git", desk.root / "witness.jsonl"):
        with pytest.raises(Inside):
            write(desk, place)
    assert "witness" not in desk.git("status", "--porcelain")


def test_a_link_from_elsewhere_into_the_repository_is_a_place_in_it(desk: Dated, tmp_path: Path) -> None:
    (tmp_path / "近路").symlink_to(desk.root)
    with pytest.raises(Inside):
        write(desk, tmp_path / "近路")


def test_a_desk_without_a_commit_has_nothing_to_witness(tmp_path: Path, place: Path) -> None:
    (tmp_path / "空").mkdir()
    git = Git(tmp_path / "空")
    git.run("init", "--quiet")
    with pytest.raises(GitFailed):
        write_witness(git, place, WHEN)
    assert not place.exists()


@pytest.mark.parametrize(("given", "file"), [("夜里.jsonl", "夜里.jsonl"), ("见证", "见证/witness.jsonl")])
def test_a_place_may_be_a_file_or_a_folder(tmp_path: Path, given: str, file: str) -> None:
    assert witness_file(tmp_path / given) == tmp_path / file


def test_files_that_are_no_items_count_for_the_digest_alone(desk: Dated) -> None:
    before = Counting(desk.desk.git).holds("HEAD")
    desk.put("标题: [", "feedback/2026/11/坏.yml")
    desk.put("id: M1\n", "feedback/measures/整改.yml")
    desk.commit("11-19T10:00")
    after = Counting(desk.desk.git).holds("HEAD")
    assert (before[:2], after[:2]) == ((1, 0), (2, 0))
    assert before[2] != after[2]


def test_figures_come_out_by_hand_with_plain_git(desk: Dated) -> None:
    desk.append(note("11-19T10:00") + note("11-19T10:01", by="lin.wan"), "11-19T10:02")
    desk.put("图", f"feedback/attachments/3f/3f{'0' * 62}.png")
    desk.commit("11-19T10:03")
    items, events, digest = Counting(desk.desk.git).holds("HEAD")
    said = {name: by_hand(command, desk.root).split() for name, command in BY_HAND.items()}
    assert (said["head"], said["items"], said["events"]) == ([desk.head], [str(items)], [str(events)])
    assert said["digest"][0] == digest == by_hand(HOLD[1].replace("WITNESSED", desk.head), desk.root).split()[0]
    assert (said["gone"], said["deleted"]) == ([], [])


def test_by_hand_one_sees_what_was_removed_and_deleted(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.put(desk.desk.text(ITEM).replace("顾客来电", "没有来电"))
    desk.commit("11-19T10:01")
    assert "顾客来电" in by_hand(BY_HAND["gone"], desk.root)
    (desk.root / ITEM).unlink()
    desk.commit("11-19T10:02")
    assert ITEM in by_hand(BY_HAND["deleted"], desk.root)


# ---- rewritten history ----------------------------------------------------------------------------------------------


def test_a_history_that_only_grew_agrees_with_every_witness(desk: Dated, place: Path) -> None:
    for minute in range(3):
        desk.append(note(f"11-19T10:0{minute}"), f"11-19T10:0{minute}")
        write(desk, place, WHEN.replace(day=19, hour=10, minute=minute, second=30))
    assert len(witnesses(place)[0]) == 3
    assert codes(desk, place) == []


def test_an_amended_commit_is_known_by_the_head_that_was_left(desk: Dated, place: Path) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    write(desk, place)
    left = desk.head
    desk.put(desk.desk.text(ITEM).replace("顾客来电", "没有来电"))
    desk.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    assert desk.codes() == []  # the history itself says nothing
    (found,) = held(desk, place)
    assert (found.code, found.place) == ("audit-head-left", f"{place / 'witness.jsonl'}:1")
    assert f"git log HEAD..{left[:10]}" in found.said("zh")


def test_a_rebased_history_is_known(desk: Dated, place: Path) -> None:
    start = desk.head
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.append(note("11-19T10:10"), "11-19T10:10")
    write(desk, place)
    desk.git("rebase", "--quiet", "--force-rebase", start, at="11-19T11:00")
    assert codes(desk, place) == ["audit-head-left"]


def test_a_forced_push_is_known_in_a_clone_that_never_saw_the_old_commits(
    desk: Dated, place: Path, tmp_path: Path
) -> None:
    bare, fresh = tmp_path / "远端.git", tmp_path / "新克隆"
    desk.git("clone", "--quiet", "--bare", str(desk.root), str(bare))
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.git("push", "--quiet", str(bare), "main")
    write(desk, place)
    desk.git("reset", "--quiet", "--hard", "HEAD~1")
    desk.append(note("11-19T10:00", "别的话"), "11-19T10:00")
    desk.git("push", "--quiet", "--force", str(bare), "main")
    desk.git("clone", "--quiet", f"file://{bare}", str(fresh))
    clone = Dated(type(desk.desk)(fresh))
    assert clone.codes() == []
    assert codes(clone, place) == ["audit-head-gone"]
    assert codes(desk, place) == ["audit-head-left"]


def test_a_clone_without_its_whole_history_accuses_nobody(desk: Dated, place: Path, tmp_path: Path) -> None:
    write(desk, place)
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.git("clone", "--quiet", "--depth=1", f"file://{desk.root}", str(tmp_path / "浅"))
    assert codes(Dated(type(desk.desk)(tmp_path / "浅")), place) == []


@pytest.mark.parametrize("change", [{"items": 2}, {"events": 7}, {"digest": "0" * 64}])
def test_a_witness_that_says_other_than_its_commit_holds_is_named(
    desk: Dated, place: Path, change: dict[str, object]
) -> None:
    witness = write(desk, place)
    assert witness
    row = json.dumps(asdict(replace(witness, **change)))  # type: ignore[arg-type]
    (place / "witness.jsonl").write_text(row + "\n", encoding="utf-8")
    (found,) = held(desk, place)
    assert found.code == "audit-witness-differs"
    assert str(next(iter(change.values()))) in found.said("en")


@pytest.mark.parametrize("row", [
    "见证", "[]", "{}", '{"at": 1}', '{"at": "2026-11-20T11:05:00+08:00", "head": "--help", "items": 1, "events": 0, "digest": "x"}',
    f'{{"at": "昨天", "head": "{"0" * 40}", "items": 1, "events": 0, "digest": "{"0" * 64}"}}',
    f'{{"at": "2026-11-20T11:05:00+08:00", "head": "{"0" * 40}", "items": true, "events": 0, "digest": "{"0" * 64}"}}',
])  # fmt: skip
def test_a_line_that_is_no_witness_is_named_by_its_number_and_the_others_count(
    desk: Dated, place: Path, row: str
) -> None:
    write(desk, place)
    with (place / "witness.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n\n")
    (found,) = held(desk, place)
    assert (found.code, found.file) == ("audit-witness-unreadable", f"{place / 'witness.jsonl'}:2")


# ---- late arrivals --------------------------------------------------------------------------------------------------


def test_a_commit_dated_before_a_witness_that_did_not_see_it_is_named(desk: Dated, place: Path) -> None:
    write(desk, place, datetime.fromisoformat("2026-11-24T02:00:00+08:00"))
    commit = desk.append(note("11-19T10:00"), "11-19T10:00")
    assert desk.codes() == []  # event and commit agree with each other
    (found,) = held(desk, place)
    assert (found.code, found.place, found.values["n"]) == ("audit-not-seen", commit[:10], 1)
    write(desk, place, datetime.fromisoformat("2026-11-25T02:00:00+08:00"))
    assert codes(desk, place) == ["audit-not-seen"]


def test_what_arrives_within_a_day_of_its_events_is_in_time(desk: Dated, place: Path) -> None:
    write(desk, place, datetime.fromisoformat("2026-11-20T02:00:00+08:00"))
    desk.append(note("11-19T10:00"), "11-19T10:00")
    assert codes(desk, place) == []
