"""Work beside other work: by a process of its own where one can be had, with the same result where none can."""

import os
import sys
from threading import Event, Thread

import pytest

from git_feedback.jobs.second_process import Beside, Meanwhile, can_split, halves

splits = pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="no second process here")


def numbers(part: object) -> list[str]:
    """Each thing as text, with who did it left out."""
    return [f"第 {one} 条" for one in part]  # type: ignore[attr-defined]


@splits
def test_another_process_does_the_work_and_its_result_comes_back() -> None:
    with Beside(lambda: (os.getpid(), "退款")) as other:
        found = other.result()
    assert found[1] == "退款"
    assert (found[0] != os.getpid()) == can_split()


def test_a_result_can_be_asked_for_again() -> None:
    with Beside(lambda: object()) as other:
        assert other.result() is other.result()


def test_while_a_thread_runs_the_work_is_done_here() -> None:
    over = Event()
    running = Thread(target=over.wait)
    running.start()
    try:
        with Beside(os.getpid) as other, Meanwhile(os.getpid) as meanwhile:
            assert other.result() == meanwhile.result() == os.getpid()
    finally:
        over.set()
        running.join()


def test_what_fails_there_fails_here_with_its_own_words() -> None:
    def wrong() -> None:
        raise LookupError("没有这一条")

    with Beside(wrong) as other, pytest.raises(LookupError, match="没有这一条"):
        other.result()


@splits
def test_a_process_that_vanishes_is_made_up_for_here() -> None:
    here = os.getpid()

    def vanishes() -> int:
        if os.getpid() != here:
            os._exit(9)
        return os.getpid()

    with Beside(vanishes) as other:
        assert other.result() == here


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_two_halves_are_the_whole_in_order(count: int) -> None:
    assert halves(numbers, range(count), 7) == numbers(range(count))


def test_whoever_leaves_early_does_not_wait() -> None:
    over = Event()
    with pytest.raises(KeyError), Beside(over.wait):
        raise KeyError
