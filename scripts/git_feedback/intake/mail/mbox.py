"""Mails of a mailbox in one file (mbox), in order; one that cannot be read is a row of its own and stops no other.

Each is read when its turn comes and forgotten after that: memory holds one mail at a time beside the file.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from git_feedback.intake.mail import message as mail
from git_feedback.intake.mail.headers import moment
from git_feedback.intake.mail.parts import MOST
from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.model import Bad, Problem

_FROM = re.compile(
    rb"(?:\A\s*|(?<=[\r\n]))From [^\r\n]{1,200}?\d{1,2}:\d\d(?::\d\d)?[^\r\n]{0,60}\r?\n(?=[!-9;-~]{1,80}:|From )"
)
"""The line before a mail: who and when, and a header below it; words of a mail that begin so have a `>` before them."""
_GUARDED = re.compile(rb"(?m)^>(>*From )")
_STAMP = re.compile(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* +[A-Z][a-z]{2}[^\r\n]*")
_DAY_FIRST = re.compile(r"(\w{3}),? +(\w{3}) +(\d{1,2}) +(\d{1,2}:\d\d(?::\d\d)?)(.*?)\b(\d{4})\b(.*)")


def read(source: Source) -> Iterator[Row]:
    """Each mail in order.  Raises Bad when the file is no mailbox."""
    marks = _FROM.finditer(source.content)
    mark = next(marks, None)
    if mark is None or source.content[: mark.start()].strip():
        if source.content.strip():
            raise Bad([Problem("<mbox>", 1, 1, "no-mailbox", {})])
        return
    number = 0
    while mark is not None:
        following = next(marks, None)
        number += 1
        end = following.start() if following else len(source.content)
        yield _row(number, mark.group(), source, mark.end(), end)
        mark = following


def _row(number: int, line: bytes, source: Source, start: int, end: int) -> Row:
    if end - start > MOST:
        return Row(number, None, (Remark(number, "mail-too-large", {"bytes": end - start, "most": MOST}),))
    content = _GUARDED.sub(rb"\1", source.content[start:end])
    return mail.row(number, content, source.policy, source.now, _delivered(line))


def _delivered(line: bytes) -> datetime | None:
    """When the mailbox took the mail in, as the line before it says: `Fri Nov 20 10:31:05 2026`."""
    stamp = _STAMP.search(line)
    parts = _DAY_FIRST.match(stamp[0].decode("ascii", "replace")) if stamp else None
    if not parts:
        return None
    _, month, day, time, zone, year, zone_behind = parts.groups()
    return moment(f"{day} {month} {year} {time} {(zone + zone_behind).strip() or '+0000'}")
