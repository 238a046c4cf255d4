"""What a table gives: for each row a submission or the reason why not, and what else is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from git_feedback import i18n
from git_feedback.model import Submission


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row that people should know; `row` counts data rows from 1 (the header is none)."""

    row: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """Fact and way out in one line."""
        between = "；" if language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, language, **self.values) if half)


@dataclass(frozen=True, slots=True)
class Row:
    """One row read: `submission` is None when it is refused, `remarks` then says why."""

    number: int
    submission: Submission | None
    remarks: tuple[Remark, ...] = ()
    closed_because: str | None = None
    """Set where the source calls it closed, but at a time that cannot be: it is closed from its landing on."""
