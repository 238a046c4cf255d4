"""Stamped pages: what each of them shows, in both languages, and what no stranger can put into them."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.pages.issued_reports import issued
from tests.pages.views_desk import ALL, CLOSED, LATE, NEW, NOW, PRAISE, record, stamped
from tests.sample_desk import ROOT

from git_feedback.desk import STATES, STEPS, is_answerable, legal
from git_feedback.i18n import LANGUAGES, codes, text
from git_feedback.model import VERBS, Problem
from git_feedback.pages import docs
from git_feedback.pages.audience import TEAM
from git_feedback.pages.page import File, Issued, Page
from git_feedback.pages.views import files
from git_feedback.pages.views.steps import LIKELY, command, likely
from git_feedback.pages.views.words import Words

GOLDEN = ROOT / "tests" / "golden" / "pages"
PAYLOADS = [
    json.loads(row)
    for row in (ROOT / "tests/cases/escaping/payloads.txt").read_text(encoding="utf-8").splitlines()
    if row.startswith('"')
]
TOP = (
    "you-said-we-did.html",
    "index.html",
    "queue.html",
    "sla.html",
    "needs-human.html",
    "needs-repair.html",
    "record-kept.html",
    "track.html",
    "submit-file.html",
    "coordination.html",
    "duplicates.html",
    "recurring.html",
    "rising.html",
    "problems.html",
    "measures.html",
    "find.html",
    "submit.html",
    "reports/index.html",
    "training/index.html",
    "training/drill.html",
    "training/records.html",
    "knowledge/editions.html",
)
FORMS = ("submit.html", "find.html")
"""Pages that have a form; no item is on them."""
LATE_PAGE = "items/2026/Q261119-0AAJN0D.html"


def plain(page: Page) -> str:
    """The words of a page as a reader sees them, blanks joined."""
    found = re.sub(r"<[^>]+>", "\n", page.article)
    return re.sub(r"\s*\n\s*", "\n", found)


class Tags(HTMLParser):
    """Every start tag of an article with its attributes, and whether all tags are closed in order."""

    VOID = frozenset({"br", "hr", "img", "input", "use", "path", "rect"})

    def __init__(self, article: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(article)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def desk() -> dict[tuple[str, str], Page]:
    return stamped(*ALL)


def each(pages: dict[tuple[str, str], Page]) -> Iterator[Page]:
    return iter(pages.values())


# ---- all pages ------------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_pages(desk: dict[tuple[str, str], Page]) -> None:
    paths = {language: {path for spoken, path in desk if spoken == language} for language in LANGUAGES}
    assert paths["en"] == paths["zh"]
    assert paths["en"] >= {*TOP, LATE_PAGE}


def test_every_tag_is_closed_and_ids_are_named_once(desk: dict[tuple[str, str], Page]) -> None:
    for page in each(desk):
        tags = Tags(page.article)
        assert tags.open == [], page.path
        ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
        assert len(ids) == len(set(ids)), page.path
        assert not [
            name for _, attributes in tags.found for name in attributes if name == "style" or name.startswith("on")
        ]


def test_every_link_within_the_site_leads_to_a_page(desk: dict[tuple[str, str], Page]) -> None:
    made = {
        "handbook/levels.html",
        "handbook/index.html",
        "knowledge/index.html",
        *(f"../{file.path}" for file in files(record(*ALL))),
    }
    shells = made | set(docs.shells(TEAM))
    for page in each(desk):
        for _, attributes in Tags(page.article).found:
            address = (attributes.get("href") or "").partition("?")[0]
            if address and not address.startswith(("#", "mailto:")):
                assert address.startswith(page.root), (page.path, address)
                target = address.removeprefix(page.root)
                told = f"../{page.language}/{target}"
                assert (page.language, target) in desk or {target, told} & shells, (page.path, address)


def test_a_chinese_page_holds_no_english_word_of_ours_and_no_code(desk: dict[tuple[str, str], Page]) -> None:
    for page in each(desk):
        assert not re.search(r"\b(page|handbook|site)-[a-z]", plain(page)), page.path
    for path in ("index.html", "queue.html", "sla.html"):
        words = plain(desk["zh", path]).replace("Is it only me?", "").replace("Thank you for finding my passport", "")
        assert not re.search(r"\b(left|late|Open|today|Queue|Due)\b", words), path


def test_both_languages_have_every_word_of_the_pages() -> None:
    ours = [{code for code in codes(language) if code.startswith(("page-", "handbook-"))} for language in LANGUAGES]
    assert ours[0] == ours[1]
    assert len(ours[0]) > 300


def test_an_empty_desk_has_every_page_and_says_what_is_so_and_where_to_go() -> None:
    empty = stamped()
    assert {path for _, path in empty} == set(TOP)
    for page in each(empty):
        assert Tags(page.article).open == []
        assert "fb-empty" in page.article or page.path in FORMS, page.path
        assert 'data-clock="breached"' not in page.article.replace("?clock=breached", "")


def test_the_same_record_gives_the_same_pages_in_any_order_of_items() -> None:
    assert {key: page.article for key, page in stamped(*ALL).items()} == {
        key: page.article for key, page in stamped(*reversed(ALL)).items()
    }


def test_a_page_of_a_fixed_moment_says_so_and_one_of_the_day_does_not() -> None:
    fixed, live = stamped(*ALL), stamped(*ALL, fixed=False)
    for path in ("index.html", "queue.html", "sla.html", LATE_PAGE):
        assert 'data-fixed="1"' in fixed["zh", path].article
        assert "data-fixed" not in live["zh", path].article
    assert "本页显示 11 月 20 日 11:05 时的情况" in fixed["zh", "index.html"].article
    assert "fb-note" not in live["zh", "index.html"].article
    assert 'data-fb-age datetime="2026-11-20T03:05:00Z"' in live["zh", "index.html"].article


# ---- strangers ------------------------------------------------------------------------------------------------------


def made(*texts: str) -> list[File]:
    return [file for file in files(record(*texts)) if isinstance(file, File)]


def hostile(payload: str) -> str:
    """An item whose every free text is a stranger's payload; line breaks and hidden characters as the store keeps them."""
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", " ", payload)
    line = json.dumps(" ".join(kept.split())[:200] or "x", ensure_ascii=False)
    return f"""\
id: Q261120-QYA161T
received: 2026-11-20T10:12:00+08:00
channel: web-form
source: {line}
language: en
title: {line}
text: {line}
submitter:
  hint: {line}
product: {line}
area: {line}
device: {line}
tags: [{line}]
attachments:
  - file: {{path: attachments/3f/3f9a3f9a.png, bytes: 1234}}
    name: {line}
history:
  - classify: {{at: 2026-11-20T10:13:00+08:00, by: rules, category: other/unclear, urgency: 3, impact: 3}}
    because: {line}
  - note: {{at: 2026-11-20T10:14:00+08:00, by: lin.wan}}
    text: {line}
"""


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_words_of_a_stranger_become_markup_that_acts(payload: str) -> None:
    allowed = {"href", "class", "rel", "title", "lang"}
    for page in stamped(hostile(payload)).values():
        tags = Tags(page.article)
        assert tags.open == [], page.path
        for tag, attributes in tags.found:
            assert tag not in {
                "script",
                "img",
                "iframe",
                "style",
                "base",
                "object",
                "embed",
                "meta",
                "template",
            }
            assert tag != "form" or page.path in FORMS, page.path
            assert not [
                name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")
            ]
            if tag == "a":
                own = {"data-fb-mine-all", "data-fb-back", "aria-current", "aria-label"}
                assert set(attributes) <= allowed | own or page.path in FORMS, page.path
                assert re.match(
                    r"(\.\./)*[a-z][a-z0-9/-]*[\w./-]*|https?:|mailto:|tel:|#", attributes.get("href") or "#"
                )
                assert (
                    not (attributes.get("href") or "")
                    .lower()
                    .lstrip()
                    .startswith(("javascript:", "data:", "vbscript:"))
                )


