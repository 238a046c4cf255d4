"""How old the backlog is, and how heavy: a queue that keeps its length can still grow old underneath."""

from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.keys import key_height, paint_key
from git_feedback.charts.labels import brief, whole
from git_feedback.charts.report_series import Age, Ages
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "ages"
SHADES = (1.0, 0.72, 0.37, 0.2, 0.09)
"""A level is weight: how much ink is in the heaviest, the next, ..."""
PALE = 0.3
"""What has less ink than this gets a frame."""
SMALL = 0.92


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the bars lie: from `left`, `per_item` points to an item, `pitch` apart from `top` down."""

    sheet: Sheet
    left: float
    per_item: float
    pitch: float
    top: float

    def middle(self, index: int) -> float:
        return self.top - (index + 0.5) * self.pitch


def draw(series: Ages, language: str) -> Drawing:
    """A bar for each age, its levels from heavy to light."""
    total = sum(sum(age.counts) for age in series.ages)
    none = text("chart-ages-none", language)
    return Drawing(
        name=NAME,
        svgs=_pictures(series, language) if total else message(none),
        alt=_alt(series, total, language) if total else none,
        caption=_caption(series, total, language) if total else none,
        head=(text("chart-ages-age", language), *map(whole, series.levels), text("chart-ages-total", language)),
        rows=tuple(
            (_name(age, language), *map(amounts.count, age.counts), amounts.count(sum(age.counts)))
            for age in series.ages
        ),
    )


def _pictures(series: Ages, language: str) -> dict[str, bytes]:
    rows = len(series.ages)
    return on_every_sheet(
        lambda sheet: _paint(sheet, series, language),
        lambda page: page.for_rows(rows, key_height(page, series.levels) + 0.6 * page.letter),
    )


def _paint(sheet: Sheet, series: Ages, language: str) -> None:
    letter, page = sheet.page.letter, sheet.page
    names = [_name(age, language) for age in series.ages]
    totals = [sum(age.counts) for age in series.ages]
    left = sheet.widest(names) + letter
    room = page.width - left - sheet.widest(map(amounts.count, totals), SMALL) - 0.8 * letter
    bottom = key_height(page, series.levels) + 0.6 * letter
    pitch = (page.height - bottom) / len(names)
    frame = _Frame(sheet, left, room / max(totals), pitch, page.height)
    for index, (age, name, total) in enumerate(zip(series.ages, names, totals, strict=True)):
        sheet.words((left - 0.6 * letter, frame.middle(index)), name, "ink", "right")
        end = _paint_bar(frame, index, age)
        sheet.words((end + 0.6 * letter, frame.middle(index)), amounts.count(total), "ink", scale=SMALL)
    sheet.line([(left, bottom), (left, page.height)], "rest")
    paint_key(sheet, series.levels, [_shade(sheet, place) for place in range(len(series.levels))])


def _paint_bar(frame: _Frame, index: int, age: Age) -> float:
    """The levels of an age side by side, each with its count where that fits; what comes back is the end."""
    sheet, x = frame.sheet, frame.left
    thick = min(0.62 * frame.pitch, 1.7 * sheet.page.letter)
    for place, count in enumerate(age.counts):
        if not count:
            continue
        wide = count * frame.per_item
        box = (x, frame.middle(index) - thick / 2, max(wide - 1, 1.0), thick)
        sheet.boxes([box], _shade(sheet, place))
        if SHADES[min(place, len(SHADES) - 1)] < PALE:
            sheet.frame(box)
        said = amounts.count(count)
        if len([amount for amount in age.counts if amount]) > 1 and sheet.width(said, SMALL) < wide - 4:
            ink = sheet.readable_on(_shade(sheet, place))
            sheet.words((x + wide / 2, frame.middle(index)), said, ink, "center", 0.86)
        x += wide
    return x


def _shade(sheet: Sheet, place: int) -> str:
    return sheet.mixed("ink", SHADES[min(place, len(SHADES) - 1)])


# ---- words --------------------------------------------------------------------------------------------------------------


def _name(age: Age, language: str) -> str:
    if age.last is None:
        return text("chart-ages-from", language, first=age.first)
    if age.last == age.first:
        return text("chart-ages-one", language, n=age.first, first=age.first)
    return text("chart-ages-between", language, first=age.first, last=age.last)


def _alt(series: Ages, total: int, language: str) -> str:
    most = max(series.ages, key=lambda age: sum(age.counts))
    oldest = [age for age in series.ages if any(age.counts)][-1]
    return text(
        "chart-ages-alt",
        language,
        n=total,
        total=amounts.count(total),
        most=_name(most, language),
        count=amounts.count(sum(most.counts)),
        oldest=_name(oldest, language),
        old=amounts.count(sum(oldest.counts)),
    )


def _caption(series: Ages, total: int, language: str) -> str:
    """How much of it is in the oldest age, and how many of these are of the heaviest level there."""
    last = series.ages[-1]
    old = sum(last.counts)
    if not old:
        return text("chart-ages-young", language, age=_name(last, language))
    place = next(place for place, count in enumerate(last.counts) if count)
    return text(
        "chart-ages-caption",
        language,
        n=old,
        age=_name(last, language),
        count=amounts.count(old),
        share=amounts.percent(old, total),
        level=brief(series.levels[place]),
        heavy=amounts.count(last.counts[place]),
    )
