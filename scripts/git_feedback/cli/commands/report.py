"""`report`: the report of a finished month, quarter or year."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from git_feedback.charts import CannotDraw
from git_feedback.cli.pushed import pushed
from git_feedback.cli.session import Session, issuing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.periods import Period
from git_feedback.i18n import LANGUAGES
from git_feedback.jobs import as_of, monthly, reporting
from git_feedback.jobs.printing import NotPrinted
from git_feedback.jobs.reading import Whole
from git_feedback.store import GitFailed

LAST_MONTH = "last-month"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from: the folder and what was read in it, and the commit that both belong to."""

    root: Path
    desk: Whole
    commit: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: which report, where it goes, in which languages, why anew, and whether it is printed."""

    name: str
    out: Path | None
    languages: tuple[str, ...]
    reason: str | None
    pdf: bool | None


@click.command("report")
@click.argument("name", metavar="PERIOD")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write into this folder, commit nothing.")
@click.option("--in", "spoken", type=click.Choice([*LANGUAGES, "both"]), default="both", show_default=True)
@click.option("--correct", "reason", metavar="REASON", help="Issue a new edition beside the one that is there.")
@click.option("--pdf/--no-pdf", default=None, help="Print it with Chromium (default: where there is one).")
@click.option("--when-due", is_flag=True, help="Only from its first working day on, and where there is no report yet.")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@issuing
def command(
    session: Session,
    name: str,
    out: Path | None,
    spoken: str,
    reason: str | None,
    pdf: bool | None,
    when_due: bool,
    push: bool,
) -> int:
    """Issue the report on PERIOD: a month (2026-10, last-month), a quarter (2026-Q3) or a year (2026) that is over.

    It goes to reports/YYYY/PERIOD/: report.md, figures.json, a workbook and a PDF in each language, and the charts.
    An issued report is never rewritten: a second run says whether the record still gives the same figures, and
    --correct issues a new edition beside it that says what differs.  With --as-of it is made from that commit; the
    same commit and --now give the same bytes.
    """
    wish = Wish(name, out, LANGUAGES if spoken == "both" else (spoken,), reason, pdf)
    issue = _issued_when_due if when_due else _issued
    if push and not (out or session.dry_run or session.no_commit):
        return pushed(session, lambda: issue(session, wish))
    return issue(session, wish)


def _issued_when_due(session: Session, wish: Wish) -> int:
    """Nothing is issued before the first working day after the period, a second time, or on nothing."""
    period = _period(session, wish.name)
    if monthly.is_due(session.root, session.desk, period, session.now):
        return _issued(session, wish)
    if session.style == "json":
        session.show_json({"written": []})
    session.say("report-not-due", period=period.name, day=monthly.due_day(period, session.policy).isoformat())
    return 0


def _issued(session: Session, wish: Wish) -> int:
    period, out = _period(session, wish.name), wish.out
    source = _source(session)
    if not reporting.is_over(period, session.now, source.desk.policy):
        raise Stop("period-not-over", USAGE, session.language, period=period.name)
    there = reporting.editions(source.root if out else session.root, period)
    corrected = _corrected(session, there, wish.reason)
    files = _made(session, source, period, wish.languages, wish.reason or "", corrected)
    if there.last and not corrected and not out:
        return _is_there(session, period, there, files)
    if corrected and not reporting.differing(corrected, files):
        raise Stop("report-nothing-differs", USAGE, session.language)
    files |= _prints(session, source, files, pdf=wish.pdf)
    folder = str(out) if out else reporting.folder(period, corrected.last + 1 if corrected else 1)
    return _written(session, folder, files, period.name, is_ours=out is None)


def _period(session: Session, name: str) -> Period:
    if name == LAST_MONTH:
        return monthly.last_month(session.now, session.policy)
    try:
        return Period.parse(name)
    except ValueError:
        raise Stop("bad-period", USAGE, session.language, given=name) from None


def _source(session: Session) -> Source:
    """The commit of `--as-of`, laid out; else the working tree, which must be as the last commit left it."""
    try:
        if session.as_of:
            return _then(session, session.as_of)
        changed = reporting.uncommitted(session.git)
        if changed:
            raise Stop("report-uncommitted", USAGE, session.language, n=len(changed), file=changed[0])
        return Source(session.root, session.desk, session.git.head())
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _then(session: Session, given: str) -> Source:
    commit = session.git.commit_named(given)
    if not session.fixed:
        session.turn_to(as_of.committed(session.git, commit))
    root = as_of.laid_out(session.git, commit, session.root / "build" / "as-of" / commit[:10])
    return Source(root, session.whole_of(root), commit)


def _corrected(session: Session, there: reporting.Editions, reason: str | None) -> reporting.Editions | None:
    """The edition that is to be corrected; None where this is the first one, or nobody asked for another."""
    if reason is None:
        return None
    if not reason.strip():
        raise Stop("report-no-reason", USAGE, session.language)
    if not there.last:
        raise Stop("report-nothing-to-correct", USAGE, session.language)
    if there.figures is None:
        raise Stop("report-unreadable-edition", language=session.language, edition=there.last)
    return there


def _made(
    session: Session,
    source: Source,
    period: Period,
    languages: tuple[str, ...],
    reason: str,
    before: reporting.Editions | None,
) -> dict[str, bytes]:
    missing = reporting.missing()
    if missing:
        raise Stop("report-libraries", language=session.language, missing=", ".join(missing))
    try:
        if reporting.lacks_history(session.git, period, source.desk.policy, source.commit):
            raise Stop("report-shallow", language=session.language, period=period.name)
        return reporting.files(
            source.desk,
            source.root,
            session.git,
            period,
            session.now,
            source.commit,
            languages=languages,
            reason=reason.strip(),
            before=before,
        )
    except CannotDraw as cannot:
        raise Stop(cannot.code, language=session.language, **cannot.values) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _is_there(session: Session, period: Period, there: reporting.Editions, files: Mapping[str, bytes]) -> int:
    """Nothing is written; says whether the record still gives the figures that were issued."""
    folder = reporting.folder(period, there.last)
    differing = reporting.differing(there, files)
    if session.style == "json":
        session.show_json({"written": [], "there": folder, "differing": differing})
    session.say("report-is-there", folder=folder)
    if there.figures is None:
        session.say("report-unreadable-edition", edition=there.last)
    elif differing:
        session.say("report-differs", len(differing), first=differing[0], period=period.name)
    else:
        session.say("report-same")
    return 0


def _prints(session: Session, source: Source, files: Mapping[str, bytes], *, pdf: bool | None) -> dict[str, bytes]:
    """The PDF of each language; without a browser none, which is an error only where they were asked for."""
    browser = None if pdf is False or session.dry_run else next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        if pdf:
            raise Stop("report-no-browser", language=session.language, names=", ".join(BROWSERS[:3]))
        if pdf is None and not session.dry_run:
            session.say("report-without-pdf")
        return {}
    try:
        return reporting.prints(Path(browser), source.root, files, as_root=_is_superuser())
    except NotPrinted as why:
        session.say("report-not-printed", reason=str(why))
        return {}


def _written(session: Session, folder: str, files: Mapping[str, bytes], name: str, *, is_ours: bool) -> int:
    paths = [f"{folder}/{file}" for file in files]
    if not session.dry_run:
        reporting.write_down(session.root if is_ours else Path(), folder, files)
    if session.style == "json":
        session.show_json({"written": paths})
    else:
        session.say("report-written", len(files), folder=folder)
    if is_ours:
        session.commit(paths, f"report {name}")
    return 0


def _is_superuser() -> bool:
    """Whether this runs as root, for whom a browser cannot put up its walls."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
