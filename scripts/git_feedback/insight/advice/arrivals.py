"""Advice about what comes in, where it goes, and where it lies."""

import statistics
from collections import Counter

from git_feedback.desk import Standing
from git_feedback.insight.advice.ground import TIDY, URGENT, USEFUL, Ground, Suggestion, strength
from git_feedback.insight.confidence import wilson
from git_feedback.insight.courses import UNCLASSIFIED
from git_feedback.insight.loads import owner_load

MUCH_OF_ALL = 0.2
"""A fifth of everything: fewer than five such categories are the whole work of a desk, so each is worth a cause."""
FEWEST_RECEIVED = 20
"""With fewer items a share of a fifth is four of them: that is no pattern."""
FEWEST_UNSORTED = 3
"""One or two that nobody has sorted yet are a busy morning."""
FEWEST_SENT_AROUND = 3
TWICE = 2
"""Given back once is a mistake; twice is a rule that sends it to the wrong place."""
UNEVEN = 2.0
"""Twice the median is what a second person could take over at once."""
FULL_LOAD = 8
"""Below that even the longest list is a day or two of work."""
FEWEST_OWNERS = 3
"""The median of two says nothing about either."""
LONG_WAIT_DAYS = 10
"""Working days after which SLA rules remind and propose to close."""
FEWEST_WAITING = 3


def category_grows(ground: Ground) -> Suggestion | None:
    """A category that is much of everything and came more often than chance explains: its cause, or an article."""
    look, before = ground.look, ground.before
    if before is None or len(look.received) < FEWEST_RECEIVED:
        return None
    now = Counter(one.category for one in look.received)
    then = Counter(one.category for one in before.received)
    grown = [name for name in now if _may_grow(name, ground) and _rose(now[name], then[name])]
    name = min(grown, key=lambda name: (-now[name], name), default=None)
    if name is None or now[name] < MUCH_OF_ALL * len(look.received):
        return None
    share = now[name] / len(look.received)
    return Suggestion(
        "advice-category-grows",
        strength(USEFUL, share, MUCH_OF_ALL),
        {"category": name, "n": now[name], "before": then[name], "share": round(share, 4), "month": before.period},
        tuple(one.standing.item.id for one in look.received if one.category == name),
        f"state:all category:{name} received:{look.period}",
    )


def _may_grow(name: str, ground: Ground) -> bool:
    """Praise may grow, and what nobody has classified is another matter."""
    known = ground.known.policy.categories.get(name)
    return name != UNCLASSIFIED and not (known and known.short)


def _rose(now: int, then: int) -> bool:
    """Whether so many more would hardly come by chance: of both, the later share is beyond one half."""
    share = wilson(now, now + then)
    return bool(share and share.low > 1 / 2)


def unsorted_waits(ground: Ground) -> Suggestion | None:
    """Items that nobody has classified a whole working day after they came."""
    office, until = ground.known.policy.office, ground.known.until
    waiting = [
        one
        for one in ground.known.standings
        if one.state.life == "new"
        and one.item.record != "history"
        and office.close_of_day(one.item.received, 1) < until
    ]
    if len(waiting) < FEWEST_UNSORTED:
        return None
    oldest = min(one.item.received for one in waiting)
    return Suggestion(
        "advice-unsorted-waits",
        strength(URGENT, len(waiting), FEWEST_UNSORTED),
        {"n": len(waiting), "days": (until - oldest).days},
        tuple(one.item.id for one in waiting),
        "state:new",
    )


def sent_around(ground: Ground) -> Suggestion | None:
    """A category whose items were given back twice or more: where it is sent to is worth a look."""
    found = [one for one in ground.look.received if one.standing.state.returns >= TWICE]
    counts = Counter(one.category for one in found)
    name = min(counts, key=lambda name: (-counts[name], name), default="")
    if counts[name] < FEWEST_SENT_AROUND:
        return None
    return Suggestion(
        "advice-sent-around",
        strength(USEFUL, counts[name], FEWEST_SENT_AROUND),
        {"category": name, "n": counts[name]},
        tuple(one.standing.item.id for one in found if one.category == name),
        f"state:all category:{name} returned:{TWICE} received:{ground.look.period}",
    )


def uneven_load(ground: Ground) -> Suggestion | None:
    """Somebody has more than twice what others have: something to be shared, and nobody's fault."""
    loads = {owner: int(str(load["open"])) for owner, load in owner_load(_worked_on(ground)).items()}
    if len(loads) < FEWEST_OWNERS:
        return None
    owner, most = next(iter(loads.items()))
    median = statistics.median(loads.values())
    if most < FULL_LOAD or most <= UNEVEN * median:
        return None
    return Suggestion(
        "advice-uneven-load",
        strength(TIDY, most, UNEVEN * median),
        {"person": owner, "n": most, "median": median, "owners": len(loads)},
        tuple(one.item.id for one in ground.known.standings if one.state.owner == owner and one.state.is_unfinished),
        f"owner:{owner} state:unfinished",
    )


def _worked_on(ground: Ground) -> list[Standing]:
    """Imported history that is over is nobody's work."""
    return [one for one in ground.known.standings if one.state.is_open or one.item.record != "history"]


def long_waits(ground: Ground) -> Suggestion | None:
    """Items that have waited for an answer of their submitters for ten working days: remind them, or close."""
    office, until = ground.known.policy.office, ground.known.until
    waiting = [
        one
        for one in ground.known.standings
        if one.state.life == "waiting"
        and one.state.waiting_for == "submitter"
        and office.close_of_day(one.state.since, LONG_WAIT_DAYS) < until
    ]
    if len(waiting) < FEWEST_WAITING:
        return None
    return Suggestion(
        "advice-long-waits",
        strength(TIDY, len(waiting), FEWEST_WAITING),
        {"n": len(waiting), "days": LONG_WAIT_DAYS},
        tuple(one.item.id for one in waiting),
        "state:waiting",
    )
