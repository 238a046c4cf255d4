"""The picture of a year: every date in its column, each kind in its own form, and the same facts in words and table."""

import re
from collections.abc import Mapping
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import policy

from git_feedback.charts import Drawing, Year, draw
from git_feedback.charts.series import DAY_KINDS
from git_feedback.charts.sheet import DARK, LIGHT
from git_feedback.charts.year import LAYOUTS
from git_feedback.policy.calendar_years import days

MOVE = re.compile(r"[mM](-?[\d.]+)[ ]?(-?[\d.]+)|z")
PALE = "#bdd1d5"


def year(number: int = 2026, provisional: bool = False, **changed: str) -> Year:
    """The office's year with some dates (`d1224="half"`) of another kind."""
    kinds = [day.kind for day in days(policy().calendars.plans["office"], number)]
    for name, kind in changed.items():
        day = date(number, int(name[1:3]), int(name[3:]))
        kinds[day.timetuple().tm_yday - 1] = kind  # type: ignore[call-overload]
    return Year("office", number, tuple(kinds), provisional)


def shapes(svg: bytes, fill: str) -> int:
    """How many closed shapes are filled in a colour; a frame counts once, its inner side is part of the shape."""
    root = ElementTree.fromstring(svg)
    found = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if "id" not in path.attrib]
    return sum(path.attrib["d"].count("z") for path in found if path.get("fill") == fill)


@pytest.fixture(scope="module")
def office() -> Mapping[str, Drawing]:
    return {language: draw(year(), language) for language in ("zh", "en")}


@pytest.mark.parametrize("variant", ["wide.light", "phone.light"])
def test_every_date_is_drawn_once_in_the_form_of_its_kind(office: Mapping[str, Drawing], variant: str) -> None:
    svg = office["zh"].svgs[variant]
    in_key = 1
    counts = {kind: year().kinds.count(kind) for kind in DAY_KINDS}
    assert shapes(svg, PALE) == counts["working"] + in_key
    assert shapes(svg, LIGHT["series-1"]) == counts["makeup"] + in_key
    assert shapes(svg, LIGHT["ink-3"]) == counts["holiday"] + in_key
    assert shapes(svg, LIGHT["sunk"]) == counts["weekend"] + 2 * in_key


def test_a_half_day_is_half_filled_and_bears_its_number(office: Mapping[str, Drawing]) -> None:
    with_half = draw(year(d1224="half"), "zh")
    before, after = office["zh"].svgs["wide.dark"], with_half.svgs["wide.dark"]
    assert after.count(b"<use") == before.count(b"<use") + len("24")
    assert with_half.rows[11] == ("12 月", "23", "–", "–", "24")


def test_only_a_provisional_year_has_dashes_and_says_so() -> None:
    for language, said in (("zh", "暂定"), ("en", "provisional")):
        sure, unsure = draw(year(), language), draw(year(provisional=True), language)
        assert not any(b"stroke-dasharray" in svg for svg in sure.svgs.values())
        assert all(svg.count(b"stroke-dasharray") == 13 for svg in unsure.svgs.values())
        assert said in unsure.alt
        assert said in unsure.caption
        assert said not in sure.alt


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_no_day_has_a_colour_that_means_lateness(office: Mapping[str, Drawing], colours: Mapping[str, str]) -> None:
    assert not any(colours["late"].encode() in svg for svg in office["en"].svgs.values())


def test_the_sentence_counts_what_the_calendar_counts(office: Mapping[str, Drawing]) -> None:
    assert office["zh"].alt == (
        "日历 office 2026 年十二个月的日历图：工作日 248 天；节假日期 33 天，调休上班 6 天，半天 0 天。"
    )
    assert office["en"].alt.startswith("Calendar office, 2026, as twelve months: 248 working days")
    assert office["zh"].caption == "全年工作日 248 天；2 月最少（16 天），7 月最多（23 天）。"


def test_the_table_gives_each_month_and_names_runs_by_their_ends(office: Mapping[str, Drawing]) -> None:
    drawing = office["zh"]
    assert drawing.head == ("月份", "工作日", "节假日", "调休上班日", "半天")
    assert [len(row) for row in drawing.rows] == [5] * 12
    assert drawing.rows[0] == ("1 月", "21", "1–3", "4", "–")
    assert drawing.rows[1] == ("2 月", "16", "15–23", "14 28", "–")
    assert office["en"].rows[9] == ("October", "18", "1–7", "10", "–")


@pytest.mark.parametrize("number", [2024, 2026, 2028, 2032])
def test_a_date_stands_in_the_column_of_its_weekday(number: int) -> None:
    kinds = ["weekend"] * (date(number + 1, 1, 1) - date(number, 1, 1)).days
    first_of_may = date(number, 5, 1)
    kinds[first_of_may.timetuple().tm_yday - 1] = "makeup"
    svg = draw(Year("office", number, tuple(kinds)), "en").svgs["wide.light"].decode()
    left = min(
        float(x)
        for path in re.findall(rf'd="([^"]*)" fill="{LIGHT["series-1"]}"', svg)
        for x, _ in MOVE.findall(path)[:1]
    )
    assert left == 1 + 20 * first_of_may.weekday()


@settings(max_examples=12, deadline=None)
@given(st.integers(2000, 2099), st.data())
def test_any_year_fits_its_sheet_and_equal_years_are_equal_bytes(number: int, data: st.DataObject) -> None:
    length = (date(number + 1, 1, 1) - date(number, 1, 1)).days
    drawn_from = data.draw(st.lists(st.sampled_from(DAY_KINDS), min_size=7, max_size=7))
    series = Year("办公", number, tuple(drawn_from[n % 7] for n in range(length)), data.draw(st.booleans()))
    drawing = draw(series, "zh")
    assert drawing == draw(series, "zh")
    assert sum(int(row[1]) for row in drawing.rows) == sum(
        kind in ("working", "makeup", "half") for kind in series.kinds
    )
    for name, plan in LAYOUTS.items():
        wide = float(re.findall(rb'viewBox="0 0 ([\d.]+)', drawing.svgs[f"{name}.light"])[0])
        assert plan.columns * plan.month + (plan.columns - 1) * plan.between <= wide


def test_a_year_of_a_wrong_length_or_with_an_unknown_kind_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="are not the days of 2024"):
        Year("office", 2024, ("working",) * 365)
    with pytest.raises(ValueError, match="no such kinds"):
        Year("office", 2026, ("放假",) * 365)
