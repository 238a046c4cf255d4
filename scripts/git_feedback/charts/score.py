"""Who would recommend us and who would not: the score alone hides how many are in the middle, and how few were asked."""

from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.keys import key_height, paint_key
from git_feedback.charts.labels import brief, whole
from git_feedback.charts.report_series import Band, Score
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "score"
PARTS = ("detractors", "passives", "promoters")
COLOURS = {"detractors": "series-2", "passives": "rest", "promoters": "series-1"}
STRENGTHS = {"detractors": 0.9, "passives": 0.4, "promoters": 1.0}
COLUMNS = ("label", *PARTS, "n", "score", "interval")
SMALL = 0.92


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the bars lie: from `left`, `full` long, the rows `pitch` high from `top` down."""

    sheet: Sheet
    left: float
    full: float
    pitch: float
    top: float

    def middle(self, index: int) -> float:
        """The height of a bar; what is said about it stands a line lower."""
        return self.top - index * self.pitch - min(0.36 * self.pitch, 1.2 * self.sheet.page.letter)


def draw(series: Score, language: str) -> Drawing:
    """A full bar for each band, with its score, interval and number of answers."""
    bands, total = series.bands, sum(band.n for band in series.bands)
    none = text("chart-score-none", language)
    return Drawing(
        name=NAME,
        svgs=_pictures(bands, language) if total else message(none),
        alt=_alt(bands, total, language) if total else none,
        caption=_caption(bands, language) if total else none,
        head=tuple(text(f"chart-score-{column}", language) for column in COLUMNS),
        rows=tuple(_row(band, language) for band in bands),
    )


def signed(score: float) -> str:
    """`+34`, `0`, `−12`: a score says its side."""
    whole_score = round(score)
    return f"+{whole_score}" if whole_score > 0 else f"−{-whole_score}" if whole_score else "0"


def _pictures(bands: tuple[Band, ...], language: str) -> dict[str, bytes]:
    rows = 2 * len(bands)
    return on_every_sheet(
        lambda sheet: _paint(sheet, bands, language),
        lambda page: page.for_rows(rows, key_height(page, _keys(language))),
    )


def _paint(sheet: Sheet, bands: tuple[Band, ...], language: str) -> None:
    letter, page = sheet.page.letter, sheet.page
    names = [sheet.fitted(band.label, 0.3 * page.width) for band in bands]
    left = sheet.widest(names) + letter
    full = page.width - left - sheet.widest(map(_score, bands), 1.3) - 0.8 * letter
    frame = _Frame(sheet, left, full, (page.height - key_height(page, _keys(language))) / len(bands), page.height)
    for index, (band, name) in enumerate(zip(bands, names, strict=True)):
        middle = frame.middle(index)
        sheet.words((left - 0.6 * letter, middle), name, "ink", "right")
        remark = sheet.fitted(_remark(band, language), page.width - left, SMALL)
        sheet.words((left, middle - 1.7 * letter), remark, "ink-3", scale=SMALL)
        if band.n:
            _paint_band(frame, index, band)
            sheet.words((page.width, middle), _score(band), "ink", "right", 1.3)
        else:
            sheet.line([(left, middle), (left + full, middle)], "rest", dashed=True)
    paint_key(sheet, _keys(language), [sheet.mixed(COLOURS[part], STRENGTHS[part]) for part in PARTS])


def _paint_band(frame: _Frame, index: int, band: Band) -> None:
    sheet, x, thick = frame.sheet, frame.left, 1.5 * frame.sheet.page.letter
    for part in PARTS:
        count = getattr(band, part)
        wide = frame.full * count / band.n
        if not count:
            continue
        colour = sheet.mixed(COLOURS[part], STRENGTHS[part])
        sheet.boxes([(x, frame.middle(index) - thick / 2, max(wide - 1, 1.2), thick)], colour)
        for said in (f"{amounts.count(count)} · {amounts.percent(count, band.n)}", amounts.count(count)):
            if sheet.width(said, SMALL) < wide - 5:
                ink = sheet.readable_on(colour)
                sheet.words((x + wide / 2, frame.middle(index)), said, ink, "center", SMALL)
                break
        x += wide


def _keys(language: str) -> list[str]:
    return [text(f"chart-score-key-{part}", language) for part in PARTS]


# ---- words --------------------------------------------------------------------------------------------------------------


def _score(band: Band) -> str:
    return "–" if band.score is None else signed(band.score)


def _interval(band: Band, language: str) -> str:
    if band.low is None or band.high is None:
        return "–"
    return text("chart-score-between", language, low=signed(band.low), high=signed(band.high))


def _remark(band: Band, language: str) -> str:
    if not band.n:
        return text("chart-score-unanswered", language)
    if band.low is None or band.high is None:
        return text("chart-score-remark-few", language, n=band.n, count=amounts.count(band.n))
    interval = _interval(band, language)
    return text("chart-score-remark", language, n=band.n, count=amounts.count(band.n), interval=interval)


def _alt(bands: tuple[Band, ...], total: int, language: str) -> str:
    known = [band for band in bands if band.score is not None]
    best, worst = (pick(known, key=lambda band: band.score or 0.0) for pick in (max, min))
    return text(
        "chart-score-alt" if len(known) > 1 else "chart-score-alt-one",
        language,
        n=total,
        total=amounts.count(total),
        best=brief(best.label),
        highest=_score(best),
        worst=brief(worst.label),
        lowest=_score(worst),
    )


def _caption(bands: tuple[Band, ...], language: str) -> str:
    said = text("chart-score-caption", language)
    overlap = len(bands) > 1 and _overlap(bands[0], bands[1])
    return said + (text("chart-score-same", language) if overlap else "")


def _overlap(one: Band, other: Band) -> bool:
    """Whether the intervals share a value: then the difference may be chance."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def _row(band: Band, language: str) -> tuple[str, ...]:
    counts = (band.detractors, band.passives, band.promoters, band.n)
    return whole(band.label), *map(amounts.count, counts), _score(band), _interval(band, language)
