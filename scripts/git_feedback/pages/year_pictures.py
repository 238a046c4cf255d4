"""The office calendar as pictures in the handbook: this year, and the next one where the calendar lists it."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from git_feedback.charts import CannotDraw, Drawing, Year
from git_feedback.escaping import attribute, line
from git_feedback.i18n import text
from git_feedback.policy import Policy
from git_feedback.policy.calendar_years import days

Draw = Callable[[Year, str], Drawing]
"""Draws a year with words in a language; `charts.draw`, or what remembers its pictures."""

FOLDER = "handbook"
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HEAD = 2000
"""The size of a picture stands within its first bytes."""


def shown_years(policy: Policy, now: datetime) -> list[Year]:
    """The years of the office calendar that the handbook shows."""
    name, calendars = policy.desk.office, policy.calendars
    plan = calendars.plans[name]
    this = now.astimezone(ZoneInfo(plan.zone)).year
    numbers = (this, this + 1) if plan.year(this + 1) else (this,)
    return [
        Year(
            name, number, tuple(day.kind for day in days(plan, number)), calendars.is_provisional(name, number, number)
        )
        for number in numbers
    ]


def year_pictures(years: Sequence[Year], language: str, draw: Draw) -> tuple[str, dict[str, bytes]]:
    """Markdown for the end of the page on clocks, and the pictures beside that page by path below the team's pages.

    Where charts cannot be drawn the page says why; a handbook without pictures is better than none.
    """
    try:
        drawn = [(year, draw(year, language)) for year in years]
    except CannotDraw as cannot:
        return (
            f"\n{text('handbook-no-pictures', language, reason=text(cannot.code, language, None, **cannot.values))}\n",
            {},
        )
    sections = [_section(year, drawing, language) for year, drawing in drawn]
    files = {
        f"{FOLDER}/{_name(year, variant)}": svg for year, drawing in drawn for variant, svg in drawing.svgs.items()
    }
    return "".join(f"\n{section}\n" for section in sections), files


def _name(year: Year, variant: str) -> str:
    return f"calendar-{year.year}.{variant}.svg"


def _section(year: Year, drawing: Drawing, language: str) -> str:
    """A heading and the figure: one block of HTML, for Markdown ends a block at an empty line."""
    heading = text("handbook-year", language, year=year.year)
    table = _table(drawing, language)
    pictures = "\n".join(picture(f"calendar-{year.year}", drawing, ground) for ground in ("light", "dark"))
    caption = f"<figcaption>{line(drawing.caption)}</figcaption>"
    return f'### {heading}\n\n<figure class="fb-chart">\n{pictures}\n{caption}\n{table}\n</figure>'


def picture(name: str, drawing: Drawing, ground: str) -> str:
    """A drawing beside its page for one ground, wide or for a phone; its files are called after `name`."""
    wide, phone = f"wide.{ground}", f"phone.{ground}"
    return (
        f'<picture><source media="(max-width: 44.99em)" srcset="{name}.{phone}.svg" {_size(drawing.svgs[phone])}>'
        f'<img class="fb-{ground}" src="{name}.{wide}.svg" alt="{attribute(drawing.alt)}" {_size(drawing.svgs[wide])}'
        f' loading="lazy" decoding="async"></picture>'
    )


def _size(svg: bytes) -> str:
    found = _SIZE.search(svg, 0, _HEAD)
    return f'width="{found[1].decode()}" height="{found[2].decode()}"' if found else ""


def _table(drawing: Drawing, language: str) -> str:
    head = "".join(f'<th scope="col">{line(word)}</th>' for word in drawing.head)
    rows = "".join(
        f'<tr><th scope="row">{line(row[0])}</th>{"".join(f"<td>{line(word)}</td>" for word in row[1:])}</tr>'
        for row in drawing.rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>{text('report-table', language)}</summary>{table}</details>"
