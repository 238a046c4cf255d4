"""How a desk does, small enough to stand elsewhere: a picture with a word and a figure, and the same for badge services.

Teal is on time, red is late and nothing else, ink says that nothing was promised yet.  The picture asks for no font: a
text is as long as `textLength` says, whatever letters a reader has, and Han take the room of two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from git_feedback.desk import Standing
from git_feedback.escaping import json_file
from git_feedback.insight.attainment import Shelf
from git_feedback.insight.verdicts import NO_PROMISES
from git_feedback.pages.page import File, Record
from git_feedback.pages.views import feeds, once
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.words import Words

TEAL, RED, INK = "#0b5a6b", "#a31d16", "#474d55"
_LABEL = "#1b1e22"
_HEIGHT, _SIZE, _PAD = 20, 11, 7
_NARROW = frozenset(" .,:;'|!iIjlt()[]%·")
_FONTS = "Verdana,DejaVu Sans,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif"


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: what it is about, what it says, and how that is meant."""

    label: str
    message: str
    colour: str


def files(record: Record) -> Iterator[File]:
    """badge.svg and api/badge.json for the desk in its language; both for each department; pictures in each language."""
    every, judged = both(record), _judged(record)
    first = every[record.policy.desk.language]
    yield File("badge.svg", drawn(badge(record, "", first, judged)))
    for name, department in feeds.named(record).items():
        end = "" if name == feeds.ALL else f"-{name}"
        yield File(f"api/badge{end}.json", json_file(endpoint(badge(record, department, first, judged))).encode())
        for language, words in every.items():
            yield File(f"{language}/badge{end}.svg", drawn(badge(record, department, words, judged)))


def badge(record: Record, department: str, words: Words, judged: Shelf | None = None) -> Badge:
    """How all do (empty), or a department: what is late now, else the share of the last thirty days that was kept."""
    mine = [one for one in record.standings if department in ("", one.state.department)]
    label = words.department(department) or record.policy.desk.name.said(words.language)
    late = sum(is_late(one) for one in mine)
    if late:
        return Badge(label, words.say("badge-late", late), RED)
    share = kept(judged or _judged(record), department)
    if share is None:
        return Badge(label, words.say("badge-nothing"), INK)
    return Badge(label, words.say("badge-on-time", None, share=share), TEAL)


def is_late(one: Standing) -> bool:
    """Whether something that was promised is late now; imported history is not reproached with its past."""
    return one.item.record is None and bool(one.worst and one.worst.state == "breached-open")


def _judged(record: Record) -> Shelf:
    return once.judged(record).by_department


def kept(judged: Shelf, department: str) -> int | None:
    """The share of promises that all (empty) or a department kept, in whole percent, rounded down; None without any."""
    found = [judged.of(department or None, clock) for clock in sorted(judged.clocks - NO_PROMISES)]
    met, n = sum(one.met for one in found), sum(one.n for one in found)
    return 100 * met // n if n else None


def endpoint(one: Badge) -> dict[str, object]:
    """The form that badge services read."""
    return {"schemaVersion": 1, "label": one.label, "message": one.message, "color": one.colour.removeprefix("#")}


def drawn(one: Badge) -> bytes:
    """The picture, with a title that says the same in words."""
    left, right = (width(said) + 2 * _PAD for said in (one.label, one.message))
    title = escape(f"{one.label}: {one.message}" if one.message.isascii() else f"{one.label}：{one.message}")
    texts = "".join(_text(said, start, width(said)) for said, start in ((one.label, 0), (one.message, left)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" '
        f'viewBox="0 0 {left + right} {_HEIGHT}" role="img" aria-labelledby="t"><title id="t">{title}</title>'
        f'<rect width="{left}" height="{_HEIGHT}" fill="{_LABEL}"/>'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{one.colour}"/>'
        f'<g fill="#fff" font-family="{_FONTS}" font-size="{_SIZE}">{texts}</g></svg>\n'
    ).encode()


def _text(said: str, start: int, length: int) -> str:
    return (
        f'<text x="{start + _PAD}" y="14" textLength="{length}" lengthAdjust="spacingAndGlyphs">{escape(said)}</text>'
    )


def width(said: str) -> int:
    """About how wide a text is drawn, in pixels; Han and what is as wide as they are take a whole square."""
    return max(1, round(sum(_wide(letter) for letter in said)))


def _wide(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return _SIZE
    return 0.4 * _SIZE if letter in _NARROW else 0.64 * _SIZE
