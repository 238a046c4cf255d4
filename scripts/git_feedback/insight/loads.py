"""What each person has on the desk: a queue that is fair on average can still lie with two people."""

from collections import defaultdict
from collections.abc import Sequence

from git_feedback.desk import Standing

Json = dict[str, object]


def owner_load(standings: Sequence[Standing]) -> dict[str, Json]:
    """By owner `{open, late, waiting, by_level}` of what is unfinished, who has most first.

    `late`: a clock is late and still unanswered.  `waiting`: an answer of somebody else is awaited, within `open`.
    """
    owned: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        if one.state.is_unfinished and one.state.owner:
            owned[one.state.owner].append(one)
    return {owner: _load(owned[owner]) for owner in sorted(owned, key=lambda owner: (-len(owned[owner]), owner))}


def _load(found: Sequence[Standing]) -> Json:
    levels = [one.state.level or "" for one in found]
    return {
        "open": len(found),
        "late": sum(bool(one.worst and one.worst.state == "breached-open") for one in found),
        "waiting": sum(one.state.life == "waiting" for one in found),
        "by_level": {level: levels.count(level) for level in sorted(set(levels))},
    }
