"""JSON beside what pages draw: the same values, keys that are all written down, and nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.pages.canaries import canaries
from tests.pages.views_desk import ALL, LATE, record
from tests.sample_desk import NOW, ROOT

from git_feedback.jobs import building
from git_feedback.jobs.reading import whole
from git_feedback.model.measures import Measure
from git_feedback.pages.audience import PUBLIC
from git_feedback.pages.page import Record
from git_feedback.pages.views import api, badge, board, figures, home, measures, needs_human
from git_feedback.pages.views.rendering import both

Path_ = tuple[str, ...]
PACKED = {"queue", "answers"}
"""Files of scripts: the guide says that they change."""


def made(desk: Record) -> dict[str, Any]:
    """Every documented file by its name."""
    files = {file.path: file.content for kind in (api, badge, figures) for file in kind.files(desk)}
    return {
        name: json.loads(files[f"api/{name}.json"]) for name in ("index", *figures.DRAWN, "calendars", "build", "badge")
    }


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The files of this repository's own desk, of one of canaries, and of a small one."""
    now = datetime.fromisoformat(NOW)
    other = canaries(tmp_path_factory.mktemp("canaries")).desk.root
    found = []
    for root in (ROOT, other):
        read = building.record(root, whole(root, now), now, fixed=True, commit="abc")
        found.append(building._looked_at(root, whole(root, now), read, tmp_path_factory.mktemp("out")))
    return [made(one) for one in (*found, record(*ALL))]


