"""The sentences of the chapter on changes: how many came, how many targets were kept, how long a solution took."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.insight import Period
from git_feedback.insight.contributions import LEAST_PART, NO_REASON, Mover, Reasons
from git_feedback.insight.medians import Medians, Pull
from git_feedback.insight.on_time import Effect, OnTime
from git_feedback.pages.reports.document import Point, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.queries import received
from git_feedback.pages.reports.speech import Speech

MOVERS = 3
EFFECTS = 2
DIFFERING = 5
LEAST_NAMED = 2
LEAST_POINTS = 0.0005
"""A part of a share that would read 0.0 points."""
FEW_ITEMS = 5
"""So many items are named one by one; more are behind a query."""
ENOUGH_A_DAY = 20
"""Fewer items are no figure for a day."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a comparison is told: `than` names the earlier period `before`."""

    material: Material
    speech: Speech
    than: str
    before: str

    def say(self, code: str, n: int | None = None, **values: object) -> str:
        """The words for a code; `period` is the earlier period, `now` this one."""
        this = self.speech.period(self.material.period.name)
        return self.speech.say(code, n, **{"period": self.than, "this": this} | values)

    def clauses(self, clauses: Sequence[str]) -> str:
        """Parts of a sentence one after the other."""
        return ("；" if self.speech.language == "zh" else "; ").join(clauses)

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return ("" if self.speech.language == "zh" else " ").join(one for one in sentences if one)


def name_of(period: str, now: Period, speech: Speech) -> str:
    """An earlier period; one of another year than the one before is told with its year."""
    if period == now.previous.name or now.months == 12:
        return speech.period(period)
    return speech.say("report-changes-of-year", year=period[:4], period=speech.period(period))


def group_name(side: str, group: str, speech: Speech) -> str:
    """What a group is called."""
    if side == "clock":
        return speech.clock(*group.split(":", 1))
    if not group:
        return speech.say("report-changes-unsaid")
    known = {"category": speech.category, "channel": speech.channel, "department": speech.department}
    return known[side](group) if side in known else group


def _group(side: str, group: str, voice: Voice) -> str:
    """A group in a sentence, with what kind of group it is."""
    name = group_name(side, group, voice.speech)
    return name if side == "clock" else voice.say(f"report-changes-group-{side}", group=name)


def _opening(side: str, group: str, voice: Voice) -> str:
    """A group at the beginning of a sentence."""
    said = _group(side, group, voice)
    return f"{said[:1].upper()}{said[1:]}"


# ---- how many came --------------------------------------------------------------------------------------------------


def of_received(found: Reasons, open_days: tuple[int, int] | None, voice: Voice) -> Iterator[Point]:
    """The change in number, what explains it, and whether there were fewer days to come on (None: not to compare)."""
    apart = found.now - found.before
    code = "more" if apart > 0 else "fewer" if apart else "same"
    said = voice.say(f"report-changes-{code}", abs(apart), now=f"{found.now:,}", before=f"{found.before:,}")
    name = voice.material.period.name
    yield Point(voice.joined(said, _reading(found, voice)), query=received(voice.material, name) if found.now else "")
    if found.few:
        yield from _differing(found, voice)
        return
    yield from (_mover(one, apart, _are_parts(found, one.side), voice) for one in _largest(found.movers))
    if open_days and _days_matter(found, *open_days):
        per_day = [f"{count / days:.1f}" for count, days in zip((found.before, found.now), open_days, strict=True)]
        yield Point(
            voice.say("report-changes-open-days", days=open_days[1], were=open_days[0], a=per_day[1], b=per_day[0])
        )


def _days_matter(found: Reasons, were: int, days: int) -> bool:
    """Whether more or fewer working days would alone have made a real part of the change."""
    if min(found.now, found.before) < ENOUGH_A_DAY or not (were and days) or were == days:
        return False
    return abs(found.before * (days / were - 1)) >= max(LEAST_PART * abs(found.now - found.before), 1)


