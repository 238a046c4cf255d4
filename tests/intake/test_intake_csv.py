"""CSV: what tables from life look like becomes rows, and what cannot be read is one remark a row."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from tests.sample_desk import NOW, ROOT, policy

from git_feedback.intake import FORMATS, ColumnMapping, Row, Source, load_mapping, preset
from git_feedback.model import Bad
from git_feedback.model import events as ev

MAP = """\
name: 门店表格
record: history
times: "%Y/%m/%d %H:%M"
zone: Asia/Shanghai
columns:
  source: 编号
  received: 时间
  channel: 渠道
  title: 标题
  text: 内容
  area: 地区
  resolved: 完成
  result: 结果
  rating: 评分
optional: [地区, 完成, 结果, 评分, 状态]
resolved_when: {状态: 已完成}
empty: [无]
channels:
  - {when: {渠道: 电话}, gives: phone}
  - {when: {渠道: "微信*"}, gives: wechat}
categories:
  - {when: {标题: "*退款*"}, gives: service/refund}
"""
HEAD = "编号,时间,渠道,标题,内容"


def mapping(text: str = MAP) -> ColumnMapping:
    return load_mapping(text.encode(), "门店.yml")


def rows(*lines: str, head: str = HEAD, end: str = "\n") -> list[Row]:
    return read((end.join([head, *lines]) + end).encode())


def read(source: bytes, text: str = MAP) -> list[Row]:
    return list(FORMATS["csv"].read(given(source, mapping(text))))


def given(source: bytes, columns: ColumnMapping) -> Source:
    return Source(source, "表.csv", policy(), datetime.fromisoformat(NOW), columns)


def remarks(found: Sequence[Row]) -> list[tuple[int, str]]:
    return [(remark.row, remark.code) for row in found for remark in row.remarks]


def titles(found: Sequence[Row]) -> list[str | None]:
    return [row.submission.title if row.submission else None for row in found]


def test_a_row_becomes_a_submission_and_what_it_does_not_say_stays_out() -> None:
    (row,) = rows("17,2026/11/19 09:31,电话,支付页面报错,付款失败")
    assert row.submission
    said = {name: value for name, value in row.submission.model_dump(exclude_none=True).items() if value != ()}
    assert said.pop("received").isoformat() == "2026-11-19T09:31:00+08:00"
    assert said.pop("record") == "history"
    assert said == {"channel": "phone", "source": "17", "language": "zh", "title": "支付页面报错", "text": "付款失败"}
    assert row.remarks == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_and_crlf_make_no_difference(mark: bytes, end: str) -> None:
    source = mark + end.join([HEAD, "1,2026/11/19 09:31,电话,甲,乙", ""]).encode()
    assert titles(read(source)) == ["甲"]


def test_quotes_commas_and_line_ends_in_cells_belong_to_the_text() -> None:
    (row,) = rows('1,2026/11/19 09:31,电话,"说“好”, ""再说""","第一行,\r\n第二行"')
    assert row.submission
    assert row.submission.title == '说“好”, "再说"'
    assert row.submission.text == "第一行,\n第二行"


def test_rows_that_are_too_short_or_too_long_are_refused_and_the_others_go_on() -> None:
    found = rows("1,2026/11/19 09:31,电话,甲", "2,2026/11/19 09:31,电话,乙,丙,丁", "", "3,2026/11/19 09:31,电话,戊,己")
    assert titles(found) == [None, None, "戊"]
    assert remarks(found) == [(1, "wrong-number-of-cells"), (2, "wrong-number-of-cells")]
    assert found[0].remarks[0].said("zh") == "有 4 格，表头有 5 列；请改正这一行"


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_after_it_in_silence() -> None:
    found = rows("1,2026/11/19 09:31,电话,甲,乙", '2,2026/11/19 09:31,电话,丙,"丁', "3,2026/11/19 09:31,电话,戊,己")
    assert titles(found)[0] == "甲"
    assert (2, "bad-row") in remarks(found)


