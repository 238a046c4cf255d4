"""For whom a site is built: what each audience finds there, and above all what it does not."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.accessibility import violations
from tests.pages.canaries import Canaries, canaries, heard
from tests.pages.site_sample import served
from tests.sample_desk import NOW, ROOT, Sample, sample

from git_feedback.desk import Standing
from git_feedback.jobs import audiences, building
from git_feedback.jobs.audiences import BY_ITEM, SHARED, narrowed
from git_feedback.jobs.reading import whole
from git_feedback.model import events as ev
from git_feedback.pages import docs, views
from git_feedback.pages.audience import PUBLIC, TEAM, Audience, audience_of
from git_feedback.pages.knowledge import OPEN, for_everybody, without_team
from git_feedback.pages.page import Record
from git_feedback.pages.views import FILES, KINDS, READERS, track
from git_feedback.pages.views.rendering import both

PAYMENTS = Audience("department", "payments")
MOMENT = datetime.fromisoformat(NOW)


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    """A desk of canaries with three sites: the public's, a department's, the team's."""
    found = canaries(tmp_path_factory.mktemp("canaries"))
    for readers in ("public", "department:payments", "team"):
        ran = found.desk.run("build", "--audience", readers)
        assert ran.code <= 1, ran  # some items need repair, and say so
    return found


@pytest.fixture(scope="module")
def public(birds: Canaries) -> Path:
    """The public's site of the canaries."""
    return birds.desk.root / "build/public/site"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """This repository's own sample desk with its public site."""
    desk = sample(tmp_path_factory.mktemp("ours"))
    for folder in ("feedback", "site"):
        shutil.copytree(ROOT / folder, desk.root / folder, dirs_exist_ok=True)
    for file in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / file, desk.root / file)
    desk.commit()
    ran = desk.run("build", "--strict", "--audience", "public")
    assert ran.code == 0, ran
    return desk


# ---- the public's site ------------------------------------------------------------------------------------------------


def test_no_word_of_a_submitter_of_the_staff_or_of_the_team_reaches_the_public(birds: Canaries, public: Path) -> None:
    assert len(birds.all()) > 200
    assert heard(public, birds.all()) == {}


def test_the_ears_hear_the_same_words_in_the_site_of_the_team(birds: Canaries) -> None:
    there = heard(birds.desk.root / "build/site", birds.all())
    unheard = [one for one in birds.all() if one not in there]
    assert len(there) > 150, unheard


def record_of(desk: Sample, audience: Audience = TEAM) -> Record:
    """The record of a desk as an audience may see it."""
    return building.record(desk.root, whole(desk.root, MOMENT), MOMENT, fixed=True, commit="abc", audience=audience)


def shown(record: Record, kinds: Iterator[object], into: Path) -> Path:
    """Every page and file of kinds, written down."""
    into.mkdir()
    words = both(record)
    for number, kind in enumerate(kinds):
        made = getattr(kind, "pages", None)
        for page in made(record, words) if made and kind is not views.reports else ():
            (into / f"{number}-{page.language}-{page.path.replace('/', '-')}").write_text(
                page.title + page.article, "utf-8"
            )
        for file in kind.files(record) if hasattr(kind, "files") else ():
            content = getattr(file, "content", b"") or file.source.read_bytes()
            (into / f"{number}-{file.path.replace('/', '-')}").write_bytes(content)
    return into


def test_the_record_alone_keeps_everything_back_whatever_pages_are_made_of_it(birds: Canaries, tmp_path: Path) -> None:
    every = dict.fromkeys((*KINDS, *FILES))
    narrow = record_of(birds.desk, PUBLIC)
    seen = heard(shown(replace(narrow, audience=TEAM), iter(every), tmp_path / "narrow"), birds.all())
    assert {one for one in seen if one not in item_ids(birds)} == set()
    whole_of = heard(shown(record_of(birds.desk), iter(every), tmp_path / "whole"), birds.all())
    assert len(whole_of) > 150  # so much stands on these pages where nothing holds it back


def test_the_choice_of_pages_alone_keeps_everything_back_whatever_record_they_are_made_of(
    birds: Canaries, tmp_path: Path
) -> None:
    record = replace(record_of(birds.desk), audience=PUBLIC)
    assert heard(shown(record, (one for one in READERS if "public" in READERS[one]), tmp_path / "p"), birds.all()) == {}


def item_ids(birds: Canaries) -> set[str]:
    """The ids of items: what submitters look up is found by them, and no page of the public's shows one."""
    return {one for whose, mine in birds.by_whom.items() if whose.endswith(" ids") for one in mine}


