"""How much open items matter, where a person has to say so: top levels to confirm, and what more people turned out to have.

Each stands there with the reasons, and with the command that says yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.desk import MACHINES, Standing
from git_feedback.desk.majors import SHOWN, counting, to_confirm, whom_to_ask
from git_feedback.desk.untold import counted
from git_feedback.pages.page import Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.words import Words
from git_feedback.triage.weights import reasons_of
from git_feedback.triage.widening import Widened, widened


@dataclass(frozen=True, slots=True)
class Weighed:
    """One item as the page shows it: its row, a line for each reason, and the command that agrees."""

    row: object
    lines: Sequence[str]
    command: str


class Weights:
    """What people have to say about weights, of a whole record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._majors = to_confirm(record.standings, record.policy, record.now)
        copies = [(pair.id, pair.original) for pair in record.pairs if pair.exact]
        found = widened(record.standings, record.policy, record.now, copies)
        self._wider = [one for one in found if one.event is None]

    def majors(self, words: Words) -> list[Weighed]:
        """Items of a top level that nobody gave who may, with who gave it, why, and who may confirm it."""
        return [self._major(one, words) for one in self._majors]

    def wider(self, words: Words) -> list[Weighed]:
        """Items that a person classified before so many people were known to have the problem."""
        return [_wider(one, words) for one in self._wider]

    def _major(self, one: Standing, words: Words) -> Weighed:
        policy, state = self._record.policy, one.state
        said, major = counting(counted(one.item, self._record.now)), policy.triage.major
        assert said
        assert major
        by_machine = said.by in MACHINES
        reasons = [one.said(words.language, policy) for one in reasons_of(said.because)] if by_machine else []
        day = self._record.now.astimezone(policy.office.tz).date()
        able = tuple(words.person(who) for who in whom_to_ask(major, policy, state.department, day)[:SHOWN])
        lines = [
            words.say("page-human-major-by", who=words.person(said.by), time=words.dated(said.at)),
            *(reasons or ([said.because] if said.because else [])),
            words.say("page-human-major-able", people=able),
        ]
        scope = f" --scope {said.scope}" if said.scope else ""
        weighs = f"--category {state.category} --urgency {said.urgency} --impact {said.impact}{scope}"
        return Weighed(rows.row(one, words), lines, f"git feedback classify {one.item.id} {weighs}")


def _wider(one: Widened, words: Words) -> Weighed:
    """Who said what it weighs, and what would be added now."""
    said = words.say("page-human-wider-by", who=words.person(one.said.by), time=words.dated(one.said.at))
    raised = [reason.said(words.language, words.policy) for reason in one.score.reasons[1:]]
    return Weighed(rows.row(one.standing, words), [said, *raised], one.command)
