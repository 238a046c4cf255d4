"""How content people were: who was asked and answered, what they said, where they were not content and what followed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from git_feedback import charts
from git_feedback.insight import KeyFigures
from git_feedback.insight.confidence import FEW
from git_feedback.insight.satisfaction import Promoters
from git_feedback.insight.satisfaction_by import (
    Discontent,
    Group,
    Rated,
    answers,
    band,
    by_groups,
    discontent,
    ratings,
    unanswered,
)
from git_feedback.pages.cells import compared, written
from git_feedback.pages.reports.document import Cell, Chart, Paragraph, Part, Point, Points, Table, chart, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "satisfaction"


@dataclass(frozen=True, slots=True)
class Found:
    """Who answered and who did not, by group; the answers to "would you recommend us" of this period and others."""

    answered: tuple[str, ...]
    verdicts: Mapping[str, int]
    unanswered: tuple[str, ...]
    bands: tuple[tuple[str, Promoters], ...]
    groups: Mapping[str, tuple[Group, ...]]
    discontent: tuple[Discontent, ...]
    ratings: Rated


def find(material: Material) -> Found:
    """Always there: a period in which nobody was heard says so."""
    ledger, period, figures = material.ledger, material.period, material.figures
    heard = answers(ledger, period)
    earlier = [(period.previous, figures.previous), (period.year_before, figures.year_before)]
    periods = dict.fromkeys([period, *(one for one, there in earlier if there)])
    return Found(
        answered=tuple(one.standing.item.id for one, _ in heard),
        verdicts=Counter(last.verdict for _, last in heard),
        unanswered=unanswered(ledger, period),
        bands=tuple((one.name, band(ledger, one)) for one in periods),
        groups=by_groups(heard),
        discontent=discontent(heard, material.measures, material.until),
        ratings=ratings(material.look.received),
    )


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Sentences, the score, groups, what became of the discontent, stars."""
    now = material.figures.now
    if not (now.heard_n or now.satisfied_n or now.nps_n or found.ratings.n):
        return [Paragraph(speech.say("report-satisfaction-none"))]
    points = [*_asked(found, now, speech), *_said(found, material, speech)]
    return [
        Points(tuple(points)),
        *_score(found, material, speech),
        *_groups(found, speech),
        *_discontent(found, speech),
        *_stars(found.ratings, speech),
    ]


# ---- sentences ------------------------------------------------------------------------------------------------------


def _asked(found: Found, now: KeyFigures, speech: Speech) -> Iterator[Point]:
    """How many were replied to, of how many of them something was heard, and of whom not."""
    if not now.heard_n:
        yield Point(speech.say("report-satisfaction-asked-none"))
        return
    heard = now.heard_n - len(found.unanswered)
    share = _in_brackets(speech, speech.share(now.heard_share)) if now.heard_n >= FEW else ""
    yield Point(speech.say("report-satisfaction-asked", now.heard_n, heard=heard, share=share))
    if found.unanswered:
        said = speech.say("report-satisfaction-unheard", len(found.unanswered))
        yield Point(said, shown_items(found.unanswered))


