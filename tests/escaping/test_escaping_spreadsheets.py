"""What strangers wrote lies in CSV and in workbooks as words, as the spreadsheet library itself reads them back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.hostile_desk import line, payloads

from git_feedback.escaping import cell
from git_feedback.notation import clean

CLEAN = tuple(clean(payload) for payload in payloads())
NUMBERS = ("-5", "+3.2", "-1e5", "0.50", "5%", "-12.5%", "007")
FORMULA = frozenset("=+-@\t\r＝＋－＠﹢﹦")


def through_a_workbook(values: list[str]) -> list[tuple[object, str]]:
    """Values and types of cells after writing and reading."""
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for value in values:
        book.active.append([value])
    book.save(out)
    sheet = load_workbook(io.BytesIO(out.getvalue())).active
    assert sheet is not None
    return [(row[0].value, row[0].data_type) for row in sheet.iter_rows()]


def test_no_payload_is_a_formula_in_a_workbook() -> None:
    given_cells = [cell(payload) for payload in CLEAN]
    read = through_a_workbook(given_cells)
    assert {kind for _, kind in read} == {"s"}
    assert [str(value) for value, _ in read] == given_cells


def test_a_formula_without_the_rule_would_be_one() -> None:
    assert through_a_workbook(["=1+1"]) == [("=1+1", "f")]
    assert through_a_workbook([cell("=1+1")]) == [("'=1+1", "s")]


def test_numbers_stay_numbers_to_read() -> None:
    assert [cell(number) for number in NUMBERS] == list(NUMBERS)


def test_every_payload_survives_a_csv_file_and_computes_nowhere() -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell(payload), cell(line(payload)), "末"] for payload in payloads()])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == len(payloads())
    for payload, row in zip(payloads(), rows, strict=True):
        assert row[2] == "末"
        assert row[0] in (payload, f"'{payload}")
        assert row[1][0] not in FORMULA or row[1] in NUMBERS


@given(
    st.text(st.sampled_from(" \t\r\n\u200b\ufeff\u3000\x00"), max_size=4),
    st.sampled_from(sorted(FORMULA - {"\t", "\r"})),
    st.text(max_size=5),
)
def test_nothing_blank_or_hidden_before_a_sign_hides_it(before: str, sign: str, after: str) -> None:
    value = f"{before}{sign}{after}"
    assert cell(value).startswith("'") or cell(value).strip("+-.eE%0123456789") == ""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_separator_in_the_words_begins_no_cell_of_its_own(separator: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerow([cell(f"付款{separator}=1+1\n=1+1"), "末"])
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)) == [
        [f"付款{separator}=1+1\n=1+1", "末"]
    ]
