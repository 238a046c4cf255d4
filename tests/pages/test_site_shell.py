"""The shell: split around its article, its addresses right at every depth."""

import pytest

from git_feedback.pages.page import Page
from git_feedback.pages.shell import NoArticle, Shell, relocated, split

BUILT = """<!doctype html>
<html lang="zh" class="no-js"><head>
<meta http-equiv="Content-Security-Policy" content="">
<meta name="generator" content="builder">
<title>条目 - 反馈台</title><link rel="stylesheet" href="{up}assets/fb.css">
<script>__md_scope=new URL("{base}",location)</script>
</head><body dir="ltr">
<a href="#topic" class="md-skip">跳转</a><a href="{up}index.html">家</a><a href="https://desk.example/">外</a>
<a class="fb-switch" href="{base}/../en/{path}">English</a>
<div class="md-search" role="dialog"></div>
<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_5_label" aria-expanded="false">
  <label class="md-nav__title" for="__nav_5"><span class="md-icon"></span>
    知识库
  </label></nav>
<div class="md-content" data-md-component="content"><article class="md-content__inner md-typeset"><h1>条目</h1></article></div>
<script id="__config" type="application/json">{{"base":"{base}","search":"{up}assets/search.js"}}</script>
</body></html>
"""


def shell(path: str = "item.html") -> Shell:
    depth = path.count("/")
    html = BUILT.format(up="../" * depth, base="/".join([".."] * depth) or ".", path=path)
    return Shell(path, "zh", html, '<svg class="fb-sprite"></svg>', "反馈台")


def stamped(path: str, shell_path: str = "item.html") -> str:
    page = Page(path, "zh", "支付 & 退款", '<article class="fb">正文</article>', shell_path)
    return shell(shell_path).stamped(page).decode()


@pytest.mark.parametrize(
    ("path", "up"), [("item.html", ""), ("reports/2026-10.html", "../"), ("items/2026/Q261119-0AAJN0D.html", "../../")]
)
def test_addresses_are_right_at_every_depth(path: str, up: str) -> None:
    page = stamped(path)
    assert f'href="{up}assets/fb.css"' in page
    assert f'href="{up}index.html"' in page
    assert f'href="{up}../en/{path}"' in page
    assert f'"search":"{up}assets/search.js"' in page
    assert f'"base":"{up.rstrip("/") or "."}"' in page
    assert 'href="https://desk.example/"' in page


def test_a_shell_one_folder_deep_serves_its_own_depth_and_the_next() -> None:
    assert 'href="../assets/fb.css"' in stamped("reports/2026-10.html", "reports/index.html")
    assert 'href="../../../en/reports/2026/q3.html"' in stamped("reports/2026/q3.html", "reports/index.html")


def test_what_the_reader_chose_is_kept_above_both_languages() -> None:
    assert 'new URL("..",location)' in stamped("queue.html")
    assert 'new URL("../../..",location)' in stamped("items/2026/Q261119-0AAJN0D.html")


def test_the_article_is_replaced_and_nothing_else_is_lost() -> None:
    page = stamped("queue.html")
    assert '<article class="fb">正文</article></div>' in page
    assert "<h1>条目</h1>" not in page
    assert "<title>支付 &amp; 退款 - 反馈台</title>" in page
    assert 'href="#fb-main" class="md-skip"' in page and 'id="fb-main"' in page


def test_what_the_theme_leaves_without_a_name_has_one() -> None:
    page = stamped("queue.html")
    assert 'role="dialog" aria-label="搜索"' in page
    assert '<nav class="md-nav" data-md-level="1" aria-label="知识库" aria-expanded="false">' in page


def test_the_sprite_stands_once_after_body() -> None:
    page = stamped("queue.html")
    assert page.count("fb-sprite") == 1
    assert '<body dir="ltr">\n<svg class="fb-sprite">' in page


def test_a_title_cannot_break_out_or_turn_around() -> None:
    page = Page("queue.html", "zh", "</title><script>1</script>\u202e", "<article></article>", "item.html")
    html = shell().stamped(page).decode()
    assert "<title>&lt;/title&gt;&lt;script&gt;1&lt;/script&gt;[U+202E] - 反馈台</title>" in html


def test_an_article_that_looks_like_a_gap_is_text() -> None:
    page = Page("queue.html", "zh", "题", "<article>\x00title\x00 {twin}</article>", "item.html")
    assert "\x00title\x00 {twin}" in shell().stamped(page).decode()


def test_a_script_in_an_article_gets_no_hash() -> None:
    script = "<article><script>alert(1)</script></article>"
    with_script, without = (
        shell().stamped(Page("queue.html", "zh", "题", article, "item.html")).decode()
        for article in (script, "<article></article>")
    )
    assert with_script.replace(script, "<article></article>") == without


def test_the_builders_own_page_keeps_its_title_and_article() -> None:
    page = shell("knowledge/refund.html").own(lambda article: article.replace("条目", "退款")).decode()
    assert "<title>条目 - 反馈台</title>" in page and "<h1>退款</h1>" in page
    assert 'href="../../en/knowledge/refund.html"' in page


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(NoArticle):
        split("<html><body></body></html>")


@pytest.mark.parametrize(
    ("address", "path", "depth", "there"),
    [
        ("assets/a.css", "item.html", 0, "assets/a.css"),
        ("../assets/a.css", "reports/index.html", 2, "../../assets/a.css"),
        ("refund.html#how", "knowledge/index.html", 1, "../knowledge/refund.html#how"),
        (".", "item.html", 2, "../.."),
        ("#top", "item.html", 2, "#top"),
        ("mailto:desk@desk.example", "item.html", 2, "mailto:desk@desk.example"),
        ("data:image/png;base64,AA", "item.html", 1, "data:image/png;base64,AA"),
        ("", "item.html", 1, ""),
    ],
)
def test_an_address_is_relocated(address: str, path: str, depth: int, there: str) -> None:
    assert relocated(address, path, depth) == there
