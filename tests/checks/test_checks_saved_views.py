"""desk.yml: each saved view that asks what cannot be read is named with its place and the way out."""

from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, policy_files, sample

from git_feedback import policy
from git_feedback.checks import view_problems

FILE = "policy/desk.yml"
HEAD = "views:\n"


def sources(*queries: str) -> dict[str, bytes]:
    """The sample policy with these views in place of its own, one a line at the top of the file."""
    kept = policy_files()[FILE].decode().partition("views:\n")
    rest = [line for line in kept[2].splitlines() if not line.startswith("  - {id:")]
    views = [f'  - {{id: v{n}, name: {{en: One, zh: 一}}, query: "{query}"}}' for n, query in enumerate(queries)]
    said = "\n".join(["views:", *views, kept[0], *rest]) + "\n"
    return {**policy_files(), FILE: said.encode()}


def found(*queries: str) -> list[tuple[int, str, object]]:
    given = sources(*queries)
    loaded = policy.load(given)
    assert loaded.policy is not None, loaded.problems
    problems = list(view_problems(given, loaded.policy))
    assert all(problem.file == FILE and problem.said("zh") and problem.said("en") for problem in problems)
    return [(problem.line, problem.code, problem.values.get("given")) for problem in problems]


def test_the_views_of_the_sample_can_be_read() -> None:
    loaded = policy.load(policy_files())
    assert loaded.policy is not None and loaded.policy.desk.views
    assert list(view_problems(policy_files(), loaded.policy)) == []


@pytest.mark.parametrize(
    "query",
    ["state:open 退款", "state：open，closed", "clock:soon,none", "state:all ref:5b1c6e0a", "older:5wd returned:2"],
)
def test_a_query_that_list_takes_is_well(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    ("query", "given"),
    [("颜色:红", "颜色:"), ("state:offen", "state:offen"), ("level:P9", "level:p9"), ("ref:甲", "ref:甲")],
)
def test_a_query_that_cannot_be_read_is_named_with_its_line(query: str, given: str) -> None:
    assert found("state:open", query) == [(3, "saved-view-query", given)]


def test_check_lists_it_with_the_policy_in_both_languages(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)
    desk.put(sources("state:offen")[FILE].decode(), FILE)
    for language, said in (
        ("zh", "视图 v0 里的 state:offen 读不懂；可以用"),
        ("en", "the view v0 asks state:offen, which cannot be read; use"),
    ):
        done = desk.run("check", "--lang", language)
        assert done.code == 1
        assert said in done.out
