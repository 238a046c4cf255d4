"""Files that came along, on an item's page and in a real Chromium: seen, heard, downloaded, and never run."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.accessibility import violations
from tests.pages.site_sample import NOW, served, sources
from tests.pages.views_desk import LATE
from tests.privacy.attachment_samples import film, pdf, photograph, recording, saved, screenshot
from tests.sample_desk import item, policy

from git_feedback.checks import Subject
from git_feedback.desk import standings
from git_feedback.jobs.attaching import kept
from git_feedback.jobs.building import came_along
from git_feedback.jobs.reading import Files
from git_feedback.model import Attachment, Item
from git_feedback.model.item import Kept
from git_feedback.pages import views
from git_feedback.pages.build import build
from git_feedback.pages.page import Along, Record
from git_feedback.pages.stamping import Tree
from git_feedback.pages.views import attachments as view
from git_feedback.pages.views.item import pages as item_pages
from git_feedback.pages.views.rendering import both

IMG = '<img src=x onerror="window.hit=1">.png'
QUOTE = '" onerror=window.hit=1 x=".png'
BIDI = "\u202egnp.exe.png"
CLIMBS = "../../../../index.html"
GONE = Attachment(file=Kept(path=f"attachments/00/{'0' * 64}.png", bytes=2048), name="丢失.png")
PAGE = "items/2026/Q261119-0AAJN0D.html"


def polyglot() -> bytes:
    """A GIF that is a script as well."""
    return saved("GIF", "P", comment=b"*/=1;window.hit=1;/*") + b"*/;window.hit=1"


def given() -> list[tuple[str, bytes]]:
    large = BytesIO()
    Image.effect_noise((1200, 900), 60).save(large, "JPEG")
    return [(IMG, screenshot()), (QUOTE, large.getvalue()), (BIDI, photograph()), (CLIMBS, pdf()), ("polyglot.js.gif", polyglot())]  # fmt: skip


def desk_record(root: Path, found: Item) -> Record:
    files = Files((Subject(found, f"feedback/2026/11/{found.id}.yml", b"", NOW),), ())
    return Record(
        policy(), standings([found], policy(), NOW), [], [], NOW, True, "abc1234", attachments=came_along(root, files)
    )


def with_files(root: Path, files: list[tuple[str, bytes]], *more: Attachment) -> Item:
    taken, _, refused = kept(root, files, policy(), write=True)
    assert not refused
    return item(LATE).model_copy(update={"attachments": (*taken, *more)})


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site with one item that hostile files came with."""
    root = tmp_path_factory.mktemp("desk")
    found = with_files(root, given(), GONE)
    sounds = kept(root, [("电话.wav", recording()), ("现场.mp4", film())], policy(), write=True)[0]
    record = desk_record(root, found.model_copy(update={"attachments": (*found.attachments, *sounds)}))
    pages = item_pages(record, both(record))
    done = build(record, sources(), tmp_path_factory.mktemp("out"), pages, views.files(record))
    with served(done.site) as there:
        yield there


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Any]:
    """The item's page; what the console or the content policy complains of fails the test afterwards."""
    complaints: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda sent: complaints.append(sent.url) if not sent.url.startswith((address, "blob:")) else None
    )
    page.goto(f"{address}/zh/{PAGE}")
    yield page
    context.close()
    assert complaints == []


@pytest.mark.browser
def test_pictures_are_seen_small_and_open_large(opened: Any) -> None:
    pictures = opened.locator(".fb-thumb img")
    assert pictures.count() == 4
    for number in range(4):
        pictures.nth(number).scroll_into_view_if_needed()
        assert pictures.nth(number).evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
        assert pictures.nth(number).bounding_box()["width"] <= 200
    assert pictures.first.get_attribute("loading") == "lazy"
    whole = "one => fetch(one.href).then(answer => answer.headers.get('content-type'))"
    assert opened.locator(".fb-thumb").nth(1).evaluate(whole) == "image/jpeg"