def test_nul_and_other_characters_that_no_file_may_hold_become_visible() -> None:
    (row,) = rows("1,2026/11/19 09:31,电话,支付\0报错,内容\u2028续\x1b[31m")
    assert row.submission
    assert row.submission.title == "支付[U+0000]报错"
    assert row.submission.text == "内容[U+2028]续[U+001B][31m"


@pytest.mark.parametrize("words", ["Müller möchte Öl zurückgeben", "déjà vu, très mauvais"])
def test_a_western_encoding_is_named_with_its_line_and_never_read_as_chinese(words: str) -> None:
    with pytest.raises(Bad) as caught:
        read(HEAD.encode() + f"\n1,2026/11/19 09:31,phone,甲,{words}\n".encode("latin-1", "ignore"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (2, "not-utf8")


def test_the_encoding_of_taiwan_is_not_read_as_that_of_the_mainland() -> None:
    with pytest.raises(Bad, match="not-utf8"):
        read("編號,時間,渠道,標題,內容\n1,2026/11/19 09:31,電話,付款頁面出錯,試了三次還是失敗\n".encode("big5"))


def test_what_excel_in_china_writes_is_read_and_the_first_row_says_so() -> None:
    found = read(
        f"{HEAD}\n1,2026/11/19 09:31,电话,支付页面报错,“系统繁忙”——试了三次\n2,2026/11/19 09:31,电话,甲,乙\n".encode(
            "gb18030"
        )
    )
    assert titles(found) == ["支付页面报错", "甲"]
    assert remarks(found) == [(1, "read-as-gb18030")]


def test_a_mapping_that_names_the_encoding_is_believed_without_a_word() -> None:
    text = f"{MAP}encoding: gb18030\n"
    found = read(f"{HEAD}\n1,2026/11/19 09:31,电话,甲,乙\n".encode("gb18030"), text)
    assert (titles(found), remarks(found)) == (["甲"], [])
    with pytest.raises(Bad, match="not-in-encoding"):
        read(HEAD.encode("gb18030") + b"\n\xff\xff", text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_utf_16_with_its_mark_is_read(encoding: str) -> None:
    assert titles(read(f"{HEAD}\n1,2026/11/19 09:31,电话,甲,乙\n".encode(encoding))) == ["甲"]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@pytest.mark.parametrize("told", [False, True])
def test_other_delimiters_are_recognised(sign: str, told: bool) -> None:
    lines = [HEAD.replace(",", sign), sign.join(["1", "2026/11/19 09:31", "电话", "退款,没到", "乙"])]
    head = [f"sep={sign}"] if told else []
    assert titles(read("\r\n".join([*head, *lines, ""]).encode())) == ["退款,没到"]


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(Bad) as caught:
        read("编号,时间,标题,内容\n".encode())
    (problem,) = caught.value.problems
    assert problem.code == "missing-column"
    assert problem.said("zh").endswith("表中缺少 渠道；现有 编号、时间、标题、内容：请改正映射或换一个")


def test_a_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(Bad, match="column-twice"):
        read(f"{HEAD},标题\n".encode())


def test_an_empty_file_lacks_every_column() -> None:
    with pytest.raises(Bad, match="missing-column"):
        read(b"")


@pytest.mark.parametrize(("line", "code"), [
    ("1,,电话,甲,乙", "no-time"),
    ("1,昨天,电话,甲,乙", "bad-time"),
    ("1,1970/01/01 00:00,电话,甲,乙", "out-of-range"),
    (",2026/11/19 09:31,电话,甲,乙", "no-source"),
    ("无,2026/11/19 09:31,电话,甲,乙", "no-source"),
    ("13812345678,2026/11/19 09:31,电话,甲,乙", "key-in-clear"),
    ("1,2026/11/19 09:31,传真,甲,乙", "unmapped-channel"),
    ("1,2026/11/19 09:31,电话,,", "empty-field"),
    (f"{'长' * 301},2026/11/19 09:31,电话,甲,乙", "too-long"),
])  # fmt: skip
def test_a_row_that_cannot_be_taken_is_refused_with_the_reason(line: str, code: str) -> None:
    found = rows(line, "2,2026/11/19 09:31,微信小程序,丙,丁")
    assert titles(found) == [None, "丙"]
    assert remarks(found) == [(1, code)]
    assert found[0].remarks[0].said("zh").isprintable()


def test_a_rating_that_is_none_is_refused_and_an_empty_one_is_not() -> None:
    found = rows(
        "1,2026/11/19 09:31,电话,甲,乙,五星",
        "2,2026/11/19 09:31,电话,甲,乙,",
        "3,2026/11/19 09:31,电话,甲,乙,5",
        head=f"{HEAD},评分",
    )
    assert remarks(found) == [(1, "bad-integer")]
    assert [row.submission.rating for row in found if row.submission] == [None, 5]


def test_contact_data_is_masked_at_the_door() -> None:
    (row,) = rows("1,2026/11/19 09:31,电话,请回电 13812345678,写信到 lilei@example.com 也行")
    assert row.submission
    assert row.submission.title == "请回电 138****5678"
    assert "lilei" not in (row.submission.text or "")


def test_closed_becomes_resolved_at_its_time_with_the_category_the_mapping_gives() -> None:
    head = f"{HEAD},状态,完成,结果"
    found = rows(
        "1,2026/11/19 09:31,电话,退款没到,乙,已完成,2026/11/19 15:00,已退",
        "2,2026/11/19 09:31,电话,甲,乙,处理中,2026/11/19 15:00,",
        head=head,
    )
    first, second = (row.submission for row in found)
    assert first
    assert second
    classify, resolve = first.history
    assert isinstance(classify, ev.Classify)
    assert (classify.category, classify.by, classify.because) == ("service/refund", "import", "标题: 退款没到")
    assert isinstance(resolve, ev.Resolve)
    assert (resolve.at.isoformat(), resolve.result) == ("2026-11-19T15:00:00+08:00", "已退")
    assert second.history == ()


def test_closed_before_it_was_received_is_imported_without_the_end_and_told() -> None:
    (row,) = rows("1,2026/11/19 09:31,电话,甲,乙,已完成,2026/11/18 15:00,", head=f"{HEAD},状态,完成,结果")
    assert row.submission
    assert not any(isinstance(event, ev.Resolve) for event in row.submission.history)
    assert remarks([row]) == [(1, "ended-before-it-began")]


def test_what_an_earlier_column_of_a_line_says_already_is_not_said_again() -> None:
    text = MAP.replace("title: 标题", "title: [地区, 标题, 内容]")
    (row,) = read(f"{HEAD},地区\n1,2026/11/19 09:31,电话,支付页面报错,支付,上海\n".encode(), text)
    assert row.submission
    assert row.submission.title == "上海 · 支付页面报错"


def test_a_title_that_is_too_long_is_cut_and_stands_in_the_text_whole() -> None:
    (row,) = rows(f"1,2026/11/19 09:31,电话,{'长' * 400},乙")
    assert row.submission
    assert len(row.submission.title) == policy().desk.limits.title_max
    assert row.submission.title.endswith("…")
    assert row.submission.text == f"{'长' * 400}\n\n乙"


def test_a_text_that_is_too_long_goes_on_in_a_note() -> None:
    (row,) = rows(f"1,2026/11/19 09:31,电话,甲,{'长' * 5000}{'尾' * 10}")
    assert row.submission
    assert row.submission.text == "长" * 5000
    (note,) = row.submission.history
    assert isinstance(note, ev.Note)
    assert note.text == f"正文续：\n\n{'尾' * 10}"


@pytest.mark.parametrize(("lat", "lon", "kept"), [
    ("31.2304", "121.4737", True), ("0", "0", False), ("", "121", False), ("北", "东", False), ("91", "0", False), ("nan", "1", False),
])  # fmt: skip
def test_a_point_is_kept_only_when_it_is_one(lat: str, lon: str, kept: bool) -> None:
    text = MAP.replace("  title: 标题\n", "  title: 标题\n  point: [纬度, 经度]\n")
    (row,) = read(f"{HEAD},纬度,经度\n1,2026/11/19 09:31,电话,甲,乙,{lat},{lon}\n".encode(), text)
    assert row.submission
    assert (row.submission.point is not None) == kept


def test_every_row_of_the_public_sample_becomes_a_submission() -> None:
    source = (ROOT / "tests/data/sf311_sample.csv").read_bytes()
    known = preset("sf311")
    assert known
    found = list(FORMATS["csv"].read(given(source, load_mapping(known, "sf311"))))
    assert len(found) == 1000
    assert all(row.submission for row in found)
    assert all(row.submission.record == "history" for row in found if row.submission)


# ---- what nobody should send ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "@SUM(1+1)", "+86", "-1+1", '=HYPERLINK("http://x.example")'])
def test_what_a_spreadsheet_would_run_is_text_as_it_came(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    (row,) = rows(f"1,2026/11/19 09:31,电话,甲,{quoted}")
    assert row.submission
    assert row.submission.text == cell


@pytest.mark.parametrize(("source", "code"), [
    (b"", "missing-column"),
    (b"\xef\xbb\xbf", "missing-column"),
    (b"\n\n\n", "missing-column"),
    ((",".join(f"c{at}" for at in range(1_000_000))).encode(), "too-many-columns"),
    (b"," * 1_000_000, "missing-column"),
    ((HEAD + ",编号\n").encode(), "column-twice"),
    (b'"' + b"x" * 2_000_000, "bad-row"),
])  # fmt: skip
def test_a_file_that_is_no_table_is_told_in_one_line(source: bytes, code: str) -> None:
    with pytest.raises(Bad) as caught:
        read(source)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert len(problem.said("zh").splitlines()) == 1


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(Bad, match="table-too-large"):
        read(b" " * 100_000_001)


def test_a_header_without_rows_gives_none() -> None:
    assert rows() == []


def test_a_row_of_a_million_cells_and_a_cell_beyond_the_limit_are_refused_and_the_others_go_on() -> None:
    found = rows(
        "," * 1_000_000 + "x", f"2,2026/11/19 09:31,电话,甲,{'长' * 1_000_001}", "3,2026/11/19 09:31,电话,甲,乙"
    )
    assert [code for _, code in remarks(found)][:2] == ["wrong-number-of-cells", "bad-row"]
    assert titles(found)[-1] == "甲"


def test_names_of_columns_are_masked_where_they_become_text() -> None:
    text = f"{MAP}questions: ['*？']\n"
    (row,) = read(f"{HEAD},请打 13800138000 对吗？\n1,2026/11/19 09:31,电话,甲,乙,对\n".encode(), text)
    assert row.submission
    assert row.submission.text == "乙\n\n请打 138****8000 对吗？对"


def test_contact_data_that_was_masked_is_kept_to_be_sealed() -> None:
    (row,) = rows("1,2026/11/19 09:31,电话,请回电 13800138000,写信到 lilei@example.com")
    assert dict(row.private.originals) == {"title": "请回电 13800138000", "text": "写信到 lilei@example.com"}


def test_what_is_said_about_a_table_holds_no_contact_data_either() -> None:
    with pytest.raises(Bad) as caught:
        read("王小明,13800138000,付款失败\n".encode())
    (row,) = rows("1,2026/11/19 09:31,电话,甲,乙,13800138000", head=f"{HEAD},评分")
    (unmapped,) = rows("1,2026/11/19 09:31,13800138000,甲,乙")
    said = [caught.value.problems[0].said("zh"), row.remarks[0].said("zh"), unmapped.remarks[0].said("en")]
    assert all("138****8000" in one and "13800138000" not in one for one in said)
