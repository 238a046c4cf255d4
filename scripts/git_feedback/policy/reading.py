"""Policy files read, checked and joined.  What is wrong comes back as problems with file, line and column."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.model import Place, Problem, translated
from git_feedback.model.problem import nearest
from git_feedback.policy import files
from git_feedback.policy.calendar_files import CalendarFile
from git_feedback.policy.calendar_reading import FOLDER, calendars_in
from git_feedback.policy.intake_files import IntakeFile
from git_feedback.policy.joining import crossings, endless
from git_feedback.policy.model import Calendars, Edition, Policy
from git_feedback.policy.notify_files import NotifyFile
from git_feedback.policy.shelf import Shelf
from git_feedback.policy.template_reading import of_no_channel, templates_in
from git_feedback.policy.triage_files import TriageFile

_FORMS: dict[str, type[files.Part]] = {
    "policy/desk.yml": files.DeskFile,
    "policy/people.yml": files.PeopleFile,
    "policy/categories.yml": files.CategoriesFile,
    "policy/channels.yml": files.ChannelsFile,
    "policy/sla.yml": files.SlaFile,
    "policy/keywords.yml": files.KeywordsFile,
    "policy/notify.yml": NotifyFile,
    "policy/intake.yml": IntakeFile,
    "policy/triage.yml": TriageFile,
}
RECIPIENTS = "policy/recipients.txt"
_OPTIONAL = frozenset({"policy/notify.yml", "policy/intake.yml", "policy/triage.yml"})
"""Files a desk may do without; it tells nobody anything then, sweeps nothing up, and every person may give any level."""


_Belonging = TypeVar("_Belonging", files.Person, files.Category)


@dataclass(frozen=True)
class Loaded:
    """A policy, or None and the reasons."""

    policy: Policy | None
    problems: tuple[Problem, ...]


def load(sources: Mapping[str, bytes]) -> Loaded:
    """The policy in `sources` (path from the top of the repository -> bytes)."""
    problems: list[Problem] = []
    parts = {path: _part(path, form, sources, problems) for path, form in _FORMS.items()}
    calendars = {
        path: _part(path, CalendarFile, sources, problems)
        for path in sorted(sources)
        if path.startswith(FOLDER) and path.endswith(".yml")
    }
    desk = parts["policy/desk.yml"]
    built = calendars_in(calendars, desk.zone if isinstance(desk, files.DeskFile) else "UTC", sources, problems)
    templates = templates_in(sources, problems)
    if problems:
        return Loaded(None, tuple(problems))
    policy = replace(_joined(parts, built), templates=templates, recipients=_recipients(sources))
    order, find = _order(parts["policy/sla.yml"]), _finder(sources)
    problems += [*crossings(policy, order, find), *of_no_channel(templates, policy.channels)]
    problems += [] if problems else endless(policy, order, find)
    return Loaded(None if problems else policy, tuple(problems))


def _recipients(sources: Mapping[str, bytes]) -> tuple[str, ...]:
    """The lines of recipients.txt that name a key; whether each is one, a check says."""
    text = sources.get(RECIPIENTS, b"").decode("utf-8-sig", "replace")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _part(
    path: str, form: type[files.Part], sources: Mapping[str, bytes], problems: list[Problem]
) -> files.Part | None:
    source = sources.get(path)
    if source is None:
        if path in _OPTIONAL:
            return None
        problems.append(Problem(path, 1, 1, "missing-policy-file", {"file": path}))
        return None
    try:
        part = form.model_validate(notation.read(source))
    except notation.Bad as bad:
        problems += [Problem(path, f.line, f.column, f.code, f.values) for f in bad.faults]
    except ValidationError as error:
        problems += translated(error, path, notation.places(source))
    else:
        problems += _twice(path, part, source)
        return part
    return None


def _twice(path: str, part: files.Part, source: bytes) -> Iterator[Problem]:
    """What two entries of one shelf are called by: the second would silently replace the first."""
    for place, entries in _shelves(part, ()):
        names = [_name(entry) for entry in entries]
        for index, one in enumerate(names):
            if one is not None and one in names[:index]:
                line, column = notation.places(source)[*place, index]
                yield Problem(path, line, column, "id-twice", {"given": one})
        yield from _meant_twice(path, place, entries, source)


def _meant_twice(path: str, place: Place, entries: tuple[files.Part, ...], source: bytes) -> Iterator[Problem]:
    """Former ids that another entry has, or had: nobody could say whom a history means."""
    taken = [name for name in map(_name, entries) if name]
    for index, entry in enumerate(entries):
        for n, old in enumerate(getattr(entry, "was", ())):
            if old in taken:
                line, column = nearest((*place, index, "was", n), notation.places(source))
                yield Problem(path, line, column, "id-twice", {"given": old})
            taken.append(old)


def _shelves(part: files.Part, place: Place) -> Iterator[tuple[Place, tuple[files.Part, ...]]]:
    """Every list of entries in a file, those inside of entries too."""
    for name, value in part:
        if isinstance(value, tuple) and value and isinstance(value[0], files.Part):
            yield (*place, name), value
            for index, entry in enumerate(value):
                yield from _shelves(entry, (*place, name, index))


def _name(entry: files.Part) -> str | None:
    """What an entry is called by: its id, an edition its first day; None where it has no name."""
    if isinstance(entry, files.EditionPart):
        return entry.effective.isoformat()
    return getattr(entry, "id", None)


def _joined(parts: Mapping[str, files.Part | None], calendars: Calendars) -> Policy:
    desk, people, categories, channels, sla, keywords, notify, arriving, triage = parts.values()
    assert isinstance(desk, files.DeskFile)
    assert isinstance(people, files.PeopleFile)
    assert isinstance(categories, files.CategoriesFile)
    assert isinstance(channels, files.ChannelsFile)
    assert isinstance(sla, files.SlaFile)
    assert isinstance(keywords, files.KeywordsFile)
    assert notify is None or isinstance(notify, NotifyFile)
    assert arriving is None or isinstance(arriving, IntakeFile)
    assert triage is None or isinstance(triage, TriageFile)
    departments = Shelf(people.departments)
    return Policy(
        desk=desk,
        departments=departments,
        people={one.id: _of_today(one, departments) for one in people.people},
        categories=Shelf(_of_today(one, departments) for one in categories.categories),
        channels={one.id: one for one in channels.channels},
        boxes={one.id: one for one in channels.boxes},
        editions=tuple(_edition(sla.editions[place]) for place in _order(sla)),
        negations={str(language): words for language, words in keywords.negations.items()},
        alarms=keywords.alarms,
        rules=keywords.rules,
        screens=keywords.screens,
        calendars=calendars,
        notify=notify,
        intake=arriving or IntakeFile(),
        triage=triage or TriageFile(),
    )


def _of_today(one: _Belonging, departments: Shelf[files.Department]) -> _Belonging:
    """A person or a category whose department is named by what it is called now."""
    found = departments.get(one.department)
    if found is None or found.id == one.department:
        return one
    return one.model_copy(update={"department": found.id})


def _order(sla: files.Part | None) -> list[int]:
    """The places of the editions in their file, by their first day."""
    assert isinstance(sla, files.SlaFile)
    return sorted(range(len(sla.editions)), key=lambda place: sla.editions[place].effective)


URGENCIES: tuple[Literal["1", "2", "3", "4", "5"], ...] = ("1", "2", "3", "4", "5")


def _edition(part: files.EditionPart) -> Edition:
    return Edition(
        effective=part.effective,
        reviewed=part.reviewed,
        levels={level.id: level for level in part.levels},
        matrix=tuple(part.matrix[urgency] for urgency in URGENCIES),
        rules=part.rules,
        pauses_for_partner=part.pauses_for_partner,
        reopen_within=part.reopen_within,
    )


def _finder(sources: Mapping[str, bytes]) -> Callable[[str, Place], tuple[int, int]]:
    seen: dict[str, Mapping[Place, tuple[int, int]]] = {}

    def find(path: str, place: Place) -> tuple[int, int]:
        if path not in seen:
            seen[path] = notation.places(sources[path])
        return nearest(place, seen[path])

    return find
