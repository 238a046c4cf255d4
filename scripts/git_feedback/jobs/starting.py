"""A new desk: the layout of a desk without items, in a repository of its own."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from git_feedback.jobs import attaching, generating, merging
from git_feedback.jobs.fitting import Wishes, You, fitted
from git_feedback.jobs.reading import load_policy
from git_feedback.store import Desk, Git, GitFailed, write_file

ORIGIN = "origin"
_IDENT = re.compile(r"(?P<name>.*) <(?P<email>[^<>]*)> \d+ [+-]\d{4}\n?")


class BadWish(ValueError):
    """Something that cannot be had: the code of its words."""

    def __init__(self, code: str, given: str) -> None:
        super().__init__(code)
        self.code, self.given = code, given


def is_free(folder: Path) -> bool:
    """Whether a desk may be laid out there: nothing is there, or a repository without a commit and without a file."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    return all(entry.name == ".git" for entry in folder.iterdir()) and not _has_own_git(folder, with_commit=True)


def _has_own_git(folder: Path, *, with_commit: bool = False) -> bool:
    return (folder / ".git").exists() and (not with_commit or bool(Git(folder).head()))


def origin_of(folder: Path) -> str:
    """Where the clone in a folder comes from; empty where there is none."""
    if not _has_own_git(folder):
        return ""
    try:
        return Git(folder).run("remote", "get-url", ORIGIN).strip()
    except GitFailed:
        return ""


def yourself(folder: Path, wished: str | None = None) -> You:
    """Whoever starts a desk, as Git knows them there.  Raises GitFailed where it does not, BadWish for an id that is none."""
    git = Git(next(place for place in (folder, *folder.resolve().parents) if place.is_dir()))
    ident = _IDENT.fullmatch(git.run("var", "GIT_COMMITTER_IDENT"))
    if ident is None:
        raise GitFailed("git config user.name and git config user.email are not set")
    email = git.email() or ident["email"]
    if wished and not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", wished):
        raise BadWish("bad-person", wished)
    return You(wished or _id_of(email), _set(git, "user.name") or ident["name"], email)


def _set(git: Git, name: str) -> str:
    """What Git's settings say; empty where they say nothing."""
    try:
        return git.run("config", name).strip()
    except GitFailed:
        return ""


def _id_of(email: str) -> str:
    """An id from an address."""
    return re.sub(r"[^a-z0-9]+", ".", email.partition("@")[0].lower()).strip(".")[:60] or "me"


# ---- laying out -----------------------------------------------------------------------------------------------------


def lay_out(folder: Path, wishes: Wishes) -> You:
    """Write an empty desk to `folder` and commit it; who you are in it.  Raises BadWish, GitFailed, NoPolicy.

    What is wrong with the wishes, or with Git, is found before the first file is written; whatever goes wrong after
    that, the folder is as empty again as it was.
    """
    you = yourself(folder, wishes.person)
    if wishes.prefix and not re.fullmatch(r"[A-Z]{1,4}", wishes.prefix):
        raise BadWish("bad-prefix", wishes.prefix)
    starter = fitted(layout(), wishes, you)
    load_policy({path: content for path, content in starter.items() if path.startswith("policy/")})
    with _whole_or_nothing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if wishes.lfs:
            Git(folder).run("lfs", "version")
        for path, content in sorted(starter.items()):
            write_file(folder / path, content)
        _into_git(Git(folder), wishes, you)
    return you


def _into_git(git: Git, wishes: Wishes, you: You) -> None:
    git.run("init", "--quiet", "--initial-branch=main")
    merging.install(git)
    if wishes.lfs:
        attaching.to_lfs(git.folder)
    if not git.email():
        git.run("config", "--local", "user.email", you.email)
    generating.write_down(git.folder, load_policy(Desk(git.folder).policy()))
    git.run("add", "--all")
    git.run("commit", "--quiet", "--message=Start a feedback desk")
    if wishes.repository and not origin_of(git.folder):
        git.run("remote", "add", ORIGIN, f"{wishes.repository}.git")


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """Whatever stops the laying out, an interrupt too, takes away what it has written."""
    was_there, had_git = folder.exists(), _has_own_git(folder)
    try:
        yield
    except BaseException:
        for entry in list(folder.iterdir()) if folder.is_dir() else ():
            if entry.is_dir() and not (had_git and entry.name == ".git"):
                shutil.rmtree(entry, ignore_errors=True)
            elif not entry.is_dir():
                entry.unlink(missing_ok=True)
        if not was_there and folder.is_dir():
            folder.rmdir()
        raise


# ---- what a desk begins with ----------------------------------------------------------------------------------------

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
