"""Durations as policy writes them: `30m`, `2h`, `24h@24x7`, `3wd`."""

import re
from dataclasses import dataclass, field
from typing import Self

_FORM = re.compile(r"(?P<amount>[1-9][0-9]{0,5})(?P<unit>m|h|wd)(?:@(?P<calendar>\w[\w-]*))?")
_SECONDS = {"m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Duration:
    """So much working time, or so many working days; exactly one of the two is not None.

    `calendar` names the calendar whose time is consumed; None leaves it to whoever asked.
    Equal durations may be written differently: `60m` equals `1h`, and each keeps its own text.
    """

    seconds: int | None
    working_days: int | None
    calendar: str | None
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The duration of a text such as `90m@office`; ValueError tells what else could have been written."""
        form = _FORM.fullmatch(text)
        if form is None:
            raise ValueError(
                f"{text!r} is not a duration; write minutes, hours or working days: 30m, 2h, 24h@24x7, 3wd"
            )
        amount, unit, calendar = int(form["amount"]), form["unit"], form["calendar"]
        if unit != "wd":
            return cls(amount * _SECONDS[unit], None, calendar, text)
        if calendar is not None:
            raise ValueError(f"{text!r}: working days are always those of the office calendar; write {amount}wd")
        return cls(None, amount, None, text)

    def __str__(self) -> str:
        return self.text
