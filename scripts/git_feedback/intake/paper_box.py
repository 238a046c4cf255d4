"""A sheet on which somebody copied the notes of a paper box: which box, opened when, by whom, before which witness.

Above the notes stand lines of two cells (`意见箱,HZ03`), below them a header and a row for each note.  Box, day and number
of the note are its key, so that a sheet that is taken in again adds nothing.  A box is entered on the day on which it was
opened; a sheet that comes later is taken all the same, and says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from git_feedback import i18n
from git_feedback.intake.door import masked_in, safe
from git_feedback.intake.lengthy import parted
from git_feedback.intake.reaching import contact
from git_feedback.intake.rows import Private, Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.intake.tables import csv_rows, xlsx_rows
from git_feedback.model import Bad, Problem, Submission, Submitter
from git_feedback.model import events as ev
from git_feedback.policy import Box, Policy
from git_feedback.text import fold, language, shorten

BY = "intake"
CHANNEL = "paper-box"
"""Where the sheet's box is not listed in the policy."""
ENTERED_LATE = "entered-late"
"""The code of the remark on a sheet that comes after the day on which its box was opened."""
MOST_NOTES = 2_000
_TITLE_WIDTH, _NOTE_MAX = 60, 5_000
_BOX_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_MOMENT = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[t\s]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?)?",
    re.ASCII,
)
_PACKED = b"PK\x03\x04"
_YES = frozenset({"y", "yes", "是", "要", "需要", "1", "true", "x", "√", "✓", "v"})

HEAD: Mapping[str, tuple[str, ...]] = {
    "box": ("意见箱", "box", "箱号", "意见箱编号", "box number"),
    "area": ("地点", "place", "区域", "门店", "area", "branch"),
    "opened": ("开箱时间", "opened at", "opened", "开箱日期"),
    "by": ("开箱人", "opened by"),
    "witness": ("见证人", "witness"),
}
"""Lines above the notes, each by the names it may have; the first two are printed on blank sheets."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "no", "编号", "number"),
    "text": ("内容", "text", "意见内容", "words", "note"),
    "rating": ("评分", "rating", "星级", "stars"),
    "answer": ("是否需要回复", "wants answer", "需要回复", "是否回复", "answer"),
    "contact": ("联系方式", "contact", "电话", "how to reach them"),
    "name": ("称呼", "name", "姓名"),
}
"""Columns of the notes, likewise."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands above the notes."""

    box: str
    channel: str
    area: str | None
    opened: datetime
    by: str
    witness: str
    late: int
    """How many days after the opening it was entered; 0 on the same day."""


@dataclass
class _Seen:
    numbers: set[str] = field(default_factory=set)
    said_late: bool = False


def read(source: Source) -> Iterator[Row]:
    """A row for each note, in order.  Raises Bad where the sheet does not say which box it is and when it was opened."""
    rows = _rows(source)
    head, columns = _above(rows)
    sheet, seen = _sheet(head, source), _Seen()
    for place, cells in enumerate(rows, 1):
        if place > MOST_NOTES:
            yield Row(place, None, (Remark(place, "too-many-rows", {"most": MOST_NOTES}),))
            return
        said = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        if said.get("text") or said.get("rating"):
            yield _row(place, said, sheet, source, seen)


def _rows(source: Source) -> Iterator[Sequence[str]]:
    """The rows of cells of a CSV file or a workbook; rows that cannot be read end it, as their numbers would be lost."""
    found = xlsx_rows.grid(source) if source.content.startswith(_PACKED) else csv_rows.grid(source)[0]
    for number, row in enumerate(found, 1):
        if isinstance(row, Remark):
            raise Bad([Problem("", number, 1, row.code, row.values)])
        yield row


# ---- what stands above the notes ------------------------------------------------------------------------------------


def _above(rows: Iterator[Sequence[str]]) -> tuple[dict[str, str], dict[str, int]]:
    """The lines above, and the columns of the notes by their place.  Raises Bad without a header of notes."""
    head: dict[str, str] = {}
    for cells in rows:
        columns = {name: at for at, cell in enumerate(cells) if (name := _named(cell, COLUMNS))}
        if "text" in columns and len(columns) > 1:
            return head, columns
        label = _named(cells[0], HEAD) if cells else None
        if label and label not in head:
            head[label] = next((cell.strip() for cell in cells[1:] if cell.strip()), "")
    raise _bad("box-no-notes", columns=tuple(names[0] for names in COLUMNS.values()))


