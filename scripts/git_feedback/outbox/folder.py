"""Into a folder, as drafts: for whoever holds the mail programme, and for a desk that has nothing else yet."""

from email.policy import SMTP

from git_feedback.outbox.letters import fingerprint, letter
from git_feedback.outbox.message import Message, NotSent, Route


def send(message: Message, route: Route) -> None:
    """Write `<moment>-<addressee>-<mark>.eml`; a message that lies there already is not written again."""
    draft = letter(message, route)
    draft["X-Unsent"] = "1"  # mail programmes open it to be sent, not as received
    path = route.folder / _name(message, route)
    try:
        route.folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(draft.as_bytes(policy=SMTP))
    except OSError as error:
        raise NotSent("send-no-folder", reason=error.strerror or type(error).__name__) from None


def _name(message: Message, route: Route) -> str:
    moment = route.now.strftime("%Y%m%d" if message.is_repeat else "%Y%m%dT%H%M%S")
    return f"{moment}-{message.addressee.replace('/', '_')}-{fingerprint(message, route)[:8]}.eml"
