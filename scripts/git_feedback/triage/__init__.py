"""What an item is and whose: suggestions with their reasons, from rules that people can read."""

from git_feedback.triage.rules import Match, Rules, Suggestion
from git_feedback.triage.screening import Screening, Suspicion, suspicions

__all__ = ["Match", "Rules", "Screening", "Suggestion", "Suspicion", "suspicions"]