def documented(language: str) -> dict[str, list[Path_]]:
    """The keys that the guide explains, by file."""
    page = (ROOT / f"site/pages/{language}/guide/data.md").read_text("utf-8")
    parts = re.split(r"^### `(.+)\.json`$", page.partition("\n## ")[2], flags=re.MULTILINE)
    return {
        name: [
            tuple(key.replace("[]", ".[]").split(".")) for key in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
        ]
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def paths(value: Any, way: Path_ = ()) -> Iterator[Path_]:
    """The way to every value that holds no others, and to every empty list or mapping."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from paths(inner, (*way, key))
    elif isinstance(value, list) and value:
        for inner in value:
            yield from paths(inner, (*way, "[]"))
    else:
        yield way


def fits(way: Path_, known: Path_) -> bool:
    """Whether a way is one that is written down; `<name>` stands for any name."""
    return len(way) == len(known) and all(
        there == said or (said[0] == "<" and there != "[]") for there, said in zip(way, known, strict=True)
    )


def begins(way: Path_, known: Path_) -> bool:
    """Whether what is written down goes on from a way that ends early: an empty list, or nothing."""
    return len(way) < len(known) and fits(way, known[: len(way)])


# ---- every key is written down ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_file_holds_a_key_that_the_guide_does_not_explain(desks: list[dict[str, Any]], language: str) -> None:
    known = documented(language)
    for files in desks:
        for name, value in files.items():
            for way in paths(value):
                if way == ("now",) or (name == "calendars" and way[0] == "calendars"):
                    continue
                assert any(fits(way, one) or begins(way, one) for one in known[name]), (name, way)


def test_the_guide_explains_no_key_that_no_file_holds(desks: list[dict[str, Any]]) -> None:
    for name, keys in documented("en").items():
        seen = {way for files in desks for way in paths(files[name])}
        for key in keys:
            there = any(fits(way, key) or fits(way[: len(key)], key) for way in seen)
            nothing_to_tell = any(begins(way, key) for way in seen)
            assert there or nothing_to_tell, (name, key)


def test_both_guides_explain_the_same_keys() -> None:
    assert documented("en") == documented("zh")


def test_the_index_lists_every_file_with_a_sentence_in_both_languages(desks: list[dict[str, Any]]) -> None:
    listed = {one["path"].removesuffix(".json"): one["about"] for one in desks[0]["index"]["files"]}
    assert set(listed) | {"index"} == set(documented("en")) | PACKED
    assert all(about["en"].endswith(".") and about["zh"].endswith("。") for about in listed.values())


def test_the_public_is_told_of_its_own_files_only() -> None:
    desk = replace(record(*ALL), audience=PUBLIC)
    written = {file.path: json.loads(file.content) for kind in (api, figures) for file in kind.files(desk)}
    assert set(written) == {"api/calendars.json", "api/said-did.json", "api/index.json"}
    assert {one["path"] for one in written["api/index.json"]["files"]} == {
        "answers.json",
        "calendars.json",
        "said-did.json",
    }
    assert written["api/calendars.json"]["calendars"] == {}


# ---- the same as on the pages -----------------------------------------------------------------------------------------


def article(kind: Any, desk: Record, path: str, language: str = "en") -> str:
    """The article of a page."""
    found: str = next(
        page.article for page in kind.pages(desk, both(desk)) if (page.path, page.language) == (path, language)
    )
    return found


def test_what_is_urgent_is_what_the_first_page_shows_in_its_order() -> None:
    desk = record(*ALL)
    told = [one["id"] for one in made(desk)["home"]["urgent"]]
    block = article(home, desk, "index.html").partition('id="h-burn"')[2].partition("</section>")[0]
    shown = list(dict.fromkeys(re.findall(r"items/2026/(Q[0-9A-Z-]+)\.html", block)))
    assert shown == told[: home.MOST] and shown


def test_departments_have_the_figures_of_the_first_page() -> None:
    desk = record(*ALL)
    rows = re.findall(
        r'fb-dept" href="queue\.html\?department=(\w+)".*?</tr>', article(home, desk, "index.html"), re.DOTALL
    )
    assert rows == list(made(desk)["home"]["departments"])
    payments = made(desk)["home"]["departments"]["payments"]
    row = article(home, desk, "index.html").partition("department=payments")[2].partition("</tr>")[0]
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r'<td class="fb-n">(.*?)</td>', row, re.DOTALL)
    ]
    assert cells == [str(payments["open"]), str(payments["late"]), f"{payments['kept_percent']} %"]


def test_the_columns_of_the_board_hold_what_the_page_counts() -> None:
    desk = record(*ALL)
    page = article(board, desk, "sla.html")
    columns = made(desk)["board"]["columns"]
    assert sum(map(len, columns.values())) > 1
    for found in columns.values():
        assert all(f"items/2026/{identity}.html" in page for identity in found)


def test_who_is_waited_for_is_whom_the_page_lists() -> None:
    desk = record(*ALL)
    told = made(desk)["needs-human"]
    page = article(needs_human, desk, "needs-human.html")
    assert told["undecided"] and all(identity in page for identity in told["undecided"])


def test_measures_are_those_of_the_page_with_the_late_ones_marked() -> None:
    given = {
        "title": "提速",
        "language": "zh",
        "what": "做",
        "why": "慢",
        "owner": "lin.wan",
        "items": (record(LATE).standings[0].item.id,),
    }
    late = Measure(id="M-late", status="doing", due=date(2026, 11, 1), **given)
    going = Measure(id="M-going", status="planned", due=date(2026, 12, 1), **given)
    desk = replace(record(LATE), measures=[going, late])
    told = made(desk)["measures"]["measures"]
    assert [(one["id"], one["late"]) for one in told] == [("M-late", True), ("M-going", False)]
    assert told[0]["title"] == {"zh": "提速"}
    page = article(measures, desk, "measures.html")
    assert page.index("M-late") < page.index("M-going")


def test_files_of_figures_stay_small(desks: list[dict[str, Any]]) -> None:
    for name, value in desks[0].items():
        assert len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) < 12_000, name


def test_no_moment_of_any_file_is_in_a_zone_of_its_own(desks: list[dict[str, Any]]) -> None:
    for files in desks:
        assert not re.findall(r'"\d{4}-\d\d-\d\dT[^"Z]*"', json.dumps(files))


def test_every_file_that_is_drawn_is_pure_json_of_one_moment(tmp_path: Path) -> None:
    first, second = ({file.path: file.content for file in figures.files(record(*ALL))} for _ in range(2))
    assert first == second
    for name, content in first.items():
        (tmp_path / Path(name).name).write_bytes(content)
        assert json.loads(content)["now"] == "2026-11-20T03:05:00Z"
