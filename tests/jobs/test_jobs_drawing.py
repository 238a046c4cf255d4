"""A picture is drawn once, and again only when it would come out otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from git_feedback import charts
from git_feedback.charts import Drawing, Year
from git_feedback.jobs.drawing import remembering

YEAR = Year("office", 2026, ("working",) * 365)


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture
def draw(tmp_path: Path) -> Callable[[Year, str], Drawing]:
    return remembering(tmp_path)


def test_a_remembered_drawing_is_the_drawing(draw: Callable[[Year, str], Drawing], tmp_path: Path) -> None:
    first = draw(YEAR, "zh")
    kept = files(tmp_path)
    assert len(kept) == 1
    assert draw(YEAR, "zh") == first == charts.draw(YEAR, "zh")
    assert files(tmp_path) == kept


def test_what_is_remembered_is_taken_and_not_drawn_again(draw: Callable[[Year, str], Drawing], tmp_path: Path) -> None:
    draw(YEAR, "zh")
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace("工作日 365 天", "记住的图"), encoding="utf-8")
    assert "记住的图" in draw(YEAR, "zh").alt


def test_another_year_language_or_kind_is_another_picture(draw: Callable[[Year, str], Drawing], tmp_path: Path) -> None:
    other = Year("office", 2026, ("holiday", *YEAR.kinds[1:]))
    alts = {draw(series, language).alt for series in (YEAR, other) for language in ("zh", "en")}
    assert len(alts) == len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("spoiled", [b"", b"{}", b"[1]", b'{"name": "year", "svgs": {}}', b"\xff"])
def test_what_is_broken_is_drawn_anew(draw: Callable[[Year, str], Drawing], tmp_path: Path, spoiled: bytes) -> None:
    first = draw(YEAR, "en")
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(spoiled)
    assert draw(YEAR, "en") == first
    assert path.read_bytes() == whole
