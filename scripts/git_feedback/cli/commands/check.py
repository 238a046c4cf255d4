"""`check`: is everything in this desk as it must be?"""

from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli import host_given
from git_feedback.cli.session import Session, styles
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.hosts import job_page
from git_feedback.hosts.job_page import Mark
from git_feedback.jobs import generating, kept_files, repairing, telling
from git_feedback.jobs.comparing import changes_of_settled_rules, changes_of_the_past
from git_feedback.jobs.contributing import beyond_contribution, is_outside
from git_feedback.jobs.linting import form_problems
from git_feedback.jobs.problems_known import problems_of_improving
from git_feedback.jobs.reading import Files, item_files, policy_problems, problems, problems_without_policy
from git_feedback.model import Problem
from git_feedback.store import GitFailed


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--base", metavar="REV", help="Also: what REV holds is still there, only histories grew, no rule changed the past."
)
@click.option(
    "--contributor", is_flag=True, help="With --base: nothing changed but what somebody outside the team may."
)
@click.option(
    "--association",
    metavar="WORD",
    help="The host's word for who made the change: OWNER, MEMBER or COLLABORATOR; any other means --contributor.",
)
@click.option("--fix", is_flag=True, help="Remove byte order marks and CRLF; nothing else is ever changed.")
@styles("text", "json", "github", "gitlab", "sarif")
def command(
    session: Session, paths: tuple[Path, ...], base: str | None, contributor: bool, association: str | None, fix: bool
) -> int:
    """Check items in PATHS (default: every item), the policy and the generated files.

    Mistakes in the policy are listed with the others; what only the policy can judge is then left out, with a remark.
    Ends with 0 when all is well, 1 when problems were found, 2 on wrong usage, 3 without a policy.
    """
    if base is None and (contributor or association is not None):
        raise Stop("contributor-needs-base", USAGE, session.language_without_desk)
    if fix:
        for path in repairing.run(session.root):
            session.say("repaired", file=path)
    found, listed = _found(session)
    if base:
        from_outside = contributor or (association is not None and is_outside(association))
        listed += _compared(session, base, found, from_outside=from_outside)
    listed = _asked_for(session, listed, paths)
    _show(session, listed)
    if session.style == "text":
        session.say("checked", n=found.count, problems=len(listed))
    return 1 if listed else 0


def _found(session: Session) -> tuple[Files, list[Problem]]:
    """What was read and what is wrong with it; a policy with mistakes judges nothing but is listed itself."""
    wrong = policy_problems(session.root)
    if wrong:
        session.say("not-judged")
        files = item_files(session.root, session.now, session.progress)
        return files, [*wrong, *problems_without_policy(files), *form_problems(session.root)]
    desk = session.desk
    if telling.are_templates_unread(session.policy):
        session.say("templates-unread")
    rules = [*generating.stale(session.root, session.policy), *telling.template_problems(session.policy)]
    rules += kept_files.attachments(session.root, desk)
    improving = problems_of_improving(session.root, desk, session.now)
    return desk, [*problems(desk, session.progress), *improving, *rules, *form_problems(session.root)]


def _compared(session: Session, base: str, found: Files, *, from_outside: bool) -> list[Problem]:
    """What changed since `base` and must not; of a path that no contributor may touch only that is said."""
    try:
        beyond = list(beyond_contribution(session.git, base, found)) if from_outside else []
        rules = changes_of_settled_rules(session.git, base, session.root, session.now)
        changed = [*changes_of_the_past(session.git, base, found), *rules]
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    refused = {problem.file for problem in beyond}
    return [*beyond, *(problem for problem in changed if problem.file not in refused)]


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


def _show(session: Session, listed: list[Problem]) -> None:
    if session.style == "json":
        session.show_json({"problems": [problem_as_json(problem, session.language) for problem in listed]})
    elif session.style == "sarif":
        session.show_json(as_sarif(listed, session.language_without_desk))
    elif session.style == "gitlab":
        session.show_json(job_page.code_quality(_marks(session, listed)))
    elif session.style == "github":
        _show_on_github(session, _marks(session, listed))
    else:
        session.show_problems(listed)


def problem_as_json(problem: Problem, language: str) -> dict[str, object]:
    """The row of DESIGN 8."""
    place = {"file": problem.file, "line": problem.line, "column": problem.column, "code": problem.code}
    return {**place, "message": problem.fact(language), "hint": problem.way_out(language)}


def _marks(session: Session, listed: list[Problem]) -> list[Mark]:
    language = session.language_without_desk
    return [Mark(one.file, one.line, one.column, one.code, _in_one_line(one, language)) for one in listed]


def _in_one_line(problem: Problem, language: str) -> str:
    between = "；" if language == "zh" else "; "
    return f"{problem.fact(language)}{between}{problem.way_out(language)}"


def _show_on_github(session: Session, marks: list[Mark]) -> None:
    """Marks beside the lines, and a table on the page of the job where it has one."""
    file = host_given.summary_file()
    if file:
        language = session.language_without_desk
        heading = i18n.text("check-summary", language, n=len(marks))
        codes = ("check-table-place", "check-table-rule", "check-table-words")
        place, rule, words = (i18n.text(code, language) for code in codes)
        job_page.summary(job_page.table(marks, heading, (place, rule, words)), file)
    for line in job_page.annotations(marks):
        click.echo(line)


def as_sarif(listed: list[Problem], language: str) -> dict[str, object]:
    """A SARIF 2.1.0 log (OASIS) of the problems: one run, one rule for each code."""
    codes = sorted({problem.code for problem in listed})
    driver = {"name": "git-feedback", "rules": [{"id": code} for code in codes]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(problem, language) for problem in listed]}],
    }


def _result(problem: Problem, language: str) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": problem.file}, "region": region}
    return {
        "ruleId": problem.code,
        "level": "error",
        "message": {"text": _in_one_line(problem, language)},
        "locations": [{"physicalLocation": place}],
    }
