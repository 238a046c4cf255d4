"""The handbook: the rules of a desk as pages for people, made from `policy/`, so that the two cannot differ.

Only names and numbers of the policy stand in it, never a word of a customer: it goes through the builder.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from git_feedback.clock import Duration
from git_feedback.desk import STATES, STEPS
from git_feedback.desk.sla import NAMES
from git_feedback.i18n import text
from git_feedback.pages.handbook_chapters import listed
from git_feedback.pages.handbook_forms import forms
from git_feedback.pages.handbook_parts import coded, department, joined, named, person, speaker, table, titled
from git_feedback.pages.handbook_raises import raises
from git_feedback.pages.handbook_roles import roles
from git_feedback.policy import Edition, Policy
from git_feedback.policy.files import Rule


@dataclass(frozen=True, slots=True)
class Source:
    """What a handbook was made from: the commit that last changed the policy and its day, where Git knows it."""

    commit: str = ""
    day: date | None = None


def handbook(
    policy: Policy,
    language: str,
    years: str = "",
    life: str = "",
    source: Source | None = None,
    chapters: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Every page of the handbook in a language: path below the team's pages -> Markdown.

    `years` is Markdown that shows years of the office calendar; it follows the table of calendars.  `life` is Markdown
    that shows the states and their passages; it stands above their tables.  Each page says from which edition of the
    rules and which commit (`source`) it was made.  `chapters` are pages of colleagues, path of the built page -> title.
    """
    say = speaker(language)
    made = {f"handbook/{name}.md": page(policy, language) for name, page in PAGES.items()}
    made["handbook/clocks.md"] += years
    made["handbook/life.md"] = _life(policy, language, life)
    shown = _shown(policy, language, source or Source())
    made = {path: f"{page.rstrip()}\n\n{shown}\n" for path, page in made.items()}
    rows = [f"- [{say(f'title-{name}')}]({name}.md){say('colon')}{say(f'about-{name}')}" for name in PAGES]
    rows += [
        f"- [{text(f'site-{name}', language)}](../{path}){say('colon')}{say(f'about-{name}')}"
        for name, path in BESIDE.items()
    ]
    lead = say("lead", desk=named(policy.desk.name, language))
    parts = (lead, "\n".join(rows), listed(chapters or {}, language), shown)
    made["handbook/index.md"] = titled(text("site-handbook", language), *parts)
    return made


def _shown(policy: Policy, language: str, source: Source) -> str:
    """Which edition of the rules a page shows, and the commit that it comes from."""
    say = speaker(language)
    commit = say("shown-commit", commit=coded(source.commit), day=source.day.isoformat()) if source.day else ""
    effective = policy.editions[-1].effective.isoformat()
    return say("shown", many=len(policy.editions), day=effective, commit=commit)


# ---- pages ----------------------------------------------------------------------------------------------------------


def _channels(policy: Policy, language: str) -> str:
    say = speaker(language)
    rows = [
        (
            named(one.name, language),
            coded(one.id),
            joined((text(f"page-field-{name}", language) for name in one.required), language),
            say("yes" if one.answerable else "no"),
        )
        for one in policy.channels.values()
    ]
    head = [say("channel"), say("id"), say("required"), say("answerable")]
    return titled(say("title-channels"), say("channels"), table(head, rows))


def _categories(policy: Policy, language: str) -> str:
    say = speaker(language)
    rows = [
        (
            named(one.name, language),
            coded(one.id),
            department(policy, one.department, language),
            f"{one.urgency} × {one.impact}",
            policy.editions[-1].level(one.urgency, one.impact),
            named(one.describe, language) if one.describe else "",
            say("short") if one.short else "",
        )
        for one in policy.categories.values()
    ]
    head = [say("category"), say("id"), say("department"), say("weight"), say("level"), say("meaning"), say("lane")]
    return titled(say("title-categories"), say("categories"), table(head, rows))


