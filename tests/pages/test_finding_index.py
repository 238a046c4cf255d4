"""The word index: what is in it, what is not, which shard is made anew, and that the same items give the same bytes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.pages.finding_sample import LAST_YEAR, TRADITIONAL, sample, searching

from git_feedback.desk import standing
from git_feedback.pages import finding, shards
from git_feedback.pages.audience import PUBLIC
from git_feedback.pages.builder import BuildFailed
from git_feedback.pages.page import Along, File, Record
from git_feedback.store import read
from git_feedback.text import fold

needs_pagefind = pytest.mark.skipif(not finding.is_installed(), reason="no Pagefind: pip install 'pagefind[extended]'")


def some(*texts: str, way: str = "pagefind") -> Record:
    """A record of a few items."""
    found = searching(way)
    items = [read(text.encode()) for text in texts]
    return replace(found, standings=[standing(item, found.policy, found.now) for item in items])


def contents(record: Record, out: Path) -> dict[str, bytes]:
    """What would be published, by path."""
    return {
        one.path: one.source.read_bytes() if isinstance(one, Along) else one.content
        for one in finding.files(record, out)
    }


def years(found: dict[str, bytes]) -> list[str]:
    listed: list[str] = json.loads(found["api/find.json"])["years"]
    return listed


# ---- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("退款12天", "退 款 12 天"),
        ("未到账，App闪退", "未 到 账 app 闪 退"),
        ("優惠券", "优 惠 券"),
        ("ＡＰＰ １２", "app 12"),
        ("Q261119-0AAJN0D", "q 261119 0 aajn 0 d"),
        ("don’t café naïve", "don t cafe naive"),
        ("支\u200b付", "支 付"),
        ("カード 안녕 привет", "カ ー ト 안녕 привет"),
        ("…！？ ", ""),
    ],
)
def test_a_han_character_is_a_word_and_a_latin_word_or_number_is_one(text: str, words: str) -> None:
    assert " ".join(finding.cut(fold(text))) == words


def test_what_is_written_on_the_page_of_an_item_is_indexed_and_contact_data_is_not() -> None:
    one = next(one for one in sample().standings if one.item.id == "Q261119-0AAJN0D")
    said = "\n".join(finding.said(one, sample().now))
    for piece in (
        "付款到最后一步",
        "扣款已核实，请不要重复付款",
        "网关 08:12 起重试又超限",
        "iOS 18",
        "付款页截屏.png",
    ):
        assert piece in said
    assert "rule pay-zh" not in said, "what a rule gave as its reason would be found for every payment"
    for one in sample().standings:
        submitter = one.item.submitter
        said = "\n".join(finding.said(one, sample().now))
        assert not (submitter and submitter.hint and submitter.hint in said)
        assert "AGE ENCRYPTED" not in said


def test_an_event_that_has_not_happened_yet_is_not_indexed() -> None:
    one = next(one for one in sample().standings if one.item.id == "Q261119-0AAJN0D")
    early = one.item.received
    assert "扣款已核实" not in "\n".join(finding.said(one, early))


def test_strange_text_stays_text_in_what_pagefind_reads() -> None:
    made = finding.document(["Q261119-0AAJN0D"], ['"><script>alert(1)</script> & ¶', "第二段\n第二行"]).decode()
    assert "<script" not in made
    assert "&quot;&gt;&lt;script&gt;" in made
    assert made.endswith('¶第二段 第二行"></i></body></html>\n')


# ---- for whom, and how ----------------------------------------------------------------------------------------------


def test_the_public_gets_no_index(tmp_path: Path) -> None:
    assert list(finding.files(replace(sample(), audience=PUBLIC), tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_without_an_index_the_site_says_so_and_nothing_is_made(tmp_path: Path) -> None:
    assert contents(some(TRADITIONAL, way="none"), tmp_path) == {"api/find.json": b'{"years":[],"made":[]}'}
    assert list(tmp_path.iterdir()) == []


def test_a_desk_without_items_has_no_shard(tmp_path: Path) -> None:
    assert years(contents(some(way="auto"), tmp_path)) == []


def test_where_pagefind_is_not_installed_auto_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)
    assert years(contents(some(TRADITIONAL, way="auto"), tmp_path)) == []


def test_where_pagefind_is_asked_for_and_not_installed_the_build_stops_before_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)
    with pytest.raises(BuildFailed) as failed:
        finding.files(some(TRADITIONAL), tmp_path)
    assert failed.value.code == "search-no-pagefind"
    assert list(tmp_path.iterdir()) == []


# ---- shards ---------------------------------------------------------------------------------------------------------


@needs_pagefind
def test_each_year_has_its_shard_and_nothing_that_no_page_needs(tmp_path: Path) -> None:
    found = contents(some(TRADITIONAL, LAST_YEAR), tmp_path)
    assert years(found) == ["2026", "2025"]
    for year in ("2025", "2026"):
        kinds = {Path(path).suffix for path in found if path.startswith(f"find/{year}/")}
        assert kinds == {".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"}
        named: dict[str, Any] = json.loads(found[f"find/{year}/finding.json"])
        assert [day[:3] for day in named["items"]] == [f"Q{year[2:]}"]
    assert not [path for path in found if "-ui." in path or path.endswith("highlight.js")]
    assert "cafe" in json.loads(found["find/2025/finding.json"])["words"].split()


@needs_pagefind
def test_a_shard_whose_items_did_not_change_is_left_alone(tmp_path: Path) -> None:
    contents(some(TRADITIONAL, LAST_YEAR), tmp_path)
    (tmp_path / "index/2025/bundle/pagefind-entry.json").write_bytes(b"{}")
    (tmp_path / "index/2026/bundle/pagefind-entry.json").write_bytes(b"{}")
    found = contents(some(TRADITIONAL.replace("昨天", "前天"), LAST_YEAR), tmp_path)
    assert found["find/2025/pagefind-entry.json"] == b"{}"
    assert found["find/2026/pagefind-entry.json"] != b"{}"


@needs_pagefind
def test_what_changes_with_time_leaves_the_shard_alone(tmp_path: Path) -> None:
    plain = some(LAST_YEAR)
    taken = LAST_YEAR + (
        "history:\n  - classify: {at: 2025-11-03T10:00:00+08:00, by: rules, category: product/bug, urgency: 5, impact: 5}\n"
        "  - assign: {at: 2025-11-03T10:01:00+08:00, by: he.miao, department: payments, owner: lin.wan}\n"
    )
    first = contents(plain, tmp_path / "a")
    assert contents(some(taken), tmp_path / "b") == first


@needs_pagefind
def test_a_year_without_items_goes(tmp_path: Path) -> None:
    contents(some(TRADITIONAL, LAST_YEAR), tmp_path)
    assert years(contents(some(TRADITIONAL), tmp_path)) == ["2026"]
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["2026"]


@needs_pagefind
def test_a_build_that_was_torn_is_made_again(tmp_path: Path) -> None:
    whole = contents(some(TRADITIONAL), tmp_path)
    (tmp_path / "index/2026/documents.sha256").unlink()
    (tmp_path / "index/2026/fresh").mkdir()
    (tmp_path / "index/2026/bundle/finding.json").unlink()
    assert contents(some(TRADITIONAL), tmp_path) == whole


@needs_pagefind
def test_a_file_named_by_its_content_has_another_name_when_it_says_something_else(tmp_path: Path) -> None:
    """Along files are not compared: neither a capital nor a comma, which no word shows, may keep an old fragment."""
    first = contents(some(LAST_YEAR), tmp_path / "a")
    second = contents(some(LAST_YEAR.replace("billing", "Billing").replace("三个月，", "三个月；")), tmp_path / "b")
    hashed = {path for path in first if path.endswith((".pf_fragment", ".pf_index", ".pf_meta"))}
    assert {path for path in hashed & second.keys() if first[path] != second[path]} == set()
    fragment = {path for path in first if path.endswith(".pf_fragment")}
    assert fragment.isdisjoint(second)


@needs_pagefind
def test_pagefind_that_gives_up_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "index/2026").mkdir(parents=True)
    (tmp_path / "index/2026/fresh").write_bytes(b"a file where the folder shall be")
    with pytest.raises(BuildFailed) as failed:
        list(finding.files(some(TRADITIONAL), tmp_path))
    assert failed.value.code == "search-failed"


BUILD = """
import sys
from pathlib import Path
from git_feedback.pages.shards import Shard, published
documents = {f"Q261120-{n:06}X.html": Path(name).read_bytes() for n, name in enumerate(sys.argv[2:])}
list(published([Shard("2026", documents)], Path(sys.argv[1])))
"""


@needs_pagefind
def test_the_same_items_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    names = []
    for number, one in enumerate(sample().standings[:40]):
        names.append(tmp_path / f"{number}.html")
        names[-1].write_bytes(finding.document([one.item.id, one.item.title], finding.said(one, sample().now)))
    made = []
    for place, zone, seed, listed in (("a", "Asia/Tokyo", "1", names), ("b", "America/New_York", "7", names)):
        command = [sys.executable, "-c", BUILD, str(tmp_path / place), *map(str, listed)]
        changed = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        subprocess.run(command, env={**os.environ, **changed}, check=True)
        bundle = tmp_path / place / "2026/bundle"
        made.append({path.name: path.read_bytes() for path in bundle.rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert len(made[0]) > 40


@needs_pagefind
def test_settings_of_pagefind_lying_about_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pagefind.yml").write_text("root_selector: nav\n", encoding="ascii")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_ROOT_SELECTOR", "nav")
    plain = contents(some(TRADITIONAL), tmp_path / "a")
    monkeypatch.delenv("PAGEFIND_ROOT_SELECTOR")
    (tmp_path / "pagefind.yml").unlink()
    assert contents(some(TRADITIONAL), tmp_path / "b") == plain


def test_the_words_of_a_shard_are_latin_words_and_numbers_once_each() -> None:
    documents = {"a.html": finding.document(["Q1"], ["退款 refund Refund 12"]), "b.html": finding.document([], ["x"])}
    assert shards.words(shards.Shard("2026", documents)) == ["1", "12", "q", "refund", "x"]


def test_nothing_but_shards_lies_in_the_folder_of_the_work(tmp_path: Path) -> None:
    if not finding.is_installed():
        pytest.skip("no Pagefind")
    made = list(finding.files(some(TRADITIONAL), tmp_path))
    assert {type(one) for one in made} == {File, Along}
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
    shutil.rmtree(tmp_path / "index")


def test_an_index_that_may_stay_as_it_was_left_is_not_made_again(tmp_path: Path) -> None:
    first = contents(sample(), tmp_path)
    fewer = replace(sample(), standings=sample().standings[:1])
    left = {one.path for one in finding.files(fewer, tmp_path, as_left=True)}
    assert left == first.keys()
    assert contents(fewer, tmp_path).keys() != first.keys()


def test_where_no_index_was_left_it_is_made(tmp_path: Path) -> None:
    made = {one.path for one in finding.files(sample(), tmp_path, as_left=True)}
    assert made == contents(sample(), tmp_path).keys()
    assert made
