"""What came each week before and after a measure was done, and the two rates with how sure they are."""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from statistics import NormalDist

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.plot import FEW, SMALL, Plot, paint_ground, plot, under_dates
from git_feedback.charts.report_series import Counted, Effect
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "effect"
Z = NormalDist().inv_cdf(0.975)
LATEST = 53


@dataclass(frozen=True, slots=True)
class Rate:
    """Items a week, and the interval that holds the true rate 95 times of 100."""

    amount: float
    low: float
    high: float


def rate(count: int, weeks: float) -> Rate:
    """The rate of a Poisson process from one count: the score interval n + z²/2 ± z √(n + z²/4).

    C. R. Rao, "Large sample tests of statistical hypotheses concerning several parameters", Proc. Camb. Phil. Soc. 44
    (1948); as Wilson's interval of a share, which `insight.effects` uses, it is never below zero.
    """
    middle, reach = count + Z * Z / 2, Z * sqrt(count + Z * Z / 4)
    return Rate(count / weeks, max(middle - reach, 0.0) / weeks, (middle + reach) / weeks)


def draw(series: Effect, language: str) -> Drawing:
    """The weeks as columns, the day of the measure as a line, the two rates as steps."""
    weeks = sorted(series.weeks, key=lambda week: week.date)
    empty = not any(week.count for week in weeks)
    none = text("chart-effect-none", language)
    return Drawing(
        name=NAME,
        svgs=message(none) if empty else on_every_sheet(lambda sheet: _paint(sheet, series, weeks, language)),
        alt=none if empty else _alt(series, weeks, language),
        caption=none if empty else _caption(series, language),
        head=tuple(text(f"chart-effect-{column}", language) for column in ("week", "side", "count")),
        rows=tuple(
            (f"{week.date}", text(f"chart-effect-{_side(series, week)}", language), amounts.count(week.count))
            for week in weeks
        ),
    )


def _rates(series: Effect) -> tuple[Rate, Rate] | None:
    """Before and after; None while nothing can be said."""
    if series.verdict in ("too-early", "too-few") or not series.length_weeks:
        return None
    return rate(series.before, series.length_weeks), rate(series.after, series.length_weeks)


def _side(series: Effect, week: Counted) -> str:
    if week.date >= series.done:
        return "after"
    return "during" if week.date + timedelta(weeks=1) > series.done else "before"


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, series: Effect, weeks: list[Counted], language: str) -> None:
    weeks = weeks[-LATEST:]
    rates = _rates(series)
    most = max(max(week.count for week in weeks), max(one.high for one in rates) if rates else 0)
    ground = plot(sheet, most, above=4.6)
    places = len(weeks)
    paint_ground(ground)
    if rates:
        _paint_intervals(ground, series, weeks, rates)
    _paint_columns(ground, series, weeks)
    centres = [ground.slot(place + 0.5, places) for place in range(places)]
    under_dates(ground, [week.date for week in weeks], centres, language)
    if rates:
        _paint_rates(ground, series, weeks, rates, language)
    _paint_done(ground, series, weeks, language)
    if places <= FEW:
        _paint_values(ground, series, weeks)


def _parting(ground: Plot, series: Effect, weeks: list[Counted]) -> float:
    """The place of the day on which the measure was done, within its week."""
    passed = (series.done - weeks[0].date).days / 7
    return ground.slot(min(max(passed, 0.0), len(weeks)), len(weeks))


