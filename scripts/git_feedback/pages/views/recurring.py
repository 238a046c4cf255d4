"""Problems that come again: how many said so and who, the trend of eight weeks, where from, and examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.desk import Standing
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words
from git_feedback.triage.pair_words import problem_name, spike_said
from git_feedback.triage.recurring import Recurring

PATH = "recurring.html"
MOST = 40
TALL = 32
"""Height of the picture; the tallest week fills it."""
_LOW, _FEW = 2, 5


@dataclass(frozen=True, slots=True)
class Group:
    """One problem as the page shows it; `spike` and `command` are empty where nothing rises, and nothing is due."""

    name: str
    facts: tuple[str, ...]
    spike: str
    bars: tuple[int, ...]
    weeks: str
    most: tuple[tuple[str, str], ...]
    examples: tuple[rows.Row, ...]
    command: str


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The problems in each language."""
    by_id = {one.item.id: one for one in record.standings}
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("recurring"),
            "recurring.html",
            groups=[
                _group(one, [by_id[name] for name in one.examples if name in by_id], words) for one in _shown(record)
            ],
            count=len(record.recurring),
            known=sum(one.is_open for one in record.problem_records),
            shows_known=record.audience.kind == "team",
            tall=TALL,
        )


def _shown(record: Record) -> Sequence[Recurring]:
    return record.recurring[:MOST]


def _group(one: Recurring, examples: Sequence[Standing], words: Words) -> Group:
    facts = (
        words.say("recurring-items", one.count),
        words.say("recurring-people", one.submitters),
        words.say("recurring-open", one.open),
        words.say("recurring-last", day=words.day(one.last)),
    )
    return Group(
        name=problem_name(one, words.language),
        facts=facts,
        spike=spike_said(one, words.language) if one.spike else "",
        bars=bars(one.weekly),
        weeks=" ".join(map(str, one.weekly)),
        most=tuple(_most(one, words)),
        examples=tuple(rows.row(example, words) for example in examples),
        command=f"git feedback problem new {one.key}" if one.proposes_problem else "",
    )


def bars(weekly: Sequence[int]) -> tuple[int, ...]:
    """The height of each week; one without items is a low mark, and a few items are no tower."""
    most = max((*weekly, _FEW))
    return tuple(max(_LOW, round(TALL * n / most)) for n in weekly)


def _most(one: Recurring, words: Words) -> Iterator[tuple[str, str]]:
    """Where it comes from and what it is about, each with how often; words of submitters among them."""
    categories = [(words.category(name), n) for name, n in one.categories]
    between = "、" if words.language == "zh" else ", "
    for head, counted in (("areas", one.areas), ("products", one.products), ("categories", categories)):
        if counted:
            yield words.say(f"recurring-head-{head}"), between.join(f"{name} {n}" for name, n in counted)
