"""JSON and JSON lines: records become rows, nothing of a number is lost, and nothing goes deeper than people write."""

import json
from datetime import datetime

import pytest
from tests.sample_desk import NOW, policy

from git_feedback.intake import FORMATS, Row, Source, load_mapping
from git_feedback.model import Bad

MAP = """\
name: 接口
times: [unix, iso]
zone: Asia/Shanghai
channel: app
columns: {source: id, received: created, title: title, text: [body, "answers.*.text"], tags: labels, device: client.model}
contacts: {login: user.name}
optional: [title, body, labels, client.model, user.name]
"""
ONE = {"id": 9007199254740993, "created": 1795311060, "title": "闪退", "body": "一打开就退"}


def read(content: bytes, kind: str = "json", text: str = MAP) -> list[Row]:
    columns = load_mapping(text.encode(), "图.yml")
    return list(FORMATS[kind].read(Source(content, "表.json", policy(), datetime.fromisoformat(NOW), columns)))


def dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_long_numbers_stay_exact_and_seconds_since_1970_are_times() -> None:
    (row,) = read(dumped([ONE]))
    assert row.submission
    assert row.submission.source == "9007199254740993"
    assert row.submission.received.isoformat() == "2026-11-22T01:31:00+00:00"


def test_the_list_is_found_where_it_is_the_only_one_or_where_the_mapping_says() -> None:
    assert len(read(dumped({"total": 1, "items": [ONE]}))) == 1
    both = dumped({"data": {"items": [ONE]}, "errors": [], "warnings": []})
    assert len(read(both, text=f"{MAP}records: data.items\n")) == 1
    for wrong in (both, dumped(ONE), b"3", b"null"):
        with pytest.raises(Bad, match="no-records"):
            read(wrong)


def test_deeper_values_are_columns_with_dots_and_contacts_never_reach_the_submission() -> None:
    record = {
        **ONE,
        "user": {"name": "小周 13800138000"},
        "client": {"model": "iPhone 15"},
        "labels": ["支付", "急"],
        "answers": [{"text": "第一"}, {"text": "第二"}],
    }
    (row,) = read(dumped([record]))
    assert row.submission
    assert (row.submission.device, row.submission.tags) == ("iPhone 15", ("支付", "急"))
    assert row.submission.text == "一打开就退\n\n第一\n\n第二"
    assert row.private.contacts == {"login": "小周 13800138000"}
    assert "小周" not in row.submission.model_dump_json()


def test_keys_that_only_some_records_have_are_empty_in_the_others() -> None:
    lines = [dumped(ONE), dumped({"id": "2", "created": "2026-11-22T09:31:00+08:00", "body": "字太小"}), b"", b"   "]
    found = read(b"\n".join(lines), "jsonl")
    assert [one.submission.title for one in found if one.submission] == ["闪退", "字太小"]


def test_a_line_that_is_no_record_is_refused_and_the_others_go_on() -> None:
    broken = [
        b"{",
        b"[1]",
        b'"x"',
        b'{"id": "7", "id": "8"}',
        b'{"a":' * 3000,
        b'{"id": "9", "created": 1795311060, "a": ' + b"[[[[[[[[[[[1]]]]]]]]]]]}",
    ]
    found = read(b"\n".join([*broken, dumped(ONE)]), "jsonl")
    assert [[remark.code for remark in one.remarks] for one in found] == [["bad-json"]] * len(broken) + [[]]
    assert all(remark.said("zh") for one in found for remark in one.remarks)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"[1,]", b"[NaN", b"\xef\xbb\xbf["])
def test_a_file_that_is_no_json_is_told_in_one_line(content: bytes) -> None:
    with pytest.raises(Bad, match="bad-json"):
        read(content)


def test_a_key_that_stands_twice_refuses_its_record_alone() -> None:
    found = read(b'[{"id": "1", "created": 1795311060, "title": "\xe7\x94\xb2", "title": "x"}, ' + dumped(ONE) + b"]")
    assert [[remark.code for remark in one.remarks] for one in found] == [["bad-json"], []]


def test_digits_without_end_are_text_and_take_no_time() -> None:
    (row,) = read(b'[{"id": "1", "created": 1795311060, "title": "x", "body": ' + b"9" * 50_000 + b"}]")
    assert row.submission
    assert (row.submission.text or "").startswith("999")


def test_halves_of_characters_and_zero_bytes_become_visible() -> None:
    (row,) = read(b'[{"id": "1", "created": 1795311060, "title": "a\\ud800b\\u0000c"}]')
    assert row.submission
    assert row.submission.title == "a[U+D800]b[U+0000]c"


def test_too_much_json_is_refused_with_the_way_out() -> None:
    with pytest.raises(Bad, match="table-too-large"):
        read(b" " * 30_000_001)


def test_a_hundred_thousand_keys_are_too_many_columns() -> None:
    with pytest.raises(Bad, match="too-many-columns"):
        read(dumped([{f"k{at}": 1 for at in range(100_000)}]))
