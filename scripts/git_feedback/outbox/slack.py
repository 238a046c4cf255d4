"""To a channel of Slack: an incoming webhook, with mrkdwn.

Facts from https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: success is 200 with the body `ok`;
403 `action_prohibited`, 404 `channel_not_found`, `no_service` and 410 `channel_is_archived` mean a webhook that is none
any more.  One message a second, else 429 with Retry-After (https://docs.slack.dev/apis/web-api/rate-limits).  A text
has at most 4,000 characters: what is longer is shown as several, cut anywhere, and beyond 40,000 it is lost
(https://docs.slack.dev/changelog/2018-truncating-really-long-messages).
"""

from git_feedback.escaping import chat
from git_feedback.outbox.message import Message, NotSent, Route
from git_feedback.outbox.parts import Part
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Answer, Json
from git_feedback.outbox.robots import Robot, paragraphs, send_by
from git_feedback.outbox.verdicts import check_status

MOST = 4000
"""Characters of `text`; those beyond the basic plane count as two, as in the browser that shows them."""
_GONE = (403, 404, 410)


def send(message: Message, route: Route) -> None:
    """Post it to the channel; it counts as sent when the body says `ok`."""
    send_by(ROBOT, message, route)


def _written(part: Part) -> Json:
    text = "\n\n".join((f"*{chat(part.heading, 'slack')}*", *paragraphs(part, "slack", "*")))
    return {"text": text, "mrkdwn": True, "unfurl_links": False, "unfurl_media": False}


def _size(value: Json) -> int:
    return len(str(value["text"]).encode("utf-16-le")) // 2


def _check(answer: Answer, name: str) -> None:
    if answer.status in _GONE:
        raise NotSent("send-unknown-robot", name=name, answer=answer.status)
    check_status(answer, name)
    if answer.body.strip() != b"ok":
        raise NotSent("send-strange-answer", name=name)


ROBOT = Robot(_written, _size, MOST, Pace(1, 1.1), _check)
