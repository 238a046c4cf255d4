"""What a correction changes: the figures of two editions side by side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from git_feedback.i18n import codes
from git_feedback.pages.cells import KINDS, written
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Section, Table
from git_feedback.pages.reports.speech import Speech

Leaf = str | int | float | bool | None
_CODE = re.compile(r"[\w./:+-]{1,80}", re.ASCII)
_WORDS = "…"
"""What stands for words: those of an earlier edition may have been erased since, and stay out of a later one."""
_KEY = ("key_figures", "now")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another one now: its way through `numbers`, and what stood and stands there (`…` for words)."""

    path: tuple[str, ...]
    before: Leaf
    now: Leaf


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Every figure that differs, in the order of their ways; what is not there is None."""
    old, new = dict(_leaves((), before)), dict(_leaves((), now))
    return [
        Difference(path, _shown(old.get(path)), _shown(new.get(path)))
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    ]


def _shown(value: Leaf) -> Leaf:
    return _WORDS if isinstance(value, str) and not _CODE.fullmatch(value) else value


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves((*path, str(key)), one)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from _leaves((*path, f"{place:04}"), one)
    else:
        yield path, value


def section_of(changed: Sequence[Difference], before: Mapping[str, Any], reason: str, speech: Speech) -> Section:
    """The chapter of a correction: why, the key figures that changed, and which chapters changed besides."""
    parts: list[Part] = [Paragraph(reason)]
    rows = tuple(row for one in changed if (row := _row(one, speech)))
    if rows:
        head = tuple(
            speech.say(f"report-correction-{name}", edition=before["edition"]) for name in ("figure", "before", "now")
        )
        parts.append(Table("correction", speech.say("report-correction-table"), head, rows, (False, True, True)))
    others = dict.fromkeys(one.path[0] for one in changed if one.path[:2] != _KEY)
    if others:
        known = codes(speech.language)
        headings = [speech.say(f"report-section-{one}") if f"report-section-{one}" in known else one for one in others]
        parts.append(Paragraph(speech.say("report-correction-others", sections=speech.listed(headings)), hushed=True))
    return Section("correction", speech.say("report-section-correction"), tuple(parts))


def _row(one: Difference, speech: Speech) -> tuple[Cell, Cell, Cell] | None:
    """A key figure that changed, in words."""
    if one.path[:2] != _KEY or one.path[-1] not in KINDS:
        return None
    key = one.path[-1]
    shown = (" ".join(written(key, value, speech.language)).rstrip() for value in (one.before, one.now))
    return Cell(speech.say(f"report-figure-{key}")), *(Cell(words) for words in shown)  # type: ignore[return-value]
