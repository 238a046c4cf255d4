"""`Did this help`: links without a server, a count in the browser, and a file that the desk takes in."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.pages.site_sample import served
from tests.sample_desk import PAYMENT, ROOT, item, policy

from git_feedback.desk import standings
from git_feedback.learning.helping import Effect
from git_feedback.pages import helped, prose
from git_feedback.pages.answers import answers
from git_feedback.pages.articles import articles
from git_feedback.pages.knowledge import for_everybody
from git_feedback.pages.views.helpful import Shelf
from git_feedback.policy import Policy
from git_feedback.store.helped import read_counted

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
PATH = "knowledge/refund.html"
TITLE = "退款 <b>慢</b> & “十天”"


def on(repository: str | None, mail: str | None = "desk@desk.example") -> Policy:
    """The sample's policy with another repository and address."""
    desk = policy().desk
    submit = desk.submit.model_copy(update={"mail": mail})
    return replace(policy(), desk=desk.model_copy(update={"repository": repository, "submit": submit}))


def page(front: str = "") -> prose.Prose:
    found = prose.read("site/pages/zh/knowledge/refund.md", f"---\ntitle: 退款\n{front}---\n# 退款\n".encode())
    assert isinstance(found, prose.Prose)
    return found


@pytest.mark.parametrize(
    ("repository", "start", "fields"),
    [
        ("https://github.com/x/y", "https://github.com/x/y/issues/new?", {"template", "title", "text"}),
        ("https://gitlab.com/x/y.git", "https://gitlab.com/x/y/-/issues/new?", {"issue[title]", "issue[description]"}),
        ("https://codeberg.org/x/y", "https://codeberg.org/x/y/issues/new?", {"title", "body"}),
    ],
)
def test_the_hosts_form_is_filled_in_as_the_host_takes_it(repository: str, start: str, fields: set[str]) -> None:
    way, mail = helped.ways(on(repository), "zh", "refund", TITLE)
    asked = parse_qs(urlsplit(way.address).query)
    assert way.address.startswith(start) and set(asked) == fields
    assert any(TITLE in value and "refund" in value for values in asked.values() for value in values)
    assert (way.is_away, mail.address.startswith("mailto:desk@desk.example?subject=")) == (True, True)
    assert "%0D%0A" in mail.address


def test_without_host_and_mail_the_link_leads_to_the_form_of_the_site() -> None:
    assert [way.address for way in helped.ways(on(None, None), "en", "refund", TITLE)] == ["../submit.html"]


def test_only_an_article_that_holds_asks() -> None:
    assert helped.is_asked(PATH, page())
    assert helped.is_asked(PATH, page("status: research\n"))
    for path, one in ((PATH, page("status: retired\n")), (PATH, page("status: draft\n")), ("guide/a.html", page())):
        assert not helped.is_asked(path, one)
    assert not helped.is_asked("knowledge/index.html", page())


def test_what_an_article_did_is_told_where_it_is_known_and_it_did_something() -> None:
    assert "用这篇文章关闭了 3 条反馈。" in helped.block(on(None), "zh", PATH, TITLE, Effect(3, 0, 0))
    assert "It helped 2 readers and did not help 1." in helped.block(on(None), "en", PATH, TITLE, Effect(0, 2, 1))
    for effect in (None, Effect()):
        assert "关闭了" not in helped.block(on(None), "zh", PATH, TITLE, effect)


def test_a_title_is_words_wherever_it_stands() -> None:
    assert "<b>慢" not in helped.block(on("https://github.com/x/y"), "zh", PATH, TITLE, Effect(1, 1, 1))


# ---- what is an answer --------------------------------------------------------------------------------------------------


def written(status: str) -> dict[str, bytes]:
    front = f"title: 退款慢\naudience: public\nstatus: {status}\nsymptoms: [退款十天没到账]\n"
    return {"site/pages/zh/knowledge/refund.md": f"---\n{front}---\n# 退款慢\n\n等一等。\n".encode()}


@pytest.mark.parametrize(
    ("status", "holds"), [("current", True), ("research", True), ("draft", False), ("retired", False)]
)
def test_drafts_and_retired_articles_are_told_to_nobody_and_suggested_nowhere(status: str, holds: bool) -> None:
    sources = written(status)
    assert ("site/pages/zh/knowledge/refund.md" in for_everybody(sources)) is holds
    assert bool(json.loads(answers(sources))["articles"]) is holds
    said = PAYMENT.replace("支付页面报错", "退款慢").replace(
        "付款到最后一步提示“系统繁忙”,已经试了三次。", "退款十天没到账"
    )
    new = standings([item(said)], policy(), NOW)
    assert bool(Shelf(articles(sources)).helps(new[0])) is holds