def test_a_title_that_turns_the_direction_of_reading_shows_so() -> None:
    source = NEW.replace("Is it only me?", '"退款\\u202Egnp.exe"')
    for path in ("items/2026/Q261120-QYA161T.html", "queue.html", "needs-human.html"):
        assert "<bdi>退款[U+202E]gnp.exe</bdi>" in stamped(source)["zh", path].article


def test_json_files_close_no_script_and_keep_the_text() -> None:
    found = {
        file.path: file.content.decode()
        for file in files(record(hostile("</script><script>alert(1)</script>")))
        if isinstance(file, File)
    }
    assert "<" not in found["api/queue.json"]
    assert json.loads(found["api/queue.json"])["rows"]["title"] == ["</script><script>alert(1)</script>"]


# ---- one item -------------------------------------------------------------------------------------------------------


def test_an_item_page_shows_what_was_said_in_its_own_language_with_the_worst_clock_on_top(
    desk: dict[tuple[str, str], Page],
) -> None:
    page = desk["en", LATE_PAGE]
    assert '<blockquote lang="zh-CN">' in page.article
    assert "1 h 50 m late" in plain(page)
    assert "Owner Lin Wan, Payments" in plain(page)
    assert "138****5678" in plain(page)


def test_history_is_newest_first_and_tells_when_a_clock_ran_out(desk: dict[tuple[str, str], Page]) -> None:
    article = desk["zh", LATE_PAGE].article
    order = [
        "解决时限已过",
        "内部备注",
        "答复客户（App 内反馈）",
        "受理</strong>",
        "指派给 支付产品 · 林晚",
        "分类：支付与账单",
        "收到（App",
    ]
    places = [article.index(f"<strong>{heading}") for heading in order]
    assert places == sorted(places)
    assert article.count('class="is-late"') == 1
    assert article.count('class="is-out"') == 1


