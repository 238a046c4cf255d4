"""An issued report: its files, its pages, and what they never hold."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from git_feedback import store
from git_feedback.desk import Standing, standings
from git_feedback.i18n import LANGUAGES, codes, text
from git_feedback.pages.cells import cells
from git_feedback.pages.page import Issued, Page, Record
from git_feedback.pages.report import report
from git_feedback.pages.views import reports
from git_feedback.policy import Policy, load

TESTS = Path(__file__).parents[1]
DESK = TESTS / "data" / "report-desk"
GOLDEN = TESTS / "golden" / "reports"
NOW = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
CHARTS = ("volume", "pareto", "attainment", "heatmap")


@cache
def _policy() -> Policy:
    sources = {
        f"policy/{path.relative_to(DESK / 'policy').as_posix()}": path.read_bytes()
        for path in DESK.glob("policy/**/*.yml")
    }
    found = load(sources).policy
    assert found
    return found


@cache
def _standings() -> Sequence[Standing]:
    return standings(map(store.read, sorted(DESK.glob("feedback/*.yml"))), _policy(), NOW)


@cache
def _october() -> dict[str, bytes]:
    return report(_standings(), _policy(), "2026-10", NOW, "abc1234")


def _august() -> dict[str, bytes]:
    return report(_standings(), _policy(), "2026-08", NOW, "")


def _figures(files: dict[str, bytes]) -> dict[str, Any]:
    found = json.loads(files["figures.json"])
    assert isinstance(found, dict)
    return found


def _record(*issued: Issued) -> Record:
    return Record(_policy(), _standings(), (), issued, NOW, fixed=True, commit="abc1234")


def _page(path: str, language: str, *issued: Issued) -> Page:
    return next(page for page in reports.pages(_record(*issued)) if (page.path, page.language) == (path, language))


# ---- the files ------------------------------------------------------------------------------------------------------


def test_report_md_of_the_small_desk_is_the_golden_one(pytestconfig: pytest.Config) -> None:
    golden = GOLDEN / "2026-10.md"
    if pytestconfig.getoption("--update-golden", default=False):
        golden.write_bytes(_october()["report.md"])
    assert _october()["report.md"].decode() == golden.read_text("utf-8")


def test_the_same_record_gives_the_same_bytes_in_any_order_of_items() -> None:
    backwards = tuple(reversed(_standings()))
    assert report(backwards, _policy(), "2026-10", NOW, "abc1234") == _october()


def test_a_report_has_its_text_its_figures_and_four_charts_for_every_screen_and_language() -> None:
    pictures = {
        f"{chart}.{language}.{width}.{ground}.svg"
        for chart in CHARTS
        for language in LANGUAGES
        for width in ("wide", "phone")
        for ground in ("light", "dark")
    }
    assert set(_october()) == {"report.md", "figures.json"} | pictures


def test_figures_json_names_the_checksum_of_every_picture() -> None:
    files = _october()
    assert _figures(files)["files"] == {
        name: sha256(content).hexdigest() for name, content in files.items() if name.endswith(".svg")
    }


def test_figures_json_has_sorted_keys_and_reads_back_to_the_same_bytes() -> None:
    written = _october()["figures.json"].decode()
    assert json.dumps(json.loads(written), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == written


def test_the_language_of_the_desk_comes_first() -> None:
    words = _october()["report.md"].decode()
    assert words.startswith("# 2026 年 10 月反馈月报\n")
    assert words.index("# Feedback report, October 2026") > words.index("这些数字怎么算")
    english = _policy().desk.model_copy(update={"language": "en"})
    turned = report(_standings(), replace(_policy(), desk=english), "2026-10", NOW, "abc1234")["report.md"].decode()
    assert turned.startswith("# Feedback report, October 2026\n")


def test_every_picture_that_the_text_shows_is_there() -> None:
    shown = re.findall(r"\]\(([^)]+)\)", _october()["report.md"].decode())
    assert len(shown) == len(CHARTS) * len(LANGUAGES)
    assert set(shown) <= set(_october())


def test_no_word_of_a_stranger_is_in_any_file_of_a_report() -> None:
    everything = b"\n".join(_october().values()).decode()
    for standing in _standings():
        assert standing.item.title not in everything
        assert standing.item.id not in everything
    assert "evil.example" not in everything


def test_a_name_out_of_the_policy_cannot_break_a_table() -> None:
    lines = [line for line in _october()["report.md"].decode().splitlines() if "Payment" in line]
    assert any(line.startswith("| Payment \\| billing | 5 |") for line in lines)


def test_a_month_in_which_nothing_happened_says_so_and_shows_no_zero_as_a_share() -> None:
    files = _august()
    words = files["report.md"].decode()
    assert set(files) == {"report.md", "figures.json"}
    assert "- 这个月没有收到反馈，没有解决，也没有到期的时限。" in words
    assert "- Nothing was received, nothing was resolved and no target ran out this month." in words
    assert "| 按时率 | – | – | 没有可计算的 | 0 | 0 |" in words


def test_a_month_that_still_runs_says_so() -> None:
    early = datetime.fromisoformat("2026-10-20T09:00:00+08:00")
    running = report(standings([one.item for one in _standings()], _policy(), early), _policy(), "2026-10", early, "")
    assert text("report-incomplete", "zh") in running["report.md"].decode()
    assert text("report-incomplete", "zh") not in _october()["report.md"].decode()


# ---- a figure and its neighbour -------------------------------------------------------------------------------------


def _month(**figures: object) -> dict[str, object]:
    return {"month": "2026-10", **figures}


@pytest.mark.parametrize(
    ("key", "before", "now", "change", "turn"),
    [
        ("received", 1211, 1284, "↑ 6 %", ""),
        ("received", 0, 4, "↑ 4", ""),
        ("resolved", 5, 5, "持平", ""),
        ("on_time_share", 0.932, 0.914, "↓ 1.8 点，变差", "worse"),
        ("on_time_share", 0.9141, 0.9143, "持平", ""),
        ("respond_median_h", 1.9, 1.6, "↓ 18 分，变好", "better"),
        ("resolve_median_h", 21, 30, "↑ 9 小时，变差", "worse"),
        ("satisfied_share", 0.84, 0.86, "↑ 2.0 点，变好", "better"),
    ],
)
def test_a_figure_says_how_it_turned(key: str, before: float, now: float, change: str, turn: str) -> None:
    [cell] = cells(_month(**{key: now}), {"month": "2026-09", key: before}, "zh", (key,))
    assert (cell.than, cell.change, cell.turn) == ("较 9 月", change, turn)


def test_a_figure_without_neighbour_says_so() -> None:
    [alone] = cells(_month(received=3), None, "zh", ("received",))
    [nothing] = cells(_month(on_time_share=None), {"month": "2026-09", "on_time_share": 0.9}, "zh", ("on_time_share",))
    assert (alone.than, alone.change) == ("没有可比的月份", "")
    assert (nothing.value, nothing.than, nothing.change) == ("–", "没有可计算的", "")


# ---- the pages ------------------------------------------------------------------------------------------------------


class _Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, article: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(article)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_every_report_has_a_page_in_both_languages_beside_the_list() -> None:
    found = {(page.language, page.path) for page in reports.pages(_record(Issued("2026-10", _october())))}
    assert found == {
        (language, path) for language in LANGUAGES for path in ("reports/index.html", "reports/2026-10.html")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_of_a_page_are_files_of_the_site(language: str) -> None:
    issued = Issued("2026-10", _october())
    there = {file.path for file in reports.files(_record(issued))}
    page = _Elements(_page("reports/2026-10.html", language, issued).article)
    shown = [str(image["src"]) for image in page.of("img")] + [str(source["srcset"]) for source in page.of("source")]
    assert len(shown) == len(CHARTS) * 4
    assert {src.replace("../", f"{language}/") for src in shown} == {
        path for path in there if path.startswith(f"{language}/")
    }


def test_a_chart_has_words_in_its_place_and_a_table_and_is_fetched_late() -> None:
    page = _Elements(_page("reports/2026-10.html", "zh", Issued("2026-10", _october())).article)
    assert len(page.of("table")) == len(CHARTS)
    for image in page.of("img"):
        assert image["loading"] == "lazy"
        assert len(image["alt"] or "") > 10
        assert int(image["width"] or 0) > int(image["height"] or 0) > 0
    assert {image["class"] for image in page.of("img")} == {"fb-light", "fb-dark"}


def test_a_page_shows_four_figures_and_three_findings() -> None:
    article = _page("reports/2026-10.html", "en", Issued("2026-10", _october())).article
    assert article.startswith('<article class="md-content__inner fb">')
    assert article.count('class="fb-figure"') == 4
    assert '<div class="fb-figure">73.7<small>%</small></div>' in article
    assert (
        '<div class="fb-delta" data-turn="better">against September <b class="fb-nowrap">↑ 7.0 points, better</b>'
        in article
    )
    assert "<li>Better than in September: 75 % satisfied, up from 33.3 %.</li>" in article


def test_a_page_is_made_from_figures_json_whatever_stands_in_report_md() -> None:
    issued = Issued("2026-10", {**_october(), "report.md": b"<script>alert(1)</script>"})
    assert _page("reports/2026-10.html", "zh", issued) == _page(
        "reports/2026-10.html", "zh", Issued("2026-10", _october())
    )


def test_markup_in_figures_json_stays_text() -> None:
    figures = _figures(_october())
    figures["findings"][0]["said"]["zh"] = "<img src=x onerror=alert(1)>"
    figures["charts"]["zh"][1]["rows"][0][0] = "<script>"
    figures["commit"] = '"><b>'
    issued = Issued("2026-10", {**_october(), "figures.json": json.dumps(figures).encode()})
    page = _Elements(_page("reports/2026-10.html", "zh", issued).article)
    assert not page.of("script")
    assert all("onerror" not in attributes for _, attributes in page.found)


def test_no_page_has_a_style_or_script_of_its_own() -> None:
    for page in reports.pages(_record(Issued("2026-10", _october()))):
        elements = _Elements(page.article).found
        assert not [tag for tag, attributes in elements if tag in ("style", "script") or "style" in attributes]


def test_a_month_in_which_nothing_happened_has_a_page_that_says_so() -> None:
    article = _page("reports/2026-08.html", "zh", Issued("2026-08", _august())).article
    assert "<strong>这个月没有收到反馈，没有解决，也没有到期的时限。</strong>" in article
    assert "<img" not in article


def test_the_list_has_the_newest_report_first() -> None:
    issued = (Issued("2026-08", _august()), Issued("2026-10", _october()))
    article = _page("reports/index.html", "zh", *issued).article
    assert re.findall(r'href="([^"]+)"', article) == ["../reports/2026-10.html", "../reports/2026-08.html"]


def test_without_reports_the_list_says_how_to_issue_the_first() -> None:
    assert "git feedback report 2026-10" in _page("reports/index.html", "en").article


@pytest.mark.parametrize(
    "broken", [{}, {"figures.json": b"{"}, {"figures.json": b"[]"}, {"figures.json": b'{"schema": 99}'}]
)
def test_a_report_that_cannot_be_read_is_named_in_the_list_and_stops_nothing(broken: dict[str, bytes]) -> None:
    issued = (Issued("2026-09", broken), Issued("2026-10", _october()))
    article = _page("reports/index.html", "zh", *issued).article
    assert "reports/2026-09：没有本版本能读的 figures.json；请从 Git 恢复这个文件夹" in article
    assert {page.path for page in reports.pages(_record(*issued))} == {"reports/index.html", "reports/2026-10.html"}


def test_a_report_issued_in_one_language_shows_it_on_both_pages() -> None:
    chinese = report(_standings(), _policy(), "2026-10", NOW, "abc1234", ["zh"])
    issued = Issued("2026-10", chinese)
    assert "支付与账单" in _page("reports/2026-10.html", "en", issued).article
    assert "en/reports/2026-10/volume.zh.wide.light.svg" in {file.path for file in reports.files(_record(issued))}


def test_every_word_of_reports_is_there_in_both_languages() -> None:
    def mine(language: str) -> set[str]:
        return {code for code in codes(language) if code.startswith(("report-", "insight-", "finding-"))}

    assert mine("zh") == mine("en")
    assert len(mine("zh")) > 60
