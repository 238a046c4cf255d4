"""Problem records are read as strictly as items, checked, and written so that they read back the same."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import PAYMENT, ROOT, Sample, policy, sample

from git_feedback.checks.problem_records import Known, record_problems, records_twice
from git_feedback.model import Problem
from git_feedback.model.measures import Both
from git_feedback.model.problems import BRANCHES, Cause, FiveW, ProblemRecord
from git_feedback.store.problems import BadProblemRecord, problem_records, read_problem, write_problem

FILE = "feedback/problems/P-pay-twice.yml"
ITEM = "Q261119-0AAJN0D"
GOOD = f"""\
id: P-pay-twice
title: {{en: Paid twice, zh: 扣了两次款}}
language: zh
status: solved
owner: ji.nan
department: payments
category: product/payment
since: 2026-09-08
items: [{ITEM}]
query: category:product/payment 扣款
five_w:
  what: 同一订单扣了两次。
  why_it_matters: 客户的钱没了。
whys:
  - 按钮还能再点。
  - 没有等待状态。
causes:
  machine:
    - cause: 回调超过时限。
      items: [{ITEM}]
      evidence: 网关日志。
  method:
    - cause: 没有评审。
scenario: |-
  点两次付款。
root: 没有等待状态。
measures: [M-pay-once]
"""
DAY = date(2026, 11, 20)
KNOWN = Known({ITEM}, {"M-pay-once"})


def problems(text: str, file: str = FILE) -> list[Problem]:
    source = text.encode()
    try:
        record = read_problem(source, file)
    except BadProblemRecord as bad:
        return list(bad.problems)
    return list(record_problems(file, source, record, policy(), KNOWN, DAY))


def test_a_good_record_says_what_it_says_and_has_no_problem() -> None:
    record = read_problem(GOOD.encode(), FILE)
    assert record.title_in("zh") == ("扣了两次款", "zh")
    assert record.causes["machine"] == (Cause(cause="回调超过时限。", items=(ITEM,), evidence="网关日志。"),)
    assert record.whys[-1] == record.root == "没有等待状态。"
    assert not record.is_open
    assert problems(GOOD) == []


def test_a_title_in_one_language_is_in_the_language_of_the_record() -> None:
    record = read_problem(GOOD.replace("{en: Paid twice, zh: 扣了两次款}", "扣了两次款").encode(), FILE)
    assert record.title_in("en") == ("扣了两次款", "zh")


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("id: P-pay-twice", "id: 问题一", "bad-form", (1, 1)),
        ("id: P-pay-twice", "id: P-pay", "problem-name", (1, 1)),
        ("title: {en: Paid twice, zh: 扣了两次款}", "title: {en: Paid twice}", "missing-field", (2, 1)),
        ("language: zh\n", "", "missing-field", (1, 1)),
        ("language: zh", "language: fr", "not-allowed", (3, 1)),
        ("status: solved", "status: 已解决", "not-allowed", (4, 1)),
        ("owner: ji.nan", "owner: nobody", "no-such-person", (5, 1)),
        ("department: payments", "department: money", "unknown-department", (6, 1)),
        ("category: product/payment\n", "category: product/money\n", "unknown-category", (7, 1)),
        ("since: 2026-09-08", "since: 2026-02-30", "no-such-day", (8, 1)),
        ("since: 2026-09-08", "since: 2026-11-21", "problem-since-ahead", (8, 1)),
        (f"items: [{ITEM}]\nquery", "items: [Q261119-V9T67N3]\nquery", "problem-no-item", (9, 9)),
        (f"items: [{ITEM}]\nquery", f"items: [{ITEM}, {ITEM}]\nquery", "id-twice", (9, 26)),
        ("category:product/payment 扣款", "类别:支付", "problem-query", (10, 1)),
        ("category:product/payment 扣款", "state:paid", "problem-query", (10, 1)),
        ("  what: 同", "  which: 同", "unknown-field", (12, 3)),
        ("  - 没有等待状态。\n", "  - 没有等待状态。\n" * 7, "too-many", (14, 1)),
        ("  method:", "  people:", "not-allowed", (22, 3)),
        (f"      items: [{ITEM}]", "      items: [Q261119-V9T67N3]", "problem-no-item", (20, 15)),
        ("    - cause: 没有评审。", "    - evidence: 没有评审。", "missing-field", (23, 7)),
        ("root: 没有等待状态。\n", "", "problem-no-root", (4, 1)),
        ("measures: [M-pay-once]\n", "", "problem-unmended", (4, 1)),
        ("measures: [M-pay-once]", "measures: [M-other]", "problem-no-measure", (27, 12)),
        ("status: solved", "status: solved\nstatus: open", "duplicate-key", (5, 1)),
    ],
)
def test_a_mistake_is_told_in_one_line_with_its_place_in_both_languages(
    old: str, new: str, code: str, place: tuple[int, int]
) -> None:
    assert old in GOOD
    (problem,) = problems(GOOD.replace(old, new, 1))
    assert (problem.code, (problem.line, problem.column)) == (code, place)
    for language in ("en", "zh"):
        said = problem.said(language)
        assert said.startswith(f"{FILE}:{place[0]}:{place[1]}: {code}: ")
        assert "\n" not in said


@pytest.mark.parametrize("text", ["- 一\n- 二\n", "一句话\n", ""])
def test_a_file_that_holds_something_else_is_no_record(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.line, problem.column) == (1, 1)


def test_two_files_with_one_id_are_named_with_each_other() -> None:
    record = read_problem(GOOD.encode(), FILE)
    other = "feedback/problems/P-twin.yml"
    (problem,) = records_twice({FILE: record, other: record})
    assert (problem.file, problem.values["other"]) == (other, FILE)


def test_only_files_of_the_folder_itself_are_records() -> None:
    sources = {FILE: GOOD.encode(), "feedback/problems/旧/P-x.yml": b"x", "feedback/measures/M.yml": b"x"}
    assert [path for path, _ in problem_records(sources)] == [FILE]


# ---- writing ----------------------------------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("付款ab 1:#,-[]{}\"'“”。%&*!|>?@`"), min_size=1, max_size=30)
RECORDS = st.builds(
    ProblemRecord,
    id=st.just("P-pay-twice"),
    title=WORDS | st.builds(Both, en=WORDS, zh=WORDS),
    language=st.sampled_from(["en", "zh"]),
    status=st.just("open"),
    owner=st.just("ji.nan"),
    since=st.just(DAY),
    items=st.sampled_from([(), (ITEM,)]),
    query=st.none() | WORDS,
    five_w=st.builds(FiveW, what=st.none() | WORDS, how=st.none() | WORDS),
    whys=st.lists(WORDS, max_size=7).map(tuple),
    causes=st.dictionaries(
        st.sampled_from(BRANCHES),
        st.lists(st.builds(Cause, cause=WORDS, items=st.sampled_from([(), (ITEM,)]), evidence=st.none() | WORDS), min_size=1, max_size=2).map(tuple),
        max_size=3,
    ),
    scenario=st.none() | WORDS | st.lists(WORDS, min_size=2, max_size=3).map("\n".join),
    root=st.none() | WORDS,
    measures=st.sampled_from([(), ("M-pay-once",)]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_what_is_written_reads_back_the_same(record: ProblemRecord) -> None:
    assert read_problem(write_problem(record), FILE) == record


@pytest.mark.parametrize("path", sorted((ROOT / "feedback/problems").glob("*.yml")), ids=lambda path: path.stem)
def test_the_records_of_the_sample_are_as_the_writer_writes_them(path) -> None:  # type: ignore[no-untyped-def]
    assert write_problem(read_problem(path.read_bytes(), path.name)).decode() == path.read_text(encoding="utf-8")


# ---- in a desk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path) -> Sample:  # type: ignore[no-untyped-def]
    return sample(tmp_path, PAYMENT)


def test_check_lists_a_broken_record_beside_mistakes_of_items_and_knows_it_by_its_file(desk: Sample) -> None:
    desk.put("id: P-pay-twice\n坏\n", FILE)
    done = desk.run("check", "--lang", "zh")
    assert done.code == 1
    assert done.out.count("\n") == 1
    assert done.out.startswith(f"{FILE}:")


def test_a_record_and_a_measure_may_name_each_other_and_go_on(desk: Sample) -> None:
    record = GOOD.replace("status: solved", "status: solving")
    measure = (
        f"id: M-pay-once\ntitle: 只扣一次\nlanguage: zh\nwhat: 锁定按钮。\nwhy: 扣了两次。\nowner: ji.nan\nstatus: doing\n"
        f"items: [{ITEM}]\nproblem: P-pay-twice\ncounts: category:product/payment\nexpects: -50\n"
    )
    desk.put(measure, "feedback/measures/M-pay-once.yml")
    assert "measure-no-problem" in desk.run("check").out
    desk.put(record, FILE)
    assert desk.run("check").out == ""
    desk.put(record.replace("solving", "solved"), FILE)
    assert desk.run("check", "--base", "HEAD~1").code == 0
    assert desk.run("audit").code == 0
