"""The handbook: the rules of a desk as pages for people, made from `policy/`, so that the two cannot differ.

Only names and numbers of the policy stand in it, never a word of a customer: it goes through the builder.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from git_feedback.clock import Duration
from git_feedback.desk import STATES, STEPS
from git_feedback.desk.sla import NAMES
from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.pages.handbook_raises import raises
from git_feedback.policy import Edition, Policy
from git_feedback.policy.files import Name, Rule


def handbook(policy: Policy, language: str, years: str = "", life: str = "") -> dict[str, str]:
    """Every page of the handbook in a language: path below the team's pages -> Markdown.

    `years` is Markdown that shows years of the office calendar; it follows the table of calendars.  `life` is Markdown
    that shows the states and their passages; it stands above their tables.
    """
    say = _speaker(language)
    made = {f"handbook/{name}.md": page(policy, language) for name, page in PAGES.items()}
    made["handbook/clocks.md"] += years
    made["handbook/life.md"] = _life(policy, language, life)
    rows = [f"- [{say(f'title-{name}')}]({name}.md){say('colon')}{say(f'about-{name}')}" for name in PAGES]
    rows.append(f"- [{text('site-record-kept', language)}](../record-kept.md){say('colon')}{say('about-record-kept')}")
    rows.append(f"- [{text('site-track', language)}](../track.md){say('colon')}{say('about-track')}")
    rows.append(f"- [{text('site-submit-file', language)}](../submit-file.md){say('colon')}{say('about-submit-file')}")
    rows.append(f"- [{text('site-said-did', language)}](../you-said-we-did.md){say('colon')}{say('about-said-did')}")
    lead = say("lead", desk=_named(policy.desk.name, language))
    made["handbook/index.md"] = _page(text("site-handbook", language), lead, "\n".join(rows))
    return made


def _speaker(language: str) -> Callable[..., str]:
    def say(code: str, /, **values: object) -> str:
        return text(f"handbook-{code}", language, None, **values)

    return say


# ---- Markdown -------------------------------------------------------------------------------------------------------


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", *(part for part in parts if part))) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _named(name: Name, language: str) -> str:
    return markdown_line(name.said(language))


def _code(identity: str) -> str:
    return f"`{identity}`"


# ---- pages ----------------------------------------------------------------------------------------------------------


def _channels(policy: Policy, language: str) -> str:
    say = _speaker(language)
    rows = [
        (
            _named(one.name, language),
            _code(one.id),
            _joined((text(f"page-field-{name}", language) for name in one.required), language),
            say("yes" if one.answerable else "no"),
        )
        for one in policy.channels.values()
    ]
    head = [say("channel"), say("id"), say("required"), say("answerable")]
    return _page(say("title-channels"), say("channels"), _table(head, rows))


def _categories(policy: Policy, language: str) -> str:
    say = _speaker(language)
    rows = [
        (
            _named(one.name, language),
            _code(one.id),
            _department(policy, one.department, language),
            f"{one.urgency} × {one.impact}",
            policy.editions[-1].level(one.urgency, one.impact),
            _named(one.describe, language) if one.describe else "",
            say("short") if one.short else "",
        )
        for one in policy.categories.values()
    ]
    head = [say("category"), say("id"), say("department"), say("weight"), say("level"), say("meaning"), say("lane")]
    return _page(say("title-categories"), say("categories"), _table(head, rows))


def _levels(policy: Policy, language: str) -> str:
    say = _speaker(language)
    edition = policy.editions[-1]
    parts = [
        say("levels", date=edition.effective.isoformat()),
        f"## {say('levels-names')}",
        _table(
            [say("level"), say("name"), say("calendar")],
            [(one.id, _named(one.name, language), _code(one.calendar)) for one in edition.levels.values()],
        ),
        f"## {say('matrix')}",
        say("matrix-lead"),
        _matrix(edition, language),
        f"## {say('raises')}",
        *raises(policy, language),
        f"## {say('targets')}",
        say("targets-lead"),
        _rules(policy, edition, language),
        f"## {say('editions')}",
        say("editions-lead"),
        "\n".join(f"- {one.effective.isoformat()}" for one in policy.editions),
    ]
    return _page(say("title-levels"), *parts)


def _matrix(edition: Edition, language: str) -> str:
    say = _speaker(language)
    head = [say("urgency-impact"), *map(str, range(1, 6))]
    return _table(head, [[str(urgency), *row] for urgency, row in enumerate(edition.matrix, 1)])


def _rules(policy: Policy, edition: Edition, language: str) -> str:
    """The targets as rules in their order: the first that fits counts."""
    say = _speaker(language)
    rows = [
        (
            str(place),
            text(f"page-clock-{rule.clock}", language),
            _condition(policy, rule, language),
            _goal(rule, language),
        )
        for place, rule in enumerate(edition.rules, 1)
    ]
    return _table([say("rule"), say("clock"), say("holds-for"), say("target")], rows)


def _condition(policy: Policy, rule: Rule, language: str) -> str:
    """What an item must be for a rule to hold: names of levels, categories, channels, departments, submitters."""
    groups = {category.split("/")[0] for category in policy.categories}
    parts = [
        *rule.level,
        *(_code(one) if one in groups else _named(policy.categories[one].name, language) for one in rule.category),
        *(_named(policy.channels[one].name, language) for one in rule.channel),
        *(_department(policy, one, language) for one in rule.department),
        *(text(f"page-submitter-{one}", language) for one in rule.submitter),
    ]
    return _joined(parts, language) or _speaker(language)("everything")


def _goal(rule: Rule, language: str) -> str:
    say = _speaker(language)
    if rule.target is None:
        return text("site-live-none", language)
    said = _length(rule.target, language)
    if rule.target.calendar:
        said = say("by-calendar", length=said, calendar=_code(rule.target.calendar))
    return say("cap", length=said) if rule.cap else said


def _length(duration: Duration, language: str) -> str:
    if duration.working_days:
        return text("page-working-days", language, duration.working_days)
    minutes = (duration.seconds or 0) // 60
    unit, count = ("hour", minutes // 60) if minutes % 60 == 0 else ("minute", minutes)
    return text(f"site-live-{unit}", language, count)


def _clocks(policy: Policy, language: str) -> str:
    say = _speaker(language)
    rows = [
        (text(f"page-clock-{name}", language), say(f"{name}-starts"), say(f"{name}-stops"), say(f"{name}-pauses"))
        for name in NAMES
    ]
    edition = policy.editions[-1]
    parts = [
        say("clocks"),
        _table([say("clock"), say("starts"), say("stops"), say("pauses")], rows),
        say("clocks-late"),
        say("clocks-partner" if edition.pauses_for_partner else "clocks-no-partner"),
        say("clocks-reopen", length=_length(edition.reopen_within, language)),
        f"## {say('calendars')}",
        _calendars(policy, language),
    ]
    return _page(say("title-clocks"), *parts)


def _calendars(policy: Policy, language: str) -> str:
    """Every calendar with its zone, an ordinary week's hours, and the years whose holidays are official."""
    say = _speaker(language)
    rows = []
    for name, calendar in policy.calendars.by_name.items():
        years = sorted(policy.calendars.years.get(name, ()))
        role = say("is-office") if name == policy.desk.office else ""
        rows.append((_code(name), str(calendar.tz), _joined(map(str, years), language) or "–", role))
    return _table([say("calendar"), say("zone"), say("official-years"), say("remark")], rows)


