"""The years of the office calendar in the handbook: which ones, in figures that every part of the site lets through."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback.charts import CannotDraw, Drawing, Year, draw
from git_feedback.i18n import LANGUAGES
from git_feedback.pages import prose
from git_feedback.pages.handbook import handbook
from git_feedback.pages.year_pictures import shown_years, year_pictures
from git_feedback.policy import load

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
OFFICE = "policy/calendars/office.yml"


def test_this_year_is_shown_and_the_next_where_the_calendar_lists_it() -> None:
    assert [(year.year, year.provisional) for year in shown_years(policy(), NOW)] == [(2026, False)]
    files = policy_files()
    files[OFFICE] += '  "2027": {status: provisional, notice: 尚未公布, off: [2027-01-01]}\n'.encode()
    loaded = load(files).policy
    assert loaded
    assert [(year.year, year.provisional) for year in shown_years(loaded, NOW)] == [(2026, False), (2027, True)]


def test_the_year_is_that_of_the_office_when_it_has_begun_there_already() -> None:
    new_year = datetime.fromisoformat("2025-12-31T17:00:00+00:00")
    assert [year.year for year in shown_years(policy(), new_year)] == [2026]


def test_a_year_without_any_list_is_not_called_provisional_where_none_is_needed() -> None:
    plain = replace(policy(), desk=policy().desk.model_copy(update={"office": "plain"}))
    assert [(year.year, year.provisional) for year in shown_years(plain, NOW)] == [(2026, False)]
    assert shown_years(policy(), datetime.fromisoformat("2031-05-01T00:00:00+08:00"))[0].provisional


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_that_the_page_names_is_there_with_its_size_and_sentence(language: str) -> None:
    shown, files = year_pictures(shown_years(policy(), NOW), language, draw)
    named = re.findall(r'(?:src|srcset)="([^"]+)"', shown)
    assert sorted(files) == sorted(f"handbook/{name}" for name in named)
    assert len(named) == 4
    alts = re.findall(r'alt="([^"]+)"', shown)
    assert alts[0] == alts[1]
    assert "248" in alts[0]
    assert len(re.findall(r'width="[\d.]+" height="[\d.]+"', shown)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_is_one_block_and_holds_nothing_that_a_team_page_may_not(language: str) -> None:
    shown, _ = year_pictures(shown_years(policy(), NOW), language, draw)
    figure = shown[shown.index("<figure") : shown.index("</figure>")]
    assert "\n\n" not in figure
    assert prose.active(shown) == []
    built = prose.finished(shown, {}, language)
    assert built.count("<div") == built.count("</div>") == 1
    assert shown in handbook(policy(), language, shown)["handbook/clocks.md"]


def test_where_nothing_can_be_drawn_the_page_says_why() -> None:
    def unable(_series: Year, _language: str) -> Drawing:
        raise CannotDraw("chart-library-missing")

    shown, files = year_pictures(shown_years(policy(), NOW), "zh", unable)
    assert (shown.strip(), files) == (
        "这里没有年历图：无法绘图：没有安装 matplotlib；请安装 git-feedback[charts]。",
        {},
    )


def test_a_calendar_with_a_name_like_markup_stays_words() -> None:
    evil = '"><img src=x onerror=alert(1)>'
    series = replace(shown_years(policy(), NOW)[0], calendar=evil)
    shown, _ = year_pictures([series], "en", draw)
    assert "<img src=x" not in shown
    assert prose.active(shown) == []