def test_the_public_gets_the_answers_and_nothing_but_public_pages(public: Path) -> None:
    there = {path.relative_to(public).as_posix() for path in public.rglob("*.html")}
    names = {*docs.shells(PUBLIC), "knowledge/outside.html"}
    assert there == {"index.html", *(f"{language}/{name}" for language in ("en", "zh") for name in names)}
    article = (public / "zh/knowledge/outside.html").read_text("utf-8")
    assert "人人可读" in article and "等一等" in article and "收不到" in article
    assert 'href="../submit.html"' in article and ">去zh<" not in article and "去zh" in article


def test_the_public_gets_no_file_that_only_the_team_reads(public: Path) -> None:
    there = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    own = {
        path for path in there if "/assets/" not in path and "/search/" not in path and not path.startswith("track/")
    }
    told = {f"api/{name}.json" for name in ("answers", "calendars", "index", "said-did")}
    assert {path for path in own if not path.endswith(".html")} == {"robots.txt", *told}
    assert len([path for path in there if path.startswith("track/")]) == 256


def test_the_form_of_the_public_knows_the_boxes_whose_codes_lead_there(ours: Sample) -> None:
    page = (ours.root / "build/public/site/zh/submit.html").read_text(encoding="utf-8")
    assert "杭州 03 店二楼" in page and 'data-channel="paper-box"' in page


def test_the_search_of_the_public_knows_public_answers_only(public: Path) -> None:
    for language in ("en", "zh"):
        index = json.dumps(
            json.loads((public / language / "search/search_index.json").read_bytes()), ensure_ascii=False
        )
        assert "人人可读" in index and "queue.html" not in index and "handbook" not in index


def test_no_link_of_the_public_site_leads_nowhere(public: Path, ours: Sample) -> None:
    for site in (public, ours.root / "build/public/site"):
        assert list(dead_links(site)) == []


def test_a_department_s_site_has_no_dead_links_either(birds: Canaries) -> None:
    assert list(dead_links(birds.desk.root / "build/department-payments/site")) == []


def dead_links(site: Path) -> Iterator[tuple[str, str]]:
    """Every address within a site that nothing lies at, with the page that names it."""
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for page in sorted(path for path in there if path.endswith(".html")):
        for address in addresses((site / page).read_text("utf-8")):
            target = urlsplit(address)
            if target.scheme or target.netloc or not target.path:
                continue
            if normpath(join(dirname(page), unquote(target.path))) not in there:
                yield page, address


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def addresses(page: str) -> list[str]:
    """What a page links to and fetches."""
    watch = _Addresses()
    watch.feed(page)
    assert watch.found
    return watch.found


def test_the_language_switch_of_the_public_site_keeps_the_page(public: Path) -> None:
    for page in public.rglob("*/**/*.html"):
        switch = re.search(r'fb-switch[^>]*href="([^"]+)"', page.read_text("utf-8"))
        assert switch
        twin = (page.parent / switch[1]).resolve().relative_to(public).as_posix()
        assert twin.partition("/")[2] == page.relative_to(public).as_posix().partition("/")[2]
        assert (public / twin).is_file()


def test_the_language_switch_of_the_team_s_site_keeps_the_page_of_every_item_too(birds: Canaries) -> None:
    site = birds.desk.root / "build/site"
    pages = [path for path in site.rglob("*.html") if path.parent != site and path.stem != "inside"]
    assert len([path for path in pages if "items" in path.parts]) == 16
    for page in pages:
        switch = re.search(r'fb-switch[^>]*href="([^"]+)"', page.read_text("utf-8"))
        assert switch
        twin = (page.parent / switch[1]).resolve()
        assert twin.is_file()
        assert twin.relative_to(site).parts[1:] == page.relative_to(site).parts[1:]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_site_has_no_axe_violation_and_nothing_wider_than_a_phone(
    ours: Sample, chromium: Any, scheme: str
) -> None:
    site = ours.root / "build/public/site"
    names = ("index.html", "submit.html", "track.html", "knowledge/index.html", "you-said-we-did.html")
    article = "knowledge/payment-taken-no-order.html"
    context = chromium.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    with served(site) as address:
        for language, name in [("zh", name) for name in (*names, article)] + [("en", "index.html"), ("en", article)]:
            page = context.new_page()
            failed: list[str] = []
            page.on("response", lambda answer, failed=failed: answer.status >= 400 and failed.append(answer.url))
            page.goto(f"{address}/{language}/{name}")
            page.wait_for_load_state("networkidle")
            found = violations(page)
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
            assert failed == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.close()
    context.close()


# ---- this repository's own desk ---------------------------------------------------------------------------------------


