"""Labels and sheets of paper boxes: what stands on them, where the code leads, and that they fit the paper."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.sample_desk import policy

from git_feedback.intake import FORMATS, Source
from git_feedback.pages.box_labels import address, labels, sheets, typed_sheet
from git_feedback.policy import Box, Policy

BOXES = list(policy().boxes.values())
SITE = "https://desk.example/反馈/"


def hosted(repository: str | None) -> Policy:
    return replace(policy(), desk=policy().desk.model_copy(update={"repository": repository}))


@pytest.mark.parametrize(("site", "form", "repository", "expected"), [
    (SITE, "", None, "https://desk.example/反馈/zh/submit.html?channel=paper-box&box=CD02"),
    (SITE, "https://form.example/f?id=7", None, "https://form.example/f?id=7&channel=paper-box&box=CD02"),
    ("", "", "https://github.com/acme/desk.git", "https://github.com/acme/desk/issues/new?template=feedback.yml&title=%5BCD02%5D%20"),
    ("", "", "https://git.example/acme/desk", ""), ("", "", None, ""),
])  # fmt: skip
def test_the_code_leads_to_where_people_write_and_says_which_box_it_is(
    site: str, form: str, repository: str | None, expected: str
) -> None:
    assert address(BOXES[0], hosted(repository), site, form) == expected


def test_a_label_says_the_same_in_both_languages_the_desks_first() -> None:
    page = labels(BOXES, policy(), SITE).decode()
    assert page.index("说说您的意见") < page.index("Tell us")
    assert page.count("<section") == page.count("<svg") == len(BOXES)
    assert "写张纸条投进箱里。也可以扫码填写。" in page


def test_without_an_address_there_is_no_code_and_the_words_do_not_speak_of_one() -> None:
    page = labels(BOXES, hosted(None)).decode()
    assert "<svg" not in page
    assert "扫码" not in page


def test_a_box_named_by_somebody_clever_stays_text() -> None:
    name = BOXES[0].name.model_copy(update={"zh": "<script>alert(1)</script>", "en": "</title><b>"})
    clever: list[Box] = [BOXES[0].model_copy(update={"name": name})]
    for page in (labels(clever, policy(), SITE), sheets(clever, policy())):
        assert b"<script" not in page
        assert b"<b>" not in page


def test_the_sheet_to_type_into_is_what_import_reads() -> None:
    blank = typed_sheet(BOXES[1], policy()).decode("utf-8-sig")
    filled = (
        blank.replace("开箱时间,", "开箱时间,2026-11-20 09:30")
        .replace("\n1,", "\n1,没有纸")
        .replace("\n2,", "\n2,太吵")
    )
    source = Source(filled.encode(), "HZ03.csv", policy(), datetime.fromisoformat("2026-11-20T17:00:00+08:00"))
    found = [row.submission for row in FORMATS["paper-box"].read(source)]
    assert [(one.source, one.title, one.area) for one in found if one] == [
        ("HZ03/2026-11-20/1", "没有纸", "华东/杭州"),
        ("HZ03/2026-11-20/2", "太吵", "华东/杭州"),
    ]


def opened(chromium: Any, page: bytes, file: Path, width: int) -> Any:
    file.write_bytes(page)
    made = chromium.new_page(viewport={"width": width, "height": 1000}, device_scale_factor=2)
    made.complaints = []
    made.on("console", lambda said: made.complaints.append(said.text))
    made.goto(file.as_uri())
    return made


@pytest.mark.browser
def test_two_labels_fit_on_one_sheet_of_paper_and_a_blank_sheet_on_its_own(chromium: Any, tmp_path: Path) -> None:
    for content, pages in ((labels(BOXES, policy(), SITE), 1), (sheets(BOXES, policy()), 2)):
        page = opened(chromium, content, tmp_path / "印.html", 800)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == pages
        assert page.complaints == []
        page.close()


@pytest.mark.browser
def test_labels_are_legible_on_a_phone_and_for_everybody(chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, labels(BOXES, policy(), SITE), tmp_path / "签.html", 390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
    page = chromium.new_page(bypass_csp=True)
    for content in (labels(BOXES, policy(), SITE), sheets(BOXES, policy())):
        (tmp_path / "签.html").write_bytes(content)
        page.goto((tmp_path / "签.html").as_uri())
        assert [one["id"] for one in violations(page)] == []
    page.close()


@pytest.mark.browser
def test_another_reader_of_codes_reads_the_address_from_the_printed_label(chromium: Any, tmp_path: Path) -> None:
    zxing = pytest.importorskip(
        "zxingcpp", reason="pip install zxing-cpp: the code is read by a library that did not make it"
    )
    from PIL import Image

    page = opened(chromium, labels(BOXES, policy(), SITE), tmp_path / "签.html", 800)
    page.emulate_media(media="print")
    seen = Image.open(BytesIO(page.screenshot(full_page=True)))
    page.close()
    assert {one.text for one in zxing.read_barcodes(seen)} == {address(box, policy(), SITE, "") for box in BOXES}
