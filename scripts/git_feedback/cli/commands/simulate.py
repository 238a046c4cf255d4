"""`simulate`: what another policy would have made of the same history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import click

from git_feedback.cli.commands.sla import length, other_policy, verdict_as_json
from git_feedback.cli.session import Session, styles
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import parse_day
from git_feedback.desk.sla import Clock
from git_feedback.escaping import github_line, markdown_line
from git_feedback.insight.replays import OUTCOMES, Change, ClockChange, Shifts, Tally, Turn
from git_feedback.jobs.simulating import Simulation, simulated
from git_feedback.text import display_width, shorten, visible

TITLE_WIDTH = 60
ROOM_IN_A_COMMENT = 50_000
"""Characters for items in Markdown, whatever was asked for: hosts refuse comments of more than 65,536."""


@click.command("simulate")
@click.option("--policy", "named", required=True, metavar="DIR|REV", help="The other policy: its folder, or a commit.")
@click.option("--since", metavar="DAY", help="Only items received on that day or later: 2026-09-01.")
@click.option("--as-dated", is_flag=True, help="Every edition of the other policy keeps its dates.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Items to list (JSON: all).")
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when breaches are added.")
@click.option("--as-of", "as_of_given", metavar="DATE|COMMIT", help="The record as it stood then.")
@styles("text", "json", "markdown")
def command(
    session: Session,
    named: str,
    since: str | None,
    as_dated: bool,
    limit: int,
    fail_on: str | None,
) -> int:
    """Replay the history under another policy: breaches, deadlines, levels and routes that change.

    An edition that is new in it judges as if it had always held.  Nothing is written; ends with 0 whatever changes.
    """
    other, first = other_policy(session, named), _day(session, since)
    desk = session.desk
    found = simulated(desk.items, session.policy, other, session.now, since=first, as_dated=as_dated)
    show = {"json": _show_json, "markdown": _show_markdown, "text": _show_text}[session.style]
    show(session, Asked(named, first, as_dated, limit), found)
    broken = len({problem.file for problem in desk.broken})
    if broken:
        session.say("simulate-left-out", n=broken)
    return 1 if found.replay.added and fail_on == "breach" else 0


def _day(session: Session, given: str | None) -> date | None:
    try:
        return parse_day(given) if given else None
    except ValueError:
        raise Stop("simulate-bad-day", USAGE, session.language, given=given) from None


class Asked(NamedTuple):
    """What was asked for, as it was given."""

    policy: str
    since: date | None
    as_dated: bool
    limit: int


# ---- words ----------------------------------------------------------------------------------------------------------


class Table(NamedTuple):
    """A table with its heading: the first row names the columns, cells are words of ours and of the policy."""

    heading: str
    rows: list[tuple[str, ...]]


def _said_first(session: Session, asked: Asked, found: Simulation, name: str) -> list[str]:
    """How it was done, and the figures that count."""
    replay = found.replay
    lines = [session.words("simulate-replayed", n=replay.replayed, policy=name, changed=len(replay.changes))]
    if asked.since:
        lines.append(session.words("simulate-since", day=asked.since.isoformat()))
    if found.always:
        lines.append(session.words("simulate-always", day=found.always.isoformat()))
    if found.rules_run:
        lines.append(session.words("simulate-rules-run"))
    lines.append(session.words("simulate-breaches", None, added=replay.added, removed=replay.removed))
    return lines


def _tables(session: Session, found: Simulation) -> list[Table]:
    replay = found.replay
    tables = []
    if replay.tallies:
        columns = ("clock", "met", "breached", "running", "earlier", "later")
        rows = [_tally_row(session, tally) for tally in replay.tallies]
        tables.append(_table(session, "simulate-clocks", columns, rows))
    if any(was != is_ for was, is_ in replay.levels):
        tables.append(Table(session.words("simulate-levels"), _level_rows(session, replay.levels)))
    if replay.routes:
        routes = [(_turned(one.turn), f"{one.n:,}", f"{one.moved:,}") for one in replay.routes]
        tables.append(_table(session, "simulate-routes", ("route", "items", "moved"), routes))
    return tables


def _table(session: Session, heading: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    names = tuple(session.words(f"simulate-column-{column}") for column in columns)
    return Table(session.words(heading), [names, *rows])


def _tally_row(session: Session, tally: Tally) -> tuple[str, ...]:
    counts = (_turned((f"{tally.before[one]:,}", f"{tally.after[one]:,}")) for one in OUTCOMES)
    shifts = (_shifts(session, one) for one in (tally.earlier, tally.later))
    return session.words(f"cli-clock-{tally.clock}"), *counts, *shifts


def _shifts(session: Session, shifts: Shifts) -> str:
    if shifts.median_s is None:
        return "-"
    return session.words("simulate-shifts", None, count=f"{shifts.n:,}", amount=_hours(session, shifts.median_s))


def _level_rows(session: Session, levels: Mapping[Turn, int]) -> list[tuple[str, ...]]:
    """From which level (rows) to which (columns); those without a level last."""
    names = sorted({level for turn in levels for level in turn}, key=lambda level: (not level, level))
    header = (session.words("simulate-column-levels"), *(name or "-" for name in names))
    rows = [(was or "-", *(_count(levels.get((was, is_), 0)) for is_ in names)) for was in names]
    return [header, *rows]


def _count(n: int) -> str:
    return f"{n:,}" if n else "."


def _turned(turn: Turn) -> str:
    """`P2 → P1`; what stays is said once."""
    was, is_ = (one or "-" for one in turn)
    return was if was == is_ else f"{was} → {is_}"


def _hours(session: Session, seconds: int) -> str:
    minutes = seconds // 60
    return session.words("cli-clock-hours", amount=f"{minutes // 60}:{minutes % 60:02d}")


def _changes_said(session: Session, found: Simulation, change: Change) -> list[str]:
    """What becomes of an item: a line for each thing that leads elsewhere, then one for each clock."""
    goes = [("route", change.route)] if change.route != change.department else []
    turns = [("category", change.category), *goes, ("department", change.department), ("owner", change.owner)]
    turned = [session.words(f"simulate-{name}", turn=_turned(turn)) for name, turn in turns if turn[0] != turn[1]]
    return turned + [_clock_said(session, found, one) for one in change.clocks]


def _clock_said(session: Session, found: Simulation, change: ClockChange) -> str:
    was, is_ = (_state(session, one) for one in (change.before, change.after))
    dues = [_due(session, one) for one in (change.before, change.after) if one]
    name = session.words(f"cli-clock-{change.name}")
    said = {"clock": name, "state": _turned((was, is_)), "due": _turned((dues[0], dues[-1]))}
    return session.words("simulate-clock", None, **said) + "".join(_amounts(session, found, change))


def _state(session: Session, clock: Clock | None) -> str:
    return session.words(f"cli-clockstate-{clock.state}" if clock else "simulate-no-clock")


def _amounts(session: Session, found: Simulation, change: ClockChange) -> Iterator[str]:
    if change.moved_s and change.shift_s is not None and change.before:
        code = "simulate-earlier" if change.moved_s < 0 else "simulate-later"
        yield session.words(code, amount=length(session, abs(change.shift_s), change.before.calendar, session.policy))
    if change.adds_breach and change.after and change.after.late_by:
        late = length(session, change.after.late_by, change.after.calendar, found.policy)
        yield session.words("simulate-late-by", amount=late)


def _due(session: Session, clock: Clock) -> str:
    return clock.shown.due.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M") if clock.shown else "-"


def _items_said(session: Session, listed: int, found: Simulation) -> str:
    """The heading of the items that change."""
    return session.words("simulate-items", None, listed=listed, changed=len(found.replay.changes))


# ---- ways out -------------------------------------------------------------------------------------------------------


def _show_text(session: Session, asked: Asked, found: Simulation) -> None:
    for line in _said_first(session, asked, found, visible(asked.policy)):
        click.echo(line)
    for table in _tables(session, found):
        click.echo(f"\n{table.heading}")
        for row in _aligned(table.rows):
            click.echo(f"  {row}")
    changes = found.replay.changes[: asked.limit]
    if changes:
        click.echo(f"\n{_items_said(session, len(changes), found)}")
    for change in changes:
        title = shorten(visible(change.before.item.title), TITLE_WIDTH)
        click.echo(f"  {change.before.item.id}  {_turned(change.level)}  {title}")
        for line in _changes_said(session, found, change):
            click.echo(f"      {line}")


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines, their columns below each other on a screen."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    padded = (
        [cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows
    )
    return ["  ".join(cells).rstrip() for cells in padded]


def _show_markdown(session: Session, asked: Asked, found: Simulation) -> None:
    """A comment for a pull request.  No line begins with words of a stranger, and their titles are code: nobody is called."""
    click.echo(f"## {session.words('simulate-heading')}\n")
    for line in _said_first(session, asked, found, asked.policy):
        click.echo(f"- {github_line(line)}")
    for table in _tables(session, found):
        click.echo(f"\n### {table.heading}\n")
        _show_markdown_table([tuple(map(github_line, row)) for row in table.rows])
    rows = _fitting([_markdown_row(session, found, change) for change in found.replay.changes[: asked.limit]])
    if rows:
        columns = [session.words(f"simulate-column-{name}") for name in ("item", "level", "changes", "title")]
        click.echo(f"\n<details>\n<summary>{_items_said(session, len(rows), found)}</summary>\n")
        _show_markdown_table([tuple(columns), *rows])
        click.echo("\n</details>")


def _fitting(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """As many of the rows, from the first on, as a comment has room for."""
    lengths = accumulate(sum(len(cell) + 3 for cell in row) for row in rows)
    return [row for row, length in zip(rows, lengths, strict=True) if length <= ROOM_IN_A_COMMENT]


def _markdown_row(session: Session, found: Simulation, change: Change) -> tuple[str, ...]:
    title = shorten(visible(change.before.item.title), TITLE_WIDTH)
    said = "<br>".join(map(github_line, _changes_said(session, found, change)))
    return change.before.item.id, github_line(_turned(change.level)), said, f"<code>{markdown_line(title)}</code>"


def _show_markdown_table(rows: Sequence[tuple[str, ...]]) -> None:
    header, *body = rows
    for row in (header, tuple("---" for _ in header), *body):
        click.echo(f"| {' | '.join(row)} |")


def _show_json(session: Session, asked: Asked, found: Simulation) -> None:
    replay = found.replay
    session.show_json(
        {
            "policy": asked.policy,
            "since": asked.since.isoformat() if asked.since else None,
            "as_dated": asked.as_dated,
            "edition_from_the_start": found.always.isoformat() if found.always else None,
            "rules_run": found.rules_run,
            "replayed": replay.replayed,
            "changed": len(replay.changes),
            "breaches": {"added": replay.added, "removed": replay.removed},
            "clocks": [_tally_as_json(tally) for tally in replay.tallies],
            "levels": [{**_turn(turn), "n": n} for turn, n in sorted(replay.levels.items()) if turn[0] != turn[1]],
            "routes": [{**_turn(one.turn), "n": one.n, "moved": one.moved} for one in replay.routes],
            "items": [_change_as_json(change) for change in replay.changes],
        }
    )


def _tally_as_json(tally: Tally) -> dict[str, object]:
    counts = {"before": dict(tally.before), "after": dict(tally.after), "added": tally.added, "removed": tally.removed}
    shifts = {
        name: {"n": one.n, "median_s": one.median_s}
        for name, one in (("earlier", tally.earlier), ("later", tally.later))
    }
    return {"clock": tally.clock, **counts, **shifts}


def _turn(turn: Turn) -> dict[str, str | None]:
    return {"from": turn[0] or None, "to": turn[1] or None}


def _change_as_json(change: Change) -> dict[str, object]:
    names = ("level", "category", "route", "department", "owner")
    return {
        "id": change.before.item.id,
        "title": change.before.item.title,
        **{name: _turn(getattr(change, name)) for name in names},
        "clocks": [_clock_as_json(one) for one in change.clocks],
    }


def _clock_as_json(change: ClockChange) -> dict[str, object]:
    sides = {"before": verdict_as_json(change.before), "after": verdict_as_json(change.after)}
    return {"clock": change.name, **sides, "shift_s": change.shift_s, "breach_added": change.adds_breach}
