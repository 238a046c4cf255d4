"""The ref that holds the items' keys: written in one step, beside everything else, and what is taken out is gone."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.sample_desk import git

from git_feedback.model import ids
from git_feedback.store import Git, GitFailed, Keys
from git_feedback.store.keys import REF, REF_KEY, item_of, name_of

FIRST, SECOND, LATER = (ids.from_bits("Q", day, 7) for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 3)))


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    return Keys(Git(tmp_path))


def stored(keys: Keys) -> dict[str, bytes]:
    return dict(keys.all())


def fsck(keys: Keys) -> str:
    return subprocess.run(
        ["git", "fsck", "--full"], cwd=keys.git.folder, capture_output=True, text=True, check=True
    ).stdout


def test_where_nothing_was_ever_sealed_there_is_nothing(keys: Keys) -> None:
    assert (keys.commit(), keys.names(), keys.of(FIRST), keys.ref_key(), stored(keys)) == ("", {}, [], None, {})
    assert keys.remove(FIRST) == []
    assert keys.commit() == ""


def test_a_key_lies_in_the_folder_of_its_month_under_the_name_of_its_item() -> None:
    assert name_of(FIRST) == f"Q2611/{FIRST}.age"
    assert name_of(FIRST, b"key") == f"Q2611/{FIRST}.2c70e12b.age"
    assert item_of(name_of(FIRST)) == item_of(name_of(FIRST, b"key")) == FIRST
    for other in (REF_KEY, f"Q2612/{FIRST}.age", "Q2611/Q261101-0000000.age", f"{FIRST}.age", f"Q2611/{FIRST}.txt"):
        assert item_of(other) is None


def test_keys_of_one_item_come_back_the_first_one_first(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a", name_of(LATER): b"c", REF_KEY: b"r"})
    keys.put({name_of(FIRST, b"b"): b"b"})
    assert keys.of(FIRST) == [b"a", b"b"]
    assert keys.of(SECOND) == []
    assert keys.ref_key() == b"r"


def test_every_writing_leaves_one_commit_without_a_parent_and_nothing_lying_about(keys: Keys) -> None:
    for number, name in enumerate((name_of(FIRST), name_of(SECOND), name_of(LATER), REF_KEY)):
        keys.put({name: b"%d" % number})
    assert git(keys.git.folder, "rev-list", "--count", REF).strip() == "1"
    assert fsck(keys) == ""


def test_the_same_keys_are_the_same_commit_in_every_clone(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "乙").mkdir()
    git(tmp_path / "乙", "init", "--quiet")
    other = Keys(Git(tmp_path / "乙"))
    keys.put({name_of(FIRST): b"a"})
    keys.put({name_of(LATER): b"b"})
    other.put({name_of(LATER): b"b", name_of(FIRST): b"a"})
    assert keys.commit() == other.commit()


def test_a_folder_in_which_nothing_changes_is_not_written_anew(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a", name_of(LATER): b"b"})
    before = git(keys.git.folder, "rev-parse", f"{REF}:Q2611")
    keys.put({name_of(LATER, b"c"): b"c"})
    assert git(keys.git.folder, "rev-parse", f"{REF}:Q2611") == before


def test_putting_what_is_there_changes_nothing(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a"})
    before = keys.commit()
    keys.put({name_of(FIRST): b"a"})
    keys.put({})
    assert keys.commit() == before


@pytest.mark.parametrize("packed", [False, True])
def test_a_key_that_is_removed_is_no_longer_in_the_clone(keys: Keys, packed: bool) -> None:
    git(keys.git.folder, "config", "core.logAllRefUpdates", "always")
    git(keys.git.folder, "config", "user.name", "何淼")
    git(keys.git.folder, "config", "user.email", "he.miao@desk.example")
    keys.put({name_of(FIRST): b"secret", name_of(SECOND): b"b"})
    keys.put({name_of(FIRST, b"more"): b"more"})
    blobs = [blob for name, blob in keys.names().items() if item_of(name) == FIRST]
    if packed:
        git(keys.git.folder, "gc", "--quiet")
    assert keys.remove(FIRST) == []
    assert keys.of(FIRST) == []
    assert stored(keys) == {name_of(SECOND): b"b"}
    for blob in blobs:
        with pytest.raises(GitFailed):
            keys.git.run("cat-file", "-e", blob)
    assert "missing" not in fsck(keys)


def test_what_another_ref_holds_is_named_and_not_broken(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a"})
    blob = keys.names()[name_of(FIRST)]
    git(keys.git.folder, "update-ref", "refs/old/keys", keys.commit())
    assert keys.remove(FIRST) == [blob]
    assert keys.of(FIRST) == []
    assert fsck(keys) == ""


def test_two_items_with_the_same_key_do_not_take_it_from_each_other(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"same", name_of(SECOND): b"same"})
    assert keys.remove(FIRST) == []
    assert keys.of(SECOND) == [b"same"]
    assert fsck(keys) == ""


def test_all_keys_are_replaced_at_once_and_the_old_ones_are_gone(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a", name_of(LATER): b"b", REF_KEY: b"r"})
    old = set(keys.names().values())
    assert keys.replace({name_of(FIRST): b"A", name_of(LATER): b"B", REF_KEY: b"R"}, keys.commit()) == []
    assert stored(keys) == {name_of(FIRST): b"A", name_of(LATER): b"B", REF_KEY: b"R"}
    for blob in old:
        with pytest.raises(GitFailed):
            keys.git.run("cat-file", "-e", blob)


def test_what_somebody_else_wrote_in_between_is_neither_lost_nor_replaced(keys: Keys) -> None:
    keys.put({name_of(FIRST): b"a"})
    before = keys.commit()
    came_between = [{name_of(SECOND): b"b"}]

    def wanted(there: object) -> dict[str, str]:
        if came_between:
            keys.put(came_between.pop())
        assert isinstance(there, dict)
        return {**there, **keys.written({name_of(LATER): b"c"})}

    keys.change(wanted)
    assert set(stored(keys)) == {name_of(FIRST), name_of(SECOND), name_of(LATER)}
    with pytest.raises(GitFailed):
        keys.replace({name_of(FIRST): b"z"}, before)


def test_thousands_of_keys_at_once_are_files_of_their_own(keys: Keys) -> None:
    many = {name_of(ids.from_bits("Q", date(2026, 1 + n % 12, 1), n)): b"%d" % n for n in range(1500)}
    keys.put(many)
    assert stored(keys) == many
    assert "in-pack: 0" in git(keys.git.folder, "count-objects", "-v")


def test_branches_and_the_working_tree_stay_as_they_are(keys: Keys) -> None:
    (keys.git.folder / "文件.txt").write_text("草稿", "utf-8")
    git(keys.git.folder, "add", "--all")
    keys.put({name_of(FIRST): b"a"})
    assert git(keys.git.folder, "status", "--porcelain", "-z") == "A  文件.txt\0"
    assert git(keys.git.folder, "for-each-ref", "--format=%(refname)").split() == [REF]
