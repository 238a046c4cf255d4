"""How items went from state to state: wide bands are the usual way, thin ones the exceptions, what ends is where it is.

Wide sheets flow from left to right; on a phone the same flows downwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.labels import brief, whole
from git_feedback.charts.report_series import Flow, State, Stream
from git_feedback.charts.sheet import Format, Point, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "flow"
SMALL = 0.92
THIN = 1.2
"""A band of one item among thousands is so wide."""
BAR = {"wide": 7.0, "phone": 6.0}
STEP = 58.0
"""On a phone: from one column to the next."""
LESS = 0.93
GAP = 8.0


@dataclass(frozen=True, slots=True)
class _Node:
    """A state on its sheet: how deep in the flow, from where across it, how wide, with what words."""

    state: State
    depth: float
    start: float
    thick: float
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """All states by id, points to an item, and which way it flows."""

    sheet: Sheet
    nodes: dict[str, _Node]
    scale: float

    def point(self, depth: float, across: float) -> Point:
        if self.sheet.is_narrow:
            return across, self.sheet.page.height - depth
        return depth, self.sheet.page.height - across

    def thick(self, count: int) -> float:
        return max(count * self.scale, THIN)


def draw(series: Flow, language: str) -> Drawing:
    """A bar for each state and a band for each stream to a later column."""
    streams = [stream for stream in series.streams if stream.count]
    none = text("chart-flow-none", language)
    names = {state.id: state.name for state in series.states}
    return Drawing(
        name=NAME,
        svgs=_pictures(series, streams) if streams else message(none),
        alt=_alt(series, streams, language) if streams else none,
        caption=_caption(series, streams, language) if streams else none,
        head=tuple(text(f"chart-flow-{column}", language) for column in ("source", "target", "count")),
        rows=tuple(
            (whole(names[stream.source]), whole(names[stream.target]), amounts.count(stream.count))
            for stream in series.streams
        ),
    )


def _pictures(series: Flow, streams: list[Stream]) -> dict[str, bytes]:
    touched = {end for stream in streams for end in (stream.source, stream.target)}
    states = [state for state in series.states if state.id in touched]
    return on_every_sheet(lambda sheet: _paint(sheet, states, streams), lambda page: _fitted(page, states))


# ---- where --------------------------------------------------------------------------------------------------------------


def _columns(states: Iterable[State]) -> list[list[State]]:
    """The states of each column that has any."""
    found: dict[int, list[State]] = {}
    for state in states:
        found.setdefault(state.column, []).append(state)
    return [found[column] for column in sorted(found)]


def _fitted(page: Format, states: list[State]) -> Format:
    columns = _columns(states)
    if page.name == "phone":
        return replace(page, height=(len(columns) - 1) * STEP + 4 * page.letter)
    return replace(page, height=max(page.height, max(map(len, columns)) * 3 * page.letter))


def _is_onward(stream: Stream, column: dict[str, int]) -> bool:
    return column[stream.target] > column[stream.source]


def _count(state: State, streams: list[Stream]) -> int:
    """How many passed a state: those who came or those who left, whichever are more."""
    came = sum(stream.count for stream in streams if stream.target == state.id)
    return max(came, sum(stream.count for stream in streams if stream.source == state.id))


def _layout(sheet: Sheet, states: list[State], streams: list[Stream]) -> _Layout:
    page, columns = sheet.page, _columns(states)
    breadth = page.width if sheet.is_narrow else page.height
    counts = {state.id: _count(state, streams) for state in states}
    words = {state.id: _words(sheet, state, columns, counts[state.id]) for state in states}
    needs = {state.id: _need(sheet, words[state.id], counts[state.id]) for state in states}
    scale = breadth / max(sum(counts[state.id] for state in column) for column in columns)
    while max(sum(_slot(needs[one.id], counts[one.id], scale) for one in column) for column in columns) > breadth + GAP:
        scale *= LESS
        if scale * max(counts.values()) < 4 * THIN:
            break
    nodes: dict[str, _Node] = {}
    for place, column in enumerate(columns):
        depth, across = _depth(sheet, place, len(columns)), 0.0
        for state in column:
            slot, thick = _slot(needs[state.id], counts[state.id], scale), _thick(state, streams, counts, scale)
            start = across + (max(slot - GAP - thick, 0) / 2 if sheet.is_narrow or thick < needs[state.id] else 0)
            nodes[state.id] = _Node(state, depth, start, thick, words[state.id], counts[state.id])
            across += slot
    return _Layout(sheet, nodes, scale)


def _thick(state: State, streams: list[Stream], counts: dict[str, int], scale: float) -> float:
    """As wide as its count, and never narrower than the bands that it holds."""
    came = sum(max(one.count * scale, THIN) for one in streams if one.target == state.id)
    left = sum(max(one.count * scale, THIN) for one in streams if one.source == state.id)
    return max(counts[state.id] * scale, came, left, 2 * THIN)


def _slot(need: float, count: int, scale: float) -> float:
    return max(count * scale, need, 2 * THIN) + GAP


def _need(sheet: Sheet, words: str, count: int) -> float:
    """The room that a state's words take across the flow."""
    if sheet.is_narrow:
        return max(sheet.width(words, SMALL), sheet.width(amounts.count(count), SMALL))
    return 1.3 * sheet.page.letter