def test_nothing_that_the_sample_desk_keeps_to_itself_reaches_its_public_site(ours: Sample) -> None:
    secrets = sorted(own_words(record_of(ours)))
    assert len(secrets) > 600
    assert heard(ours.root / "build/public/site", secrets) == {}


def own_words(record: Record) -> set[str]:
    """Names, ids and addresses of staff; ids and all words of items; words of the team about measures."""
    people = record.policy.people.values()
    found = {str(one) for who in people for one in (who.id, who.name.en, who.name.zh, who.email, who.login)}
    for one in record.standings:
        submitter = one.item.submitter
        found |= {one.item.id, one.item.title, one.item.text or "", one.item.source or "", *one.item.tags}
        found |= {along.file.path for along in one.item.attachments}
        found |= {submitter.ref or "", submitter.hint or "", submitter.sealed or ""} if submitter else set()
        found |= {getattr(event, name) or "" for event in one.item.history for name in type(event).PROSE}
    for measure in record.measures:
        found |= {measure.what, measure.why}
    return {one.strip() for one in found if len(one.strip()) > 1 and one != "None"}


# ---- a department's site ----------------------------------------------------------------------------------------------


def test_a_department_s_site_holds_its_items_and_no_word_of_another_department_s(birds: Canaries) -> None:
    site = birds.desk.root / "build/department-payments/site"
    assert heard(site, [*birds.by_whom["logistics"], *birds.by_whom["logistics ids"]]) == {}
    own = birds.by_whom["payments"]
    assert len(heard(site, own)) > 0.8 * len(own)


def test_a_department_s_site_says_for_whom_it_is_on_every_page(birds: Canaries) -> None:
    site = birds.desk.root / "build/department-payments/site"
    name = whole(birds.desk.root, MOMENT).policy.departments["payments"].name
    for language, said in (("en", name.en), ("zh", name.zh)):
        for page in (site / language).rglob("*.html"):
            assert f" · {said}</title>" in page.read_text("utf-8"), page


def test_a_site_is_never_built_over_that_of_another_audience(birds: Canaries) -> None:
    build = birds.desk.root / "build"
    assert (build / "site/zh/queue.html").is_file()
    assert not (build / "public/site/zh/queue.html").exists()
    assert {TEAM.folder, PUBLIC.folder, Audience("department", "a/b").folder} == {"", "public", "department-a-b"}


def test_an_item_concerns_whoever_has_it_had_it_was_told_or_helps(birds: Canaries) -> None:
    record = record_of(birds.desk)
    first = record.standings[0]

    def after(**event: object) -> Standing:
        made = ev.VERBS[str(event.pop("verb"))].model_validate({"at": MOMENT, "by": "he.miao", **event})
        return replace(first, item=first.item.model_copy(update={"history": (*first.item.history, made)}))

    assert audiences.concerned(first, record) == {"payments"}
    assert "stores" in audiences.concerned(after(verb="copy", to=("stores",)), record)
    assert "app" in audiences.concerned(after(verb="assign", department="app"), record)
    helped = after(verb="assign", department="payments", owner="lin.wan", helpers=("tang.li",))
    assert audiences.concerned(helped, record) == {"payments", "logistics"}


def test_a_department_by_its_former_id_is_the_same_department(birds: Canaries) -> None:
    record = record_of(birds.desk)
    payments = record.policy.departments["payments"].model_copy(update={"was": ("pay",)})
    renamed = replace(record.policy, departments={**record.policy.departments, "payments": payments})
    one = record.standings[0]
    moved = replace(one, state=one.state._replace(department="pay", owner=None))
    assert audiences.concerned(moved, replace(record, policy=renamed)) == {"payments"}


# ---- the tables -------------------------------------------------------------------------------------------------------


def test_every_kind_of_page_and_file_says_for_whom_it_is() -> None:
    assert {*KINDS, *FILES} - set(READERS) == set()


def test_a_kind_that_says_nothing_is_for_the_team_alone(birds: Canaries) -> None:
    record = record_of(birds.desk)
    assert views.is_for(re, record)
    assert not views.is_for(re, replace(record, audience=PUBLIC))
    assert not views.is_for(re, replace(record, audience=PAYMENTS))


def test_every_part_of_a_record_is_decided_on_for_a_department() -> None:
    narrowed_there = {"policy", "standings", "measures", "issued", "problems", "pairs", "recurring", "attachments"}
    narrowed_there |= {"passes"}
    never_there = {"problem_records"}
    assert {field.name for field in fields(Record)} == {*SHARED, *BY_ITEM, *narrowed_there, *never_there}


