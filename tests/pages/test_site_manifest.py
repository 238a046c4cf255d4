"""What a build writes down about its files: the next one neither reads nor makes what stands as it was left."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pages.site_sample import article, files, pages, record, site_of, sources

from git_feedback.pages import manifest
from git_feedback.pages.build import MANIFEST, Built, build
from git_feedback.pages.docs import SPRITE
from git_feedback.pages.editions import letters, letters_of
from git_feedback.pages.manifest import Entry
from git_feedback.pages.page import Later, Page
from git_feedback.pages.stamping import Tree

PLACE = "items/2026/工单.html"
ENTRY = Entry(3, 1_700_000_000_123_456_789, letters("一".encode()), "k e y")


def tree(top: Path, known: manifest.Manifest = manifest.NOTHING) -> Tree:
    """The folder with one page, as an earlier build left it."""
    made = Tree(top, known)
    if not made.keep(PLACE, "key"):
        made.put(PLACE, "一".encode(), "key")
    made.close()
    return made


def known_of(made: Tree, beside: Path) -> manifest.Manifest:
    manifest.write(beside, made.entries)
    return manifest.read(beside)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    place = tmp_path / "m"
    manifest.write(place, {PLACE: ENTRY, "index.html": ENTRY._replace(key="")})
    found = manifest.read(place)
    assert (found.get(PLACE), found.get("index.html")) == (ENTRY, ENTRY._replace(key=""))
    assert found.get("nowhere.html") is None


def torn(content: bytes) -> bytes:
    return content[:-20]


def without_a_row(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[:1] + content.split(b"\n")[2:])


def of_another_edition(content: bytes) -> bytes:
    return content.replace(b"manifest 1 ", b"manifest 1 0", 1)


def foreign(_content: bytes) -> bytes:
    return b'{"version": 3}\n'


def no_text(_content: bytes) -> bytes:
    return b"\xff\xfe\x00"


@pytest.mark.parametrize("harm", [torn, without_a_row, of_another_edition, foreign, no_text])
def test_a_manifest_that_cannot_be_used_is_passed_over(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    place = tmp_path / "m"
    manifest.write(place, {PLACE: ENTRY, "index.html": ENTRY})
    place.write_bytes(harm(place.read_bytes()))
    assert manifest.read(place).get(PLACE) is None


def test_a_row_that_says_nonsense_is_no_entry() -> None:
    assert manifest.Manifest({"a": "x\t1\th\tk", "b": "1\t2", "c": ""}).get("a") is None
    assert manifest.Manifest({"b": "1\t2"}).get("b") is None


def test_a_file_that_stands_as_it_was_left_is_not_even_read(tmp_path: Path) -> None:
    known = known_of(tree(tmp_path / "site"), tmp_path / "m")
    page = tmp_path / "site" / PLACE
    left = page.stat()
    page.write_text("二", encoding="utf-8")
    os.utime(page, ns=(left.st_atime_ns, left.st_mtime_ns))
    again = tree(tmp_path / "site", known)
    assert (again.written, again.same, page.read_text(encoding="utf-8")) == (0, 1, "二")


def test_a_file_with_another_time_is_read_and_kept_when_it_holds_the_same(tmp_path: Path) -> None:
    known = known_of(tree(tmp_path / "site"), tmp_path / "m")
    os.utime(tmp_path / "site" / PLACE, (1, 1))
    again = tree(tmp_path / "site", known)
    assert (again.written, again.same, again.entries[PLACE].written) == (0, 1, 1_000_000_000)


@pytest.mark.parametrize("said", ["二", "一二"])
def test_a_file_that_somebody_edited_is_written_again(tmp_path: Path, said: str) -> None:
    known = known_of(tree(tmp_path / "site"), tmp_path / "m")
    page = tmp_path / "site" / PLACE
    page.write_text(said, encoding="utf-8")
    os.utime(page, (2, 2))
    assert tree(tmp_path / "site", known).written == 1
    assert page.read_text(encoding="utf-8") == "一"


def test_another_key_and_a_missing_file_are_not_kept(tmp_path: Path) -> None:
    known = known_of(tree(tmp_path / "site"), tmp_path / "m")
    made = Tree(tmp_path / "site", known)
    assert not made.keep(PLACE, "another") and not made.keep(PLACE, "") and not made.keep("gone.html", "key")
    assert not Tree(tmp_path / "empty", known).keep(PLACE, "key")


def with_item(out: Path, key: str, make: Callable[[], Page]) -> Built:
    """The small site with one item's page that is made when it has to be."""
    item = Later("items/2026/Q261119-0AAJN0D.html", "zh", "item.html", key, make)
    return build(record(), sources(), out, [*pages()[:1], item], files())


def wanted() -> Page:
    return Page("items/2026/Q261119-0AAJN0D.html", "zh", "支付", article("<h1>支付</h1>"), "item.html")


def unwanted() -> Page:
    raise AssertionError("the page stands there")


def test_a_page_whose_key_is_known_is_not_made_again(tmp_path: Path) -> None:
    place = "zh/items/2026/Q261119-0AAJN0D.html"
    first = site_of(with_item(tmp_path, "k", wanted))[place]
    assert site_of(with_item(tmp_path, "k", unwanted))[place] == first
    for key in ("another", ""):
        with pytest.raises(AssertionError, match="stands there"):
            with_item(tmp_path, key, unwanted)


def test_without_the_manifest_every_page_is_made(tmp_path: Path) -> None:
    with_item(tmp_path, "k", wanted)
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(AssertionError, match="stands there"):
        with_item(tmp_path, "k", unwanted)


def test_another_shell_around_the_same_page_is_another_page(tmp_path: Path) -> None:
    with_item(tmp_path, "k", wanted)
    sprite = sources()[SPRITE].replace(b"</svg>", b"<g/></svg>", 1)
    item = Later("items/2026/Q261119-0AAJN0D.html", "zh", "item.html", "k", unwanted)
    changed = sources() | {SPRITE: sprite}
    with pytest.raises(AssertionError, match="stands there"):
        build(record(), changed, tmp_path, [*pages()[:1], item], files())


def test_letters_of_a_value_do_not_depend_on_the_order_of_sets() -> None:
    assert letters_of({"一": frozenset("abc")}) == letters_of({"一": frozenset("cba")})
    assert letters_of(("一", "二")) != letters_of(("二", "一"))
    assert letters_of(("ab", "c")) != letters_of(("a", "bc"))