# ---- in a browser -------------------------------------------------------------------------------------------------------


@pytest.fixture
def address(tmp_path: Path) -> Any:
    """A page with the block of two articles' pages, under the policy that the site has."""
    (tmp_path / "helped.js").write_bytes((ROOT / "site/theme/assets/helped.js").read_bytes())
    rule = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'"
    for name in ("refund", "coupon"):
        block = helped.block(on(None), "zh", f"knowledge/{name}.html", "退款")
        (tmp_path / f"{name}.html").write_text(
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{rule}">'
            f'<title>退款</title><style>[hidden] {{ display: none !important }}</style>{block}<script src="helped.js"></script></html>'
        )
    with served(tmp_path) as found:
        yield found


def answered(tab: Any) -> Any:
    return read_counted(json.dumps(saved(tab)).encode(), "did-this-help.json")


def saved(tab: Any) -> Any:
    with tab.expect_download() as found:
        tab.get_by_role("button", name="保存 did-this-help.json").click()
    assert found.value.suggested_filename == "did-this-help.json"
    return json.loads(Path(found.value.path()).read_text("utf-8"))


@pytest.fixture
def tab(chromium: Any, address: str) -> Any:
    """A tab of a browser that has never been here, and no word on its console."""
    context = chromium.new_context(accept_downloads=True)
    made, said = context.new_page(), []
    made.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: said.append(str(error)))
    made.goto(f"{address}/refund.html")
    yield made
    assert [one for one in said if "favicon" not in one and "404" not in one] == []
    context.close()


@pytest.mark.browser
def test_answers_by_keyboard_are_counted_and_saved_as_the_desk_reads_them(tab: Any, address: str) -> None:
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.get_by_role("status").inner_text() == "谢谢，能帮上忙就好。"
    assert tab.get_by_role("button", name="有帮助", exact=True).get_attribute("aria-pressed") == "true"
    tab.goto(f"{address}/coupon.html")
    tab.get_by_role("button", name="没有帮助").press("Enter")
    assert tab.evaluate("document.activeElement.id") == "fb-helped-asked"
    tab.keyboard.type("  怎么  退定金？ ")
    tab.keyboard.press("Enter")
    assert tab.get_by_role("status").inner_text() == "已记在这个浏览器里。"
    found = answered(tab)
    assert sorted((one.article, one.yes, one.no) for one in found.counts) == [("coupon", 0, 1), ("refund", 1, 0)]
    assert [(one.language, one.text) for one in found.asked] == [("zh", "怎么 退定金？")]


@pytest.mark.browser
def test_an_answer_counts_once_however_often_it_is_given_and_can_be_changed(tab: Any) -> None:
    for name in ("有帮助", "有帮助", "没有帮助"):
        tab.get_by_role("button", name=name, exact=True).click()
    tab.reload()
    assert tab.get_by_role("button", name="没有帮助").get_attribute("aria-pressed") == "true"
    assert [(one.yes, one.no) for one in answered(tab).counts] == [(0, 1)]


@pytest.mark.browser
def test_after_saving_a_new_file_begins_under_another_id_and_nothing_is_counted_twice(tab: Any) -> None:
    tab.get_by_role("button", name="有帮助", exact=True).click()
    first = saved(tab)
    assert not tab.get_by_role("button", name="保存 did-this-help.json").is_visible()
    tab.get_by_role("button", name="有帮助", exact=True).click()
    assert not tab.get_by_role("button", name="保存 did-this-help.json").is_visible()
    tab.get_by_role("button", name="没有帮助").click()
    second = saved(tab)
    assert (first["counts"][0]["yes"], second["counts"][0]["no"], first["id"] != second["id"]) == (1, 1, True)


@pytest.mark.browser
@pytest.mark.parametrize("kept", ["{", "[]", '{"id": "x"}', '{"id": "0123456789abcdef", "counts": null}', "null"])
def test_whatever_else_lies_in_the_browser_is_begun_anew(tab: Any, kept: str) -> None:
    tab.evaluate("(kept) => localStorage.setItem('fb-helped', kept)", kept)
    tab.reload()
    tab.get_by_role("button", name="有帮助", exact=True).click()
    assert len(answered(tab).counts) == 1


@pytest.mark.browser
def test_nothing_leaves_the_browser(tab: Any, address: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.get_by_role("button", name="没有帮助").click()
    tab.keyboard.type("停车场")
    tab.keyboard.press("Enter")
    assert asked == []
