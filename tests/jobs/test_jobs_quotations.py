"""Which issued reports quote an item: the one that holds is to be corrected, earlier editions stay as they are."""

import json
from pathlib import Path

from git_feedback.jobs.quotations import Quotation, quotations

ID = "Q261119-5DVCFC5"


def issued(root: Path, folder: str, *items: str, behind: str = "") -> None:
    quotes = {
        "kind": "quotes",
        "heading": "原声",
        "quotes": [{"text": "付款报错", "language": "zh", "item": one} for one in items],
    }
    points = {"kind": "points", "points": [{"text": "一件", "items": [behind]}]}
    said = {"zh": {"sections": [{"name": "voices", "heading": "原声", "parts": [points, quotes]}]}}
    place = root / "reports" / "2026" / folder
    place.mkdir(parents=True)
    (place / "figures.json").write_text(json.dumps({"said": said}), "utf-8")


def test_a_report_that_only_counts_the_item_does_not_quote_it(tmp_path: Path) -> None:
    issued(tmp_path, "2026-10", "Q261119-BYJ524T", behind=ID)
    assert quotations(tmp_path, ID) == ()


def test_the_last_edition_that_quotes_it_holds_and_an_earlier_one_does_not(tmp_path: Path) -> None:
    issued(tmp_path, "2026-10", ID)
    issued(tmp_path, "2026-10-edition-2")
    issued(tmp_path, "2026-Q4", ID)
    assert quotations(tmp_path, ID) == (
        Quotation("reports/2026/2026-10", "2026-10", holds=False),
        Quotation("reports/2026/2026-Q4", "2026-Q4", holds=True),
    )


def test_a_desk_without_reports_quotes_nobody(tmp_path: Path) -> None:
    assert quotations(tmp_path, ID) == ()


def test_figures_that_cannot_be_read_and_name_the_item_count_as_quoting_it(tmp_path: Path) -> None:
    issued(tmp_path, "2026-10", ID)
    file = tmp_path / "reports/2026/2026-10/figures.json"
    file.write_text(f'{{"said": "{ID}"', "utf-8")
    assert [one.folder for one in quotations(tmp_path, ID)] == ["reports/2026/2026-10"]
    file.write_text('{"said"', "utf-8")
    assert quotations(tmp_path, ID) == ()
