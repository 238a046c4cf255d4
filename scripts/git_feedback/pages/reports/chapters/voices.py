"""What submitters said in the period, in their own words: three quotes for each theme, masked and without names.

The figures hold items and codes only; the words stand where the report says them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.insight import quoting
from git_feedback.insight.voices import Theme, Voice, voices, words_of
from git_feedback.pages.reports.document import Paragraph, Part, Quote, Quotes
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "voices"
_AFTERWARDS = ("satisfied", "unsatisfied")
_ENDS = {
    "resolved": "resolved",
    "reviewed": "resolved",
    "replied": "replied",
    "closed": "closed",
    "duplicate": "duplicate",
    "reopened": "reopened",
}
"""What is said of a state of life; of all others, that it is being worked on."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who is quoted, by theme."""

    themes: tuple[Theme, ...]


def find(material: Material) -> Found:
    """Always there: a month in which nobody can be quoted says so."""
    return Found(voices(material.ledger, material.period, material.policy))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """The quotes of each theme, with what became of each matter."""
    if not found.themes:
        return [Paragraph(speech.say("report-voices-none"))]
    names = quoting.staff(material.policy)
    quotes = [Quotes(_heading(one, speech), tuple(_quotes(one, material, names, speech))) for one in found.themes]
    praised = any(one.kind == "praise" for one in found.themes)
    no_praise = [] if praised else [Paragraph(speech.say("report-voices-no-praise"))]
    return [Paragraph(speech.say("report-voices-how"), hushed=True), *quotes, *no_praise]


def _heading(theme: Theme, speech: Speech) -> str:
    return speech.say(f"report-voices-{theme.kind}", theme.n, category=speech.category(theme.category))


def _quotes(theme: Theme, material: Material, names: tuple[str, ...], speech: Speech) -> list[Quote]:
    found = []
    for voice in theme.voices:
        standing = material.by_id[voice.item]
        words = words_of(voice, standing, names)
        known = standing.item.language if voice.heard is None else None
        found.append(Quote(words, quoting.spoken(words, known), voice.item, _note(theme, voice, speech)))
    return found


def _note(theme: Theme, voice: Voice, speech: Speech) -> str:
    """What the desk has to say: after the event what it was about, else how urgent it was and how it ended."""
    verdict = speech.say(f"report-voices-verdict-{voice.verdict}") if voice.verdict else ""
    if theme.kind in _AFTERWARDS:
        return _told([speech.category(voice.category), verdict], speech)
    about = [speech.category(voice.category)] if theme.kind == "others" else []
    end = speech.say(f"report-voices-end-{_ENDS.get(voice.life, 'open')}")
    level = "" if theme.kind == "praise" else voice.level
    return _told([*about, level, end, verdict], speech)


def _told(words: Sequence[str], speech: Speech) -> str:
    return speech.say("report-voices-comma").join(word for word in words if word)
