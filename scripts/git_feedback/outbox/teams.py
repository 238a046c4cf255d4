"""To a channel or chat of Microsoft Teams: a workflow (`When a Teams webhook request is received`), with an Adaptive Card.

Facts from https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using and
.../add-incoming-webhook: a message has at most 28 KB, four requests a second.  A workflow answers 202; a connector of old
200 with the body `1`, and 200 with the words of the failure where it failed.  401, 403 and 404 mean a workflow that was
removed, switched off, or lost its owner.
"""

from git_feedback.escaping import chat
from git_feedback.outbox.message import Message, NotSent, Route
from git_feedback.outbox.parts import Part
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Answer, Json, body_of
from git_feedback.outbox.robots import Robot, paragraphs, send_by
from git_feedback.outbox.verdicts import check_status

MOST = 28_000
"""Bytes of a request."""
_GONE = (401, 403, 404, 410)
_KIND = "application/vnd.microsoft.card.adaptive"


def send(message: Message, route: Route) -> None:
    """Post it to the workflow; it counts as sent when it answers 202."""
    send_by(ROBOT, message, route)


def _written(part: Part) -> Json:
    heading = {"type": "TextBlock", "text": chat(part.heading, "teams"), "wrap": True, "weight": "Bolder"}
    texts = [{"type": "TextBlock", "text": text, "wrap": True} for text in paragraphs(part, "teams", "**")]
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": [heading, *texts],
    }
    return {"type": "message", "attachments": [{"contentType": _KIND, "contentUrl": None, "content": card}]}


def _size(value: Json) -> int:
    return len(body_of(value))


def _check(answer: Answer, name: str) -> None:
    if answer.status in _GONE:
        raise NotSent("send-unknown-robot", name=name, answer=answer.status)
    check_status(answer, name)
    if answer.status != 202 and answer.body not in (b"", b"1"):
        raise NotSent("send-strange-answer", name=name)


ROBOT = Robot(_written, _size, MOST, Pace(4, 1.5), _check)
