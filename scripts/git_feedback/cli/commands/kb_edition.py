"""`kb edition`: the articles of now become the edition of a quarter, a tag in Git.

`--format json` prints `{edition, tag, since, added, changed, retired, written}`, the three lists by name of articles.
"""

from collections.abc import Iterator

import click

from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.i18n import text
from git_feedback.jobs.editions import TAG, is_name, make_tag, quarter, since, tagged, uncommitted
from git_feedback.jobs.knowledge import helped_of, knowledge_of, problems_of_knowledge, today_at
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.problems_known import records_of
from git_feedback.learning.editions import CHANGES, Edition
from git_feedback.store import GitFailed
from git_feedback.text import visible

_NAMED = 3


@click.command("edition")
@click.argument("name", required=False, metavar="[QUARTER]")
@writing
def make_edition(session: Session, name: str | None) -> int:
    """Make the articles of the last commit the edition of a QUARTER: 2026-Q4 (default: the one of today).

    Writes nothing but the annotated tag knowledge-2026-Q4, whose message counts what was added, changed and withdrawn.
    Refused while something is wrong in an article, while articles are not committed, and where the tag is there. With
    --no-commit, as with --dry-run, only what it would hold is shown.
    """
    given = _name(session, name)
    _check(session)
    knowledge = knowledge_of(session.root)
    last, edition = since(session.git, knowledge.articles, session.desk.items)
    is_needed, is_written = bool(edition.entries), False
    if is_needed and not (session.dry_run or session.no_commit):
        is_written = _tag(session, given, edition, last.name if last else "")
    _show(session, given, edition, last.name if last else "", is_written=is_written)
    return 0


def _name(session: Session, given: str | None) -> str:
    """The quarter, which has begun, comes after the last edition, and has none yet."""
    now = quarter(today_at(session.desk, session.now))
    name = given.upper() if given else now
    if not is_name(name):
        raise Stop("edition-name", USAGE, session.language, given=given)
    there = [one.name for one in tagged(session.git)]
    if name in there:
        raise Stop("edition-there", USAGE, session.language, given=name, tag=f"{TAG}{name}")
    if name > now:
        raise Stop("edition-ahead", USAGE, session.language, given=name, now=now)
    if there and name < there[-1]:
        raise Stop("edition-before", USAGE, session.language, given=name, last=there[-1])
    return name


def _check(session: Session) -> None:
    """Stops while something of the articles is not committed, or is wrong."""
    if not session.git.head():
        raise Stop("edition-no-commit", CANNOT, session.language)
    files = uncommitted(session.git)
    if files:
        named = (*files[:_NAMED], *(["…"] if len(files) > _NAMED else []))
        raise Stop("edition-uncommitted", CANNOT, session.language, many=len(files), files=named)
    measures, records = measures_of(session.root), records_of(session.root).ids
    knowledge, answers = knowledge_of(session.root), helped_of(session.root)
    wrong = problems_of_knowledge(knowledge, session.desk, measures, records, answers)
    if wrong:
        session.show_problems(wrong)
        raise Stop("edition-wrong", 1, session.language, many=len(wrong))


def _tag(session: Session, name: str, edition: Edition, last: str) -> bool:
    try:
        make_tag(session.git, name, _message(session, name, edition, last))
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    return True


def _message(session: Session, name: str, edition: Edition, last: str) -> str:
    """What the tag says: counts, then each article by name."""
    counts = ", ".join(f"{n} {change}" for change, n in edition.count._asdict().items())
    lines = [f"Knowledge {name}: {counts}" + (f", since {last}" if last else ""), "", f"by {session.actor}", ""]
    for change in CHANGES:
        lines += [f"{change}: {entry.name}" for entry in edition.of(change)]
    return "\n".join(lines)


def _show(session: Session, name: str, edition: Edition, last: str, *, is_written: bool) -> None:
    tag = f"{TAG}{name}"
    if session.style == "json":
        names = {change: [entry.name for entry in edition.of(change)] for change in CHANGES}
        session.show_json({"edition": name, "tag": tag, "since": last or None, **names, "written": is_written})
        return
    for line in _lines(session, edition):
        click.echo(line)
    if not edition.entries:
        session.say("edition-nothing" if last else "edition-empty", last=last)
    else:
        session.say("edition-made" if is_written else "edition-would", name=name, tag=tag)


def _lines(session: Session, edition: Edition) -> Iterator[str]:
    """Each kind of change with its articles, by title."""
    for change in CHANGES:
        entries = edition.of(change)
        if entries:
            yield text(f"editions-{change}", session.language)
            yield from (f"  {entry.name}  {visible(entry.title(session.language))}" for entry in entries)
