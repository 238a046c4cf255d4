"""People are known by their login: who is not cannot accept or answer by a comment on an issue."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Ground, advice


def examine(ground: Ground) -> Iterator[Finding]:
    """People without a login, where issues are taken in."""
    if not any(source.kind == "issues" for source in ground.policy.intake.sources):
        return
    without = tuple(person.id for person in ground.policy.people.values() if not person.login)
    if without:
        yield advice("doctor-no-login", people=without)
