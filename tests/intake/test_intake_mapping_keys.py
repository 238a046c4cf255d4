"""Every key of a mapping does what its words say, on tables as people make them."""

from datetime import date, datetime

import pytest
from tests.sample_desk import NOW, policy

from git_feedback.intake import FORMATS, Row, Source, load_mapping
from git_feedback.intake.tables.patterns import columns, fits
from git_feedback.model import Bad
from git_feedback.model import events as ev

COLUMNS = "{source: 单号, received: 时间, title: 标题, text: 内容"
BASE = "name: 表\nzone: Asia/Shanghai\nchannel: partner\n"
FIRST = "单号,时间,标题,内容"


def read(extra: str, *lines: str, head: str = FIRST, fields: str = "") -> list[Row]:
    text = f"{BASE}columns: {COLUMNS}{fields}}}\n{extra}"
    content = "\n".join([head, *lines, ""]).encode()
    given = Source(content, "表.csv", policy(), datetime.fromisoformat(NOW), load_mapping(text.encode(), "图.yml"))
    return list(FORMATS["csv"].read(given))


def one(extra: str, cells: str = "", head: str = "", fields: str = "") -> Row:
    (row,) = read(extra, f"A1,2026-11-18T09:31:00,标题一,内容一{cells}", head=f"{FIRST}{head}", fields=fields)
    assert row.submission, row.remarks
    return row


def fact(row: Row, name: str) -> object:
    assert row.submission
    return getattr(row.submission, name)


def test_contacts_are_private_and_a_name_may_stand_in_several_columns() -> None:
    row = one("contacts: {name: [姓, 名], mobile: [手机, 电话]}\n", ",李,雷,,13800138001", head=",姓,名,手机,电话")
    assert dict(row.private.contacts) == {"name": "李 雷", "mobile": "13800138001"}
    assert row.submission
    assert "13800138001" not in row.submission.model_dump_json()


def test_scores_days_language_and_kind_of_the_submitter() -> None:
    fields = ", nps: 推荐, rating: 星级, expected: 期望, language: 语言, kind: 客户"
    row = one(
        "values: {客户: {老客户: returning}}\n", ",9,4 星,2026-11-25,zh_TW,老客户", ",推荐,星级,期望,语言,客户", fields
    )
    assert (fact(row, "nps"), fact(row, "rating"), fact(row, "expected")) == (9, 4, date(2026, 11, 25))
    assert fact(row, "language") == "zh-TW"
    assert row.submission
    assert row.submission.submitter
    assert row.submission.submitter.kind == "returning"


@pytest.mark.parametrize(
    ("cell", "stars"),
    [("4.0", 4), ("4", 4), ("3 分", 3), ("2 stars", 2), ("4/5", 4), ("★★★☆☆", 3), ("⭐⭐", 2), ("", None)],
)
def test_stars_are_read_as_people_write_them(cell: str, stars: int | None) -> None:
    assert fact(one("", f",{cell}", ",星级", ", rating: 星级"), "rating") == stars


@pytest.mark.parametrize(("cell", "code"), [("五颗", "bad-integer"), ("6", "out-of-range"), ("4.5", "bad-integer")])
def test_what_is_no_rating_is_refused(cell: str, code: str) -> None:
    (row,) = read("", f"A1,2026-11-18T09:31:00,甲,乙,{cell}", head=f"{FIRST},星级", fields=", rating: 星级")
    assert [remark.code for remark in row.remarks] == [code]


def test_a_due_date_is_that_of_the_department_and_without_one_it_is_told() -> None:
    extra = 'departments: [{when: {标题: "*退款*"}, gives: support}]\n'
    found = read(
        extra,
        "A1,2026-11-18T09:31:00,催退款,乙,2026-11-25",
        "A2,2026-11-18T09:31:00,甲,乙,2026-11-25",
        head=f"{FIRST},期限",
        fields=", due: 期限",
    )
    first, second = found
    assert first.submission
    (assign,) = first.submission.history
    assert isinstance(assign, ev.Assign)
    assert (assign.department, assign.due) == ("support", date(2026, 11, 25))
    assert second.submission
    assert [remark.code for remark in second.remarks] == ["due-of-nobody"]


def test_a_due_date_without_departments_is_a_mistake_of_the_mapping() -> None:
    with pytest.raises(Bad, match="due-but-whose"):
        one("", fields=", due: 期限")


def test_questions_stand_in_the_text_under_their_own_words() -> None:
    row = one(
        'questions: "Q*"\nignore: Q9\n', ",很好,,App,Web,x", ",Q1 怎么样？,Q2 为什么,Q3 用过 / App,Q3 用过 / 网页,Q9"
    )
    assert fact(row, "text") == "内容一\n\nQ1 怎么样？很好\n\nQ3 用过：\n- App\n- 网页：Web"


def test_codes_become_words_and_several_answers_lines() -> None:
    row = one('questions: 渠道\nsplit: {渠道: ";"}\nvalues: {渠道: {"1": 热线, "2": 门店}}\n', ",1; 2;其他", ",渠道")
    assert fact(row, "text") == "内容一\n\n渠道：\n- 热线\n- 门店\n- 其他"


