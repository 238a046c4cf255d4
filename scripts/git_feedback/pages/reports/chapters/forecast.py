"""What the next eight weeks will bring, by category: shown where it was less wrong than "the same as last week"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from git_feedback.charts import Ahead, Counted, Fan, amounts
from git_feedback.insight.forecast import AHEAD, SEASON_FROM, Expected, NoSeasons
from git_feedback.insight.outlook import EVERYTHING, Line, Outlook, outlook
from git_feedback.pages.reports.document import Cell, Chart, Paragraph, Part, Point, Points, Table, chart
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "forecast"
_NAMED = 8
"""So many categories without a forecast are named; of more the number is told."""
TOO_LITTLE = ("few-weeks", "few-items", "few-origins")
"""Verdicts that rest on how much is known, not on how good a forecast was."""


@dataclass(frozen=True, slots=True)
class Found:
    """The next weeks; None where the library that finds the time of year is not installed."""

    outlook: Outlook | None


def find(material: Material) -> Found:
    """Always there: where nothing can be forecast, it says why."""
    try:
        return Found(outlook(material.ledger.courses, material.until, material.zone, AHEAD))
    except NoSeasons:
        return Found(None)


def tell(found: Found, _: Material, speech: Speech) -> Sequence[Part]:
    """What is expected, how good such forecasts were, a fan, and a table for each of both by category."""
    if found.outlook is None:
        return [Paragraph(speech.say("forecast-no-library"))]
    seen = found.outlook
    lines = [line for line in (seen.whole, *seen.categories) if line.verdict == "shown"]
    return [*_whole(seen, speech), *_tables(seen, lines, speech), *_without(seen, speech)]


def _whole(seen: Outlook, speech: Speech) -> Iterator[Part]:
    whole = seen.whole
    if whole.verdict != "shown":
        yield Paragraph(why_none(whole, speech))
        return
    yield Paragraph(in_short(seen, whole, speech))
    yield Paragraph(how_good(whole, speech))
    yield _fan(whole, speech)
    yield Paragraph(remarks(seen, whole, speech), hushed=True)


# ---- sentences, which the command `forecast` says too ------------------------------------------------------------------


def in_short(seen: Outlook, line: Line, speech: Speech) -> str:
    """How many are expected in all weeks together, and how many came in as many weeks before."""
    before = sum(line.latest.last(seen.ahead).counts)
    return speech.say(
        "forecast-in-short",
        seen.ahead,
        total=amounts.count(round(line.total)),
        day=amounts.plain_day(seen.week, speech.language),
        before=amounts.count(before),
    )


def how_good(line: Line, speech: Speech) -> str:
    """How wrong it was at so many month ends, and how wrong "the same as last week"."""
    test = line.test
    return speech.say(
        "forecast-how-good",
        test.origins,
        wrong=amounts.decimal(test.wrong or 0),
        naive=amounts.decimal(test.wrong_as_before or 0),
        gain=_whole_percent(test.gain),
        within=_whole_percent(test.within_80),
    )


def why_none(line: Line, speech: Speech) -> str:
    """Why nothing is shown of a category, or of everything."""
    name = name_of(line, speech)
    if line.verdict == "not-better":
        wrong, naive = (amounts.decimal(one or 0) for one in (line.test.wrong, line.test.wrong_as_before))
        return speech.say("forecast-not-better", line.test.origins, name=name, wrong=wrong, naive=naive)
    if line.ready:
        return speech.say("forecast-too-short", line.known, name=name, day=speech.day(line.ready))
    return speech.say("forecast-no-history" if not line.known else "forecast-too-rare", None, name=name)


def remarks(seen: Outlook, line: Line, speech: Speech) -> str:
    """Whether the time of year counts, and whether the first week runs already."""
    unseasonal = "forecast-no-season" if line.known >= SEASON_FROM else "forecast-short-season"
    said = speech.say("forecast-season" if line.seasonal else unseasonal)
    if seen.after == seen.week:
        return said
    begun = speech.say("forecast-has-begun", (seen.after - seen.week).days)
    return said + ("" if speech.language == "zh" else " ") + begun


def too_little(seen: Outlook, speech: Speech) -> str:
    """The categories that come too seldom or have too short a history, in one sentence; nothing without any."""
    little = [line for line in seen.categories if line.verdict in TOO_LITTLE]
    if not little:
        return ""
    named = speech.listed(speech.category(line.category) for line in little[:_NAMED])
    code = "forecast-too-little" if len(little) <= _NAMED else "forecast-too-little-and-more"
    return speech.say(code, len(little), names=named)


# ---- chart and tables ---------------------------------------------------------------------------------------------------


def _fan(line: Line, speech: Speech) -> Chart:
    known = tuple(Counted(line.latest.monday(number), count) for number, count in enumerate(line.latest.counts))
    ahead = tuple(Ahead(one.week, one.mean, one.low_50, one.high_50, one.low_80, one.high_80) for one in line.expected)
    return chart(Fan(known, ahead), speech.language, speech.say("forecast-fan"), "fan")


def _tables(seen: Outlook, lines: Sequence[Line], speech: Speech) -> Iterator[Part]:
    if not lines:
        return
    yield _by_week(seen, lines, speech)
    yield _worth(seen, lines, speech)
    if len(lines) > 1:
        yield Paragraph(speech.say("forecast-by-itself"), hushed=True)


def _by_week(seen: Outlook, lines: Sequence[Line], speech: Speech) -> Table:
    """A row for each category, a column for each week: what is expected, and where it lies 8 times of 10."""
    days = [amounts.short_day(one.week, speech.language) for one in lines[0].expected]
    rows = tuple((Cell(name_of(line, speech)), *map(_week, line.expected)) for line in lines)
    head = (speech.say("forecast-category"), *days)
    heading = speech.say("forecast-by-week", seen.ahead)
    return Table("forecast", heading, head, rows, (False, *(True for _ in days)))


def _week(one: Expected) -> Cell:
    return Cell(f"{amounts.count(round(one.mean))} ({one.low_80}–{one.high_80})", round(one.mean, 1))


def _worth(seen: Outlook, lines: Sequence[Line], speech: Speech) -> Table:
    """All weeks together beside as many before them, and how good such forecasts were."""
    head = tuple(
        speech.say(f"forecast-{name}", seen.ahead)
        for name in ("category", "weeks-before", "weeks-ahead", "wrong", "wrong-as-before", "gain", "origins")
    )
    rows = tuple(_worth_row(seen, line, speech) for line in lines)
    return Table("forecast-worth", speech.say("forecast-worth"), head, rows, (False, *(True for _ in head[1:])))


def _worth_row(seen: Outlook, line: Line, speech: Speech) -> tuple[Cell, ...]:
    test, before = line.test, sum(line.latest.last(seen.ahead).counts)
    return (
        Cell(name_of(line, speech)),
        Cell(amounts.count(before), before, query=_query(seen, line)),
        Cell(amounts.count(round(line.total)), round(line.total, 1)),
        Cell(amounts.decimal(test.wrong or 0), test.wrong),
        Cell(amounts.decimal(test.wrong_as_before or 0), test.wrong_as_before),
        Cell(_whole_percent(test.gain), test.gain),
        Cell(amounts.count(test.origins), test.origins),
    )


def _query(seen: Outlook, line: Line) -> str:
    """What finds the items of the weeks before."""
    category = f" category:{line.category}" if line.category != EVERYTHING else ""
    first, last = line.latest.last(seen.ahead).first, line.latest.end - timedelta(days=1)
    return f"state:all{category} received:{first}..{last}"


def name_of(line: Line, speech: Speech) -> str:
    """What a line is about: all items, or a category."""
    return speech.say("forecast-all") if line.category == EVERYTHING else speech.category(line.category)


def _without(seen: Outlook, speech: Speech) -> Iterator[Part]:
    """Categories of which nothing is shown; where the whole has too short a history, so has each of them."""
    if seen.whole.verdict in TOO_LITTLE:
        return
    points = [Point(why_none(line, speech)) for line in seen.of("not-better")]
    little = too_little(seen, speech)
    if little:
        points.append(Point(little))
    if points:
        yield Points(tuple(points), speech.say("forecast-without"))


def _whole_percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"
