"""The ladder of people: who stands above whom, and whose a matter is that its first solver did not settle."""

from git_feedback.policy import Policy

RANKS = {"agent": 1, "handler": 2, "reviewer": 2, "coordinator": 3, "lead": 4, "head": 5, "manager": 6, "director": 7}
"""Roles by rank; roles that handle no items have none."""
_RUNGS = ("lead", "head", "manager", "director")


def rank(policy: Policy, person: str | None) -> int:
    """The highest rank of a person's roles; 0 for nobody and for machines."""
    found = policy.people.get(person or "")
    return max((RANKS.get(role, 0) for role in found.roles), default=0) if found else 0


def second_rank(policy: Policy, first: str) -> int:
    """The rank that takes over from whoever solved it first: the next one, or the highest that anybody else has."""
    others = (rank(policy, person) for person in policy.people if person != first)
    return min(rank(policy, first) + 1, max(others, default=0))


def next_rung(policy: Policy, department: str | None, solver: str | None, times: int) -> str | None:
    """Who handles it after its submitter was not satisfied: the first rung above the solver, the second time the top.

    The department's lead, its head (else any), a manager, the director; None where the desk has none of them.
    """
    above = rank(policy, solver)
    found = [person for role in _RUNGS if (person := _of(policy, role, department, solver)) is not None]
    higher = [person for person in found if rank(policy, person) > above]
    if times > 1 or not higher:
        return found[-1] if found else None
    return higher[0]


def _of(policy: Policy, role: str, department: str | None, solver: str | None) -> str | None:
    """Who has a role: in the department, else anywhere; never the solver."""
    own = policy.departments.get(department or "")
    if role == "lead" and own and own.lead != solver:
        return own.lead
    listed = [one for one in policy.people.values() if role in one.roles and one.id != solver]
    near = [one for one in listed if one.department == department]
    return next((one.id for one in (*near, *listed)), None)
