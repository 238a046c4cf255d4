"""Which item a comment is about: the one that its issue became, or one that it names."""

from collections.abc import Iterator
from pathlib import Path

from git_feedback.intake.issues import CHANNEL
from git_feedback.intake.slash_events import Said
from git_feedback.jobs import acting
from git_feedback.jobs.acting import NoItem
from git_feedback.jobs.commenting_acts import Page
from git_feedback.model import Item, ids
from git_feedback.policy import Policy
from git_feedback.privacy import erased_source
from git_feedback.store import BadItem, Desk, read


def named(root: Path, item_id: str) -> Page | None:
    """The item of an id; None where there is none.  Raises BadItem where its file is broken."""
    try:
        path, item, source = acting.item(root, item_id)
    except NoItem:
        return None
    return Page(path, item, source)


def of_number(root: Path, kind: str, number: int) -> str | None:
    """The id of the item that an issue of a host became; None where it became none."""
    for path, source in _holding(root, (f"{kind}#{number}", f"github#{number}")):
        try:
            item = read(source, file=path)
        except BadItem:
            continue
        if item.source in (f"{kind}#{number}", f"github#{number}"):
            return item.id
    return None


def of_issue(root: Path, policy: Policy, said: Said) -> Page | None:
    """The item that the issue of a comment became; None where it became none.  Raises BadItem.

    Its id follows from the issue, so that one file is looked at; only where that is another's, or the key stands in
    another form, are all of them searched for the key.
    """
    keys = _keys(said)
    day = said.opened.astimezone(policy.zone).date()
    for key in keys:
        expected = ids.path(ids.make(policy.desk.prefix, day, CHANNEL, key, lambda _: False))
        page = _page(root, expected) if (root / expected).is_file() else None
        if page and _is_of(page.item, keys, said):
            return page
    return _searched(root, keys, said)


def _keys(said: Said) -> tuple[str, ...]:
    """What the source of the item may be: hosts that speak GitHub's language were taken for it before."""
    return tuple(dict.fromkeys((said.issue_source, f"github#{said.issue}")))


def _is_of(item: Item, keys: tuple[str, ...], said: Said) -> bool:
    """Whether it is the issue's: by its key, and by another host's only where it came at that very moment."""
    own, *others = keys
    if item.source in (own, erased_source(item.channel, own)):
        return True
    return item.source in others and item.received == said.opened


def _page(root: Path, path: str) -> Page:
    source = (root / path).read_bytes()
    return Page(path, read(source, file=path), source)


def _searched(root: Path, keys: tuple[str, ...], said: Said) -> Page | None:
    """Among all items; files that are broken have other words for it."""
    for path, _ in _holding(root, keys):
        try:
            page = _page(root, path)
        except BadItem:
            continue
        if _is_of(page.item, keys, said):
            return page
    return None


def _holding(root: Path, keys: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Files of items in whose bytes one of the keys stands: whatever else there is need not be read."""
    forms = [form.encode() for key in keys for form in (f'"{key}"', f" {key}\n")]
    for path in Desk(root).item_files():
        source = (root / path).read_bytes()
        if any(form in source for form in forms):
            yield path, source
