"""The pool of ideas that nobody promised a solution for: how feasible they are, and whether somebody looked at them."""

from git_feedback.insight.ageing import aged
from git_feedback.insight.pool import Pool, Pooled
from git_feedback.pages.page import Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.words import Words

MOST = 6


def section(record: Record, found: Pool, words: Words) -> dict[str, object]:
    """Every group with its first items, and the sentence about the quarter."""
    shown = [one.standing for group in found.groups.values() for one in group[:MOST]]
    ages = {one.standing.item.id: one.days for one in aged(shown, record.policy.office, record.now)}
    return {
        "total": found.total,
        "not_looked_at": found.not_looked_at,
        "until": words.on(found.until),
        "level": ",".join(sorted({one.standing.state.level or "" for group in found.groups.values() for one in group})),
        "left_out": [
            words.say(f"board-pool-{why}", n) for why, n in (("settled", found.settled), ("short", found.short)) if n
        ],
        "groups": [
            {
                "name": words.say(f"board-feasibility-{name}"),
                "count": len(group),
                "rows": [_row(one, ages[one.standing.item.id], words) for one in group[:MOST]],
                "more": max(0, len(group) - MOST),
            }
            for name, group in found.groups.items()
            if group
        ],
    }


def _row(one: Pooled, days: int, words: Words) -> dict[str, object]:
    return {
        "row": rows.row(one.standing, words),
        "category": words.category(one.standing.state.category),
        "received": words.day(one.standing.item.received),
        "age": words.say("page-working-days", days),
        "looked": _looked(one, words),
        "this_quarter": one.this_quarter,
    }


def _looked(one: Pooled, words: Words) -> str:
    if one.looked_at is None:
        return words.say("board-never-looked")
    code = "board-looked" if one.this_quarter else "board-looked-before"
    return words.say(code, day=words.day(one.looked_at), who=words.person(one.looked_by))
