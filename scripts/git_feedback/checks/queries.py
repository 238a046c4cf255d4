"""A query in a file asks what can be read: one that asks for nothing counts nothing, and nobody learns why."""

from collections.abc import Mapping
from datetime import UTC, datetime

from git_feedback.desk import query
from git_feedback.policy import Policy

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Whether a query can be read is the same on every day."""


def unreadable(asked: str, policy: Policy) -> Mapping[str, object] | None:
    """What a query says that cannot be read (`given`) and what could stand there (`known`); None where all can be."""
    try:
        query.parse(asked, policy, _ANY_DAY)
    except query.UnknownField as unknown:
        return {"given": f"{unknown}:", "known": query.NAMES}
    except query.UnknownValue as unknown:
        return {"given": f"{unknown.field}:{unknown.given}", "known": unknown.known}
    return None
