"""The picture of an item's life in the handbook: all of the table of steps, and nothing that is not in it."""

import re

import pytest
from tests.sample_desk import policy

from git_feedback.charts import CannotDraw, Drawing, Life, draw
from git_feedback.desk import STATES, STEPS
from git_feedback.i18n import LANGUAGES
from git_feedback.pages import prose
from git_feedback.pages.handbook import handbook
from git_feedback.pages.life_pictures import life, life_pictures, staying


def test_every_state_and_every_passage_of_the_table_is_drawn_and_no_other() -> None:
    series = life("en")
    assert sorted(stop.id for stop in series.stops) == sorted(STATES)
    drawn = {
        verb: (set(one.sources), {*one.others, one.target} - {None}) for one in series.passages for verb in one.verbs
    }
    told = {
        step.verb: ({source for source, _ in step.passages}, {to for _, to in step.passages})
        for step in STEPS.values()
        if step.passages
    }
    assert drawn == told


def test_a_verb_is_drawn_or_listed_and_never_both() -> None:
    drawn = {verb for one in life("zh").passages for verb in one.verbs}
    assert not drawn & set(staying())
    assert drawn | {*staying(), "retract"} == set(STEPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_and_the_table_name_every_state_and_every_verb_that_leads_on(language: str) -> None:
    series = life(language)
    drawing = draw(series, language)
    assert all(stop.name in drawing.alt for stop in series.stops)
    assert [row[0] for row in drawing.rows] == [" · ".join(one.verbs) for one in series.passages]
    assert all(verb in drawing.alt for one in series.passages for verb in one.verbs)
    assert {len(row) for row in drawing.rows} == {len(drawing.head)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_stands_above_the_tables_and_its_files_beside_the_page(language: str) -> None:
    shown, files = life_pictures(language, draw)
    page = handbook(policy(), language, life=shown)["handbook/life.md"]
    assert page.index("<figure") < page.index("\n## ") < page.index("\n| ")
    named = re.findall(r'(?:src|srcset)="([^"]+)"', shown)
    assert sorted(files) == sorted(f"handbook/{name}" for name in named)
    assert len(files) == 4
    assert prose.active(page) == []
    assert all(f"`{verb}`" in shown for verb in staying())


def test_equal_tables_give_equal_bytes_and_no_colour_of_lateness() -> None:
    first, again = draw(life("zh"), "zh"), draw(life("zh"), "zh")
    assert first == again
    assert not any(late in svg for svg in first.svgs.values() for late in (b"#c4352b", b"#f0695e"))


def test_where_nothing_can_be_drawn_the_page_says_why() -> None:
    def unable(_series: Life, _language: str) -> Drawing:
        raise CannotDraw("chart-library-missing")

    shown, files = life_pictures("zh", unable)
    assert "没有安装 matplotlib" in shown
    assert not files
    assert "没有安装 matplotlib" in handbook(policy(), "zh", life=shown)["handbook/life.md"]


def test_a_passage_to_a_state_that_is_not_drawn_is_our_mistake() -> None:
    whole = life("en")
    with pytest.raises(ValueError, match="no state"):
        Life(whole.stops[1:], whole.passages)
