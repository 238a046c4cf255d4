"""What is behind a figure, as a query of `list` and the queue; empty where the query language cannot say it."""

from collections.abc import Mapping

from git_feedback.desk.query import parse
from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED
from git_feedback.pages.reports.material import Material

_NOBODY = ("", UNASSIGNED, UNCLASSIFIED)
ASKED = ("category", "channel", "area", "department")
"""The sides of an item that a query can ask for."""


def received(material: Material, span: str, sides: Mapping[str, str] | None = None) -> str:
    """Everything received in `span` (a year, quarter, month, day, or two days with `..` between) of these sides.

    What has no value, or one that the policy no longer knows, cannot be asked for.
    """
    asked = dict(sides or {})
    if any(name not in ASKED or value in _NOBODY or set(value) & set(" \t,，") for name, value in asked.items()):
        return ""
    terms = ["state:all", *(f"{name}:{value}" for name, value in asked.items()), f"received:{span}"]
    query = " ".join(terms)
    try:
        parse(query, material.policy, material.until)
    except ValueError:
        return ""
    return query