def test_the_way_shows_done_current_and_coming_steps(desk: dict[tuple[str, str], Page]) -> None:
    steps = re.findall(r'<li( class="is-done")?( aria-current="step")?>([^<]+)', desk["zh", LATE_PAGE].article)
    way = [(name.strip(), bool(done), bool(current)) for done, current, name in steps if name.strip()][:8]
    assert [name for name, _, _ in way] == ["收到", "分类", "指派", "受理", "解决", "复核", "回复", "结案"]
    assert [done for _, done, _ in way] == [True, True, True, False, False, False, False, False]
    assert [current for _, _, current in way] == [False, False, False, True, False, False, False, False]


def test_a_waiting_item_says_for_what_and_its_clock_stands_still(desk: dict[tuple[str, str], Page]) -> None:
    page = desk["zh", "items/2026/Q261119-BYJ524T.html"]
    assert "等客户补充：来源编号、正文" in plain(page)
    assert 'data-clock="paused"' in page.article
    assert 'aria-current="step">待补充' in page.article


def test_reasons_name_urgency_impact_matrix_and_how_the_deadline_came_about(desk: dict[tuple[str, str], Page]) -> None:
    words = plain(desk["zh", LATE_PAGE])
    assert "为什么是 P0？" in words
    assert "矩阵 5 × 5 = P0" in words
    assert "规则：keyword 扣款, 未出单; rule pay-zh" in words
    clock = record(LATE).standings[0].clock("resolve")
    assert clock is not None
    assert clock.rule is not None
    assert (
        "自 11 月 19 日 周四 09:15 起，目标 24 小时（全天候），日历 24x7\n"
        f"2024 年 1 月 1 日版第 {clock.rule + 1} 条规则\n"
        "11 月 19 日 周四 09:15 – 11 月 20 日 周五 09:15 24 小时 → 09:15 到期\n"
        "已超时，自 11 月 20 日 周五 09:15 起"
    ) in words


def test_duplicates_are_linked_both_ways(desk: dict[tuple[str, str], Page]) -> None:
    assert 'href="../../items/2026/Q261119-0AAJN0D.html"' in desk["en", "items/2026/Q261119-XTQ4TQW.html"].article
    assert 'href="../../items/2026/Q261119-XTQ4TQW.html"' in desk["en", LATE_PAGE].article


def test_a_finished_item_has_the_same_page_on_the_next_day() -> None:
    path = "items/2026/Q260803-R4C4Y79.html"
    tomorrow = NOW.replace(day=21)
    for language in LANGUAGES:
        assert stamped(CLOSED)[language, path].article == stamped(CLOSED, now=tomorrow)[language, path].article


