"""How much of what was promised was kept, on a full scale and with its n: 100 % of two says less than 91 % of 900."""

from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.series import Attainment, Share
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "attainment"
COLUMNS = ("label", "met", "breached", "excluded", "kept")


def draw(series: Attainment, language: str) -> Drawing:
    shares = series.shares
    return Drawing(
        name=NAME,
        svgs=_pictures(shares, language) if shares else message(text("chart-attainment-none", language)),
        alt=_alt(shares, language),
        caption=_caption(shares, language),
        head=tuple(text(f"chart-attainment-{column}", language) for column in COLUMNS),
        rows=tuple(_row(share, language) for share in shares),
    )


def _pictures(shares: tuple[Share, ...], language: str) -> dict[str, bytes]:
    def paint(sheet: Sheet) -> None:
        _paint(sheet, shares, language)

    return on_every_sheet(paint, lambda page: page.for_rows(len(shares), 2 * page.letter))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the bars lie: from `left`, `full` long, `pitch` apart, their percentages ending `kept` behind them."""

    sheet: Sheet
    left: float
    full: float
    kept: float
    pitch: float

    @property
    def thick(self) -> float:
        return min(0.58 * self.pitch, 1.6 * self.sheet.page.letter)

    def middle(self, index: int) -> float:
        return self.sheet.page.height - (index + 0.5) * self.pitch


def _paint(sheet: Sheet, shares: tuple[Share, ...], language: str) -> None:
    letter, page = sheet.page.letter, sheet.page
    names = [sheet.fitted(share.label, 0.34 * page.width) for share in shares]
    remarks = [_remark(share, language, sheet.is_narrow) for share in shares]
    left = sheet.widest(names) + letter
    kept = sheet.widest(_kept(share, language) for share in shares if share.counted) + letter
    full = page.width - left - kept - sheet.widest(remarks) - 1.2 * letter
    frame = _Frame(sheet, left, full, kept, (page.height - 2 * letter) / len(shares))
    for index, (name, remark) in enumerate(zip(names, remarks, strict=True)):
        sheet.words((left - 0.6 * letter, frame.middle(index)), name, "ink", "right")
        sheet.words((left + full + kept + 0.8 * letter, frame.middle(index)), remark, "ink-3", scale=0.92)
    _paint_bars(frame, shares, language)
    _paint_scale(sheet, left, full, 1.1 * letter)


def _paint_bars(frame: _Frame, shares: tuple[Share, ...], language: str) -> None:
    sheet, late = frame.sheet, []
    for index, share in enumerate(shares):
        middle, bottom = frame.middle(index), frame.middle(index) - frame.thick / 2
        if not share.counted:
            _paint_no_clock(sheet, (frame.left, middle), frame.full, share, language)
            continue
        breached = _seen(frame.full, share)
        sheet.words((frame.left + frame.full + frame.kept, middle), _kept(share, language), "ink", "right")
        sheet.boxes([(frame.left, bottom, frame.full - breached, frame.thick)], "series-1")
        late.append((frame.left + frame.full - breached, bottom, breached, frame.thick))
    sheet.late(late)


def _seen(full: float, share: Share) -> float:
    """The length of the late part: even one among thousands shows, and even one kept."""
    least = 1.5
    if not share.breached:
        return 0.0
    return min(max(full * share.breached / share.counted, least), full - least if share.met else full)


def _paint_no_clock(sheet: Sheet, at: tuple[float, float], full: float, share: Share, language: str) -> None:
    words = sheet.fitted(_kept(share, language), full)
    start = at[0] + sheet.width(words) + 0.6 * sheet.page.letter
    sheet.words(at, words, "ink-3")
    if start < at[0] + full:
        sheet.line([(start, at[1]), (at[0] + full, at[1])], "rest", dashed=True)


def _paint_scale(sheet: Sheet, left: float, full: float, height: float) -> None:
    for part, side in ((0, "left"), (50, "center"), (100, "right")):
        sheet.words((left + full * part / 100, height), amounts.percent(part, 100), "ink-3", side, 0.92)


def _kept(share: Share, language: str) -> str:
    if share.counted:
        return amounts.percent(share.met, share.counted, 1)
    return text("chart-attainment-uncounted" if share.excluded else "chart-attainment-no-clock", language)


def _remark(share: Share, language: str, narrow: bool) -> str:
    code = "chart-attainment-n-excluded" if share.excluded and not narrow else "chart-attainment-n"
    return text(code, language, count=amounts.count(share.counted), excluded=amounts.count(share.excluded))


def _alt(shares: tuple[Share, ...], language: str) -> str:
    met, counted = sum(share.met for share in shares), sum(share.counted for share in shares)
    if not counted:
        return text("chart-attainment-none", language)
    if met == counted:
        return text("chart-attainment-alt-all", language, counted, total=amounts.count(counted))
    worst = min((share for share in shares if share.counted), key=lambda share: share.met / share.counted)
    return text(
        "chart-attainment-alt",
        language,
        n=counted,
        total=amounts.count(counted),
        kept=amounts.percent(met, counted, 1),
        label=worst.label,
        least=amounts.percent(worst.met, worst.counted, 1),
        least_n=amounts.count(worst.counted),
    )


def _caption(shares: tuple[Share, ...], language: str) -> str:
    if not any(share.counted for share in shares):
        return text("chart-attainment-none", language)
    late = any(share.breached for share in shares)
    said = text("chart-attainment-caption", language) + text("chart-hatched" if late else "chart-none-late", language)
    excluded = sum(share.excluded for share in shares)
    if not excluded:
        return said
    return said + text("chart-attainment-left-out", language, n=excluded, count=amounts.count(excluded))


def _row(share: Share, language: str) -> tuple[str, ...]:
    counts = (share.met, share.breached, share.excluded)
    return (share.label, *map(amounts.count, counts), _kept(share, language))
