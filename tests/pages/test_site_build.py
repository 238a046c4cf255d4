"""A whole small site through the real builder: what is written, what is left alone, what is never published."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from tests.pages.site_sample import REFUND, built, files, pages, record, site_of, sources

from git_feedback.i18n import codes, text
from git_feedback.pages import builder
from git_feedback.pages.build import Built, build
from git_feedback.pages.builder import BuildFailed
from git_feedback.pages.page import Page

INLINE = re.compile(r"<(script|style)(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>(.*?)</\1>", re.DOTALL)
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
ARTICLE = re.compile(r"<article .*</article>", re.DOTALL)
FETCHES = re.compile(r"""(?:src|href|srcset|action|poster)="((?:https?:)?//[^"]*)"|url\(["']?((?:https?:)?//[^)"']+)""")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small site, built once for tests that only look."""
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def published(done: Built) -> dict[str, str]:
    """Its pages by path."""
    return {path: content.decode() for path, content in site_of(done).items() if path.endswith(".html")}


def test_a_strict_build_has_no_complaints_and_renders_both_languages(done: Built) -> None:
    assert (done.rendered, done.problems) == (("en", "zh"), ())


def test_every_tab_leads_somewhere_in_both_languages(published: dict[str, str]) -> None:
    for path in ("index", "queue", "sla", "reports/index", "knowledge/index", "handbook/index"):
        assert {f"en/{path}.html", f"zh/{path}.html"} <= published.keys()


def test_a_stamped_page_has_its_own_title_article_and_a_way_home(published: dict[str, str]) -> None:
    page = published["zh/items/2026/Q261119-0AAJN0D.html"]
    assert "<title>支付 &lt;b&gt;报错 - 反馈台</title>" in page
    assert "<h1><bdi>支付页面报错</bdi></h1>" in page
    assert 'href="../../queue.html"' in page
    assert 'src="../../assets/fb.js"' in page


def test_pages_say_their_language_and_no_builder(published: dict[str, str]) -> None:
    languages = {path: re.findall(r'<html lang="([^"]+)"', page) for path, page in published.items()}
    assert all(found == ["zh-CN"] for path, found in languages.items() if path.startswith("zh/"))
    assert not [path for path, page in published.items() if 'name="generator"' in page or "squidfunk" in page]


def test_the_language_switch_keeps_the_page(published: dict[str, str]) -> None:
    switch = re.compile(r'<a [^>]*fb-switch[^>]*href="([^"]+)"')
    for path, page in published.items():
        if path == "index.html":
            continue
        found = switch.search(page)
        assert found
        target = (Path("/site") / path).parent.joinpath(found[1])
        other = target.resolve().relative_to("/site").as_posix()
        assert other in published, (path, found[1])
        if "refund" not in path:
            assert other.partition("/")[2] == path.partition("/")[2]


def test_an_article_without_a_twin_leads_to_the_top_of_its_part(published: dict[str, str]) -> None:
    assert 'href="../../en/knowledge/index.html"' in published["zh/knowledge/refund.html"]


def test_every_page_has_a_content_policy_with_a_hash_for_each_inline_script(published: dict[str, str]) -> None:
    for path, page in published.items():
        rules = POLICY.findall(page)
        assert len(rules) == 1, path
        assert "unsafe" not in rules[0] and "default-src 'none'" in rules[0]
        for _, code in INLINE.findall(page):
            assert b64encode(sha256(code.encode()).digest()).decode() in rules[0], path


def test_no_page_has_style_attributes_or_handlers(published: dict[str, str]) -> None:
    inline = re.compile(r"<[a-z][^<>]*\s(?:style|on[a-z]+)=")
    assert not [(path, found[0]) for path, page in published.items() if (found := inline.search(page))]


def test_nothing_is_fetched_from_a_foreign_origin(done: Built) -> None:
    for path, content in site_of(done).items():
        if path.endswith((".html", ".css")):
            assert not FETCHES.findall(content.decode()), path


def test_words_of_strangers_never_reach_the_builder(done: Built, published: dict[str, str]) -> None:
    handed = b"".join(path.read_bytes() for path in (done.site.parent / "docs").rglob("*") if path.is_file())
    staged = b"".join(path.read_bytes() for path in (done.site.parent / "staging").rglob("*") if path.is_file())
    for words in ("退款 12 天未到账", "到底什么时候退款"):
        assert words.encode() not in handed + staged
        assert words in published["zh/knowledge/refund.html"]
    assert "window.hit = 1</script>" not in published["zh/knowledge/refund.html"]


def test_two_builds_give_the_same_bytes(done: Built, tmp_path: Path) -> None:
    assert site_of(done) == site_of(built(tmp_path))


def test_a_second_build_writes_nothing_and_does_not_run_the_builder(tmp_path: Path) -> None:
    built(tmp_path)
    again = built(tmp_path)
    assert (again.written, again.removed, again.rendered) == (0, 0, ())


def test_a_changed_article_renders_its_language_only(tmp_path: Path) -> None:
    built(tmp_path)
    changed = sources() | {REFUND: "# 退款多久到账\n\n五天。\n".encode()}
    again = build(record(), changed, tmp_path, pages(), files(), strict=True)
    assert again.rendered == ("zh",)
    assert "五天" in site_of(again)["zh/knowledge/refund.html"].decode()


def test_a_page_that_is_gone_is_deleted(tmp_path: Path) -> None:
    built(tmp_path)
    kept = [page for page in pages() if not page.path.startswith("items/")]
    again = build(record(), sources(), tmp_path, kept, files(), strict=True)
    assert again.removed == 2
    assert not list((again.site / "zh").glob("items"))


