"""`problem`: problem records, their items, causes and measures.

`--format json`: `list` prints `{problems: [{id, title, status, owner, department, category, since, items, open, people,
weekly}]}`; `show` one such row with `record` (the file's fields), `confirmed`, `by_query` and `measures: [{id, status,
effect}]`; `new` prints `{id, file, written, record}`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading, writing
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.desk import Standing, standings
from git_feedback.insight.belonging import Belonging, belonging, in_order, submitters, weekly
from git_feedback.insight.measured import measured
from git_feedback.insight.problem_drafts import draft, problem_id_of
from git_feedback.jobs import pairing
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.problems_known import Records, records_of
from git_feedback.model.measures import Measure
from git_feedback.model.problems import BRANCHES, FiveW, ProblemRecord
from git_feedback.store import write_file
from git_feedback.store.problems import path_of, write_problem
from git_feedback.text import shorten, visible
from git_feedback.triage.recurring import Recurring

_INDENT = 2
_TITLE = 60
Json = dict[str, Any]


@click.group("problem")
def command() -> None:
    """Problem records: what belongs to them, why they come, what is done."""


@command.command("new")
@click.argument("names", nargs=-1, required=True, metavar="KEY|IDS...")
@click.option("--id", "given", metavar="P-NAME", help="What the record is called (default: after its first item).")
@writing
def new(session: Session, names: tuple[str, ...], given: str | None) -> int:
    """Write the draft of a record, from a recurring problem (its KEY or number in `recurring`) or from items.

    What can be counted is filled in, in no submitter's words: title, 5W1H, since when, items. A record that is there
    already stays as it is.
    """
    there = standings(session.desk.items, session.policy, session.now)
    group, found = _named(session, names, there)
    problem = given or (group and group.problem) or problem_id_of(found)
    try:
        made = draft(problem, found, group, session.policy, session.actor, session.language)
    except ValueError:
        raise Stop("problem-bad-id", USAGE, session.language, given=problem) from None
    file = path_of(made.id)
    is_new = not (session.root / file).exists()
    if is_new and not session.dry_run:
        write_file(session.root / file, write_problem(made))
    _show_new(session, made, file, found, is_new=is_new)
    if is_new and not session.dry_run:
        session.commit([file], f"problem {made.id}: draft of {len(found)} items, by {session.actor}")
    return 0


@command.command("list")
@reading
def list_problems(session: Session) -> None:
    """List the problem records, those that somebody works on first: state, owner, items, trend of eight weeks."""
    records, looked = _looked(session)
    listed = sorted(looked, key=lambda row: (not row[0].is_open, row[0].id))
    if session.style == "json":
        session.show_json({"problems": [_row(session, one, its) for one, its in listed]})
    else:
        for one, its in listed:
            click.echo(f"{one.id}  {shorten(visible(one.title_in(session.language)[0]), _TITLE)}")
            for fact in _facts(session, one, its):
                click.echo(f"{' ' * _INDENT}{fact}")
        session.say("problem-list-count", n=len(listed))
    _remark_on_broken(session, records)


@command.command("show")
@click.argument("problem", metavar="ID")
@reading
def show(session: Session, problem: str) -> None:
    """Show one record: 5W1H, the chain of whys, causes by branch, items, and its measures with what they changed."""
    records, looked = _looked(session)
    one, its = _of(session, records, looked, problem)
    measures = [it for it in measures_of(session.root).all if it.id in one.measures or it.problem == one.id]
    if session.style == "json":
        session.show_json(_whole(session, one, its, measures))
        return
    click.echo(f"{one.id}  {visible(one.title_in(session.language)[0])}")
    for line in (*_facts(session, one, its), *_told(session, one, its)):
        for part in wrapped(line, _INDENT):
            click.echo(part)
    for it in measures:
        title, status = visible(it.words(it.title, session.language)[0]), session.words(f"measures-status-{it.status}")
        click.echo(" " * _INDENT + session.words("problem-measure", id=it.id, title=title, status=status))


# ---- looking ----------------------------------------------------------------------------------------------------------


Looked = Sequence[tuple[ProblemRecord, Belonging]]


def _looked(session: Session) -> tuple[Records, Looked]:
    """The records of the working tree, each with what belongs to it."""
    records = records_of(session.root)
    there = standings(session.desk.items, session.policy, session.now)
    return records, [(one, belonging(one, there, session.policy, session.now)) for one in records.all]


def _of(session: Session, records: Records, looked: Looked, problem: str) -> tuple[ProblemRecord, Belonging]:
    for one, its in looked:
        if one.id.casefold() == problem.casefold():
            return one, its
    if problem in records.ids:
        raise Stop("problem-unreadable", CANNOT, session.language, file=path_of(problem))
    raise Stop("no-such-problem", USAGE, session.language, given=problem)


def _named(
    session: Session, names: Sequence[str], there: Sequence[Standing]
) -> tuple[Recurring | None, Sequence[Standing]]:
    """The recurring problem of a key, with its items; else the items that are named, in the order of arrival."""
    by_id = {one.item.id: one for one in there}
    if len(names) == 1:
        for number, group in enumerate(pairing.problems(there, session.policy, session.now), 1):
            if names[0].upper() in (str(number), group.key.upper()):
                return group, in_order(by_id[name] for name in group.ids)
    for name in names:
        if name.upper() not in by_id:
            raise Stop("problem-of-what", USAGE, session.language, given=name)
    return None, in_order(by_id[name] for name in {name.upper() for name in names})


def _remark_on_broken(session: Session, records: Records) -> None:
    for file in sorted({problem.file for problem in records.broken}):
        session.say("problem-unreadable", file=file)


# ---- as text ----------------------------------------------------------------------------------------------------------


def _show_new(session: Session, made: ProblemRecord, file: str, found: Sequence[Standing], *, is_new: bool) -> None:
    written = is_new and not session.dry_run
    if session.style == "json":
        session.show_json({"id": made.id, "file": file, "written": written, "record": _fields(made)})
        return
    if is_new:
        click.echo(write_problem(made).decode(), nl=False)
    session.say("problem-written" if written else "problem-would-write" if is_new else "problem-nothing-new", file=file)
    for one in found:
        if not any(kind == "problem" for kind, _ in one.state.links):
            way = f"git feedback link {one.item.id} --kind problem --to {made.id}"
            session.say("problem-link", command=way)


def _facts(session: Session, one: ProblemRecord, its: Belonging) -> Iterator[str]:
    found = its.all
    owner = session.policy.people.get(one.owner)
    yield session.words(
        "problem-facts",
        status=session.words(f"problems-status-{one.status}"),
        owner=owner.name.said(session.language) if owner else one.owner,
        day=one.since.isoformat(),
        items=len(found),
        open=sum(it.state.is_open for it in found),
        people=submitters(found),
    )
    yield session.words("recurring-weeks", weeks=" ".join(map(str, weekly(found, session.now))))


def _told(session: Session, one: ProblemRecord, its: Belonging) -> Iterator[str]:
    """What the record says, a line each; whoever reads it in a terminal sees what is hidden in it."""
    stop = "：" if session.language == "zh" else ": "

    def line(code: str, said: str) -> str:
        return f"{session.words(code)}{stop}{visible(said)}"

    for name in FiveW.model_fields:
        if said := getattr(one.five_w, name):
            yield line(f"problems-{name.replace('_', '-')}", said)
    yield from (line("problems-whys", why) for why in one.whys)
    yield from (line("problems-root", said) for said in (one.root,) if said)
    for branch in BRANCHES:
        yield from (line(f"problems-branch-{branch}", cause.cause) for cause in one.causes.get(branch, ()))
    if one.scenario:
        yield line("problems-scenario", " ".join(one.scenario.split()))
    yield session.words("problem-items", ids=[it.item.id for it in its.all])


# ---- as JSON ----------------------------------------------------------------------------------------------------------


def _row(session: Session, one: ProblemRecord, its: Belonging) -> Json:
    found = its.all
    return {
        "id": one.id,
        "title": one.title_in(session.language)[0],
        "status": one.status,
        "owner": one.owner,
        "department": one.department,
        "category": one.category,
        "since": one.since.isoformat(),
        "items": len(found),
        "open": sum(it.state.is_open for it in found),
        "people": submitters(found),
        "weekly": list(weekly(found, session.now)),
    }


def _whole(session: Session, one: ProblemRecord, its: Belonging, measures: Sequence[Measure]) -> Json:
    return {
        **_row(session, one, its),
        "record": _fields(one),
        "confirmed": [it.item.id for it in its.confirmed],
        "by_query": [it.item.id for it in its.by_query],
        "measures": [_measure(session, it) for it in measures],
    }


def _measure(session: Session, one: Measure) -> Json:
    there = standings(session.desk.items, session.policy, session.now)
    found = measured(one, there, session.policy, session.now)
    row: Json = {"id": one.id, "status": one.status, "due": _day(one.due), "done": _day(one.done), "effect": None}
    if found:
        it = found.effect
        numbers = {"weeks": it.weeks, "before": it.before, "after": it.after}
        ratio = {"ratio": it.ratio, "low": it.low, "high": it.high}
        asked = {"counts": found.asked, "expects": one.expects, "expectation": found.expectation}
        row["effect"] = {"verdict": it.verdict, **numbers, **ratio, **asked}
    return row


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fields(one: ProblemRecord) -> Json:
    return one.model_dump(mode="json", exclude_none=True)
