"""What is practised: role plays on two sheets, cases that the table of life judges turn by turn, and best practice."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.learning.life_judges import OWNER, Verdict, verdict
from git_feedback.model.training import Case, Play, Practice, Turn
from git_feedback.pages.page import Page, Record
from git_feedback.pages.training import page_of
from git_feedback.pages.views import rows
from git_feedback.pages.views.rendering import Both, prose
from git_feedback.pages.views.training_parts import Link, article_links, courses_with, told, training_page, worded
from git_feedback.pages.views.words import Words

_CARDS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Judged:
    """An option of a case with what the table of life says to it."""

    verb: str
    name: str
    is_legal: bool
    is_best: bool
    because: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn of a case."""

    tell: Markup
    state: str
    role: str
    options: tuple[Judged, ...]
    best: str
    why: Markup


def pages(record: Record, both: Both) -> Iterator[Page]:
    """A page for each, in each language."""
    known = record.training
    for words in both.values():
        for play in known.plays.values():
            yield _play(play, record, words)
        for case in known.cases.values():
            yield _case(case, record, words)
        for practice in known.practices.values():
            yield _practice(practice, record, words)


def _play(play: Play, record: Record, words: Words) -> Page:
    sides = zip(_CARDS, play.roles, strict=True)
    return training_page(
        record, words, page_of("play", play.id), told(play.title, words), "training_play.html",
        play=play,
        situation=prose(told(play.situation, words)),
        cards=[(mark, told(role.name, words), prose(told(role.brief, words))) for mark, role in sides],
        checklist=[worded(one, words) for one in play.checklist],
        articles=article_links(play.articles, record, words),
        courses=courses_with(record.training, "play", play.id, words),
    )  # fmt: skip


# ---- cases ------------------------------------------------------------------------------------------------------------


def _case(case: Case, record: Record, words: Words) -> Page:
    short = _is_short(case, record)
    return training_page(
        record, words, page_of("case", case.id), told(case.title, words), "training_case.html",
        case=case,
        item=_item(case.item, record),
        turns=[_moment(turn, short, words) for turn in case.turns],
        articles=article_links(case.articles, record, words),
        courses=courses_with(record.training, "case", case.id, words),
    )  # fmt: skip


def _is_short(case: Case, record: Record) -> bool:
    """Whether the case tells of the short lane: its item does, or what is best there is allowed nowhere else."""
    item = next((one for one in record.standings if one.item.id == case.item), None)
    needed = any(not verdict(turn.best, turn.state, turn.role).is_legal for turn in case.turns)
    return needed or (item is not None and item.state.short)


def _moment(turn: Turn, short: bool, words: Words) -> Moment:
    judged = (verdict(verb, turn.state, turn.role, short=short) for verb in turn.options)
    return Moment(
        tell=prose(told(turn.tell, words)),
        state=words.life(turn.state),
        role=role(turn.role, words),
        options=tuple(_judged(one, turn, words) for one in judged),
        best=verb_named(turn.best, words),
        why=worded(turn.why, words),
    )


def _judged(one: Verdict, turn: Turn, words: Words) -> Judged:
    joint = "、" if words.language == "zh" else ", "
    because = ""
    if not one.is_legal:
        because = words.say(
            one.code,
            None,
            verb=verb_named(one.verb, words),
            state=words.life(turn.state),
            states=joint.join(words.life(state) for state in one.states),
            role=role(turn.role, words),
            roles=joint.join(role(name, words) for name in one.roles),
        )
    return Judged(one.verb, verb_named(one.verb, words), one.is_legal, one.verb == turn.best, because)


def verb_named(verb: str, words: Words) -> str:
    """What a verb is called."""
    return words.say(f"training-verb-{verb}")


def role(name: str, words: Words) -> str:
    """What a role is called; the owner of an item is one too."""
    return words.say("training-role-owner") if name == OWNER else words.say(f"handbook-role-{name}")


# ---- best practice ----------------------------------------------------------------------------------------------------


def _practice(practice: Practice, record: Record, words: Words) -> Page:
    return training_page(
        record, words, page_of("practice", practice.id), told(practice.title, words), "training_practice.html",
        practice=practice,
        item=_item(practice.item, record),
        category=words.category(practice.category),
        situation=prose(told(practice.situation, words)),
        done_well=[worded(one, words) for one in practice.done_well],
        reply=prose(told(practice.reply, words)),
        lesson=prose(told(practice.lesson, words)),
        articles=article_links(practice.articles, record, words),
        courses=courses_with(record.training, "practice", practice.id, words),
    )  # fmt: skip


def _item(name: str | None, record: Record) -> Link:
    """The item it comes from, as far as the readers of this site may see it."""
    if name is None:
        return Link("", "")
    is_here = any(one.item.id == name for one in record.standings)
    return Link(rows.path(name) if is_here else "", name)
