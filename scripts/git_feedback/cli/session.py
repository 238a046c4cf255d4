"""What every command shares: where the desk is, what time it is, who acts, in which language, in which format."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from git_feedback import i18n
from git_feedback.cli import job_outputs
from git_feedback.cli.options import COMMON, HAPPENING, READING, WRITING, with_seconds
from git_feedback.cli.plain_terminal import own_signs
from git_feedback.cli.trouble import USAGE, Stop, language_of_terminal
from git_feedback.clock.moments import parse_moment, write_moment
from git_feedback.escaping import json_shown
from git_feedback.jobs import as_of
from git_feedback.jobs.reading import NoPolicy, Whole, load_policy, whole
from git_feedback.model import Problem
from git_feedback.policy import Policy
from git_feedback.store import Desk, Git, GitFailed, NoSuchCommit

Thing = TypeVar("Thing")


@dataclass
class Session:
    """One call of a command."""

    repo: Path | None
    style: str
    """text or json; `remarks` where the result was shown as JSON and what follows has only remarks to make."""
    now_given: str | None
    lang: str | None
    as_of_given: str | None = None
    by: str | None = None
    dry_run: bool = False
    no_commit: bool = False

    @cached_property
    def now(self) -> datetime:
        """The moment of asking, in whole seconds: `--now`, else the end of the day of `--as-of`, else the clock."""
        if self.now_given is None:
            return as_of.end_of(self._day, self.policy_today.zone) if self._day else this_moment()
        try:
            return parse_moment(with_seconds(self.now_given))
        except ValueError:
            raise Stop("bad-now", USAGE, self.language, given=self.now_given) from None

    @property
    def fixed(self) -> bool:
        """Whether the moment was given: by `--now`, or by a day that is looked back at."""
        return self.now_given is not None or self._day is not None

    @property
    def _day(self) -> date | None:
        """The day of `--as-of`; None where it names a commit, or was not given."""
        return as_of.day_named(self.as_of_given)

    @cached_property
    def as_of(self) -> str | None:
        """The commit of `--as-of`, as it was given or the last one by the end of a day; None without `--as-of`."""
        if self._day is None:
            return self.as_of_given
        try:
            return as_of.last_commit(self.git, self._day, self.policy_today.zone)
        except GitFailed as failed:
            raise self.git_stopped(failed) from None

    @cached_property
    def root(self) -> Path:
        """The top of the desk: the repository around `--repo` or the current folder, and it has a policy."""
        start = (self.repo or Path.cwd()).resolve()
        if not start.is_dir():
            raise Stop("no-such-folder", USAGE, self.language_without_desk, folder=str(start))
        top = start if (start / "policy").is_dir() else Git(start).top()
        if top is None or not (top / "policy" / "desk.yml").is_file():
            raise Stop("no-desk", language=self.language_without_desk, folder=str(start))
        return top

    @cached_property
    def git(self) -> Git:
        """The desk's repository."""
        return Git(self.root)

    @property
    def language_without_desk(self) -> str:
        """`--lang`, else the locale of the terminal."""
        return language_of_terminal(self.lang)

    @cached_property
    def language(self) -> str:
        """`--lang`, else the desk's, else the locale."""
        if self.lang:
            return i18n.language_of(self.lang)
        try:
            return self._policy_of_today.desk.language
        except (Stop, NoPolicy):
            return self.language_without_desk

    @cached_property
    def policy(self) -> Policy:
        """The desk's policy (at `--as-of`); what is wrong with it is printed, and the command stops."""
        if self.as_of:
            return self.desk.policy
        return self.policy_today

    @property
    def policy_today(self) -> Policy:
        """The policy of today; what is wrong with it is printed, and the command stops."""
        try:
            return self._policy_of_today
        except NoPolicy as none:
            raise self._stopped(none) from None

    @cached_property
    def _policy_of_today(self) -> Policy:
        return load_policy(Desk(self.root).policy())

    @cached_property
    def desk(self) -> Whole:
        """The whole desk."""
        return self.whole_of(self.root, self.as_of)

    def whole_of(self, root: Path, commit: str | None = None) -> Whole:
        """A whole desk, at a commit or as it lies there; what keeps it from being read stops the command."""
        try:
            found = whole(root, self.now, commit, self.progress)
            gc.freeze()  # what was read stays to the end: looking through it again and again took a fifth of the time
            return found
        except NoPolicy as none:
            raise self._stopped(none) from None
        except GitFailed as failed:
            raise self.git_stopped(failed) from None

    def git_stopped(self, failed: GitFailed) -> Stop:
        """What to say when Git refused: a name that nothing has is wrong usage."""
        if isinstance(failed, NoSuchCommit):
            return Stop("no-such-commit", USAGE, self.language, name=failed.name)
        if isinstance(failed, as_of.NothingByThen):
            return Stop("nothing-by-then", USAGE, self.language, day=failed.day, first=failed.first)
        return Stop("git-failed", language=self.language, reason=str(failed))

    def turn_to(self, moment: datetime) -> None:
        """Judge as of that moment from here on, as with `--now`."""
        self.now_given = write_moment(moment)
        self.__dict__.pop("now", None)
        self.forget()

    def forget(self) -> None:
        """Read policy and desk anew when they are asked for next: something has written to them."""
        for name in ("desk", "policy", "_policy_of_today"):
            self.__dict__.pop(name, None)

    def _stopped(self, none: NoPolicy) -> Stop:
        for problem in none.problems:
            click.echo(problem.said(self.language_without_desk), err=True)
        return Stop("no-policy", language=self.language_without_desk, n=len(none.problems))

    def check_actor(self) -> None:
        """Stops where `--by` names nobody."""
        if self.by not in self.policy.people:
            raise Stop("no-such-person", USAGE, self.language, given=self.by, known=tuple(self.policy.people))

    @cached_property
    def actor(self) -> str:
        """`--by`, else whose e-mail is Git's `user.email`."""
        if self.by:
            self.check_actor()
            return self.by
        email = self.git.email()
        person = self.policy.person_by_email(email)
        if person is None:
            raise Stop("unknown-actor", USAGE, self.language, email=email or "-")
        return person.id

    def say(self, code: str, /, n: int | None = None, **values: object) -> None:
        """A remark, on standard error."""
        click.echo(i18n.text(code, self.language, n=n, **values), err=True)

    def words(self, code: str, /, n: int | None = None, **values: object) -> str:
        """Words in the session's language."""
        return i18n.text(code, self.language, n=n, **values)

    def show_json(self, value: object) -> None:
        """The result as JSON, and nothing else, on standard output."""
        click.echo(json_shown(value))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """One line a problem, on standard output; on standard error where that holds JSON."""
        for problem in problems:
            click.echo(problem.said(self.language), err=self.style != "text")

    def progress(self, things: Iterable[str], words: str) -> Iterable[str]:
        """A progress bar on standard error, for loops that take over a second on a terminal."""
        listed = list(things)
        if len(listed) < 500 or self.style == "json":
            return listed
        from rich.console import Console
        from rich.progress import track

        console = Console(file=own_signs())
        return track(listed, description=self.words(f"bar-{words}"), console=console, transient=console.is_terminal)

    def counted(self, things: Iterator[Thing], words: str) -> Iterator[Thing]:
        """The same, with how many there were so far on standard error where somebody sits at a terminal."""
        if self.style == "json" or not sys.stderr.isatty():
            yield from things
            return
        from rich.console import Console
        from rich.progress import Progress, TextColumn

        columns = (TextColumn("{task.description} {task.completed}"),)
        with Progress(*columns, console=Console(file=own_signs()), transient=True) as progress:
            task = progress.add_task(self.words(f"bar-{words}"), total=None)
            for thing in things:
                yield thing
                progress.advance(task)

    def commit(self, paths: Sequence[str], message: str) -> str:
        """One commit of these paths, unless the session says not to; says which."""
        if self.no_commit or self.dry_run or not paths:
            return ""
        try:
            commit = self.git.commit(paths, message)
        except GitFailed as failed:
            raise Stop("commit-failed", language=self.language, reason=str(failed)) from None
        if commit and self.style == "text":
            self.say("committed", commit=commit[:10])
        return commit


