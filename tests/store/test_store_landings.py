"""One submission that two clones took in: one item, whichever side merges, with the earlier landing."""

from itertools import permutations

import pytest
from tests.sample_desk import PAYMENT

from git_feedback.desk.fold import ordered
from git_feedback.store.merging import Merged, merge

SEALED = "  sealed: |-\n    -----BEGIN AGE ENCRYPTED FILE-----\n    {}\n    -----END AGE ENCRYPTED FILE-----\n"
EARLY, LATE = "landed: 2026-11-19T09:40:00+08:00\n", "landed: 2026-11-19T02:00:00Z\n"


def landed(when: str, *, sealed: str = "", ref: str = "", kind: str = "returning", text: str = PAYMENT) -> bytes:
    """The item as a clone took it in."""
    submitter = f"submitter:\n  kind: {kind}\n" + (f"  ref: {ref}\n" if ref else "") + sealed
    assert "submitter:\n  kind: returning\n" in text
    changed = text.replace("submitter:\n  kind: returning\n", submitter)
    received, _, rest = changed.partition("channel:")
    return f"{received}{when}channel:{rest}".encode()


def merged(*sides: bytes) -> Merged:
    found = Merged(sides[0])
    for side in sides[1:]:
        assert found.content
        found = merge(None, found.content, side, ordered)
    return found


ONE = landed(EARLY, sealed=SEALED.format("AAAA"))
TWO = landed(LATE, sealed=SEALED.format("BBBB"))
THREE = landed(LATE, sealed=SEALED.format("CCCC"), ref="5b1c6e0a5b1c6e0a")


def test_any_order_of_three_clones_ends_in_the_same_file() -> None:
    found = {merged(*order).content for order in permutations((ONE, TWO, THREE))}

    assert len(found) == 1
    (content,) = found
    assert content
    assert EARLY.encode() in content
    assert content.count(b"BEGIN AGE") == 1


def test_the_submitter_with_more_to_it_stands() -> None:
    assert b"CCCC" in (merged(ONE, THREE).content or b"")
    assert b"ref: 5b1c6e0a5b1c6e0a" in (merged(THREE, TWO).content or b"")


@pytest.mark.parametrize(
    "other",
    [
        landed(LATE, kind="new", sealed=SEALED.format("BBBB")),
        landed(LATE, text=PAYMENT.replace("支付页面报错", "支付页面")),
    ],
)
def test_what_was_said_otherwise_stays_a_conflict(other: bytes) -> None:
    assert [one.code for one in merged(ONE, other).problems] == ["merge-field"]


def test_an_item_without_a_key_of_its_channel_may_be_another_one() -> None:
    source = 'source: "票据 #123"\n'.encode()
    assert source in ONE
    found = merged(ONE.replace(source, b""), TWO.replace(source, b""))
    assert {one.code for one in found.problems} == {"merge-field"}


def test_what_was_there_before_is_merged_three_ways_as_ever() -> None:
    found = merge(ONE, TWO, THREE, ordered)
    assert "merge-field" in [one.code for one in found.problems]
