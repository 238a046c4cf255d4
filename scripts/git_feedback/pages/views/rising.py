"""What is rising: spikes of the last seven days, areas by categories, and the words people have begun to use.

Everything leads to its items.  A department sees what rises among its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from git_feedback.charts.amounts import decimal
from git_feedback.desk import Standing
from git_feedback.insight.courses import UNCLASSIFIED
from git_feedback.insight.hotspots import Heat, heat
from git_feedback.insight.new_terms import NewTerm, NewTerms, new_terms
from git_feedback.insight.spikes import WEEK, WEEKS_BEFORE, Matter, Spike, matters, risen
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.once import once
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

PATH = "rising.html"
DAYS = 28
"""The area table is about so many days, today among them."""
AREAS, CATEGORIES = 12, 6
"""So many are shown, those with most items."""
IN_ADDRESS = 100
"""So many items are named in the address of a queue; of more the newest."""
EXAMPLES, PARTS = 2, 5


@dataclass(frozen=True, slots=True)
class Week:
    """How many came in the last seven days and in the four weeks before, and what rose; `is_young`: nothing to compare."""

    received: int
    before: int
    matters: tuple[Matter, ...]
    is_young: bool


@dataclass(frozen=True, slots=True)
class Rise:
    """A spike as the page shows it; its examples are the newest of what rises most steeply within it."""

    name: str
    kind: str
    count: str
    before: str
    odds: str
    within: tuple[str, ...]
    link: str
    examples: tuple[rows.Row, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many items of a category came from an area, how much that is of the fullest cell (percent), and who they are.

    `label` says what the number alone does not; `is_hot`: more than area and category let expect.
    """

    count: int
    share: int
    is_hot: bool
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """An area with its cells and all its items."""

    area: str
    cells: tuple[Cell, ...]
    total: int
    link: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are new, who says them, and the newest item that does."""

    name: str
    facts: tuple[str, ...]
    link: str
    count: str
    example: rows.Row


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    by_id = {one.item.id: one for one in record.standings}
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("rising"),
            "rising.html",
            week=week(record),
            compared=_compared(week(record), words),
            rises=[_rise(one, by_id, words) for one in week(record).matters],
            lines=_lines(record, words),
            heads=[_category(name, words) for name in hot(record).categories[:CATEGORIES]],
            notes=list(_notes(hot(record), words)),
            terms=[_term(one, by_id, words) for one in terms(record).terms],
            read=terms(record),
        )


# ---- what was found, once for both languages and the figures beside the page ------------------------------------------


@once
def week(record: Record) -> Week:
    """The spikes of the last seven days."""
    rose = risen(record.standings, [record.now])
    ages = [(record.now - one.item.received) // WEEK for one in record.standings]
    before = sum(1 <= age <= WEEKS_BEFORE for age in ages)
    return Week(ages.count(0), before, tuple(matters(rose.spikes)), rose.is_young)


@once
def hot(record: Record) -> Heat:
    """Areas by categories, of the last DAYS days."""
    first = _days(record)[0]
    zone = record.policy.zone
    return heat([one for one in record.standings if one.item.received.astimezone(zone).date() >= first])


@once
def terms(record: Record) -> NewTerms:
    """The words of the last seven days that are new."""
    return new_terms(record.standings, record.now - WEEK, record.now)


def _days(record: Record) -> tuple[date, date]:
    """The first and the last day of the area table."""
    today = record.now.astimezone(record.policy.zone).date()
    return today - timedelta(days=DAYS - 1), today


def span(record: Record) -> str:
    """The days of the area table, as a query says them."""
    first, last = _days(record)
    return f"{first}..{last}"


# ---- spikes -----------------------------------------------------------------------------------------------------------


def _compared(found: Week, words: Words) -> str:
    weekly = decimal(found.before / WEEKS_BEFORE)
    return words.say("rising-received", found.received, weekly=weekly)


def _rise(one: Matter, by_id: Mapping[str, Standing], words: Words) -> Rise:
    spike = one.spike
    steepest = min((spike, *(part for part, _ in one.within)), key=lambda found: found.chance)
    newest = [by_id[name] for name in reversed(steepest.items)]
    parts = (words.say("rising-part", n, name=_named(part, words)) for part, n in one.within[:PARTS])
    return Rise(
        name=_named(spike, words),
        kind=words.say(f"rising-kind-{spike.kind}"),
        count=words.say("rising-count", spike.count),
        before=_before(spike, words),
        odds=words.say("rising-odds", odds=f"{spike.one_in:,}"),
        within=tuple(parts),
        link=_items(spike.items),
        examples=tuple(rows.row(found, words) for found in newest[:EXAMPLES]),
    )


def _before(spike: Spike, words: Words) -> str:
    """What it is compared with; where nothing, or not one a week, was before, no number of times is named."""
    if spike.times is None:
        return words.say("rising-new" if spike.is_new else "rising-none-before")
    if spike.before < 1:
        return words.say("rising-few-before", round(spike.before * WEEKS_BEFORE))
    return words.say("rising-before", weekly=decimal(spike.before), times=decimal(spike.times))


def _named(spike: Spike, words: Words) -> str:
    """What it is called; areas and products in the words of submitters."""
    if spike.kind == "channel":
        return words.channel(spike.names[0])
    *area, last = spike.names
    return " · ".join((*area, _category(last, words) if "category" in spike.kind else last))


def _category(name: str, words: Words) -> str:
    return words.say("insight-unclassified") if name == UNCLASSIFIED else words.category(name)


def _items(ids: Sequence[str]) -> str:
    """The address of the queue that shows these items, finished ones too."""
    return f"queue.html?state=all&q={quote('id:' + ','.join(ids[-IN_ADDRESS:]), safe=':,')}"


# ---- areas ------------------------------------------------------------------------------------------------------------


def _lines(record: Record, words: Words) -> list[Line]:
    found = hot(record)
    shown = [row[:CATEGORIES] for row in found.counts[:AREAS]]
    most = max((count for row in shown for count in row), default=1) or 1
    days = span(record)
    return [
        Line(
            area=area,
            cells=tuple(
                _cell(count, most, (area, name), found, days, words)
                for name, count in zip(found.categories, row, strict=False)
            ),
            total=sum(found.counts[place]),
            link=_of_area(area, "", days),
        )
        for place, (area, row) in enumerate(zip(found.areas, shown, strict=False))
    ]


def _cell(count: int, most: int, names: tuple[str, str], found: Heat, days: str, words: Words) -> Cell:
    area, category = names
    said = words.say("rising-cell", count, area=area, category=_category(category, words))
    is_hot = names in found.hot
    label = words.say("rising-cell-hot", said=said) if is_hot else said
    link = "" if category == UNCLASSIFIED else _of_area(area, category, days)
    return Cell(count, round(100 * count / most), is_hot, label, link)


def _of_area(area: str, category: str, days: str) -> str:
    asked = {"state": "all", "area": area, **({"category": category} if category else {}), "q": f"received:{days}"}
    return f"queue.html?{urlencode(asked, quote_via=quote, safe=':,')}"


def _notes(found: Heat, words: Words) -> Iterator[str]:
    """What the table does not show."""
    areas, categories = len(found.areas) - AREAS, len(found.categories) - CATEGORIES
    if areas > 0:
        yield words.say("rising-more-areas", areas)
    if categories > 0:
        yield words.say("rising-more-categories", categories)
    if found.without_area:
        yield words.say("rising-without-area", found.without_area)


# ---- words ------------------------------------------------------------------------------------------------------------


def _term(one: NewTerm, by_id: Mapping[str, Standing], words: Words) -> Term:
    between = "、" if words.language == "zh" else ", "
    before = words.say("rising-term-before", one.before) if one.before else words.say("rising-term-never")
    return Term(
        name=between.join(one.terms),
        facts=(words.say("rising-people", one.people), before),
        link=_items(one.items),
        count=words.say("rising-count", one.count),
        example=rows.row(by_id[one.items[-1]], words),
    )