# ---- next steps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ALL, ids=["late", "waiting", "new", "closed", "duplicate", "praise"])
def test_an_item_page_shows_at_most_three_next_steps_all_of_them_legal_now(source: str) -> None:
    found = record(source)
    one = found.standings[0]
    allowed = legal(one.state.life, short=one.state.short, answerable=is_answerable(one.item, found.policy))
    article = next(page.article for (_, path), page in stamped(source).items() if one.item.id in path)
    shown = re.findall(r"<code[^>]*>git feedback ([a-z-]+) ", article)
    likely_ones, _, others = article.partition("fb-more-steps")
    first = re.findall(r"<code[^>]*>git feedback ([a-z-]+) ", likely_ones)
    assert 1 <= len(first) <= 3
    assert first == shown[: len(first)]
    assert sorted(shown) == sorted(set(allowed) - {"alarm"}), "the others follow, each once"
    assert "<details" in likely_ones.rpartition('"h-next"')[2], "out of the way"
    assert others


def test_every_state_has_likely_steps_and_names_only_verbs_there_are() -> None:
    assert set(LIKELY) == set(STATES)
    assert {verb for verbs in LIKELY.values() for verb in verbs} <= set(STEPS)
    assert all(set(verbs) & set(legal(life, answerable=False)) for life, verbs in LIKELY.items())


@pytest.mark.parametrize("verb", sorted(verb for verb in STEPS if STEPS[verb].roles != ("machine",)))
def test_a_command_gives_only_options_that_its_verb_has(verb: str) -> None:
    said = command(verb, record(LATE).standings[0]).split()
    assert said[:4] == ["git", "feedback", verb, "Q261119-0AAJN0D"]
    options = {word.removeprefix("--").replace("-", "_") for word in said if word.startswith("--")}
    assert options <= set(VERBS[verb].model_fields)
    required = {
        name
        for name, field in VERBS[verb].model_fields.items()
        if field.is_required() and name not in VERBS[verb].PROSE
    }
    assert required - {"at", "by"} <= options


def test_who_has_not_answered_yet_is_told_to_answer_first() -> None:
    found = record(
        LATE.replace(
            "respond: {at: 2026-11-19T09:46:40+08:00, by: lin.wan, channel: app, progress: true}",
            "note: {at: 2026-11-19T09:46:40+08:00, by: lin.wan}",
        )
    )
    one = found.standings[0]
    assert one.worst is not None
    assert likely(one, Words(found, "zh"))[0].verb == (
        "respond" if one.worst.name in ("respond", "reply") else "resolve"
    )


def test_praise_is_replied_to_without_a_review() -> None:
    found = record(PRAISE)
    assert likely(found.standings[0], Words(found, "en"))[0].verb == "reply"


# ---- lists ----------------------------------------------------------------------------------------------------------


def test_the_queue_lists_what_is_unfinished_first_due_first(desk: dict[tuple[str, str], Page]) -> None:
    ids = re.findall(r'class="fb-id">(Q[^<]+)', desk["zh", "queue.html"].article)
    assert ids[0] == "Q261119-0AAJN0D"
    assert set(ids) == {"Q261119-0AAJN0D", "Q261119-BYJ524T", "Q261120-QYA161T", "Q261110-EB6ATX1"}
    assert "4 件待办" in plain(desk["zh", "queue.html"])


def test_the_queue_stamps_fifty_rows_and_says_how_many_there_are() -> None:
    many = [NEW] * 60
    page = stamped_queue(many)
    assert page.article.count('<tr role="row" data-id=') == 50
    assert "1–50 of 60" in plain(page)


def stamped_queue(sources: list[str]) -> Page:
    from git_feedback.pages.views import queue
    from git_feedback.pages.views.rendering import both

    found = record(*sources)
    return next(page for page in queue.pages(found, both(found)) if page.language == "en")


def test_the_home_page_shows_the_worst_first_and_everybodys_items_marked_with_their_owner(
    desk: dict[tuple[str, str], Page],
) -> None:
    page = desk["zh", "index.html"]
    assert "1 件已超时，0 件即将到期" in plain(page)
    owners = re.findall(r'<li data-owner="([^"]+)"( hidden)?>', page.article)
    assert owners == [("ines.brandt", ""), ("lin.wan", " hidden"), ("lin.wan", " hidden")]
    assert page.article.index('value="ines.brandt"') < page.article.index('value="gu.heng"'), "who has something first"
    assert len(re.findall(r'class="fb-days" viewBox="0 0 360 24"', page.article)) == len(record().policy.departments)


