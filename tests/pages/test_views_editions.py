"""The page of editions: what changed, readable in both languages, inert whatever somebody wrote, and no word too many."""

import json
import re
from dataclasses import replace
from datetime import date

from tests.learning.editions_shelf import shelf, source
from tests.pages.views_desk import record
from tests.sample_desk import ROOT

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.editions import Edition, changes, for_public
from git_feedback.pages.audience import PUBLIC
from git_feedback.pages.page import Record
from git_feedback.pages.views.editions import PATH, pages
from git_feedback.pages.views.rendering import both

OLD = {
    "zh_refund": source(
        "退款多久到账", "## 什么时候到\n\n三天内到账。\n\n旧的一段话。", more="replies:\n  phone: 三天到账\n"
    ),
    "en_refund": source("Refunds", "Within three days."),
    "zh_gone": source("旧文章"),
}
NEW = {
    "zh_refund": source(
        "退款多久到账", "## 什么时候到\n\n五天内到账。", 2, "replies:\n  phone: 五天到账\nsymptoms: [钱没到]\n"
    ),
    "en_refund": source("Refunds", "Within three days.", 2, "replies:\n  phone: 五天到账\n").replace(
        b"replies:\n  phone: \xe4\xba\x94\xe5\xa4\xa9\xe5\x88\xb0\xe8\xb4\xa6\n", b""
    ),
    "zh_coupon": source("优惠券用不了", more="audience: public\n"),
}


def edition(old: dict[str, bytes], new: dict[str, bytes], name: str = "2026-Q3") -> Edition:
    return Edition(name, date(2026, 10, 1) if name else None, changes(shelf(**old), shelf(**new), shelf(**new)))


def shown(*editions: Edition, **more: object) -> dict[str, str]:
    there: Record = replace(record(), editions=editions, **more)  # type: ignore[arg-type]
    return {page.language: page.article for page in pages(there, both(there))}


def words(article: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


def test_what_changed_stands_under_its_edition_with_version_place_and_words() -> None:
    zh = shown(edition({}, {}, ""), edition(OLD, NEW))["zh"]
    assert zh.index('id="since"') < zh.index('id="e-2026-Q3"')
    assert "2026-Q3 以来没有改动。" in words(zh)
    assert "新增 1 篇，改动 1 篇，停用 1 篇。" in words(zh)
    for said in (
        "第 1 版 → 第 2 版",
        "有 4 处改动",
        "改写",
        "什么时候到",
        "话术，热线电话",
        "客户的说法",
        "钱没到",
        "旧的一段话。",
    ):
        assert said in words(zh), said
    assert re.search(r"<del>.*?三</del><ins>.*?五</ins>天内到账。", zh)
    assert 'href="../knowledge/coupon.html"' in zh
    assert "knowledge/gone.html" not in zh


def test_where_only_the_other_language_changed_that_one_is_told_and_says_so() -> None:
    en = shown(edition(OLD, NEW))["en"]
    assert "Refunds" in en
    assert '<span lang="zh-CN">什么时候到</span>' in en
    assert '<bdi lang="zh-CN">优惠券用不了</bdi>' in en
    assert "One article added, " not in words(en)
    assert "one article added, one changed, one withdrawn." in words(en)


def test_without_an_edition_the_page_says_so_in_one_sentence_and_names_the_command() -> None:
    for language, said in (("zh", "还没有定过版。"), ("en", "There is no edition yet.")):
        article = shown()[language]
        assert said in words(article)
        assert "git feedback kb edition" in words(article)
        assert "<section" not in article


def test_the_public_reads_titles_of_public_articles_and_no_version_state_or_difference() -> None:
    public = shown(*for_public([edition(OLD, NEW)]), audience=PUBLIC)
    for article in public.values():
        assert "优惠券用不了" in article
        for inside in ("退款", "旧文章", "<ins>", "<del>", "<details", "第 1 版", "version"):
            assert inside not in article, inside
    assert "git feedback" not in words(shown(audience=PUBLIC)["zh"])


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    rows = (ROOT / "tests/cases/escaping/payloads.txt").read_text(encoding="utf-8").splitlines()
    evil = [" ".join(json.loads(row).split()) for row in rows if row.startswith('"')]
    lines = [one for one in evil if one.isprintable() and 0 < len(one) < 300][:60]
    listed = "".join(f"  - {json.dumps(one, ensure_ascii=False)}\n" for one in lines)
    new = {"zh_refund": source(json.dumps("<b>退款</b>{{ 7*7 }}"), "\n\n".join(lines), 2, f"symptoms:\n{listed}")}
    for article in shown(edition(OLD, new)).values():
        assert len(lines) > 20
        tags = {name.lower() for name in re.findall(r"<([a-zA-Z]+)", article)}
        assert tags <= {"article", "nav", "a", "span", "header", "h", "svg", "use", "p", "section", "ul", "li", "div",
                        "bdi", "details", "summary", "ol", "del", "ins", "time"}  # fmt: skip
        assert not re.search(r"<[^>]*\s(on\w+|style|src)=", article)
        assert "{{ 7*7 }}" in article


def test_the_page_has_its_place_and_shell_in_every_language() -> None:
    there = record()
    assert {(page.path, page.shell, page.root) for page in pages(there, both(there))} == {(PATH, PATH, "../")}
    assert set(shown()) == set(LANGUAGES)
