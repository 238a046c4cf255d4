"""What is aimed at: every way in, with the seeds that are made worse and its share of all cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.fuzz import seeds
from tests.fuzz.limits import NOW, came_in, plain, refused
from tests.fuzz.mutations import mutated
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES, halves
from git_feedback.intake import FORMATS, Source, issue_form, issues, load_mapping
from git_feedback.model import Bad
from git_feedback.privacy.attachments import Limits, Refused, admit
from git_feedback.store import read, write

Shot = Callable[[Random], None]


@dataclass(frozen=True, slots=True)
class Aim:
    """A way in: how it is shot at once, and its share of all cases."""

    shoot: Shot
    share: int


# ---- ways in --------------------------------------------------------------------------------------------------------


def through(name: str, content: bytes, random: Random, mapping: bytes | None = None) -> None:
    """A file by one of the formats."""
    try:
        columns = None if mapping is None else load_mapping(mapping, "map.yml")
        rows = list(FORMATS[name].read(Source(content, "表.x", policy(), NOW, columns)))
    except Bad as bad:
        refused(bad.problems)
    else:
        came_in(rows, random)


def _table(name: str) -> Shot:
    def shoot(random: Random) -> None:
        listed = seeds.tables().get(name) or seeds.tables()["csv"]
        content, mapping = random.choice(listed)
        others = [one for one, its in listed if its == mapping]
        if random.random() < 0.1:
            mapping = mutated(seeds.maps(), random)
        through(name, mutated([content, *others], random), random, mapping)

    return shoot


def _file(name: str, given: Sequence[bytes]) -> Shot:
    def shoot(random: Random) -> None:
        through(name, mutated(given, random), random)

    return shoot


def _issue(random: Random) -> None:
    try:
        found = issues.issue(mutated(_issues(), random))
    except issues.Unreadable as unreadable:
        plain(unreadable.reason or "-")
        return
    came_in([issues.row(found, policy(), NOW)], random)


def _form(random: Random) -> None:
    broken = mutated([seeds.FORM_BODY.encode(), *_payloads()], random)
    body = broken.decode("utf-8", random.choice(("replace", "surrogateescape", "ignore")))
    parsed = issue_form.parse(body, _the_form())
    again = issue_form.parse(body, _the_form())
    assert parsed == again
    assert all(isinstance(flag, str) for flag in parsed.flags)


def _item(random: Random) -> None:
    try:
        item = read(mutated(_items(), random))
    except Bad as bad:
        refused(bad.problems)
        return
    content = write(item)
    assert read(content) == item
    assert write(read(content)) == content


def _mapping(random: Random) -> None:
    try:
        load_mapping(mutated(_maps(), random), "图.yml")
    except Bad as bad:
        refused(bad.problems)


def _attachment(random: Random) -> None:
    found = admit(mutated(_attachments(), random), Limits())
    if isinstance(found, Refused):
        for language in LANGUAGES:
            plain("; ".join(halves(found.code, language, **found.values)))
    else:
        assert found.path.startswith("attachments/") and found.content


@cache
def _issues() -> list[bytes]:
    return seeds.issues()


@cache
def _payloads() -> list[bytes]:
    return seeds.texts()


@cache
def _items() -> list[bytes]:
    return seeds.items()


@cache
def _maps() -> list[bytes]:
    return seeds.maps()


@cache
def _attachments() -> list[bytes]:
    return seeds.attachments()


@cache
def _the_form() -> Mapping[str, object]:
    return issue_form.form(policy())


SHARES = {"csv": 12, "json": 8, "jsonl": 8, "xlsx": 2, "eml": 8, "mbox": 4, "chat": 8, "paper-box": 6}


def _formats() -> dict[str, Aim]:
    shots = {
        name: _table(name) if form.maps else _file(name, seeds.FILES.get(name, seeds.everything)())
        for name, form in FORMATS.items()
    }
    return {name: Aim(shot, SHARES.get(name, 4)) for name, shot in shots.items()}


AIMS: Mapping[str, Aim] = {
    **_formats(),
    "issue": Aim(_issue, 6),
    "form": Aim(_form, 14),
    "item": Aim(_item, 14),
    "mapping": Aim(_mapping, 8),
    "attachment": Aim(_attachment, 2),
}
