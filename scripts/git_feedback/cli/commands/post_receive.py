"""`post-receive`: what a push into a bare repository brought is checked, and the site beside it follows."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli.alone import lock_file
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import receiving_pushes as receiving
from git_feedback.jobs.locks import Busy, Lock
from git_feedback.jobs.receiving_pushes import Came
from git_feedback.store import Git, GitFailed

MOST_LINES = 20
WAIT_S, LOOK_S = 3600.0, 0.5
WANTED, LOG = "site-wanted", "post-receive.log"
LARGEST_LOG = 1_000_000
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG", "GIT_SSH")
PROGRAM = (sys.executable, "-P", "-m", "git_feedback")
"""Never what lies in the folder it runs in: that was pushed by somebody."""


@click.command("post-receive")
@click.option(
    "--install",
    "bare",
    metavar="BARE",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the hook into this bare repository.",
)
@click.option(
    "--work",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --install: the clone that follows, made where it is not there (default: beside BARE, named -desk).",
)
@click.option("--follow", is_flag=True, hidden=True)
@common
def command(session: Session, bare: Path | None, work: Path | None, follow: bool) -> int:
    """Check what a push brought into a bare repository, as its post-receive hook; then a clone and its site follow.

    With --install it puts itself there.  As a hook it reads what came from standard input, tells the pusher what is wrong
    with it and ends with 0 at all times: a push is never refused.  The site is built in the background.
    """
    if follow:
        return _followed(session)
    if bare:
        return _installed(session, bare, work)
    try:
        _received(session, Git(Path.cwd()), sys.stdin.buffer.read())
    except (GitFailed, OSError) as failed:
        click.echo(f"git-feedback: {failed}", err=True)
    return 0


# ---- installing -----------------------------------------------------------------------------------------------------


def _installed(session: Session, bare: Path, work: Path | None) -> int:
    language = session.language_without_desk
    if not bare.is_dir():
        raise Stop("no-such-folder", USAGE, language, folder=str(bare))
    top = bare.resolve()
    place = (work or top.with_name(f"{top.name.removesuffix('.git')}-desk")).resolve()
    try:
        written = receiving.install(Git(top), place, PROGRAM)
    except receiving.NotBare:
        raise Stop("hook-not-bare", USAGE, language, folder=str(bare)) from None
    except receiving.ForeignHook:
        raise Stop("hook-foreign", language=language, file=str(top / "hooks/post-receive")) from None
    except GitFailed as failed:
        raise Stop("git-failed", language=language, reason=str(failed)) from None
    if session.style == "json":
        session.show_json({"written": [path.as_posix() for path in written], "work": place.as_posix()})
        return 0
    for path in written:
        click.echo(path.as_posix())
    click.echo(i18n.text("hook-installed", language, bare=str(bare), work=place.as_posix()), err=True)
    return 0


# ---- as a hook ------------------------------------------------------------------------------------------------------


def _received(session: Session, bare: Git, rows: bytes) -> None:
    found = receiving.came(rows, receiving.branch_of(bare))
    if found is None:
        return
    work = receiving.work_of(bare)
    is_followed = work is not None and work.is_dir()
    session.repo = work if is_followed else None  # whose language is spoken
    _check(session, bare, found)
    if work and is_followed:
        _have_follow(work)
        session.say("hook-site-follows")


def _check(session: Session, bare: Git, found: Came) -> None:
    """Tell the pusher what is wrong with what came: the first lines of it."""
    with receiving.laid_out(bare, found.new) as folder:
        words = [*PROGRAM, "check", "--repo", str(folder), *(["--base", found.old] if found.old else [])]
        done = subprocess.run(words, env=_own(), capture_output=True, check=False, stdin=subprocess.DEVNULL)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    for line in lines[:MOST_LINES]:
        click.echo(line, err=True)
    if len(lines) > MOST_LINES:
        session.say("hook-more", n=len(lines) - MOST_LINES)
    click.echo(done.stderr.decode("utf-8", "replace").strip(), err=True)


def _have_follow(work: Path) -> None:
    """Start what brings the clone and its site up to date, and do not wait: no end of it is open to the pusher."""
    folder = lock_file(work).parent
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WANTED).touch()
    log = folder / LOG
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.unlink()
    with log.open("ab") as said:
        subprocess.Popen(
            [*PROGRAM, "post-receive", "--follow", "--repo", str(work)],
            env=_own(),
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def _own() -> Mapping[str, str]:
    """The environment without what Git tells its hooks: it would send every command to the bare repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}


# ---- in the background ----------------------------------------------------------------------------------------------


def _followed(session: Session) -> int:
    """Bring the clone and its site up to date, as long as somebody pushed meanwhile; one at a time, after a night, too."""
    file = lock_file(session.root)
    wanted, end, code = file.parent / WANTED, time.monotonic() + WAIT_S, 0
    while wanted.exists() and time.monotonic() < end:
        try:
            lock = Lock(file)
        except Busy:
            time.sleep(LOOK_S)
            continue
        wanted.unlink(missing_ok=True)
        code = _site(session)
        lock.release()
    return code


def _site(session: Session) -> int:
    try:
        receiving.follow(session.git)
    except GitFailed as failed:
        session.say("hook-not-followed", reason=str(failed))
    return subprocess.run([*PROGRAM, "build", "--repo", str(session.root)], env=_own(), check=False).returncode
