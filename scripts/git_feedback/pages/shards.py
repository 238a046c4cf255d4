"""Shards of a word index: Pagefind run for each year whose documents changed, and what it made, ready to be published.

Pagefind's program is called, never its Python interface, which takes ten records a second.  What it finds it names by
letters of its own (a hash of the item's fragment); `finding.json` beside each shard says which item that is, and lists
the Latin words and numbers of the shard, because Pagefind finds the beginning of a word in one of its files only.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from git_feedback.escaping import json_file
from git_feedback.pages.builder import BuildFailed
from git_feedback.pages.page import Along, File
from git_feedback.pages.stamping import Tree, contents

LANGUAGE = "zh"
"""Of all shards: words are cut already, and Pagefind knows no stems for Chinese, so every word stays as it is."""
NAMED = "finding.json"
_REMEMBERED = "documents.sha256"

_ENTRANCE = "pagefind-entry.json"
_TOOLS = frozenset({_ENTRANCE, "pagefind.js", "pagefind-worker.js"})
_HASHED = re.compile(r".+/[^/]+\.pf_(?:fragment|index)|[^/]+\.pf_meta")
_TOOL = re.compile(r"wasm\.[a-z-]+\.pagefind")
_PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.MULTILINE)
_MARK = b"pagefind_dcd"
_PATIENCE_S = 600
_CLEAN = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
_EDITION = "1"
"""Another one makes every shard anew."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The documents of a year by name."""

    year: str
    documents: Mapping[str, bytes]

    @property
    def letters(self) -> str:
        """What stands for the documents and for what reads them: a page that is open sees that a shard is another."""
        seen = sha256(f"{_EDITION} {_version()}\n".encode())
        for name, content in sorted(self.documents.items()):
            seen.update(f"{name}\0{len(content)}\0".encode() + content)
        return seen.hexdigest()[:32]


def published(shards: Iterable[Shard], work: Path) -> Iterator[File | Along]:
    """The files of all shards, below a folder for each year; what is in `work` for other years is removed."""
    years = set()
    for shard in shards:
        years.add(shard.year)
        yield from _files(shard.year, _indexed(shard, work / shard.year))
    for left in sorted(work.glob("*")):
        if left.is_dir() and not left.is_symlink() and left.name.isdecimal() and left.name not in years:
            shutil.rmtree(left)


def left(work: Path) -> list[tuple[str, str]] | None:
    """The shards that were made last, newest year first, each with its letters; None where one is not whole."""
    found = []
    for folder in sorted(work.glob("*"), reverse=True):
        remembered = folder / _REMEMBERED
        if not ((folder / "bundle" / NAMED).is_file() and remembered.is_file()):
            return None
        found.append((folder.name, remembered.read_text("ascii")))
    return found


def as_left(years: Iterable[str], work: Path) -> Iterator[File | Along]:
    """The files of shards as they were made last."""
    for year in years:
        yield from _files(year, work / year / "bundle")


def _files(year: str, bundle: Path) -> Iterator[File | Along]:
    for path in sorted(_below(bundle)):
        source = bundle / path
        if _HASHED.fullmatch(path):
            yield Along(f"{year}/{path}", source.stat().st_size, source)
        elif path in _TOOLS or path == NAMED or _TOOL.fullmatch(path):
            yield File(f"{year}/{path}", source.read_bytes())


def _below(bundle: Path) -> Iterator[str]:
    return (path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())


def _indexed(shard: Shard, folder: Path) -> Path:
    """What Pagefind makes of a shard; where it has seen these documents already, what it made then."""
    bundle, remembered = folder / "bundle", folder / _REMEMBERED
    print_of = shard.letters
    if (bundle / NAMED).is_file() and remembered.is_file() and remembered.read_text("ascii") == print_of:
        return bundle
    remembered.unlink(missing_ok=True)
    tree = Tree(folder / "documents")
    for name, content in shard.documents.items():
        tree.put(name, content)
    tree.close()
    fresh = folder / "fresh"
    for old in (fresh, bundle):
        shutil.rmtree(old, ignore_errors=True)
    _run(folder / "documents", fresh)
    (fresh / NAMED).write_bytes(_named(shard, fresh))
    fresh.rename(bundle)
    remembered.write_text(print_of, "ascii")
    return bundle


def _version() -> str:
    try:
        return version("pagefind")
    except PackageNotFoundError:
        return ""


def _run(documents: Path, bundle: Path) -> None:
    """Have Pagefind read a folder and write another.  Nothing of our environment, and no settings file, reaches it."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--force-language", LANGUAGE]
    command += ["--site", str(documents.resolve()), "--output-path", str(bundle.resolve())]
    try:
        done = subprocess.run(
            command, env=_CLEAN, cwd=documents, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise BuildFailed("search-failed", reason=str(failure)) from failure
    if done.returncode or not (bundle / _ENTRANCE).is_file():
        lines = (done.stderr or done.stdout).strip().splitlines() or ["?"]
        raise BuildFailed("search-failed", reason=lines[-1].strip())


def _named(shard: Shard, bundle: Path) -> bytes:
    """Which item each fragment is, by day, and the words that are more than one Han character, in order."""
    items: dict[str, dict[str, str]] = {}
    for path, content in contents(bundle / "fragment"):
        day, _, rest = _item(content).partition("-")
        items.setdefault(day, {})[path.partition(".")[0].removeprefix(f"{LANGUAGE}_")] = rest
    return json_file({"language": LANGUAGE, "items": items, "words": " ".join(words(shard))}).encode()


def _item(fragment: bytes) -> str:
    """The name of the document a fragment was made from, without `.html`."""
    plain = gzip.decompress(fragment)
    if not plain.startswith(_MARK):
        raise BuildFailed("search-failed", reason=f"{_ENTRANCE}: {_version()}")
    address: str = json.loads(plain.removeprefix(_MARK))["url"]
    return address.strip("/").removesuffix(".html")


def words(shard: Shard) -> list[str]:
    """The Latin words and numbers of a shard, each once, in order."""
    found: set[str] = set()
    for content in shard.documents.values():
        for paragraph in _PARAGRAPH.findall(content.decode()):
            found.update(word for word in paragraph.split() if len(word) > 1 or word.isascii())
    return sorted(found)