def _levels(policy: Policy, language: str) -> str:
    say = speaker(language)
    edition = policy.editions[-1]
    parts = [
        say("levels", date=edition.effective.isoformat()),
        f"## {say('levels-names')}",
        table(
            [say("level"), say("name"), say("calendar")],
            [(one.id, named(one.name, language), coded(one.calendar)) for one in edition.levels.values()],
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
    return titled(say("title-levels"), *parts)


def _matrix(edition: Edition, language: str) -> str:
    say = speaker(language)
    head = [say("urgency-impact"), *map(str, range(1, 6))]
    return table(head, [[str(urgency), *row] for urgency, row in enumerate(edition.matrix, 1)])


def _rules(policy: Policy, edition: Edition, language: str) -> str:
    """The targets as rules in their order: the first that fits counts."""
    say = speaker(language)
    rows = [
        (
            str(place),
            text(f"page-clock-{rule.clock}", language),
            _condition(policy, rule, language),
            _goal(rule, language),
        )
        for place, rule in enumerate(edition.rules, 1)
    ]
    return table([say("rule"), say("clock"), say("holds-for"), say("target")], rows)


def _condition(policy: Policy, rule: Rule, language: str) -> str:
    """What an item must be for a rule to hold: names of levels, categories, channels, departments, submitters."""
    groups = {category.split("/")[0] for category in policy.categories}
    parts = [
        *rule.level,
        *(coded(one) if one in groups else named(policy.categories[one].name, language) for one in rule.category),
        *(named(policy.channels[one].name, language) for one in rule.channel),
        *(department(policy, one, language) for one in rule.department),
        *(text(f"page-submitter-{one}", language) for one in rule.submitter),
    ]
    return joined(parts, language) or speaker(language)("everything")


def _goal(rule: Rule, language: str) -> str:
    say = speaker(language)
    if rule.target is None:
        return text("site-live-none", language)
    said = _length(rule.target, language)
    if rule.target.calendar:
        said = say("by-calendar", length=said, calendar=coded(rule.target.calendar))
    return say("cap", length=said) if rule.cap else said


def _length(duration: Duration, language: str) -> str:
    if duration.working_days:
        return text("page-working-days", language, duration.working_days)
    minutes = (duration.seconds or 0) // 60
    unit, count = ("hour", minutes // 60) if minutes % 60 == 0 else ("minute", minutes)
    return text(f"site-live-{unit}", language, count)


def _clocks(policy: Policy, language: str) -> str:
    say = speaker(language)
    rows = [
        (text(f"page-clock-{name}", language), say(f"{name}-starts"), say(f"{name}-stops"), say(f"{name}-pauses"))
        for name in NAMES
    ]
    edition = policy.editions[-1]
    parts = [
        say("clocks"),
        table([say("clock"), say("starts"), say("stops"), say("pauses")], rows),
        say("clocks-late"),
        say("clocks-partner" if edition.pauses_for_partner else "clocks-no-partner"),
        say("clocks-reopen", length=_length(edition.reopen_within, language)),
        f"## {say('calendars')}",
        _calendars(policy, language),
    ]
    return titled(say("title-clocks"), *parts)


def _calendars(policy: Policy, language: str) -> str:
    """Every calendar with its zone, an ordinary week's hours, and the years whose holidays are official."""
    say = speaker(language)
    rows = []
    for name, calendar in policy.calendars.by_name.items():
        years = sorted(policy.calendars.years.get(name, ()))
        role = say("is-office") if name == policy.desk.office else ""
        rows.append((coded(name), str(calendar.tz), joined(map(str, years), language) or "–", role))
    return table([say("calendar"), say("zone"), say("official-years"), say("remark")], rows)


def _life(_policy: Policy, language: str, picture: str = "") -> str:
    say = speaker(language)
    states = [(text(f"site-live-life-{state}", language), coded(state), say(f"state-{state}")) for state in STATES]
    verbs = [
        (
            coded(step.verb),
            text(f"page-next-{step.verb}", language),
            joined((text(f"site-live-life-{state}", language) for state in step.states), language),
            text(f"site-live-life-{step.leads_to}", language) if step.leads_to else "–",
            joined([*([say("owner")] if step.owner else []), *(say(f"role-{role}") for role in step.roles)], language)
            or say("everybody"),
        )
        for step in STEPS.values()
    ]
    return titled(
        say("title-life"),
        say("life"),
        picture,
        f"## {say('states')}",
        table([say("state"), say("id"), say("meaning")], states),
        f"## {say('verbs')}",
        say("verbs-lead"),
        table([say("verb"), say("does"), say("in-states"), say("leads-to"), say("who")], verbs),
    )


def _people(policy: Policy, language: str) -> str:
    say = speaker(language)
    departments = [
        (
            named(one.name, language),
            coded(one.id),
            person(policy, one.coordinator, language),
            person(policy, one.lead, language),
        )
        for one in policy.departments.values()
    ]
    people = [
        (
            named(one.name, language),
            coded(one.id),
            department(policy, one.department, language),
            joined((say(f"role-{role}") for role in one.roles), language),
            person(policy, one.deputy, language) if one.deputy else "–",
        )
        for one in policy.people.values()
    ]
    return titled(
        say("title-people"),
        say("people", coordinator=person(policy, policy.desk.coordinator, language)),
        f"## {say('departments')}",
        table([say("department"), say("id"), say("coordinator"), say("lead-person")], departments),
        f"## {say('persons')}",
        table([say("name"), say("id"), say("department"), say("roles"), say("deputy")], people),
    )


PAGES: Mapping[str, Callable[[Policy, str], str]] = {
    "channels": _channels,
    "categories": _categories,
    "levels": _levels,
    "clocks": _clocks,
    "life": _life,
    "people": _people,
    "roles": roles,
    "forms": forms,
}

BESIDE: Mapping[str, str] = {
    "record-kept": "record-kept.md",
    "track": "track.md",
    "submit-file": "submit-file.md",
    "said-did": "you-said-we-did.md",
    "editions": "knowledge/editions.md",
}
"""Pages that stand elsewhere and belong to the handbook too."""
