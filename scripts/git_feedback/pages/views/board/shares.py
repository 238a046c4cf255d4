"""How it went: the share of promises kept by level and clock, by department, channel and month, each with its n.

Beside every share stands what is not in it and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.desk.sla import NAMES
from git_feedback.insight import month_name
from git_feedback.insight.attainment import Attainment, Kept, Shelf
from git_feedback.pages.views.words import Words
from git_feedback.policy import Edition
from git_feedback.policy.model import Facts

SHOWN = ("respond", "resolve")
"""Clocks that have a column of their own where all clocks are counted together."""
REASONS = ("cancelled", "cancelled_late", "no_data", "pending")


@dataclass(frozen=True, slots=True)
class Cell:
    """The share kept in percent (None without any verdict), of how many, and the target in words (empty: none).

    Without a level there is no target of its own, which is not the same as a level that has none.
    """

    share: int | None
    n: int
    target: str = ""
    has_level: bool = True

    @property
    def bar(self) -> Markup:
        """The share as a line; what is missing from it was late."""
        kept = self.share or 0
        late = f'<rect class="b" x="{kept}" width="{100 - kept}" height="4"/>' if kept < 100 else ""
        return Markup(  # noqa: S704 - numbers
            '<svg class="fb-bar fb-kept" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="k" width="{kept}" height="4"/>{late}</svg>'
        )


def by_level(found: Attainment, words: Words) -> dict[str, object]:
    """The table of clocks by levels: rows for every clock that has a target or a verdict."""
    edition = words.policy.edition(words.now.date())
    levels = sorted({*edition.levels, *found.by_level.keys} - {""})
    unclassified = [""] if "" in found.by_level.keys else []
    targets = {(level, clock): target(edition, level, clock, words) for level in levels for clock in NAMES}
    clocks = [
        clock for clock in NAMES if clock in found.by_level.clocks or any(targets[level, clock] for level in levels)
    ]
    return {
        "heads": [words.token(level) for level in levels] + [words.say("board-unclassified") for _ in unclassified],
        "rows": [
            {
                "name": words.say(f"page-clock-{clock}"),
                "cells": [
                    cell(found.by_level.of(level, clock), targets.get((level, clock), ""), has_level=bool(level))
                    for level in (*levels, *unclassified)
                ],
                "left_out": left_out(found.by_level.of(clock=clock), words),
            }
            for clock in clocks
        ],
        "total": left_out(found.by_level.of(), words),
        "n": found.by_level.of().n,
    }


def by_department(found: Attainment, words: Words) -> list[dict[str, object]]:
    """A row for every department, in the order of the policy; what is with none comes last."""
    known = words.policy.departments
    return [
        _row(found.by_department, key, words.department(key) or words.say("board-no-department"), "department", words)
        for key in _in_order(list(known), found.by_department)
    ]


def by_channel(found: Attainment, words: Words) -> list[dict[str, object]]:
    """A row for every channel, in the order of the policy."""
    return [
        _row(found.by_channel, key, words.channel(key), "channel", words)
        for key in _in_order(list(words.policy.channels), found.by_channel)
    ]


def by_month(found: Attainment, words: Words) -> list[dict[str, object]]:
    """A row for every month, newest first, back to the first one in which anything was judged."""
    first = next((month for month in found.months if month in found.by_month.keys), found.months[-1])
    return [
        _row(found.by_month, month, _month(month, words), "", words)
        for month in reversed(found.months)
        if month >= first
    ]


def _month(month: str, words: Words) -> str:
    return words.say("board-month", year=month[:4], month=month_name(month, words.language))


def _in_order(known: Sequence[str], shelf: Shelf) -> list[str]:
    unknown = [key for key in shelf.keys if key not in known]
    return [*known, *(key for key in unknown if key), *(key for key in unknown if not key)]


def _row(shelf: Shelf, key: str, name: str, link: str, words: Words) -> dict[str, object]:
    return {
        "id": key,
        "name": name,
        "link": link if key else "",
        "all": cell(shelf.of(key)),
        "cells": [cell(shelf.of(key, clock)) for clock in SHOWN],
        "left_out": left_out(shelf.of(key), words),
    }


def cell(kept: Kept, target: str = "", *, has_level: bool = True) -> Cell:
    """What a table shows of some runs."""
    return Cell(percent(kept.met, kept.n), kept.n, target, has_level)


def left_out(kept: Kept, words: Words) -> str:
    """What is not in the share and why, in words; empty when nothing is."""
    counts = {reason: getattr(kept, reason) for reason in REASONS}
    said = [words.say(f"board-left-{reason.replace('_', '-')}", n) for reason, n in counts.items() if n]
    return ("，" if words.language == "zh" else ", ").join(said)


def target(edition: Edition, level: str, clock: str, words: Words) -> str:
    """The target of a clock at a level the way the policy writes it; empty where no clock runs."""
    targets = edition.targets(clock, Facts(level, "", "", "")) if level in edition.levels else ()
    if not targets:
        return ""
    duration, calendar = targets[0].duration, targets[0].calendar
    return words.target(edition, targets[0].rule, duration.seconds or 0, calendar)


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent; only all say 100, only none say 0; None where there is nothing to count from."""
    if not whole:
        return None
    return 100 * part // whole if part * 2 > whole else -(-100 * part // whole)
