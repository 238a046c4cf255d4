"""What is done about more than one item: measures with their problem, owner, date and state; what is overdue comes first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from git_feedback.desk import Standing
from git_feedback.escaping import line
from git_feedback.insight.effects import Effect
from git_feedback.insight.measured import OPEN, Measured, measured
from git_feedback.insight.measured import overdue as overdue_of
from git_feedback.model.measures import Measure
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.rendering import Both, page, prose
from git_feedback.pages.views.words import Words

PATH = "measures.html"
FOLDER = "feedback/measures/"
GROUPS = ("late", "going", "done", "dropped")
Changes = Mapping[str, Measured | None]
_TAGS = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class From:
    """An item that a measure comes from; without title it is not here."""

    id: str
    path: str
    title: str
    life: str


@dataclass(frozen=True, slots=True)
class Effected:
    """What a measure changed, in sentences, and where what was counted is shown; all empty where nothing is said."""

    lines: tuple[str, ...]
    asked: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A measure as the page shows it; the languages of its texts are named where they are not the page's."""

    id: str
    file: str
    title: str
    title_lang: str
    what: Markup
    why: Markup
    text_lang: str
    status: str
    owner: str
    due: str
    due_day: str
    left: str
    is_late: bool
    done: str
    release: str
    is_told: bool
    effect: Effected
    problem: str
    items: tuple[From, ...]


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    by_id = {one.item.id: one for one in record.standings}
    grouped, changed = grouped_measures(record), changes(record)
    for words in both.values():
        cards = {
            group: [_card(one, by_id, record, changed, words) for one in found] for group, found in grouped.items()
        }
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("measures"),
            "measures.html",
            groups=[(group, words.say(f"measures-{group}"), cards[group]) for group in GROUPS if cards[group]],
            total=len(record.measures),
            late=len(cards["late"]),
        )


def overdue(record: Record) -> list[Measure]:
    """What was to be done by now and is not: the day until which it was to be done is over."""
    return overdue_of(record.measures, _today(record))


def grouped_measures(record: Record) -> Mapping[str, list[Measure]]:
    """Measures by how they stand: open ones first due first, those without a date last, finished ones newest first."""
    late = overdue(record)
    going = sorted((one for one in record.measures if one.status in OPEN and one not in late), key=_by_due)
    done = sorted((one for one in record.measures if one.status == "done"), key=lambda one: one.id)
    done.sort(key=lambda one: one.done or date.min, reverse=True)
    dropped = sorted((one for one in record.measures if one.status == "dropped"), key=lambda one: one.id)
    return {"late": late, "going": going, "done": done, "dropped": dropped}


def _by_due(one: Measure) -> tuple[date, str]:
    return one.due or date.max, one.id


def _today(record: Record) -> date:
    return record.now.astimezone(record.policy.zone).date()


def _card(one: Measure, by_id: Mapping[str, Standing], record: Record, changed: Changes, words: Words) -> Card:
    title, language = one.words(one.title, words.language)
    is_open = one.status in OPEN
    return Card(
        id=one.id,
        file=f"{FOLDER}{one.id}.yml",
        title=Markup(line(title)),  # noqa: S704 - escaping made it
        title_lang=_lang(language, words),
        what=prose(one.what),
        why=prose(one.why),
        text_lang=_lang(one.language or words.language, words),
        status=words.say(f"measures-status-{one.status}"),
        owner=words.person(one.owner) or words.department(one.owner),
        due=words.on(one.due) if one.due else "",
        due_day=one.due.isoformat() if one.due else "",
        left=_left(one.due, _today(record), words) if is_open and one.due else "",
        is_late=bool(is_open and one.due and one.due < _today(record)),
        done=words.on(one.done) if one.done else "",
        release=Markup(line(one.release)) if one.release else "",  # noqa: S704 - escaping made it
        is_told=one.is_told,
        effect=effect_said(one, changed.get(one.id), words),
        problem=_problem(one, record),
        items=tuple(_from(name, by_id, words) for name in one.items),
    )


def _lang(language: str, words: Words) -> str:
    return "" if language == words.language else _TAGS[language]


def _left(due: date, today: date, words: Words) -> str:
    """How far away the day is, in words; the day itself is still in time."""
    days = (due - today).days
    if days < 0:
        return words.say("measures-days-late", -days)
    return words.say("measures-days-left", days) if days else words.say("measures-today", 0)


def _from(name: str, by_id: Mapping[str, Standing], words: Words) -> From:
    one = by_id.get(name)
    if one is None:
        return From(name, "", "", "")
    title = Markup(line(one.item.title))  # noqa: S704 - escaping made it
    return From(name, rows.path(name), title, words.life(one.state.life))


def _problem(one: Measure, record: Record) -> str:
    """The record it comes from, where this site shows it."""
    return one.problem if one.problem in {found.id for found in record.problem_records} and one.problem else ""


# ---- what it changed --------------------------------------------------------------------------------------------------


def changes(record: Record) -> Changes:
    """What each measure changed, by id: asked once for both languages."""
    return {one.id: measured(one, record.standings, record.policy, record.now) for one in record.measures}


def effect_said(one: Measure, found: Measured | None, words: Words) -> Effected:
    """What a measure changed, with its interval, and how that is to what was expected of it."""
    wanted = words.say("measures-expects", percent=_signed(one.expects)) if one.expects else ""
    if found is None:
        return Effected((wanted,) if wanted else ())
    told = [*_changed(found.effect, words)]
    if one.expects and found.expectation:
        told.append(words.say(f"measures-{found.expectation}", percent=_signed(one.expects)))
    elif wanted:
        told.append(wanted)
    return Effected(tuple(told), found.asked, f"queue.html?state=all&q={quote(found.asked, safe=':,')}")


def _changed(found: Effect, words: Words) -> Iterator[str]:
    weeks = f"{found.weeks:.1f}".removesuffix(".0")
    if found.verdict == "too-early":
        yield words.say("measures-too-early", before=found.before, after=found.after, weeks=weeks)
        return
    yield words.say("measures-counted", before=found.before, after=found.after, weeks=weeks)
    if found.verdict == "too-few":
        yield words.say("measures-too-few")
        return
    assert found.low is not None
    change = _change(found.ratio) if found.ratio is not None else words.say("measures-none-before")
    high = _change(found.high) if found.high is not None else words.say("measures-no-end")
    yield words.say(f"measures-{found.verdict}", change=change, low=_change(found.low), high=high)


def _change(ratio: float) -> str:
    """A ratio of two rates as a change: 0.5 is −50 %."""
    return _signed(round(100 * (ratio - 1)))


def _signed(percent: int) -> str:
    sign = "−" if percent < 0 else "+" if percent > 0 else "±"
    return f"{sign}{abs(percent)} %"