def test_hand_written_files_under_site_survive_a_build(tmp_path: Path) -> None:
    by_hand = tmp_path / "site" / "pages" / "zh" / "knowledge" / "refund.md"
    by_hand.parent.mkdir(parents=True)
    by_hand.write_text("# 手写\n", encoding="utf-8")
    built(tmp_path / "build")
    assert by_hand.read_text(encoding="utf-8") == "# 手写\n"
    for language in ("en", "zh"):
        config = (tmp_path / "build" / f"mkdocs.{language}.yml").read_text(encoding="utf-8")
        assert f'"docs_dir": "docs/{language}"' in config and f'"site_dir": "staging/{language}"' in config


def test_the_committed_configurations_never_write_into_site() -> None:
    found = sources()
    for name, language in (("mkdocs.yml", "en"), ("mkdocs.zh.yml", "zh")):
        lines = found[name].decode().splitlines()
        assert f"docs_dir: build/docs/{language}" in lines and f"site_dir: build/staging/{language}" in lines


def test_a_symlink_is_not_published(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    out = tmp_path / "build"
    built(out)
    for place in ("docs/zh/leak.txt", "docs/zh/assets/leak.txt", "staging/zh/leak.txt", "site/zh/leak.txt"):
        (out / place).symlink_to(secret)
    changed = sources() | {REFUND: "# 退款\n".encode()}
    again = build(record(), changed, out, pages(), files(), strict=True)
    assert not [path for path in again.site.rglob("*") if path.is_symlink() or path.name == "leak.txt"]
    assert secret.read_text(encoding="utf-8") == "秘密"


def test_a_folder_that_is_a_symlink_is_replaced_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "build"
    built(out)
    items = out / "site" / "zh" / "items"
    for path in sorted(items.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    items.rmdir()
    items.symlink_to(elsewhere)
    built(out)
    assert not items.is_symlink() and list(items.rglob("*.html"))
    assert not list(elsewhere.iterdir())


def test_a_broken_link_in_an_article_fails_a_strict_build_with_one_line(tmp_path: Path) -> None:
    broken = sources() | {REFUND: "# 退款\n\n见[没有的页](nowhere.md)。\n".encode()}
    with pytest.raises(BuildFailed) as failed:
        build(record(), broken, tmp_path, pages(), files(), strict=True)
    said = text(failed.value.code, "en", None, **failed.value.values)
    assert "nowhere.md" in said and "\n" not in said
    assert build(record(), broken, tmp_path, pages(), files(), strict=False).rendered == ("en", "zh")


def test_an_article_with_a_script_is_left_out_and_named(tmp_path: Path) -> None:
    active = sources() | {REFUND: "# 退款\n\n<script>alert(1)</script>\n".encode()}
    done = build(record(), active, tmp_path, pages(), files())
    assert [(problem.file, problem.code) for problem in done.problems] == [(REFUND, "site-active-content")]
    assert "zh/knowledge/refund.html" not in site_of(done)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"\xff# no", "site-not-utf8"),
        ("---\nsymptoms:\n  a: 退款\n---\n# 退款\n".encode(), "site-said"),
        ("---\n- 退款\n---\n# 退款\n".encode(), "site-front-matter"),
        ("---\ntitle: 退款\ntitle: 到账\n---\n# 退款\n".encode(), "duplicate-key"),
    ],
)
def test_a_bad_article_is_named_and_the_others_go_on(tmp_path: Path, source: bytes, code: str) -> None:
    done = build(record(), sources() | {REFUND: source}, tmp_path, pages(), files())
    assert [problem.code for problem in done.problems] == [code]
    assert done.problems[0].said("zh").startswith(f"{REFUND}:")
    assert "zh/queue.html" in site_of(done)


def test_two_pages_at_one_place_are_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two files"):
        build(record(), sources(), tmp_path, [*pages(), *pages()], files())


def test_a_page_cannot_leave_the_site(tmp_path: Path) -> None:
    away = Page("../../../away.html", "zh", "走", "<article></article>", "item.html")
    with pytest.raises(ValueError, match="no place"):
        build(record(), sources(), tmp_path, [away], files())


def test_the_entrance_leads_to_the_desks_language_without_a_script(done: Built) -> None:
    page = site_of(done)["index.html"].decode()
    assert "url=zh/index.html" in page and 'href="en/index.html"' in page and "<script" not in page


def test_an_unknown_builder_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(BuildFailed) as failed:
        builder.choose("jekyll")
    assert "zensical" in text(failed.value.code, "zh", None, **failed.value.values)


@pytest.mark.parametrize("name", builder.BUILDERS)
def test_each_builder_makes_the_same_set_of_pages(name: str, done: Built, tmp_path: Path) -> None:
    try:
        builder.choose(name)
    except BuildFailed:
        pytest.skip(f"{name} is not installed")
    other = build(record(), sources(), tmp_path, pages(), files(), choice=name)
    ours, theirs = ({path for path in site_of(one) if path.endswith(".html")} for one in (done, other))
    assert ours == theirs


def test_complaints_of_builders_are_read_from_their_output() -> None:
    output = (
        "INFO    -  Building\nWARNING -  知识库: broken\nWARNING -  知识库: broken\n\x1b[31mERROR\x1b[0m   -  gone\n"
    )
    assert builder.complaints(output) == ["知识库: broken", "gone"]


def test_the_words_of_the_site_are_complete_in_both_languages() -> None:
    assert {code for code in codes("en") if code.startswith("site-")} == {
        code for code in codes("zh") if code.startswith("site-")
    }
