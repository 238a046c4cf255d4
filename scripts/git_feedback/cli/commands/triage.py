"""`triage`: what is it, how much does it matter, whose is it?"""

import click

from git_feedback.cli.session import Session, writing
from git_feedback.desk import Standing
from git_feedback.jobs import triaging
from git_feedback.text import shorten, visible
from git_feedback.triage import Suggestion, Suspicion


@click.command("triage")
@writing
def command(session: Session) -> int:
    """Classify what is new by the rules of policy/keywords.yml; what no rule decides waits for a human.

    So does what may be no feedback at all (spam, abuse, fraud, a test): it is listed for review with the reasons, and
    stays as it is until somebody rejects or classifies it.

    Ends with 0, or with 1 when a file could not be written to; with --dry-run nothing is written.
    """
    found = triaging.suggestions(session.desk, session.now)
    review = triaging.for_review(session.desk, session.now)
    paths, problems = ([], []) if session.dry_run else triaging.write_down(session.root, session.desk, found)
    decided = sum(1 for one in found if one.event)
    if session.style == "json":
        rows = [_review_as_json(session, one, why) for one, why in review]
        session.show_json({"suggestions": [_as_json(one) for one in found], "review": rows})
    else:
        for one in found:
            click.echo(_said(session, one))
        _show_review(session, review)
        session.say("triaged", n=decided, undecided=len(found) - decided)
    session.show_problems(problems)
    session.commit(paths, f"triage: {len(paths)} by rules")
    return 1 if problems else 0


def _said(session: Session, one: Suggestion) -> str:
    if one.event is None:
        alarms = [match.rule.id for match in one.alarms] or ["-"]
        return session.words("undecided", id=one.id, alarms=alarms)
    category, because = one.event.category, one.event.because
    whose = {"department": one.department, "owner": one.owner}
    return session.words("suggested", None, id=one.id, category=category, level=one.level, because=because, **whose)


def _as_json(one: Suggestion) -> dict[str, object]:
    event = one.event.model_dump(mode="json", exclude={"verb", "by", "tags"}, exclude_none=True) if one.event else {}
    alarms = [match.rule.id for match in one.alarms]
    return {
        "id": one.id,
        **event,
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
