"""The robots of chat groups: what they have in common.

A robot belongs to a group, so each message says whom it is for.  A long message leaves as several short ones; of those
that arrived, the alarms are recorded, and the rest is sent by the next run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from git_feedback.desk.alarms import Alarm
from git_feedback.escaping import chat
from git_feedback.escaping.chat import Service
from git_feedback.outbox.message import Message, NotSent, Route
from git_feedback.outbox.parts import Part, split
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Answer, Json, address_of, posted
from git_feedback.outbox.trying import tried

Signed = Callable[[str, Json, Route], tuple[str, Json]]
"""Address and value -> both with what a service wants as a signature."""


@dataclass(frozen=True, slots=True)
class Robot:
    """What one service wants: how a part is written, how large it may be, how it is signed, what an answer means."""

    written: Callable[[Part], Json]
    size: Callable[[Json], int]
    """In what the service counts: bytes or characters, of all or of the text."""
    most: int
    pace: Pace
    check: Callable[[Answer, str], None]
    """Nothing where an answer means that the message was taken; else it raises NotSent."""
    signed: Signed = lambda address, value, _route: (address, value)

    def fits(self, part: Part) -> bool:
        """Whether the service takes a part as it is."""
        return self.size(self.written(part)) <= self.most


def send_by(robot: Robot, message: Message, route: Route) -> None:
    """Post every part of a message.  Raises NotSent for the first one that failed, with what arrived all the same."""
    address_of(route)
    failed: NotSent | None = None
    arrived: list[Alarm] = []
    for part in split(message, robot.fits):
        try:
            tried(partial(_posted, robot, robot.written(part), route), route, robot.pace)
        except NotSent as why:
            failed = failed or why
            if why.ends_run or why.passes:
                break
        else:
            arrived += part.alarms
    if failed:
        raise failed.but_for(arrived)


def paragraphs(part: Part, service: Service, bold: str) -> list[str]:
    """The pieces of a part in the words of a service, the first line of each in bold, after the greeting."""
    made = [chat(part.greeting, service)] if part.greeting else []
    for block in part.blocks:
        first, *rest = block.lines
        heading = chat(first, service).strip()
        bolder = f"{bold}{heading}{bold}" if rest and heading else heading
        lines = "\n".join(("", *(line.strip() for line in rest)))
        made.append(f"{bolder}{chat(lines, service)}" if rest else bolder)
    return made


def _posted(robot: Robot, value: Json, route: Route) -> None:
    address, ready = robot.signed(address_of(route), value, route)
    robot.check(posted(address, ready, route), route.name)


def real_seconds(route: Route) -> float:
    """Seconds since 1970, by the real clock where there is one."""
    return route.patience.wall() if route.patience else route.now.timestamp()


def key_of(route: Route) -> str | None:
    """The key for signing; None where the way names none.  Raises NotSent where the variable it names is not set."""
    settings = route.way.secret
    if settings is None:
        return None
    if not (route.key and route.key.strip()):
        raise NotSent("send-no-secret", name=route.name, settings=settings)
    return route.key.strip()
