"""What of `kb` writes: drafts of articles, problems that somebody is to look into, and whether articles helped."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Standing, standings
from git_feedback.insight.belonging import belonging, in_order
from git_feedback.jobs import pairing
from git_feedback.jobs.knowledge import helped_of, knowledge_of, today_at
from git_feedback.jobs.problems_known import records_of
from git_feedback.learning.drafting import SETTLED, Draft, Matter, about, draft, is_name, name_of, titles_of
from git_feedback.learning.helping import Left, is_taken, taken
from git_feedback.learning.researching import Research, research
from git_feedback.model.helped import Asked, Counted, Taking
from git_feedback.model.problems import ProblemRecord
from git_feedback.store import write_file
from git_feedback.store.articles import path_of
from git_feedback.store.helped import LARGEST, BadHelped, added, read_counted
from git_feedback.store.helped import path_of as month_path
from git_feedback.text import language, shorten, visible
from git_feedback.triage.recurring import Recurring

_TITLE = 64
_LONGEST = 300
_FORMAT = "git-feedback/did-this-help/1"


@click.command("draft")
@click.argument("names", nargs=-1, required=True, metavar="ID...|P-NAME|KEY")
@click.option(
    "--name", "given", metavar="NAME", help="What the article's file is called (default: after what it is about)."
)
@writing
def draft_article(session: Session, names: tuple[str, ...], given: str | None) -> int:
    """Write the draft of an article, from closed items, a problem record, or a recurring problem (its KEY or number).

    It is written in the items' language, with symptoms, cause, solution and replies as far as the record has them, and
    as a frame in the other. Names, ways to reach people and long numbers are masked. Refused where an article is about
    it already.
    """
    matter = _matter(session, names, given)
    knowledge = knowledge_of(session.root)
    ids = [one.item.id for one in matter.items]
    for name in about(knowledge.articles, ids, matter.record.id if matter.record else None):
        file = knowledge.articles[name].told_in(session.language).path
        raise Stop("kb-draft-there", USAGE, session.language, name=name, file=file)
    if matter.name in knowledge.names:
        raise Stop("kb-draft-named", USAGE, session.language, name=matter.name)
    made = draft(matter, session.policy, session.actor, today_at(session.desk, session.now))
    if session.style == "json":
        files = {path: content.decode() for path, content in made.files.items()}
        session.show_json(
            {"name": made.name, "language": made.language, "files": files, "written": not session.dry_run}
        )
    else:
        click.echo(made.files[path_of(made.name, made.language)].decode(), nl=False)
    _write(session, [made], f"article {made.name}: draft of {len(ids)} items, by {session.actor}")
    return 0


@click.command("research")
@click.option("--write", is_flag=True, help="Write an article for each of them, with `status: research`.")
@writing
def research_problems(session: Session, write: bool) -> int:
    """List frequent problems that no current article answers and nobody has solved, each with an owner and a day.

    With --write each that has no article yet gets one with `status: research`, so that `kb check` asks for it.
    """
    found = _research(session)
    drafts = [_drafted(session, one) for one in found if not one.article] if write else []
    if session.style == "json":
        written = [path for made in drafts for path in made.files] if not session.dry_run else []
        told = {"research": [_as_json(session, one) for one in found], "under_way": _under_way(session)}
        session.show_json({**told, "written": written})
    else:
        for number, one in enumerate(found, 1):
            _show(session, number, one)
        session.say("kb-research-count", n=len(found))
        for row in _under_way(session):
            session.say("kb-research-under-way", **row)
    _write(session, drafts, f"research: {len(drafts)} problems without an answer, by {session.policy.desk.coordinator}")
    return 0


@click.command("helped")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--asked", "question", metavar="WORDS", help="A question that no article answered.")
@writing
def take_helped(session: Session, file: Path | None, question: str | None) -> int:
    """Take in whether articles helped: FILE is a did-this-help.json that a reader's browser saved.

    It is added to feedback/knowledge/helped-YYYY-MM.yml; a file that was handed in before adds nothing. Names and ways
    to reach people in questions are masked. --asked notes one question, without a file.
    """
    if file is None and question is None:
        raise Stop("kb-helped-what", USAGE, session.language)
    counted = _counted(session, file) if file else _question(session, question or "")
    answers = helped_of(session.root)
    if answers.broken:
        session.show_problems(answers.broken)
        return 1
    names, people = knowledge_of(session.root).names, session.policy.people.values()
    staff = tuple(name for one in people for name in (one.name.zh, one.name.en))
    taking, left = taken(counted, names, staff, today_at(session.desk, session.now), session.actor)
    path = month_path(f"{taking.taken:%Y-%m}")
    is_new = not is_taken(answers.by_path, counted) and bool(taking.counts or taking.asked)
    if is_new and not session.dry_run:
        write_file(session.root / path, added(answers.sources.get(path, b""), f"{taking.taken:%Y-%m}", taking))
        session.commit([path], f"knowledge: {len(taking.counts)} answers of readers, by {session.actor}")
    _show_taking(session, taking, left, path, str(file or "--asked"), is_new=is_new)
    return 0


# ---- drafts -------------------------------------------------------------------------------------------------------------


def _matter(session: Session, names: tuple[str, ...], given: str | None) -> Matter:
    """What is named: closed items, or a problem record with those of its items that are closed."""
    if given is not None and not is_name(given):
        raise Stop("kb-draft-bad-name", USAGE, session.language, given=given)
    there = standings(session.desk.items, session.policy, session.now)
    record, found = _named(session, names, there)
    items = [one for one in found if one.state.life in SETTLED]
    if not items and not (record and record.root):
        raise Stop("kb-draft-open", USAGE, session.language)
    return Matter(given or name_of(items, record), titles_of(items, record, session.policy), items, record)


def _named(
    session: Session, names: Sequence[str], there: Sequence[Standing]
) -> tuple[ProblemRecord | None, Sequence[Standing]]:
    by_id = {one.item.id: one for one in there}
    if len(names) == 1:
        record = _records(session).get(names[0].casefold())
        if record:
            return record, belonging(record, there, session.policy, session.now).all
        group = _group(session, names[0], there)
        if group and group.problem:
            return _records(session).get(group.problem.casefold()), [by_id[name] for name in group.ids]
        if group:
            return None, [by_id[name] for name in group.ids]
    for name in names:
        if name.upper() not in by_id:
            raise Stop("kb-draft-of-what", USAGE, session.language, given=name)
    return None, in_order(by_id[name] for name in {name.upper() for name in names})


def _records(session: Session) -> Mapping[str, ProblemRecord]:
    return {one.id.casefold(): one for one in records_of(session.root).all}


def _group(session: Session, named: str, there: Sequence[Standing]) -> Recurring | None:
    """The recurring problem of a number or key; an item that leads a group stands for it."""
    groups = pairing.problems(there, session.policy, session.now)
    keys = ((number, group) for number, group in enumerate(groups, 1))
    return next((group for number, group in keys if named.upper() in (str(number), group.key.upper())), None)


def _write(session: Session, drafts: Sequence[Draft], message: str) -> None:
    """Write the files of drafts in one commit, or say what would be written."""
    files = {path: content for made in drafts for path, content in made.files.items()}
    for path, content in files.items():
        if not session.dry_run:
            write_file(session.root / path, content)
        session.say("kb-would-write" if session.dry_run else "kb-written", file=path)
    session.commit(list(files), message)


# ---- research -----------------------------------------------------------------------------------------------------------


def _research(session: Session) -> list[Research]:
    there = standings(session.desk.items, session.policy, session.now)
    groups = pairing.problems(there, session.policy, session.now)
    records = {one.id: one for one in records_of(session.root).all}
    articles = knowledge_of(session.root).articles
    return research(groups, records, articles, there, session.policy, today_at(session.desk, session.now))


def _under_way(session: Session) -> list[dict[str, Any]]:
    """The articles for which somebody looks for an answer already."""
    articles = [one for one in knowledge_of(session.root).articles.values() if one.front.status == "research"]
    return [
        {
            "name": one.name,
            "title": visible(one.told_in(session.language).front.title),
            "owner": one.front.owner,
            "due": one.front.due.isoformat() if one.front.due else "-",
        }
        for one in articles
    ]


def _drafted(session: Session, one: Research) -> Draft:
    name, titles = name_of(one.items, one.record), titles_of(one.items, one.record, session.policy)
    matter = Matter(name, titles, one.items, one.record, "research")
    return draft(matter, session.policy, one.owner, today_at(session.desk, session.now))


def _title(session: Session, one: Research) -> str:
    return visible(titles_of(one.items, one.record, session.policy)[session.language])


def _show(session: Session, number: int, one: Research) -> None:
    click.echo(f"{number}  {shorten(_title(session, one), _TITLE)}")
    owner = session.policy.people.get(one.owner)
    name = owner.name.said(session.language) if owner else one.owner
    due = one.due.isoformat()
    facts = [session.words("kb-research-facts", n=len(one.items), submitters=one.submitters, owner=name, day=due)]
    facts += [session.words("kb-research-begun", file=path_of(one.article, session.language))] if one.article else []
    facts.append(session.words("kb-gap-items", items=tuple(it.item.id for it in one.items)))
    for fact in facts:
        for line in wrapped(fact, 3):
            click.echo(line)


def _as_json(session: Session, one: Research) -> dict[str, object]:
    return {
        "key": one.key,
        "title": _title(session, one),
        "items": [it.item.id for it in one.items],
        "submitters": one.submitters,
        "owner": one.owner,
        "due": one.due.isoformat(),
        "article": one.article,
    }


# ---- whether articles helped --------------------------------------------------------------------------------------------


def _counted(session: Session, file: Path) -> Counted:
    try:
        with file.open("rb") as opened:
            return read_counted(opened.read(LARGEST + 1), file.name)
    except BadHelped as bad:
        session.show_problems(bad.problems)
        raise Stop("kb-helped-unread", USAGE, session.language, file=file.name) from None


def _question(session: Session, words: str) -> Counted:
    """A question that somebody typed here; the same one on the same day is the same entry."""
    said = " ".join(words.split())
    if not said:
        raise Stop("kb-helped-what", USAGE, session.language)
    if len(said) > _LONGEST:
        raise Stop("kb-helped-too-long", USAGE, session.language, limit=_LONGEST)
    day = today_at(session.desk, session.now)
    mark = sha256(f"{day} {said}".encode()).hexdigest()[:16]
    written_in = "en" if language(said) == "en" else "zh"
    return Counted(format=_FORMAT, id=mark, asked=(Asked(day=day, language=written_in, text=said),))


def _show_taking(session: Session, taking: Taking, left: Left, path: str, name: str, *, is_new: bool) -> None:
    if session.style == "json":
        session.show_json({
            "file": path, "id": taking.id, "counts": len(taking.counts), "asked": len(taking.asked),
            "written": is_new and not session.dry_run, "left_out": left._asdict(),
        })  # fmt: skip
        return
    for code, n in _left_out(left):
        session.say(code, n=n)
    if is_new and session.dry_run:
        session.say("kb-would-write", file=path)
    elif is_new:
        session.say("kb-helped-taken", n=len(taking.counts), asked=len(taking.asked), file=path)
    else:
        session.say("kb-helped-already", file=name)


def _left_out(left: Left) -> Iterable[tuple[str, int]]:
    listed = (("kb-helped-unknown", left.unknown), ("kb-helped-other-days", left.other_days))
    return ((code, n) for code, n in listed if n)
