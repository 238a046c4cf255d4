"""The life of one issue, from its first word to the report of its month: told by workflows alone, a chapter an event."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.act import happenings as events
from tests.act.acted import Acted
from tests.act.stand_in import StandIn
from tests.outbox.fake_robots import Robot

from git_feedback.clock.moments import parse_moment
from git_feedback.desk import State, state
from git_feedback.jobs.reading import load_policy
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.store import Desk

SECRET = "DESK_WECOM"
NOTIFY = f"""\
ways:
  group: {{by: wecom, settings: {SECRET}}}
ladder:
  - {{at: 50, to: [owner]}}
  - {{at: 75, to: [owner, lead]}}
  - {{at: 100, to: [owner, lead, manager]}}
managers: [he.miao]
quiet: {{calendar: office, within: days}}
at_once: [P0]
"""
"""Everybody is told by the robot of one group of WeCom."""
SOURCES = "sources:\n  - {id: issues, kind: issues, host: github, label: feedback}\n"
"""The night looks at the host's issues too."""
CUSTOMER, OWNER, REVIEWER = "xiao-ming", "fang-yu", "mara-lind"
TITLE = "付款后一直转圈，App 闪退"
WORDS = "点“确认付款”后一直转圈，然后闪退，报错 E-102。升级到最新版也一样。"


@dataclass(frozen=True)
class Chapter:
    """One event, and how things stood once its workflow had run."""

    at: str
    what: str
    ran: Acted
    item: Item
    state: State
    labels: tuple[str, ...]
    answer: str
    """What the desk's one comment said."""
    is_closed: bool
    alarms: int
    """How many messages the robot had posted by then."""
    shown: tuple[str, ...]
    """What the published site had of it: the page of the item, the report of its month."""

    @property
    def line(self) -> str:
        """The chapter in one line."""
        verbs = ", ".join(one.verb for one in self.item.history) or "-"
        jobs = " ".join(f"{name}={how}" for name, how in self.ran.jobs.items())
        shown = " ".join(one for one in self.labels if one != "feedback")
        return (
            f"{self.at[:16]}  {self.what:<58.58}  {self.ran.seconds:5.1f} s  {jobs}\n"
            f"{'':18}{self.state.life} {self.state.owner or '-'} | {shown} | {verbs}"
            f" | messages of the robot: {self.alarms}{' | issue closed' if self.is_closed else ''}"
            f"{' | published: ' + ' and '.join(self.shown) if self.shown else ''}"
        )


def told(hub: StandIn, robot: Robot) -> Iterator[Chapter]:
    """The whole story; what each chapter ran has ended when it is told."""
    hub.change(notify=NOTIFY, intake=SOURCES)
    policy = load_policy(Desk(hub.clone().root).policy())
    for at, what, ran in _happens(hub):
        item, issue = hub.item(), hub.host.issues[1]
        answer = next((one.body for one in issue.comments if one.login == "github-actions[bot]"), "")
        yield Chapter(
            at,
            what,
            ran,
            item,
            _state(item, policy, at),
            tuple(issue.labels),
            answer,
            issue.closed,
            len(robot.texts),
            tuple(_published(hub, item)),
        )


def _published(hub: StandIn, item: Item) -> Iterator[str]:
    pages = {"the item": f"zh/items/2026/{item.id}.html", "the report": "zh/reports/2026-10.html"}
    return (name for name, path in pages.items() if (hub.published / path).is_file())


def _state(item: Item, policy: Policy, at: str) -> State:
    return state(item, policy, parse_moment(at))


def _happens(hub: StandIn) -> Iterator[tuple[str, str, Acted]]:
    at = "2026-10-12T09:30:00+08:00"
    body = events.filled_in(kind="请替我选择 / Please choose for me", text=WORDS)
    yield at, f"{CUSTOMER} opens an issue", events.opens(hub, TITLE, body, login=CUSTOMER, at=at)
    at = "2026-10-13T02:17:00+08:00"
    yield at, "the first night", events.night_falls(hub, at)
    at = "2026-10-14T02:17:00+08:00"
    yield at, "the second night: nobody has answered", events.night_falls(hub, at)
    for at, who, words in COMMENTS:
        yield at, f"{who}: {words}".partition("\n")[0], events.says(hub, who, words, at=at)
    at = "2026-10-17T02:17:00+08:00"
    yield at, "the night after: the site is published", events.night_falls(hub, at, job=None)
    at = "2026-11-02T08:37:00+08:00"
    yield at, "the first working day of the next month", events.month_ends(hub, at, job=None)


COMMENTS = (
    ("2026-10-14T09:10:00+08:00", OWNER, "/受理"),
    ("2026-10-14T09:25:00+08:00", OWNER, "/respond 已经复现，今天 18:00 前给您答复。"),
    ("2026-10-14T10:00:00+08:00", "passer-by", "/resolve 我说好了就是好了"),
    ("2026-10-15T16:00:00+08:00", OWNER, "/解决 已修复闪退，版本 8.2.1。\n原因：支付控件超时未处理。"),
    ("2026-10-15T17:00:00+08:00", REVIEWER, "/review pass"),
    ("2026-10-16T09:30:00+08:00", OWNER, "/回复 8.2.1 版已修复付款闪退，请升级后再试。"),
    ("2026-10-16T11:00:00+08:00", OWNER, "/follow-up satisfied 5 分，已经可以付款了，谢谢"),
    ("2026-10-16T11:05:00+08:00", OWNER, "/close"),
)
