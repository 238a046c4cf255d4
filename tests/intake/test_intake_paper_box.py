"""Sheets of paper boxes: read as people fill them, with key, note and remark; blank and hostile ones are refused."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES
from git_feedback.intake import FORMATS, Row, Source
from git_feedback.intake.reaching import contact
from git_feedback.model import Bad
from git_feedback.policy import Policy

SAME_DAY = datetime.fromisoformat("2026-11-20T17:00:00+08:00")
SHEET = """\
意见箱,HZ03
地点,
开箱时间,2026-11-20 09:30
开箱人,李蕾
见证人,王强

序号,内容,评分,是否需要回复,联系方式,称呼
1,二楼卫生间没有纸,2,是,13900002222,赵敏
2,"服务很好，谢谢
下次还来",★★★★★,,,
3,,,,,
4,,4 分,,,
"""


def rows(sheet: str | bytes = SHEET, now: datetime = SAME_DAY, rules: Policy | None = None) -> list[Row]:
    content = sheet if isinstance(sheet, bytes) else sheet.encode()
    return list(FORMATS["paper-box"].read(Source(content, "意见箱.csv", rules or policy(), now)))


def refused(sheet: str, now: datetime = SAME_DAY) -> list[str]:
    with pytest.raises(Bad) as caught:
        rows(sheet, now)
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert problem.way_out(language)
    return [problem.code for problem in caught.value.problems]


def workbook(cells: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in cells:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_note_is_a_submission_with_box_day_and_number_as_its_key() -> None:
    found = [row.submission for row in rows()]
    assert [one.source for one in found if one] == ["HZ03/2026-11-20/1", "HZ03/2026-11-20/2", "HZ03/2026-11-20/4"]
    first, second, last = found
    assert first and second and last
    assert (first.channel, first.title, first.rating, first.language) == ("paper-box", "二楼卫生间没有纸", 2, "zh")
    assert first.received == datetime.fromisoformat("2026-11-20T09:30:00+08:00")
    assert (second.title, second.rating) == ("服务很好，谢谢", 5)
    assert (last.title, last.text, last.rating) == ("评分：4", None, 4)


def test_where_nothing_is_written_the_place_is_that_of_the_box() -> None:
    assert {row.submission.area for row in rows() if row.submission} == {"华东/杭州"}
    told = [row.submission for row in rows(SHEET.replace("地点,", "地点,杭州湖滨"))]
    assert {one.area for one in told if one} == {"杭州湖滨"}


def test_a_number_is_sealed_and_never_in_the_submission() -> None:
    first, second, _ = rows()
    assert first.private.contacts == {"mobile": "13900002222", "name": "赵敏"}
    assert first.submission and "13900002222" not in first.submission.model_dump_json()
    assert "赵敏" not in first.submission.model_dump_json()
    assert second.submission and second.submission.submitter and second.submission.submitter.kind == "anonymous"


def test_a_number_in_the_words_is_masked_and_the_words_are_sealed() -> None:
    (row, *_) = rows(SHEET.replace("二楼卫生间没有纸", "打 13812345678 给我"))
    assert row.submission and row.submission.text == "打 138****5678 给我"
    assert row.private.originals == {"text": "打 13812345678 给我"}


def test_who_opened_it_and_before_whom_stands_in_a_note() -> None:
    (row, *_) = rows()
    assert row.submission
    (note,) = row.submission.history
    assert note.model_dump()["text"] == (
        "来自意见箱 HZ03，2026-11-20 09:30 开箱，开箱人：李蕾，见证人：王强。\n意见人希望得到回复。"
    )


def test_a_sheet_of_the_same_day_has_no_remark_and_a_later_one_has_one() -> None:
    assert [row.remarks for row in rows()] == [()] * 3
    late = rows(now=datetime.fromisoformat("2026-11-22T08:00:00+08:00"))
    remarks = [remark for row in late for remark in row.remarks]
    assert [(one.code, one.values["days"]) for one in remarks] == [("entered-late", 2)]
    assert all(row.submission for row in late)
    assert "开箱 2 天后才录入" in late[2].submission.history[0].model_dump()["text"]  # type: ignore[union-attr]


def test_the_day_is_that_of_the_desk() -> None:
    assert rows(now=datetime.fromisoformat("2026-11-20T15:59:00+00:00"))[0].remarks == ()
    assert rows(now=datetime.fromisoformat("2026-11-20T16:01:00+00:00"))[0].remarks != ()


@pytest.mark.parametrize(
    "written", ["2026/11/20 9:30", "2026年11月20日 9:30", "2026-11-20T09:30", "２０２６-11-20 09：30"]
)
def test_the_time_is_read_as_people_write_it(written: str) -> None:
    (row, *_) = rows(SHEET.replace("2026-11-20 09:30", written))
    assert row.submission and row.submission.received == datetime.fromisoformat("2026-11-20T09:30:00+08:00")


def test_english_and_bilingual_sheets_are_read_as_well() -> None:
    sheet = "Box / 意见箱,hz03\nOpened at,2026-11-20 09:30\nNo.,Text / 内容,Rating\n7,No paper upstairs,2\n"
    (row,) = rows(sheet)
    assert row.submission and (row.submission.source, row.submission.language) == ("HZ03/2026-11-20/7", "en")


def test_a_workbook_says_the_same_as_a_table() -> None:
    cells: list[list[object]] = [
        ["意见箱", "HZ03"], ["开箱时间", datetime.fromisoformat("2026-11-20T09:30:00")], ["开箱人", "李蕾"],
        ["序号", "内容", "评分", "联系方式"], [1, "二楼卫生间没有纸", 2, 13900002222],
    ]  # fmt: skip
    (row,) = rows(workbook(cells))
    assert row.submission and (row.submission.source, row.submission.rating) == ("HZ03/2026-11-20/1", 2)
    assert row.private.contacts == {"mobile": "13900002222"}


def test_a_number_that_stands_twice_is_refused_and_the_others_go_on() -> None:
    found = rows(SHEET.replace("4,,4 分", "1,,4 分"))
    assert [[one.code for one in row.remarks] for row in found] == [[], [], ["box-number-twice"]]
    assert found[2].submission is None


@pytest.mark.parametrize(("old", "new", "code"), [
    ("意见箱,HZ03", "意见箱,XX99", "box-unknown"), ("意见箱,HZ03\n", "", "box-unknown"),
    ("2026-11-20 09:30", "上周五", "box-no-opening"), ("2026-11-20 09:30", "2026-13-45 09:30", "box-no-opening"),
    ("2026-11-20 09:30", "2026-11-20 18:30", "box-opened-later"), ("序号,内容", "甲,乙", "box-no-notes"),
    (SHEET, "", "box-no-notes"),
])  # fmt: skip
def test_a_sheet_that_does_not_say_what_it_is_is_refused_with_the_way_out(old: str, new: str, code: str) -> None:
    assert SHEET.count(old) == 1
    assert refused(SHEET.replace(old, new)) == [code]


def test_a_desk_that_lists_no_box_takes_sheets_of_any() -> None:
    rules = replace(policy(), boxes={})
    found = rows(SHEET.replace("HZ03", "门口箱").replace("门口箱", "B-7"), rules=rules)
    assert found[0].submission and found[0].submission.source == "B-7/2026-11-20/1"


@pytest.mark.parametrize(("words", "found"), [
    ("13900002222", {"mobile": "13900002222"}), ("+86 139 0000 2222", {"mobile": "+8613900002222"}),
    ("0571-8888 1234", {"phone": "057188881234"}), ("lei@desk.example", {"email": "lei@desk.example"}),
    ("微信：zhao_min", {"wechat": "zhao_min"}), ("zhao_min", {"wechat": "zhao_min"}), ("  ", {}),
])  # fmt: skip
def test_a_way_to_reach_somebody_is_known_by_its_form(words: str, found: dict[str, str]) -> None:
    assert contact(words) == found


@given(st.text(max_size=300), st.sampled_from(["意见箱,HZ03", "2026-11-20 09:30", "二楼卫生间没有纸", "13900002222"]))
@settings(max_examples=120)
def test_whatever_stands_in_a_cell_ends_in_rows_or_a_refusal(words: str, place: str) -> None:
    try:
        for row in rows(SHEET.replace(place, f'"{words.replace(chr(34), chr(34) * 2)}"')):
            assert row.submission or row.remarks
    except Bad as bad:
        assert all(problem.said("zh") for problem in bad.problems)