def _spans(ground: Plot, series: Effect, weeks: list[Counted]) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where each rate was counted: as many weeks before the day as after, as far as they are drawn."""
    parting = _parting(ground, series, weeks)
    reach = series.length_weeks * (ground.right - ground.left) / len(weeks)
    return (max(parting - reach, ground.left), parting), (parting, min(parting + reach, ground.right))


def _paint_intervals(ground: Plot, series: Effect, weeks: list[Counted], rates: tuple[Rate, Rate]) -> None:
    for (start, end), one in zip(_spans(ground, series, weeks), rates, strict=True):
        box = (start, ground.y(one.low), end - start, ground.y(one.high) - ground.y(one.low))
        ground.sheet.boxes([box], ground.sheet.mixed("series-2", 0.22))


def _paint_columns(ground: Plot, series: Effect, weeks: list[Counted]) -> None:
    sheet, slot = ground.sheet, (ground.right - ground.left) / len(weeks)
    wide = min(0.6 * slot, 3 * sheet.page.letter)
    for colour, sides in ((_before(sheet), ("before", "during")), ("series-1", ("after",))):
        sheet.boxes(
            [
                (ground.slot(place + 0.5, len(weeks)) - wide / 2, ground.y(0), wide, ground.y(week.count) - ground.y(0))
                for place, week in enumerate(weeks)
                if week.count and _side(series, week) in sides
            ],
            colour,
        )


def _paint_rates(ground: Plot, series: Effect, weeks: list[Counted], rates: tuple[Rate, Rate], language: str) -> None:
    """Each rate as a step over its weeks, with its words above the ground on its side of the line."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    middle = min(max(_parting(ground, series, weeks), 0.4 * sheet.page.width), 0.6 * sheet.page.width)
    height = sheet.page.height - 2.3 * letter
    for number, ((start, end), one) in enumerate(zip(_spans(ground, series, weeks), rates, strict=True)):
        sheet.line([(start, ground.y(one.amount)), (end, ground.y(one.amount))], "series-2-text", 2)
        room = (sheet.page.width - middle if number else middle) - 1.2 * letter
        said = sheet.fitted(_rate(one, sheet.is_narrow, language), room, SMALL)
        side, x = ("left", middle + 0.6 * letter) if number else ("right", middle - 0.6 * letter)
        sheet.words((x, height), said, "series-2-text", side, SMALL)


def _paint_done(ground: Plot, series: Effect, weeks: list[Counted], language: str) -> None:
    sheet, letter = ground.sheet, ground.sheet.page.letter
    x, height = _parting(ground, series, weeks), sheet.page.height - 0.8 * letter
    said = text("chart-effect-done", language, day=amounts.short_day(series.done, language))
    half = sheet.width(said, SMALL) / 2
    sheet.line([(x, ground.bottom), (x, ground.top + 0.9 * letter)], "ink", 1.4)
    sheet.words((min(max(x, half), sheet.page.width - half), height), said, "ink", "center", SMALL)


def _before(sheet: Sheet) -> str:
    return sheet.mixed("rest", 0.6)


def _paint_values(ground: Plot, series: Effect, weeks: list[Counted]) -> None:
    """At the foot of the columns, where no line crosses them; of low ones above."""
    sheet, places, letter = ground.sheet, len(weeks), ground.sheet.page.letter
    wide = min(0.6 * (ground.right - ground.left) / places, 3 * letter)
    for place, week in enumerate(weeks):
        said = amounts.count(week.count)
        if sheet.width(said, SMALL) > wide - 2:
            continue
        inside = ground.y(week.count) - ground.bottom > 1.6 * letter
        colour = "series-1" if _side(series, week) == "after" else _before(sheet)
        height = ground.bottom + 0.8 * letter if inside else ground.y(week.count) + 0.75 * letter
        at = (ground.slot(place + 0.5, places), height)
        sheet.words(at, said, sheet.readable_on(colour) if inside else "ink", "center", SMALL)


# ---- words --------------------------------------------------------------------------------------------------------------


def _rate(one: Rate, short: bool, language: str) -> str:
    return text(
        "chart-effect-rate-short" if short else "chart-effect-rate",
        language,
        amount=amounts.decimal(one.amount),
        low=amounts.decimal(one.low),
        high=amounts.decimal(one.high),
    )


def _alt(series: Effect, weeks: list[Counted], language: str) -> str:
    most, least = (pick(weeks, key=lambda week: week.count) for pick in (max, min))
    return text(
        "chart-effect-alt",
        language,
        weeks=amounts.count(len(weeks)),
        done=amounts.long_day(series.done, language),
        most_day=amounts.plain_day(most.date, language),
        most=amounts.count(most.count),
        least_day=amounts.plain_day(least.date, language),
        least=amounts.count(least.count),
    )


def _caption(series: Effect, language: str) -> str:
    rates = _rates(series)
    if rates is None:
        return text(f"chart-effect-said-{series.verdict}", language)
    before, after = rates
    said = text(
        "chart-effect-caption",
        language,
        weeks=amounts.decimal(series.length_weeks),
        before=_rate(before, False, language),
        after=_rate(after, False, language),
    )
    return said + text(f"chart-effect-said-{series.verdict}", language)
