"""Every check against examples from life: tests/cases/<code>/good*.yml and bad*.yml, picked up by themselves.

Beside a bad file stands what is found in it (`LINE:COLUMN: CODE`); `# file: PATH` on the first line says where the file
lies when that is not where its id puts it.
"""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, ROOT, policy

from git_feedback import checks
from git_feedback.checks import Subject, duplicate_identities, missing_originals
from git_feedback.i18n import LANGUAGES, codes
from git_feedback.model import Problem, ids
from git_feedback.store import read

CASES = ROOT / "tests" / "cases"
FILES = [path for code in checks.CODES for path in sorted((CASES / code).glob("*.yml"))]
BAD = [path for path in FILES if path.stem.startswith("bad")]


def subject(source: bytes, file: str | None = None) -> Subject:
    item = read(source)
    return Subject(item, file or ids.path(item.id), source, datetime.fromisoformat(NOW))


def problems(path: Path) -> list[Problem]:
    source = path.read_bytes()
    first = source.decode().splitlines()[0]
    named = first.removeprefix("# file: ") if first.startswith("# file: ") else None
    return checks.problems(subject(source, named), policy())


@pytest.mark.parametrize(
    "path", [path for path in FILES if path not in BAD], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_nothing_is_found_in_a_good_file(path: Path) -> None:
    assert [problem.said("zh") for problem in problems(path)] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_in_a_bad_file_exactly_what_is_expected_is_found_at_its_place(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    found = problems(path)
    assert [f"{problem.line}:{problem.column}: {problem.code}" for problem in found] == expected
    for problem in found:
        for language in LANGUAGES:
            assert problem.way_out(language)


@pytest.mark.parametrize("code", checks.CODES)
def test_a_check_has_one_good_file_and_two_bad_ones_at_least(code: str) -> None:
    names = [path.stem for path in FILES if path.parent.name == code]
    assert sum(name.startswith("good") for name in names) >= 1
    assert sum(name.startswith("bad") for name in names) >= 2


@pytest.mark.parametrize("check", checks.ALL, ids=lambda check: check.__module__)
def test_a_check_says_its_rule_and_its_harm_and_has_words(check: checks.Check) -> None:
    module = __import__(check.__module__, fromlist=["CODE"])
    rule, _, harm = (module.__doc__ or "").partition(":")
    assert len(rule) > 20
    assert len(harm) > 20
    assert module.CODE == module.__name__.rpartition(".")[2].replace("_", "-")
    assert all(module.CODE in codes(language) for language in LANGUAGES)


def test_problems_come_in_the_order_of_their_lines() -> None:
    text = PAYMENT.replace("web-form", "fax").replace("支付页面报错", "错" * 121) + "area: 电话 13812345678\n"
    found = checks.problems(subject(text.encode()), policy())
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert {problem.code for problem in found} == {"unknown-channel", "over-limit", "contact-in-clear"}


def other(item_id: str) -> Subject:
    return subject(PAYMENT.replace("Q261119-0AAJN0D", item_id).encode())


def test_two_items_with_one_channel_and_source_are_one_thing_counted_twice() -> None:
    first, second = subject(PAYMENT.encode()), other("Q261119-5DVCFC5")
    (problem,) = duplicate_identities([first, second])
    assert (problem.file, problem.line, problem.code) == (second.file, 4, "duplicate-identity")
    assert first.file in problem.said("zh")
    without = PAYMENT.replace('source: "票据 #123"\n', "")
    assert list(duplicate_identities([subject(without.encode()), subject(without.encode(), "feedback/乙.yml")])) == []


def test_a_duplicate_of_nothing_is_named_and_one_of_a_broken_file_is_not() -> None:
    text = PAYMENT + "history:\n  - duplicate: {at: 2026-11-19T10:00:00+08:00, by: he.miao, of: Q261119-5DVCFC5}\n"
    (problem,) = missing_originals([subject(text.encode())])
    assert (problem.line, problem.code) == (13, "missing-original")
    assert list(missing_originals([subject(text.encode())], {"Q261119-5DVCFC5"})) == []
    assert list(missing_originals([subject(text.encode()), other("Q261119-5DVCFC5")])) == []
