"""`check`: is everything in this desk as it must be?"""

from pathlib import Path

import click

from git_feedback.checks import Subject
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.escaping import annotation
from git_feedback.jobs import generating, repairing
from git_feedback.jobs.comparing import changes_of_the_past
from git_feedback.jobs.reading import Whole, problems
from git_feedback.model import Problem
from git_feedback.store import GitFailed


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--base", metavar="REV", help="Also: what REV holds is still there, and only histories grew.")
@click.option("--fix", is_flag=True, help="Remove byte order marks and CRLF; nothing else is ever changed.")
@click.option("--github", is_flag=True, help="Print annotations for a GitHub workflow.")
@common
def command(session: Session, paths: tuple[Path, ...], base: str | None, fix: bool, github: bool) -> int:
    """Check items in PATHS (default: every item), the policy and the generated files.

    Ends with 0 when all is well, 1 when problems were found, 2 on wrong usage, 3 without a readable policy.
    """
    if fix:
        for path in repairing.run(session.root):
            session.say("repaired", file=path)
    found = session.desk
    listed = [*problems(found, session.progress), *generating.stale(session.root, session.policy)]
    if base:
        listed += _compared(session, base)
    listed = _asked_for(session, listed, paths)
    _show(session, listed, found, github=github)
    return 1 if listed else 0


def _compared(session: Session, base: str) -> list[Problem]:
    try:
        return list(changes_of_the_past(session.git, base, session.desk))
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _asked_for(session: Session, listed: list[Problem], paths: tuple[Path, ...]) -> list[Problem]:
    if not paths:
        return listed
    for path in paths:
        if not path.resolve().is_relative_to(session.root):
            raise Stop("outside-desk", USAGE, session.language, path=str(path), root=str(session.root))
    wanted = [path.resolve().relative_to(session.root).as_posix() for path in paths]
    return [problem for problem in listed if any(_below(problem.file, one) for one in wanted)]


def _below(file: str, wanted: str) -> bool:
    return file == wanted or wanted == "." or file.startswith(f"{wanted}/")


def _show(session: Session, listed: list[Problem], found: Whole, *, github: bool) -> None:
    if session.style == "json":
        session.show_json({"problems": [problem_as_json(problem, session.language) for problem in listed]})
        return
    for problem in listed:
        click.echo(_annotated(problem, session.language) if github else problem.said(session.language))
    subjects: tuple[Subject, ...] = found.subjects
    session.say("checked", n=len(subjects) + len({p.file for p in found.broken}), problems=len(listed))


def problem_as_json(problem: Problem, language: str) -> dict[str, object]:
    """The row of DESIGN 8."""
    place = {"file": problem.file, "line": problem.line, "column": problem.column, "code": problem.code}
    return {**place, "message": problem.fact(language), "hint": problem.way_out(language)}


def _annotated(problem: Problem, language: str) -> str:
    words = f"{problem.fact(language)}; {problem.way_out(language)}"
    return annotation("error", problem.file, problem.line, problem.column, problem.code, words)
