"""What an item is and whose: suggestions with their reasons, from rules that people can read."""

from git_feedback.triage.matching import Match
from git_feedback.triage.rules import Candidate, Rules, Suggestion
from git_feedback.triage.screening import Screening, Suspicion, suspicions

__all__ = ["Candidate", "Match", "Rules", "Screening", "Suggestion", "Suspicion", "suspicions"]