def _said(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    """Satisfied, csat and NPS, each with its interval and its neighbour, or that they are too few to say."""
    now = material.figures.now
    if now.satisfied_n:
        said = speech.say(
            "report-satisfaction-satisfied",
            now.satisfied_n,
            **{name: found.verdicts.get(name, 0) for name in ("satisfied", "neutral", "unsatisfied")},
            share=_share("satisfied", material, speech),
        )
        yield Point(said, shown_items(found.answered))
    else:
        yield Point(speech.say("report-satisfaction-heard-none"))
    if now.csat_n:
        part = round((now.csat_share or 0) * now.csat_n)
        share = _share("csat", material, speech)
        yield Point(speech.say("report-satisfaction-csat", now.csat_n, part=part, share=share))
    if now.nps_n < FEW:
        yield Point(speech.say(f"report-satisfaction-nps-{'few' if now.nps_n else 'none'}", now.nps_n))


def _share(name: str, material: Material, speech: Speech) -> str:
    """The share with its interval and how it differs from the period before; of few answers, that they are too few."""
    now, before = asdict(material.figures.now), material.figures.previous
    n, share, low, high = (now[f"{name}_{part}"] for part in ("n", "share", "low", "high"))
    if n < FEW:
        return speech.say("report-satisfaction-few")
    said = speech.say("report-satisfaction-share", share=speech.share(share), low=_end(low), high=_end(high))
    enough = before and asdict(before)[f"{name}_n"] >= FEW
    return said + (_beside(f"{name}_share", material, speech) if enough else "")


def _beside(key: str, material: Material, speech: Speech) -> str:
    now, before = material.figures.now, material.figures.previous
    beside = compared(key, asdict(now), asdict(before) if before else None, speech.language)
    return speech.say("report-satisfaction-beside", than=beside.than, change=beside.change) if beside.change else ""


def _end(share: float) -> str:
    return f"{100 * share:.0f} %"


def _in_brackets(speech: Speech, said: str) -> str:
    return speech.say("report-satisfaction-brackets", said=said)


# ---- the score ------------------------------------------------------------------------------------------------------


def _score(found: Found, material: Material, speech: Speech) -> Iterator[Paragraph | Chart]:
    """The answers to "would you recommend us", where they are enough: one sentence and the bands."""
    _, mine = found.bands[0]
    if mine.n < FEW or mine.score is None or mine.interval is None:
        return
    low, score, high = (
        written("nps", value, speech.language)[0] for value in (mine.interval.low, mine.score, mine.interval.high)
    )
    before = material.figures.previous
    beside = _beside("nps", material, speech) if before and before.nps_n >= FEW else ""
    yield Paragraph(speech.say("report-satisfaction-nps", mine.n, score=score, low=low, high=high, beside=beside))
    bands = tuple(_band(name, one, speech) for name, one in found.bands)
    yield chart(charts.Score(bands), speech.language, speech.say("report-satisfaction-score"))


def _band(name: str, found: Promoters, speech: Speech) -> charts.Band:
    label = speech.say("report-satisfaction-band", year=name[:4], period=speech.period(name))
    passives = found.n - found.promoters - found.detractors
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return charts.Band(label, found.detractors, passives, found.promoters, low, high)


# ---- by group -------------------------------------------------------------------------------------------------------


def _groups(found: Found, speech: Speech) -> Iterator[Table | Paragraph]:
    """A table for each way of grouping that has something to compare; one sentence for all that have not."""
    if not found.answered:
        return
    for by, groups in found.groups.items():
        if groups:
            head = tuple(
                speech.say(f"report-satisfaction-{name}") for name in (by, "heard", "of-them", "is", "between")
            )
            rows = tuple(tuple(_group(by, one, speech)) for one in groups)
            heading = speech.say(f"report-satisfaction-by-{by}")
            yield Table(f"{NAME}-{by}", heading, head, rows, (False, True, True, True, True))
    alone = [speech.say(f"report-satisfaction-way-{by}") for by, groups in found.groups.items() if not groups]
    if alone:
        yield Paragraph(speech.say("report-satisfaction-alone", FEW, ways=speech.listed(alone)), hushed=True)


def _group(by: str, one: Group, speech: Speech) -> Iterator[Cell]:
    found = one.answers
    name = (
        speech.say(f"report-satisfaction-rest-{by}", one.together, few=FEW) if one.together else _name(by, one, speech)
    )
    between = "–"
    if found.interval:
        low, high = _end(found.interval.low), _end(found.interval.high)
        between = speech.say("report-satisfaction-from-to", low=low, high=high)
    yield Cell(name)
    yield Cell(f"{found.n:,}", found.n, shown_items(found.items))
    yield Cell(f"{found.satisfied:,}", found.satisfied)
    yield Cell(speech.share(found.share), found.share)
    yield Cell(between)


def _name(by: str, one: Group, speech: Speech) -> str:
    return {"channel": speech.channel, "category": speech.category, "department": speech.department}[by](one.name)


# ---- discontent, stars ----------------------------------------------------------------------------------------------


def _discontent(found: Found, speech: Speech) -> Iterator[Points]:
    if not found.discontent:
        return
    points = tuple(Point(_named(one, speech), shown_items(one.unsatisfied)) for one in found.discontent)
    yield Points(points, speech.say("report-satisfaction-discontent"))


def _named(one: Discontent, speech: Speech) -> str:
    """What it was about, how many, and what followed."""
    alone = len(one.unsatisfied) == 1
    code = "report-satisfaction-outcome-alone" if alone else "report-satisfaction-outcome"
    followed = [speech.say(f"{code}-{outcome}", len(ids)) for outcome, ids in one.outcomes]
    return speech.say(
        "report-satisfaction-named",
        len(one.unsatisfied),
        category=speech.category(one.category),
        followed=speech.say("report-satisfaction-semicolon").join(followed),
    )


def _stars(found: Rated, speech: Speech) -> Iterator[Table | Paragraph]:
    if found.n < FEW or found.mean is None:
        code = "report-satisfaction-stars-few" if found.n else "report-satisfaction-stars-none"
        yield Paragraph(speech.say(code, found.n), hushed=True)
        return
    head = (speech.say("report-satisfaction-stars"), speech.say("report-satisfaction-items"))
    rows = tuple(
        (Cell(speech.say("report-satisfaction-star", stars), stars), Cell(f"{len(ids):,}", len(ids), shown_items(ids)))
        for stars, ids in found.counts
    )
    yield Table(f"{NAME}-stars", speech.say("report-satisfaction-by-stars"), head, rows, (False, True))
    yield Paragraph(speech.say("report-satisfaction-mean", found.n, mean=f"{found.mean:.1f}"))
