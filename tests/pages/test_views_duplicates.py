"""Pages of pairs and of problems that come again: what they show, in both languages, and what no stranger puts there."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import ModuleType

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.intake.door import safe
from git_feedback.jobs import pairing
from git_feedback.model import ids
from git_feedback.pages.docs import SHELLS
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import duplicates, item, recurring
from git_feedback.pages.views.rendering import both
from git_feedback.store import read
from git_feedback.triage.pairing import Pair, Reason

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
GOLDEN = ROOT / "tests" / "golden" / "pages"
AGAIN = "短信一直没来，取件码收不到，包裹在小区 3 号柜，显示今晚就要收超时费了。"
LOCKER = "昨晚的包裹在小区 5 号柜，取件码短信一直没来，重发两次也收不到，今晚就要收超时费了。"
THIRD = "取件码短信一直没来，包裹在小区快递柜里放了一天，今晚会不会收超时费？"
INVOICE = "抬头开错了，页面上的“修改”按钮是灰的。公司月底要报销。"
PAYLOADS = [
    json.loads(row)
    for row in (ROOT / "tests/cases/escaping/payloads.txt").read_text(encoding="utf-8").splitlines()
    if row.startswith('"')
]


def made(number: int, title: str, text: str, hours: int, area: str = "华东/苏州", events: str = "") -> str:
    at = NOW - timedelta(hours=hours)
    name = ids.make("Q", at.date(), "web-form", f"条 {number}", lambda _: False)
    written = {"title": title, "text": text, "area": area}
    fields = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in written.items())
    return (
        f'id: {name}\nreceived: {at.isoformat()}\nchannel: web-form\nsource: "条 {number}"\nlanguage: zh\n'
        f"{fields}submitter:\n  kind: new\n  ref: {10_000_000 + number}\n{events}"
    )


ITEMS = (
    made(1, "收不到快递柜取件码", AGAIN, 50),
    made(2, "快递柜取件码的短信没有来", LOCKER, 40),
    made(3, "快递柜没发取件码", THIRD, 30, "华东/无锡"),
    made(4, "发票抬头无法修改", INVOICE, 20),
    made(5, "发票抬头无法修改", INVOICE, 10),
)
FIRST, SECOND, _, BILL, COPY = (re.match(r"id: (\S+)", text)[1] for text in ITEMS)  # type: ignore[index]


def record(*sources: str) -> Record:
    """The record of a desk, with its pairs and problems looked for as a build does."""
    items = [read(source.encode(), file="item.yml") for source in sources]
    found = standings(items, policy(), NOW)
    pairs, problems = pairing.pairs(found, policy(), NOW), pairing.problems(found, policy(), NOW)
    return Record(policy(), found, (), (), NOW, True, "abc1234", pairs=pairs, recurring=problems)


def page(kind: ModuleType, language: str, found: Record) -> Page:
    made_pages: Iterator[Page] = kind.pages(found, both(found))
    return next(one for one in made_pages if one.language == language)


def plain(article: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


@pytest.fixture(scope="module")
def desk() -> Record:
    return record(*ITEMS)


# ---- pairs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [
    ("zh", ("疑似重复", "4 对", "内容相同", "相似度 100 %", "后来的 · 今天 01:05", "先来的 · 昨天 15:05", "相隔 1 天",
            "是同一件事：由先来的继续处理", "反过来：由后来的继续处理", "不是同一件事：不再提示", "都提到")),
    ("en", ("Duplicates", "4 pairs", "Same text", "100 % alike", "Came later · today 01:05", "they came 1 day apart",
            "One matter: the earlier item carries on", "The other way round", "Two matters: do not propose this pair again")),
])  # fmt: skip
def test_each_pair_stands_side_by_side_with_reason_and_ways_to_decide(
    language: str, words: tuple[str, ...], desk: Record
) -> None:
    said = plain(page(duplicates, language, desk).article)
    for one in words:
        assert one in said, one


def test_the_copy_comes_first_and_every_way_has_its_command(desk: Record) -> None:
    article = page(duplicates, "zh", desk).article
    first = article.partition('aria-labelledby="p-2')[0]
    commands = re.findall(r'<code tabindex="0">([^<]+)</code>', first)
    assert commands == [
        f"git feedback duplicate {COPY} --of {BILL}",
        f"git feedback duplicate {BILL} --of {COPY}",
        f"git feedback unlink {COPY} --kind duplicate --to {BILL} --because &#34;不是同一件事&#34;",
    ]
    assert f'href="items/2026/{BILL}.html"' in first


def test_words_of_both_are_marked_where_they_stand(desk: Record) -> None:
    marks = re.findall(r"<mark>([^<]+)</mark>", page(duplicates, "en", desk).article)
    assert {"发票抬头", "收不到"} & set(marks)
    assert marks, "nothing is marked"


def test_where_the_original_is_over_there_is_no_other_way_round() -> None:
    over = "history:\n  - reject: {at: 2026-11-19T10:00:00+08:00, by: he.miao, kind: withdrawn}\n"
    found = record(ITEMS[3], ITEMS[4])
    swappable = page(duplicates, "zh", found).article
    one_way = Record(**{**vars(found), "pairs": [Pair(COPY, BILL, 1.0, (), (Reason("alike-same-text"),), True, False)]})
    assert "反过来" in swappable
    assert "反过来" not in page(duplicates, "zh", one_way).article
    assert record(made(4, "发票抬头无法修改", INVOICE, 48, events=over), ITEMS[4]).pairs == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_desk_without_pairs_says_what_is_left_out(language: str) -> None:
    article = page(duplicates, language, record(ITEMS[0])).article
    assert 'class="fb-card fb-empty"' in article
    assert "<mark>" not in article


def test_more_pairs_than_fit_are_counted(desk: Record) -> None:
    many = [Pair(COPY, BILL, 1.0, (), (Reason("alike-same-text"),), True)] * (duplicates.MOST + 3)
    article = page(duplicates, "zh", Record(**{**vars(desk), "pairs": many})).article
    assert article.count('class="fb-sides"') == duplicates.MOST
    assert "另有 3 对：git feedback duplicates --all" in article


def test_pairs_of_items_that_are_not_there_are_left_out(desk: Record) -> None:
    lost = [Pair(COPY, "Q261119-5DVCFC5", 1.0, (), (), True)]
    assert "fb-empty" in page(duplicates, "zh", Record(**{**vars(desk), "pairs": lost})).article


# ---- an item --------------------------------------------------------------------------------------------------------


def test_the_page_of_an_open_item_names_what_it_looks_like(desk: Record) -> None:
    made_pages = {(one.language, one.path): one.article for one in item.pages(desk, both(desk))}
    article = made_pages["zh", f"items/2026/{COPY}.html"]
    assert (
        f'<dt>看起来像</dt><dd>发票抬头无法修改 <a class="fb-id" href="../../items/2026/{BILL}.html">{BILL}</a></dd>'
        in article
    )
    assert "Looks like" in made_pages["en", f"items/2026/{BILL}.html"]


def test_at_most_three_are_named_and_only_where_the_item_is_open(desk: Record) -> None:
    names = [one.item.id for one in desk.standings]
    pairs = [Pair(names[0], other, 0.8, (), (), False) for other in names[1:]]
    assert duplicates.like(Record(**{**vars(desk), "pairs": pairs}))[names[0]] == names[1:4]
    closed = "history:\n  - reject: {at: 2026-11-19T12:00:00+08:00, by: he.miao, kind: invalid}\n"
    found = record(made(1, "收不到快递柜取件码", AGAIN, 50, events=closed), ITEMS[1])
    pair = [Pair(SECOND, FIRST, 0.8, (), (), False)]
    assert duplicates.like(Record(**{**vars(found), "pairs": pair})) == {SECOND: [FIRST]}


# ---- problems that come again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [
    ("zh", ("反复出现的问题", "2 个", "3 件", "3 人提出", "未结 3 件", "最近一件在 11 月 19 日", "华东/苏州 2、华东/无锡 1",
            "应建立问题记录", f"git feedback problem new {FIRST}", "近八周：0 0 0 0 0 0 0 3")),
    ("en", ("Recurring problems", "2 problems", "3 items", "from 3 people", "3 open", "A problem record is due")),
])  # fmt: skip
def test_each_problem_has_its_figures_trend_and_examples(language: str, words: tuple[str, ...], desk: Record) -> None:
    made_page = page(recurring, language, desk)
    said = plain(made_page.article)
    for one in words:
        assert one in said, one
    assert said.count(words[-1]) == 1
    assert made_page.article.count("<rect") == 16
    assert f'href="items/2026/{FIRST}.html"' in made_page.article


def test_the_bars_of_a_few_items_are_no_tower() -> None:
    heights = re.findall(r'height="(\d+)"/>', page(recurring, "zh", record(*ITEMS)).article)
    assert heights[:8] == ["2"] * 7 + ["19"]


def test_a_steep_rise_is_marked_in_words() -> None:
    many = [made(n, "收不到快递柜取件码", AGAIN.replace("3 号", f"{n} 号"), 10 + n) for n in range(1, 9)]
    assert "↑ 突增：7 天内 8 件，此前每周 0 件" in page(recurring, "zh", record(*many)).article
    assert "fb-rise" not in page(recurring, "zh", record(*ITEMS)).article


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_desk_where_nothing_comes_again_says_so(language: str) -> None:
    assert "fb-empty" in page(recurring, language, record(ITEMS[0])).article


# ---- strangers, and the whole ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_of_two_that_are_alike_leaves_a_tag(payload: str) -> None:
    words = " ".join(safe(payload).split())[:100] or "空"
    found = record(*(made(n, words, f"{words} {AGAIN}", 10 * n, words[:60]) for n in (1, 2)))
    assert found.pairs and found.recurring
    for kind in (duplicates, recurring):
        article = page(kind, "zh", found).article
        tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z][\w-]*)", article)}
        assert tags <= {
            *(
                "article",
                "nav",
                "a",
                "span",
                "header",
                "h1",
                "h2",
                "h3",
                "p",
                "section",
                "div",
                "blockquote",
                "bdi",
                "mark",
            ),
            *("ul", "li", "code", "button", "svg", "use", "dl", "dt", "dd", "figure", "figcaption", "rect", "strong"),
        }
        assert not re.search(r"<[^>]*\son\w+\s*=", article)


def test_both_pages_have_shells_and_nothing_but_words_of_the_language(desk: Record) -> None:
    for kind in (duplicates, recurring):
        assert kind.PATH in SHELLS
        for language in LANGUAGES:
            assert not re.search(r"\b(page|pairs|recurring|alike)-[a-z]", plain(page(kind, language, desk).article))


@pytest.mark.parametrize(("name", "language"), [("duplicates", "zh"), ("recurring", "en")])
def test_a_page_is_the_one_that_was_looked_at(
    name: str, language: str, desk: Record, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"{name}.{language}.html"
    article = page({"duplicates": duplicates, "recurring": recurring}[name], language, desk).article + "\n"
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(article, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == article, "look at the page, then pytest --update-golden"