def _named(cell: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """What a label means; one in two languages (`意见箱 / Box`) by either."""
    parts = [" ".join(part.split()).strip(" .:：*") for part in re.split(r"[/／]", fold(cell))]
    return next((name for name, words in names.items() if any(part in words for part in parts)), None)


def _sheet(head: Mapping[str, str], source: Source) -> _Sheet:
    policy = source.policy
    box = _box(head.get("box", ""), policy)
    opened = _moment(head.get("opened", ""), policy)
    if opened is None:
        raise _bad("box-no-opening", given=safe(head.get("opened", ""))[:40])
    if opened > source.now:
        raise _bad("box-opened-later", given=opened.isoformat())
    listed = policy.boxes.get(box)
    area = " ".join(safe(head.get("area", "")).split()) or (listed.area if listed else None)
    by, witness = (" ".join(safe(head.get(name, "")).split())[:100] for name in ("by", "witness"))
    late = (_day(source.now, policy) - _day(opened, policy)).days
    return _Sheet(box, listed.channel if listed else CHANNEL, area, opened, by, witness, late)


def _box(given: str, policy: Policy) -> str:
    """The id of the box, as the policy writes it.  Raises Bad for one that it does not list, where it lists any."""
    known: Mapping[str, Box] = policy.boxes
    found = next((box for box in known if box.casefold() == given.casefold()), None)
    if found:
        return found
    if known or not _BOX_ID.fullmatch(given):
        raise _bad("box-unknown", given=safe(given)[:40], known=tuple(known) or ("B01",))
    return given


def _moment(given: str, policy: Policy) -> datetime | None:
    """A moment in the desk's zone; noon where only the day is told."""
    found = _MOMENT.fullmatch(fold(given).strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        at = datetime(year or 0, month or 0, day or 0, 12 if hour is None else hour, minute or 0, tzinfo=policy.zone)
    except ValueError:
        return None
    return at if 2000 < at.year < 2099 else None


def _day(at: datetime, policy: Policy) -> date:
    return at.astimezone(policy.zone).date()


def _bad(code: str, **values: object) -> Bad:
    return Bad([Problem("", 1, 1, code, values)])


# ---- one note -------------------------------------------------------------------------------------------------------


def _row(place: int, said: Mapping[str, str], sheet: _Sheet, source: Source, seen: _Seen) -> Row:
    number = fold(said.get("number", "")).rstrip(".、") or str(place)
    if number in seen.numbers:
        return Row(place, None, (Remark(place, "box-number-twice", {"given": safe(number)[:20]}),))
    seen.numbers.add(number)
    if safe(number) != number:
        return Row(place, None, (Remark(place, "box-unreadable-note", {"given": safe(number)[:20]}),))
    contacts = dict(contact(said.get("contact", "")))
    if contacts and said.get("name"):
        contacts["name"] = said["name"]
    originals = masked_in({"text": said.get("text", "")})
    try:
        submission = _submission(number, said, sheet, source, anonymous=not contacts)
    except ValueError:  # of a key or words that no item can hold
        return Row(place, None, (Remark(place, "box-unreadable-note", {"given": safe(number)[:20]}),))
    late = sheet.late > 0 and not seen.said_late
    seen.said_late = seen.said_late or late
    values = {"box": sheet.box, "opened": _day(sheet.opened, source.policy).isoformat(), "days": sheet.late}
    remarks = (Remark(place, ENTERED_LATE, values),) if late else ()
    return Row(place, submission, remarks, private=Private(contacts, originals))


def _submission(number: str, said: Mapping[str, str], sheet: _Sheet, source: Source, *, anonymous: bool) -> Submission:
    policy = source.policy
    text, rest = parted(safe(said.get("text", "")), policy.desk.limits.text_max)
    rating = _rating(said.get("rating", ""))
    spoken = language(text) if text else policy.desk.language
    title = text.splitlines()[0] if text else i18n.text("box-rated", policy.desk.language, None, rating=rating or "-")
    day = _day(sheet.opened, policy).isoformat()
    return Submission(
        received=sheet.opened,
        channel=sheet.channel,
        source=f"{sheet.box}/{day}/{number}",
        language=None if spoken == "und" else spoken,
        title=shorten(" ".join(title.split()), min(_TITLE_WIDTH, policy.desk.limits.title_max)),
        text=text or None,
        submitter=Submitter(kind="anonymous") if anonymous else None,
        area=sheet.area,
        rating=rating,
        history=(_note(said, sheet, source, rest, is_rated=rating is not None),),
    )


def _note(said: Mapping[str, str], sheet: _Sheet, source: Source, rest: str, *, is_rated: bool) -> ev.Note:
    """Where it comes from, and what fits no field; in the desk's language."""
    spoken, zone = source.policy.desk.language, source.policy.zone
    nobody = i18n.text("box-nobody", spoken)
    opened = f"{sheet.opened.astimezone(zone):%Y-%m-%d %H:%M}"
    lines = [
        i18n.text(
            "box-note",
            spoken,
            None,
            box=sheet.box,
            opened=opened,
            by=sheet.by or nobody,
            witness=sheet.witness or nobody,
        )
    ]
    if sheet.late > 0:
        lines.append(i18n.text("box-note-late", spoken, sheet.late))
    if fold(said.get("answer", "")) in _YES:
        lines.append(i18n.text("box-note-answer", spoken))
    if said.get("rating") and not is_rated:
        lines.append(i18n.text("box-note-rating", spoken, None, given=safe(said["rating"])[:40]))
    if rest:
        lines.append(rest[:_NOTE_MAX])
    at = max(source.now, sheet.opened).astimezone(zone)
    return ev.Note(at=at, by=BY, text="\n".join(lines))


def _rating(given: str) -> int | None:
    words = fold(given).strip()
    stars = words.count("★") or words.count("⭐")
    found = re.fullmatch(r"([1-5])(?:\s?(?:分|星|stars?|/\s?5))?(?:\.0)?", words)
    if found:
        return int(found[1])
    return stars if 1 <= stars <= 5 else None
