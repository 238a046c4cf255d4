"""Spreadsheets, JSON files and the logs of runs get strangers' words as words."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.escaping import annotation, cell, json_file, workflow

UNHURRIED = settings(deadline=None)  # the first example loads libraries

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://example.com","点我")',
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u3000=1",
        "\u200b=1",
        "\ufeff=1",
        "\x00=1",
        "＝1",
        "﹢1+1",
        "＠SUM(A1)",
        "\ttab first",
        "-",
        "-2+3|cmd",
        "+86 138",
        "-1\n",
    ],
)
def test_a_text_that_could_compute_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("支付=报错", "支付=报错"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("-5%", "-5%"),
        ("-1e5", "-1e5"),
        (-7, "-7"),
        (0.5, "0.5"),
        (None, ""),
        ("", ""),
        (date(2026, 11, 22), "2026-11-22"),
        (float("-inf"), "'-inf"),
    ],
)
def test_numbers_dates_and_plain_words_stay_as_they_are(value: object, content: str) -> None:
    assert cell(value) == content


@UNHURRIED
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_a_cell_survives_the_csv_module_and_loses_nothing(text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([cell(text), "x"])
    ((first, _),) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert first in (text, f"'{text}")


@UNHURRIED
@given(JSON)
def test_json_reads_back_and_holds_nothing_a_page_could_obey(value: object) -> None:
    written = json_file(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028\u2029\n")
    written.encode("utf-8")


def test_chinese_stays_readable_and_a_script_does_not_end() -> None:
    assert json_file({"题": "</script>"}) == '{"题":"\\u003c/script\\u003e"}'


def test_json_refuses_what_json_does_not_know() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_file([float("nan")])


@UNHURRIED
@given(st.text())
def test_a_log_text_stays_on_its_line_and_gives_no_command(text: str) -> None:
    written = workflow(text)
    assert len(f"x{written}".splitlines()) == 1
    assert "##[" not in written
    assert "\x1b" not in written


def test_an_annotation_names_the_place_and_keeps_the_words_apart() -> None:
    assert annotation("error", "a,b:c.yml", 3, 10, "题", "50%\r\n::stop-commands::x") == (
        "::error file=a%2Cb%3Ac.yml,line=3,col=10,title=题::50%25%0D%0A::stop-commands::x"
    )


def test_an_annotation_leaves_out_what_is_not_known() -> None:
    assert annotation("warning", "a.yml", None, None, "", "x") == "::warning file=a.yml::x"


def test_a_level_that_github_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="error, notice, warning"):
        annotation("fatal", "a.yml", None, None, "t", "m")


@UNHURRIED
@given(st.text(), st.text(), st.text())
def test_an_annotation_is_one_line_with_exactly_its_own_properties(file: str, title: str, message: str) -> None:
    written = annotation("notice", f"f{file}", 1, 2, f"t{title}", message)
    properties = written.removeprefix("::notice ").split("::")[0].split(",")
    assert [part.split("=")[0] for part in properties] == ["file", "line", "col", "title"]
    assert len(written.splitlines()) == 1
