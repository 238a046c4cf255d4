"""The desk: an item's life, its clocks, and the verbs that move it."""

from git_feedback.desk import sla
from git_feedback.desk.fold import MACHINES, State, happened, ordered, state, states
from git_feedback.desk.life import FINISHED, OPEN, STATES, STEPS, UNFINISHED, legal
from git_feedback.desk.standing import Standing, standing, standings

__all__ = [
    "FINISHED",
    "MACHINES",
    "OPEN",
    "STATES",
    "STEPS",
    "UNFINISHED",
    "Standing",
    "State",
    "happened",
    "legal",
    "ordered",
    "sla",
    "standing",
    "standings",
    "state",
    "states",
]
