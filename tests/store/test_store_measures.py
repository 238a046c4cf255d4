"""Measures are read as strictly as items, and checked: every mistake with its place and its words in both languages."""

from datetime import date

import pytest
from tests.sample_desk import PAYMENT, Sample, policy, sample

from git_feedback.checks.measures import Known, measure_problems, measures_twice
from git_feedback.model import Problem
from git_feedback.model.measures import Both
from git_feedback.store.measures import BadMeasure, measures, read_measure

FILE = "feedback/measures/M-pay-once.yml"
ITEM = "Q261119-0AAJN0D"
GOOD = f"""\
id: M-pay-once
title: {{en: Paid once is paid once, zh: 只扣一次}}
what: |-
  按钮锁定到银行答复为止。
why: 重复扣款三次。
owner: ji.nan
status: done
due: 2026-11-18
done: 2026-11-19
release: app-3.2.1
items: [{ITEM}]
public: true
said: {{en: Some of you paid twice., zh: 有人被扣了两次款。}}
did: {{en: The button waits for the bank., zh: 付款按钮会等银行答复。}}
"""
DAY = date(2026, 11, 20)


def problems(text: str, file: str = FILE, today: date = DAY) -> list[Problem]:
    source = text.encode()
    try:
        measure = read_measure(source, file)
    except BadMeasure as bad:
        return list(bad.problems)
    return list(measure_problems(file, source, measure, policy(), Known({ITEM}, {"P-pay"}), today))


def test_a_good_measure_says_what_it_says_and_has_no_problem() -> None:
    measure = read_measure(GOOD.encode(), FILE)
    assert isinstance(measure.title, Both)
    assert (measure.title.zh, measure.items, measure.done) == ("只扣一次", (ITEM,), date(2026, 11, 19))
    assert measure.is_told
    assert problems(GOOD) == []


def test_one_text_in_one_language_is_enough_where_the_language_is_named() -> None:
    text = GOOD.replace("title: {en: Paid once is paid once, zh: 只扣一次}", "title: 只扣一次\nlanguage: zh")
    assert problems(text) == []
    measure = read_measure(text.encode(), FILE)
    assert measure.words(measure.title, "en") == ("只扣一次", "zh")
    assert measure.said is not None
    assert measure.words(measure.said, "en") == ("Some of you paid twice.", "en")


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("id: M-pay-once", "id: 措施一", "bad-form", (1, 1)),
        ("id: M-pay-once", "id: M-pay", "measure-name", (1, 1)),
        ("title: {en: Paid once is paid once, zh: 只扣一次}", "title: {en: Paid once}", "missing-field", (2, 1)),
        ("zh: 只扣一次}", "zh: 只扣一次, fr: Une fois}", "unknown-field", (2, 47)),
        ("title: {en: Paid once is paid once, zh: 只扣一次}", "title: 只扣一次", "measure-language", (2, 1)),
        ("owner: ji.nan", "owner: nobody", "no-such-person", (6, 1)),
        ("status: done", "status: finished", "not-allowed", (7, 1)),
        ("status: done", "status: doing", "measure-done-day", (9, 1)),
        ("done: 2026-11-19\n", "", "measure-done-day", (7, 1)),
        ("done: 2026-11-19", "done: 2026-11-21", "measure-done-ahead", (9, 1)),
        ("done: 2026-11-19", "done: 2026-02-30", "no-such-day", (9, 1)),
        (f"[{ITEM}]", "[Q261119-V9T67N3]", "measure-no-item", (11, 9)),
        (f"[{ITEM}]", f"[{ITEM}, {ITEM}]", "id-twice", (11, 26)),
        (f"[{ITEM}]", "[Q261119-0AAJN0E]", "bad-id", (11, 9)),
        (f"[{ITEM}]", "[]", "empty-field", (11, 1)),
        ("public: true", "public: yes", "bad-flag", (12, 1)),
        ("did: {en: The button waits for the bank., zh: 付款按钮会等银行答复。}\n", "", "measure-words", (12, 1)),
        ("why: 重复扣款三次。\n", "", "missing-field", (1, 1)),
        ("release: app-3.2.1", "release: app 3", "bad-form", (10, 1)),
        ("status: done", "status: done\nstatus: done", "duplicate-key", (8, 1)),
    ],
)
def test_a_mistake_is_told_with_its_place_in_both_languages(
    old: str, new: str, code: str, place: tuple[int, int]
) -> None:
    assert old in GOOD
    (problem,) = problems(GOOD.replace(old, new, 1))
    assert (problem.code, (problem.line, problem.column)) == (code, place)
    for language in ("en", "zh"):
        assert problem.said(language).startswith(f"{FILE}:{place[0]}:{place[1]}: {code}: ")


def test_a_file_that_holds_something_else_is_no_measure() -> None:
    (problem,) = problems("- 一\n- 二\n")
    assert problem.code == "not-a-measure"


def test_two_files_with_one_id_are_named_with_each_other() -> None:
    measure = read_measure(GOOD.encode(), FILE)
    other = "feedback/measures/M-twin.yml"
    (problem,) = measures_twice({FILE: measure, other: measure})
    assert (problem.file, problem.values["other"]) == (other, FILE)


def test_only_files_of_the_folder_itself_are_measures() -> None:
    sources = {FILE: GOOD.encode(), "feedback/measures/旧/M-x.yml": b"x", "feedback/2026/11/Q.yml": b"x"}
    assert [path for path, _ in measures(sources)] == [FILE]


@pytest.fixture
def desk(tmp_path) -> Sample:  # type: ignore[no-untyped-def]
    return sample(tmp_path, PAYMENT)


def test_check_lists_mistakes_of_measures_beside_those_of_items(desk: Sample) -> None:
    desk.put(GOOD.replace("owner: ji.nan", "owner: 某人"), FILE)
    done = desk.run("check", "--lang", "zh")
    assert done.code == 1
    assert done.out.startswith(f"{FILE}:6:1: ")
    desk.put(GOOD, FILE)
    assert desk.run("check", "--lang", "zh").code == 0


def test_a_measure_that_goes_on_is_no_rewritten_record(desk: Sample) -> None:
    desk.put(GOOD.replace("status: done", "status: doing").replace("done: 2026-11-19\n", ""), FILE)
    desk.put(GOOD, FILE)
    assert desk.run("check", "--base", "HEAD~1").code == 0
    assert desk.run("audit").code == 0