def this_moment() -> datetime:
    """What the clock says, in whole seconds."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


Body = Callable[..., Any]


def _with(options: Sequence[Callable[[Body], Body]]) -> Callable[[Body], Body]:
    names = ("repo", "style", "now_given", "lang", "as_of_given", "by", "dry_run", "no_commit")

    def decorate(body: Body) -> Body:
        @wraps(body)
        def run(**given: Any) -> Any:
            session = Session(**{name: given.pop(name) for name in names if name in given})
            if session.by:
                session.check_actor()
            with job_outputs.telling(lambda: session.git.head()):
                return body(session, **given)

        decorated: Body = run
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def styles(*names: str) -> Callable[[Body], Body]:
    """Options of every command, for one that prints in formats of its own."""
    style = click.option("--format", "style", type=click.Choice(names), default=names[0], show_default=True)
    return _with((COMMON[0], style, *COMMON[2:]))


common = _with(COMMON)
"""Options of every command; the body gets a Session first."""
reading = _with((*COMMON, *READING))
"""Options of commands that read."""
writing = _with((*COMMON, *WRITING))
"""Options of commands that write."""
happening = _with((*COMMON, *HAPPENING))
"""Options of commands that take in what happened on a host."""
issuing = _with((*COMMON, *READING, *WRITING))
"""Options of commands that write down what the record said at a commit."""


def stdin_is_a_person() -> bool:
    """Whether somebody sits there and can be asked."""
    return sys.stdin.isatty()