@pytest.mark.parametrize("audience", [TEAM, PUBLIC, PAYMENTS])
def test_narrowing_twice_is_narrowing_once(birds: Canaries, audience: Audience) -> None:
    once = record_of(birds.desk, audience)
    assert narrowed(once) == once


def test_a_submitter_looks_up_the_same_on_the_public_site_as_on_the_team_s(birds: Canaries) -> None:
    told = list(track.files(record_of(birds.desk, PUBLIC)))
    assert told == list(track.files(record_of(birds.desk)))
    assert any(len(file.content) > 10 for file in told)


def test_the_pages_that_articles_may_link_to_are_those_of_the_public_site() -> None:
    assert {page.removesuffix(".md") for page in OPEN} == {page.removesuffix(".html") for page in docs.shells(PUBLIC)}


@pytest.mark.parametrize("said", ["", "all", "department", "department:", "Team", "公众"])
def test_what_names_no_audience_is_none(said: str) -> None:
    assert audience_of(said) is None


def test_audiences_are_named_as_on_the_command_line() -> None:
    assert [audience_of(said) for said in ("team", "public", "department:payments")] == [TEAM, PUBLIC, PAYMENTS]


def test_an_unknown_department_is_named_with_the_known_ones(birds: Canaries) -> None:
    ran = birds.desk.run("build", "--audience", "department:moon")
    assert ran.code == 2
    assert "moon" in ran.err and "payments" in ran.err and "logistics" in ran.err


# ---- articles ---------------------------------------------------------------------------------------------------------


def test_a_part_for_the_team_ends_where_a_heading_of_its_rank_begins() -> None:
    body = "# 题\n\n开头\n\n## 内 {.team}\n\n秘\n\n### 更内\n\n密\n\n## 外 {#a .b}\n\n明\n"
    assert without_team(body) == "# 题\n\n开头\n\n## 外 {#a .b}\n\n明\n"


def test_a_line_of_code_is_no_heading() -> None:
    assert "# 注释 {.team}\nls" in without_team("# 题\n\n```sh\n# 注释 {.team}\nls\n```\n")


@pytest.mark.parametrize(
    "body",
    [
        "##内 {.team}\n\n秘\n",  # the builder takes that for a heading too
        "##\t内 {.team}\t\n\n秘\n",
        "内 {.team}\n==========\n\n秘\n",
        "- ## 内 {.team}\n\n    秘\n",
        "```日志``` 里有\n\n## 内 {.team}\n\n秘\n",
        "```sh\nls\n\n## 内 {.team}\n\n秘\n",
        "~~~\nls\n```\n~~~\n\n## 内 {.team}\n\n秘\n",
    ],
)
def test_however_a_heading_is_written_its_part_stays_inside(body: str) -> None:
    assert "秘" not in without_team(f"# 题\n\n{body}")
    assert without_team(f"# 题\n\n{body}\n# 外\n\n明\n").endswith("# 外\n\n明\n")


def test_an_article_is_inside_until_it_says_that_it_is_public() -> None:
    folder = "site/pages/zh/knowledge/"
    given = {
        f"{folder}a.md": b"# A\n",
        f"{folder}b.md": b"---\naudience: team\n---\n# B\n",
        f"{folder}c.md": b"---\naudience: Public\n---\n# C\n",
        f"{folder}d.md": b"---\naudience: public\n---\n# D\n\xff",
        f"{folder}e.md": "---\naudience: public\n---\n# E\n\n![图](e.png) ![图](f.png)\n".encode(),
        f"{folder}e.png": b"e",
        f"{folder}g.png": b"g",
        "mkdocs.yml": b"",
    }
    kept = for_everybody(given)
    assert {path for path in kept if path.startswith(folder)} == {
        f"{folder}e.md",
        f"{folder}e.png",
        f"{folder}index.md",
    }
    index = kept[f"{folder}index.md"].decode()
    assert "[E](e.md)" in index and "[A]" not in index
    assert "mkdocs.yml" in kept and for_everybody(kept) == kept


def test_a_symptom_that_is_word_for_word_what_somebody_wrote_stays_inside(birds: Canaries) -> None:
    path = "site/pages/zh/knowledge/a.md"
    article = "---\naudience: public\nsymptoms: [钱没了, 退款 12  天未到账]\n---\n# 退款\n".encode()
    one = record_of(birds.desk).standings[0].item.model_copy(update={"title": "退款 12 天未到账"})
    kept = audiences.readable({path: article}, PUBLIC, [one])[path].decode()
    assert "钱没了" in kept and "未到账" not in kept
    assert audiences.readable({path: article}, TEAM, [one])[path] == article
