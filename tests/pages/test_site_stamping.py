"""A tree of files: only what changed is written, what is gone is deleted, no symlink is followed."""

from pathlib import Path

import pytest

from git_feedback.pages.stamping import Tree, contents


def filled(top: Path, **files: str) -> Tree:
    tree = Tree(top)
    for name, content in files.items():
        tree.put(name, content.encode())
    tree.close()
    return tree


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    filled(tmp_path, a="一", b="二")
    before = (tmp_path / "a").stat()
    again = filled(tmp_path, a="一", b="三")
    assert (again.written, again.same, again.removed) == (1, 1, 0)
    assert (tmp_path / "a").stat().st_ino == before.st_ino
    assert (tmp_path / "b").read_text(encoding="utf-8") == "三"


def test_what_was_not_put_is_deleted_with_its_empty_folders(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.put("items/2026/旧.html", b"1")
    tree.put("queue.html", b"2")
    tree.close()
    filled(tmp_path, **{"queue.html": "2"})
    assert [path for path, _ in contents(tmp_path)] == ["queue.html"]
    assert not (tmp_path / "items").exists()


def test_a_file_where_a_folder_is_needed_gives_way(tmp_path: Path) -> None:
    filled(tmp_path, items="旧")
    tree = Tree(tmp_path)
    tree.put("items/2026/a.html", b"1")
    tree.close()
    assert [path for path, _ in contents(tmp_path)] == ["items/2026/a.html"]


def test_a_half_written_file_of_a_broken_run_is_gone_after_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.html.fb-writing").write_bytes(b"half")
    filled(tmp_path, **{"a.html": "整"})
    assert [path for path, _ in contents(tmp_path)] == ["a.html"]


def test_symlinks_are_removed_and_their_targets_kept(tmp_path: Path) -> None:
    outside, top = tmp_path / "outside", tmp_path / "top"
    outside.mkdir()
    (outside / "kept").write_bytes(b"1")
    top.mkdir()
    (top / "folder").symlink_to(outside)
    (top / "a").symlink_to(outside / "kept")
    filled(top, a="新")
    assert not (top / "a").is_symlink() and not (top / "folder").exists()
    assert (outside / "kept").read_bytes() == b"1"


def test_a_top_that_is_a_symlink_becomes_a_folder_of_its_own(tmp_path: Path) -> None:
    outside, top = tmp_path / "outside", tmp_path / "top"
    outside.mkdir()
    top.symlink_to(outside)
    filled(top, a="1")
    assert not top.is_symlink() and not list(outside.iterdir())


def test_reading_passes_symlinks_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert list(contents(tmp_path)) == [("a", b"1")]


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../a", "a/../../b", "a//b", "./a", "a\\b"])
def test_a_path_that_is_no_place_in_the_tree_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        Tree(tmp_path / "top").put(path, b"1")


def test_two_hands_fill_one_folder_and_nothing_of_either_is_deleted(tmp_path: Path) -> None:
    filled(tmp_path, a="旧", b="旧", c="旧")
    site = Tree(tmp_path)
    other = site.other_hand()
    site.put("a", "新".encode())
    other.put("b", "旧".encode())
    other.put("深/d", "新".encode())
    site.take(other.took)
    site.close()
    assert {path for path, _ in contents(tmp_path)} == {"a", "b", "深/d"}
    assert (site.written, site.same, site.removed) == (2, 1, 1)
    assert set(site.entries) == {"a", "b", "深/d"}


def test_two_hands_that_want_the_same_place_are_refused(tmp_path: Path) -> None:
    site = Tree(tmp_path)
    other = site.other_hand()
    for hand in (site, other):
        hand.put("甲", "反馈".encode())
    with pytest.raises(ValueError, match="甲"):
        site.take(other.took)