@pytest.mark.browser
def test_hostile_names_and_pictures_run_nothing_and_are_text(opened: Any) -> None:
    assert opened.evaluate("window.hit") is None
    names = opened.locator(".fb-files bdi").all_inner_texts()
    assert names[0] == IMG
    assert names[1] == QUOTE
    assert "[U+202E]" in names[2]
    assert names[3] == "index.html"
    assert opened.locator(".fb-thumb img").nth(1).get_attribute("alt") == QUOTE
    addresses = opened.locator(".fb-files a[href], .fb-files [src]").evaluate_all(
        "all => all.map(one => one.getAttribute('href') || one.getAttribute('src'))"
    )
    assert all(one.startswith("../../../attachments/") for one in addresses)


@pytest.mark.browser
def test_a_document_is_downloaded_under_our_name_and_never_shown_inside(opened: Any) -> None:
    link = opened.locator(".fb-file[download]", has_text="index.html")
    with opened.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith(".pdf")
    assert len(waiting.value.suggested_filename) == 64 + 4


@pytest.mark.browser
def test_sound_and_film_have_controls_and_the_content_policy_lets_them_play(opened: Any) -> None:
    assert opened.locator("audio[controls]").count() == 1
    assert opened.locator("video[controls]").count() == 1
    assert opened.locator("audio").get_attribute("aria-label") == "电话.wav"
    loaded = "one => new Promise((ok, no) => { one.onloadedmetadata = () => ok(one.duration); one.onerror = no; one.load(); one.preload = 'auto' })"
    assert opened.locator("audio").evaluate(loaded) == pytest.approx(0.1)


@pytest.mark.browser
def test_a_file_that_is_not_in_this_copy_is_named_without_a_link(opened: Any) -> None:
    gone = opened.locator("li", has_text="丢失.png").last
    assert gone.locator("a, img").count() == 0
    assert "2 KB" in gone.inner_text()
    assert "此副本中没有" in gone.inner_text()


@pytest.mark.browser
def test_axe_finds_nothing_wrong_with_files(opened: Any) -> None:
    found = violations(opened, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []


# ---- without a browser ----------------------------------------------------------------------------------------------


def test_only_files_of_items_on_the_site_and_of_known_kinds_are_published(tmp_path: Path) -> None:
    found = with_files(tmp_path, [("a.png", screenshot()), ("b.txt", b"text")])
    record = desk_record(tmp_path, found)
    assert sorted(one.path for one in view.files(record)) == sorted(one.file.path for one in found.attachments)
    assert list(view.files(replace(record, standings=[]))) == []
    page = f"attachments/ab/{'ab' * 32}.html"
    smuggled = found.model_copy(update={"attachments": (Attachment(file=Kept(path=page, bytes=1)),)})
    (tmp_path / "feedback/attachments/ab").mkdir(exist_ok=True, parents=True)
    (tmp_path / "feedback" / page).write_bytes(b"<script>")
    assert list(view.files(desk_record(tmp_path, smuggled))) == []


def test_what_a_later_message_brought_stands_beside_it(tmp_path: Path) -> None:
    taken, _, _ = kept(tmp_path, [("a.png", screenshot())], policy(), write=True)
    path = taken[0].file.path
    found = item(
        LATE + f"  - message: {{at: 2026-11-20T09:00:00+08:00, by: intake, files: [{path}]}}\n    text: 见图\n"
    )
    record = desk_record(tmp_path, found)
    assert [one.path for one in view.files(record)] == [path]
    page = next(page for page in item_pages(record, both(record)) if page.language == "zh")
    assert f'src="../../../{path}"' in page.article.partition("fb-line")[2]


def test_copying_again_writes_nothing(tmp_path: Path) -> None:
    content = screenshot()
    (tmp_path / "a.png").write_bytes(content)
    one = Along("attachments/ab/a.png", len(content), tmp_path / "a.png")
    for written in (1, 0):
        site = Tree(tmp_path / "site")
        site.copy(one.path, one.size, one.source)
        site.close()
        assert site.written == written
    assert (tmp_path / "site/attachments/ab/a.png").read_bytes() == content
    shutil.rmtree(tmp_path / "site")
