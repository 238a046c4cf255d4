"""What triage is worth, in words and as JSON, and whether words that were changed made it worse."""

import click

from git_feedback.cli.commands.sla import other_policy
from git_feedback.cli.session import Session
from git_feedback.jobs.evaluating import Desk, Evaluated, Gate, Turn, Way, evaluated
from git_feedback.text import shorten, visible
from git_feedback.triage import Candidate
from git_feedback.triage.lines import Found

TITLE_WIDTH = 60


def candidate_said(one: Candidate) -> str:
    """A category that an item may be of, with the words that speak for it."""
    sure = f", {one.confidence:.0%}" if one.confidence is not None else ""
    return f"{one.category} ({', '.join(map(visible, one.words)) or '-'}{sure})"


def show_evaluation(session: Session, base: str | None) -> int:
    """Print what triage is worth; 1 where it was better at `base`, or where a labelled line cannot be read."""
    desk = Desk(session.root, session.desk, session.now)
    found = evaluated(desk, other_policy(session, base) if base else None, base or "")
    if session.style == "json":
        session.show_json(_as_json(found))
    else:
        _show(session, found)
    session.show_problems(desk.problems)
    return 1 if desk.problems or (found.gate and not found.gate.holds) else 0


# ---- in words -------------------------------------------------------------------------------------------------------


def _show(session: Session, found: Evaluated) -> None:
    click.echo(session.words("evaluate-examples", None, confirmed=found.confirmed, labelled=found.labelled))
    for way in found.ways:
        click.echo(_way_said(session, way))
    if found.why_rules:
        click.echo(session.words(found.why_rules))
    elif found.ways:
        click.echo(session.words("evaluate-takes-over" if found.takes_over else "evaluate-rules-decide"))
    for way in found.ways[:1]:
        _show_categories(session, way)
    if found.lines.wanted:
        _show_lines(session, found.lines)
    for month in found.drift:
        values = {"corrected": month.corrected, "classified": month.classified, "share": f"{month.share:.0%}"}
        click.echo(session.words("evaluate-drift", None, month=month.month, **values))
    if found.gate:
        _show_gate(session, found.gate)


def _way_said(session: Session, way: Way) -> str:
    values = {"f1": f"{way.figures.macro_f1:.3f}", "accuracy": f"{way.figures.accuracy:.3f}"}
    said = session.words(f"evaluate-{way.name}", None, coverage=f"{way.coverage:.0%}", **values)
    if way.ece is None:
        return said
    sure = f"{way.threshold:.2f}" if way.threshold is not None else "-"
    return said + session.words("evaluate-confidence", None, threshold=sure, ece=f"{way.ece:.3f}")


def _show_categories(session: Session, way: Way) -> None:
    for name, one in way.figures.per_class.items():
        shares = {"precision": f"{one.precision:.2f}", "recall": f"{one.recall:.2f}", "f1": f"{one.f1:.2f}"}
        click.echo("  " + session.words("evaluate-category", None, category=name, items=one.items, **shares))
    for given, said, n in way.confused():
        click.echo("  " + session.words("evaluate-confused", None, times=n, given=given, said=said or "-"))


def _show_lines(session: Session, found: Found) -> None:
    shares = {"recall": f"{found.recall:.3f}", "precision": f"{found.precision:.3f}"}
    click.echo(session.words("evaluate-lines", None, wrong=len(found.wrong), **shares))
    for line, missing, extra in found.wrong:
        text = shorten(visible(line.text), TITLE_WIDTH)
        values = {"missing": _listed(missing), "extra": _listed(extra)}
        click.echo("  " + session.words("evaluate-line", None, place=line.place, text=text, **values))


def _listed(hits: frozenset[tuple[str, str]]) -> list[str]:
    return sorted(name for _, name in hits) or ["-"]


def _show_gate(session: Session, gate: Gate) -> None:
    before, after = (f"{one:.3f}" if one is not None else "-" for one in (gate.before, gate.after))
    code = "evaluate-holds" if gate.holds else "evaluate-worse"
    click.echo(session.words(code, None, base=visible(gate.name), before=before, after=after))
    for turn in gate.turns:
        click.echo("  " + _turn_said(session, turn))


def _turn_said(session: Session, turn: Turn) -> str:
    code = "evaluate-broken" if turn.breaks else "evaluate-turned"
    values = {"given": turn.given or "-", "was": turn.was or "-", "now": turn.is_ or "-"}
    return session.words(code, None, id=turn.id, title=shorten(visible(turn.title), TITLE_WIDTH), **values)


# ---- as JSON --------------------------------------------------------------------------------------------------------


def _as_json(found: Evaluated) -> dict[str, object]:
    lines = found.lines
    return {
        "examples": {"confirmed": found.confirmed, "labelled": found.labelled},
        "ways": {way.name: _way_as_json(way) for way in found.ways},
        "model_takes_over": found.takes_over,
        "lines": {
            "recall": lines.recall,
            "precision": lines.precision,
            "wrong": [
                {"place": line.place, "text": line.text, "missing": _names(missing), "extra": _names(extra)}
                for line, missing, extra in lines.wrong
            ],
        },
        "corrections": [one.as_json() for one in found.drift],
        "base": _gate_as_json(found.gate) if found.gate else None,
    }


def _names(hits: frozenset[tuple[str, str]]) -> list[str]:
    return sorted(name for _, name in hits)


def _way_as_json(way: Way) -> dict[str, object]:
    per_category = {
        name: {"precision": one.precision, "recall": one.recall, "f1": one.f1, "items": one.items}
        for name, one in way.figures.per_class.items()
    }
    return {
        "macro_f1": way.figures.macro_f1,
        "accuracy": way.figures.accuracy,
        "coverage": way.coverage,
        "threshold_90": way.threshold,
        "ece": way.ece,
        "per_category": per_category,
        "confusion": [{"given": given, "said": said or None, "n": n} for given, said, n in way.confused()],
    }


def _gate_as_json(gate: Gate) -> dict[str, object]:
    turns = [
        {"id": one.id, "title": one.title, "given": one.given, "was": one.was, "now": one.is_, "broken": one.breaks}
        for one in gate.turns
    ]
    return {
        "rev": gate.name,
        "macro_f1_before": gate.before,
        "macro_f1": gate.after,
        "holds": gate.holds,
        "changed": turns,
    }
