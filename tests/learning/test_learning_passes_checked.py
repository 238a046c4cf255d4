"""What is wrong with a record of training is said at its place with the way out, and counts for nobody."""

from datetime import date

import pytest
from tests.learning.taught_course import course, known, passed
from tests.sample_desk import policy

from git_feedback.learning.passes_checked import Known, least, pass_problems
from git_feedback.model import Problem
from git_feedback.model.training import Pass
from git_feedback.store.passes import BadPass, pass_id, passes, path_of, read_pass, write_pass

TODAY = date(2026, 11, 20)
GOOD = passed("ji.nan", "2026-10-01", articles={"refund": 3})


def problems(*found: Pass, broken: tuple[str, ...] = ()) -> list[Problem]:
    """Of records in files of their own names."""
    sources = {path_of(one.id): write_pass(one) for one in found}
    listed = {path: one for path, one in passes(sources) if isinstance(one, Pass)}
    return list(pass_problems(listed, sources, policy(), Known(known(), broken), TODAY))


def said(problem: Problem, language: str = "en") -> str:
    return problem.said(language)


def test_a_good_record_has_no_problem() -> None:
    assert problems(GOOD, passed("wen.jing", "2026-02-03", "newcomer", by="he.miao")) == []


@pytest.mark.parametrize(
    ("one", "code", "line", "words"),
    [
        (passed("nobody", "2026-10-01"), "pass-no-person", 2, "nobody"),
        (
            GOOD.model_copy(update={"passed": date(2026, 12, 1), "id": "T-261201-ji.nan-handling"}),
            "pass-ahead",
            5,
            "2026-12-01",
        ),
        (GOOD.model_copy(update={"score": 79}), "pass-below", 6, "79"),
        (GOOD.model_copy(update={"by": "ji.nan"}), "pass-own-word", 9, "ji.nan"),
        (GOOD.model_copy(update={"by": "somebody"}), "pass-by-nobody", 9, "somebody"),
        (GOOD.model_copy(update={"version": 3}), "pass-version-ahead", 4, "3"),
        (GOOD.model_copy(update={"id": "T-260930-ji.nan-handling"}), "pass-id", 1, "T-261001-ji.nan-handling"),
    ],
)
def test_each_mistake_is_named_with_its_line_and_the_way_out(one: Pass, code: str, line: int, words: str) -> None:
    (problem,) = problems(one)
    assert (problem.code, problem.line) == (code, line)
    for language in ("en", "zh"):
        assert words in said(problem, language)
        assert problem.way_out(language)


def test_an_unknown_course_is_named_and_one_that_cannot_be_read_is_not() -> None:
    gone = GOOD.model_copy(update={"course": "cooking", "id": pass_id("ji.nan", "cooking", GOOD.passed)})
    (problem,) = problems(gone)
    assert (problem.code, problem.line) == ("pass-no-course", 3)
    assert "handling" in said(problem)
    assert problems(gone, broken=("cooking",)) == []


def test_a_file_that_is_called_otherwise_is_named() -> None:
    sources = {"feedback/training/纪南.yml": write_pass(GOOD)}
    found = list(pass_problems({"feedback/training/纪南.yml": GOOD}, sources, policy(), Known(known()), TODAY))
    assert [problem.code for problem in found] == ["pass-name"]


def test_one_person_course_and_day_is_recorded_once() -> None:
    paths = [path_of(GOOD.id), path_of(GOOD.id).replace(".yml", ".yaml")]
    sources = dict.fromkeys(paths, write_pass(GOOD))
    (problem,) = pass_problems(dict.fromkeys(paths, GOOD), sources, policy(), Known(known()), TODAY)
    assert (problem.code, problem.file) == ("pass-twice", paths[1])
    assert paths[0] in said(problem)


def test_a_pass_of_an_older_version_was_judged_by_what_that_one_asked() -> None:
    assert problems(GOOD.model_copy(update={"version": 1, "score": 60})) == []
    assert least(course("handling"), known()) == 80


# ---- the file ---------------------------------------------------------------------------------------------------------


def test_what_is_written_reads_as_the_same_and_the_same_bytes_come_again() -> None:
    one = passed("ji.nan", "2026-10-01", articles={"refund": 3, "on": 1, "12": 2}, by="he.miao")
    source = write_pass(one)
    assert read_pass(source, path_of(one.id)) == one
    assert write_pass(read_pass(source, path_of(one.id))) == source
    assert source.decode().splitlines()[6:] == ["articles:", '  "12": 2', '  "on": 1', "  refund: 3", "by: he.miao"]


def test_a_record_that_cannot_be_read_says_where_and_leaves_the_others() -> None:
    bad = write_pass(GOOD).replace(b"score: 90", "score: 九十".encode()).replace(b"version: 2\n", b"")
    found = dict(passes({path_of("T-261001-bad-handling"): bad, path_of(GOOD.id): write_pass(GOOD)}))
    wrong = found[path_of("T-261001-bad-handling")]
    assert isinstance(wrong, BadPass)
    assert {(one.line, one.code) for one in wrong.problems} >= {(5, "bad-integer")}
    assert found[path_of(GOOD.id)] == GOOD


def test_a_person_s_id_that_no_file_can_be_called_after_still_has_a_record() -> None:
    name = pass_id("li_lei/上海", "handling", date(2026, 10, 1))
    assert name == "T-261001-li-lei----handling"
    long = passed("a" * 60, "2026-10-01")
    assert read_pass(write_pass(long), path_of(long.id)) == long
