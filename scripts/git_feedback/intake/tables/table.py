"""One row of any table, as a mapping reads it: what the source says becomes a submission, what it does not stays out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from git_feedback import i18n
from git_feedback.intake.door import masked_in, safe
from git_feedback.intake.lengthy import notes, parted, shortened
from git_feedback.intake.rows import Private, Remark, Row
from git_feedback.intake.tables.cells import Unreadable, key, moment, number, point
from git_feedback.intake.tables.header import BETWEEN
from git_feedback.intake.tables.mapping import Cells, When
from git_feedback.intake.tables.mapping import Mapping as Columns
from git_feedback.model import Event, Submission, translated
from git_feedback.model import events as ev
from git_feedback.policy.files import DeskFile
from git_feedback.text import language

BY = "import"
ENDED_TOO_EARLY = "ended-before-it-began"
_LINE_MAX = 300
_PLACE = re.compile(r"\{([^{}]+)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HAN = re.compile(r"[㐀-鿿]")


def _passed(words: str) -> str:
    """What the door lets pass; a table says the same short things again and again."""
    return _passed_short(words) if len(words) <= _LINE_MAX else safe(words)


_passed_short = lru_cache(maxsize=4096)(safe)


@dataclass
class _Reading:
    """One row while it is read: its cells, and what is found on the way."""

    number: int
    cells: Cells
    mapping: Columns
    desk: DeskFile
    originals: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def first(self, columns: Sequence[str]) -> tuple[str, str]:
        """The first column that says something, and its cell; both empty where none does."""
        return next(((column, self.cells[column]) for column in columns if self.cells.get(column)), ("", ""))

    def moment(self, columns: Sequence[str]) -> datetime | None:
        column, cell = self.first(columns)
        return moment(cell, column, self.mapping)

    def day(self, columns: Sequence[str]) -> str | None:
        found = self.moment(columns)
        return found.date().isoformat() if found else None

    def said(self, name: str, words: str) -> str:
        """Words of a field as they may be kept; what is masked in them is remembered to be sealed."""
        kept = _passed(words)
        if kept != words:
            self.originals |= masked_in({name: words})
        return kept


def submission(number: int, row: Cells, mapping: Columns, desk: DeskFile) -> Row | None:
    """The row as a submission with its history, or refused with the reason; None for a row that the mapping skips.

    `mapping` is one that was held against the header of the table.
    """
    cells = {name: _cell(name, cell.strip(), mapping) for name, cell in row.items()}
    if mapping.skip_when and mapping.skips(cells):
        return None
    reading = _Reading(number, cells, mapping, desk)
    try:
        found = _read(reading)
    except Unreadable as wrong:
        return Row(number, None, (Remark(number, wrong.code, wrong.values),))
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        values = {name: safe(value) if isinstance(value, str) else value for name, value in problem.values.items()}
        return Row(number, None, (Remark(number, problem.code, values),))
    private = Private(_contacts(reading), reading.originals)
    return Row(number, found, tuple(reading.remarks), _because(reading.remarks), private)


def _because(remarks: Sequence[Remark]) -> str | None:
    impossible = next((one for one in remarks if one.code == ENDED_TOO_EARLY), None)
    return f"the source says: ended {impossible.values['end']}, before it was received" if impossible else None


def _cell(name: str, cell: str, mapping: Columns) -> str:
    """A cell without what means nothing, its codes in words; several answers stand on lines of their own."""
    if cell in mapping.nothing:
        return ""
    meant = mapping.values.get(name)
    between = mapping.split.get(name)
    if between is None:
        return meant.get(cell, cell) if meant else cell
    answers = (answer.strip() for answer in cell.split(between))
    return "\n".join((meant or {}).get(answer, answer) for answer in answers if answer not in mapping.nothing)


def _contacts(reading: _Reading) -> dict[str, str]:
    """By kind what the first column says that says something; of a name all, for it may stand in several columns."""
    found: dict[str, str] = {}
    for kind, columns in reading.mapping.contacts.items():
        if kind == "name":
            words = " ".join(reading.cells[column] for column in columns if reading.cells[column])
        else:
            words = reading.first(columns)[1]
        found |= {kind: words[:_LINE_MAX]} if words else {}
    return found


def _read(reading: _Reading) -> Submission:
    cells, mapping = reading.cells, reading.mapping
    columns = mapping.columns
    received = reading.moment(columns.received)
    if received is None:
        raise Unreadable("no-time", column=columns.received[0])
    if not all(cells[name] for name in columns.source):
        raise Unreadable("no-source", column=next(name for name in columns.source if not cells[name]))
    limits = reading.desk.limits
    title, text = _title(reading), _text(reading)
    if len(title) > limits.title_max and title not in " ".join(text.split()):
        text = f"{title}\n\n{text}".strip()
    title = title or (text.splitlines()[0] if text else "")
    text, rest = parted(text, limits.text_max)
    kind = reading.first(columns.kind)[1]
    facts: dict[str, Any] = {
        "received": received,
        "record": "history" if mapping.record == "history" else None,
        "channel": _channel(cells, mapping),
        "source": key([cells[name] for name in columns.source], columns.source),
        "language": _language(reading, f"{title} {text}"),
        "title": shortened(title, limits.title_max),
        "text": text or None,
        "submitter": {"kind": kind} if kind else None,
        "product": shortened(_line(reading, "product", columns.product), _LINE_MAX) or None,
        "area": shortened(_line(reading, "area", columns.area), _LINE_MAX) or None,
        "device": shortened(_line(reading, "device", columns.device), limits.device_max) or None,
        "rating": number(reading.first(columns.rating)[1]),
        "nps": number(reading.first(columns.nps)[1]),
        "expected": reading.day(columns.expected),
        "tags": tuple(dict.fromkeys(_tags(reading))),
        "point": point([cells.get(name, "") for name in columns.point]),
        "history": tuple(_history(reading, received, rest)),
    }
    return Submission.model_validate(facts)


# ---- words ----------------------------------------------------------------------------------------------------------


def _text(reading: _Reading) -> str:
    """The columns of the text, then each question that was answered under its own words."""
    cells, mapping = reading.cells, reading.mapping
    parts = [cells.get(name, "") for name in mapping.columns.text]
    parts += _answers({name: cells[name] for name in mapping.questions if cells.get(name)})
    return reading.said("text", "\n\n".join(part for part in parts if part))


def _answers(said: Mapping[str, str]) -> Iterator[str]:
    """Each question with its answer; of one with a column for each option, the options that were chosen."""
    for asked, several in groupby(said.items(), key=lambda one: one[0].partition(BETWEEN)[0]):
        chosen = [_chosen(name.partition(BETWEEN)[2], answer) for name, answer in several]
        yield _answer(asked, "\n".join(chosen))


def _chosen(option: str, answer: str) -> str:
    return answer if option in ("", answer) else f"{option}{_colon(option)}{answer}"


def _answer(question: str, answer: str) -> str:
    asked = question.rstrip(" :：")
    if "\n" in answer:
        return "\n".join([f"{asked}{_colon(asked)}".rstrip(), *(f"- {one}" for one in answer.split("\n") if one)])
    return f"{asked}{_colon(asked)}{answer}"


def _colon(asked: str) -> str:
    if asked.endswith(("?", "？", "!", "！")):
        return " " if asked.isascii() or not _HAN.search(asked) else ""
    return "：" if _HAN.search(asked) else ": "


def _title(reading: _Reading) -> str:
    given = _line(reading, "title", reading.mapping.columns.title)
    if given or not reading.mapping.title:
        return given
    words = _PLACE.sub(lambda place: reading.cells.get(place[1], ""), reading.mapping.title)
    return reading.said("title", " ".join(words.split()))


def _line(reading: _Reading, name: str, columns: Sequence[str]) -> str:
    """Several columns as one line; what an earlier one says already is not said again."""
    parts: list[str] = []
    for column in columns:
        words = reading.said(name, " ".join(reading.cells.get(column, "").split())).strip(" -")
        if words and not any(words.casefold() in part.casefold() for part in parts):
            parts = [part for part in parts if not words.casefold().startswith(part.casefold())]
            parts.append(words)
    return reading.mapping.joint.join(parts)


def _tags(reading: _Reading) -> Iterator[str]:
    for column in reading.mapping.columns.tags:
        for tag in reading.cells.get(column, "").split("\n"):
            if tag:
                yield reading.said(f"tags {tag[:20]}", tag)[:_LINE_MAX]


def _language(reading: _Reading, text: str) -> str | None:
    told = reading.first(reading.mapping.columns.language)[1].replace("_", "-")
    if _LANGUAGE.fullmatch(told):
        return told
    found = reading.mapping.language or language(text)
    return None if found == "und" else found


# ---- what happened --------------------------------------------------------------------------------------------------


def _channel(cells: Cells, mapping: Columns) -> str:
    entry = mapping.given("channels", cells)
    found = entry.gives if entry else mapping.channel
    if found is None:
        column = mapping.columns.channel or "-"
        raise Unreadable("unmapped-channel", given=safe(cells.get(column, ""))[:60], column=column)
    return found


def _history(reading: _Reading, received: datetime, rest: str) -> list[Event]:
    cells, mapping = reading.cells, reading.mapping
    history: list[Event] = []
    category, department = mapping.given("categories", cells), mapping.given("departments", cells)
    if category:
        history.append(_classified(category, cells, received))
    if department:
        history.append(_assigned(department, reading, received))
    elif reading.first(mapping.columns.due)[1]:
        reading.remarks.append(Remark(reading.number, "due-of-nobody", {"column": mapping.columns.due[0]}))
    resolved = _resolved(reading, received)
    if resolved:
        history.append(resolved)
    if rest:
        words = f"{i18n.text('form-text-goes-on', reading.desk.language)}\n\n{rest}"
        history += notes(words, received, BY)
    return history


def _classified(entry: When, cells: Cells, received: datetime) -> Event:
    """Urgency and impact are the category's own: landing fills them in from the policy."""
    return ev.Classify(at=received, by=BY, category=entry.gives, urgency=1, impact=1, because=_reason(entry, cells))


def _assigned(entry: When, reading: _Reading, received: datetime) -> Event:
    """Due is the day that the source promised, as the department's own."""
    facts = {"department": entry.gives, "due": reading.day(reading.mapping.columns.due)}
    because = _reason(entry, reading.cells)
    return ev.Assign.model_validate({"at": received, "by": BY, "because": because, **facts})


def _reason(entry: When, cells: Cells) -> str:
    said = {column: " / ".join(cells.get(column, "").split("\n")) for column in entry.when}
    return "; ".join(f"{column}: {shortened(_passed(cell), _LINE_MAX) or '-'}" for column, cell in said.items())


def _resolved(reading: _Reading, received: datetime) -> Event | None:
    mapping = reading.mapping
    if not all(reading.cells.get(name) == value for name, value in mapping.resolved_when.items()):
        return None
    end = reading.moment(mapping.columns.resolved)
    if end is None:
        return None
    if end < received:
        facts = {"end": end.isoformat(), "start": received.isoformat()}
        reading.remarks.append(Remark(reading.number, ENDED_TOO_EARLY, facts))
        return None
    result = reading.said("result", reading.first(mapping.columns.result)[1])[:20_000]
    return ev.Resolve(at=end, by=BY, result=result or None)
