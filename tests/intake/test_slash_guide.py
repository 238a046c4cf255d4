"""The guide tells of every command, and what it shows is one."""

import re
from pathlib import Path

import pytest
from tests.sample_desk import ROOT

from git_feedback.intake import slash
from git_feedback.intake.slash_words import NOT_HERE, WORDS, word

PAGES = sorted(ROOT.glob("site/pages/*/guide/comments.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parts[-3])
def test_the_guide_tells_of_every_command_in_both_languages(page: Path) -> None:
    rows = [row for row in page.read_text("utf-8").split("\n") if row.startswith("| `/")]
    told = {name for row in rows for shown in re.findall(r"`(/[^`]+)`", row) for name in names(shown)}

    assert len(PAGES) == 2
    assert told == set(WORDS) - set(NOT_HERE)
    for name in told:
        assert any(word(name, "en") in row and word(name, "zh") in row for row in rows), name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parts[-3])
def test_every_command_that_the_guide_shows_is_read(page: Path) -> None:
    shown = re.findall(r"`([/／][^`]+)`", page.read_text("utf-8"))

    assert len(shown) > 60
    assert [one for one in shown if not names(one) and one != "/etc/passwd"] == []


def names(shown: str) -> list[str]:
    return [one.name for one in slash.parse(shown).known]
