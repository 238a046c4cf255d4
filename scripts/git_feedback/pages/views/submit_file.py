"""Send feedback by pull request: a file that is nearly written, and on GitHub a link that opens it there.

The page is the same for everybody, so the id on it is too.  Where the browser runs scripts it makes one of its own; the
one of the page is for those without, and for whoever wants to see first what such a file looks like.
"""

from collections.abc import Iterator
from datetime import datetime

from git_feedback.clock.moments import write_moment
from git_feedback.i18n import text
from git_feedback.model import ids
from git_feedback.notation import literal
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both, page
from git_feedback.policy import Policy
from git_feedback.policy.host_names import kind_of_address

PATH = "submit-file.html"
CHANNEL = "pull-request"
_WRITTEN = ("title", "text")
"""What everybody writes, whatever the channel requires."""
_IN_WORDS = ("product", "area", "device")
"""What is asked for where the channel requires it."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    policy = record.policy
    received = record.now.astimezone(policy.zone).replace(microsecond=0)
    item_id = ids.make(policy.desk.prefix, received.date(), CHANNEL, write_moment(received), lambda _: False)
    repository = host_of(policy)
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("submit-file"),
            "submit_file.html",
            is_open=CHANNEL in policy.channels,
            repository=repository,
            on_github=bool(repository) and host_kind(policy) == "github",
            prefix=policy.desk.prefix,
            zone=policy.zone.key,
            id=item_id,
            received=write_moment(received),
            file=ids.path(item_id),
            skeleton=skeleton(policy, item_id, received, words.language),
        )


def host_of(policy: Policy) -> str:
    """The desk's repository as an address to look at; empty where the policy names none that a browser opens."""
    address = (policy.desk.repository or "").removesuffix("/").removesuffix(".git")
    return address if address.startswith("https://") else ""


def host_kind(policy: Policy) -> str:
    """`github`, `gitlab` or `gitea`: what the policy says, else what the host's name tells; empty where it tells nothing."""
    return policy.desk.host or kind_of_address(host_of(policy))


def skeleton(policy: Policy, item_id: str, received: datetime, language: str) -> str:
    """An item file in which only words have to be replaced; `source` is the file's own id, so no other has it."""
    required = policy.channels[CHANNEL].required if CHANNEL in policy.channels else ()
    written = [*_WRITTEN, *(name for name in _IN_WORDS if name in required)]
    return "".join(
        [
            *(f"# {row}\n" for row in text("file-how", language).split("|")),
            f"id: {item_id}\n",
            f"received: {write_moment(received)}\n",
            f"channel: {CHANNEL}\n",
            f"source: {item_id}\n",
            f"language: {language}\n",
            *(literal(name, text(f"file-{name}", language), 0) for name in written),
            *(["submitter:\n  kind: new\n"] if "submitter" in required else []),
        ]
    )
