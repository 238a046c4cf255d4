"""What becomes of the team's own prose once the builder has drawn it."""

import pytest

from git_feedback.pages import prose

TABLE = "<table><thead><tr><th></th><th>能看到什么</th></tr></thead><tbody><tr><td>银行</td><td>扣款</td></tr></tbody></table>"


@pytest.mark.parametrize(("language", "name"), [("zh", "表格"), ("en", "Table")])
def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches_and_that_has_a_name(language: str, name: str) -> None:
    finished = prose.finished(TABLE + TABLE, {}, language)
    assert finished.count(f'tabindex="0" role="group" aria-label="{name}"><table class="fb-table">') == 2
    assert finished.count("</table></div>") == 2


def test_an_empty_corner_heads_nothing() -> None:
    assert "<th></th>" not in prose.finished(TABLE, {}, "zh")
