"""How old the queue is: unfinished items by working days since they came, and the oldest of them."""

from git_feedback.insight.ageing import Ageing, Bucket
from git_feedback.pages.views import rows
from git_feedback.pages.views.words import Words


def section(found: Ageing, words: Words) -> dict[str, object]:
    """The table of ages by levels, and the oldest items."""
    there = {level for bucket in found.buckets for level in bucket.by_level}
    levels = sorted({*words.policy.edition(words.now.date()).levels, *there} - {""}) + [""] * ("" in there)
    return {
        "total": found.total,
        "waiting": found.waiting,
        "left_out": words.say("board-ageing-history", found.settled_before) if found.settled_before else "",
        "heads": [words.token(level) or words.say("board-unclassified") for level in levels],
        "rows": [_row(bucket, levels, found.total, words) for bucket in found.buckets],
        "oldest": [
            {
                "row": rows.row(one.standing, words),
                "age": words.say("page-working-days", one.days),
                "received": words.day(one.standing.item.received),
            }
            for one in found.oldest
        ],
    }


def _row(bucket: Bucket, levels: list[str], total: int, words: Words) -> dict[str, object]:
    return {
        "name": _name(bucket, words),
        "counts": [bucket.by_level.get(level, 0) for level in levels],
        "total": bucket.total,
        "share": round(100 * bucket.total / total) if total else 0,
    }


def _name(bucket: Bucket, words: Words) -> str:
    if bucket.last is None:
        return words.say("board-age-over", days=bucket.first - 1)
    return words.say("board-age", first=bucket.first, last=bucket.last)
