"""What a host tells of an issue that was asked for."""

from dataclasses import dataclass

from git_feedback.intake.issues import Issue


@dataclass(frozen=True, slots=True)
class Told:
    """One issue, by the name that people know it by; None with the reason for one that cannot be read."""

    name: str
    issue: Issue | None
    reason: str = ""
