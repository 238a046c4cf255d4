"""Policy entries proposed for what a table says and its mapping does not name: to be read, changed and pasted."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal

from git_feedback.intake.door import safe
from git_feedback.intake.rows import Remark
from git_feedback.intake.tables.header import against
from git_feedback.intake.tables.mapping import Mapping
from git_feedback.intake.tables.opening import Table
from git_feedback.notation import scalar
from git_feedback.policy import Policy

Shelf = Literal["channels", "departments", "categories"]
_SHELVES: tuple[tuple[Shelf, str], ...] = (
    ("channels", "channel"),
    ("departments", "department"),
    ("categories", "product"),
)


def proposal(table: Table, named: Mapping, policy: Policy) -> str:
    """YAML for policy/channels.yml, people.yml and categories.yml, and the lines of the mapping that use it.

    Each value says how many rows have it; the most frequent come first.  Raises Bad as reading the rows does.
    """
    mapping = against(named, table.header)
    rows = [cells for cells in table.rows if not isinstance(cells, Remark)]
    parts = [_part(shelf, column, rows, mapping, policy) for shelf, column in _SHELVES]
    return "\n".join(part for part in parts if part) or "# every value of the table has its place in the policy\n"


def _part(shelf: Shelf, field: str, rows: Sequence[dict[str, str]], mapping: Mapping, policy: Policy) -> str:
    column = _column(getattr(mapping.columns, field))
    values = (row[column].strip() for row in rows if column in row and mapping.given(shelf, row) is None)
    counted = Counter(value for value in values if value not in mapping.nothing).most_common()
    if column is None or not counted:
        return ""
    names = _names(shelf, [value for value, _ in counted], getattr(policy, shelf))
    entries = [_entry(shelf, names[value], value, count, policy) for value, count in counted]
    uses = [_use(column, value, names[value]) for value, _ in counted]
    return "\n".join([f"# policy: {shelf}", f"{shelf}:", *entries, "# mapping:", f"# {shelf}:", *uses, ""])


def _column(named: str | tuple[str, ...] | None) -> str | None:
    return named if isinstance(named, str) else next(iter(named or ()), None)


def _use(column: str, value: str, name: str) -> str:
    return f"#   - {{when: {{{scalar(column, flow=True)}: {scalar(safe(value), flow=True)}}}, gives: {name}}}"


def _entry(shelf: Shelf, name: str, value: str, count: int, policy: Policy) -> str:
    words = scalar(safe(value)[:120], flow=True)
    first = next(iter(policy.departments.values()))
    tails: dict[Shelf, str] = {
        "channels": "",
        "departments": f", coordinator: {first.coordinator}, lead: {first.lead}",
        "categories": f", department: {first.id}, urgency: 3, impact: 2",
    }
    return f"  - {{id: {name}, name: {{en: {words}, zh: {words}}}{tails[shelf]}}}  # {count} rows"


def _names(shelf: Shelf, values: Sequence[str], there: Collection[str]) -> dict[str, str]:
    """An id for each value, different from each other and from those of the policy; a Chinese value gets a number."""
    found: dict[str, str] = {}
    for value in values:
        word = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:60] or "adopted"
        name = first = f"adopted/{word}" if shelf == "categories" else word
        number = 1
        while name in there or name in found.values():
            number += 1
            name = f"{first}-{number}"
        found[value] = name
    return found
