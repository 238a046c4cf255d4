"""The report of one month: files that are issued once and never rewritten.

`report.md` is for people who read it in the repository, `figures.json` holds every number and word of it for the site
and for other programmes, and the pictures stand beside them.  Nothing here quotes anybody: counts, and names out of
the policy, are all there is.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from git_feedback import charts
from git_feedback.clock import write_moment
from git_feedback.desk import Standing
from git_feedback.i18n import LANGUAGES
from git_feedback.insight import Figures, Finding, clock_name, figures, named, said
from git_feedback.pages.report_text import markdown
from git_feedback.policy import Policy

SCHEMA = 1

Json = dict[str, object]
Drawings = Mapping[str, Sequence[charts.Drawing]]


def report(
    standings: Sequence[Standing],
    policy: Policy,
    month: str,
    now: datetime,
    commit: str,
    languages: Sequence[str] = LANGUAGES,
) -> dict[str, bytes]:
    """The files of the report on `month` (`2026-10`), issued at `now` from `commit`, by name.

    Words are in `languages`, the desk's own first.  The same standings, policy, `now` and `commit` give the same
    bytes.  A month in which nothing happened gives a report that says so, without charts.  Raises ValueError when
    `month` is no month, and FontMissing where Chinese charts have no font.
    """
    speaking = sorted(languages, key=lambda language: language != policy.desk.language)
    found = figures(standings, policy, month, now)
    drawings = {language: _drawings(found, policy, language) for language in speaking}
    pictures = dict(_pictures(drawings))
    issued = {
        "schema": SCHEMA,
        "period": month,
        "issued": write_moment(now.astimezone(ZoneInfo(policy.desk.zone))),
        "commit": commit,
        "zone": policy.desk.zone,
        "empty": found.is_empty,
        **_numbers(found),
        "findings": [_finding(finding, policy, speaking) for finding in found.findings],
        "charts": {language: [_chart(drawing) for drawing in drawings[language]] for language in speaking},
        "files": {name: sha256(content).hexdigest() for name, content in pictures.items()},
    }
    return {
        "report.md": markdown(issued, speaking).encode(),
        "figures.json": _bytes(issued),
        **pictures,
    }


def picture(chart: str, language: str, variant: str) -> str:
    """The file of a picture: `volume.zh.wide.light.svg`."""
    return f"{chart}.{language}.{variant}.svg"


def names(policy: Policy, language: str) -> dict[str, str]:
    """What categories are called, by id."""
    return {category.id: category.name.said(language) for category in policy.categories.values()}


def series(
    found: Figures, policy: Policy, language: str
) -> list[charts.Volume | charts.Pareto | charts.Attainment | charts.Heatmap]:
    """What the four charts are drawn from, in the order of the report; labels are in `language`."""
    called = names(policy, language)
    return [
        charts.Volume(tuple(charts.Day(day.date, day.received, day.resolved, day.working) for day in found.days)),
        charts.Pareto(
            tuple(
                charts.Category(named(one.category, language, called), one.count, one.late) for one in found.categories
            )
        ),
        charts.Attainment(
            tuple(
                charts.Share(clock_name(one.clock, one.level, language), one.met, one.breached, one.excluded)
                for one in found.attainment
            )
        ),
        charts.Heatmap(found.arrivals),
    ]


def _drawings(found: Figures, policy: Policy, language: str) -> list[charts.Drawing]:
    return [] if found.is_empty else [charts.draw(one, language) for one in series(found, policy, language)]


def _pictures(drawings: Drawings) -> list[tuple[str, bytes]]:
    return sorted(
        (picture(drawing.name, language, variant), svg)
        for language, drawn in drawings.items()
        for drawing in drawn
        for variant, svg in drawing.svgs.items()
    )


def _numbers(found: Figures) -> Json:
    numbers = asdict(found)
    del numbers["findings"]
    return numbers


def _finding(finding: Finding, policy: Policy, languages: Sequence[str]) -> Json:
    words = {language: said(finding, language, names(policy, language)) for language in languages}
    return {"code": finding.code, "values": dict(finding.values), "said": words}


def _chart(drawing: charts.Drawing) -> Json:
    return {
        "name": drawing.name,
        "alt": drawing.alt,
        "caption": drawing.caption,
        "head": list(drawing.head),
        "rows": [list(row) for row in drawing.rows],
    }


def _bytes(issued: Json) -> bytes:
    written = json.dumps(issued, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False, default=_day)
    return f"{written}\n".encode()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in figures.json")
