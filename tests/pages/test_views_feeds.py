"""Feeds, badges and what search engines are told: valid for those who read them, whatever a title holds."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from tests.pages.views_desk import ALL, CLOSED, LATE, NOW, record
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES
from git_feedback.model import ids
from git_feedback.pages import docs, sitemap
from git_feedback.pages.audience import PUBLIC, TEAM
from git_feedback.pages.page import Record
from git_feedback.pages.views import badge, feeds
from git_feedback.pages.views.rendering import both

HOSTILE = "]]><script>&amp; \u202egnp.exe\u0085 支付 {{7*7}} <b>"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
SVG = "{http://www.w3.org/2000/svg}"


def with_site(made: Record, site: str | None) -> Record:
    """The record of a desk that says where its site is."""
    desk = made.policy.desk.model_copy(update={"site": site})
    return replace(made, policy=replace(made.policy, desk=desk))


def feed(made: Record, name: str = "all", language: str = "zh") -> ET.Element:
    """A feed, parsed."""
    content = {file.path: file.content for file in feeds.files(made)}[feeds.path(name, language)]
    return ET.fromstring(content)


def entries(made: Record, name: str = "all", language: str = "zh") -> list[dict[str, str]]:
    """The entries of a feed, each by the names of its parts."""
    return [{part.tag: part.text or "" for part in one} for one in feed(made, name, language).iter("item")]


# ---- feeds ------------------------------------------------------------------------------------------------------------


def test_there_is_a_feed_for_all_and_one_for_each_department_in_both_languages() -> None:
    paths = {file.path for file in feeds.files(record(*ALL))}
    names = {"all", *policy().departments}
    assert paths == {f"{language}/feeds/{name}.xml" for language in LANGUAGES for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_has_what_rss_2_asks_for(language: str) -> None:
    rss = feed(record(*ALL), language=language)
    assert (rss.tag, rss.get("version"), len(rss)) == ("rss", "2.0", 1)
    channel = rss[0]
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    assert channel.findtext("language") == {"zh": "zh-CN", "en": "en"}[language]
    found = entries(record(*ALL), language=language)
    assert found
    for one in found:
        assert {"title", "link", "guid", "pubDate", "description"} <= set(one)
        assert parsedate_to_datetime(one["pubDate"]) <= NOW
    assert all(guid.get("isPermaLink") == "false" for guid in rss.iter("guid"))


def test_a_feed_tells_what_came_what_ran_out_and_what_was_closed_in_fourteen_days_newest_first() -> None:
    kinds = Counter(one.kind for one in feeds.news(record(*ALL)))
    assert kinds["received"] == len(ALL) - 1 and kinds["late"] > 0 and kinds["closed"] == 0
    moments = [one.at for one in feeds.news(record(*ALL))]
    assert moments == sorted(moments, reverse=True)
    then = datetime.fromisoformat("2026-08-06T09:00:00+08:00")
    told = [one.kind for one in feeds.news(record(CLOSED, now=then))]
    assert sorted(told) == ["closed", "received"]


def test_no_more_than_fifty_entries_stand_in_a_feed() -> None:
    day = NOW.date()
    made = [
        LATE.replace("Q261119-0AAJN0D", ids.make("Q", day, "app", str(number), lambda _: False)) for number in range(60)
    ]
    assert len(entries(record(*made))) == feeds.MOST == 50


def test_a_department_s_feed_holds_its_own_items_only() -> None:
    found = entries(record(*ALL), "payments")
    assert found and all("支付产品" in one["description"] for one in found)
    assert entries(record(*ALL), "brand") == []


def test_imported_history_is_no_news() -> None:
    assert feeds.news(record(LATE.replace("channel: app", "channel: app\nrecord: history", 1))) == []


def test_a_hostile_title_stands_in_a_feed_as_what_it_is() -> None:
    said = json.dumps(HOSTILE.replace("\u0085", ""), ensure_ascii=False)
    made = record(LATE.replace("title: 支付最后一步提示“系统繁忙”，已扣款未出单", f"title: {said}"))
    content = next(feeds.files(made)).content.decode()
    assert "\u202e" not in content and "<script>" not in content
    found = entries(made)
    assert found and all("]]><script>&amp; [U+202E]gnp.exe" in one["title"] for one in found)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\u0085", "\ufffe", "\ufeff", "\u2066", "\u200b"])
def test_a_character_that_xml_or_a_reader_must_not_see_is_shown(character: str) -> None:
    parent = ET.Element("item")
    feeds._said(parent, "title", f"支付{character}页面")
    assert ET.fromstring(ET.tostring(parent)).findtext("title") == f"支付[U+{ord(character):04X}]页面"


def test_guids_are_the_same_in_both_languages_and_in_the_next_build() -> None:
    today, tomorrow = record(*ALL), record(*ALL, now=NOW + timedelta(hours=1))
    german = [one["guid"] for one in entries(today, language="en")]
    assert german == [one["guid"] for one in entries(today)]
    assert len(set(german)) == len(german)
    assert set(german) <= {one["guid"] for one in entries(tomorrow)}


def test_links_lead_to_the_item_with_and_without_an_address_of_the_site() -> None:
    known = with_site(record(LATE), "https://feedback.example.com/desk/")
    assert entries(known)[0]["link"] == "https://feedback.example.com/desk/zh/items/2026/Q261119-0AAJN0D.html"
    link = feed(known).find("channel/{http://www.w3.org/2005/Atom}link")
    assert link is not None and link.get("href") == "https://feedback.example.com/desk/zh/feeds/all.xml"
    unknown = with_site(record(LATE), None)
    base = urljoin("https://x.example/a/zh/feeds/all.xml", feed(unknown).get(XML_BASE) or "")
    assert urljoin(base, entries(unknown)[0]["link"]) == "https://x.example/a/zh/items/2026/Q261119-0AAJN0D.html"


def test_feeds_are_the_same_bytes_twice_and_do_not_change_while_nothing_happens() -> None:
    first = [(file.path, file.content) for file in feeds.files(record(*ALL))]
    assert first == [(file.path, file.content) for file in feeds.files(record(*ALL))]
    later = [(file.path, file.content) for file in feeds.files(record(*ALL, now=NOW + timedelta(seconds=20)))]
    assert first == later


# ---- badges -----------------------------------------------------------------------------------------------------------


def test_a_badge_says_what_is_late_in_red_and_else_what_was_kept_in_teal() -> None:
    words = both(record(*ALL))["zh"]
    late = badge.badge(record(*ALL), "", words)
    assert (late.message, late.colour) == ("1 件超时", badge.RED) and late.label == "反馈台"
    early = datetime.fromisoformat("2026-11-19T09:50:00+08:00")
    kept = badge.badge(record(LATE, now=early), "", both(record(LATE, now=early))["en"])
    assert (kept.message, kept.colour) == ("on time 100 %", badge.TEAL)
    nothing = badge.badge(record(), "", words)
    assert (nothing.message, nothing.colour) == ("没有超时", badge.INK)


def test_a_department_s_badge_is_about_that_department() -> None:
    words = both(record(*ALL))["en"]
    assert badge.badge(record(*ALL), "payments", words).colour == badge.RED
    assert badge.badge(record(*ALL), "brand", words).colour != badge.RED
    assert badge.badge(record(*ALL), "brand", words).label == "Brand"


def test_a_badge_service_reads_the_same_words() -> None:
    made = {file.path: file.content for file in badge.files(record(*ALL))}
    assert json.loads(made["api/badge.json"]) == {
        "schemaVersion": 1,
        "label": "反馈台",
        "message": "1 件超时",
        "color": "a31d16",
    }
    assert {f"api/badge-{name}.json" for name in policy().departments} <= set(made)


def test_a_badge_has_a_title_asks_for_nothing_and_is_as_wide_as_its_texts() -> None:
    for file in badge.files(record(*ALL)):
        if not file.path.endswith(".svg"):
            continue
        svg = ET.fromstring(file.content)
        assert svg.get("role") == "img" and svg.findtext(f"{SVG}title")
        assert not re.search(rb"url\(|href|@import|style=|<script", file.content)
        texts = [(float(one.get("x") or 0), float(one.get("textLength") or 0)) for one in svg.iter(f"{SVG}text")]
        assert texts[0][0] + texts[0][1] < texts[1][0]
        assert texts[1][0] + texts[1][1] < float(svg.get("width") or 0)


def test_han_take_a_whole_square_and_latin_letters_about_two_thirds() -> None:
    assert badge.width("件超时") == 33
    assert badge.width("late") < badge.width("超时超时")
    assert badge.width("１") == badge.width("时")


def test_a_hostile_name_stays_text_in_a_badge() -> None:
    drawn = badge.drawn(badge.Badge('</title><script>1</script>"', "1 件超时", badge.RED))
    assert b"<script>" not in drawn
    assert (ET.fromstring(drawn).findtext(f"{SVG}title") or "").startswith("</title><script>")


def test_white_reads_well_on_every_colour_of_a_badge() -> None:
    for colour in (badge.TEAL, badge.RED, badge.INK, badge._LABEL):
        assert contrast("#ffffff", colour) > 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---- what search engines are told -------------------------------------------------------------------------------------


def engine_files(made: Record, site: str | None) -> dict[str, bytes]:
    """robots.txt and sitemap.xml of a site with one public article, in Chinese alone."""
    source = {"site/pages/zh/knowledge/a.md": "---\naudience: public\n---\n# 退款\n".encode()}
    return {file.path: file.content for file in sitemap.files(with_site(made, site), docs.docs(source, made.audience))}


def public() -> Record:
    """A record for the public."""
    return replace(record(), audience=PUBLIC)


def test_search_engines_are_kept_away_from_the_team_s_site() -> None:
    assert engine_files(record(), "https://x.example") == {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    extra = [json.loads(docs.config("zh", policy(), [], audience))["extra"] for audience in (TEAM, PUBLIC)]
    assert [one["robots"] for one in extra] == ["noindex, nofollow", ""]


def test_the_public_site_is_mapped_where_its_address_is_known() -> None:
    assert list(engine_files(public(), None)) == ["robots.txt"]
    made = engine_files(public(), "https://x.example/")
    assert b"Sitemap: https://x.example/sitemap.xml\n" in made["robots.txt"]
    root = ET.fromstring(made["sitemap.xml"])
    found = {one[0].text: [link.get("hreflang") for link in one[1:]] for one in root}
    assert found["https://x.example/zh/track.html"] == ["en", "zh-CN"]
    assert found["https://x.example/zh/knowledge/a.html"] == []
    assert "https://x.example/en/knowledge/a.html" not in found
    assert not [address for address in found if address and ("items" in address or "queue" in address)]
