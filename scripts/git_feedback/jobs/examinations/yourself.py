"""Git's address belongs to somebody in people.yml: else every writing command stops and asks who acts."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken


def examine(ground: Ground) -> Iterator[Finding]:
    """No address, or one that nobody has."""
    email = ground.git.email()
    if not email:
        yield broken("doctor-no-email")
    elif ground.policy.person_by_email(email) is None:
        yield advice("doctor-stranger", email=email)
