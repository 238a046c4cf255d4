"""One row of any table, as a mapping reads it: what the source says becomes a submission, what it does not stays out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from git_feedback.intake.door import safe
from git_feedback.intake.mapping import Mapping, When
from git_feedback.intake.rows import Remark, Row
from git_feedback.model import Event, Submission, translated
from git_feedback.model import events as ev
from git_feedback.text import language

BY = "import"
ENDED_TOO_EARLY = "ended-before-it-began"
_LINE_MAX = 300


class Unreadable(ValueError):
    """A cell that is not what its column should hold."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def submission(number: int, row: dict[str, str], mapping: Mapping) -> Row:
    """The row as a submission with its history, or refused with the reason."""
    cells = dict.fromkeys(mapping.optional, "")
    cells |= {name: "" if cell.strip() in mapping.empty else cell.strip() for name, cell in row.items()}
    try:
        found, remarks = _read(number, cells, mapping)
        impossible = next((one for one in remarks if one.code == ENDED_TOO_EARLY), None)
    except Unreadable as wrong:
        return Row(number, None, (Remark(number, wrong.code, wrong.values),))
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        return Row(number, None, (Remark(number, problem.code, dict(problem.values)),))
    because = f"the source says: ended {impossible.values['end']}, before it was received" if impossible else None
    return Row(number, found, remarks, because)


def _read(number: int, cells: dict[str, str], mapping: Mapping) -> tuple[Submission, tuple[Remark, ...]]:
    columns = mapping.columns
    received = _moment(cells[columns.received], columns.received, mapping)
    if received is None:
        raise Unreadable("no-time", column=columns.received)
    if not cells[columns.source]:
        raise Unreadable("no-source", column=columns.source)
    title = _line(cells, columns.title, mapping)
    text = "\n\n".join(safe(cells[name]) for name in columns.text if cells[name]) or None
    remarks: list[Remark] = []
    facts: dict[str, Any] = {
        "received": received,
        "record": "history" if mapping.record == "history" else None,
        "channel": _channel(cells, mapping),
        "source": _key(cells[columns.source], columns.source),
        "language": mapping.language or _language(f"{title} {text or ''}"),
        "title": title or (text or "").splitlines()[0][:_LINE_MAX] if title or text else "",
        "text": text,
        "product": _line(cells, columns.product, mapping) or None,
        "area": _line(cells, columns.area, mapping) or None,
        "device": _line(cells, columns.device, mapping) or None,
        "rating": cells[columns.rating] or None if columns.rating else None,
        "tags": tuple(dict.fromkeys(safe(cells[name])[:_LINE_MAX] for name in columns.tags if cells[name])),
        "point": _point(cells, columns.point),
        "history": tuple(_history(number, cells, received, mapping, remarks)),
    }
    return Submission.model_validate(facts), tuple(remarks)


def _key(cell: str, column: str) -> str:
    """The source's own key as it is: masked or cut, the keys of two customers could become one identity."""
    if safe(cell) != cell:
        raise Unreadable("key-in-clear", column=column)
    return cell


def _line(cells: dict[str, str], columns: Sequence[str], mapping: Mapping) -> str:
    """Several columns as one line; what an earlier one says already is not said again."""
    parts: list[str] = []
    for name in columns:
        words = " ".join(safe(cells[name]).split()).strip(" -")
        if words and not any(words.casefold() in part.casefold() for part in parts):
            parts = [part for part in parts if not words.casefold().startswith(part.casefold())]
            parts.append(words)
    joined = mapping.joint.join(parts)
    return joined if len(joined) <= _LINE_MAX else joined[: _LINE_MAX - 1] + "…"


def _language(text: str) -> str | None:
    found = language(text)
    return None if found == "und" else found


def _channel(cells: dict[str, str], mapping: Mapping) -> str:
    entry = mapping.given("channels", cells)
    found = entry.gives if entry else mapping.channel
    if found is None:
        column = mapping.columns.channel or "-"
        raise Unreadable("unmapped-channel", given=cells.get(column, "")[:60], column=column)
    return found


def _point(cells: dict[str, str], columns: Sequence[str]) -> dict[str, str] | None:
    """Degrees of latitude and longitude; 0 and 0 lie in the sea and mean unknown."""
    if len(columns) != 2 or not all(cells[name] for name in columns):
        return None
    try:
        values = [float(cells[name]) for name in columns]
    except ValueError:
        return None
    if not any(values) or not (abs(values[0]) <= 90 and abs(values[1]) <= 180):
        return None
    lat, lon = (f"{value:.6f}".rstrip("0").rstrip(".") for value in values)
    return {"lat": lat, "lon": lon}


def _moment(cell: str, column: str, mapping: Mapping) -> datetime | None:
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell) if mapping.times == "iso" else _by_pattern(cell, mapping.times)
    except ValueError:
        raise Unreadable("bad-time", column=column, given=cell[:40], times=mapping.times) from None
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(mapping.zone))).replace(microsecond=0)


def _by_pattern(cell: str, pattern: str) -> datetime:
    return datetime.strptime(cell, pattern)  # noqa: DTZ007 - the mapping's zone is added where the text has none


def _history(
    number: int, cells: dict[str, str], received: datetime, mapping: Mapping, remarks: list[Remark]
) -> list[Event]:
    history: list[Event] = []
    category, department = mapping.given("categories", cells), mapping.given("departments", cells)
    if category:
        history.append(_classified(category, cells, received))
    if department:
        because = _reason(department, cells)
        history.append(ev.Assign(at=received, by=BY, department=department.gives, because=because))
    resolved = _resolved(number, cells, received, mapping, remarks)
    return [*history, resolved] if resolved else history


def _classified(entry: When, cells: dict[str, str], received: datetime) -> Event:
    """Urgency and impact are the category's own: landing fills them in from the policy."""
    return ev.Classify(at=received, by=BY, category=entry.gives, urgency=1, impact=1, because=_reason(entry, cells))


def _reason(entry: When, cells: dict[str, str]) -> str:
    return "; ".join(f"{column}: {safe(cells[column]) or '-'}" for column in entry.when)


def _resolved(
    number: int, cells: dict[str, str], received: datetime, mapping: Mapping, remarks: list[Remark]
) -> Event | None:
    column = mapping.columns.resolved
    if not column or not all(cells.get(name) == value for name, value in mapping.resolved_when.items()):
        return None
    end = _moment(cells[column], column, mapping)
    if end is None:
        return None
    if end < received:
        facts = {"end": end.isoformat(), "start": received.isoformat()}
        remarks.append(Remark(number, ENDED_TOO_EARLY, facts))
        return None
    result = safe(cells[mapping.columns.result])[:20_000] if mapping.columns.result else ""
    return ev.Resolve(at=end, by=BY, result=result or None)
