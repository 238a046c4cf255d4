"""What is to be expected in the next weeks, and how sure that is: the farther ahead, the wider the fan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.plot import LINE, SMALL, Plot, apart, paint_ground, plot, under_dates
from git_feedback.charts.report_series import Ahead, Counted, Fan
from git_feedback.charts.sheet import Point, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "fan"
LATEST = {"wide": 26, "phone": 13}
"""So many weeks of history are drawn: the fan is what the chart is about.  The table has them all."""
BANDS = (("80", 0.2), ("50", 0.42))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The ground with the weeks that are drawn: `past` first, `ahead` after them."""

    ground: Plot
    past: Sequence[Counted]
    ahead: Sequence[Ahead]

    def x(self, place: int) -> float:
        return self.ground.x(place, len(self.past) + len(self.ahead))

    @property
    def joint(self) -> list[tuple[float, float]]:
        """Where the fan opens: at the last known week, with its count."""
        return [(self.x(len(self.past) - 1), self.past[-1].count)] if self.past else []

    def spread(self, low: str, high: str) -> list[Point]:
        """The outline of a band."""
        places = range(len(self.past), len(self.past) + len(self.ahead))
        lower = [*self.joint, *((self.x(at), getattr(one, low)) for at, one in zip(places, self.ahead, strict=True))]
        upper = [*self.joint, *((self.x(at), getattr(one, high)) for at, one in zip(places, self.ahead, strict=True))]
        return [(x, self.ground.y(amount)) for x, amount in (*lower, *reversed(upper))]


def draw(series: Fan, language: str) -> Drawing:
    """Known weeks as a line, expected ones as a fan."""
    history = sorted(series.history, key=lambda week: week.date)
    ahead = sorted(series.ahead, key=lambda week: week.date)
    none = text("chart-fan-none", language)
    return Drawing(
        name=NAME,
        svgs=on_every_sheet(lambda sheet: _paint(sheet, history, ahead, language)) if ahead else message(none),
        alt=_alt(history, ahead, language) if ahead else none,
        caption=_caption(history, ahead, language) if ahead else none,
        head=tuple(text(f"chart-fan-{column}", language) for column in ("week", "count", "expected", "half", "most")),
        rows=tuple(_rows(history, ahead)),
    )


def _paint(sheet: Sheet, history: list[Counted], ahead: list[Ahead], language: str) -> None:
    past = history[-LATEST[sheet.page.name] :]
    names = [text(f"chart-fan-name-{name}", language) for name in ("80", "expected", "50")]
    most = max(*(week.count for week in past), *(week.high_80 for week in ahead), 0)
    ground = plot(sheet, most, sheet.widest(names, SMALL) + 1.4 * sheet.page.letter, above=2.6)
    frame = _Frame(ground, past, ahead)
    paint_ground(ground)
    _paint_fan(frame)
    _paint_line(frame)
    dates: list[date] = [*(week.date for week in past), *(week.date for week in ahead)]
    under_dates(ground, dates, [frame.x(place) for place in range(len(dates))], language)
    _paint_names(frame, names)
    _paint_values(frame)


def _paint_fan(frame: _Frame) -> None:
    sheet = frame.ground.sheet
    if len(frame.ahead) + len(frame.joint) < 2:
        _paint_whisker(frame)
        return
    for name, strength in BANDS:
        sheet.area([frame.spread(f"low_{name}", f"high_{name}")], sheet.mixed("series-1", strength))


def _paint_whisker(frame: _Frame) -> None:
    """One week ahead of nothing: its bands as two bars."""
    x, one, y = frame.x(0), frame.ahead[0], frame.ground.y
    for (name, strength), wide in zip(BANDS, (8.0, 14.0), strict=True):
        low, high = y(getattr(one, f"low_{name}")), y(getattr(one, f"high_{name}"))
        frame.ground.sheet.boxes(
            [(x - wide / 2, low, wide, high - low)], frame.ground.sheet.mixed("series-1", strength)
        )


def _paint_line(frame: _Frame) -> None:
    sheet, y = frame.ground.sheet, frame.ground.y
    known = [(frame.x(place), y(week.count)) for place, week in enumerate(frame.past)]
    start = len(known)
    expected = [(frame.x(start + place), y(week.expected)) for place, week in enumerate(frame.ahead)]
    if len(known) > 1:
        sheet.line(known, "ink-2", LINE[sheet.page.name])
    if len(known[-1:] + expected) > 1:
        sheet.line([*known[-1:], *expected], "series-1", LINE[sheet.page.name], dashed=True)
    if known:
        sheet.marks(known[-1:], "ink-2", "o")
    sheet.marks(expected, "series-1", "o", 5)


def _paint_names(frame: _Frame, names: list[str]) -> None:
    """`8 of 10`, `expected`, `5 of 10` at the ends of what they name."""
    ground, last = frame.ground, frame.ahead[-1]
    sheet, letter = ground.sheet, ground.sheet.page.letter
    heights = [ground.y(last.high_80), ground.y(last.expected), ground.y((last.low_50 + last.expected) / 2)]
    for name, height in zip(names, apart(heights, 1.4 * letter, ground.bottom, ground.top + letter), strict=True):
        sheet.words((ground.right + 1.1 * letter, height), name, "series-1", scale=SMALL)


def _paint_values(frame: _Frame) -> None:
    """The expected numbers above the fan, where they have room beside each other."""
    ground, sheet = frame.ground, frame.ground.sheet
    letter, end, start = sheet.page.letter, -1.0, len(frame.past)
    for place, week in enumerate(frame.ahead):
        said = amounts.count(round(week.expected))
        x, half = frame.x(start + place), sheet.width(said, SMALL) / 2
        if x - half >= end:
            sheet.words((x, ground.y(week.high_80) + 0.9 * letter), said, "ink", "center", SMALL)
            end = x + half + 0.4 * letter


# ---- words --------------------------------------------------------------------------------------------------------------


def _span(low: float, high: float) -> str:
    return f"{amounts.decimal(low)}–{amounts.decimal(high)}"


def _alt(history: list[Counted], ahead: list[Ahead], language: str) -> str:
    most, least = (pick(ahead, key=lambda week: week.expected) for pick in (max, min))
    return text(
        "chart-fan-alt",
        language,
        n=len(ahead),
        known=amounts.count(len(history)),
        weeks=amounts.count(len(ahead)),
        first=amounts.long_day(ahead[0].date, language),
        most_day=amounts.plain_day(most.date, language),
        most=amounts.decimal(most.expected),
        least_day=amounts.plain_day(least.date, language),
        least=amounts.decimal(least.expected),
    )


def _caption(history: list[Counted], ahead: list[Ahead], language: str) -> str:
    first = ahead[0]
    said = text(
        "chart-fan-caption",
        language,
        expected=amounts.decimal(first.expected),
        half=_span(first.low_50, first.high_50),
        most=_span(first.low_80, first.high_80),
    )
    if not history:
        return said
    return said + text("chart-fan-last", language, n=history[-1].count, count=amounts.count(history[-1].count))


def _rows(history: list[Counted], ahead: list[Ahead]) -> list[tuple[str, ...]]:
    known = [(f"{week.date}", amounts.count(week.count), "–", "–", "–") for week in history]
    expected = [
        (
            f"{week.date}",
            "–",
            amounts.decimal(week.expected),
            _span(week.low_50, week.high_50),
            _span(week.low_80, week.high_80),
        )
        for week in ahead
    ]
    return [*known, *expected]
