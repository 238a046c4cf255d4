"""The working tree: files written whole or not at all, symlinks left out, nothing lost in a wrong folder."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, environment

from git_feedback.store import BadItem, Desk, is_item_file, write_file

PATH = "feedback/2026/11/Q261119-0AAJN0D.yml"


def put(root: Path, path: str, text: str = PAYMENT) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return root / path


def test_a_file_that_says_the_same_already_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "目录" / "反馈.yml"
    assert write_file(path, "甲".encode())
    before = path.stat()
    assert not write_file(path, "甲".encode())
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = put(tmp_path, "反馈.yml", "原来的内容")
    code = (
        "import resource, signal, sys; from pathlib import Path; from git_feedback.store import write_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "write_file(Path(sys.argv[1]), b'x' * 10_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, check=False, env=environment({}))
    assert b"File too large" in done.stderr
    assert path.read_text(encoding="utf-8") == "原来的内容"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_onto_a_folder_fails_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "反馈.yml").mkdir()
    with pytest.raises(OSError, match="反馈"):
        write_file(tmp_path / "反馈.yml", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["反馈.yml"]


def test_writing_to_a_symlink_replaces_the_link_and_not_what_it_points_to(tmp_path: Path) -> None:
    target = put(tmp_path, "别处.yml", "别动")
    (tmp_path / "链接.yml").symlink_to(target)
    write_file(tmp_path / "链接.yml", "新".encode())
    assert target.read_text(encoding="utf-8") == "别动"
    assert not (tmp_path / "链接.yml").is_symlink()


def test_symlinks_are_no_items_whether_file_or_folder(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret/Q261119-0AAJN0D.yml")
    put(tmp_path, "feedback/2026/10/甲.yml")
    (tmp_path / "feedback/2026/11").mkdir()
    (tmp_path / PATH).symlink_to(secret)
    (tmp_path / "feedback/2026/12").symlink_to(secret.parent, target_is_directory=True)
    assert Desk(tmp_path).item_files() == ["feedback/2026/10/甲.yml"]
    with pytest.raises(KeyError):
        Desk(tmp_path).item("Q261119-0AAJN0D")


def test_a_policy_behind_a_symlink_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/desk.yml", "name: 别处")
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy/desk.yml").symlink_to(tmp_path / "elsewhere/desk.yml")
    (tmp_path / "policy/calendars").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert Desk(tmp_path).policy() == {}


def test_items_come_in_the_order_of_their_paths_with_what_is_wrong_beside_them(tmp_path: Path) -> None:
    put(tmp_path, "feedback/2026/11/乙.yml", "id: [")
    put(tmp_path, PATH)
    put(tmp_path, "feedback/2026/02/甲.yml")
    found = list(Desk(tmp_path).items())
    assert [path for path, _ in found] == ["feedback/2026/02/甲.yml", PATH, "feedback/2026/11/乙.yml"]
    assert [isinstance(item, BadItem) for _, item in found] == [False, False, True]


def test_a_text_without_the_form_of_an_id_is_no_item_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="支付"):
        Desk(tmp_path).item("支付")


def test_an_item_is_found_by_its_id_wherever_it_was_moved(tmp_path: Path) -> None:
    put(tmp_path, "feedback/inbox/Q261119-0AAJN0D.yml")
    path, item = Desk(tmp_path).item("Q261119-0AAJN0D")
    assert (path, item.title) == ("feedback/inbox/Q261119-0AAJN0D.yml", "支付页面报错")


@pytest.mark.parametrize(("path", "is_item"), [
    (PATH, True),
    ("feedback/Q261119-0AAJN0D.yml", True),
    ("feedback/2026/11/Q261119-0AAJN0D.yaml", True),
    ("feedback/problems/P1.yml", False),
    ("feedback/attachments/3f/3f9a.yml", False),
    ("feedback/2026/11/说明.md", False),
    ("policy/desk.yml", False),
])  # fmt: skip
def test_a_file_below_feedback_is_an_item_unless_its_folder_holds_other_records(path: str, is_item: bool) -> None:
    assert is_item_file(path) == is_item
