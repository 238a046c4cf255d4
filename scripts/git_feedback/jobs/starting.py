"""A new desk: the layout of a desk without items, in a repository of its own."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, count
from pathlib import Path

from git_feedback.jobs import attaching, generating, merging
from git_feedback.jobs.reading import load_policy
from git_feedback.notation import clean, scalar
from git_feedback.policy import Person
from git_feedback.store import Desk, Git, write_file


@dataclass(frozen=True)
class Wishes:
    """What somebody wants of a new desk; None leaves what the default policy says."""

    name: str = ""
    zone: str | None = None
    prefix: str | None = None
    person: str | None = None
    language: str | None = None
    lfs: bool = False
    """Git LFS keeps what comes along with feedback."""


class BadWish(ValueError):
    """Something that cannot be had: the code of its words."""

    def __init__(self, code: str, given: str) -> None:
        super().__init__(code)
        self.code, self.given = code, given


def lay_out(folder: Path, wishes: Wishes) -> None:
    """Write an empty desk to `folder` and commit it.  Raises BadWish, GitFailed, NoPolicy.

    What is wrong with the wishes, or with Git, is found before the first file is written.
    """
    starter = layout()
    people = load_policy({path: content for path, content in starter.items() if path.startswith("policy/")}).people
    _check(wishes, people)
    folder.mkdir(parents=True, exist_ok=True)
    git = Git(folder)
    git.run("var", "GIT_COMMITTER_IDENT")
    if wishes.lfs:
        git.run("lfs", "version")
    for path, content in sorted(starter.items()):
        write_file(folder / path, content)
    _as_wished(folder / "policy" / "desk.yml", wishes)
    if wishes.zone:
        _office_hours(folder / "policy" / "calendars", wishes.zone)
    git.run("init", "--quiet", "--initial-branch=main")
    merging.install(git)
    if wishes.lfs:
        attaching.to_lfs(folder)
    _add_yourself(folder / "policy" / "people.yml", people, git.email(), wishes.person)
    generating.write_down(folder, load_policy(Desk(folder).policy()))
    git.run("add", "--all")
    git.run("commit", "--quiet", "--message=Start a feedback desk")


def _check(wishes: Wishes, people: Collection[str]) -> None:
    if wishes.prefix and not re.fullmatch(r"[A-Z]{1,4}", wishes.prefix):
        raise BadWish("bad-prefix", wishes.prefix)
    if wishes.person and not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", wishes.person):
        raise BadWish("bad-person", wishes.person)
    if wishes.person in people:
        raise BadWish("person-taken", wishes.person or "")


STARTER = (".gitattributes", ".gitignore", "mkdocs.yml", "mkdocs.zh.yml", "policy", "site")
"""What a new desk gets, from the top of this product's own repository (a wheel carries a copy)."""
_OF_THE_SAMPLE = re.compile(r"site/pages/(?:[a-z]{2}/(?:knowledge|training)|training)/")
"""Articles and training tell of the sample's own items and people: a new desk writes its own."""


def layout() -> dict[str, bytes]:
    """The files of a new desk by path."""
    carried = files("git_feedback") / "starter"
    top: Traversable = carried if carried.is_dir() else Path(__file__).parents[3]
    found: dict[str, bytes] = {}
    for name in STARTER:
        entry = top / name
        if entry.is_dir():
            _gather(entry, f"{name}/", found)
        else:
            found[name] = entry.read_bytes()
    return {path: content for path, content in found.items() if not _OF_THE_SAMPLE.match(path)}


def _gather(folder: Traversable, prefix: str, found: dict[str, bytes]) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            _gather(entry, f"{prefix}{entry.name}/", found)
        else:
            found[prefix + entry.name] = entry.read_bytes()


def _as_wished(path: Path, wishes: Wishes) -> None:
    """The desk's own facts in desk.yml; the file's comments stay."""
    text = path.read_text(encoding="utf-8")
    if wishes.name:
        words = scalar(" ".join(clean(wishes.name).split())[:300], flow=True)
        text = re.sub(r"(?ms)^name:.*?(?=^\S)", lambda _: f"name: {{en: {words}, zh: {words}}}\n", text, count=1)
    for key, value in (("zone", wishes.zone), ("prefix", wishes.prefix), ("language", wishes.language)):
        if value:
            text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {value}", text, count=1)
    write_file(path, text.encode())


def _office_hours(calendars: Path, zone: str) -> None:
    """Outside the zone of the default office calendar its holidays mean nothing: plain hours, Monday to Friday."""
    if f"\nzone: {zone}\n" in (calendars / "office.yml").read_text(encoding="utf-8"):
        return
    plain = (calendars / "plain.yml").read_text(encoding="utf-8")
    hours = re.sub(r"(?m)^zone:.*$", lambda _: f"zone: {zone}", plain, count=1)
    for name in ("office.yml", "plain.yml"):
        write_file(calendars / name, hours.encode())


def _add_yourself(path: Path, people: Mapping[str, Person], email: str, wished: str | None) -> None:
    """Whoever starts a desk is in people.yml, so that the first command knows who acts."""
    if not email or any(one.email and one.email.casefold() == email.casefold() for one in people.values()):
        return
    person = wished or _free(email, people)
    department = next(iter(people.values())).department
    name, address = scalar(person, flow=True), scalar(email, flow=True)
    facts = f"id: {name}, name: {{en: {name}, zh: {name}}}, email: {address}, department: {department}"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    write_file(path, f"{text}\n  - {{{facts}, roles: [manager, coordinator, reviewer]}}\n".encode())


def _free(email: str, people: Collection[str]) -> str:
    """An id from an address that nobody has."""
    first = re.sub(r"[^a-z0-9]+", ".", email.partition("@")[0].lower()).strip(".")[:60] or "me"
    numbered = (f"{first}.{number}" for number in count(2))
    return next(one for one in chain([first], numbered) if one not in people)