def test_the_days_of_a_department_show_the_breach_on_its_day_and_closed_days(desk: dict[tuple[str, str], Page]) -> None:
    article = desk["en", "index.html"].article
    row = article[article.index("department=payments") : article.index("department=app")]
    kinds = re.findall(r'<rect class="(\w)" x="(\d+)"', row)[:90]
    assert kinds[-1] == ("b", "356"), "the solution of the urgent item ran out today"
    assert [kind for kind, _ in kinds[-8:]] == ["k", "o", "o", "k", "k", "k", "k", "b"], "from Friday to Friday"
    assert len(kinds) == 90


def test_the_figures_of_the_month_come_from_the_issued_report_and_missing_ones_are_said_to_be_missing() -> None:
    october = issued("2026-10", received=1284, on_time_share=0.914)
    page = stamped(*ALL, issued=(october,))["zh", "index.html"]
    assert "1,284" in plain(page)
    assert "91.4" in plain(page)
    assert plain(page).count(text("report-no-figure", "zh")) == 3


def test_an_unreadable_figures_file_leaves_the_home_page_standing() -> None:
    page = stamped(*ALL, issued=(Issued("2026-10", {"figures.json": b"{"}),))["zh", "index.html"]
    assert "还没有签发过月报" in plain(page)


def test_the_board_sorts_items_by_the_time_that_is_left(desk: dict[tuple[str, str], Page]) -> None:
    article = desk["en", "sla.html"].article
    names = ("late", "within", "today", "later", "paused")
    columns = dict(zip(names, article.split("<section ")[1:6], strict=True))
    assert "Q261119-0AAJN0D" in columns["late"]
    assert "Q261119-BYJ524T" in columns["today"], "the details it waits for are due"
    assert "Q261120-QYA161T" in columns["later"]
    assert "no target" in plain(desk["en", "sla.html"])


def test_what_no_rule_decides_waits_for_a_human_with_the_command_that_empties_the_page(
    desk: dict[tuple[str, str], Page],
) -> None:
    article = desk["zh", "needs-human.html"].article
    assert "git feedback classify Q261120-QYA161T --category CATEGORY --urgency N --impact N" in article
    assert "规则里没有它的字词" in article
    undecided = article.partition('aria-labelledby="h-undecided"')[2].partition("</section>")[0]
    assert "Q261119-0AAJN0D" not in undecided
    assert "Q261119-0AAJN0D" in article.partition('aria-labelledby="h-majors"')[2].partition("</section>")[0]


def test_files_that_need_repair_are_named_with_place_fact_and_way_out_in_the_pages_language() -> None:
    problem = Problem("feedback/2026/11/<b>.yml", 3, 10, "missing-field", {"field": "title"})
    pages = stamped(problems=(problem,))
    assert "feedback/2026/11/&lt;b&gt;.yml" in pages["zh", "needs-repair.html"].article
    assert "3:10" in plain(pages["zh", "needs-repair.html"])
    for language in LANGUAGES:
        assert problem.way_out(language) in plain(pages[language, "needs-repair.html"])


# ---- files for scripts ----------------------------------------------------------------------------------------------


def test_the_queue_file_counts_its_items_and_names_what_they_belong_to_in_both_languages() -> None:
    found = json.loads(next(file.content for file in made(*ALL) if file.path == "api/queue.json"))
    assert found["count"] == len(ALL)
    assert len(found["rows"]["title"]) == len(ALL)
    assert {"id": "lin.wan", "en": "Lin Wan", "zh": "林晚"} in found["words"]["owner"]


def test_the_calendars_file_holds_two_weeks_of_opening_hours() -> None:
    found = json.loads(next(file.content for file in made() if file.path == "api/calendars.json"))
    assert found["calendars"]["24x7"] is None
    office = found["calendars"]["office"]
    assert office[0] == [int(NOW.timestamp()), int(NOW.replace(hour=12, minute=0).timestamp())]
    assert found["day_s"] == {"24x7": 86400, "office": 28800, "plain": found["day_s"]["plain"]}
    assert all(opening < closing for opening, closing in office)


# ---- golden files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "language"), [(LATE_PAGE, "zh"), ("queue.html", "en"), ("index.html", "zh"), ("sla.html", "zh")]
)
def test_a_page_is_the_one_that_was_looked_at(
    path: str, language: str, desk: dict[tuple[str, str], Page], request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"{Path(path).stem}.{language}.html"
    article = desk[language, path].article + "\n"
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(article, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == article, "look at the page, then pytest --update-golden"
