"""Measures: what was due and what was done, what is late, and whether the finished ones changed anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from git_feedback.charts.report_series import Counted
from git_feedback.charts.report_series import Effect as Drawn
from git_feedback.insight.effects import FEWEST, WEEKS
from git_feedback.insight.measured import Measured, lately_done, measured, progress, sayable_from
from git_feedback.model.measures import Measure
from git_feedback.pages.reports.chapters.recurring import sentences
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, chart, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "measures"


@dataclass(frozen=True, slots=True)
class Step:
    """A measure in the period: `state` is done, late (open, its day is over), coming (due in the next period).

    `days`: how many late it was done or is, below zero where it was done early; None without a due day.
    """

    measure: str
    state: str
    due: date | None
    done: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that was done lately, and what it changed; None where nothing says what to count."""

    measure: str
    done: date
    found: Measured | None


@dataclass(frozen=True, slots=True)
class Found:
    """What became of measures: ids of those `due` and `kept` (of these done) in the period, `done` in it, `late` at
    its end, `coming` in the next one; `later` counts the other open ones."""

    due: tuple[str, ...]
    kept: tuple[str, ...]
    done: tuple[str, ...]
    late: tuple[str, ...]
    coming: tuple[str, ...]
    later: int
    steps: tuple[Step, ...]
    effects: tuple[Changed, ...]


def find(material: Material) -> Found:
    """Always there: a desk without measures is told so."""
    there = known(material)
    now = progress(there, material.period)
    end = material.period.next.first
    steps = [_step(one, "late", end) for one in now.overdue] + [_step(one, "done", end) for one in now.done]
    return Found(
        due=_ids(now.due),
        kept=_ids([one for one in now.due if one.done]),
        done=_ids(now.done),
        late=_ids(now.overdue),
        coming=_ids(now.coming),
        later=len(now.later),
        steps=(*steps, *(_step(one, "coming", end) for one in now.coming)),
        effects=tuple(_changed(one, material) for one in lately_done(there, material.period)),
    )


def known(material: Material) -> list[Measure]:
    """The measures that somebody could think of by then: one of the items that they come from had arrived."""
    return [one for one in material.measures if any(name in material.by_id for name in one.items)]


def _ids(measures: Sequence[Measure]) -> tuple[str, ...]:
    return tuple(one.id for one in measures)


def _step(one: Measure, state: str, end: date) -> Step:
    """A late one is as many days late as it is on the first day after the period."""
    until = one.done if state == "done" else end
    days = (until - one.due).days if state != "coming" and one.due and until else None
    return Step(one.id, state, one.due, one.done, days)


def _changed(one: Measure, material: Material) -> Changed:
    assert one.done
    return Changed(one.id, one.done, measured(one, material.standings, material.policy, material.until))


# ---- words --------------------------------------------------------------------------------------------------------------


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """What was due and done in two or three sentences, a table of it, and the effects one by one."""
    by_id = {one.id: one for one in material.measures}
    if not (found.steps or found.effects or found.later):
        return [Paragraph(speech.say("report-measures-none"))]
    parts: list[Part] = [Paragraph(sentences(list(_lead(found, material, speech)), speech))]
    if found.steps:
        parts.append(_table(found, by_id, speech))
    if found.effects:
        parts.append(
            Points(
                tuple(_effect(one, by_id[one.measure], material, speech) for one in found.effects),
                speech.say("report-measures-effects"),
            )
        )
        parts += [part for one in found.effects for part in _chart(one, by_id[one.measure], speech)]
    else:
        parts.append(Paragraph(speech.say("report-measures-no-effects"), hushed=True))
    return parts


def _lead(found: Found, material: Material, speech: Speech) -> Iterator[str]:
    period, coming = speech.period(material.period.name), speech.period(material.period.next.name)
    kept = len(found.kept)
    all_or_none = "-all" if kept == len(found.due) else "-no" if not kept else ""
    code = f"report-measures-due{all_or_none}" if found.due else "report-measures-due-none"
    yield speech.say(code, len(found.due), period=period, kept=kept)
    more = len(set(found.done) - set(found.due))
    if more:
        yield speech.say("report-measures-done", more)
    if found.late:
        yield speech.say("report-measures-late", len(found.late))
    else:
        yield speech.say("report-measures-late-none")
    if found.coming:
        yield speech.say("report-measures-coming", len(found.coming), period=coming)
    else:
        yield speech.say("report-measures-coming-none", period=coming)
    if found.later:
        yield speech.say("report-measures-later", found.later)


