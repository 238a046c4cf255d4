"""A problem and what may have caused it, on six branches: a cause that nobody thought of leaves a branch empty.

Wide sheets show the bones; on a phone the spine stands upright and the branches follow each other.
"""

from dataclasses import dataclass, replace

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.labels import brief, whole, wrapped
from git_feedback.charts.report_series import Fishbone
from git_feedback.charts.sheet import LIGHT, Format, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "fishbone"
BRANCHES = ("man", "machine", "material", "method", "environment", "measurement")
MOST = 5
LINES = 2
HEAD_LINES = 6
ROW, HEAD = 1.3, 0.2
"""Letters to a line; the share of the sheet's width that the head takes."""
SLANT = 2.4
BETWEEN = 0.35
"""Between two causes, in letters."""
SMALL = 0.92


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch with its name and its causes, each as lines."""

    name: str
    causes: list[list[str]]

    @property
    def height(self) -> float:
        """In letters, without its name."""
        return sum(len(lines) * ROW + BETWEEN for lines in self.causes)


def draw(series: Fishbone, language: str) -> Drawing:
    """The bones with their causes."""
    total = sum(len(getattr(series, branch)) for branch in BRANCHES)
    none = text("chart-fishbone-none", language, problem=brief(series.problem))
    return Drawing(
        name=NAME,
        svgs=_pictures(series, language) if total else message(none),
        alt=_alt(series, total, language) if total else none,
        caption=_caption(series, language) if total else none,
        head=tuple(text(f"chart-fishbone-{column}", language) for column in ("branch", "cause")),
        rows=tuple(
            (text(f"chart-fishbone-{branch}", language), whole(cause))
            for branch in BRANCHES
            for cause in getattr(series, branch)
        ),
    )


def _pictures(series: Fishbone, language: str) -> dict[str, bytes]:
    return on_every_sheet(lambda sheet: _paint(sheet, series, language), lambda page: _fitted(page, series, language))


# ---- where --------------------------------------------------------------------------------------------------------------


def _branches(sheet: Sheet, series: Fishbone, language: str) -> list[_Branch]:
    room = _room(sheet)
    found = []
    for branch in BRANCHES:
        causes: tuple[str, ...] = getattr(series, branch)
        if len(causes) > MOST:
            more = len(causes) - MOST + 1
            causes = (*causes[: MOST - 1], text("chart-fishbone-more", language, n=more, count=amounts.count(more)))
        lines = [wrapped(sheet, cause, room, LINES, SMALL) for cause in causes]
        found.append(_Branch(text(f"chart-fishbone-{branch}", language), lines))
    return found


def _room(sheet: Sheet) -> float:
    """For the causes of a branch, in points."""
    letter, page = sheet.page.letter, sheet.page
    return page.width - 2.6 * letter if sheet.is_narrow else _third(sheet) - 1.9 * letter


def _third(sheet: Sheet) -> float:
    """From one bone to the next."""
    return ((1 - HEAD) * sheet.page.width - (SLANT + 1) * sheet.page.letter) / 3


def _head(sheet: Sheet, problem: str) -> list[str]:
    room = sheet.page.width if sheet.is_narrow else HEAD * sheet.page.width
    return wrapped(sheet, problem, room - 1.4 * sheet.page.letter, HEAD_LINES)


def _fitted(page: Format, series: Fishbone, language: str) -> Format:
    """As high as the causes need."""
    sheet = Sheet(page, LIGHT)
    branches, head = _branches(sheet, series, language), len(_head(sheet, series.problem)) * 1.4 + 1
    if page.name == "phone":
        body = sum(branch.height + 2.1 for branch in branches)
        return replace(page, height=(head + body + 0.6) * page.letter)
    upper, lower = _halves(branches)
    return replace(page, height=max(upper + lower, 2 * head / 2 + 1) * page.letter)


def _halves(branches: list[_Branch]) -> tuple[float, float]:
    """The heights above and below the spine, in letters, names included."""
    above, below = (max(branch.height for branch in half) + 3.2 for half in (branches[:3], branches[3:]))
    return max(above, 6.0), max(below, 6.0)


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, series: Fishbone, language: str) -> None:
    branches, head = _branches(sheet, series, language), _head(sheet, series.problem)
    if sheet.is_narrow:
        _paint_upright(sheet, branches, head)
    else:
        _paint_level(sheet, branches, head)


def _paint_level(sheet: Sheet, branches: list[_Branch], head: list[str]) -> None:
    letter, page, third = sheet.page.letter, sheet.page, _third(sheet)
    upper, lower = (half * letter for half in _halves(branches))
    spine, mouth = page.height - upper, (1 - HEAD) * page.width
    sheet.line([(0.6 * third, spine), (mouth, spine)], "ink-2", 2.2)
    _paint_head(sheet, head, (mouth, spine, page.width - mouth))
    for place, branch in enumerate(branches):
        foot = SLANT * letter + third * (place % 3 + 1)
        _paint_bone(sheet, branch, (foot, spine), upper if place < 3 else -lower)


def _paint_bone(sheet: Sheet, branch: _Branch, foot: tuple[float, float], reach: float) -> None:
    """A branch that leans towards the tail, its name at the outer end, its causes along it."""
    letter, up = sheet.page.letter, 1 if reach > 0 else -1
    end = reach - up * 1.7 * letter
    sheet.line([foot, (foot[0] - SLANT * letter, foot[1] + end)], "series-1", 1.6)
    name = (foot[0] - SLANT * letter, foot[1] + reach - up * 0.8 * letter)
    sheet.words(name, branch.name, "series-1" if branch.causes else "ink-3", "center", 1.05)
    spare = (abs(end) / letter - branch.height) / 2
    depth = (spare + 0.2) * letter
    for lines in branch.causes if up < 0 else reversed(branch.causes):
        high = len(lines) * ROW * letter
        middle = depth + high / 2
        x = foot[0] - SLANT * letter * middle / abs(end)
        y = foot[1] + up * middle
        sheet.line([(x - 0.7 * letter, y), (x, y)], "series-1", 1)
        edge = x - letter
        for number, line in enumerate(lines):
            shift = ((len(lines) - 1) / 2 - number) * ROW * letter
            sheet.words((edge, y + shift), line, "ink", "right", SMALL)
        depth += high + BETWEEN * letter


def _paint_head(sheet: Sheet, head: list[str], place: tuple[float, float, float]) -> None:
    """The problem in its box, the box centred on the spine."""
    left, middle, wide = place
    letter = sheet.page.letter
    high = (len(head) * 1.4 + 0.8) * letter
    sheet.boxes([(left, middle - high / 2, wide, high)], sheet.mixed("series-1", 0.16))
    for number, line in enumerate(head):
        y = middle + ((len(head) - 1) / 2 - number) * 1.4 * letter
        sheet.words((left + wide / 2, y), line, "ink", "center")


def _paint_upright(sheet: Sheet, branches: list[_Branch], head: list[str]) -> None:
    letter, page = sheet.page.letter, sheet.page
    high = (len(head) * 1.4 + 0.8) * letter
    _paint_head(sheet, head, (0, page.height - high / 2, page.width))
    y, spine, foot = page.height - high - 0.4 * letter, 0.5 * letter, 0.0
    for branch in branches:
        y -= 1.3 * letter
        foot = y
        sheet.line([(spine, y + 0.5 * letter), (1.6 * letter, y)], "series-1", 1.6)
        sheet.words((2 * letter, y), branch.name, "series-1" if branch.causes else "ink-3", scale=1.05)
        y -= 0.8 * letter
        for lines in branch.causes:
            sheet.line([(1.4 * letter, y - ROW / 2 * letter), (2.1 * letter, y - ROW / 2 * letter)], "series-1", 1)
            for line in lines:
                sheet.words((2.5 * letter, y - ROW / 2 * letter), line, "ink", scale=SMALL)
                y -= ROW * letter
            y -= BETWEEN * letter
    sheet.line([(spine, page.height - high), (spine, foot + 0.5 * letter)], "ink-2", 2)


# ---- words --------------------------------------------------------------------------------------------------------------


def _alt(series: Fishbone, total: int, language: str) -> str:
    between = "；" if language == "zh" else "; "
    said = [
        text(
            "chart-fishbone-said",
            language,
            branch=text(f"chart-fishbone-{branch}", language),
            causes=("、" if language == "zh" else ", ").join(map(brief, getattr(series, branch)[:MOST])),
        )
        for branch in BRANCHES
        if getattr(series, branch)
    ]
    causes = between.join(said)
    count = amounts.count(total)
    return text("chart-fishbone-alt", language, n=total, count=count, problem=brief(series.problem), causes=causes)


def _caption(series: Fishbone, language: str) -> str:
    """Where most causes were found, and which branches nobody has thought about."""
    counts = {branch: len(getattr(series, branch)) for branch in BRANCHES}
    fullest = max(BRANCHES, key=counts.__getitem__)
    count = counts[fullest]
    name = text(f"chart-fishbone-{fullest}", language)
    is_even = [*counts.values()].count(count) > 1
    code = "chart-fishbone-even" if is_even else "chart-fishbone-caption"
    said = text(code, language, n=count, branch=name, count=amounts.count(count))
    empty = [text(f"chart-fishbone-{branch}", language) for branch in BRANCHES if not getattr(series, branch)]
    if not empty:
        return said
    return said + text("chart-fishbone-empty", language, branches=("、" if language == "zh" else ", ").join(empty))
