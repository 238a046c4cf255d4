"""Submit in a real Chromium: what was typed arrives whole by every way, and nothing leaves the page by itself."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import category as character_kind
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import files, record, served, sources
from tests.pages.test_answers import shelf
from tests.pages.test_views_submit import REPOSITORY, rules

from git_feedback.checks import Subject, problems
from git_feedback.i18n import text
from git_feedback.intake import issue_form
from git_feedback.model import ids
from git_feedback.notation import clean
from git_feedback.pages import answers
from git_feedback.pages.build import build
from git_feedback.pages.page import File
from git_feedback.pages.views import submit, track
from git_feedback.pages.views.rendering import both
from git_feedback.policy.files import SubmitPart
from git_feedback.privacy import contacts
from git_feedback.store import read

pytestmark = pytest.mark.browser
DESK = rules(repository=REPOSITORY, submit=SubmitPart(mail="feedback+zh@desk.example"))
FORM = issue_form.form(DESK)
LONGEST, LONGEST_MAIL = 6000, 2000

HOSTILE = [
    "付款到最后一步提示“系统繁忙”，已经试了三次。", "- 一\n- 二", "  前面有空格", "结尾有换行\n", "结尾两个换行\n\n", "\n\n开头有换行", "\t制表符开头\n\t再一行",
    "a: b # c", "# 不是注释", "---", "--- |\n...", "'单引号' \"双引号\" `反引号`", "\\ 反斜杠 \\n \\u0041", "{flow: [1, 2]}", "*anchor &alias !tag", "%YAML 1.2", "|", ">-", "yes", "no", "null", "~", "12:30", "2026-11-20",
    "0x1F", "1_000", "1e3", ".5", "-", "?", ": ", "@", "key: |\n  text", "第一行\n   \n第三行", "  \n有字", "有字\n  ", "行\u2028分隔\u2029符", "\u0085下一行", "控\x00制\x07字\x1b[31m符", "\x7f\x9f", "\ufeff开头 BOM",
    "\u202e倒\u202c", "\u200b零宽\u200d", "👨‍👩‍👧‍👦 一家 🇨🇳 👍🏽", "é e\u0301 a\u0308\u0323", "ﷺ ﬁ Ⅷ", "\uffff\ufdd0", "\U0001fffe", "繁體字與简体字", "𠮷野家 𪚥", "<script>alert(1)</script>", "=1+1", "</textarea><img src=x onerror=alert(1)>",
    "### 发生了什么", "```\n代码", "100% & a=b?c#d+e f", "it's 'quoted'", "长" * 5000, "😀" * 5000, "a\n" * 2000 + "z", "x" * 5000, "🧑‍🚒" * 1200,
]  # fmt: skip
"""Texts that somebody, or a file, might stumble over."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site of a desk on GitHub with a mail address and its articles."""
    found = replace(record(fixed=False), policy=DESK)
    pages = [*submit.pages(found, both(found)), *track.pages(found, both(found))]
    index = File(answers.PATH, answers.answers(shelf()))
    done = build(found, {**sources(), **shelf()}, tmp_path_factory.mktemp("submit"), pages, [index, *files(0)])
    with served(done.site) as address:
        yield address


