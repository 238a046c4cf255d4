"""The life of an item as a picture in the handbook, made from the table of steps: the two cannot differ."""

from collections.abc import Callable

from git_feedback.charts import CannotDraw, Drawing, Life, Passage, Stop
from git_feedback.desk import STEPS
from git_feedback.desk.life import Step
from git_feedback.escaping import line
from git_feedback.i18n import text
from git_feedback.pages.year_pictures import FOLDER, picture

Draw = Callable[[Life, str], Drawing]
"""Draws a life with words in a language; `charts.draw`, or what remembers its pictures."""

MAIN = ("new", "triaged", "assigned", "accepted", "resolved", "reviewed", "replied", "closed")
BESIDE = ("waiting", "returned", "reopened", "rejected", "duplicate")


def life(language: str) -> Life:
    """States and passages as the table has them; verbs with the same ends share one."""
    stops = tuple(Stop(state, text(f"site-live-life-{state}", language), state in BESIDE) for state in (*MAIN, *BESIDE))
    found: dict[Passage, tuple[str, ...]] = {}
    for step in STEPS.values():
        if step.passages:
            ends = _ends(step)
            found[ends] = (*found.get(ends, ()), step.verb)
    return Life(stops, tuple(Passage(verbs, one.sources, one.target, one.others) for one, verbs in found.items()))


def staying() -> tuple[str, ...]:
    """Verbs after which every item stands where it stood; a retraction leads wherever it would stand without."""
    return tuple(step.verb for step in STEPS.values() if not step.passages and step.verb != "retract")


def life_pictures(language: str, draw: Draw) -> tuple[str, dict[str, bytes]]:
    """Markdown for the page on life, and its pictures by path below the team's pages; where none can be drawn, why."""
    try:
        drawing = draw(life(language), language)
    except CannotDraw as cannot:
        reason = text(cannot.code, language, None, **cannot.values)
        return f"{text('handbook-no-life', language, reason=reason)}\n", {}
    pictures = "\n".join(picture("life", drawing, ground) for ground in ("light", "dark"))
    caption = f"<figcaption>{line(drawing.caption)}</figcaption>"
    between = "、" if language == "zh" else ", "
    stays = text("handbook-stays", language, verbs=between.join(f"`{verb}`" for verb in staying()))
    files = {f"{FOLDER}/life.{variant}.svg": svg for variant, svg in drawing.svgs.items()}
    return f'<figure class="fb-chart">\n{pictures}\n{caption}\n</figure>\n\n{stays}', files


def _ends(step: Step) -> Passage:
    sources = tuple(dict.fromkeys(source for source, _ in step.passages))
    others = tuple(dict.fromkeys(to for _, to in step.otherwise))
    if step.leads_to is None and len(others) == 1:
        return Passage((), sources, others[0])
    return Passage((), sources, step.leads_to, others)
