"""What it was mostly about: the five largest categories, how few make up most, and how they went over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.charts import Category, Layer, Pareto, Stacked
from git_feedback.insight.contributions import FEWEST
from git_feedback.insight.ranking import VITAL, Columns, Ranked, columns, ranking, vital_few
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Table, chart, numbers, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.queries import received
from git_feedback.pages.reports.speech import Speech

NAME = "top"
TOP = 5
FEWEST_ALIKE = 3
"""Where no category has so many, there is nothing that it was mostly about."""
LEAST_DRAWN = 0.5
"""Where the five largest make up less, columns of them show mostly what they are not."""
NAMED = 5
"""So many of the few that make up most are named."""


@dataclass(frozen=True, slots=True)
class Found:
    """Every category of the period and the one before, and those of the months or weeks up to its end.

    `vital`: so many of the first make up VITAL per cent; `before`: the period before, None where there was none.
    """

    total: int
    vital: int
    before: str | None
    categories: tuple[Ranked, ...]
    columns: Columns

    @property
    def scattered(self) -> bool:
        """Whether no category has enough to stand out."""
        return max(one.count for one in self.categories) < FEWEST_ALIKE

    @property
    def few(self) -> bool:
        """Whether there are too few for shares."""
        return self.total < FEWEST


def find(material: Material) -> Found | None:
    """Nothing on a period in which nothing was received."""
    earlier = material.period.previous if material.figures.previous else None
    found = ranking(material.ledger, material.period, earlier)
    counts = [one.count for one in found]
    if not sum(counts):
        return None
    before = earlier.name if earlier else None
    return Found(sum(counts), vital_few(counts), before, found, columns(material.ledger, material.period))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """The few that make up most in a sentence, the five largest in a table, both charts."""
    parts: list[Part] = [Paragraph(_most(found, speech)), _table(found, material, speech)]
    if found.few or found.scattered:
        return parts
    bars = [Category(speech.category(one.category), one.count, len(one.late)) for one in found.categories if one.count]
    if len(bars) > 1:
        parts.append(chart(Pareto(tuple(bars)), speech.language, speech.say("report-top-pareto"), "top-pareto"))
    if len(found.columns.starts) > 1 and _drawn_share(found.columns) >= LEAST_DRAWN:
        layers = tuple(Layer(speech.category(name), counts) for name, counts in found.columns.counts.items())
        series = Stacked(found.columns.starts, layers, found.columns.every)
        heading = speech.say(f"report-top-by-{found.columns.every}", len(found.columns.starts))
        parts.append(chart(series, speech.language, heading, "top-stacked"))
    return parts


def _drawn_share(found: Columns) -> float:
    """The share of the five largest categories in all columns."""
    counts = [sum(counts) for counts in found.counts.values()]
    return sum(counts[:TOP]) / sum(counts)


def _most(found: Found, speech: Speech) -> str:
    """Which few categories make up most; or that it is spread, or too little."""
    there = [one for one in found.categories if one.count]
    if found.few:
        return speech.say("report-top-few", found.total)
    few, kinds = there[: found.vital], len(there)
    if kinds == 1:
        return speech.say("report-top-only", found.total, category=speech.category(there[0].category))
    if found.scattered:
        return speech.say("report-top-scattered", there[0].count, total=f"{found.total:,}", kinds=kinds)
    share = speech.share(sum(one.count for one in few) / found.total)
    if 2 * found.vital > kinds:
        return speech.say("report-top-spread", found.vital, kinds=kinds, share=share, percent=f"{VITAL} %")
    named = [speech.category(one.category) for one in few]
    if len(named) > NAMED:
        return speech.say(
            "report-top-vital-many", found.vital, kinds=kinds, share=share, named=speech.listed(named[:NAMED])
        )
    return speech.say("report-top-vital", found.vital, kinds=kinds, share=share, named=speech.listed(named))


# ---- the table ------------------------------------------------------------------------------------------------------


def _table(found: Found, material: Material, speech: Speech) -> Table:
    """The five largest and the rest of them; without shares where there are too few."""
    there = [one for one in found.categories if one.count]
    before = speech.period(found.before) if found.before else speech.say("report-before")
    names = ("category", "count", *(() if found.few else ("share",)))
    head = (*(speech.say(f"report-top-{name}") for name in names), before, speech.say("report-change"))
    rows = [tuple(_row(one, found, material, speech)) for one in there[:TOP]]
    rest = [one for one in found.categories if one not in there[:TOP]]
    if rest:
        rows.append(tuple(_rest(rest, found, speech)))
    numeric = (False, *[True] * (len(head)))
    return Table("top", speech.say("report-top-table"), (*head, speech.say("report-top-late")), tuple(rows), numeric)


def _row(one: Ranked, found: Found, material: Material, speech: Speech) -> Iterator[Cell]:
    side = {"category": one.category}
    yield Cell(speech.category(one.category))
    yield Cell(f"{one.count:,}", one.count, query=received(material, material.period.name, side))
    if not found.few:
        yield _share(one.count, found, speech)
    query = received(material, found.before, side) if found.before and one.before else ""
    yield _count(one.before, query)
    yield _change(one.change)
    yield Cell(f"{len(one.late):,}", len(one.late), items=shown_items(one.late))


def _rest(rest: Sequence[Ranked], found: Found, speech: Speech) -> Iterator[Cell]:
    count, before = sum(one.count for one in rest), sum(one.before or 0 for one in rest)
    yield Cell(speech.say("report-top-rest"))
    yield from numbers(count)
    if not found.few:
        yield _share(count, found, speech)
    yield _count(before if found.before else None, "")
    yield _change(count - before if found.before else None)
    late = tuple(item for one in rest for item in one.late)
    yield Cell(f"{len(late):,}", len(late), items=shown_items(late))


def _share(count: int, found: Found, speech: Speech) -> Cell:
    share = count / found.total
    return Cell(speech.share(share), round(share, 4))


def _count(count: int | None, query: str) -> Cell:
    return Cell("–") if count is None else Cell(f"{count:,}", count, query=query)


def _change(change: int | None) -> Cell:
    if change is None:
        return Cell("–")
    return Cell(f"{change:+,}" if change else "0", change)
