"""The items' keys among clones: what one adds all get, what one takes out nobody keeps, and a key goes with its item."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.test_jobs_syncing import Office, patience, quietly, synced
from tests.jobs.two_sides import FILE, Sides
from tests.sample_desk import git

from git_feedback.jobs import keys_shared, pushing, syncing
from git_feedback.jobs.keyholding import rotated
from git_feedback.jobs.keys_shared import united
from git_feedback.model import ids
from git_feedback.privacy import Sealer
from git_feedback.privacy.sealing import new_identity, opened
from git_feedback.store import Git, GitFailed, Keys
from git_feedback.store.keys import REF, name_of

A, B, C = (name_of(ids.from_bits("Q", date(2026, month, 1), 7)) for month in (9, 10, 11))
SECRET, PUBLIC = new_identity()
NEW_SECRET, NEW_PUBLIC = new_identity()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, driver=False)


def keys(one: Sides) -> Keys:
    return Keys(one.desk.git)


def on_host(office: Office) -> set[str]:
    return set(Keys(Git(office.host)).names())


def names(*ones: Sides) -> list[set[str]]:
    return [set(keys(one).names()) for one in ones]


def sealed(text: str, public: str = PUBLIC) -> bytes:
    return Sealer([public]).seal_bytes(text.encode())


def test_a_clone_that_has_no_keys_works_without_them_and_gets_none_by_cloning(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: b"a"})
    synced(one)
    assert on_host(office) == {A}
    three = office.clone("丙")
    assert names(two, three) == [set(), set()]
    git(two.root, "pull", "--quiet")


def test_what_both_added_both_have_after_each_has_synced(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: b"a"})
    keys(two).put({B: b"b"})
    synced(one)
    synced(two)
    synced(one)
    assert names(one, two) == [{A, B}, {A, B}]
    assert on_host(office) == {A, B}
    assert keys(one).commit() == keys(two).commit()


def test_a_key_that_one_removed_leaves_every_clone_and_the_host_for_good(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: b"a", B: b"b"})
    synced(one)
    synced(two)
    blob = keys(one).names()[A]
    keys(one).remove(A[6:-4])
    keys(two).put({C: b"c"})
    synced(two)
    synced(one)
    synced(two)
    assert names(one, two) == [{B, C}, {B, C}]
    assert on_host(office) == {B, C}
    for each in (one, two):
        with pytest.raises(GitFailed):
            each.desk.git.run("cat-file", "-e", blob)


def test_a_key_that_one_removed_while_the_other_sealed_it_anew_stays_removed(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: sealed("甲"), B: sealed("乙")})
    synced(one)
    synced(two)
    keys(one).remove(A[6:-4])
    assert rotated(keys(two), [SECRET], [NEW_PUBLIC]) == (2, [])
    synced(two)
    synced(one)
    synced(two)
    assert names(one, two) == [{B}, {B}]
    assert opened(keys(one).all()[B], [NEW_SECRET]) == "乙".encode()


def test_of_keys_that_both_sealed_anew_it_is_said_how_many(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: b"a", B: b"b"})
    synced(one)
    synced(two)
    keys(one).replace({A: b"a1", B: b"b"}, keys(one).commit())
    keys(two).replace({A: b"a2", B: b"b"}, keys(two).commit())
    synced(one)
    told: list[int] = []
    syncing.synced(two.desk.git, two.root, patience(), quietly, crossed=told.append)
    assert told == [1]
    assert keys(two).all()[A] == b"a1"


def test_an_item_and_its_key_are_pushed_together_or_not_at_all(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    hook = office.host / "hooks/update"
    hook.write_text('#!/bin/sh\ntest "$1" != refs/feedback/keys\n', "utf-8")
    hook.chmod(0o755)
    one.edit("main", "支付页面报错", "支付页面又报错", start="main")
    keys(one).put({A: b"a"})
    before = office.record()
    with pytest.raises(GitFailed):
        syncing.synced(one.desk.git, one.root, patience(limit_s=2), quietly)
    assert office.record() == before
    hook.unlink()
    synced(one)
    assert "又报错" in office.record().decode()
    assert on_host(office) == {A}
    synced(two)
    assert "又报错" in two.desk.text(FILE)


def test_keys_that_somebody_pushed_in_between_are_not_overwritten(office: Office) -> None:
    one, two = office.clone("甲"), office.clone("乙")
    keys(one).put({A: b"a"})
    keys(two).put({B: b"b"})
    remote, branch = pushing.upstream(one.desk.git)
    keys_shared.fetched(one.desk.git, remote)
    synced(two)
    with pytest.raises(GitFailed):
        keys_shared.pushed(one.desk.git, remote, branch)
    assert on_host(office) == {B}


def test_a_key_of_an_item_that_the_record_calls_erased_does_not_come_back_from_an_old_backup(office: Office) -> None:
    one = office.clone("甲")
    item = FILE[-19:-4]
    keys(one).put({name_of(item): b"a", B: b"b"})
    synced(one)
    old = office.clone("旧")
    git(old.root, "fetch", "--quiet", "origin", f"{REF}:{REF}")
    assert one.desk.run("erase", item, "--request", "7").code == 0
    synced(one)
    assert on_host(office) == {B}
    synced(old)
    assert on_host(office) == {B}
    assert names(old) == [{B}]


def test_what_a_machine_seals_and_cannot_push_is_dropped_with_its_commit(office: Office) -> None:
    one = office.clone("甲")
    keys(one).put({A: b"a"})
    hook = office.host / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)

    def write() -> str:
        keys(one).put({B: b"b"})
        return one.desk.put("注", "policy/note.md")

    head = one.desk.git.head()
    with pytest.raises(GitFailed):
        pushing.written_and_pushed(one.desk.git, write, patience(limit_s=3))
    assert one.desk.git.head() == head
    assert names(one) == [{A}]
    hook.unlink()
    pushing.written_and_pushed(one.desk.git, write, patience())
    assert on_host(office) == {A, B}


def test_a_machine_without_keys_adds_its_own_to_those_that_the_host_has(office: Office) -> None:
    one, machine = office.clone("甲"), office.clone("机")
    keys(one).put({A: b"a"})
    synced(one)

    def write() -> str:
        keys(machine).put({B: b"b"})
        return machine.desk.put("注", "policy/note.md")

    pushing.written_and_pushed(machine.desk.git, write, patience())
    assert on_host(office) == {A, B}


NAMES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("123"), max_size=4)


@given(NAMES, NAMES, NAMES)
def test_a_union_has_what_either_added_and_nothing_that_either_removed(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
) -> None:
    found = united(base, ours, theirs)
    for name in {*base, *ours, *theirs}:
        removed = name in base and (name not in ours or name not in theirs)
        assert (name in found) != removed
    assert set(found.items()) <= {*ours.items(), *theirs.items()}
    assert united(base, ours, ours) == {name: ours[name] for name in sorted(ours)}
    assert united(base, ours, base) == {name: ours[name] for name in sorted(ours)}
