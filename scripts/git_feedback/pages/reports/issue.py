"""A report as files: figures.json, report.md, the pictures; the same material and issue give the same bytes."""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from git_feedback.clock import write_moment
from git_feedback.i18n import LANGUAGES
from git_feedback.pages.reports import chapters
from git_feedback.pages.reports.differences import Difference, differences, section_of
from git_feedback.pages.reports.document import Chart, Document, Section, as_json
from git_feedback.pages.reports.markdown import markdown
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.pages.reports.titles import issued_line, title
from git_feedback.pages.reports.workbook import workbook

SCHEMA = 2
TEXT, FIGURES, WORKBOOK = "report.md", "figures.json", "report.{language}.xlsx"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Issue:
    """The circumstances of a report: when it is issued, from which commit, the how manieth edition it is.

    A correction names the `reason` and has the figures.json of the edition `before` it.
    """

    at: datetime
    commit: str
    edition: int = 1
    reason: str = ""
    before: Mapping[str, Any] | None = None


def report(material: Material, issue: Issue, languages: Sequence[str] = LANGUAGES) -> dict[str, bytes]:
    """The files of a report by name, in `languages`, the desk's own first.

    A period in which nothing happened gives a report that says so.  Raises CannotDraw where charts cannot be made.
    """
    speaking = sorted(languages, key=lambda language: language != material.policy.desk.language)
    found = _found(material)
    numbers = {name: _plain(one) for name, one in found.items()}
    changed = differences(issue.before["numbers"], numbers) if issue.before else []
    documents = {language: _document(found, numbers, changed, material, issue, language) for language in speaking}
    pictures = dict(_pictures(documents))
    head = _head(material, issue, numbers, changed)
    said = {language: as_json(document) for language, document in documents.items()}
    books = {WORKBOOK.format(language=language): workbook(one, issue.at) for language, one in documents.items()}
    files = {**pictures, **books}
    hashes = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    return {
        TEXT: markdown([documents[language] for language in speaking]).encode(),
        FIGURES: written({**head, "numbers": numbers, "said": said, "files": hashes}),
        **files,
    }


def picture(chart: str, language: str, variant: str) -> str:
    """The file of a picture: `volume.zh.wide.light.svg`."""
    return f"{chart}.{language}.{variant}.svg"


def checksum(numbers: Mapping[str, Any]) -> str:
    """What stands for all figures of a report: sixteen digits of the SHA-256 of their JSON."""
    return sha256(written(numbers)).hexdigest()[:16]


def written(found: Mapping[str, Any]) -> bytes:
    """JSON as it is issued: sorted keys, no more digits than were meant, a line feed at the end."""
    return f"{json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)}\n".encode()


def _found(material: Material) -> dict[str, Any]:
    """What each chapter found, by its name; chapters that have no place in this report are not there."""
    found = {one.NAME: one.find(material) for one in chapters(material)}
    return {name: one for name, one in found.items() if one is not None}


def _document(
    found: Mapping[str, Any],
    numbers: Mapping[str, Any],
    changed: Sequence[Difference],
    material: Material,
    issue: Issue,
    language: str,
) -> Document:
    speech = Speech(material.policy, language)
    sections = [
        Section(one.NAME, speech.say(f"report-section-{one.NAME}"), tuple(one.tell(found[one.NAME], material, speech)))
        for one in chapters(material)
        if one.NAME in found
    ]
    if issue.before:
        sections.insert(0, section_of(changed, issue.before, issue.reason, speech))
    return Document(
        language=language,
        title=title(material.period.name, language, issue.edition),
        issued=issued_line(issue.at.astimezone(material.zone).date(), issue.commit, language),
        notes=tuple(_notes(material, issue, speech)),
        sections=tuple(one for one in sections if one.parts),
        footer=tuple(_footer(numbers, material, issue, speech)),
        again=again(material, issue) if issue.commit else "",
    )


def _notes(material: Material, issue: Issue, speech: Speech) -> Iterator[str]:
    if material.is_empty:
        yield speech.say("report-empty", period=speech.period(material.period.name))
    if issue.before:
        yield speech.say("report-corrects", edition=issue.edition, before=issue.before["edition"])
    if material.broken:
        files = len({one.file for one in material.broken})
        yield speech.say("report-broken", files)


def _footer(numbers: Mapping[str, Any], material: Material, issue: Issue, speech: Speech) -> Iterator[str]:
    """What the figures rest on, and how anybody can make them again."""
    edition = policy_edition(material)
    yield speech.say("report-footer-data", commit=issue.commit or "–", zone=material.policy.desk.zone)
    yield speech.say("report-footer-policy", day=speech.day(edition))
    yield speech.say("report-footer-checksum", checksum=checksum(numbers))


def again(material: Material, issue: Issue) -> str:
    """The command that gives the same bytes once more, in whatever folder."""
    now = write_moment(issue.at.astimezone(material.zone))
    words = ["git", "feedback", "report", material.period.name, "--as-of", issue.commit, "--now", now, "--out", "DIR"]
    words += ["--correct", issue.reason] if issue.before else []
    return shlex.join(words)


def policy_edition(material: Material) -> date:
    """The day from which the rules hold that were in force when the period ended."""
    day = material.until.astimezone(material.zone).date()
    held = [one.effective for one in material.policy.editions if one.effective <= day]
    return max(held, default=min(one.effective for one in material.policy.editions))


def _head(material: Material, issue: Issue, numbers: Json, changed: Sequence[Difference]) -> Json:
    head: Json = {
        "schema": SCHEMA,
        "period": material.period.name,
        "edition": issue.edition,
        "issued": write_moment(issue.at.astimezone(ZoneInfo(material.policy.desk.zone))),
        "commit": issue.commit,
        "policy_edition": policy_edition(material).isoformat(),
        "zone": material.policy.desk.zone,
        "empty": material.is_empty,
        "checksum": checksum(numbers),
    }
    if issue.before:
        head["correction"] = {
            "of": issue.before["edition"],
            "reason": issue.reason,
            "changed": [asdict(one) for one in changed],
        }
    return head


def _pictures(documents: Mapping[str, Document]) -> Iterator[tuple[str, bytes]]:
    for language, document in documents.items():
        for part in document.parts:
            if isinstance(part, Chart):
                for variant, svg in part.svgs.items():
                    yield picture(part.name, language, variant), svg


def _plain(value: Any) -> Any:
    """Numbers, texts, lists and mappings of what a chapter found."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, datetime):
        return write_moment(value)
    return value.isoformat() if isinstance(value, date) else value
