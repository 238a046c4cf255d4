"""Comments that no run has taken: whoever was to take them was dropped, failed, or never started.

What was taken stands in the histories, so whatever is found here can be taken once more without harm.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from git_feedback.escaping import github_line
from git_feedback.hosts.provider import Provider
from git_feedback.intake.slash_events import Said
from git_feedback.jobs import commenting
from git_feedback.jobs.commenting import Taken
from git_feedback.jobs.hearing import label_of
from git_feedback.policy import Policy


def comments(provider: Provider, policy: Policy, since: datetime) -> list[Said]:
    """Every comment of people below an issue of feedback that was written or changed since then.  Raises HostFailed."""
    label = label_of(policy)
    issues = {told.issue.number: told.issue for told in provider.issues(label, since) if told.issue}
    found = provider.comments_since(since, label)
    return [
        commenting.told(one, issues[one.issue], provider.kind) for one in found if one.issue in issues and not one.own
    ]


def remarks(taken: Sequence[Taken]) -> Mapping[str, str]:
    """What is to be said in the answers of items (ids) to which missed comments did something, as Markdown."""
    found: dict[str, list[str]] = {}
    for one in taken:
        if one.item and one.done:
            found.setdefault(one.item, []).extend(f"- {github_line(line)}" for line in one.lines)
    return {item_id: "\n".join(lines) for item_id, lines in found.items()}
