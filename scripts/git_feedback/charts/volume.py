"""Items received and resolved by day: the ground between the lines is the backlog, growing or shrinking."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.plot import FEW, steps
from git_feedback.charts.series import Day, Volume
from git_feedback.charts.sheet import Point, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "volume"
MONDAY = 0
RECEIVED = ("series-2", "series-2-text", "o")
RESOLVED = ("series-1", "series-1", "s")


def draw(series: Volume, language: str) -> Drawing:
    days = sorted(series.days, key=lambda day: day.date)
    received, resolved = sum(day.received for day in days), sum(day.resolved for day in days)
    return Drawing(
        name=NAME,
        svgs=_pictures(days, language) if received or resolved else message(text("chart-volume-none", language)),
        alt=_alt(days, received, resolved, language),
        caption=_caption(days, received, resolved, language),
        head=tuple(text(f"chart-volume-{column}", language) for column in ("date", "received", "resolved")),
        rows=tuple((f"{day.date}", amounts.count(day.received), amounts.count(day.resolved)) for day in days),
    )


def gaps(upper: Sequence[Point], lower: Sequence[Point]) -> list[list[Point]]:
    """The shapes between two lines over the same places, where `upper` really is the higher one."""
    shapes = []
    for (before_up, after_up), (before_low, after_low) in zip(pairwise(upper), pairwise(lower), strict=True):
        before, after = before_up[1] - before_low[1], after_up[1] - after_low[1]
        if max(before, after) <= 0:
            continue
        crossing = _between(before_up, after_up, before / (before - after)) if min(before, after) < 0 else None
        left = [before_low, before_up] if before >= 0 else [crossing]
        right = [after_up, after_low] if after >= 0 else [crossing]
        shapes.append([corner for corner in (*left, *right) if corner])
    return shapes


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where dates and amounts lie on the sheet."""

    sheet: Sheet
    days: list[Day]
    ticks: list[int]
    left: float
    right: float
    bottom: float
    top: float

    def x(self, day: Day) -> float:
        first, last = self.days[0].date, self.days[-1].date
        share = (day.date - first).days / (last - first).days if last > first else 0.5
        return self.left + share * (self.right - self.left)

    def y(self, amount: int) -> float:
        return self.bottom + amount / self.ticks[-1] * (self.top - self.bottom)

    @property
    def day_width(self) -> float:
        return (self.right - self.left) / max((self.days[-1].date - self.days[0].date).days, 1)


def _pictures(days: list[Day], language: str) -> dict[str, bytes]:
    return on_every_sheet(lambda sheet: _paint(_frame(sheet, days, language), language))


def _frame(sheet: Sheet, days: list[Day], language: str) -> _Frame:
    letter, page = sheet.page.letter, sheet.page
    ticks = steps(max(max(day.received, day.resolved) for day in days))
    names = sheet.widest(text(f"chart-volume-{line}", language) for line in ("received", "resolved"))
    left = sheet.widest(map(amounts.count, ticks)) + 2 * letter
    right = page.width - names - 0.8 * letter - _beside(sheet, days)
    return _Frame(sheet, days, ticks, left, right, 2 * letter, page.height - 1.8 * letter)


def _beside(sheet: Sheet, days: list[Day]) -> float:
    """From the last point to the names of the lines: past its mark, and past its values where they are written."""
    values = sheet.widest(amounts.count(amount) for amount in (days[-1].received, days[-1].resolved))
    return (
        1.2 * sheet.page.letter
        if len(days) > FEW
        else 0.6 * sheet.page.letter + max(values / 2, 0.6 * sheet.page.letter)
    )


def _paint(frame: _Frame, language: str) -> None:
    received = [(frame.x(day), frame.y(day.received)) for day in frame.days]
    resolved = [(frame.x(day), frame.y(day.resolved)) for day in frame.days]
    _paint_closed_days(frame)
    _paint_axes(frame, language)
    frame.sheet.area(gaps(received, resolved), "series-2", 0.18)
    frame.sheet.area(gaps(resolved, received), "series-1", 0.18)
    _paint_line(frame.sheet, resolved, RESOLVED, len(frame.days) <= FEW)
    _paint_line(frame.sheet, received, RECEIVED, len(frame.days) <= FEW)
    if _has_room_for_values(frame):
        _paint_values(frame)
    _paint_names(frame, received[-1], resolved[-1], language)


