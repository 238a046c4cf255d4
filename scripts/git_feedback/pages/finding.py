"""What Find looks through: a word index of all items, a shard a year, made by Pagefind's own program.

Pagefind cuts Chinese into words of a dictionary, and a fifth to a quarter of all pieces of a sentence are then not found
(measured in tests/bench/bench_find.py).  So we cut: every Han character is a word of its own, Latin words and numbers stay
whole, and the script of the page asks for neighbouring words.  What changes with time (state, level, whose it is) and
every name is not in here: the browser joins what was found with api/queue.json, so last year's shard stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from importlib.util import find_spec
from pathlib import Path

from git_feedback.desk import MACHINES, Standing, happened
from git_feedback.escaping import json_file
from git_feedback.model import Event, ids
from git_feedback.pages import shards
from git_feedback.pages.builder import BuildFailed
from git_feedback.pages.page import Along, File, Record
from git_feedback.pages.shards import Shard
from git_feedback.text import HAN, fold

FOLDER = "find"
"""Where the shards stand in the site; the folder of Pagefind's work below `out` is called `index`."""
ANNOUNCED = "api/find.json"
EACH = rf"{HAN}\u3040-\u30ff"
"""What is a word one character long: scripts that put no space between words.  The script of the page cuts alike."""

BETWEEN = "¶"
"""What stands between the pieces of an item in its excerpt."""

_WORD = re.compile(rf"[{EACH}]|\d+|(?:(?![{EACH}])[^\W\d_])+")
_WAYS = ("auto", "pagefind")


def cut(folded: str) -> list[str]:
    """The words of a folded text in order, letters without their accents: `退款12天 café` gives 退 款 12 天 cafe."""
    if not folded.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))
        folded = unicodedata.normalize("NFC", bare)
    return _WORD.findall(folded)


def files(record: Record, out: Path, *, as_left: bool = False) -> Iterator[File | Along]:
    """The index of a record's items, worked on below `out / "index"`, and the file that says which years it has.

    `as_left`: as it was made last, if that is whole; what was said since is found later.
    The public gets neither.  Raises BuildFailed where the policy wants Pagefind and it is not there: at once, before
    anything is written; or where Pagefind gives up.
    """
    if record.audience.is_public:
        return iter(())
    wanted = _is_wanted(record.policy.desk.search)
    there = shards.left(out / "index") if as_left and wanted else None
    return _left(there, out) if there else _files(record, _years(record) if wanted else {}, out)


def _files(record: Record, years: Mapping[str, Sequence[Standing]], out: Path) -> Iterator[File | Along]:
    made = [Shard(year, _documents(years[year], record.now)) for year in sorted(years, reverse=True)]
    yield _announced([(shard.year, shard.letters) for shard in made])
    for found in shards.published(made, out / "index"):
        yield _placed(found)


def _left(there: Sequence[tuple[str, str]], out: Path) -> Iterator[File | Along]:
    yield _announced(there)
    for found in shards.as_left([year for year, _ in there], out / "index"):
        yield _placed(found)


def _announced(there: Sequence[tuple[str, str]]) -> File:
    announced = {"years": [year for year, _ in there], "made": [letters for _, letters in there]}
    return File(ANNOUNCED, json_file(announced).encode())


def is_installed() -> bool:
    """Whether Pagefind and one of its programs are there."""
    programs = ("pagefind_bin_extended", "pagefind_bin")
    return find_spec("pagefind") is not None and any(find_spec(program) for program in programs)


def _is_wanted(search: str) -> bool:
    if search == "pagefind" and not is_installed():
        raise BuildFailed("search-no-pagefind")
    return search in _WAYS and is_installed()


def _placed(found: File | Along) -> File | Along:
    path = f"{FOLDER}/{found.path}"
    return Along(path, found.size, found.source) if isinstance(found, Along) else File(path, found.content)


def _years(record: Record) -> dict[str, list[Standing]]:
    """Items by the year in their id, which is where their pages stand too."""
    years: dict[str, list[Standing]] = {}
    for one in record.standings:
        years.setdefault(str(ids.day_of(one.item.id)[0]), []).append(one)
    return years


# ---- what is indexed of an item ---------------------------------------------------------------------------------------


def said(one: Standing, now: datetime) -> list[str]:
    """Everything written on an item's page by people, the title aside, each piece by itself.

    No contact data: neither what is sealed nor its hint is a piece.
    """
    item = one.item
    about = (item.product, item.device, item.area, item.source, *item.tags, *one.state.tags)
    names = [file.name for file in item.attachments]
    told = [piece for event in happened(item, now) for piece in _told(event)]
    pieces = [item.text, *told, " · ".join(dict.fromkeys(filter(None, (*about, *names))))]
    return [piece for piece in pieces if piece]


def _told(event: Event) -> Iterator[str]:
    """The free texts of an event, as its line in the history shows them; what a machine gave as a reason is none."""
    left_out = {"sealed", "because"} if event.by in MACHINES else {"sealed"}
    for name in type(event).model_fields:
        if name in type(event).PROSE - left_out and (value := getattr(event, name)):
            yield value


def _documents(standings: Sequence[Standing], now: datetime) -> Mapping[str, bytes]:
    """What Pagefind reads, by name: a page an item."""
    return {f"{one.item.id}.html": document([one.item.id, one.item.title], said(one, now)) for one in standings}


def document(head: Sequence[str], pieces: Sequence[str]) -> bytes:
    """An item for Pagefind: its words cut, and beside them, for excerpts, its pieces as they were written."""
    words = "\n".join(f"<p>{' '.join(cut(fold(piece)))}</p>" for piece in (*head, *pieces))
    shown = escape(BETWEEN.join(" ".join(piece.split()) for piece in pieces))
    return (
        f'<!doctype html><html lang="zh"><body data-pagefind-body>\n{words}\n'
        f'<i data-pagefind-meta="said[data-said]" data-said="{shown}"></i></body></html>\n'
    ).encode("utf-8", "replace")