def _depth(sheet: Sheet, place: int, places: int) -> float:
    if sheet.is_narrow:
        return place * STEP
    return place * (sheet.page.width - BAR["wide"]) / max(places - 0.25, 1)


def _words(sheet: Sheet, state: State, columns: list[list[State]], count: int) -> str:
    """The name and, on a wide sheet, the count behind it, as far as there is room before the next column."""
    if sheet.is_narrow:
        beside = next(len(column) for column in columns if state in column)
        return sheet.fitted(state.name, sheet.page.width / beside - GAP, SMALL)
    said = amounts.count(count)
    last = state in columns[-1]
    step = _depth(sheet, 1, len(columns)) if len(columns) > 1 else sheet.page.width
    room = (sheet.page.width - _depth(sheet, len(columns) - 1, len(columns)) if last else step) - BAR["wide"] - 12
    return f"{sheet.fitted(state.name, room - sheet.width(' ' + said, SMALL), SMALL)} {said}"


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, states: list[State], streams: list[Stream]) -> None:
    layout = _layout(sheet, states, streams)
    column = {state.id: state.column for state in states}
    _paint_bands(layout, [stream for stream in streams if _is_onward(stream, column)])
    bar = BAR[sheet.page.name]
    for node in layout.nodes.values():
        corners = [layout.point(node.depth + deep, node.start + far) for deep in (0, bar) for far in (0, node.thick)]
        sheet.area([[corners[0], corners[1], corners[3], corners[2]]], "series-1")
        _paint_words(layout, node)


def _paint_words(layout: _Layout, node: _Node) -> None:
    sheet, bar, letter = layout.sheet, BAR[layout.sheet.page.name], layout.sheet.page.letter
    middle = node.start + node.thick / 2
    if not sheet.is_narrow:
        sheet.words(layout.point(node.depth + bar + 5, middle), node.words, "ink", scale=SMALL)
        return
    half = max(sheet.width(node.words, SMALL), sheet.width(amounts.count(node.count), SMALL)) / 2
    middle = min(max(middle, half), sheet.page.width - half)
    sheet.words(layout.point(node.depth + bar + 0.9 * letter, middle), node.words, "ink", "center", SMALL)
    sheet.words(
        layout.point(node.depth + bar + 2.1 * letter, middle), amounts.count(node.count), "ink-2", "center", SMALL
    )


def _paint_bands(layout: _Layout, streams: list[Stream]) -> None:
    """Bands leave and meet a state in the order of their other ends, so that few of them cross."""
    sheet, nodes = layout.sheet, layout.nodes
    colour = sheet.mixed("series-1", 0.22)
    leaving = _offsets(layout, sorted(streams, key=lambda one: _place(nodes[one.target])), "source")
    coming = _offsets(layout, sorted(streams, key=lambda one: _place(nodes[one.source])), "target")
    for stream in sorted(streams, key=lambda one: (-one.count, one.source, one.target)):
        source, target, thick = nodes[stream.source], nodes[stream.target], layout.thick(stream.count)
        near, far = source.start + leaving[stream], target.start + coming[stream]
        start, end = source.depth + BAR[sheet.page.name], target.depth
        sheet.band(
            (layout.point(start, near), layout.point(start, near + thick)),
            (layout.point(end, far), layout.point(end, far + thick)),
            colour,
            upright=sheet.is_narrow,
        )


def _place(node: _Node) -> tuple[float, float]:
    return node.start, -node.depth


def _offsets(layout: _Layout, ordered: list[Stream], end: str) -> dict[Stream, float]:
    """How far from the edge of its state each stream begins (or ends)."""
    used: dict[str, float] = {}
    found = {}
    for stream in ordered:
        name = getattr(stream, end)
        found[stream] = used.get(name, 0.0)
        used[name] = found[stream] + layout.thick(stream.count)
    return found


# ---- words --------------------------------------------------------------------------------------------------------------


def _alt(series: Flow, streams: list[Stream], language: str) -> str:
    most, least = (pick(streams, key=lambda stream: stream.count) for pick in (max, min))
    return text(
        "chart-flow-alt",
        language,
        states=amounts.count(len(series.states)),
        total=amounts.count(sum(stream.count for stream in streams)),
        most=_said(series, most, language),
        least=_said(series, least, language),
    )


def _caption(series: Flow, streams: list[Stream], language: str) -> str:
    column = {state.id: state.column for state in series.states}
    back = [stream for stream in streams if not _is_onward(stream, column)]
    said = text("chart-flow-caption", language)
    if not back:
        return said
    named = ("；" if language == "zh" else "; ").join(_said(series, stream, language) for stream in back)
    total = sum(stream.count for stream in back)
    return said + text("chart-flow-back", language, n=total, count=amounts.count(total), streams=named)


def _said(series: Flow, stream: Stream, language: str) -> str:
    names = {state.id: brief(state.name) for state in series.states}
    source, target = names[stream.source], names[stream.target]
    return text("chart-flow-stream", language, source=source, target=target, count=amounts.count(stream.count))
