"""An issued report: its files, its pages, and what they never hold."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.pages.issued_reports import figures as made_up
from tests.pages.issued_reports import folder
from tests.pages.report_desk import DESK, policy

from git_feedback import store
from git_feedback.desk import Standing, standings
from git_feedback.i18n import LANGUAGES, codes, text
from git_feedback.insight import Period
from git_feedback.model import Item, Problem
from git_feedback.pages.cells import cells
from git_feedback.pages.page import Issued, Page, Record
from git_feedback.pages.reports import chapters
from git_feedback.pages.reports.document import Chart, Quotes, Table, as_json, of_json
from git_feedback.pages.reports.issue import Issue, checksum, report
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.paper import paper
from git_feedback.pages.reports.reading import newest_month, reported
from git_feedback.pages.views import reports
from git_feedback.policy import Policy

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden" / "reports"
NOW = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
ISSUE = Issue(NOW, "abc1234")


@cache
def _items() -> Sequence[Item]:
    return tuple(map(store.read, sorted(DESK.glob("feedback/*.yml"))))


@cache
def _standings() -> Sequence[Standing]:
    return standings(_items(), policy(), NOW)


def _material(name: str = "2026-10", items: Sequence[Item] | None = None, under: Policy | None = None) -> Material:
    period, rules = Period.parse(name), under or policy()
    until = period.bounds(rules.zone)[1] - timedelta(seconds=1)
    return Material(rules, period, until, standings(_items() if items is None else items, rules, until))


@cache
def _october() -> dict[str, bytes]:
    return report(_material(), ISSUE)


@cache
def _quarter() -> dict[str, bytes]:
    return report(_material("2026-Q4"), Issue(datetime.fromisoformat("2027-01-02T09:00:00+08:00"), "abc1234"))


@cache
def _august() -> dict[str, bytes]:
    return report(_material("2026-08"), Issue(NOW, ""))


def _figures(files: dict[str, bytes]) -> dict[str, Any]:
    found = json.loads(files["figures.json"])
    assert isinstance(found, dict)
    return found


def _pictures(files: dict[str, bytes]) -> set[str]:
    return {name for name in files if name.endswith(".svg")}


def _record(*issued: Issued) -> Record:
    return Record(policy(), _standings(), (), issued, NOW, fixed=True, commit="abc1234")


def _page(path: str, language: str, *issued: Issued) -> Page:
    return next(page for page in reports.pages(_record(*issued)) if (page.path, page.language) == (path, language))


# ---- the files ------------------------------------------------------------------------------------------------------


def test_report_md_of_the_small_desk_is_the_golden_one(pytestconfig: pytest.Config) -> None:
    golden = GOLDEN / "2026-10.md"
    if pytestconfig.getoption("--update-golden", default=False):
        golden.write_bytes(_october()["report.md"])
    assert _october()["report.md"].decode() == golden.read_text("utf-8")


def test_the_same_record_gives_the_same_bytes_in_any_order_of_items() -> None:
    assert report(_material(items=_items()[::-1]), ISSUE) == _october()


@pytest.mark.parametrize("period", ["2026-10", "2026-Q4"])
def test_what_happens_after_the_period_changes_no_byte(period: str) -> None:
    """An item that came later, and everything that happened to the others later, counts nowhere."""
    until = Period.parse(period).bounds(policy().zone)[1]
    before = [
        one.model_copy(update={"history": tuple(event for event in one.history if event.at < until)})
        for one in _items()
        if one.received < until
    ]
    issue = Issue(NOW, "abc1234")
    assert report(_material(period, before), issue) == report(_material(period), issue)


def test_a_report_has_its_text_its_figures_a_workbook_a_language_and_charts_for_every_screen_and_ground() -> None:
    plain = {name for name in _october() if not name.endswith(".svg")}
    assert plain == {"report.md", "figures.json", "report.zh.xlsx", "report.en.xlsx"}
    stems = {name.split(".")[0] for name in _pictures(_october())}
    assert {"attainment", "spread", "flow", "top-stacked"} <= stems
    assert _pictures(_october()) == {
        f"{stem}.{language}.{width}.{ground}.svg"
        for stem in stems
        for language in LANGUAGES
        for width in ("wide", "phone")
        for ground in ("light", "dark")
    }


def test_figures_json_names_the_checksum_of_every_other_file_but_the_text() -> None:
    files = _october()
    others = {name: content for name, content in files.items() if name not in ("figures.json", "report.md")}
    assert _figures(files)["files"] == {name: sha256(content).hexdigest() for name, content in others.items()}


def test_figures_json_has_sorted_keys_and_reads_back_to_the_same_bytes() -> None:
    written = _october()["figures.json"].decode()
    assert json.dumps(json.loads(written), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == written


def test_the_foot_names_commit_rules_checksum_and_the_command_that_makes_it_again() -> None:
    found, words = _figures(_october()), _october()["report.md"].decode()
    assert found["checksum"] == checksum(found["numbers"])
    assert f"全部数字的校验和：{found['checksum']}" in words
    assert "数据：提交 abc1234；" in words
    assert "`git feedback report 2026-10 --as-of abc1234 --now 2026-11-02T09:00:00+08:00 --out DIR`" in words
    assert found["policy_edition"] in {one.effective.isoformat() for one in policy().editions}


def test_what_a_document_holds_comes_back_from_figures_json() -> None:
    for found in _figures(_october())["said"].values():
        document = of_json(found)
        assert as_json(document) == found
        assert len(document.sections) > 10


@pytest.mark.parametrize("files", [_october, _quarter])
def test_every_chapter_of_a_report_stands_in_both_languages_with_the_same_parts(files: Any) -> None:
    said = _figures(files())["said"]
    shapes = [
        [(one["name"], [part["kind"] for part in one["parts"]]) for one in said[language]["sections"]]
        for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]
    names = [name for name, _ in shapes[0]]
    known = [one.NAME for one in chapters(_material("2026-10" if files is _october else "2026-Q4"))]
    assert names == [name for name in known if name in names], "in the order of the table"


def test_the_language_of_the_desk_comes_first() -> None:
    words = _october()["report.md"].decode()
    assert words.startswith('<a id="zh"></a>\n\n# 2026 年 10 月反馈月报\n')
    assert words.index("# Feedback report, October 2026") > words.index("这些数字怎么算")
    english = replace(policy(), desk=policy().desk.model_copy(update={"language": "en"}))
    turned = report(_material(under=english), ISSUE)["report.md"].decode()
    assert turned.startswith('<a id="en"></a>\n\n# Feedback report, October 2026\n')


def test_every_picture_that_the_text_shows_is_there() -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", _october()["report.md"].decode())
    assert len(shown) == len(_pictures(_october())) / 4
    assert set(shown) <= set(_october())


def test_every_item_that_the_text_leads_to_has_its_file_where_the_link_says() -> None:
    known = {one.id for one in _items()}
    links = re.findall(r"\]\(\.\./\.\./\.\./(feedback/\d{4}/\d{2}/([^)]+)\.yml)\)", _october()["report.md"].decode())
    assert links
    assert {name for _, name in links} <= known


def test_a_name_out_of_the_policy_cannot_break_a_table() -> None:
    lines = [line for line in _october()["report.md"].decode().splitlines() if "Payment" in line]
    assert any(re.match(r"\| (\[)?Payment \\\| billing", line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_a_sheet_for_every_table_with_numbers_as_numbers(language: str) -> None:
    book = openpyxl.load_workbook(BytesIO(_october()[f"report.{language}.xlsx"]))
    document = of_json(_figures(_october())["said"][language])
    tables = [part for part in document.parts if isinstance(part, Table | Chart) and part.rows]
    assert len(book.sheetnames) == len(tables) + 1
    sheet = book["key_figures"]
    assert next(cell.value for cell in sheet[3]) == text("report-figure", language)
    assert sheet["B4"].value == 10
    assert all(not str(cell.value).startswith("=") for page in book for row in page for cell in row if cell.value)


def test_a_month_in_which_nothing_happened_says_so_and_shows_no_zero_as_a_share() -> None:
    files = _august()
    words = files["report.md"].decode()
    assert not _pictures(files)
    assert "**8 月没有收到、解决或到期的反馈。下面的数字因此为空，并不是缺了数据。**" in words
    assert "Nothing was received, nothing was resolved and no target ran out in this period." in words
    assert "| 按时率 | – | – | 没有可计的 | – | 0 | 0 |" in words


def test_a_file_that_cannot_be_read_is_named_and_the_report_comes_out() -> None:
    broken = Problem("feedback/2026/10/Q261031-坏.yml", 3, 1, "bad-yaml", {})
    files = report(replace(_material(), broken=(broken,)), ISSUE)
    words = files["report.md"].decode()
    assert "有 1 个文件读不了" in words
    assert "feedback/2026/10/Q261031-坏.yml：读不了，内容没有计入" in words
    assert _figures(files)["numbers"]["appendix"]["broken"] == {"bad-yaml": 1}


def test_an_answer_that_stands_before_the_arrival_is_in_no_duration_and_told() -> None:
    first = next(one for one in _items() if one.received.month == 10 and any(e.verb == "respond" for e in one.history))
    early = [
        event.model_copy(update={"at": first.received - timedelta(days=2)}) if event.verb == "respond" else event
        for event in first.history
    ]
    items = [one if one is not first else one.model_copy(update={"history": tuple(early)}) for one in _items()]
    found = _figures(report(_material(items=items), ISSUE))["numbers"]
    assert found["appendix"]["impossible"] == [first.id]
    assert found["key_figures"]["now"]["respond_excluded"] == 1


# ---- a correction ---------------------------------------------------------------------------------------------------


def _corrected() -> dict[str, bytes]:
    fewer = [one for one in _items() if one.received.month == 10][1:] + [o for o in _items() if o.received.month != 10]
    issue = Issue(NOW + timedelta(days=3), "def5678", 2, "一件热线补录有误", _figures(_october()))
    return report(_material(items=fewer), issue)


def test_a_correction_says_why_what_it_corrects_and_what_differs() -> None:
    words = _corrected()["report.md"].decode()
    assert "# 2026 年 10 月反馈月报（第 2 版）" in words
    assert "**这是第 2 版，更正第 1 版；第 1 版原样留在旁边。**" in words
    assert "一件热线补录有误" in words
    assert "| 收到 | 10 件 | 9 件 |" in words
    found = _figures(_corrected())["correction"]
    assert (found["of"], found["reason"]) == (1, "一件热线补录有误")
    assert {"path": ["key_figures", "now", "received"], "before": 10, "now": 9} in found["changed"]


def test_the_command_that_makes_a_correction_again_is_quoted_for_a_shell() -> None:
    issue = Issue(NOW, "def5678", 2, "it's; rm -rf `x` $(y)", _figures(_october()))
    again = _figures(report(_material(items=_items()[1:]), issue))["said"]["en"]["again"]
    assert again.endswith("""--correct 'it'"'"'s; rm -rf `x` $(y)'""")


def test_of_two_editions_the_last_one_has_the_page_of_the_period_and_each_leads_to_the_other() -> None:
    both = (Issued("2026-10", _october()), Issued("2026-10-edition-2", _corrected()))
    paths = {page.path for page in reports.pages(_record(*both))}
    assert paths == {"reports/index.html", "reports/2026-10.html", "reports/2026-10-edition-1.html"}
    newest = _page("reports/2026-10.html", "zh", *both).article
    oldest = _page("reports/2026-10-edition-1.html", "zh", *both).article
    assert "（第 2 版）" in newest
    assert 'href="../reports/2026-10-edition-1.html">第 1 版</a>' in newest
    assert 'href="../reports/2026-10.html">2026 年 10 月反馈月报（第 2 版）</a>' in oldest
    listed = _page("reports/index.html", "zh", *both).article
    assert listed.count('class="fb-title"') == 1


def test_editions_are_read_in_order_and_a_stray_folder_is_none() -> None:
    there = [folder(made_up(name, edition)) for name, edition in (("2026-09", 1), ("2026-Q3", 1), ("2026-09", 2))]
    stray = [Issued(name, {}) for name in ("2026-09-edition-1", "2026-09-copy", "2026-13", "年报")]
    found = reported([*there, *stray])
    assert [(one.period, one.edition) for one in found] == [("2026-Q3", 1), ("2026-09", 2), ("2026-09", 1)]
    newest = newest_month(there)
    assert newest
    assert (newest.period, newest.edition) == ("2026-09", 2)


# ---- a figure and its neighbour -------------------------------------------------------------------------------------


def _month(**figures: object) -> dict[str, object]:
    return {"period": "2026-10", **figures}


@pytest.mark.parametrize(
    ("key", "before", "now", "change", "turn"),
    [
        ("received", 1211, 1284, "↑ 6 %", ""),
        ("received", 0, 4, "↑ 4 件", ""),
        ("resolved", 5, 5, "持平", ""),
        ("on_time_share", 0.932, 0.914, "↓ 1.8 点，变差", "worse"),
        ("on_time_share", 0.9141, 0.9143, "持平", ""),
        ("respond_median_h", 1.9, 1.6, "↓ 18 分，变好", "better"),
        ("resolve_median_h", 21, 30, "↑ 9 小时，变差", "worse"),
        ("satisfied_share", 0.84, 0.86, "↑ 2.0 点，变好", "better"),
        ("backlog", 4, 6, "↑ 2 件，变差", "worse"),
        ("backlog", 40, 60, "↑ 50 %，变差", "worse"),
        ("reopened_share", 0.1, 0.04, "↓ 6.0 点，变好", "better"),
        ("nps", 20.4, 31.2, "↑ 11 点，变好", "better"),
        ("nps", 20.4, 20.9, "持平", ""),
    ],
)
def test_a_figure_says_how_it_turned(key: str, before: float, now: float, change: str, turn: str) -> None:
    [cell] = cells(_month(**{key: now}), {"period": "2026-09", key: before}, "zh", (key,))
    assert (cell.than, cell.change, cell.turn) == ("较 9 月", change, turn)


def test_words_in_the_table_of_a_chart_stand_at_the_left_and_figures_at_the_right() -> None:
    drawn = Chart(
        "fishbone",
        "原因",
        "图",
        "说明",
        ("分支", "原因", "件数"),
        (("机", "按钮还能再点", "2"), ("法", "没有评审", "–")),
    )
    assert drawn.numeric == (False, False, True)


def test_what_rests_on_three_is_shown_and_not_judged() -> None:
    now, before = _month(satisfied_share=0.75, satisfied_n=8), {"satisfied_share": 1.0, "satisfied_n": 3}
    [cell] = cells(now, {"period": "2026-09", **before}, "zh", ("satisfied_share",))
    assert (cell.change, cell.turn) == ("↓ 25.0 点", "")


def test_a_score_of_two_answers_is_none_and_says_why() -> None:
    [cell] = cells(_month(nps=None, nps_n=2), None, "zh", ("nps",))
    assert (cell.value, cell.than) == ("–", "太少，不算")


def test_a_figure_without_neighbour_says_so() -> None:
    [alone] = cells(_month(received=3), None, "zh", ("received",))
    [nothing] = cells(_month(on_time_share=None), {"period": "2026-09", "on_time_share": 0.9}, "zh", ("on_time_share",))
    assert (alone.than, alone.change) == ("没有可比的", "")
    assert (nothing.value, nothing.than, nothing.change) == ("–", "没有可计的", "")


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
def test_the_pictures_and_the_workbook_of_a_page_are_files_of_the_site(language: str) -> None:
    issued = Issued("2026-10", {**_october(), f"report.{language}.pdf": b"%PDF"})
    there = {file.path for file in reports.files(_record(issued)) if file.path.startswith(f"{language}/")}
    page = _Elements(_page("reports/2026-10.html", language, issued).article)
    shown = [str(image["src"]) for image in page.of("img")] + [str(source["srcset"]) for source in page.of("source")]
    shown += [str(link["href"]) for link in page.of("a") if "download" in link]
    assert {src.replace("../", f"{language}/") for src in shown} == there
    assert any(path.endswith(".pdf") for path in there)


def test_a_chart_has_words_in_its_place_and_a_table_and_is_fetched_late() -> None:
    article = _page("reports/2026-10.html", "zh", Issued("2026-10", _october())).article
    page = _Elements(article)
    charts = [part for part in of_json(_figures(_october())["said"]["zh"]).parts if isinstance(part, Chart)]
    assert article.count("<details><summary>数据表</summary>") == sum(bool(chart.rows) for chart in charts)
    assert len(page.of("img")) == 2 * len(charts)
    for image in page.of("img"):
        assert image["loading"] == "lazy"
        assert len(image["alt"] or "") > 10
        assert int(image["width"] or 0) > int(image["height"] or 0) > 0
    assert {image["class"] for image in page.of("img")} == {"fb-light", "fb-dark"}


def test_a_page_shows_four_figures_and_three_findings() -> None:
    article = _page("reports/2026-10.html", "en", Issued("2026-10", _october())).article
    assert article.startswith('<article class="md-content__inner fb">')
    assert article.count('class="fb-figure"') == 4
    assert (
        '<div class="fb-delta" data-turn="better">against September <b class="fb-nowrap">↑ 7.0 points, better</b>'
        in article
    )
    assert "<li>No figure got better than in September by more than chance does.</li>" in article


def test_figures_lead_to_the_items_behind_them() -> None:
    page = _Elements(_page("reports/2026-10.html", "zh", Issued("2026-10", _october())).article)
    ways = [str(link["href"]) for link in page.of("a")]
    items = [way for way in ways if way.startswith("../items/2026/")]
    queues = [way for way in ways if way.startswith("../queue.html?q=")]
    assert {Path(way).stem for way in items} <= {one.id for one in _items()}
    assert items
    assert queues


def test_every_link_within_a_page_leads_to_a_section_of_it() -> None:
    page = _Elements(_page("reports/2026-10.html", "zh", Issued("2026-10", _october())).article)
    ids = {str(attributes["id"]) for _, attributes in page.found if "id" in attributes}
    within = [str(link["href"])[1:] for link in page.of("a") if str(link["href"]).startswith("#")]
    assert len(within) > 10
    assert set(within) <= ids


def test_a_page_is_made_from_figures_json_whatever_stands_in_report_md() -> None:
    issued = Issued("2026-10", {**_october(), "report.md": b"<script>alert(1)</script>"})
    assert _page("reports/2026-10.html", "zh", issued) == _page(
        "reports/2026-10.html", "zh", Issued("2026-10", _october())
    )


def test_markup_in_figures_json_stays_text_on_the_page_and_on_paper() -> None:
    evil = "<img src=x onerror=alert(1)>"
    found = made_up("2026-10", received=1)
    found["said"]["zh"] |= {
        "title": evil,
        "footer": [evil],
        "notes": [evil],
        "sections": [
            {
                "name": "voices",
                "heading": evil,
                "parts": [
                    {"kind": "paragraph", "text": evil},
                    {"kind": "points", "points": [{"text": evil}], "heading": evil},
                    {
                        "kind": "quotes",
                        "heading": evil,
                        "quotes": [{"text": evil, "language": "zh", "item": _items()[0].id}],
                    },
                    {
                        "kind": "table",
                        "name": "t",
                        "heading": evil,
                        "head": [evil],
                        "rows": [[{"text": evil}]],
                        "numeric": [False],
                    },
                    {
                        "kind": "chart",
                        "name": "c",
                        "heading": evil,
                        "alt": evil,
                        "caption": evil,
                        "head": [evil],
                        "rows": [[evil]],
                    },
                    {"kind": "blank", "label": evil},
                ],
            }
        ],
    }
    article = _page("reports/2026-10.html", "zh", folder(found)).article
    printed = paper(of_json(found["said"]["zh"]), {}, "p { color: red } </style><script>alert(1)</script>")
    for shown in (article, printed):
        assert not _Elements(shown).of("img")
        assert not _Elements(shown).of("script")
        assert all("onerror" not in attributes for _, attributes in _Elements(shown).found)


def test_no_page_has_a_style_or_script_of_its_own() -> None:
    for page in reports.pages(_record(Issued("2026-10", _october()))):
        elements = _Elements(page.article).found
        assert not [tag for tag, attributes in elements if tag in ("style", "script") or "style" in attributes]


def test_what_is_printed_fetches_nothing() -> None:
    document = of_json(_figures(_october())["said"]["zh"])
    page = _Elements(paper(document, _october(), "p { color: red }"))
    assert {str(image["src"])[:26] for image in page.of("img")} == {"data:image/svg+xml;base64,"}
    assert not page.of("link")
    assert not page.of("a")


def test_a_month_in_which_nothing_happened_has_a_page_that_says_so() -> None:
    article = _page("reports/2026-08.html", "zh", Issued("2026-08", _august())).article
    assert '<p class="fb-note">8 月没有收到、解决或到期的反馈。' in article
    assert "<img" not in article


def test_the_list_has_the_newest_report_first() -> None:
    issued = (Issued("2026-08", _august()), Issued("2026-10", _october()))
    article = _page("reports/index.html", "zh", *issued).article
    assert re.findall(r'href="([^"]+)"', article) == ["../reports/2026-10.html", "../reports/2026-08.html"]


def test_without_reports_the_list_says_how_to_issue_the_first() -> None:
    assert "git feedback report 2026-10" in _page("reports/index.html", "en").article


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"figures.json": b"{"},
        {"figures.json": b"[]"},
        {"figures.json": b'{"schema": 99}'},
        {"figures.json": json.dumps({**made_up("2026-09"), "said": {"zh": {"title": "没有章节"}}}).encode()},
        {"figures.json": json.dumps({**made_up("2026-09"), "said": {}}).encode()},
        {"figures.json": json.dumps(made_up("2026-08")).encode()},
    ],
)
def test_a_report_that_cannot_be_read_is_named_in_the_list_and_stops_nothing(broken: dict[str, bytes]) -> None:
    issued = (Issued("2026-09", broken), Issued("2026-10", _october()))
    article = _page("reports/index.html", "zh", *issued).article
    assert "reports：2026-09-edition-1 没有本版本能读的 figures.json；请从 Git 恢复这个文件夹" in article
    assert {page.path for page in reports.pages(_record(*issued))} == {"reports/index.html", "reports/2026-10.html"}


def test_a_report_issued_in_one_language_shows_it_on_both_pages() -> None:
    chinese = report(_material(), ISSUE, ["zh"])
    issued = Issued("2026-10", chinese)
    assert "支付与账单" in _page("reports/2026-10.html", "en", issued).article
    assert "en/reports/2026-10-edition-1/spread.zh.wide.light.svg" in {f.path for f in reports.files(_record(issued))}


def test_quotes_are_the_only_words_of_strangers() -> None:
    """Titles and texts of items stand in a report as quotes, or as what a row about one item is called."""
    for said in _figures(_october())["said"].values():
        document = of_json(said)
        quoted = json.dumps([as_json(document)["sections"]], ensure_ascii=False)
        assert "evil.example" not in quoted
        assert all(quote.item for part in document.parts if isinstance(part, Quotes) for quote in part.quotes)


def test_every_word_of_reports_is_there_in_both_languages() -> None:
    def mine(language: str) -> set[str]:
        return {code for code in codes(language) if code.startswith(("report-", "insight-", "finding-"))}

    assert mine("zh") == mine("en")
    assert len(mine("zh")) > 60
