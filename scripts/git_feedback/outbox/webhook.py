"""To a webhook: `{"title", "text"}` as JSON by POST to the address in an environment variable; only 2xx is success."""

from git_feedback.outbox.message import Message, Route
from git_feedback.outbox.posting_line import address_of, posted
from git_feedback.outbox.trying import tried
from git_feedback.outbox.verdicts import check_status


def send(message: Message, route: Route) -> None:
    """Post it; it counts as sent when the other side answers 2xx."""
    address = address_of(route)
    value: dict[str, object] = {"title": message.subject, "text": message.text}
    tried(lambda: check_status(posted(address, value, route), route.name), route)
