"""What search engines are told: the pages of a public site in both languages, and to keep away from any other.

The map names the pages that people wrote or read on purpose, never one for each item: it stays small.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from git_feedback.i18n import LANGUAGES
from git_feedback.pages import docs
from git_feedback.pages.page import File, Record

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_TAGS = {"zh": "zh-CN", "en": "en"}


def files(record: Record, inputs: Sequence[docs.Docs]) -> Iterator[File]:
    """robots.txt, and sitemap.xml for a public site whose address the policy names."""
    site = (record.policy.desk.site or "").removesuffix("/")
    if not record.audience.is_public:
        yield File("robots.txt", b"User-agent: *\nDisallow: /\n")
        return
    told = f"Sitemap: {site}/sitemap.xml\n" if site else ""
    yield File("robots.txt", f"User-agent: *\nDisallow:\n{told}".encode())
    if site:
        yield File("sitemap.xml", _map(site, inputs))


def _map(site: str, inputs: Sequence[docs.Docs]) -> bytes:
    """Each page with its twins in other languages."""
    pages = {one.language: {*docs.shells(one.audience), *one.articles} for one in inputs}
    made = Element("urlset", {"xmlns": _MAP, "xmlns:xhtml": _XHTML})
    for path in sorted(set().union(*pages.values())):
        there = [language for language in LANGUAGES if path in pages.get(language, ())]
        for language in there:
            entry = SubElement(made, "url")
            SubElement(entry, "loc").text = f"{site}/{language}/{path}"
            for twin in there if len(there) > 1 else ():
                link = {"rel": "alternate", "hreflang": _TAGS[twin], "href": f"{site}/{twin}/{path}"}
                SubElement(entry, "xhtml:link", link)
    indent(made)
    written: bytes = tostring(made, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
