"""What a format gives: for each piece of feedback a submission or the reason why not, and what came along with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from git_feedback import i18n
from git_feedback.model import Submission


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row that people should know; `row` counts from 1 (the header of a table is none)."""

    row: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """Fact and way out in one line."""
        between = "；" if language == "zh" else "; "
        return between.join(half for half in i18n.halves(self.code, language, **self.values) if half)


@dataclass(frozen=True, slots=True)
class Private:
    """What must never lie in Git in clear: it is sealed where the submission lands, or not kept at all."""

    contacts: Mapping[str, str] = field(default_factory=dict)
    """Ways to reach the submitter by kind: name, mobile, phone, email, wechat, login, address, other."""
    originals: Mapping[str, str] = field(default_factory=dict)
    """Field -> its words as they came, for fields in which something was masked."""

    def __bool__(self) -> bool:
        return bool(self.contacts or self.originals)


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along, as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """One piece read: `submission` is None when it is refused, `remarks` then says why."""

    number: int
    submission: Submission | None
    remarks: tuple[Remark, ...] = ()
    closed_because: str | None = None
    """Set where the source calls it closed, but at a time that cannot be: it is closed from its landing on."""
    private: Private = Private()
    files: tuple[File, ...] = ()
    answers: tuple[str, ...] = ()
    """Keys of what it answers on its channel, nearest first, and ids of items that it names: where one of them is
    known, the words are a message of that item and no item of their own."""
    names: tuple[str, ...] = ()
    """Ids of items that the words name.  Anybody can name an id, so that alone makes them no message of it: only where
    the desk knows by the contacts that the item is the same person's."""
    author: str = ""
    """Who wrote it, by a name that is public where it was written (`github:login`): it is kept nowhere, only the same
    person is known again by it."""
