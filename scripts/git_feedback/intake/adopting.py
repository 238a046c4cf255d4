"""Policy entries proposed for what a table says and its mapping does not name: to be read, changed and pasted."""

import csv
import io
import re
from collections import Counter

from git_feedback.intake.mapping import Mapping
from git_feedback.notation import scalar
from git_feedback.policy import Policy

_SHELVES = (("channels", "channel"), ("departments", "department"), ("categories", "product"))


def proposal(source: bytes, mapping: Mapping, policy: Policy) -> str:
    """YAML for policy/channels.yml, people.yml and categories.yml, and the lines of the mapping that use it.

    Each value says how many rows have it; the most frequent come first.
    """
    rows = list(csv.DictReader(io.StringIO(source.decode("utf-8-sig"), newline="")))
    parts = [_part(shelf, column, rows, mapping, policy) for shelf, column in _SHELVES]
    return "\n".join(part for part in parts if part) or "# every value of the table has its place in the policy\n"


def _part(shelf: str, field: str, rows: list[dict[str, str]], mapping: Mapping, policy: Policy) -> str:
    named = getattr(mapping.columns, field)
    column = named if isinstance(named, str) else next(iter(named or ()), None)
    if column is None:
        return ""
    unnamed = Counter(
        row[column].strip()
        for row in rows
        if row.get(column, "").strip() and mapping.given(shelf, row) is None  # type: ignore[arg-type]
    )
    if not unnamed:
        return ""
    entries = [_entry(shelf, value, count, policy) for value, count in unnamed.most_common()]
    uses = [f"  - {{when: {{{scalar(column, flow=True)}: {scalar(value, flow=True)}}}, gives: {_token(shelf, value)}}}" for value, _ in unnamed.most_common()]
    return "\n".join([f"# policy: {shelf}", f"{shelf}:", *entries, f"# mapping: {shelf}", f"# {shelf}:", *(f"# {use}" for use in uses), ""])


def _entry(shelf: str, value: str, count: int, policy: Policy) -> str:
    words = scalar(value[:120], flow=True)
    head = f"  - {{id: {_token(shelf, value)}, name: {{en: {words}, zh: {words}}}"
    first = next(iter(policy.departments.values()))
    tails = {
        "channels": "",
        "departments": f", coordinator: {first.coordinator}, lead: {first.lead}",
        "categories": f", department: {first.id}, urgency: 3, impact: 2",
    }
    return f"{head}{tails[shelf]}}}  # {count} rows"


def _token(shelf: str, value: str) -> str:
    token = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:60] or "unnamed"
    return f"adopted/{token}" if shelf == "categories" else token
