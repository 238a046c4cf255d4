"""The knowledge base: its first page, made from the articles' own front matter, and what of it the public may read.

An article is the team's until its front matter says `audience: public`.  Of such an article the parts whose heading
ends in `{.team}` stay inside, and so do the front matter, but for title and symptoms, and what customers said.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from posixpath import dirname, join, normpath

from git_feedback import notation
from git_feedback.escaping import markdown_line
from git_feedback.i18n import LANGUAGES, text
from git_feedback.model import Problem
from git_feedback.pages import prose

SHELF = "knowledge/"
_PAGES = "site/pages/"
_FENCE = "---"
_INDEX = "index.md"
_HEADING = re.compile(r"(#{1,6})(?!#).*?(\{[^{}]*\})?[ \t#]*")
"""As the builder takes it: no space is needed behind the signs."""
_INSIDE = re.compile(r"\{[^{}]*\.team\b[^{}]*\}")
_CODE = re.compile(r" {0,3}(```+|~~~+)[ \t]*(?:\{[^`]*\}|[\w#.+-]*(?:[ \t]+\w+=[^`]*)?)[ \t]*")
_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]+)|^ {0,3}\[[^\]]+\]: *<?([^\s>]+)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(<?([^)\s#>]+\.md)(?:#[^)\s>]*)?>?(?: +\"[^\"]*\")?\)")
OPEN = frozenset(
    {"index.md", "submit.md", "submit-file.md", "track.md", "you-said-we-did.md"}
    | {f"{SHELF}{_INDEX}", f"{SHELF}editions.md"}
)
"""The pages of the public's site that no article makes."""
_COMMENT = re.compile(r"<!--(?! fb:).*?-->", re.DOTALL)


def shelf(sources: Mapping[str, bytes], language: str) -> str:
    """Markdown that lists the articles under site/pages/<language>/knowledge, by title."""
    folder = f"site/pages/{language}/{SHELF}"
    titles = {
        path.removeprefix(folder): title(source) or path.removeprefix(folder).removesuffix(".md")
        for path, source in sources.items()
        if path.startswith(folder) and path.endswith(".md") and "/" not in path.removeprefix(folder)
    }
    rows = [f"- [{markdown_line(name)}]({path})" for path, name in sorted(titles.items(), key=lambda row: row[1])]
    words = "\n".join(rows) or text("knowledge-none", language)
    return f"# {text('site-knowledge', language)}\n\n{_lead('knowledge', language)}\n\n{words}\n"


def _lead(shelf_of: str, language: str) -> str:
    """What stands above the list, with the way to what changed."""
    between = "" if language == "zh" else " "
    return f"{text(f'{shelf_of}-lead', language)}{between}[{text('editions-link', language)}](editions.md)"


def title(source: bytes) -> str:
    """The `title` of an article's front matter; empty where it has none."""
    lines = source.decode("utf-8", "replace").split("\n")
    if lines[:1] != [_FENCE] or _FENCE not in lines[1:]:
        return ""
    try:
        front = notation.read("\n".join(lines[1 : lines.index(_FENCE, 1)]).encode() + b"\n")
    except notation.Bad:
        return ""
    found = front.get("title", "") if isinstance(front, dict) else ""
    return found if isinstance(found, str) else ""


# ---- what the public may read -----------------------------------------------------------------------------------------


def for_everybody(sources: Mapping[str, bytes], strangers: Collection[str] = ()) -> dict[str, bytes]:
    """The sources of a site for the public: of the team's pages the public part of public articles, and a list of them.

    A symptom that is word for word what somebody wrote (`strangers`, as `plain` makes it) is no word of the team.
    """
    kept = {path: content for path, content in sources.items() if not path.startswith(_PAGES)}
    for language in LANGUAGES:
        folder = f"{_PAGES}{language}/"
        articles = _linked(dict(_public(sources, f"{folder}{SHELF}", strangers)), folder)
        kept |= {path: content for path, content in articles.items() if not path.endswith(f"/{_INDEX}")}
        kept |= _pictures(sources, articles)
        index = f"{folder}{SHELF}{_INDEX}"
        kept[index] = articles.get(index) or _answers(kept, language).encode()
    return kept


def plain(said: str) -> str:
    """A text as it is compared: case and spaces do not count."""
    return " ".join(said.split()).casefold()


def _public(sources: Mapping[str, bytes], folder: str, strangers: Collection[str]) -> Iterator[tuple[str, bytes]]:
    for path, source in sources.items():
        if not (path.startswith(folder) and path.endswith(".md")):
            continue
        article = prose.read(path, source)
        if not isinstance(article, Problem) and article.front.get("audience") == "public" and article.holds:
            yield path, _outside(article, strangers)


def _outside(article: prose.Prose, strangers: Collection[str]) -> bytes:
    """What is handed out of an article: the answer first, and behind it the words by which people know their case."""
    symptoms = [said for said in article.said.get("symptoms", ()) if plain(said) not in strangers]
    front = {"title": article.title, "audience": "public"} | ({"symptoms": symptoms} if symptoms else {})
    body = without_team(article.body)
    marks = "".join(f"\n{prose.marker(key)}\n" for key in front if key in prose.SAID and prose.marker(key) not in body)
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{body}{marks}".encode()


def without_team(body: str) -> str:
    """Markdown without the parts whose heading ends in `{.team}`, up to the next heading of its rank; without comments.

    That mark anywhere else, code aside, hides all that follows up to a heading of the first rank: better too much.
    """
    kept: list[str] = []
    hidden, fence = 0, ""
    lines = _COMMENT.sub("", body).split("\n")
    for place, line in enumerate(lines):
        heading = None if fence else _HEADING.fullmatch(line)
        if heading and (not hidden or len(heading[1]) <= hidden):
            hidden = len(heading[1]) if _INSIDE.search(heading[2] or "") else 0
        elif not fence and not heading and _INSIDE.search(line):
            hidden = 1
        if not hidden:
            kept.append(line)
        fence = _fence(fence, line, lines[place + 1 :])
    return "\n".join(kept).rstrip() + "\n"


def _fence(fence: str, line: str, after: Sequence[str]) -> str:
    """The fence within which the next line is, empty for none; one that nobody closes is no fence."""
    if fence:
        return "" if line.strip() == fence else fence
    mark = _CODE.fullmatch(line)
    return mark[1] if mark and any(one.strip() == mark[1] for one in after) else ""


def _linked(articles: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """Articles whose links lead to pages that the public has; of any other link the words stay."""
    there = {f"{folder}{page}" for page in OPEN} | set(articles)

    def kept(path: str, link: re.Match[str]) -> str:
        return link[0] if normpath(join(dirname(path), link[2])) in there else link[1]

    return {path: _LINK.sub(partial(kept, path), source.decode()).encode() for path, source in articles.items()}


def _pictures(sources: Mapping[str, bytes], articles: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files beside public articles that their public part shows."""
    found: dict[str, bytes] = {}
    for path, source in articles.items():
        folder = path.rpartition("/")[0]
        for shown in _PICTURE.finditer(source.decode()):
            beside = f"{folder}/{shown[1] or shown[2]}"
            if beside in sources and not beside.endswith(".md"):
                found[beside] = sources[beside]
    return found


def _answers(sources: Mapping[str, bytes], language: str) -> str:
    """The list of public articles, in words for those who look for an answer."""
    listed = shelf(sources, language).partition("\n\n")[2].partition("\n\n")[2]
    words = listed if "](" in listed else f"{text('answers-none', language)}\n"
    return f"# {text('site-answers', language)}\n\n{_lead('answers', language)}\n\n{words}"
