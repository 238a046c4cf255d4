"""What happens on a host: the issue or comment is there, and the workflow of its event runs with what GitHub tells it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.act.acted import Acted
from tests.act.stand_in import REPOSITORY, StandIn
from tests.hosts import fake_github
from tests.sample_desk import NOW

from git_feedback.intake import issue_form

Told = dict[str, Any]
INTAKE, COMMENT, NIGHT, MONTH = "intake.yml", "comment.yml", "nightly.yml", "month.yml"
TITLE = "支付页面报错"
WORDS = "付款到最后一步提示“系统繁忙”，已经试了三次。"


def filled_in(**answers: str) -> str:
    """The body that GitHub makes of the form."""
    usual = {"kind": "故障 / Fault", "product": "App", "device": "iOS 18", "rating": "2", "text": WORDS}
    return "\n\n".join(f"### {issue_form.label(name)}\n\n{value}" for name, value in {**usual, **answers}.items())


# ---- with the host's own memory of it -------------------------------------------------------------------------------


def opens(
    hub: StandIn,
    title: str = TITLE,
    body: str | None = None,
    *,
    login: str = "xiao-ming",
    at: str = NOW,
    job: str | None = "intake",
) -> Acted:
    """Somebody makes an issue with the form, and the intake runs at once; by default without publishing the site."""
    _now_is(hub, at)
    number = hub.host.add_issue(title, filled_in() if body is None else body, login)
    return tells_issue(hub, number, "opened", at=at, job=job)


def edits(hub: StandIn, number: int, *, at: str = NOW, job: str | None = "intake", **facts: str) -> Acted:
    """Somebody puts another title or body into an issue."""
    _now_is(hub, at)
    issue = hub.host.issues[number]
    before = {name: {"from": getattr(issue, name)} for name in facts}
    for name, value in facts.items():
        setattr(issue, name, value)
    issue.changed = hub.host.state.tick()
    return tells_issue(hub, number, "edited", at=at, job=job, changes=before)


def tells_issue(
    hub: StandIn,
    number: int,
    action: str,
    *,
    at: str = NOW,
    job: str | None = "intake",
    workflow: str = INTAKE,
    **more: Any,
) -> Acted:
    """The host tells of an issue as it stands."""
    return hub.happens("issues", of_issue(action, _issue(hub, number), **more), workflow, at, job)


def says(
    hub: StandIn,
    login: str,
    words: str,
    *,
    number: int = 1,
    at: str = NOW,
    job: str | None = "comment",
    kind: str = "User",
) -> Acted:
    """Somebody, or a robot (Bot), writes a comment under an issue, and the workflow runs at once."""
    is_written(hub, login, words, number=number, at=at)
    issue = hub.host.issues[number]
    comment = fake_github.comment(hub.host.state, issue, issue.comments[-1])
    comment["user"] = {"login": login, "type": kind}
    event = _in_repository(action="created", issue=_issue(hub, number), comment=comment, sender=comment["user"])
    return hub.happens("issue_comment", event, COMMENT, at, job)


def is_written(hub: StandIn, login: str, words: str, *, number: int = 1, at: str = NOW) -> None:
    """The same, but the workflow of it is lost."""
    _now_is(hub, at)
    hub.host.comment(number, login, words)


def night_falls(hub: StandIn, at: str = "2026-11-21T02:17:00+08:00", job: str | None = "night") -> Acted:
    """The hour of the nightly run came."""
    _now_is(hub, at)
    return hub.happens("schedule", _in_repository(schedule="17 18 * * *"), NIGHT, at, job)


def month_ends(hub: StandIn, at: str, job: str | None = "report") -> Acted:
    """The hour of the monthly report came."""
    return hub.happens("schedule", _in_repository(schedule="37 0 1-12 * *"), MONTH, at, job)


def _issue(hub: StandIn, number: int) -> Told:
    told = fake_github.issue(hub.host.state, hub.host.issues[number])
    return {**told, "user": {"login": told["user"]["login"], "type": "User"}}


def _now_is(hub: StandIn, at: str) -> None:
    """The host's own clock: a workflow starts half a minute after what it starts for."""
    hub.host.state.now = datetime.fromisoformat(at) - timedelta(seconds=30)


# ---- what only the event tells --------------------------------------------------------------------------------------


def of_issue(action: str, told: Mapping[str, Any], **more: Any) -> Told:
    """Something happened to an issue: opened, edited, labeled."""
    return _in_repository(action=action, issue=told, sender=told["user"], **more)


def of_pull_request(number: int, base: str, head: str, association: str = "MEMBER") -> Told:
    """A pull request whose branch was pushed; base and head are commits."""
    told = {
        "number": number,
        "author_association": association,
        "user": {"login": "xiao-ming"},
        "base": {"ref": "main", "sha": base},
        "head": {"ref": "topic", "sha": head},
    }
    return _in_repository(action="synchronize", number=number, pull_request=told)


def of_push(before: str, after: str, branch: str = "main") -> Told:
    """Commits that arrived."""
    return _in_repository(ref=f"refs/heads/{branch}", before=before, after=after)


def of_hand() -> Told:
    """Somebody pressed the button."""
    return _in_repository(inputs={})


def _in_repository(**told: Any) -> Told:
    owner, _, name = REPOSITORY.partition("/")
    place = {"full_name": REPOSITORY, "name": name, "owner": {"login": owner}, "default_branch": "main"}
    return {"repository": place, **told}
