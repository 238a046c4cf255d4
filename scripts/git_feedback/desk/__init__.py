"""The desk: an item's life, its clocks, and the verbs that move it."""

from git_feedback.desk import sla
from git_feedback.desk.fold import happened, ordered, state, states
from git_feedback.desk.life import FINISHED, OPEN, STATES, STEPS, UNFINISHED, legal, possible
from git_feedback.desk.missing import Lacking, lacking, missing
from git_feedback.desk.standing import Standing, standing, standings
from git_feedback.desk.tale import MACHINES
from git_feedback.desk.verbs import Refusal, act, is_answerable
from git_feedback.desk.whereabouts import State

__all__ = [
    "FINISHED",
    "MACHINES",
    "OPEN",
    "STATES",
    "STEPS",
    "UNFINISHED",
    "Lacking",
    "Refusal",
    "Standing",
    "State",
    "act",
    "happened",
    "is_answerable",
    "lacking",
    "legal",
    "missing",
    "ordered",
    "possible",
    "sla",
    "standing",
    "standings",
    "state",
    "states",
]
