"""Advice about promises kept, solutions that hold, and what people say afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight.advice.ground import TIDY, URGENT, USEFUL, Ground, Suggestion, strength
from git_feedback.insight.confidence import wilson
from git_feedback.insight.verdicts import BREACHED, MET, Verdict
from git_feedback.model.events import Resolve

FEWEST_JUDGED = 8
"""On either side of a comparison: with fewer, one late item moves a share by more than ten points."""
MORE_THAN_HALF = 0.5
FEWEST_LATE = 5
"""Half of four is two: nobody plans a rota for two items."""
FEW_ANSWERS = 0.3
"""Below three of ten, those who answer are mostly those who are cross or delighted: satisfaction says little."""
FEWEST_ASKED = 10
PATIENCE = timedelta(days=7)
"""Who was replied to less than a week before the end has hardly had time to answer."""
COMES_BACK = 0.1
"""More than one solution in ten did not hold."""
FEWEST_REOPENED = 3
WHY_IS_TOLD = 0.5
"""With fewer than half of the causes written down, what is found about causes is about the others' absence."""
FEWEST_RESOLVED = 10


def keeps_less(ground: Ground) -> Suggestion | None:
    """A department that keeps a promise less often than the others keep the same one, beyond chance."""
    found = sorted(_less(ground), key=lambda one: (one[0], one[1].values["department"]), reverse=True)
    return found[0][1] if found else None


def _less(ground: Ground) -> Iterator[tuple[float, Suggestion]]:
    groups: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in ground.look.counted:
        groups[verdict.clock, verdict.level].append(verdict)
    for (clock, level), judged in sorted(groups.items()):
        for name in sorted({one.standing.state.department or "" for one in judged} - {""}):
            own = [one for one in judged if one.standing.state.department == name]
            others = [one for one in judged if one.standing.state.department != name]
            made = _compared(own, others)
            if made:
                yield made[0] - made[1], _keeps_less((clock, level, name), own, made)


def _compared(own: Sequence[Verdict], others: Sequence[Verdict]) -> tuple[float, float] | None:
    """The share that others kept and its own, where the intervals of both lie apart."""
    if min(len(own), len(others)) < FEWEST_JUDGED:
        return None
    kept, their = (sum(one.outcome == MET for one in listed) for listed in (own, others))
    mine, theirs = wilson(kept, len(own)), wilson(their, len(others))
    assert mine and theirs
    return (their / len(others), kept / len(own)) if mine.high < theirs.low else None


def _keeps_less(key: tuple[str, str, str], own: Sequence[Verdict], shares: tuple[float, float]) -> Suggestion:
    clock, level, name = key
    late = [one for one in own if one.outcome == BREACHED]
    return Suggestion(
        "advice-keeps-less",
        strength(URGENT, 1 - shares[1], max(1 - shares[0], 0.1)),
        {
            "department": name,
            "clock": clock,
            "level": level,
            "share": round(shares[1], 4),
            "share_others": round(shares[0], 4),
            "n": len(own),
            "late": len(late),
        },
        _ids(late),
    )


def late_after_hours(ground: Ground) -> Suggestion | None:
    """Most of what was late had come while the office was closed, beyond what comes then anyway: a rota, a notice."""
    office = ground.known.policy.office
    late = ground.look.breached
    closed = [one for one in late if not office.is_open(one.standing.item.received)]
    if len(late) < FEWEST_LATE or len(closed) <= MORE_THAN_HALF * len(late):
        return None
    counted = ground.look.counted
    usual = sum(not office.is_open(one.standing.item.received) for one in counted) / len(counted)
    share = wilson(len(closed), len(late))
    if share is None or share.low <= usual:
        return None
    return Suggestion(
        "advice-late-after-hours",
        strength(URGENT, len(closed) / len(late), MORE_THAN_HALF),
        {"n": len(closed), "late": len(late), "share_usual": round(usual, 4)},
        _ids(closed),
    )


def few_answers(ground: Ground) -> Suggestion | None:
    """Hardly anybody says how it went: ask otherwise."""
    asked = [one for one in ground.look.replied if one.replied and one.replied < ground.known.until - PATIENCE]
    heard = sum(bool(one.heard) for one in asked)
    if len(asked) < FEWEST_ASKED or heard >= FEW_ANSWERS * len(asked):
        return None
    missing = 1 - heard / len(asked)
    return Suggestion(
        "advice-few-answers",
        strength(TIDY, missing, 1 - FEW_ANSWERS),
        {"n": len(asked), "heard": heard, "share": round(heard / len(asked), 4)},
        tuple(one.standing.item.id for one in asked if not one.heard),
    )


def comes_back(ground: Ground) -> Suggestion | None:
    """A category whose solutions do not hold: what the review looks at is worth a look."""
    resolved, reopened = defaultdict[str, int](int), defaultdict[str, list[str]](list)
    for one in ground.look.resolved:
        resolved[one.category] += 1
    for one in ground.look.reopened:
        reopened[one.category].append(one.standing.item.id)
    bad = [
        name
        for name, ids in reopened.items()
        if len(ids) >= FEWEST_REOPENED and resolved[name] >= FEWEST_JUDGED and len(ids) > COMES_BACK * resolved[name]
    ]
    name = min(bad, key=lambda name: (-len(reopened[name]) / resolved[name], name), default=None)
    if name is None:
        return None
    back = len(reopened[name])
    return Suggestion(
        "advice-comes-back",
        strength(USEFUL, back / resolved[name], COMES_BACK),
        {"category": name, "n": back, "resolved": resolved[name]},
        tuple(reopened[name]),
    )


def why_untold(ground: Ground) -> Suggestion | None:
    """Too few solutions say why it happened: without causes nothing can be mended for good."""
    solved = [one for one in ground.look.resolved if not one.standing.state.short and _is_ours(one.standing)]
    untold = [one.standing.item.id for one in solved if not _says_why(one.standing, ground)]
    told = len(solved) - len(untold)
    if len(solved) < FEWEST_RESOLVED or told >= WHY_IS_TOLD * len(solved):
        return None
    return Suggestion(
        "advice-why-untold",
        strength(TIDY, len(untold) / len(solved), WHY_IS_TOLD),
        {"n": len(solved), "told": told},
        tuple(untold),
    )


def _is_ours(one: Standing) -> bool:
    """What was imported was solved elsewhere."""
    return one.item.record != "history"


def _says_why(one: Standing, ground: Ground) -> bool:
    events = counted(one.item, ground.known.until)
    return any(event.cause for event in events if isinstance(event, Resolve))


def _ids(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """The items, each once, in the order of their verdicts."""
    return tuple(dict.fromkeys(one.standing.item.id for one in verdicts))
