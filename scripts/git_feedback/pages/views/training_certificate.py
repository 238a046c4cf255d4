"""The certificate: printed from what the browser keeps, and the ways in which a pass is handed over to the record.

Nothing is sent from here: an address is made that the person opens, a mail, a file, or a command.
"""

from collections.abc import Iterator

from git_feedback.intake.issue_form import training_form
from git_feedback.pages.page import Page, Record
from git_feedback.pages.training import CERTIFICATE
from git_feedback.pages.views.rendering import Both
from git_feedback.pages.views.submit_file import host_kind, host_of
from git_feedback.pages.views.training_parts import training_page
from git_feedback.policy import Policy

FOLDER = "feedback/training/"
COMMAND = "git feedback train record --from"


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language, where there is a course."""
    if not record.training.courses:
        return
    policy = record.policy
    host, repository = host_kind(policy), host_of(policy)
    for words in both.values():
        yield training_page(
            record, words, CERTIFICATE, words.say("training-certificate"), "training_certificate.html",
            host=host if repository else "",
            host_name=words.say(f"submit-host-{host or 'other'}"),
            repository=repository,
            new_file=f"{repository}/new/HEAD" if host == "github" and repository else "",
            mail=trainers(policy),
            people=[(one.id, one.name.said(words.language)) for one in policy.people.values()],
            desk=policy.desk.name.said(words.language),
            folder=FOLDER,
            command=COMMAND,
            form=training_form.FILE,
            field=training_form.FIELD,
        )  # fmt: skip


def trainers(policy: Policy) -> str:
    """Where a pass is mailed: to the trainers of the desk, as far as their addresses are known."""
    found = [one.email for one in policy.people.values() if "trainer" in one.roles and one.email]
    return ",".join(found)
