"""`kb`: the knowledge base - what there is, what is wrong with it, what answers a question, what is missing.

`--format json`: `list` prints `{articles: [{name, title, languages, status, audience, version, owner, review, due,
categories, items, closed, helped: {yes, no}}]}`; `check` `{problems, due, gaps}`, both lists as those of `check`; `ask`
`{answers: [{name, title, lead, file, status, audience, score, shared_terms}]}`; `gaps` `{gaps: [{question, count,
asked, items, category, terms}]}`; `research` `{research: [{key, title, items, submitters, owner, due, article}],
under_way: [{name, title, owner, due}], written}`; `draft` `{name, language, files, written}`; `helped` `{file, id,
counts, asked, written, left_out}`.
"""

from collections.abc import Iterator, Mapping

import click

from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.commands.kb_edition import make_edition
from git_feedback.cli.commands.kb_nominate import nominate
from git_feedback.cli.commands.kb_writing import draft_article, research_problems, take_helped
from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.desk import Standing, standings
from git_feedback.jobs.knowledge import Knowledge, due_in_knowledge, helped_of, knowledge_of, problems_of_knowledge
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.problems_known import records_of
from git_feedback.learning.asking import LINE, Hit, Shelf
from git_feedback.learning.gaps import Gap, gaps
from git_feedback.learning.helping import Effect, asked, effects
from git_feedback.pages.articles import lead_of
from git_feedback.store.articles import Article
from git_feedback.text import shorten, visible

_INDENT = 2
_TITLE = 64
Json = dict[str, object]


@click.group("kb")
def command() -> None:
    """The knowledge base: articles listed, checked, drafted, asked, and what is missing in it."""


command.add_command(draft_article)
command.add_command(research_problems)
command.add_command(take_helped)
command.add_command(make_edition)
command.add_command(nominate)


@command.command("list")
@reading
def list_articles(session: Session) -> None:
    """List the articles: state, owner, review, how many items they closed, and whether they helped."""
    knowledge = knowledge_of(session.root)
    did = effects(knowledge.articles, _standings(session), helped_of(session.root).by_path.values())
    rows = [(one, did[one.name]) for one in knowledge.articles.values()]
    if session.style == "json":
        session.show_json({"articles": [_row(session, *row) for row in rows]})
    else:
        for one, effect in rows:
            click.echo(f"{one.name}  {shorten(visible(one.told_in(session.language).front.title), _TITLE)}")
            for fact in _facts(session, one, effect):
                click.echo(f"{' ' * _INDENT}{fact}")
        session.say("kb-count", n=len(rows))
    for file in sorted({problem.file for problem in knowledge.broken}):
        session.say("kb-unreadable", file=file)


@command.command("check")
@reading
def check_articles(session: Session) -> int:
    """Check the articles: what is wrong, then what somebody should look at, then how many questions have no answer.

    Ends with 1 where something is wrong: things that are not there, links to retired articles, languages that differ,
    contact data.  Reviews and research that are overdue, orphans and missing translations are told, and end with 0.
    """
    knowledge, answers = knowledge_of(session.root), helped_of(session.root)
    measures, records = measures_of(session.root), records_of(session.root).ids
    wrong = problems_of_knowledge(knowledge, session.desk, measures, records, answers)
    due = due_in_knowledge(knowledge, session.desk, session.now)
    missing = _gaps(session, knowledge)
    if session.style == "json":
        told = {name: [problem_as_json(one, session.language) for one in found] for name, found in (("problems", wrong), ("due", due))}  # fmt: skip
        session.show_json({**told, "gaps": len(missing)})
    else:
        session.show_problems([*wrong, *due])
        session.say("kb-checked", n=len(knowledge.articles), wrong=len(wrong), due=len(due))
        if missing:
            session.say("kb-gaps-told", n=sum(one.questions for one in missing))
    return 1 if wrong else 0


@command.command("ask")
@click.argument("question")
@reading
def ask(session: Session, question: str) -> int:
    """Find the articles that answer QUESTION, in Chinese or English.

    Each with its title, its first line, its file and the terms that it shares with the question. An article is found by
    the words of either language. Ends with 1 where none is about it.
    """
    articles = knowledge_of(session.root).articles
    found = [hit for hit in Shelf(articles).ask(question) if hit.score >= LINE]
    if session.style == "json":
        session.show_json({"answers": [_answer(session, articles[hit.name], hit) for hit in found]})
        return 0 if found else 1
    for number, hit in enumerate(found, 1):
        for line in _told(session, number, articles[hit.name], hit):
            click.echo(line)
    if not found:
        session.say("kb-found-nothing")
    return 0 if found else 1


