"""What is new as RSS 2.0: for the desk and for each department what came, what ran out of time, what was closed.

The last fourteen days, at most fifty entries, in both languages.  A title is a stranger's text: hidden characters show,
control characters cannot stand in XML, and the writer of the standard library escapes the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from git_feedback.desk import Standing, happened
from git_feedback.insight.verdicts import BREACHED, promises
from git_feedback.pages.page import File, Record
from git_feedback.pages.views import due_dates, rows
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.words import Words
from git_feedback.text import visible

ALL = due_dates.ALL
PERIOD = timedelta(days=14)
MOST = 50
_XML = "{http://www.w3.org/XML/1998/namespace}base"
_ATOM = "http://www.w3.org/2005/Atom"
_TAGS = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to an item: received, late (with the clock that ran out) or closed."""

    at: datetime
    kind: str
    standing: Standing
    clock: str = ""

    @property
    def guid(self) -> str:
        """The same in every build and in both languages."""
        moment = f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return "-".join(part for part in (self.standing.item.id, self.kind, self.clock, moment) if part)


def files(record: Record) -> Iterator[File]:
    """A feed for all and one for each department, in each language."""
    found = news(record)
    for words in both(record).values():
        for name, department in named(record).items():
            mine = [one for one in found if department in ("", one.standing.state.department)][:MOST]
            yield File(path(name, words.language), _feed(name, department, mine, record, words))


def named(record: Record) -> dict[str, str]:
    """The name of each feed and the department it is for, `all` (for every one) first."""
    ids = record.policy.departments
    return {ALL: "", **dict(zip(due_dates.plain_names(ids), ids, strict=True))}


def listed(record: Record, words: Words) -> list[tuple[str, str]]:
    """The feeds of a language as pages list them: the way below the folder of the language, and whose it is."""
    there = named(record).items()
    return [(path(name, words.language).partition("/")[2], _whose(words, department)) for name, department in there]


def path(name: str, language: str) -> str:
    """Where a feed lies, below the top of the site."""
    return f"{language}/feeds/{name}.xml"


def news(record: Record) -> list[News]:
    """Everything that happened within the period, newest first; imported history is no news."""
    found = [one for standing in record.standings if standing.item.record is None for one in _of(standing, record)]
    recent = [one for one in found if record.now - PERIOD < one.at <= record.now]
    return sorted(recent, key=lambda one: (-one.at.timestamp(), one.guid))


def _of(standing: Standing, record: Record) -> Iterator[News]:
    yield News(standing.item.received, "received", standing)
    for verdict in promises(standing):
        if verdict.outcome == BREACHED:
            yield News(verdict.at, "late", standing, verdict.clock)
    closings = [event.at for event in happened(standing.item, record.now) if event.verb == "close"]
    if closings and standing.state.life == "closed":
        yield News(closings[-1], "closed", standing)


def _feed(name: str, department: str, found: Sequence[News], record: Record, words: Words) -> bytes:
    site = (record.policy.desk.site or "").removesuffix("/")
    title = words.say(
        "feed-title", None, desk=record.policy.desk.name.said(words.language), whose=_whose(words, department)
    )
    rss = Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    if not site:
        rss.set(_XML, "../")
    channel = SubElement(rss, "channel")
    page = f"queue.html?department={department}" if department else "queue.html"
    _said(channel, "title", title)
    _said(channel, "link", _address(site, words.language, page))
    _said(channel, "description", words.say("feed-about", None, days=PERIOD.days))
    _said(channel, "language", _TAGS[words.language])
    if site:
        link = {"rel": "self", "type": "application/rss+xml", "href": f"{site}/{path(name, words.language)}"}
        SubElement(channel, "atom:link", link)
    if found:
        _said(channel, "lastBuildDate", _moment(found[0].at))
    for one in found:
        _entry(SubElement(channel, "item"), one, site, words)
    indent(rss)
    written: bytes = tostring(rss, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(item: Element, one: News, site: str, words: Words) -> None:
    standing = one.standing
    level = standing.state.level or ""
    kind = words.say(f"feed-{one.kind}", None, clock=words.say(f"page-clock-{one.clock}") if one.clock else "")
    said = " ".join(visible(standing.item.title).split())
    _said(item, "title", " · ".join(part for part in (kind, level, said) if part))
    _said(item, "link", _address(site, words.language, rows.path(standing.item.id)))
    _said(item, "guid", one.guid).set("isPermaLink", "false")
    _said(item, "pubDate", _moment(one.at))
    facts = (words.department(standing.state.department), words.channel(standing.item.channel), standing.item.id)
    _said(item, "description", " · ".join(fact for fact in facts if fact))
    if standing.state.category:
        _said(item, "category", words.category(standing.state.category))


def _said(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = visible(text)
    return made


def _whose(words: Words, department: str) -> str:
    return words.department(department) or words.say("board-feed-everything")


def _address(site: str, language: str, page: str) -> str:
    """Where a page is; without the site's own address the way from the folder of the language (`xml:base`)."""
    return f"{site}/{language}/{page}" if site else page


def _moment(at: datetime) -> str:
    """`Fri, 20 Nov 2026 03:05:00 +0000`"""
    return format_datetime(at.astimezone(UTC).replace(microsecond=0))
