"""Which categories bring the most items, and how many of these were late: where one improvement helps most."""

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.series import Category, Pareto
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "pareto"
MOST = 10
VITAL = 80
"""Per cent of all items that the caption's "first few" reach: the rule of Pareto."""
COLUMNS = ("category", "count", "share", "cumulative", "late")


def draw(series: Pareto, language: str) -> Drawing:
    ranked = sorted(series.categories, key=lambda category: -category.count)
    bars = _bars([category for category in ranked if category.count], language)
    return Drawing(
        name=NAME,
        svgs=_pictures(bars, language) if bars else message(text("chart-pareto-none", language)),
        alt=_alt(ranked, language),
        caption=_caption(ranked, language),
        head=tuple(text(f"chart-pareto-{column}", language) for column in COLUMNS),
        rows=_rows(ranked),
    )


def _bars(ranked: list[Category], language: str) -> list[tuple[Category, str]]:
    """Category and colour of each bar: the first ten, then one for all the rest."""
    rest = ranked[MOST:]
    bars = [(category, "series-1") for category in ranked[:MOST]]
    if rest:
        name = text("chart-pareto-rest", language, n=len(rest), count=amounts.count(len(rest)))
        bars.append((Category(name, _count(rest), _late(rest)), "rest"))
    return bars


def _pictures(bars: list[tuple[Category, str]], language: str) -> dict[str, bytes]:
    return on_every_sheet(lambda sheet: _paint(sheet, bars, language), lambda page: page.for_rows(len(bars)))


def _paint(sheet: Sheet, bars: list[tuple[Category, str]], language: str) -> None:
    letter, page = sheet.page.letter, sheet.page
    names = [sheet.fitted(category.name, 0.36 * page.width) for category, _ in bars]
    values = [_value(category, language) for category, _ in bars]
    left = sheet.widest(names) + letter
    per_item = _per_item(sheet, bars, values, page.width - left - letter)
    pitch = page.height / len(bars)
    thick = min(0.58 * pitch, 1.6 * letter)
    late = []
    for index, (category, colour) in enumerate(bars):
        middle = page.height - (index + 0.5) * pitch
        length = _seen(category.count * per_item, category.count)
        sheet.words((left - 0.6 * letter, middle), names[index], "ink", "right")
        sheet.boxes([(left, middle - thick / 2, length, thick)], colour)
        sheet.words((left + length + 0.6 * letter, middle), values[index], "ink", scale=0.92)
        late.append((left, middle - thick / 2, _seen(length * category.late / category.count, category.late), thick))
    sheet.late(late)


def _per_item(sheet: Sheet, bars: list[tuple[Category, str]], values: list[str], room: float) -> float:
    """Points to an item, so that every bar and the words behind it fit."""
    pairs = zip(values, bars, strict=True)
    return min((room - sheet.width(value)) / category.count for value, (category, _) in pairs)


def _seen(length: float, amount: int) -> float:
    """Even one late item among thousands shows."""
    return max(length, 1.5) if amount else 0.0


def _value(category: Category, language: str) -> str:
    code = "chart-pareto-value-late" if category.late else "chart-pareto-value"
    count, late = amounts.count(category.count), amounts.count(category.late)
    return text(code, language, n=category.count, count=count, late=late)


def _alt(ranked: list[Category], language: str) -> str:
    if not _count(ranked):
        return text("chart-pareto-none", language)
    first = ranked[0]
    return text(
        "chart-pareto-alt",
        language,
        n=_count(ranked),
        total=amounts.count(_count(ranked)),
        late=amounts.count(_late(ranked)),
        name=first.name,
        count=amounts.count(first.count),
        share=amounts.percent(first.count, _count(ranked)),
    )


def _caption(ranked: list[Category], language: str) -> str:
    total = _count(ranked)
    if not total:
        return text("chart-pareto-none", language)
    ranked = [category for category in ranked if category.count]
    vital = next(n for n in range(1, len(ranked) + 1) if 100 * _count(ranked[:n]) >= VITAL * total)
    said = text(
        "chart-pareto-caption" if len(ranked) > 1 else "chart-pareto-only",
        language,
        n=vital,
        vital=amounts.count(vital),
        of=amounts.count(len(ranked)),
        share=amounts.percent(_count(ranked[:vital]), total),
    )
    return said + text("chart-hatched" if _late(ranked) else "chart-none-late", language)


def _rows(ranked: list[Category]) -> tuple[tuple[str, ...], ...]:
    total = _count(ranked)
    return tuple(
        (
            category.name,
            amounts.count(category.count),
            amounts.percent(category.count, total, 1) if total else "–",
            amounts.percent(_count(ranked[: index + 1]), total, 1) if total else "–",
            amounts.count(category.late),
        )
        for index, category in enumerate(ranked)
    )


def _count(categories: list[Category]) -> int:
    return sum(category.count for category in categories)


def _late(categories: list[Category]) -> int:
    return sum(category.late for category in categories)
