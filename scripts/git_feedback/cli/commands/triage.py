"""`triage`: what is it, how much does it matter, whose is it?"""

import click

from git_feedback.cli.evaluation import candidate_said, show_evaluation
from git_feedback.cli.repeating import copies_as_json, copy_lines
from git_feedback.cli.session import Session, writing
from git_feedback.desk import Standing, standings
from git_feedback.jobs import pairing, triaging
from git_feedback.text import shorten, visible
from git_feedback.triage import Suggestion, Suspicion


@click.command("triage")
@click.option("--evaluate", is_flag=True, help="Write nothing: how well rules and model do on what people confirmed.")
@click.option("--base", metavar="REV", help="With --evaluate: end with 1 where the rules of REV did better.")
@writing
def command(session: Session, evaluate: bool, base: str | None) -> int:
    """Classify what is new by the rules of policy/keywords.yml; what no rule decides waits for a human.

    Where enough items were confirmed by people and a model learned from them does better than the rules (extra `ml`),
    the model decides what it is sure of.  What a form classified is raised where its words raise an alarm.

    So does what may be no feedback at all (spam, abuse, fraud, a test): it is listed for review with the reasons, and
    stays as it is until somebody rejects or classifies it.  Open items that say the same as another one are listed too.

    Ends with 0, or with 1 when a file could not be written to (or --base was better); with --dry-run nothing is written.
    """
    if evaluate or base:
        return show_evaluation(session, base)
    there = standings(session.desk.items, session.policy, session.now)
    alike = pairing.pairs(there, session.policy, session.now)
    found, twice = triaging.suggestions(session.desk, session.now, alike, session.root), pairing.copies(alike)
    review = triaging.for_review(session.desk, session.now)
    paths, problems = ([], []) if session.dry_run else triaging.write_down(session.root, session.desk, found)
    events = [one.event for one in found if one.event]
    decided = len(events)
    if session.style == "json":
        rows = [_review_as_json(session, one, why) for one, why in review]
        told = {"copies": copies_as_json(session, there, twice)}
        session.show_json({"suggestions": [_as_json(one) for one in found], "review": rows, **told})
    else:
        for one in found:
            click.echo(_said(session, one))
        _show_review(session, review)
        for line in copy_lines(session, twice):
            click.echo(line)
        session.say("triaged", n=decided, undecided=len(found) - decided)
        if by_model := sum(1 for one in events if one.by == "model"):
            session.say("triaged-by-model", n=by_model)
    session.show_problems(problems)
    session.commit(paths, f"triage: {len(paths)} by {' and '.join(sorted({one.by for one in events}))}")
    return 1 if problems else 0


def _said(session: Session, one: Suggestion) -> str:
    if one.event is None:
        alarms = [match.rule.id for match in one.alarms] or ["-"]
        maybe = [candidate_said(each) for each in one.candidates]
        said = session.words("undecided", id=one.id, alarms=alarms)
        return f"{said}\n  {session.words('undecided-maybe', None, candidates=maybe)}" if maybe else said
    category, because = one.event.category, visible(one.event.because or "")
    whose = {"department": one.department, "owner": one.owner}
    return session.words("suggested", None, id=one.id, category=category, level=one.level, because=because, **whose)


def _as_json(one: Suggestion) -> dict[str, object]:
    event = one.event.model_dump(mode="json", exclude={"verb", "by", "tags"}, exclude_none=True) if one.event else {}
    alarms = [match.rule.id for match in one.alarms]
    maybe = [{"category": each.category, "words": each.words, "confidence": each.confidence} for each in one.candidates]
    return {
        "id": one.id,
        **event,
        **({"by": one.event.by} if one.event else {}),
        "confidence": one.confidence,
        "candidates": maybe,
        "level": one.level,
        "department": one.department,
        "owner": one.owner,
        "alarms": alarms,
    }


def _show_review(session: Session, review: list[tuple[Standing, tuple[Suspicion, ...]]]) -> None:
    """What may be no feedback, each with the reasons and what a person may do about it."""
    if review:
        click.echo(session.words("review-title", n=len(review)))
    for one, why in review:
        reasons = [suspicion.said(session.language) for suspicion in why]
        title, kind = shorten(visible(one.item.title), 60), why[0].rejects_as
        click.echo(session.words("review-line", id=one.item.id, title=title, reasons=reasons, kind=kind))


def _review_as_json(session: Session, one: Standing, why: tuple[Suspicion, ...]) -> dict[str, object]:
    reasons = [{"kind": each.kind, "rule": each.rule, "because": each.said(session.language)} for each in why]
    return {"id": one.item.id, "suspicions": reasons, "reject_as": why[0].rejects_as}