def _life(_policy: Policy, language: str, picture: str = "") -> str:
    say = _speaker(language)
    states = [(text(f"site-live-life-{state}", language), _code(state), say(f"state-{state}")) for state in STATES]
    verbs = [
        (
            _code(step.verb),
            text(f"page-next-{step.verb}", language),
            _joined((text(f"site-live-life-{state}", language) for state in step.states), language),
            text(f"site-live-life-{step.leads_to}", language) if step.leads_to else "–",
            _joined([*([say("owner")] if step.owner else []), *(say(f"role-{role}") for role in step.roles)], language)
            or say("everybody"),
        )
        for step in STEPS.values()
    ]
    return _page(
        say("title-life"),
        say("life"),
        picture,
        f"## {say('states')}",
        _table([say("state"), say("id"), say("meaning")], states),
        f"## {say('verbs')}",
        say("verbs-lead"),
        _table([say("verb"), say("does"), say("in-states"), say("leads-to"), say("who")], verbs),
    )


def _people(policy: Policy, language: str) -> str:
    say = _speaker(language)
    departments = [
        (
            _named(one.name, language),
            _code(one.id),
            _person(policy, one.coordinator, language),
            _person(policy, one.lead, language),
        )
        for one in policy.departments.values()
    ]
    people = [
        (
            _named(one.name, language),
            _code(one.id),
            _department(policy, one.department, language),
            _joined((say(f"role-{role}") for role in one.roles), language),
            _person(policy, one.deputy, language) if one.deputy else "–",
        )
        for one in policy.people.values()
    ]
    return _page(
        say("title-people"),
        say("people", coordinator=_person(policy, policy.desk.coordinator, language)),
        f"## {say('departments')}",
        _table([say("department"), say("id"), say("coordinator"), say("lead-person")], departments),
        f"## {say('persons')}",
        _table([say("name"), say("id"), say("department"), say("roles"), say("deputy")], people),
    )


def _department(policy: Policy, identity: str, language: str) -> str:
    found = policy.departments.get(identity)
    return _named(found.name, language) if found else _code(identity)


def _person(policy: Policy, identity: str, language: str) -> str:
    found = policy.people.get(identity)
    return _named(found.name, language) if found else _code(identity)


def _joined(names: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)


PAGES: Mapping[str, Callable[[Policy, str], str]] = {
    "channels": _channels,
    "categories": _categories,
    "levels": _levels,
    "clocks": _clocks,
    "life": _life,
    "people": _people,
}
