"""Workbooks: cells are read as people see them, and nothing that is packed strangely is unpacked."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook, load_workbook
from tests.sample_desk import NOW, policy

from git_feedback.intake import FORMATS, Row, Source, load_mapping
from git_feedback.model import Bad

MAP = """\
name: 门店工作簿
times: "%Y/%m/%d %H:%M"
zone: Asia/Shanghai
channel: partner
columns: {source: 单号, received: 时间, title: 标题, text: 内容, rating: 评分}
optional: [内容, 评分]
"""
HEAD = ("单号", "时间", "标题", "内容", "评分")


def workbook(*rows: Sequence[object], title: str = "Sheet") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, text: str = MAP) -> list[Row]:
    columns = load_mapping(text.encode(), "图.yml")
    return list(FORMATS["xlsx"].read(Source(content, "表.xlsx", policy(), datetime.fromisoformat(NOW), columns)))


def said(content: bytes, text: str = MAP) -> list[tuple[str | None, str, str | None]]:
    return [
        (one.submission.source, one.submission.title, one.submission.text)
        for one in read(content, text)
        if one.submission
    ]


def code(content: bytes, text: str = MAP) -> str:
    with pytest.raises(Bad) as caught:
        read(content, text)
    (problem,) = caught.value.problems
    assert problem.said("zh")
    return problem.code


def renamed(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The workbook with other bytes in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changes.get(part.filename, old.read(part)))
    return out.getvalue()


@pytest.mark.parametrize(("cell", "seen"), [
    (20261118000123, "20261118000123"), (20261118000123.0, "20261118000123"), (1.38e10, "13800000000"), ("007", "007"),
    (0.1, "0.1"), (299.00, "299"), (1e-7, "0.0000001"), (True, "true"), ("#N/A", None),
])  # fmt: skip
def test_numbers_are_read_as_people_see_them(cell: object, seen: str | None) -> None:
    content = packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "支付报错", cell, None)))
    assert said(content) == [("A1", "支付报错", seen)] if cell != 1.38e10 else "138****0000" in str(said(content))


def test_dates_of_cells_are_times_whatever_the_pattern_of_the_mapping_says() -> None:
    moments = [datetime.fromisoformat("2026-11-18T09:31:00"), date(2026, 11, 18), "2026/11/18 09:31"]
    found = read(packed(workbook(HEAD, *((f"A{at}", moment, "甲", "乙", 5) for at, moment in enumerate(moments)))))
    assert [one.submission.received.isoformat() for one in found if one.submission] == [
        "2026-11-18T09:31:00+08:00", "2026-11-18T00:00:00+08:00", "2026-11-18T09:31:00+08:00",
    ]  # fmt: skip


def test_every_second_of_a_day_survives_the_fraction_that_a_workbook_keeps() -> None:
    start = datetime.fromisoformat("2026-11-18")
    moments = [start + timedelta(seconds=second) for second in range(0, 86_400, 617)]
    found = read(packed(workbook(HEAD, *((f"A{at}", moment, "甲", "乙", 5) for at, moment in enumerate(moments)))))
    assert [one.submission.received.replace(tzinfo=None) for one in found if one.submission] == moments


def test_the_sheet_that_the_mapping_names_is_read_else_the_first() -> None:
    book = workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "乙", 5), title="投诉")
    book.create_sheet("表扬").append(list(HEAD))
    book["表扬"].append(["B1", "2026/11/18 09:31", "丙", "丁", 5])
    assert [source for source, _, _ in said(packed(book))] == ["A1"]
    assert [source for source, _, _ in said(packed(book), f"{MAP}sheet: 表扬\n")] == ["B1"]
    with pytest.raises(Bad) as caught:
        read(packed(book), f"{MAP}sheet: 建议\n")
    assert caught.value.problems[0].said("zh").endswith("没有工作表“建议”；请用 投诉、表扬 之一")


def test_formulas_give_the_values_they_had_and_are_never_kept_themselves() -> None:
    content = packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "=1+1", 5)))
    assert said(content) == [("A1", "甲", None)]
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    with_value = renamed(
        content, {"xl/worksheets/sheet1.xml": sheet.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")}
    )
    assert said(with_value) == [("A1", "甲", "2")]


def test_merged_and_empty_cells_and_rows_say_nothing() -> None:
    book = workbook(
        (None,),
        HEAD,
        (None,),
        ("A1", "2026/11/18 09:31", "甲", None),
        (None,) * 9,
        ("A2", "2026/11/18 09:31", "丙", "丁", 5),
    )
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("C4:D4")
    assert said(packed(book)) == [("A1", "甲", None), ("A2", "丙", "丁")]


def test_a_row_that_goes_on_beyond_the_header_is_refused() -> None:
    (row,) = read(packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "乙", 5, "多出来的"))))
    assert [one.code for one in row.remarks] == ["wrong-number-of-cells"]


def test_a_sheet_that_lies_about_its_size_or_goes_on_empty_for_ever_is_read_in_time() -> None:
    content = packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "乙", 5)))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"').replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>9</v></c></row></sheetData>'
    )
    assert lying != sheet
    assert said(renamed(content, {"xl/worksheets/sheet1.xml": lying})) == [("A1", "甲", "乙")]


def test_what_would_unpack_to_too_much_is_not_unpacked() -> None:
    content = packed(workbook(HEAD))
    assert code(renamed(content, {"xl/worksheets/sheet1.xml": b" " * 100_000_001})) == "table-too-large"


@pytest.mark.parametrize(("content", "expected"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-or-locked-workbook"),
    (b"PK\x03\x04 not a zip", "not-a-workbook"),
    (b"", "not-a-workbook"),
    (b"name,text\n1,2\n", "not-a-workbook"),
])  # fmt: skip
def test_what_is_no_workbook_is_told_in_one_line(content: bytes, expected: str) -> None:
    assert code(content) == expected


def test_another_packed_file_and_broken_parts_are_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("word/document.xml", "<w/>")
    assert code(out.getvalue()) == "not-a-workbook"
    content = packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "乙", 5)))
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"):
        assert code(renamed(content, {part: b"<broken"})) == "not-a-workbook"


def test_entities_that_grow_without_end_are_no_workbook() -> None:
    lines = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "甲甲甲甲甲甲甲甲甲甲">{lines}]><worksheet><sheetData>&a11;</sheetData></worksheet>'.encode()
    content = packed(workbook(HEAD, ("A1", "2026/11/18 09:31", "甲", "乙", 5)))
    assert code(renamed(content, {"xl/worksheets/sheet1.xml": bomb})) == "not-a-workbook"


def test_a_workbook_without_a_header_lacks_every_column() -> None:
    assert code(packed(Workbook())) == "missing-column"


def test_more_columns_than_anybody_reads_are_refused() -> None:
    assert code(packed(workbook([f"列{at}" for at in range(3000)]))) == "too-many-columns"


def test_what_the_test_writes_is_a_workbook_to_others_too() -> None:
    assert load_workbook(io.BytesIO(packed(workbook(HEAD)))).sheetnames == ["Sheet"]
