"""Tables of any content end in rows, in rows that are refused, or in one line about the file: never in a traceback."""

import csv
import io
import json
import os
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sample_desk import NOW, policy

from git_feedback.intake import FORMATS, TABLES, Source, load_mapping
from git_feedback.intake.tables.map_drafting import draft
from git_feedback.model import Bad
from git_feedback.privacy import contacts

EXAMPLES = int(os.environ.get("TABLE_FUZZ", "60"))
MAP = """\
name: 随便
times: [iso, unix, "%Y/%m/%d"]
zone: Asia/Shanghai
channel: partner
title: "{b} {c}"
columns: {source: [a, "x*"], received: t, text: [b, c], rating: r, nps: n, tags: c, expected: t}
contacts: {name: p, mobile: "*"}
questions: "*"
optional: [a, b, c, r, n, p]
split: {c: ";"}
"""
HEADER = ("a", "t", "b", "c", "r", "n", "p", "x 1")
WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "13800138001",
        "a@example.com",
        "2026-11-18",
        "1795311060",
        "9",
        "\u202e",
        "\x00",
        "〇〇",
        "<script>",
        "{{b}}",
        "…",
    ]
)
ROWS = st.lists(st.lists(WORDS, min_size=8, max_size=8), max_size=5)


def source(content: bytes, *, mapped: bool = True) -> Source:
    columns = load_mapping(MAP.encode(), "图.yml") if mapped else None
    return Source(content, "表", policy(), datetime.fromisoformat(NOW), columns)


def taken(kind: str, content: bytes) -> None:
    """Rows, refusals or a problem; and nothing in clear that can be found."""
    try:
        for row in FORMATS[kind].read(source(content)):
            assert row.submission or row.remarks
            assert all(remark.said("zh") for remark in row.remarks)
            if row.submission:
                words = [
                    row.submission.title,
                    row.submission.text or "",
                    *row.submission.tags,
                    row.submission.source or "",
                ]
                assert not any(contacts(one) for one in words)
    except Bad as bad:
        assert all(problem.said("zh") for problem in bad.problems)
    drafted(kind, content)


def drafted(kind: str, content: bytes) -> None:
    """A mapping that loads, or a problem."""
    try:
        text = draft(TABLES[kind](source(content, mapped=False)), "表", policy(), "zh")
    except Bad:
        return
    load_mapping(text.encode(), "图.yml")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=200))
@pytest.mark.parametrize("kind", TABLES)
def test_any_bytes_are_a_table_or_one_line(kind: str, content: bytes) -> None:
    taken(kind, content)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(header=st.lists(WORDS, min_size=8, max_size=8) | st.just(list(HEADER)), rows=ROWS)
def test_any_cells_are_rows_or_refusals(header: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    taken("csv", out.getvalue().encode())
    records = [dict(zip(header, row, strict=True)) for row in rows]
    taken("json", json.dumps(records).encode())
    taken("jsonl", "\n".join(map(json.dumps, records)).encode())
