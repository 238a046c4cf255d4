"""recipients.txt: each line that lets nobody in, or everybody, is named with its place."""

from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, policy_files, sample

from git_feedback.checks import recipient_problems
from git_feedback.privacy.sealing import new_identity

SECRET, PUBLIC = new_identity()
SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN"
FILE = "policy/recipients.txt"


def found(text: str) -> list[tuple[int, int, str]]:
    problems = list(recipient_problems({FILE: text.encode()}))
    assert all(problem.file == FILE and problem.said("zh") and problem.said("en") for problem in problems)
    return [(problem.line, problem.column, problem.code) for problem in problems]


def test_a_list_of_public_keys_is_well() -> None:
    assert found(f"\ufeff# 何淼，2026-11-22\n{PUBLIC}\n\n  {SSH} he.miao@电脑\r\n") == []
    assert list(recipient_problems({})) == []


@pytest.mark.parametrize("line", ["age1qqqq", "何淼", "ssh-ed25519 AAAA", f"{PUBLIC} # 何淼"], ids=range(4))
def test_a_line_that_is_no_public_key_is_named(line: str) -> None:
    assert found(f"{PUBLIC}\n  {line}\n") == [(2, 3, "bad-recipient")]


@pytest.mark.parametrize(
    "line", [SECRET, f"# {SECRET}", SECRET.lower(), "-----BEGIN OPENSSH PRIVATE KEY-----"], ids=range(4)
)
def test_a_secret_key_is_named_even_in_a_remark_and_never_repeated(line: str) -> None:
    assert found(f"{PUBLIC}\n{line}\n") == [(2, 1, "secret-in-recipients")]
    (problem,) = recipient_problems({FILE: line.encode()})
    assert "1" not in str(problem.values)


def test_a_key_that_stands_there_twice_is_named_whatever_name_stands_behind_it() -> None:
    assert found(f"{SSH} 甲\n{PUBLIC}\n{SSH} 乙\n{PUBLIC}\n") == [(3, 1, "recipient-twice"), (4, 1, "recipient-twice")]


def test_check_lists_it_with_the_policy(tmp_path: Path) -> None:
    assert list(recipient_problems(policy_files())) == []
    desk = sample(tmp_path, PAYMENT)
    desk.put(f"{PUBLIC}\n何淼\n", FILE)
    done = desk.run("check", "--lang", "zh")
    assert done.code == 1
    assert done.out.startswith(f"{FILE}:2:1: bad-recipient: ")
