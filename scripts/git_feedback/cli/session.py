"""What every command shares: where the desk is, what time it is, who acts, in which language, in which format."""

import gc
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from git_feedback import i18n
from git_feedback.cli.plain_terminal import own_signs
from git_feedback.cli.trouble import USAGE, Stop, language_of_terminal
from git_feedback.clock.moments import parse_moment
from git_feedback.escaping import json_shown
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
    as_of: str | None = None
    by: str | None = None
    dry_run: bool = False
    no_commit: bool = False

    @cached_property
    def now(self) -> datetime:
        """The moment of asking: `--now`, else the clock, in whole seconds."""
        if self.now_given is None:
            return datetime.now(UTC).astimezone().replace(microsecond=0)
        try:
            return parse_moment(_with_seconds(self.now_given))
        except ValueError:
            raise Stop("bad-now", USAGE, self.language, given=self.now_given) from None

    @property
    def fixed(self) -> bool:
        """Whether `--now` was given."""
        return self.now_given is not None

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
        try:
            found = whole(self.root, self.now, self.as_of, self.progress)
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
        return Stop("git-failed", language=self.language, reason=str(failed))

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


def _with_seconds(text: str) -> str:
    """`2026-11-03T18:00+08:00` with its seconds; any other text as it is."""
    return re.sub(r"^([0-9-]{10}T[0-9]{2}:[0-9]{2})(?=[Z+-])", r"\1:00", text)


_COMMON = (
    click.option("--repo", type=click.Path(path_type=Path), help="The desk's folder (default: the one around you)."),
    click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True),
    click.option("--now", "now_given", metavar="TIME", help="As if it were that time: 2026-11-03T18:00+08:00."),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of what is said."),
)
_READING = (click.option("--as-of", metavar="COMMIT", help="The record as it stood at that commit."),)
_WRITING = (
    click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing."),
    click.option("--by", metavar="ID", help="Who acts (default: the person whose e-mail is Git's user.email)."),
    click.option("--no-commit", is_flag=True, help="Write the files and leave the commit to you."),
)

Body = Callable[..., Any]


def _with(options: Sequence[Callable[[Body], Body]]) -> Callable[[Body], Body]:
    names = ("repo", "style", "now_given", "lang", "as_of", "by", "dry_run", "no_commit")

    def decorate(body: Body) -> Body:
        @wraps(body)
        def run(**given: Any) -> Any:
            session = Session(**{name: given.pop(name) for name in names if name in given})
            if session.by:
                session.check_actor()
            return body(session, **given)

        decorated: Body = run
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def styles(*names: str) -> Callable[[Body], Body]:
    """Options of every command, for one that prints in formats of its own."""
    style = click.option("--format", "style", type=click.Choice(names), default=names[0], show_default=True)
    return _with((_COMMON[0], style, *_COMMON[2:]))


common = _with(_COMMON)
"""Options of every command; the body gets a Session first."""
reading = _with((*_COMMON, *_READING))
"""Options of commands that read."""
writing = _with((*_COMMON, *_WRITING))
"""Options of commands that write."""


def stdin_is_a_person() -> bool:
    """Whether somebody sits there and can be asked."""
    return sys.stdin.isatty()
