"""When the page of an item is still right: a key for all that it shows, the same as long as the page is.

An item's file, the policy and the moment make its standing.  While a clock runs the moment itself stands on the page,
and the key holds it.  Where something is still to be done, and where moments are told relative to the day, it holds the
day.  Pages of finished items tell dates: their key holds what the day changes for the whole desk, which is next to
nothing (the year, the length of a working day, which edition names the levels).
"""

from dataclasses import fields

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.pages.editions import letters, letters_of, of_code
from git_feedback.pages.page import Record
from git_feedback.pages.views.around import Around
from git_feedback.pages.views.rendering import Both
from git_feedback.pages.views.words import utc

_APART = frozenset(
    {"standings", "now", "fixed", "digests", "attachments", "advice"}  # a key holds what an item has of it
    | {"problems", "issued", "commit", "kept", "measures", "problem_records"}  # no item's page shows it
    | {"training", "by_hand", "versions", "passes", "editions"}  # nor these
    | {"pairs", "recurring", "articles", "replies"}  # what an item's page shows of it is around the item
)
"""Parts of a record that are not the same for every item; any other changes every key."""
_TOLD_BY_DAY = frozenset({"retract"})
"""Events whose line in the history tells a moment relative to the day."""


class Keys:
    """The keys of items' pages of one record; without knowing what the files held nobody can tell, and there is none."""

    def __init__(self, record: Record, both: Both) -> None:
        """Look at what all pages share."""
        self._record = record
        self._moment = f"{utc(record.now)} {record.fixed}"
        today = record.now.astimezone(record.policy.zone).date()
        self._day = today.isoformat()
        shared = (
            of_code(),
            today.year,
            record.policy.edition(today).effective,
            [(language, words.days) for language, words in both.items()],
            [getattr(record, field.name) for field in fields(record) if field.name not in _APART],
        )
        self._shared = letters_of(shared) if record.digests else ""

    def of(self, one: Standing, around: Around) -> str:
        """The key of an item's page, the same in every language; empty where nobody can tell."""
        digest = self._record.digests.get(one.item.id)
        if digest is None or not self._shared:
            return ""
        shown = (
            self._shared,
            digest,
            self._when(one),
            repr(one.state),
            repr([_clock(clock) for clock in one.clocks]),
            repr(around),
            repr(self._record.advice.get(one.item.id)),
            self._files(one),
        )
        return letters("\n".join(shown).encode("utf-8", "backslashreplace"))

    def _when(self, one: Standing) -> str:
        """How much of the moment the page holds."""
        history = one.item.history
        if any(clock.goes_on for clock in one.clocks) or any(event.at > self._record.now for event in history):
            return self._moment
        by_day = one.state.is_unfinished or any(event.verb in _TOLD_BY_DAY for event in history)
        return self._day if by_day else ""

    def _files(self, one: Standing) -> str:
        """Which of the files that came along are here."""
        if not self._record.attachments:
            return ""
        paths = [file.file.path for file in one.item.attachments]
        paths += [path for event in one.item.history for path in getattr(event, "files", ())]
        there = [self._record.attachments.get(path) for path in paths]
        return repr([(file.path, file.size) for file in there if file])


def _clock(clock: Clock) -> tuple[object, ...]:
    """What the moment can change of a clock."""
    late = [cycle.late_by for cycle in clock.cycles]
    return (clock.name, clock.state, clock.elapsed, clock.target, clock.late_by, late, sorted(clock.flags))
