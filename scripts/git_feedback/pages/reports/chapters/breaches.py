"""Every missed target with its cause, and what the causes cost in all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.insight.lateness import Breach, Cause, Lateness, Stretch, lateness
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.pages.reports.working_hours import working_hours

NAME = "breaches"
SHOWN = 30
ENOUGH = 5
"""Of fewer missed targets the list says all; shares of them would say nothing."""
NEXT_FROM = 0.25
"""From this share on the second longest stretch is told beside the cause."""
LEAST_SHARE = 0.01
"""What cost less than this, and was the main cause of nothing, is left out of the table of causes."""


@dataclass(frozen=True, slots=True)
class Found:
    """The missed targets of the period: `total`, of so many `items`; the first SHOWN of them, the ids of the rest, and
    the causes.  `seconds` is the working time of all of them, `late_s` what of it was beyond the targets, `before` how
    many were missed in the period before (None: there was nothing yet), `judged` how many counted."""

    total: int
    items: tuple[str, ...]
    judged: int
    before: int | None
    seconds: int
    late_s: int
    unanswered: int
    causes: tuple[Cause, ...]
    breaches: tuple[Breach, ...]
    rest: tuple[str, ...]


def find(material: Material) -> Found:
    """Always there: where nothing was late it says so."""
    late, before = lateness(material.ledger, material.period), material.look_before
    shown, rest = late.breaches[:SHOWN], late.breaches[SHOWN:]
    return Found(
        total=len(late.breaches),
        items=_ids(late),
        judged=len(material.look.counted),
        before=len(before.breached) if before else None,
        seconds=late.seconds,
        late_s=late.late_s,
        unanswered=sum(one.unanswered for one in late.breaches),
        causes=late.causes,
        breaches=shown,
        rest=tuple(dict.fromkeys(one.item for one in rest)),
    )


def _ids(late: Lateness) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.item for one in late.breaches))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Sentences, the causes, the missed targets one by one."""
    if not found.total:
        code = "report-breaches-none" if found.judged else "report-breaches-nothing-due"
        return [Paragraph(speech.say(code, found.judged, period=speech.period(material.period.name)))]
    parts: list[Part] = [Points(tuple(_points(found, material, speech)))]
    if found.total >= ENOUGH:
        parts.append(_causes(found, speech))
    parts.append(_table(found, speech))
    if found.rest:
        more = speech.say("report-breaches-more", found.total - len(found.breaches))
        parts.append(Points((Point(more, shown_items(found.rest)),)))
    return [*parts, Paragraph(speech.say("report-breaches-method"), hushed=True)]


def _points(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    items = speech.say("report-clocks-items", len(found.items))
    amounts = {"items": items, "late": working_hours(found.late_s, speech.language)}
    period = speech.period(material.period.name)
    yield Point(speech.say("report-breaches", found.total, period=period, **amounts), shown_items(found.items))
    if found.before is not None:
        before = speech.period(material.period.previous.name)
        yield Point(speech.say(f"report-breaches-{_turn(found)}", found.before, period=before))
    if found.total >= ENOUGH:
        worst = found.causes[0]
        values = {"cause": speech.say(f"report-cause-{worst.kind}"), "share": speech.share(worst.share)}
        hours = working_hours(worst.seconds, speech.language)
        yield Point(speech.say("report-breaches-worst", worst.targets, hours=hours, **values), shown_items(worst.items))
    if found.unanswered:
        yield Point(speech.say("report-breaches-unanswered", found.unanswered))


def _turn(found: Found) -> str:
    """Whether more were missed than in the period before."""
    before = found.before or 0
    return "rise" if found.total > before else "fall" if found.total < before else "same"


def _causes(found: Found, speech: Speech) -> Table:
    columns = ("cause", "time", "share", "targets")
    head = tuple(speech.say(f"report-breaches-column-{name}") for name in columns)
    rows = tuple(_cost(one, speech) for one in found.causes if one.targets or one.share >= LEAST_SHARE)
    return Table(f"{NAME}-causes", speech.say("report-breaches-causes"), head, rows, (False, True, True, True))


def _cost(one: Cause, speech: Speech) -> tuple[Cell, ...]:
    return (
        Cell(speech.say(f"report-cause-{one.kind}")),
        Cell(working_hours(one.seconds, speech.language), round(one.seconds / 3600, 2)),
        Cell(speech.share(one.share), one.share),
        Cell(f"{one.targets:,}", one.targets, shown_items(one.items)),
    )


def _table(found: Found, speech: Speech) -> Table:
    columns = ("item", "clock", "category", "due", "whose", "late", "cause")
    head = tuple(speech.say(f"report-breaches-column-{name}") for name in columns)
    rows = tuple(tuple(_row(one, speech)) for one in found.breaches)
    heading = speech.say("report-breaches-each")
    return Table(NAME, heading, head, rows, (False, False, False, False, False, True, False))


def _row(one: Breach, speech: Speech) -> Iterator[Cell]:
    late = working_hours(one.late_s, speech.language)
    yield Cell(one.item, items=(one.item,))
    yield Cell(speech.clock(one.clock, one.level))
    yield Cell(speech.category(one.category))
    yield Cell(speech.day(one.due))
    yield Cell(_whose(one, speech))
    yield Cell(speech.say("report-breaches-open", late=late) if one.unanswered else late, round(one.late_s / 3600, 2))
    yield Cell(_why(one, speech))


def _whose(one: Breach, speech: Speech) -> str:
    """Owner and department when the time was used up."""
    if not one.owner:
        return speech.department(one.department)
    return speech.say(
        "report-clocks-whose", owner=speech.person(one.owner), department=speech.department(one.department)
    )


def _why(one: Breach, speech: Speech) -> str:
    said = [_stretch(stretch, one, speech) for stretch in one.stretches[:1]]
    said += [_stretch(stretch, one, speech) for stretch in one.stretches[1:2] if _weighs(stretch, one)]
    return speech.say("report-breaches-and").join(said)


def _weighs(stretch: Stretch, one: Breach) -> bool:
    return stretch.seconds >= NEXT_FROM * sum(each.seconds for each in one.stretches)


def _stretch(stretch: Stretch, one: Breach, speech: Speech) -> str:
    """A cause, how long it took, and what is to be known of it besides."""
    cause = speech.say(f"report-cause-{stretch.kind}")
    said = speech.say("report-breaches-took", cause=cause, hours=working_hours(stretch.seconds, speech.language))
    if stretch.kind == "handed-on":
        return speech.say("report-breaches-times", one.times_given_on, said=said)
    return speech.say("report-breaches-load", one.load, said=said) if stretch.kind == "overload" else said
