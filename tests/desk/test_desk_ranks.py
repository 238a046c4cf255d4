"""Who takes over what its first solver did not settle, and who may close what is most urgent."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from git_feedback.desk.life import STEPS
from git_feedback.desk.ranks import RANKS, next_rung, rank, second_rank
from git_feedback.policy import Policy
from git_feedback.policy.files import Person


def _staffed(policy: Policy, roles: Mapping[str, tuple[str, ...]]) -> Policy:
    """The same desk with nobody but these people, each with other roles."""
    people: dict[str, Person] = {
        name: policy.people[name].model_copy(update={"roles": given}) for name, given in roles.items()
    }
    return replace(policy, people=people)


def test_the_highest_role_is_the_rank_and_machines_and_strangers_have_none(policy: Policy) -> None:
    assert rank(policy, "he.miao") == RANKS["manager"] > rank(policy, "zhou.yuan") == RANKS["lead"]
    assert [rank(policy, who) for who in ("wen.jing", "rules", "nobody.known", None)] == [0, 0, 0, 0]


def test_every_role_that_may_do_something_has_a_rank() -> None:
    named = {role for step in STEPS.values() for role in step.roles} - {"machine"}
    assert named <= set(RANKS)


@pytest.mark.parametrize(
    ("department", "solver", "first", "second"),
    [
        ("app", "fang.yu", "mara.lind", "gu.heng"),
        ("logistics", "tang.li", "sam.okafor", "gu.heng"),
        ("app", "mara.lind", "shen.mu", "gu.heng"),
        ("logistics", "sam.okafor", "shen.mu", "gu.heng"),
        ("quality", "shen.mu", "he.miao", "gu.heng"),
        ("support", "he.miao", "gu.heng", "gu.heng"),
        ("support", "gu.heng", "he.miao", "he.miao"),
        ("app", "import", "mara.lind", "gu.heng"),
        (None, "fang.yu", "zhou.yuan", "gu.heng"),
    ],
)
def test_the_first_time_it_goes_one_rung_up_and_the_second_time_to_the_top(
    department: str | None, solver: str, first: str, second: str, policy: Policy
) -> None:
    assert next_rung(policy, department, solver, 1) == first
    assert next_rung(policy, department, solver, 2) == second


def test_whoever_the_ladder_names_is_never_the_solver_and_stands_high_enough_to_take_over(policy: Policy) -> None:
    for solver in policy.people:
        for department in policy.departments:
            for times in (1, 2, 3):
                named = next_rung(policy, department, solver, times)
                assert named is not None and named != solver
                assert rank(policy, named) >= second_rank(policy, solver)


def test_on_a_small_desk_the_highest_that_there_is_takes_over(policy: Policy) -> None:
    small = _staffed(policy, {"fang.yu": ("coordinator",), "mara.lind": ("lead",), "xu.bei": ("agent",)})
    assert next_rung(small, "app", "fang.yu", 2) == "mara.lind"
    assert second_rank(small, "mara.lind") == RANKS["coordinator"]
    assert second_rank(small, "xu.bei") == RANKS["handler"]


def test_where_nobody_leads_the_ladder_names_nobody(policy: Policy) -> None:
    flat = _staffed(policy, {"tang.li": ("handler",), "xu.bei": ("agent", "handler")})
    flat = replace(flat, departments={})
    assert next_rung(flat, "app", "tang.li", 1) is None
    assert second_rank(flat, "tang.li") == rank(flat, "xu.bei") == RANKS["handler"]
