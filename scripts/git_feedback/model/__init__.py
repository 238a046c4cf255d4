"""Items, events, problems and ids: frozen values that everything above speaks in."""

from git_feedback.model import ids
from git_feedback.model.events import VERBS, Event
from git_feedback.model.item import Attachment, Item, Point, Submission, Submitter
from git_feedback.model.problem import Bad, Place, Problem, translated

__all__ = [
    "VERBS",
    "Attachment",
    "Bad",
    "Event",
    "Item",
    "Place",
    "Point",
    "Problem",
    "Submission",
    "Submitter",
    "ids",
    "translated",
]
