"""How soon feedback gets here: channels that deliver late, the worst first, each with its n."""

from collections.abc import Sequence

from git_feedback.insight.arrivals import Arrivals
from git_feedback.pages.views.words import Words

HOUR_S = 3600


def section(found: Sequence[Arrivals], words: Words) -> dict[str, object]:
    """The rows; channels of which nothing is known are counted below the table."""
    shown = [one for one in found if one.took.n]
    excluded = sum(one.took.excluded for one in found)
    return {
        "rows": [_row(one, words) for one in shown],
        "left_out": words.say("board-arrivals-left-out", excluded) if excluded else "",
    }


def _row(one: Arrivals, words: Words) -> dict[str, object]:
    return {
        "id": one.channel,
        "name": words.channel(one.channel),
        "n": one.took.n,
        "median": _amount(one.took.median_h, words),
        "p90": _amount(one.took.p90_h, words),
        "late": one.late,
        "share": round(100 * one.share_late),
    }


def _amount(hours: float | None, words: Words) -> str:
    """Round the clock: a day has 24 hours here."""
    return words.amount(round((hours or 0) * HOUR_S))
