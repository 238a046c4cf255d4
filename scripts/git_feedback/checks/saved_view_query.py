"""Every saved view of desk.yml asks what can be read: one that asks for nothing shows nothing, and nobody learns why."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from git_feedback import notation
from git_feedback.desk import query
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "saved-view-query"
FILE = "policy/desk.yml"
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Whether a query can be read is the same on every day."""


def view_problems(sources: Mapping[str, bytes], policy: Policy) -> Iterator[Problem]:
    """Everything that is wrong with the queries of the saved views of a policy; `sources` tell where they stand."""
    where = notation.places(sources[FILE]) if FILE in sources else {}
    for place, view in enumerate(policy.desk.views):
        line, column = where.get(("views", place, "query"), (1, 1))
        try:
            query.parse(view.query, policy, _ANY_DAY)
        except query.UnknownField as unknown:
            yield Problem(FILE, line, column, CODE, {"view": view.id, "given": f"{unknown}:", "known": query.NAMES})
        except query.UnknownValue as unknown:
            given = f"{unknown.field}:{unknown.given}"
            yield Problem(FILE, line, column, CODE, {"view": view.id, "given": given, "known": unknown.known})
