"""The default policy made into that of a new desk: its own name, its host, and one person who does everything at first.

Files go in and come out as text with their comments, by path; nothing is written here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from git_feedback.hosts.addresses import kind_of
from git_feedback.notation import clean, scalar

Host = Literal["github", "gitlab", "gitea", "none"]
Readers = Literal["team", "public", "none"]
HOSTS: tuple[Host, ...] = ("github", "gitlab", "gitea", "none")
PUBLISHING: tuple[Host, ...] = ("github", "gitlab")
"""Hosts that publish a site by themselves."""
READERS: tuple[Readers, ...] = ("team", "public", "none")
ROLES = ("agent", "handler", "reviewer", "coordinator", "lead", "manager", "analyst", "trainer")
"""What the first person of a desk may do: everything that somebody has to do, until there are colleagues."""
DESK, PEOPLE, NOTIFY, INTAKE = (f"policy/{name}.yml" for name in ("desk", "people", "notify", "intake"))
_NAME_MOST = 300
_DEFAULT_SITES = {"github": "https://github.com", "gitlab": "https://gitlab.com"}
_COLLEAGUE = "  # - {id: han.mei, name: {en: Han Mei, zh: 韩梅}, email: han.mei@desk.example, department: support, roles: [handler]}\n"
_AUTOMATION = ("{{publish: {readers}}}", "{{host: plain, every: 30m, publish: {readers}}}")
"""On a host, and on a machine of one's own, where looking at the clocks twice an hour costs nothing."""
_PART = r"(?m)^{key}:.*\n(?:[ \t-].*\n)*"


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
    host: Host = "none"
    repository: str = ""
    """The repository's address on its host, as a browser opens it; empty while it is not known."""
    readers: Readers = "none"
    """Who may read the site that is published."""


@dataclass(frozen=True, slots=True)
class You:
    """Whoever starts the desk, as people.yml will have it."""

    id: str
    name: str
    email: str


def address(host: Host, given: str) -> str | None:
    """The address of a repository from what people say: `owner/name`, an address to look at or one to clone from.

    None for what is neither, and for a bare `owner/name` on a host that has no address of its own.
    """
    words = given.strip().removesuffix("/").removesuffix(".git")
    ssh = re.fullmatch(r"(?:ssh://)?git@([\w.-]+(?::\d+/)?)[:/]?(.+)", words)
    if ssh and "/" in ssh[2]:
        words = f"https://{ssh[1].partition(':')[0]}/{ssh[2]}"
    path = r"[\w.-]+(?:/[\w.-]+){1,8}" if host == "gitlab" else r"[\w.-]+/[\w.-]+"
    if re.fullmatch(path, words, re.ASCII):
        site = _DEFAULT_SITES.get(host)
        return f"{site}/{words}" if site else None
    return words if re.fullmatch(rf"https?://[\w.-]+(?::\d{{1,5}})?/{path}", words, re.ASCII) else None


def kind_named(given: str) -> Host:
    """What kind of host an address names, as far as its own name tells; `none` where it does not."""
    kind = kind_of(given if "://" in given or "@" in given else f"https://{given}")
    return next((host for host in HOSTS if host == kind), "none")


def fitted(files: Mapping[str, bytes], wishes: Wishes, you: You) -> dict[str, bytes]:
    """The files of a new desk."""
    changes: dict[str, Callable[[str], str]] = {
        DESK: lambda text: _desk(text, wishes, you),
        PEOPLE: lambda text: _people(text, you),
        NOTIFY: lambda text: _notify(text, you),
        INTAKE: lambda text: _intake(text, wishes),
    }
    found = {**files, **{path: change(files[path].decode()).encode() for path, change in changes.items()}}
    return found | (_office_hours(files, wishes.zone) if wishes.zone else {})


# ---- file by file ---------------------------------------------------------------------------------------------------


def _desk(text: str, wishes: Wishes, you: You) -> str:
    if wishes.name:
        words = scalar(" ".join(clean(wishes.name).split())[:_NAME_MOST], flow=True)
        text = _with(text, "name", f"{{en: {words}, zh: {words}}}")
    for key, value in (("zone", wishes.zone), ("prefix", wishes.prefix), ("language", wishes.language)):
        text = _with(text, key, value) if value else text
    text = _with(text, "coordinator", you.id)
    text = re.sub(r"(?m)^submit: ", "# submit: ", text)
    return _hosted(text, wishes)


def _hosted(text: str, wishes: Wishes) -> str:
    """Where the desk lives, and what is published of it."""
    text = re.sub(_PART.format(key="(?:host|repository)"), "", text)
    lines = f"host: {wishes.host}\n" if wishes.host != "none" else ""
    lines += f"repository: {scalar(wishes.repository)}\n" if wishes.repository else ""
    text = re.sub(r"(?m)^coordinator: .*\n", lambda found: found[0] + lines, text, count=1)
    return _with(text, "automation", _AUTOMATION[wishes.host == "none"].format(readers=wishes.readers))


def _with(text: str, key: str, value: str) -> str:
    """A value under a key at the top: in place of the one that is there, else at the end."""
    line = f"{key}: {value}\n"
    changed, found = re.subn(_PART.format(key=key), lambda _: line, text, count=1)
    return changed if found else text.rstrip("\n") + "\n" + line


def _people(text: str, you: You) -> str:
    """The departments of the default policy, all of them yours; nobody else."""
    departments, _, _ = text.partition("\npeople:\n")
    named = re.sub(r"\b(coordinator|lead): [^,{}\s]+", lambda found: f"{found[1]}: {you.id}", departments)
    name = scalar(" ".join(clean(you.name).split())[:_NAME_MOST] or you.id, flow=True)
    facts = f"id: {scalar(you.id, flow=True)}, name: {{en: {name}, zh: {name}}}, email: {scalar(you.email, flow=True)}"
    first = re.search(r"\{id: ([^,{}\s]+)", departments[departments.index("\ndepartments:\n") :])
    department = first[1] if first else ""
    return f"{named}\npeople:\n  - {{{facts}, department: {department}, roles: [{', '.join(ROLES)}]}}\n{_COLLEAGUE}"


def _notify(text: str, you: You) -> str:
    text = _with(text, "managers", f"[{you.id}]")
    shift = f"    - {{who: {you.id}, days: [mon, tue, wed, thu, fri], hours: 08:30-18:30}}\n"
    return re.sub(r"(?m)^  shifts:\n(?:    .*\n)*", lambda _: f"  shifts:\n{shift}", text)


def _intake(text: str, wishes: Wishes) -> str:
    """With a host, issues that bear the label are taken in."""
    if wishes.host == "none":
        return text
    source = f"sources:\n  - {{id: issues, kind: issues, host: {wishes.host}, label: feedback}}\n"
    return re.sub(_PART.format(key="sources"), lambda _: source, text)


def _office_hours(files: Mapping[str, bytes], zone: str) -> dict[str, bytes]:
    """Outside the zone of the default office calendar its holidays mean nothing: plain hours, Monday to Friday."""
    office, plain = ("policy/calendars/office.yml", "policy/calendars/plain.yml")
    if f"\nzone: {zone}\n" in files[office].decode():
        return {}
    hours = re.sub(r"(?m)^zone:.*$", lambda _: f"zone: {zone}", files[plain].decode(), count=1).encode()
    return {office: hours, plain: hours}