def test_rows_that_the_mapping_skips_are_none_and_the_numbers_of_the_others_stay() -> None:
    lines = ("A1,2026-11-18T09:31:00,甲,测试", "A2,x,撤销,y", "A3,昨天,乙,丙")
    found = read('skip_when: [{内容: "测试*"}, {标题: 撤销, 单号: "A*"}]\n', *lines)
    assert [(row.number, [remark.code for remark in row.remarks]) for row in found] == [(3, ["bad-time"])]


def test_two_rows_of_header_are_one_name_each() -> None:
    lines = (",,,,热线,网页", "A1,2026-11-18T09:31:00,甲,乙,是,否")
    (row,) = read('header_rows: 2\nquestions: "渠道*"\n', *lines, head=f"{FIRST},渠道,")
    assert fact(row, "text") == "乙\n\n渠道：\n- 热线：是\n- 网页：否"


def test_several_patterns_of_time_are_tried_in_order_and_iso_always() -> None:
    times = ("2026/11/18", "18.11.2026 09:31", "2026-11-18T09:31:00Z", "1795311060")
    found = read(
        'times: ["%Y/%m/%d", "%d.%m.%Y %H:%M", unix]\n', *(f"A{at},{when},甲,乙" for at, when in enumerate(times))
    )
    assert [row.submission.received.isoformat() for row in found if row.submission] == [
        "2026-11-18T00:00:00+08:00", "2026-11-18T09:31:00+08:00", "2026-11-18T09:31:00+00:00", "2026-11-22T01:31:00+00:00",
    ]  # fmt: skip


def test_a_title_is_made_of_words_and_cells_where_no_column_gives_one() -> None:
    lines = ("A1,2026-11-18T09:31:00,,内容一,保温杯", "A2,2026-11-18T09:31:00,有标题,内容二,保温杯")
    found = read('title: "评价 {商品名称}"\n', *lines, head=f"{FIRST},商品名称")
    assert [row.submission.title for row in found if row.submission] == ["评价 保温杯", "有标题"]


def test_a_title_names_its_columns_like_any_other_place() -> None:
    assert (
        fact(read('title: "{商品*}!"\n', "A1,2026-11-18T09:31:00,,乙,杯", head=f"{FIRST},商品名称")[0], "title")
        == "杯!"
    )
    with pytest.raises(Bad, match="missing-column"):
        read('title: "{商品}"\n')


def test_the_number_of_an_order_that_looks_like_a_card_keeps_the_name_of_its_column() -> None:
    lines = [f"{key},2026-11-18T09:31:00,甲,乙" for key in ("4532015112830366", "3948572039485720394", "13800138000")]
    found = read("", *lines)
    assert [row.submission.source if row.submission else None for row in found] == [
        "单号 4532015112830366",
        "3948572039485720394",
        None,
    ]


def test_a_key_of_several_columns_is_one() -> None:
    text = f"{BASE}columns: {{source: [单号, 货号], received: 时间, title: 标题}}\n"
    content = "单号,货号,时间,标题\n1,a,2026-11-18T09:31:00,甲\n1,,2026-11-18T09:31:00,甲\n".encode()
    given = Source(content, "表.csv", policy(), datetime.fromisoformat(NOW), load_mapping(text.encode(), "图.yml"))
    found = list(FORMATS["csv"].read(given))
    assert [row.submission.source if row.submission else None for row in found] == ["1 a", None]
    assert found[1].remarks[0].said("zh").startswith("“货号”为空")


@pytest.mark.parametrize(("old", "code"), [
    ("header_rows: 9\n", "out-of-range"), ("contacts: {fax: 传真}\n", "not-allowed"), ("encoding: klingon\n", "not-allowed"),
    ('split: {渠道: ""}\n', "empty-field"), ('delimiter: "x"\n', "not-allowed"), ("skip: {}\n", "unknown-field"),
])  # fmt: skip
def test_a_mistake_in_a_key_is_told(old: str, code: str) -> None:
    with pytest.raises(Bad) as caught:
        read(old)
    assert code in [problem.code for problem in caught.value.problems]
    assert all(problem.said("zh") for problem in caught.value.problems)


@pytest.mark.parametrize(("pattern", "text", "expected"), [
    ("*", "", True), ("a*", "abc", True), ("*c", "abc", True), ("a*c", "ac", True), ("ab*bc", "abc", False),
    ("*b*", "abc", True), ("*x*", "abc", False), ("a?c", "abc", False), ("[ab]", "a", False), ("[1]*", "[1] 问题", True),
    ("**", "abc", True), ("A*", "abc", False), ("*a*a*a*", "aa", False), ("*a*a*a*", "aaa", True),
])  # fmt: skip
def test_a_star_is_anything_and_other_signs_are_themselves(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected


def test_a_pattern_of_a_thousand_stars_takes_no_time() -> None:
    assert not fits("*a" * 1000 + "b", "a" * 100_000)


def test_a_name_that_is_a_column_means_that_one_alone_stars_and_all() -> None:
    assert columns(["评分*", "标*"], ["标题", "评分*", "评分说明", "标签"]) == ["评分*", "标题", "标签"]
