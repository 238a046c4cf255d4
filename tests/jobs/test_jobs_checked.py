"""Items that are well are not checked twice; whatever is kept of that changes no answer."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, ROOT, Sample, sample

from git_feedback.jobs.reading import problems, whole
from git_feedback.model import Problem

START = datetime.fromisoformat(NOW)
BAD = PAYMENT.replace("#123", "#124").replace("web-form", "fax")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def found(desk: Sample, now: datetime = START) -> tuple[list[Problem], int]:
    """The problems, and how many items were looked into."""
    looked_at: list[str] = []

    def watched(files: object, _words: str) -> list[str]:
        assert isinstance(files, list)
        looked_at.extend(files)
        return files

    read = whole(desk.root, now)
    return problems(read, watched), len(looked_at)


def file(desk: Sample) -> Path:
    return desk.root / ".git/git-feedback/checked"


def test_what_is_well_and_unchanged_is_not_looked_into_again(desk: Sample) -> None:
    assert [found(desk)[1] for _ in range(3)] == [1, 0, 0]


def test_what_is_wrong_is_told_each_time(desk: Sample) -> None:
    path = desk.put(BAD, "feedback/2026/11/bad.yml")
    first, again = found(desk), found(desk)
    assert first[0] == again[0]
    assert (path in {one.file for one in first[0]}, again[1]) == (True, 1)


def test_a_changed_item_is_looked_into_again_and_so_is_one_that_moved(desk: Sample) -> None:
    found(desk)
    path = desk.root / "feedback/2026/11/Q261119-0AAJN0D.yml"
    path.write_text(PAYMENT.replace("web-form", "fax"), encoding="utf-8")
    assert {one.code for one in found(desk)[0]} == {"unknown-channel"}
    path.write_text(PAYMENT, encoding="utf-8")
    path.rename(path.with_name("Q261119-ZZZZZZZ.yml"))
    assert {one.code for one in found(desk)[0]} == {"wrong-name"}


def test_another_rule_checks_everything_again(desk: Sample) -> None:
    found(desk)
    rules = desk.root / "policy/channels.yml"
    rules.write_bytes(rules.read_bytes() + "# 改\n".encode())
    assert found(desk)[1] == 1


def test_what_was_well_later_may_lie_ahead_of_an_earlier_moment(desk: Sample) -> None:
    found(desk)
    codes = {one.code for one in found(desk, START - timedelta(days=3))[0]}
    assert codes == {"future-time"}
    assert found(desk)[0] == []


@pytest.mark.parametrize("harm", [lambda was: was[:-1], lambda was: was[:0], lambda was: was[:40] + b"x" + was[41:]])
def test_a_torn_cache_counts_for_nothing(desk: Sample, harm: object) -> None:
    found(desk)
    assert callable(harm)
    file(desk).write_bytes(harm(file(desk).read_bytes()))
    assert found(desk)[1] == 1


def test_a_place_that_takes_nothing_is_no_trouble(desk: Sample) -> None:
    file(desk).parent.mkdir(exist_ok=True)
    file(desk).mkdir()
    assert [found(desk)[1] for _ in range(2)] == [1, 1]


def test_check_prints_the_same_with_the_cache_and_without(desk: Sample) -> None:
    desk.put(BAD, "feedback/2026/11/bad.yml")
    first = desk.run("check", "--format", "json")
    again = desk.run("check", "--format", "json")
    file(desk).unlink()
    assert first == again == desk.run("check", "--format", "json")


def test_only_the_check_of_times_looks_at_the_clock() -> None:
    """It finds what lies ahead, and that becomes less; a check that finds more as time goes on could not be kept."""
    folder = ROOT / "scripts/git_feedback/checks"
    asking = {path.stem for path in folder.glob("*.py") if re.search(r"subject\.now|today", path.read_text())}
    assert asking == {"impossible_time", "measures", "problem_records"}  # the last two are no checks of an item
