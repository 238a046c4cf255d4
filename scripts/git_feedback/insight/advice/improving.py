"""Advice about problems that come again, and about measures."""

from git_feedback.insight.advice.ground import URGENT, USEFUL, Ground, Suggestion, strength
from git_feedback.insight.measured import Measured, lately_done, measured
from git_feedback.model.measures import Measure
from git_feedback.triage.recurring import FEWEST_SUBMITTERS

FEWEST_OF_RECORD = 2
"""One new item of a known problem may be the last one."""
LONG_ENOUGH_WEEKS = 4.0
"""A measure gets a month to work before somebody asks whether it does."""
OVERDUE_DAYS = 7
"""A week late is what a reminder mends; three weeks late ask for a decision."""


def unrecorded(ground: Ground) -> Suggestion | None:
    """A problem that several people met and that has no record: make one."""
    due = [one for one in ground.again if one.proposes_problem]
    if not due:
        return None
    worst = max(due, key=lambda one: (one.people, len(one.came), one.key))
    return Suggestion(
        "advice-unrecorded",
        strength(URGENT, worst.people, FEWEST_SUBMITTERS),
        {"group": worst.key, "key": worst.key, "n": len(worst.items), "people": worst.people},
        worst.items,
    )


def unmeasured(ground: Ground) -> Suggestion | None:
    """A problem that has a record, still comes, and about which nothing is planned."""
    open_ones = {one.id for one in ground.known.records if one.is_open}
    bare = [one for one in ground.again if one.problem in open_ones and not one.measures]
    worst = next((one for one in bare if len(one.came) >= FEWEST_OF_RECORD), None)
    if worst is None:
        return None
    return Suggestion(
        "advice-unmeasured",
        strength(URGENT, len(worst.came), FEWEST_OF_RECORD),
        {"problem": worst.key, "n": len(worst.came), "total": len(worst.items)},
        worst.items,
    )


def overdue_measures(ground: Ground) -> Suggestion | None:
    """Measures whose day is over: another day, other hands, or drop them."""
    late = ground.progress.overdue
    if not late or late[0].due is None:
        return None
    days = (ground.known.period.next.first - late[0].due).days
    return Suggestion(
        "advice-overdue-measures",
        strength(USEFUL, days, OVERDUE_DAYS) if days > OVERDUE_DAYS else USEFUL,
        {"measure": late[0].id, "n": len(late), "days": days},
        tuple(dict.fromkeys(name for one in late for name in one.items if name in ground.there)),
    )


def without_effect(ground: Ground) -> Suggestion | None:
    """A measure that was done long enough ago and changed nothing, or not what was expected: think again."""
    for one in lately_done(ground.known.measures, ground.known.period):
        found = measured(one, ground.known.standings, ground.known.policy, ground.known.until)
        if found and found.effect.weeks >= LONG_ENOUGH_WEEKS and _is_without(one, found):
            effect = found.effect
            return Suggestion(
                "advice-without-effect",
                strength(USEFUL, effect.weeks, LONG_ENOUGH_WEEKS),
                {"measure": one.id, "before": effect.before, "after": effect.after, "weeks": effect.weeks},
                tuple(name for name in one.items if name in ground.there),
                f"state:all {found.asked}",
            )
    return None


def _is_without(one: Measure, found: Measured) -> bool:
    if one.expects is not None:
        return found.expectation == "not-met"
    return found.effect.verdict in ("same", "more")
