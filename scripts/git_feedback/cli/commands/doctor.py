"""`doctor`: what is missing in a set-up, each with the command that mends it."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli import host_given
from git_feedback.cli.commands.report import BROWSERS
from git_feedback.cli.secrets_given import identity_file
from git_feedback.cli.session import Session, common
from git_feedback.hosts import HostFailed, provider_for
from git_feedback.hosts.settings import settings_of
from git_feedback.jobs import examining
from git_feedback.jobs.examinations import AskedHost, Finding, Ground
from git_feedback.jobs.examining import Found
from git_feedback.jobs.reading import NoPolicy, load_policy
from git_feedback.policy import Policy
from git_feedback.store import Desk, GitFailed

PATIENCE_S = 2.0
"""Somebody sits and waits: a host that does not answer is left out soon."""


@click.command("doctor")
@click.option(
    "--fix", is_flag=True, help="Do what is harmless: merge driver, files made from policy, labels on the host."
)
@click.option("--offline", is_flag=True, help="Ask nobody beyond this machine.")
@click.option(
    "--backups", type=click.Path(path_type=Path, file_okay=False), help="The folder of backups, to see how old."
)
@common
def command(session: Session, fix: bool, offline: bool, backups: Path | None) -> int:
    """Find what is missing in this set-up: in the clone, on this machine, on the host; each with what mends it.

    The host is asked with the token in its variable (GITHUB_TOKEN, GITLAB_TOKEN, GITEA_TOKEN).  Ends with 1 when
    something does not work; advice alone is no reason.
    """
    try:
        policy = load_policy(Desk(session.root).policy())
    except NoPolicy as none:
        return _show(session, [examining.no_policy(len(none.problems))])
    try:
        asked, unasked = (None, "") if offline else _host(policy)
        ground = _ground(session, policy, asked, offline=offline, backups=backups)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    found = list(examining.examined(ground))
    if fix:
        paths, found = examining.mended(ground, found)
        session.commit(paths, "doctor: files made from policy")
    return _show(session, [*found, *([examining.unasked(unasked)] if unasked else [])])


def _host(policy: Policy) -> tuple[AskedHost | None, str]:
    """The host, if it can be asked; else the name of the variable that is missing, empty for a desk without a host."""
    kind = host_given.kind(policy)
    if not kind:
        return None, ""
    given = host_given.given(kind, policy)
    if given.missing:
        return None, given.variable_of(given.missing)
    line = replace(given.line, patience=replace(given.line.patience, limit_s=PATIENCE_S))
    return AskedHost(provider_for(kind, given.repository, line), settings_of(kind, given.repository, line)), ""


def _ground(session: Session, policy: Policy, host: AskedHost | None, *, offline: bool, backups: Path | None) -> Ground:
    return Ground(
        root=session.root,
        git=session.git,
        now=session.now,
        environment=dict(os.environ),
        python=sys.version_info[:2],
        prefix=Path(sys.prefix),
        identity=identity_file(session),
        free=shutil.disk_usage(session.root).free,
        browsers=BROWSERS,
        backups=backups,
        policy=policy,
        host=host,
        offline=offline,
        fixed=session.fixed,
    )


# ---- telling of it --------------------------------------------------------------------------------------------------


def _show(session: Session, found: list[Found]) -> int:
    code = int(any(one.is_broken for one in found))
    if session.style == "json":
        session.show_json(
            {
                "findings": [_as_json(session, one, finding) for one in found for finding in one.findings],
                "failed": [
                    {"examination": one.examination, "message": _why(session, one)} for one in found if one.failed
                ],
            }
        )
        return code
    findings = [finding for one in found for finding in one.findings]
    for finding in sorted(findings, key=lambda one: one.severity != "broken"):
        fact, way_out = _said(session, finding)
        click.echo(f"{session.words(f'doctor-{finding.severity}')}  {fact}\n    → {way_out}")
    for one in found:
        if one.failed:
            session.say("doctor-not-examined", name=one.examination, reason=_why(session, one))
    number = sum(finding.severity == "broken" for finding in findings)
    session.say("doctor-sum" if findings else "doctor-well", broken=number, advice=len(findings) - number)
    return code


def _said(session: Session, finding: Finding) -> tuple[str, str]:
    return i18n.halves(finding.code, session.language, **finding.values)


def _as_json(session: Session, found: Found, finding: Finding) -> dict[str, object]:
    fact, way_out = _said(session, finding)
    named = {"examination": found.examination, "severity": finding.severity, "code": finding.code}
    return {**named, "message": fact, "mend": way_out}


def _why(session: Session, found: Found) -> str:
    if isinstance(found.failed, HostFailed):
        return i18n.text(found.failed.code, session.language, None, **found.failed.values)
    reason = getattr(found.failed, "strerror", None)
    return str(reason or found.failed)