def _largest(movers: Sequence[Mover]) -> list[Mover]:
    return sorted(movers, key=lambda one: -abs(one.change))[:MOVERS]


def _reading(found: Reasons, voice: Voice) -> str:
    if found.few:
        return voice.say("report-changes-few")
    if not found.beyond_chance and found.movers:
        return voice.say("report-changes-chance-shifted")
    if not found.beyond_chance:
        return voice.say("report-changes-chance") if found.now != found.before else ""
    return "" if found.movers else _spread(found, voice)


def _spread(found: Reasons, voice: Voice) -> str:
    """That nothing stands out, and which category changed most all the same."""
    way = 1 if found.now > found.before else -1
    named = (one for one in found.groups if one.side == "category" and one.group not in NO_REASON)
    most = max(named, key=lambda one: (way * one.change, one.now, one.group), default=None)
    if most is None or way * most.change < LEAST_NAMED:
        return voice.say("report-changes-spread")
    category = voice.speech.category(most.group)
    return voice.say("report-changes-spread-most", category=category, before=f"{most.before:,}", count=f"{most.now:,}")


def _are_parts(found: Reasons, side: str) -> bool:
    """Whether what the movers of a side changed is not more than the whole: then they can be told as parts of it."""
    whole = found.now - found.before
    moved = [one.change for one in found.movers if one.side == side]
    return all(one * whole > 0 for one in moved) and abs(sum(moved)) <= abs(whole)


def _mover(one: Mover, whole: int, is_part: bool, voice: Voice) -> Point:
    """A part of the change; where the whole changed less, or stood still, just how it moved."""
    group, amount = _group(one.side, one.group, voice), abs(one.change)
    code = "rose" if one.change > 0 else "fell"
    values = {"group": group, "before": f"{one.before:,}", "now": f"{one.now:,}"}
    if is_part:
        said = voice.say(f"report-changes-part-{code}", amount, whole=f"{abs(whole):,}", **values)
    else:
        said = voice.say(f"report-changes-moved-{code}", amount, **values)
    span = voice.material.period.name if one.change > 0 else voice.before
    query = received(voice.material, span, {one.side: one.group}) if len(one.items) > FEW_ITEMS else ""
    also = voice.speech.listed(_group(*pair, voice) for pair in one.also)
    said = voice.joined(said, voice.say("report-changes-also", also=also) if also else "")
    return Point(said, items=() if query else shown_items(one.items), query=query)


def _differing(found: Reasons, voice: Voice) -> Iterator[Point]:
    """The categories that differ, where there are too few for more."""
    differing = [one for one in found.groups if one.side == "category" and one.change]
    for one in sorted(differing, key=lambda one: (-abs(one.change), one.group))[:DIFFERING]:
        span = voice.material.period.name if one.now else voice.before
        sides = {} if one.group in NO_REASON else {one.side: one.group}
        values = {"group": voice.speech.category(one.group), "now": f"{one.now:,}", "before": f"{one.before:,}"}
        yield Point(voice.say("report-changes-differs", None, **values), query=received(voice.material, span, sides))


# ---- how many targets were kept -------------------------------------------------------------------------------------


def of_on_time(found: OnTime, voice: Voice) -> Iterator[Point]:
    """The share, the mix and the rate in its change, and the groups that made it."""
    if not found.n:
        return
    late = tuple(dict.fromkeys(item for one in found.late for item in one.late))
    yield Point(voice.joined(*_share(found, voice)), items=shown_items(late))
    for one in found.told[:EFFECTS]:
        yield Point(_effect(one, voice), items=shown_items(one.late))


