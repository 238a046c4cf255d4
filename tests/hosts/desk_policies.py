"""Policies of desks that want other things of their host than the sample desk does."""

from tests.sample_desk import policy_files

from git_feedback.policy import Policy, load

COMMAND = "git feedback generate"
WAYS = """\
ways:
  wecom: {by: wecom, settings: WECOM}
  dingtalk: {by: dingtalk, settings: DINGTALK, secret: DINGTALK_KEY}
  post: {by: mail, settings: MAIL_ACCOUNT, sender: desk@example.org}
  again: {by: webhook, settings: WECOM}
  odd: {by: webhook, settings: GITHUB_HOOK}
"""
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n"
WATCHFUL = {
    "automation": "{host: github, night: 03:05, every: 30m, report: 09:00, publish: public}",
    "ways": WAYS,
    "recipients": RECIPIENT,
}
"""All there is: clocks by day, a public site, reports, robots that are told, and contacts that are kept."""
MODEST = {"automation": "{host: github, report: never, publish: none}"}
"""As little as there can be."""


def policy_with(automation: str | None, ways: str = "", recipients: str = "", zone: str = "", host: str = "") -> Policy:
    """The sample desk's policy with another `automation` part (None: without one), and whatever else is given."""
    files = policy_files()
    desk = files["policy/desk.yml"].decode().partition("\nautomation:")[0] + "\n"
    desk += f"automation: {automation}\n" if automation else ""
    desk += f"host: {host}\n" if host else ""
    desk = desk.replace("\nzone: Asia/Shanghai\n", f"\nzone: {zone}\n") if zone else desk
    files["policy/desk.yml"] = desk.encode()
    if ways:
        notify = files["policy/notify.yml"].decode()
        files["policy/notify.yml"] = notify.replace("ways:\n  drafts: {by: folder}\n", ways).encode()
    if recipients:
        files["policy/recipients.txt"] = recipients.encode()
    loaded = load(files)
    assert loaded.policy, [problem.said("en") for problem in loaded.problems]
    return loaded.policy
