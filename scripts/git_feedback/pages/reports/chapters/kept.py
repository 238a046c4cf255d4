"""Which promises were kept: by clock and level as a picture, then by department, channel and category."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback import charts
from git_feedback.insight import Attained
from git_feedback.insight.kept_by import BY, Group, group, kept_by, merged
from git_feedback.pages.reports.document import Cell, Part, Point, Points, Table, chart, numbers, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "kept"
ENOUGH = 5
"""A share of fewer targets says nothing."""
LEFT_OUT = ("cancelled", "cancelled_late", "no_data")


@dataclass(frozen=True, slots=True)
class Found:
    """The targets of the period and of the one before (None: there was nothing yet), all together and by group."""

    now: Group
    before: Group | None
    attained: tuple[Attained, ...]
    groups: Mapping[str, tuple[Group, ...]]
    groups_before: Mapping[str, tuple[Group, ...]]


def find(material: Material) -> Found:
    """Always there: where nothing was due it says so."""
    judged, earlier = material.look.judged, material.look_before
    return Found(
        now=group("", judged),
        before=group("", earlier.judged) if earlier else None,
        attained=material.figures.attainment,
        groups=kept_by(judged),
        groups_before=kept_by(earlier.judged) if earlier else {},
    )


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """A sentence, the picture, and a table for each way of grouping."""
    said = Points(tuple(Point(one) for one in _sentences(found, material, speech)))
    if not found.attained:
        return [said]
    series = charts.Attainment(
        tuple(
            charts.Share(speech.clock(one.clock, one.level), one.met, one.breached, one.excluded)
            for one in found.attained
        )
    )
    drawn = chart(series, speech.language, speech.say("report-kept-chart"))
    return [said, drawn, *(_table(by, found, material, speech) for by in BY)]


def _sentences(found: Found, material: Material, speech: Speech) -> Iterator[str]:
    now, period = found.now, speech.period(material.period.name)
    if not now.n:
        yield speech.say("report-kept-none", period=period)
    elif now.n < ENOUGH:
        yield speech.say("report-kept-few", now.n, period=period, kept=now.kept, missed=now.missed)
    else:
        share = speech.share(now.share)
        yield speech.say(
            "report-kept", now.n, period=period, kept=f"{now.kept:,}", share=share, missed=f"{now.missed:,}"
        )
    if found.before and found.before.n >= ENOUGH and now.n >= ENOUGH:
        before = speech.period(material.period.previous.name)
        share = speech.share(found.before.share)
        yield speech.say(
            "report-kept-before", found.before.n, period=before, share=share, kept=f"{found.before.kept:,}"
        )
    if reasons := _reasons(now, speech):
        yield speech.say("report-kept-left-out", reasons=reasons)


def _left_out(one: Group) -> int:
    return sum(getattr(one, reason) for reason in LEFT_OUT)


def _reasons(one: Group, speech: Speech) -> str:
    """Why some do not count, each reason with its number."""
    counts = ((reason.replace("_", "-"), getattr(one, reason)) for reason in LEFT_OUT)
    return speech.listed(speech.say(f"report-kept-{reason}", count=f"{n:,}") for reason, n in counts if n)


def _table(by: str, found: Found, material: Material, speech: Speech) -> Table:
    before = speech.period(material.period.previous.name) if found.before else speech.say("report-before")
    columns = ("n", "kept", "missed", "share")
    head = (
        speech.say(f"report-clocks-{by}"),
        *(speech.say(f"report-kept-column-{name}") for name in columns),
        before,
        speech.say("report-kept-column-left-out"),
    )
    earlier = {one.name: one for one in found.groups_before.get(by, ())}
    spotless = _spotless(by, found.groups[by])
    listed = (one for one in found.groups[by] if one not in spotless)
    rows = [_row(getattr(speech, by)(one.name), one, earlier.get(one.name), speech) for one in listed]
    if spotless:
        before_them = [earlier[one.name] for one in spotless if one.name in earlier]
        rest = speech.say("report-clocks-rest", len(spotless))
        rows.append(_row(rest, merged(spotless), merged(before_them) if before_them else None, speech))
    heading = speech.say(f"report-kept-by-{by}")
    return Table(f"{NAME}-{by}", heading, head, tuple(rows), (False, True, True, True, True, True, False))


def _spotless(by: str, groups: Sequence[Group]) -> list[Group]:
    """Groups of which nothing was missed or left out, to be told in one row; departments are told one by one."""
    found = [one for one in groups if not one.missed and not _left_out(one)]
    return found if by != "department" and len(found) > 1 else []


def _row(name: str, one: Group, before: Group | None, speech: Speech) -> tuple[Cell, ...]:
    left_out = _left_out(one)
    return (
        Cell(name),
        *numbers(one.n, one.kept),
        Cell(f"{one.missed:,}", one.missed, shown_items(one.late)),
        _share(one, speech),
        _share(before, speech) if before else Cell("–"),
        Cell(_reasons(one, speech) or "0", left_out),
    )


def _share(one: Group, speech: Speech) -> Cell:
    """A share, with its number; of fewer than ENOUGH it would say nothing."""
    if one.n < ENOUGH:
        return Cell("–")
    return Cell(speech.share(one.share), one.share)
