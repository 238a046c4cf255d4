"""The draw: who takes part, that it is drawn once by a seed nobody could know, and every way to cheat is named."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from tests.jobs.dated_desk import Dated, dated
from tests.sample_desk import policy

from git_feedback.jobs import drawing_lots
from git_feedback.jobs.drawing_lots import CannotDraw, Drawn, announced, drawn, entrants, faults, next_midnight
from git_feedback.jobs.kept_files import misplaced
from git_feedback.jobs.reading import Whole, whole
from git_feedback.model import Problem, draws, ids
from git_feedback.model.draws import BadDraw, Draw
from git_feedback.store import is_item_file, write_file

MONTH = "2026-11"
PATH = draws.path(MONTH)
ANNOUNCED = "12-01T09:00"
CLOSES = "2026-12-02T00:00:00+08:00"


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-{time}:00+08:00")


def item(
    number: int, *, day: str = "2026-11-10", kind: str = "new", ref: str = "", channel: str = "wechat", end: str = ""
) -> str:
    """An item; every number has its own id."""
    made = ids.from_bits("Q", datetime.fromisoformat(day).date(), number)
    person = f"submitter:\n  kind: {kind}\n" + (f"  ref: {ref}\n" if ref else "")
    events = f"history:\n  - {end}\n" if end else ""
    said = f"id: {made}\nreceived: {day}T10:00:00+08:00\nchannel: {channel}\nsource: 微信-{number}\nlanguage: zh\n"
    return f"{said}title: 第 {number} 条建议\ntext: 希望早点开门。\n{person}{events}"


def identity(text: str) -> str:
    return text.split("\n", 1)[0].removeprefix("id: ")


REJECTED = "reject: {at: 2026-11-10T11:00:00+08:00, by: he.miao, kind: spam}\n    reason: 广告"
VALID = [item(number) for number in range(1, 8)]
OUT = [
    item(20, kind="anonymous"),
    item(21, channel="paper-box"),
    item(22, day="2026-10-31"),
    item(23, day="2026-12-01"),
    item(24, end=REJECTED),
    item(25, end=f"duplicate: {{at: 2026-11-10T11:00:00+08:00, by: he.miao, of: {identity(VALID[0])}}}"),
]
SAME = [item(30, ref="5b1c6e0a"), item(31, ref="5b1c6e0a", day="2026-11-12")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch, *VALID, *OUT, *SAME)


def found(desk: Dated, time: str = ANNOUNCED) -> Whole:
    return whole(desk.root, at(time))


def announce(desk: Dated, *, committed: str | None = ANNOUNCED, prizes: int = 2) -> Draw:
    draw = announced(desk.root, MONTH, at(ANNOUNCED), "he.miao", prizes, datetime.fromisoformat(CLOSES))
    write_file(desk.root / PATH, draws.write(draw))
    if committed:
        desk.commit(committed)
    return draw


def night(desk: Dated, time: str, subject: str = "nightly: triage of 1 items, alarms of 0") -> str:
    desk.put(f"{time}\n", f"夜/{time.replace(':', '')}.md")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", f"--message={subject}", at=time, who="bot@desk.example")
    return desk.head


def run(desk: Dated, time: str = "12-02T09:00", *, commit: bool = True) -> Drawn:
    done = drawn(desk.root, found(desk, time), MONTH, at(time), "he.miao")
    for path, content in done.files.items():
        write_file(desk.root / path, content)
    if commit and done.files:
        desk.commit(time)
    return done


def codes(problems: Sequence[Problem]) -> set[str]:
    for problem in problems:
        assert problem.said("zh")
        assert problem.said("en")
    return {problem.code for problem in problems}


def wrong(desk: Dated) -> set[str]:
    return codes(faults(desk.root, MONTH)[1])


def edit(desk: Dated, old: str, new: str, path: str = PATH) -> None:
    text = desk.desk.text(path)
    assert old in text
    desk.put(text.replace(old, new, 1), path)


# ---- who takes part -------------------------------------------------------------------------------------------------


def test_valid_items_of_the_month_take_part_and_a_person_has_one_chance(desk: Dated) -> None:
    wanted = {identity(text) for text in (*VALID, SAME[0])}
    assert set(entrants(found(desk), MONTH, at(ANNOUNCED))) == wanted


def test_the_month_is_that_of_the_desk_wherever_the_sender_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "台").mkdir()
    early = item(1).replace("2026-11-10T10:00:00+08:00", "2026-10-31T17:00:00Z")
    late = item(2).replace("2026-11-10T10:00:00+08:00", "2026-11-30T16:00:00Z")
    made = dated(tmp_path / "台", monkeypatch, early, late)
    assert entrants(found(made, "12-05T09:00"), MONTH, at("12-05T09:00")) == (identity(early),)
    assert entrants(found(made, "12-05T09:00"), "2026-12", at("12-05T09:00")) == (identity(late),)


def test_the_announcement_holds_the_sorted_entrants_their_digest_and_the_commit(desk: Dated) -> None:
    head = desk.head
    draw = announce(desk)
    assert draw.entrants == tuple(sorted(draw.entrants))
    assert draw.digest == draws.digest(draw.entrants)
    assert draw.record == head
    assert wrong(desk) == set()


def test_what_is_not_committed_takes_no_part(desk: Dated) -> None:
    extra = item(40)
    desk.put(extra, f"feedback/2026/11/{identity(extra)}.yml")
    assert identity(extra) not in announce(desk, committed=None).entrants


def test_it_closes_at_midnight_of_the_desk() -> None:
    assert next_midnight(policy(), at(ANNOUNCED)).isoformat() == CLOSES


@pytest.mark.parametrize(("month", "time", "closes", "code"), [
    ("2026-11", "11-30T23:59", CLOSES, "draw-month-open"),
    ("2026-12", ANNOUNCED, CLOSES, "draw-month-open"),
    ("2026-11", ANNOUNCED, "2026-12-01T09:00:00+08:00", "draw-closes-past"),
    ("2026-09", ANNOUNCED, CLOSES, "draw-nobody"),
])  # fmt: skip
def test_what_cannot_be_announced_is_refused(desk: Dated, month: str, time: str, closes: str, code: str) -> None:
    with pytest.raises(CannotDraw) as cannot:
        announced(desk.root, month, at(time), "he.miao", 1, datetime.fromisoformat(closes))
    assert cannot.value.code == code


# ---- drawing --------------------------------------------------------------------------------------------------------


def test_the_seed_is_the_first_nightly_commit_after_closing(desk: Dated) -> None:
    draw = announce(desk)
    night(desk, "12-01T23:59")
    night(desk, "12-02T01:00", "note Q261110: by he.miao")
    seed = night(desk, "12-02T02:17")
    night(desk, "12-03T02:17")
    done = run(desk, "12-03T09:00")
    assert done.draw.seed == seed
    assert done.draw.winners == draws.winners(draw.entrants, seed, 2)
    assert wrong(desk) == set()


def test_each_winner_gets_one_event_and_nobody_else(desk: Dated) -> None:
    announce(desk)
    night(desk, "12-02T02:17")
    won = run(desk).draw.winners
    for one in found(desk, "12-02T10:00").items:
        prizes = [event for event in one.history if event.verb == "reward"]
        assert [(event.kind, event.draw) for event in prizes] == ([("prize", MONTH)] if one.id in won else [])


def test_it_is_drawn_once_and_a_second_run_says_the_same_and_writes_nothing(desk: Dated) -> None:
    announce(desk)
    night(desk, "12-02T02:17")
    first = run(desk)
    night(desk, "12-03T02:17")
    second = drawn(desk.root, found(desk, "12-04T09:00"), MONTH, at("12-04T09:00"), "he.miao")
    assert (second.draw, second.files) == (first.draw, {})


def test_a_run_that_was_not_committed_is_checked_against_the_head(desk: Dated) -> None:
    announce(desk)
    night(desk, "12-02T02:17")
    run(desk, commit=False)
    assert wrong(desk) == set()


def test_more_prizes_than_entrants_are_one_each(desk: Dated) -> None:
    draw = announce(desk, prizes=100)
    night(desk, "12-02T02:17")
    assert sorted(run(desk).draw.winners) == sorted(draw.entrants)


def test_a_winner_that_is_rejected_by_now_still_won_and_its_event_is_refused_by_name(desk: Dated) -> None:
    announce(desk, prizes=100)
    path = f"feedback/2026/11/{identity(VALID[0])}.yml"
    desk.put(desk.desk.text(path) + "history:\n  - " + REJECTED + "\n", path)
    desk.commit("12-01T12:00")
    night(desk, "12-02T02:17")
    done = run(desk)
    assert identity(VALID[0]) in done.draw.winners
    assert [one.values["id"] for one in done.refused] == [identity(VALID[0])]


def test_the_seed_stays_the_same_after_branches_were_merged(desk: Dated) -> None:
    announce(desk)
    desk.git("checkout", "--quiet", "-b", "支线")
    night(desk, "12-02T00:30", "nightly: in a branch")
    desk.git("checkout", "--quiet", "main")
    seed = night(desk, "12-02T02:17")
    assert run(desk).draw.seed == seed
    desk.git("merge", "--quiet", "--no-edit", "支线", at="12-02T11:00")
    assert wrong(desk) == set()


@pytest.mark.parametrize(("time", "code"), [("12-02T00:00", "draw-not-closed"), ("12-02T09:00", "draw-no-seed")])
def test_before_closing_and_before_the_night_nothing_is_drawn(desk: Dated, time: str, code: str) -> None:
    announce(desk)
    night(desk, "12-01T23:00")
    with pytest.raises(CannotDraw) as cannot:
        run(desk, time)
    assert cannot.value.code == code


def test_what_nobody_could_see_before_is_not_drawn(desk: Dated) -> None:
    with pytest.raises(CannotDraw) as cannot:
        run(desk)
    assert cannot.value.code == "draw-not-announced"
    announce(desk, committed=None)
    with pytest.raises(CannotDraw) as cannot:
        run(desk)
    assert cannot.value.code == "draw-not-committed"


# ---- cheating -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "code"), [
    ("prizes: 2", "prizes: 3", "draw-changed"),
    (f"closes: {CLOSES}", "closes: 2026-12-03T00:00:00+08:00", "draw-changed"),
    (f"  - {identity(VALID[0])}\n", "", "draw-digest"),
    (f"  - {identity(VALID[0])}\n", f"  - {identity(OUT[0])}\n", "draw-entrants"),
    (f"  - {identity(VALID[0])}\n", f"  - {identity(VALID[0])}\n  - {identity(VALID[0])}\n", "draw-entrants"),
])  # fmt: skip
@pytest.mark.parametrize("committed", [True, False])
def test_an_announcement_that_was_changed_is_named_and_not_drawn(
    desk: Dated, old: str, new: str, code: str, committed: bool
) -> None:
    announce(desk)
    edit(desk, old, new)
    if committed:
        desk.commit("12-01T10:00")
    night(desk, "12-02T02:17")
    assert code in wrong(desk)
    with pytest.raises(BadDraw) as bad:
        run(desk)
    assert code in codes(bad.value.problems)


def test_entrants_with_a_fitting_digest_that_the_record_does_not_have_are_named_from_the_start(desk: Dated) -> None:
    draw = announce(desk, committed=None)
    fewer = draw.entrants[1:]
    forged = draw.model_copy(update={"entrants": fewer, "digest": draws.digest(fewer)})
    write_file(desk.root / PATH, draws.write(forged))
    desk.commit(ANNOUNCED)
    assert wrong(desk) == {"draw-entrants"}


def test_an_announcement_committed_after_closing_does_not_count(desk: Dated) -> None:
    announce(desk, committed="12-02T00:00")
    assert wrong(desk) == set(), "at the very moment it is still in time"
    desk.git("commit", "--amend", "--quiet", "--no-edit", at="12-02T00:01")
    assert wrong(desk) == {"draw-late"}


def test_another_seed_is_named(desk: Dated) -> None:
    announce(desk)
    seed, later = night(desk, "12-02T02:17"), night(desk, "12-03T02:17")
    done = run(desk, commit=False, time="12-03T09:00")
    assert done.draw.seed == seed
    forged = done.draw.model_copy(update={"seed": later, "winners": draws.winners(done.draw.entrants, later, 2)})
    write_file(desk.root / PATH, draws.write(forged))
    desk.commit("12-03T09:00")
    assert "draw-seed" in wrong(desk)


def test_winners_changed_after_the_draw_are_named(desk: Dated) -> None:
    announce(desk)
    night(desk, "12-02T02:17")
    draw = run(desk).draw
    other = next(one for one in draw.entrants if one not in draw.winners)
    write_file(desk.root / PATH, draws.write(draw.model_copy(update={"winners": (other, *draw.winners[1:])})))
    assert wrong(desk) == {"draw-changed", "draw-winners", "draw-prize-undrawn"}, "whoever had won has the event still"


def test_a_prize_that_nobody_drew_is_named(desk: Dated) -> None:
    announce(desk)
    night(desk, "12-02T02:17")
    draw = run(desk).draw
    other = next(one for one in draw.entrants if one not in draw.winners)
    path = f"feedback/2026/11/{other}.yml"
    event = f"history:\n  - reward: {{at: 2026-12-02T10:00:00+08:00, by: he.miao, kind: prize, draw: {MONTH}}}\n"
    desk.put(desk.desk.text(path) + event, path)
    assert wrong(desk) == {"draw-prize-undrawn"}


def test_an_announcement_whose_record_is_gone_cannot_be_checked_and_says_so(desk: Dated) -> None:
    draw = announce(desk, committed=None)
    write_file(desk.root / PATH, draws.write(draw.model_copy(update={"record": "12" * 20})))
    desk.commit(ANNOUNCED)
    assert wrong(desk) == {"draw-record-gone"}


def test_its_file_has_a_place_in_the_record_and_is_no_item() -> None:
    assert not is_item_file(PATH)
    assert list(misplaced({PATH: "100644"}, ())) == []
    assert [one.code for one in misplaced({"feedback/draws/2026/11.yml": "100644"}, ())] == ["stray-file"]


def test_the_subject_that_makes_a_night_is_the_one_that_nights_have(desk: Dated) -> None:
    source = Path(drawing_lots.__file__).parents[1] / "cli/commands/nightly.py"
    assert f'f"{drawing_lots.NIGHTLY} ' in source.read_text(encoding="utf-8")