def _table(found: Found, by_id: dict[str, Measure], speech: Speech) -> Table:
    head = tuple(speech.say(f"report-measures-{column}") for column in ("measure", "from", "owner", "day", "state"))
    rows = tuple(tuple(_row(step, by_id[step.measure], speech)) for step in found.steps)
    return Table(NAME, "", head, rows, (False, True, False, False, False))


def _row(step: Step, one: Measure, speech: Speech) -> Iterator[Cell]:
    yield Cell(title(one, speech))
    yield Cell(f"{len(one.items):,}", len(one.items), shown_items(one.items))
    yield Cell(speech.person(one.owner))
    yield Cell(speech.day(step.due) if step.due else speech.say("report-measures-no-day"))
    days = step.days or 0
    day = speech.day(step.done) if step.done else ""
    if step.state != "done":
        yield Cell(speech.say(f"report-measures-is-{step.state}", days), turn="worse" if step.state == "late" else "")
    elif days > 0:
        yield Cell(speech.say("report-measures-done-late", days, day=day), turn="worse")
    else:
        yield Cell(speech.say("report-measures-done-on", day=day))


def title(one: Measure, speech: Speech) -> str:
    """What a measure is called."""
    return one.words(one.title, speech.language)[0]


# ---- effects ------------------------------------------------------------------------------------------------------------


def _effect(one: Changed, measure: Measure, material: Material, speech: Speech) -> Point:
    """What came before and after, whether that is more than chance, and what was hoped for."""
    head = speech.say("report-measures-effect", title=title(measure, speech), day=speech.day(one.done))
    if one.found is None:
        return Point(sentences([head, speech.say("report-measures-uncounted")], speech))
    said = [
        head,
        *_counts(one.found, speech),
        *_verdict(one, one.found, material, speech),
        *_hoped(one, measure, speech),
    ]
    return Point(
        sentences(said, speech), () if one.found.effect.verdict == "too-early" else shown_items(one.found.items)
    )


def _counts(found: Measured, speech: Speech) -> Iterator[str]:
    effect = found.effect
    if effect.verdict != "too-early":
        weeks = f"{effect.weeks:.1f}".removesuffix(".0")
        yield speech.say("report-measures-counted", weeks=weeks, before=effect.before, after=effect.after)


def _verdict(one: Changed, found: Measured, material: Material, speech: Speech) -> Iterator[str]:
    effect, end = found.effect, material.period.next.first
    if effect.verdict == "too-early":
        yield speech.say("report-measures-too-early", day=speech.day(sayable_from(one.done)))
    elif effect.verdict == "too-few":
        last = one.done + timedelta(weeks=WEEKS)
        code = "report-measures-too-few" if last > end else "report-measures-too-few-for-good"
        yield speech.say(code, least=FEWEST, day=speech.day(last))
    elif effect.ratio is None or effect.low is None or effect.high is None:
        yield speech.say("report-measures-none-before")
    else:
        low, high = _change(effect.low, speech), _change(effect.high, speech)
        yield speech.say(f"report-measures-{effect.verdict}", change=_change(effect.ratio, speech), low=low, high=high)


def _change(ratio: float, speech: Speech) -> str:
    """A ratio of two rates as a change: 0.5 is "50 % fewer"."""
    percent = round(100 * (ratio - 1))
    way = "fewer-by" if percent < 0 else "more-by" if percent > 0 else "unchanged"
    return speech.say(f"report-measures-{way}", percent=f"{abs(percent)} %")


def _hoped(one: Changed, measure: Measure, speech: Speech) -> Iterator[str]:
    if measure.expects:
        hope = _change(1 + measure.expects / 100, speech)
        reached = one.found.expectation if one.found and one.found.expectation else "open"
        yield speech.say(f"report-measures-hoped-{reached}", hope=hope)


def _chart(one: Changed, measure: Measure, speech: Speech) -> Iterator[Part]:
    """The weeks around the day, where there is enough to say anything."""
    if one.found is None or one.found.effect.verdict in ("too-early", "too-few"):
        return
    effect = one.found.effect
    weeks = tuple(Counted(day, count) for day, count in one.found.weekly)
    series = Drawn(
        weeks,
        one.done,
        effect.verdict,
        effect.weeks,
        effect.before,
        effect.after,
        effect.ratio,
        effect.low,
        effect.high,
    )
    heading = speech.say("report-measures-chart", title=title(measure, speech))
    yield chart(series, speech.language, heading, f"effect-{measure.id}")
