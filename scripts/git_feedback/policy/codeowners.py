"""CODEOWNERS from policy: who is asked to look at a change of the rules or of a department's texts."""

from git_feedback.policy.model import Policy


def codeowners(policy: Policy, command: str) -> str:
    """The file's text.  People without a login on the host are left out; a line without owners is not written."""
    managers = _logins(policy, {"manager", "director"})
    writers = _logins(policy, {"lead", "trainer", "manager"})
    rows = (("/policy/", managers), ("/.github/", managers), ("/reports/", managers), ("/site/pages/", writers))
    lines = [f"{path} {' '.join(owners)}\n" for path, owners in rows if owners]
    return f"# Made from policy/people.yml by `{command}`: change it there.\n" + "".join(lines)


def _logins(policy: Policy, roles: set[str]) -> list[str]:
    return [f"@{person.login}" for person in policy.people.values() if person.login and roles & set(person.roles)]
