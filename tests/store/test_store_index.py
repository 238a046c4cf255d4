"""The index's file: kept whole or not at all, shared by two at once, and put away where it is no index of ours."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from git_feedback.store.index import ALWAYS, COLUMNS, Broken, Entry, Index, Torn, opened

ROW = tuple({"path": "feedback/一.yml", "since": 0, "until": 100, "title": "退款"}.get(name) for name in COLUMNS)
ENTRY = Entry("feedback/一.yml", "a" * 40, 12, 0, 100, (ROW,), "退款 没到")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "git-feedback" / "index.sqlite"


@pytest.fixture
def index(file: Path) -> Iterator[Index]:
    index = opened(file)
    yield index
    index.close()


def titles(index: Index) -> list[object]:
    return [row[0] for row in index.rows(("title",), "1", (), "path")]


def test_what_is_kept_is_there_for_the_next_who_opens_it(index: Index, file: Path) -> None:
    index.keep({"tree": "t"}, [ENTRY], (), anew=True)
    index.close()
    again = opened(file)
    assert (again.about(), titles(again), again.files([ENTRY.path])) == (
        {"tree": "t"},
        ["退款"],
        {ENTRY.path: "a" * 40},
    )
    again.close()


def test_a_file_that_is_kept_again_has_its_new_rows_alone(index: Index) -> None:
    index.keep({}, [ENTRY], (), anew=True)
    index.keep({}, [ENTRY._replace(blob="b" * 40)], (), anew=False)
    assert (titles(index), index.files([ENTRY.path])) == (["退款"], {ENTRY.path: "b" * 40})


def test_a_file_that_is_gone_leaves_nothing(index: Index) -> None:
    index.keep({}, [ENTRY], (), anew=True)
    index.keep({}, [], [ENTRY.path], anew=False)
    assert (titles(index), index.sizes()) == ([], {})


def test_words_of_a_file_that_is_gone_are_gone_from_the_disk(index: Index, file: Path) -> None:
    paths = [f"feedback/{n}.yml" for n in range(9)]
    index.keep({}, [Entry(path, "a" * 40, 1, 0, 100, (), "早先的话" * 2000) for path in paths], (), anew=True)
    assert "早先的话".encode() in file.read_bytes()
    index.keep({}, [], paths, anew=False)
    index.close()
    assert "早先的话".encode() not in file.read_bytes()


def test_rows_run_out_at_their_end_and_before_their_beginning(index: Index) -> None:
    index.keep({}, [ENTRY._replace(since=10), Entry("feedback/二.yml", "c", 1, -ALWAYS, ALWAYS)], (), anew=True)
    assert [index.run_out(now) for now in (9, 10, 99, 100)] == [[ENTRY.path], [], [], [ENTRY.path]]


def test_what_fails_on_the_way_leaves_everything_as_it_was(index: Index) -> None:
    index.keep({"tree": "t"}, [ENTRY], (), anew=True)

    def failing() -> Iterator[Entry]:
        yield ENTRY._replace(path="feedback/三.yml", rows=())
        raise OSError("gone")

    with pytest.raises(Broken):
        index.keep({"tree": "u"}, failing(), (), anew=True)
    assert (index.about(), titles(index)) == ({"tree": "t"}, ["退款"])


def test_two_may_hold_it_at_once_and_each_sees_what_is_whole(index: Index, file: Path) -> None:
    other = opened(file)
    index.keep({"tree": "1"}, [ENTRY], (), anew=True)
    assert other.about() == {"tree": "1"}
    other.keep({"tree": "2"}, [], [ENTRY.path], anew=False)
    assert (index.about(), titles(index)) == ({"tree": "2"}, [])
    other.close()


def test_a_locked_index_is_left_alone(index: Index, file: Path) -> None:
    index.keep({"tree": "1"}, [ENTRY], (), anew=True)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Broken) as refused:
        index.about()
    assert not isinstance(refused.value, Torn)
    other.execute("ROLLBACK")
    other.close()
    assert titles(index) == ["退款"]


def test_a_file_of_another_program_is_replaced(file: Path) -> None:
    file.parent.mkdir()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE rows (path TEXT)")
    other.commit()
    other.close()
    index = opened(file)
    assert index.about() == {}
    index.close()


def test_a_place_where_nothing_can_be_kept_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "git-feedback").write_text("no folder", encoding="utf-8")
    with pytest.raises(Broken):
        opened(tmp_path / "git-feedback" / "index.sqlite")


def test_a_name_that_is_no_text_is_broken_and_no_traceback(index: Index) -> None:
    with pytest.raises(Broken):
        index.keep({}, [ENTRY._replace(path="feedback/\udcff.yml", rows=())], (), anew=True)