@pytest.fixture
def opened(chromium: Any, site: str) -> Iterator[Any]:
    """Opens the page; a complaint on the console or a request that leaves the site fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(language: str = "zh", query: str = "", host: str = "", script: str = "", **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith((site, "blob:")) else None)  # fmt: skip
        if host:
            page.route(re.compile("submit[.]html"), lambda route: _on_another_host(route, host))
        page.goto(f"{site}/{language}/submit.html{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _on_another_host(route: Any, host: str) -> None:
    """The page as a desk on another kind of host has it."""
    answer = route.fetch()
    where = f'data-host="{host}" data-repository="https://{host}.example/a/b"'
    changed = answer.text().replace(f'data-host="github" data-repository="{REPOSITORY}"', where)
    assert where in changed
    route.fulfill(response=answer, body=changed)


def hand_over(page: Any, **said: str) -> None:
    """Fill in what is said and go on to the last step."""
    if page.locator("[data-slot=back]").is_visible():
        page.click("[data-slot=back]")
    page.evaluate(
        """(said) => Object.entries(said).forEach(([name, value]) => {
             const field = document.querySelector("[data-fb-submit]").elements[name];
             field.value = value;
             field.dispatchEvent(new Event("input", { bubbles: true }));
           })""",
        said,
    )
    page.click("button[type=submit]")
    page.locator("[data-fb-handover]").wait_for()


def all_handed_over(page: Any, said: list[dict[str, str]]) -> list[dict[str, str]]:
    """For each: the addresses of the issue, the mail and the new file, and what is in the file to download."""
    found: list[dict[str, str]] = page.evaluate(
        """async (every) => {
             const form = document.querySelector("[data-fb-submit]");
             const href = (place) => document.querySelector(place).href;
             const found = [];
             for (const said of every) {
               for (const [name, value] of Object.entries(said)) form.elements[name].value = value;
               form.requestSubmit();
               found.push({ issue: href("[data-way=issue] a"), mail: href("[data-way=mail] a"), new: href("[data-slot=new]"),
                            file: await (await fetch(href("[data-slot=download]"))).text(), name: document.querySelector("[data-slot=download]").download });
             }
             return found;
           }""",
        said,
    )
    return found


def address_of(page: Any, way: str) -> str:
    return str(page.evaluate(f"document.querySelector('[data-way={way}] a.fb-button').href"))


def asked_in(address: str) -> Mapping[str, str]:
    """The query of an address, strictly decoded: a cut within a character raises."""
    query = parse_qs(urlsplit(address).query, strict_parsing=True, errors="strict")
    return {name: value for name, (value,) in query.items()}


def issue_of(said: Mapping[str, str], **chosen: str) -> str:
    """The body that GitHub makes of the form, filled in from an address, when the rest is chosen by hand."""
    rows = [one for one in FORM["body"] if one["type"] != "markdown"]
    answers = [(one["attributes"]["label"], said.get(one["id"]) or chosen.get(one["id"])) for one in rows]
    return "\n\n".join(f"### {label}\n\n{answer or '_No response_'}" for label, answer in answers)


def wrong_with(source: bytes, now: datetime | None = None) -> list[str]:
    item = read(source)
    at = now or datetime.now(item.received.tzinfo)  # the browser has no other clock
    return [one.said("en") for one in problems(Subject(item, ids.path(item.id), source, at), DESK)]


# ---- what is handed over --------------------------------------------------------------------------------------------


def test_only_texts_of_the_form_are_filled_in_never_what_is_chosen(opened: Any) -> None:
    page = opened(query="?category=product/bug")
    hand_over(page, text="App 闪退", device="iOS 18", product="App", area="华东/上海")
    said = asked_in(address_of(page, "issue"))
    texts = {one["id"] for one in FORM["body"] if one["type"] in ("input", "textarea")}

    assert set(said) - {"template", "title"} <= texts
    assert said["template"] == issue_form.FILE
    assert (said["device"], said["product"]) == ("iOS 18", "App")
    assert said["text"] == "App 闪退\n\n地点：华东/上海"
    assert "故障 / Fault" in page.locator("[data-slot=asks]").inner_text()


def test_what_github_makes_of_the_address_reads_as_what_was_typed(opened: Any) -> None:
    texts = [one for one in HOSTILE if len(one) < 400 and clean(one).strip()]
    page = opened(query="?kind=problem", bypass_csp=True)
    made = all_handed_over(page, [{"text": one, "title": "标题 & 't' #1", "product": "App 3.2"} for one in texts])

    for words, one in zip(texts, made, strict=True):
        said = asked_in(one["issue"])
        parsed = issue_form.parse(issue_of(said, kind="故障 / Fault"), FORM)
        assert str(parsed.fields["text"]).strip() == clean(words).strip()
        assert (said["title"], parsed.fields["product"]) == ("标题 & 't' #1", "App 3.2")
        assert parsed.fields["kind"] == "故障 / Fault"


@pytest.mark.parametrize("host", ["gitlab", "gitea"])
def test_another_host_gets_the_body_that_the_form_would_have_made(opened: Any, host: str) -> None:
    page = opened(host=host, query="?category=product/payment")
    page.on("dialog", lambda _: pytest.fail("a dialogue"))
    hand_over(page, text="扣了款，没有订单。\n第二行", device="iOS 18", title="扣款")
    address = address_of(page, "issue")
    said = asked_in(address)
    title, body = (said["issue[title]"], said["issue[description]"]) if host == "gitlab" else (said["title"], said["body"])  # fmt: skip
    parsed = issue_form.parse(body, FORM)

    assert address.startswith(f"https://{host}.example/a/b/{'-/' if host == 'gitlab' else ''}issues/new?")
    assert (title, parsed.flags) == ("扣款", [])
    assert parsed.fields == {
        "kind": "支付与账单 / Payment and billing",
        "product": None,
        "device": "iOS 18",
        "rating": None,
        "text": "扣了款，没有订单。\n第二行",
    }


def test_a_file_passes_check_and_says_what_was_typed(opened: Any) -> None:
    titles = [one.split("\n")[0][:100] if number % 2 else "" for number, one in enumerate(reversed(HOSTILE))]
    other = {"device": "yes", "area": "12:30", "product": "#1"}
    page = opened(query="?category=product/bug", bypass_csp=True)
    made = all_handed_over(page, [{"text": one, "title": title, **other} for one, title in zip(HOSTILE, titles, strict=True)])  # fmt: skip

    assert len(HOSTILE) >= 60
    for words, title, one in zip(HOSTILE, titles, made, strict=True):
        source = one["file"].encode()
        item = read(source)
        assert wrong_with(source) == [], words[:40]
        assert item.text == clean(words)
        assert item.title == (" ".join(clean(title).split()) or item.title)
        assert (item.device, item.area, item.product, item.channel) == ("yes", "12:30", "#1", "web-form")
        assert (item.tags, item.source, one["name"]) == (("problem", "product/bug"), item.id, f"{item.id}.yml")
    assert len({one["name"] for one in made}) == len(made)


def test_the_file_is_downloaded_under_the_name_of_its_id(opened: Any) -> None:
    page = opened()
    hand_over(page, text=HOSTILE[0])
    page.evaluate("document.querySelector('[data-way=file]').open = true")
    with page.expect_download() as download:
        page.click("[data-slot=download]")
    source = Path(download.value.path()).read_bytes()

    assert (wrong_with(source), download.value.suggested_filename) == ([], f"{read(source).id}.yml")


def test_half_a_character_becomes_visible(opened: Any) -> None:
    assert opened().evaluate(r"window.fbItem.clean('a\ud800b\r\nc\rd')") == "a[U+D800]b\nc\nd"


def test_a_new_file_on_github_has_its_name_and_is_whole_though_its_text_was_cut(opened: Any) -> None:
    page = opened()
    for words in ("短短一句。", "长" * 5000, "：- #\n" * 900):
        hand_over(page, text=words)
        address = page.evaluate("document.querySelector('[data-slot=new]').href")
        said = asked_in(address)
        item = read(said["value"].encode())

        assert address.startswith(f"{REPOSITORY}/new/HEAD?")
        assert len(address) <= LONGEST
        assert wrong_with(said["value"].encode()) == []
        assert (said["filename"], item.channel) == (ids.path(item.id), "pull-request")
        assert item.text == words or str(item.text).endswith(text("submit-mark", "zh"))


def test_what_is_cut_is_said_on_the_page_and_in_the_text_and_the_whole_is_there_to_copy(opened: Any) -> None:
    page = opened()
    hand_over(page, text="很长的话。" * 900)
    said = asked_in(address_of(page, "issue"))
    kept = said["text"].removesuffix(f"\n\n{text('submit-mark', 'zh')}")
    note = page.locator("[data-way=issue] [data-slot=cut]").inner_text()

    assert ("很长的话。" * 900).startswith(kept)
    assert len(kept) > 500
    assert str(len(kept)) in note
    assert "4500" in note
    assert "很长的话。" * 900 in page.evaluate("document.querySelector('[data-slot=whole]').textContent")
    hand_over(page, text="短")
    assert page.locator("[data-way=issue] [data-slot=cut]").is_hidden()


def test_a_mail_is_short_enough_and_its_lines_end_as_mail_wants(opened: Any) -> None:
    page = opened("en")
    hand_over(page, text="First line\nSecond & third", area="Leeds")
    address = page.get_attribute("[data-way=mail] a", "href")
    to, _, query = address.partition("?")

    assert to == "mailto:feedback%2Bzh@desk.example"
    assert dict(pair.split("=") for pair in query.split("&"))["body"].count("%0D%0A") == query.count("%0A") == 3
    assert unquote(query).endswith("body=First line\r\nSecond & third\r\n\r\nPlace: Leeds")


def test_no_address_is_too_long_and_none_is_cut_within_a_character(opened: Any) -> None:
    page = opened("en", bypass_csp=True)
    for one in all_handed_over(page, [{"text": one, "title": one[:100]} for one in HOSTILE if clean(one).strip()]):
        assert (len(one["issue"]) <= LONGEST, len(one["new"]) <= LONGEST, len(one["mail"]) <= LONGEST_MAIL) == (True, True, True)  # fmt: skip
        for address in (one["issue"], one["new"], one["mail"]):
            unquote(address, errors="strict")


# ---- the cut, with many texts ---------------------------------------------------------------------------------------

PIECES = ["中", "文", "。", "a", " ", "\n", "'", "%", "&", "é", "e\u0301", "a\u0308\u0323", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇳", "𠮷", "葛\U000e0100", "한글", "ก็", "0️⃣", "￥"]  # fmt: skip


def random_texts() -> list[list[object]]:
    chance = random.Random(7)
    return [
        ["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 400))), chance.randint(300, 6000)]
        for _ in range(400)
    ]


def test_a_cut_never_falls_inside_a_character_and_always_keeps_the_length(opened: Any) -> None:
    cases = random_texts()
    found = opened().evaluate(
        """(cases) => cases.map(([text, longest]) => {
             const make = (words) => `https://github.com/a/b/issues/new?text=${window.fbAddress.encoded(words)}`;
             const cut = window.fbAddress.fitted(text, make, longest, "\\n\\n［余下］", "zh");
             return cut && { ...cut, href: new URL(cut.address).href };
           })""",
        cases,
    )

    for (words, longest), one in zip(cases, found, strict=True):
        whole = str(words)
        said = parse_qs(urlsplit(one["href"]).query, strict_parsing=True, errors="strict", keep_blank_values=True)["text"][0]  # fmt: skip
        kept = said if one["kept"] == one["all"] else said.removesuffix("\n\n［余下］")
        rest = whole[len(kept) :]
        assert len(one["href"]) <= int(str(longest))
        assert (whole.startswith(kept), len(kept), len(whole)) == (True, one["kept"], one["all"])
        assert not rest or (character_kind(rest[0])[0] != "M" and rest[0] not in "\u200d\ufe0f🏽" and not kept.endswith("\u200d"))  # fmt: skip
        flags = kept[len(kept.rstrip("🇨🇳")) :]
        assert len(flags) % 2 == 0
    assert sum(one["kept"] < one["all"] for one in found) > 50


def test_one_character_longer_than_the_address_is_cut_between_its_marks(opened: Any) -> None:
    page = opened()
    hand_over(page, text="e" + "\u0301" * 4000)
    said = asked_in(address_of(page, "issue"))["text"]

    assert len(address_of(page, "issue")) <= LONGEST
    assert said.startswith("e\u0301\u0301")


# ---- answers, contact data, errors ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "typed", "path"), [
    ("zh", "钱扣了没订单", "/zh/knowledge/payment-taken-no-order.html"), ("en", "where is my refund", "/en/knowledge/refund-slower-than-promised.html"),
    ("zh", "where is my refund", "/en/knowledge/refund-slower-than-promised.html"),
])  # fmt: skip
def test_while_typing_articles_are_suggested_and_they_are_there(
    opened: Any, language: str, typed: str, path: str
) -> None:
    page = opened(language)
    page.locator("#fb-text").press_sequentially(typed[:1])
    assert page.locator("[data-slot=answers]").is_hidden()
    page.locator("#fb-text").press_sequentially(typed[1:])
    first = page.locator("[data-slot=answers] a").first
    first.wait_for()

    assert page.locator("[data-slot=answers] a").count() <= 3
    assert urlsplit(first.evaluate("link => link.href")).path == path
    assert "1" in page.locator("[data-slot=answers-said]").inner_text() or "2" in page.locator("[data-slot=answers-said]").inner_text() or "3" in page.locator("[data-slot=answers-said]").inner_text()  # fmt: skip
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text().strip() == title
    page.go_back()
    assert page.input_value("#fb-text") == typed


CONTACTS = ["电话 13812345678", "138 1234 5678", "+86 138-1234-5678", "写信到 li.lei@example.com", "卡号 4111 1111 1111 1111", "身份证 11010519491231002X", "+44 20 7946 0958"]  # fmt: skip


@pytest.mark.parametrize("words", CONTACTS)
def test_contact_data_is_noticed_and_taken_out_but_blocks_nothing(opened: Any, words: str) -> None:
    page = opened()
    page.fill("#fb-text", f"退款没到，{words}，谢谢")
    page.locator("[data-slot=contact] button").wait_for()
    hand_over(page)
    page.click("[data-slot=back]")
    page.click("[data-slot=contact] button")
    left = page.input_value("#fb-text")

    assert "*" in left
    assert left.startswith("退款没到")
    assert contacts(left) == []
    assert page.locator("[data-slot=contact]").inner_text() == text("submit-taken-out", "zh")


@pytest.mark.parametrize("words", ["订单 202611201234567890", "金额 13812.50 元", "2026-11-20 12:30", "版本 10.2.13", "6222"])  # fmt: skip
def test_numbers_of_things_are_no_contact_data(opened: Any, words: str) -> None:
    page = opened()
    page.fill("#fb-text", words)

    assert page.locator("[data-slot=contact]").is_hidden()


def test_an_empty_form_is_told_in_words_where_it_is_wrong_and_the_keyboard_gets_there(opened: Any) -> None:
    page = opened()
    page.click("button[type=submit]")
    said = text("submit-missing", "zh", field=text("submit-field-text", "zh"))

    assert page.evaluate("document.activeElement.dataset.slot") == "errors"
    assert page.locator("#fb-text-wrong").inner_text() == said
    assert page.get_attribute("#fb-text", "aria-invalid") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fb-text"
    page.keyboard.insert_text("好了")
    assert page.locator("[data-slot=errors]").is_hidden()


def test_characters_are_counted_as_the_policy_counts_and_too_many_are_told(opened: Any) -> None:
    page = opened()
    page.fill("#fb-text", "😀é𠮷\u2028")
    assert page.locator("#fb-text-count").inner_text() == "11 / 5000 字"
    assert len(clean("😀é𠮷\u2028")) == 11
    page.fill("#fb-text", "长" * 5003)
    page.click("button[type=submit]")
    assert "3" in page.locator("#fb-text-wrong").inner_text()
    assert page.locator("[data-fb-handover]").is_hidden()


# ---- channel, box, category -----------------------------------------------------------------------------------------


def test_the_code_on_a_box_fills_in_where_it_hangs_and_names_it(opened: Any) -> None:
    page = opened(query="?channel=paper-box&box=HZ03&title=没有纸")
    assert page.locator("[data-slot=box]").inner_text() == "您从意见箱“杭州 03 店二楼”来。"
    hand_over(page, text="箱子里没有纸了")
    page.evaluate("document.querySelector('[data-way=file]').open = true")
    with page.expect_download() as download:
        page.click("[data-slot=download]")
    item = read(Path(download.value.path()).read_bytes())

    assert asked_in(address_of(page, "issue"))["title"] == "[HZ03] 没有纸"
    assert (item.channel, item.area, item.tags, item.title) == ("paper-box", "华东/杭州", ("HZ03",), "没有纸")
    assert wrong_with(Path(download.value.path()).read_bytes()) == []


def test_a_number_is_written_as_a_number_however_it_was_typed(opened: Any) -> None:
    page = opened(query="?channel=survey")
    page.fill("#fb-nps", "0e0")
    hand_over(page, text="还行")
    page.evaluate("document.querySelector('[data-way=file]').open = true")
    with page.expect_download() as download:
        page.click("[data-slot=download]")
    item = read(Path(download.value.path()).read_bytes())
    assert item.nps == 0


def test_a_channel_asks_for_what_it_requires_and_only_that_must_be_there(opened: Any) -> None:
    page = opened(query="?channel=survey")
    assert page.locator("#fb-nps").is_visible()
    page.click("button[type=submit]")
    assert page.locator("[data-slot=errors] li").count() == 1
    page.fill("#fb-nps", "11")
    page.click("button[type=submit]")
    assert page.locator("[data-fb-handover]").is_hidden()
    hand_over(page, nps="9")
    assert asked_in(address_of(page, "issue"))["text"] == "推荐意愿（0 至 10）：9"


@pytest.mark.parametrize("query", ["?channel=phone", "?channel=nobody&box=NONE&category=none&kind=none", "?box=__proto__&channel=constructor"])  # fmt: skip
def test_what_an_address_cannot_choose_is_passed_over(opened: Any, query: str) -> None:
    page = opened(query=query)
    hand_over(page, text="好")

    assert "channel: web-form\n" in _file(page)


def _file(page: Any) -> str:
    page.evaluate("document.querySelector('[data-way=file]').open = true")
    with page.expect_download() as download:
        page.click("[data-slot=download]")
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_what_is_asked_follows_the_kind_and_what_is_hidden_is_not_handed_over(opened: Any) -> None:
    page = opened()
    assert [page.locator(f"#fb-{name}").is_visible() for name in ("area", "device", "category")] == [True, False, False]
    page.check("[name=kind][value=problem]")
    page.fill("#fb-device", "iOS 18")
    page.check("[name=kind][value=praise]")
    assert page.locator("#fb-device").is_hidden()
    assert page.locator("#fb-category option:not([disabled])").count() == 3
    hand_over(page, text="店员很好")
    assert "iOS" not in _file(page)
    assert "tags: [praise]\n" in _file(page)


def test_files_are_named_and_stay_where_they_are(opened: Any, tmp_path: Path) -> None:
    (tmp_path / "截图 1.png").write_bytes(b"x" * 1_500_000)
    page = opened()
    page.locator("summary").first.click()
    page.set_input_files("#fb-files", [tmp_path / "截图 1.png"])
    hand_over(page, text="看截图")

    assert asked_in(address_of(page, "issue"))["text"] == "看截图\n\n（稍后附上：截图 1.png (1.5 MB)）"


def test_who_stays_anonymous_is_told_what_shows_the_name_and_the_file_says_so(opened: Any) -> None:
    page = opened()
    page.check("[name=reply][value=anonymous]")
    hand_over(page, text="不想留名")

    assert page.locator("[data-slot=account]").is_visible()
    assert "submitter:\n  kind: anonymous\n" in _file(page)
    page.click("[data-slot=sent]")
    assert page.locator("[data-slot=promise]").inner_text() == text("submit-no-answer-anonymous", "zh")


def test_afterwards_no_word_stays_on_the_page_or_in_the_browser(opened: Any) -> None:
    page = opened()
    hand_over(page, text="付款页一直转圈")
    assert "付款页一直转圈" in page.content()
    page.click("[data-slot=sent]")

    words = ("付款页一直转圈", "%E4%BB%98%E6%AC%BE%E9%A1%B5")
    assert not [word for word in words if word in page.content()]
    assert "付款页一直转圈" not in page.evaluate("JSON.stringify(localStorage)")
    page.click("[data-slot=again]")
    hand_over(page, text="再来一次")
    assert asked_in(address_of(page, "issue"))["text"] == "再来一次"


def test_afterwards_the_page_says_what_comes_next_and_what_the_policy_promises(opened: Any) -> None:
    page = opened("en", query="?category=product/payment")
    hand_over(page, text="Paid, no order")
    page.click("[data-slot=sent]")

    assert "2 h of working time" in page.locator("[data-slot=promise]").inner_text()
    assert page.locator("[data-slot=next] li").count() == 3
    page.click("[data-fb-done] a >> nth=0")
    assert urlsplit(page.url).path == "/en/track.html"
    assert page.locator(f"text={text('track-from-where', 'en')}").count() == 1
    page.click(f"text={text('track-from-here', 'en')}")
    assert urlsplit(page.url).path == "/en/submit.html"


# ---- drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_until_it_was_handed_over(opened: Any) -> None:
    page = opened()
    page.check("[name=kind][value=complaint]")
    page.select_option("#fb-category", "service/refund")
    page.fill("#fb-text", "退款\n第二行")
    page.fill("#fb-area", "成都")
    page.reload()

    assert page.locator("[data-fb-submit-restored]").is_visible()
    assert (page.input_value("#fb-text"), page.input_value("#fb-area")) == ("退款\n第二行", "成都")
    assert page.input_value("#fb-category") == "service/refund"
    page.goto(page.url.replace("/zh/", "/en/"))
    assert page.input_value("#fb-text") == ""
    page.go_back()
    hand_over(page)
    page.click("[data-slot=sent]")
    page.reload()
    assert page.input_value("#fb-text") == ""
    assert page.evaluate("localStorage.length") == 0 or not page.evaluate("JSON.stringify(localStorage).includes('退款')")  # fmt: skip


def test_a_draft_can_be_thrown_away(opened: Any) -> None:
    page = opened()
    page.fill("#fb-text", "不要了")
    page.reload()
    page.click("[data-fb-submit-restored] button")
    page.reload()

    assert page.input_value("#fb-text") == ""
    assert page.locator("[data-fb-submit-restored]").is_hidden()


@pytest.mark.parametrize("stored", ["not json", "null", "[1]", '{"text": 5, "files": 3, "kind": "x\\"]", "category": "__proto__"}'])  # fmt: skip
def test_a_draft_that_something_else_wrote_hurts_nobody(opened: Any, stored: str) -> None:
    page = opened()
    page.evaluate("(value) => localStorage.setItem('git-feedback.draft / zh', value)", stored)
    page.reload()
    hand_over(page, text="好")

    assert asked_in(address_of(page, "issue"))["text"] == "好"


def test_a_browser_that_keeps_nothing_hands_over_all_the_same(opened: Any) -> None:
    refuses = """for (const name of ["getItem", "setItem", "removeItem"]) {
      const before = Storage.prototype[name];
      Storage.prototype[name] = function (key, ...rest) {
        if (key.startsWith("git-feedback.draft")) throw new DOMException("full", "QuotaExceededError");
        return before.call(this, key, ...rest);
      };
    }"""
    page = opened(script=refuses)
    hand_over(page, text="无痕模式")

    assert asked_in(address_of(page, "issue"))["text"] == "无痕模式"


def test_enter_in_a_field_goes_on_and_back_brings_everything_back(opened: Any) -> None:
    page = opened()
    page.fill("#fb-text", "一句话")
    page.fill("#fb-area", "成都")
    page.press("#fb-area", "Enter")
    page.locator("[data-fb-handover]").wait_for()
    assert page.evaluate("document.activeElement.id") == "fb-handover"
    page.click("[data-slot=back]")
    assert (page.input_value("#fb-text"), page.input_value("#fb-area")) == ("一句话", "成都")


def test_what_is_copied_is_the_whole(opened: Any) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    hand_over(page, text="一\n二", title="题", area="成都")
    page.click("[data-way=copy] button")
    page.locator(f"text={text('submit-copied', 'zh')}").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "题\n\n一\n二\n\n地点：成都"
    page.evaluate("document.querySelector('[data-way=file]').open = true")
    page.click("[data-slot=copy-file]")
    page.wait_for_function("navigator.clipboard.readText().then((words) => words.startsWith('id: '))")
    assert wrong_with(page.evaluate("navigator.clipboard.readText()").encode()) == []


# ---- for everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "width", "scheme"), [("zh", 390, "light"), ("en", 390, "dark"), ("zh", 1024, "dark"), ("en", 1600, "light")])  # fmt: skip
def test_every_state_fits_the_screen_and_everybody_can_use_it(
    chromium: Any, site: str, language: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")  # fmt: skip
    page = context.new_page()
    found: dict[str, object] = {}

    def look(state: str) -> None:
        page.wait_for_timeout(350)  # the theme's header fades while the page scrolls
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[state] = ([one["id"] for one in violations(page)], wide)

    page.goto(f"{site}/{language}/submit.html")
    look("empty")
    page.click("button[type=submit]")
    look("errors")
    page.check("[name=kind][value=problem]")
    page.fill("#fb-text", "钱扣了没有订单 payment taken no order 13812345678 " + "长" * 900)
    page.locator("[data-slot=answers] a").first.wait_for()
    look("filled")
    page.click("button[type=submit]")
    page.locator("summary >> visible=true").first.click()
    look("handing over")
    page.click("[data-slot=sent]")
    look("done")
    context.close()

    assert found == dict.fromkeys(("empty", "errors", "filled", "handing over", "done"), ([], False))


def test_a_thumb_finds_every_field_and_button(opened: Any) -> None:
    page = opened(viewport={"width": 390, "height": 800})
    small = page.evaluate(
        """() => [...document.querySelectorAll("[data-fb-submit] :is(input, select, textarea, button, .fb-kinds label)")]
             .filter((one) => one.offsetParent && one.type !== "radio" && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML)"""
    )

    assert small == []


def test_without_a_script_the_ways_are_links_and_no_dead_form_is_shown(opened: Any) -> None:
    page = opened(java_script_enabled=False)

    assert page.locator("form[data-fb-submit]").is_hidden()
    assert page.locator("noscript a").count() == 3


def test_no_word_of_a_person_becomes_markup_and_no_script_writes_any() -> None:
    from tests.sample_desk import ROOT

    for name in ("submit", "answers", "addresses", "contacts", "item-file"):
        script = (ROOT / f"site/theme/assets/{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_the_index_on_the_site_is_the_one_that_was_made(site: str, opened: Any) -> None:
    page = opened()
    served_index = page.evaluate("fetch('../api/answers.json').then((answer) => answer.text())")

    assert json.loads(served_index) == json.loads(answers.answers(shelf()))