def _share(found: OnTime, voice: Voice) -> Iterator[str]:
    values = {"met": f"{found.met:,}", "all": f"{found.n:,}", "were_met": f"{found.before_met:,}"}
    values |= {"were": f"{found.before_n:,}", "share": voice.speech.share(found.met / found.n)}
    if found.few:
        yield voice.say(f"report-changes-on-time-{'few' if found.before_n else 'first'}", None, **values)
    else:
        before = voice.speech.share(found.before_met / found.before_n)
        yield voice.say("report-changes-on-time", None, before=before, **values)
        yield _on_time_reading(found, voice)
    if found.late and not found.told:
        named = (voice.say("report-changes-late", one.n - one.met, clock=_clock(one, voice)) for one in found.late)
        more = len(found.late) > DIFFERING
        shown = voice.speech.listed(list(named)[:DIFFERING])
        yield voice.say("report-changes-late-mostly" if more else "report-changes-late-were", named=shown)
    elif not found.late:
        yield voice.say("report-changes-none-late")


def _clock(one: Effect, voice: Voice) -> str:
    return group_name(one.side, one.group, voice.speech)


def _on_time_reading(found: OnTime, voice: Voice) -> str:
    """By how much it changed and through what; or that this is chance."""
    if not found.beyond_chance:
        return voice.say("report-changes-within-chance") if found.change else ""
    way = "rose" if found.change > 0 else "fell"
    through = [
        voice.say(f"report-changes-{name}-{'up' if part > 0 else 'down'}", points=_points(part))
        for name, part in sorted((("rate", found.rate), ("mix", found.mix)), key=lambda pair: -abs(pair[1]))
        if abs(part) >= LEAST_POINTS
    ]
    said = voice.say(f"report-changes-on-time-{way}", points=_points(found.change), through=voice.clauses(through))
    return voice.joined(said, "" if found.told else voice.say("report-changes-on-time-spread"))


def _effect(one: Effect, voice: Voice) -> str:
    """What a group did: kept more or less often, or more or fewer of it."""
    kind, way = "rate" if one.is_rate and one.n and one.before_n else "mix", "won" if one.both > 0 else "lost"
    return voice.say(
        f"report-changes-{kind}-{way}",
        group=_opening(one.side, one.group, voice),
        points=_points(one.both),
        met=f"{one.met:,}",
        all=f"{one.n:,}",
        were_met=f"{one.before_met:,}",
        were=f"{one.before_n:,}",
    )


def _points(share: float) -> str:
    return f"{abs(100 * share):.1f}"


# ---- how long a solution took ---------------------------------------------------------------------------------------


def of_solution(found: Medians, voice: Voice) -> Iterator[Point]:
    """The median, and which group moved it."""
    if not found.n:
        return
    yield Point(voice.joined(*_median(found, voice)), items=found.slowest)
    for one in sorted(found.told, key=lambda one: -abs(one.moved_h))[:1]:
        yield Point(_pull(one, voice), items=shown_items(one.items))


def _median(found: Medians, voice: Voice) -> Iterator[str]:
    hours = voice.speech.hours
    if not found.before_n:
        yield voice.say("report-changes-median-first", found.n, hours=hours(found.median_h), all=f"{found.n:,}")
    else:
        counts = {"all": f"{found.n:,}", "were": f"{found.before_n:,}"}
        yield voice.say(
            "report-changes-median", None, hours=hours(found.median_h), before=hours(found.before_h), **counts
        )
        if found.few:
            yield voice.say("report-changes-median-few")
        elif not found.beyond_chance:
            yield voice.say("report-changes-within-chance")
        elif not found.told:
            yield voice.say("report-changes-median-spread")
    yield voice.say("report-changes-slowest", len(found.slowest))


def _pull(one: Pull, voice: Voice) -> str:
    hours = voice.speech.hours
    counts = {"all": f"{one.n:,}", "were": f"{one.before_n:,}"}
    return voice.say(
        f"report-changes-pull-{'longer' if one.moved_h > 0 else 'shorter'}",
        None,
        group=_opening(one.side, one.group, voice),
        moved=hours(abs(one.moved_h)),
        hours=hours(one.median_h),
        before=hours(one.before_h),
        **counts,
    )