def _paint_closed_days(frame: _Frame) -> None:
    half = frame.day_width / 2
    closed = [day for day in frame.days if not day.working and len(frame.days) > 1]
    spans = [(max(frame.x(day) - half, frame.left), min(frame.x(day) + half, frame.right)) for day in closed]
    height = frame.top - frame.bottom
    frame.sheet.boxes([(start, frame.bottom, end - start, height) for start, end in spans], "sunk")


def _paint_axes(frame: _Frame, language: str) -> None:
    sheet, letter = frame.sheet, frame.sheet.page.letter
    for tick in frame.ticks:
        sheet.line([(frame.left - 0.8 * letter, frame.y(tick)), (frame.right + 0.8 * letter, frame.y(tick))])
        sheet.words((frame.left - 1.2 * letter, frame.y(tick)), amounts.count(tick), "ink-3", "right")
    for day in _dated(frame, language):
        label = amounts.short_day(day.date, language)
        sheet.words((frame.x(day), frame.bottom - 1.1 * letter), label, "ink-3", "center")


def _dated(frame: _Frame, language: str) -> list[Day]:
    """The days with their date under the axis: all of a few, else Mondays, thinned until the dates stand apart."""
    mondays = [day for day in frame.days if day.date.weekday() == MONDAY]
    chosen = mondays if len(frame.days) > FEW and mondays else frame.days
    room = frame.sheet.widest(amounts.short_day(day.date, language) for day in chosen) + frame.sheet.page.letter
    dated: list[Day] = []
    for day in chosen:
        if not dated or frame.x(day) - frame.x(dated[-1]) >= room:
            dated.append(day)
    return dated


def _paint_line(sheet: Sheet, points: list[Point], look: tuple[str, str, str], marked: bool) -> None:
    colour, _, marker = look
    if len(points) > 1:
        sheet.line(points, colour, 2 if not sheet.is_narrow else 1.6)
    sheet.marks(points if marked else points[-1:], colour, marker)


def _has_room_for_values(frame: _Frame) -> bool:
    if len(frame.days) > FEW:
        return False
    written = (amounts.count(amount) for day in frame.days for amount in (day.received, day.resolved))
    nearest = min((frame.x(after) - frame.x(before) for before, after in pairwise(frame.days)), default=frame.right)
    return frame.sheet.widest(written) <= nearest


def _paint_values(frame: _Frame) -> None:
    sheet, apart = frame.sheet, 1.1 * frame.sheet.page.letter
    for day in frame.days:
        low, high = sorted((day.received, day.resolved))
        sheet.words((frame.x(day), frame.y(high) + apart), amounts.count(high), "ink", "center", 0.92)
        if low < high and frame.y(low) - apart > frame.bottom + 0.4 * apart:
            sheet.words((frame.x(day), frame.y(low) - apart), amounts.count(low), "ink", "center", 0.92)


def _paint_names(frame: _Frame, received: Point, resolved: Point, language: str) -> None:
    """Each line's name at its end, pushed apart where the ends are close."""
    sheet, apart = frame.sheet, 1.5 * frame.sheet.page.letter
    middle = (received[1] + resolved[1]) / 2
    push = max(apart, abs(received[1] - resolved[1])) / 2
    middle = max(middle, frame.bottom + push)
    up = push if received[1] >= resolved[1] else -push
    right = (frame.right if len(frame.days) > 1 else frame.x(frame.days[-1])) + _beside(sheet, frame.days)
    sheet.words((right, middle + up), text("chart-volume-received", language), RECEIVED[1])
    sheet.words((right, middle - up), text("chart-volume-resolved", language), RESOLVED[1])


def _alt(days: list[Day], received: int, resolved: int, language: str) -> str:
    if not received + resolved:
        return text("chart-volume-none", language)
    peak = max(days, key=lambda day: day.received)
    return text(
        "chart-volume-alt",
        language,
        first=amounts.long_day(days[0].date, language),
        last=amounts.long_day(days[-1].date, language),
        received=amounts.count(received),
        resolved=amounts.count(resolved),
        peak_day=amounts.plain_day(peak.date, language),
        peak=amounts.count(peak.received),
    )


def _caption(days: list[Day], received: int, resolved: int, language: str) -> str:
    if not received + resolved:
        return text("chart-volume-none", language)
    change = "grew" if received > resolved else "shrank" if received < resolved else "level"
    said = text(f"chart-volume-{change}", language, amount=amounts.count(abs(received - resolved)))
    closed = any(not day.working for day in days)
    return said + (text("chart-volume-closed", language) if closed else "")
