"""What the steps of a site build hand to each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback.desk import Standing
from git_feedback.learning.editions import Edition
from git_feedback.learning.helping import Effect
from git_feedback.learning.training import Training
from git_feedback.model import Problem
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.model.training import Pass
from git_feedback.pages.audience import TEAM, Audience
from git_feedback.policy import Policy
from git_feedback.triage import Candidate
from git_feedback.triage.pairing import Pair
from git_feedback.triage.recurring import Recurring


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed a line: its short id, when it was made, who wrote the change, and what it is called."""

    id: str
    at: datetime
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something of the policy is written: file, line, and the commit that last changed that line.

    `change` is None where Git cannot tell; `uncommitted` says that the line is newer than every commit.
    """

    file: str
    line: int
    change: Change | None = None
    uncommitted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """How the record was kept up to a commit: what it holds there, what an audit looked at and found.

    `digest` is the SHA-256 of `git ls-tree -r -z HEAD feedback`; `signatures` counts commits (good, bad, unknown, none),
    `findings` what was found, by code.
    """

    head: str
    items: int
    events: int
    digest: str
    commits: int
    signatures: Mapping[str, int]
    findings: Mapping[str, int]


Part = tuple[str | int, ...]
"""Something of the policy: ("rule", EDITION, PLACE), ("matrix", EDITION, URGENCY), ("keyword", ID), ("category", ID),
("department", ID), ("person", ID), ("calendar", NAME), ("condition", ID), ("submitter", KIND), ("scope", NAME); an
edition is its place among all."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued report: its folder's name (`2026-10`) and its files by name."""

    period: str
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Along:
    """A file that came along with feedback: `path` says its content by its hash, `source` is where it lies here."""

    path: str
    size: int
    source: Path


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the knowledge base: `path` of the built page below the folder of its language, what it is called, its
    first sentence, the words it is found by (title, symptoms, quotes), and the categories it is about."""

    path: str
    title: str
    lead: str
    words: tuple[str, ...]
    categories: tuple[str, ...] = ()
    holds: bool = True
    """Whether it holds: nothing else is suggested, whatever people linked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Words that are to go to a submitter next, as the desk's template makes them: `about` is reply or respond.

    `way` says how they leave (comment, mail, call); `limit` is the channel's, where the words are longer than that.
    """

    about: str
    channel: str
    way: str
    language: str
    text: str
    limit: int | None = None


@dataclass(frozen=True)
class Record:
    """Everything a site is made from: the same record and `now` make the same bytes.

    `fixed` says that `now` was given, so that pages say so and count from that moment on.
    """

    policy: Policy
    standings: Sequence[Standing]
    problems: Sequence[Problem]
    issued: Sequence[Issued]
    now: datetime
    fixed: bool
    commit: str
    """The short name of the commit the record was read from; empty for a working tree without commits."""
    origins: Mapping[Part, Origin] = field(default_factory=dict)
    """Where the parts of the policy are written; empty where nobody looked."""
    kept: Kept | None = None
    """How the record was kept; None where nothing is committed, or nobody looked."""
    measures: Sequence[Measure] = ()
    """What is done about several items at once."""
    problem_records: Sequence[ProblemRecord] = ()
    """What a team found out about problems that came more than once."""
    pairs: Sequence[Pair] = ()
    """Items that may be one matter, best first; empty where nobody looked."""
    recurring: Sequence[Recurring] = ()
    """Problems that come again; empty where nobody looked."""
    advice: Mapping[str, Sequence[Candidate]] = field(default_factory=dict)
    """What undecided items may be, by id; empty where nothing was learned."""
    attachments: Mapping[str, Along] = field(default_factory=dict)
    """The files that came along and are here, by path below feedback/; a pointer of Git LFS is no file."""
    audience: Audience = TEAM
    """Who may read the site."""
    articles: Mapping[str, Sequence[Article]] = field(default_factory=dict)
    """The knowledge base, by language; empty where nobody looked."""
    replies: Mapping[str, Reply] = field(default_factory=dict)
    """Words that are to go out next, by the id of the item; empty where nobody looked."""
    training: Training = field(default_factory=Training)
    """What is taught here: courses, quizzes, role plays, cases, best practice; empty where nobody looked."""
    by_hand: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The team's own pages beside the articles, by language: path of the built page -> what it is called."""
    versions: Mapping[str, int] = field(default_factory=dict)
    """The version of each article, by the name of its file."""
    passes: Sequence[Pass] = ()
    """Who passed which course; empty where nobody looked."""
    helped: Mapping[str, Effect] = field(default_factory=dict)
    """What articles did, by name; empty where nobody is to know."""
    editions: Sequence[Edition] = ()
    """What changed in the articles, newest first; empty where no edition was made."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """What each item's file holds, as a hash by id; empty where nobody looked."""


@dataclass(frozen=True, slots=True)
class Page:
    """One stamped page: `path` below the folder of its language, e.g. `items/2026/Q261122-7K3QM2S.html`.

    `article` is the whole `<article class="md-content__inner fb">...</article>`; `shell` names the builder's page whose
    header, tabs and footer stand around it (`queue.html`, `item.html`, ...).  `root` is the way from the page to the
    folder of its language (`../../`), which every link in the article starts with.
    """

    path: str
    language: str
    title: str
    article: str
    shell: str

    @property
    def root(self) -> str:
        """The way up from this page to the folder of its language: empty, or `../` as often as needed."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Later:
    """A page that is made only where it is not there yet: `key` stands for all that it shows, whatever its shell.

    An empty key says that nobody can tell, and the page is made.
    """

    path: str
    language: str
    shell: str
    key: str
    make: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is no page: JSON, SVG; `path` is below the top of the site."""

    path: str
    content: bytes
