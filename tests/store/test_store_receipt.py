"""The receipt's line in a file: put in its place, and nothing else is touched."""

import pytest
from tests.sample_desk import PAYMENT

from git_feedback.store import BadItem, read, with_receipt, write

DIGEST = "4b7c" * 16
EVENTS = 'history:\n  # 顾客来电\n  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n    text: "history: 已核实"\n'


@pytest.mark.parametrize("source", [PAYMENT, PAYMENT + EVENTS, "# 说明\n" + PAYMENT + EVENTS, PAYMENT.rstrip("\n")])
def test_one_line_is_added_and_all_others_stay(source: str) -> None:
    made = with_receipt(source.encode(), DIGEST).decode()
    assert made.replace(f"receipt: {DIGEST}\n", "") == source.rstrip("\n") + "\n"
    assert read(made.encode()) == read(source.encode()).model_copy(update={"receipt": DIGEST})


def test_the_writer_puts_it_at_the_same_place() -> None:
    source = write(read((PAYMENT + EVENTS.replace("  # 顾客来电\n", "")).encode()))
    made = with_receipt(source, DIGEST)
    assert write(read(made)) == made


@pytest.mark.parametrize("digest", ["12345678" * 8, "1" * 62 + "e5", "0" * 64])
def test_a_digest_that_looks_like_a_number_stays_text(digest: str) -> None:
    assert read(with_receipt(PAYMENT.encode(), digest)).receipt == digest


@pytest.mark.parametrize("digest", ["4B" * 32, "4b" * 31, "4b" * 32 + "\n", "号码"])
def test_what_is_no_digest_is_refused(digest: str) -> None:
    with pytest.raises((BadItem, ValueError)):
        with_receipt(PAYMENT.encode(), digest)


def test_a_second_line_is_refused() -> None:
    with pytest.raises(BadItem):
        with_receipt(with_receipt(PAYMENT.encode(), DIGEST), "5f" * 32)
