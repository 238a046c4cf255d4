"""For whom a site is built, as it is said on the command line."""

import click

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.pages.audience import Audience, audience_of

for_whom = click.option(
    "--audience",
    "readers",
    default="team",
    show_default=True,
    metavar="team|public|department:ID",
    help="For whom; any but the team has a folder of its own below the working folder.",
)


def audience(session: Session, readers: str) -> Audience:
    """The audience that is meant, a department by the id it has now.  Stops where there is none of that name."""
    found, policy = audience_of(readers), session.desk.policy
    if found is None:
        raise Stop("audience-unknown", USAGE, language=session.language, given=readers)
    if found.kind != "department":
        return found
    department = policy.department_ids.get(found.department, found.department)
    if department not in policy.departments:
        known = tuple(policy.departments)
        raise Stop("audience-no-department", USAGE, language=session.language, given=department, known=known)
    return Audience("department", department)