@command.command("gaps")
@reading
def list_gaps(session: Session) -> None:
    """List questions without an answer: those that people typed in vain, and items of 90 days about which no article is."""
    found = _gaps(session, knowledge_of(session.root))
    if session.style == "json":
        session.show_json({"gaps": [_gap_as_json(one) for one in found]})
        return
    for one in found:
        click.echo(f"{one.questions:>3}  {shorten(visible(one.first), _TITLE)}")
        for fact in _gap_facts(session, one):
            for line in wrapped(fact, 5):
                click.echo(line)
    session.say("kb-gap-count", n=len(found))


# ---- looking ----------------------------------------------------------------------------------------------------------


def _standings(session: Session) -> list[Standing]:
    return standings(session.desk.items, session.policy, session.now)


def _gaps(session: Session, knowledge: Knowledge) -> list[Gap]:
    questions = asked(helped_of(session.root).by_path.values())
    return gaps(knowledge.articles, questions, _standings(session), session.now)


def _name(session: Session, person: str) -> str:
    found = session.policy.people.get(person)
    return found.name.said(session.language) if found else person


# ---- as text ----------------------------------------------------------------------------------------------------------


def _facts(session: Session, one: Article, effect: Effect) -> Iterator[str]:
    front = one.front
    yield session.words(
        "kb-facts",
        status=session.words(f"kb-status-{front.status}"),
        audience=session.words(f"kb-audience-{front.audience}"),
        version=front.version,
        owner=_name(session, front.owner),
        review=front.review.isoformat(),
    )
    counted = [session.words("kb-closed", n=effect.closed)] if effect.closed else []
    counted += [session.words("kb-helped", n=effect.yes, no=effect.no)] if effect.yes or effect.no else []
    counted += [session.words("kb-due", day=front.due.isoformat())] if front.due else []
    if counted:
        yield ("；" if session.language == "zh" else "; ").join(counted)


def _told(session: Session, number: int, one: Article, hit: Hit) -> Iterator[str]:
    file = one.told_in(session.language)
    yield f"{number}  {shorten(visible(file.front.title), _TITLE)}"
    lead = lead_of(file.body)
    if lead:
        yield from wrapped(visible(lead), 3, hang=0)
    if file.front.status != "current":
        yield f"   {session.words(f'kb-status-{file.front.status}')}"
    yield from wrapped(session.words("kb-found-because", terms=[visible(term) for term in hit.shared_terms]), 3)
    yield f"   {file.path}"


def _gap_facts(session: Session, one: Gap) -> Iterator[str]:
    category = session.policy.categories.get(one.category or "")
    if category:
        yield category.name.said(session.language)
    if one.items:
        yield session.words("kb-gap-items", items=one.items)
    if one.asked:
        yield session.words("kb-gap-asked", n=one.asked)


# ---- as JSON ----------------------------------------------------------------------------------------------------------


def _row(session: Session, one: Article, effect: Effect) -> Json:
    front = one.told_in(session.language).front
    return {
        "name": one.name,
        "title": front.title,
        "languages": list(one.in_languages),
        "status": front.status,
        "audience": front.audience,
        "version": front.version,
        "owner": front.owner,
        "review": front.review.isoformat(),
        "due": front.due.isoformat() if front.due else None,
        "categories": list(front.categories),
        "items": list(front.items),
        "closed": effect.closed,
        "helped": {"yes": effect.yes, "no": effect.no},
    }


def _answer(session: Session, one: Article, hit: Hit) -> Json:
    file = one.told_in(session.language)
    return {
        "name": one.name,
        "title": file.front.title,
        "lead": lead_of(file.body),
        "file": file.path,
        "status": file.front.status,
        "audience": file.front.audience,
        "score": hit.score,
        "shared_terms": list(hit.shared_terms),
    }


def _gap_as_json(one: Gap) -> Mapping[str, object]:
    return {
        "question": one.first,
        "count": one.questions,
        "asked": one.asked,
        "items": list(one.items),
        "category": one.category,
        "terms": list(one.terms),
    }
