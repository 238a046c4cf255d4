"""api/queue.json read again: ids as they were."""

from typing import Any

from git_feedback.model import ids


def ids_of(queue: dict[str, Any]) -> list[str]:
    """The id of every row."""
    rows = queue["rows"]
    heads = [day for day, many in rows["day"] for _ in range(many)]
    bodies = [rows["id"][6 * row : 6 * row + 6] for row in range(queue["count"])]
    odd = {int(row): whole for row, whole in rows["odd"].items()}
    return [
        odd[row] if row in odd else f"{head}-{body}{ids.check_character(head[-6:] + body)}"
        for row, (head, body) in enumerate(zip(heads, bodies, strict=True))
    ]
