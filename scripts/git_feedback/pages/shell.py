"""The page a builder made, split around its article, so that other articles can stand in the same frame.

A shell is split once; a frame is made once for each depth of folders.  Stamping a page is then joining a few strings.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from posixpath import dirname, join, normpath

from git_feedback.escaping import line
from git_feedback.i18n import text
from git_feedback.pages.editions import letters
from git_feedback.pages.page import Page

_TAGS = {"zh": "zh-CN", "en": "en"}
"""Plain `zh` makes some systems draw Japanese forms."""

_ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>')
_END = "</article>"
_LANGUAGE = re.compile(r'(<html [^>]*?lang=)"[^"]*"')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_BODY = re.compile(r"<body[^>]*>")
_POLICY = '<meta http-equiv="Content-Security-Policy" content="">'
_ADDRESS = re.compile(r'(<[a-z][^<>]*?\s(?:href|src|action)=)"([^"]*)"')
_TWIN = re.compile(r'(<a [^>]*?fb-switch[^>]*?href=)"([^"]*)"')
_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\?)")
_SKIP = re.compile(r'(<a href=)"[^"]*"( class="md-skip")')
_CONTENT = '<div class="md-content"'
_SEARCH = re.compile(r'(<[a-z]+ (?![^>]*aria-label=)[^>]*role="dialog")')
_NESTED = re.compile(
    r'(<nav class="md-nav" data-md-level="[1-9]") aria-labelledby="[^"]*"([^>]*>\s*<label [^>]*>(?:\s*<span[^>]*></span>)?\s*)([^<]+?)(\s*</label>)'
)
_SCOPE = re.compile(r'(__md_scope=new URL\()"([^"]*)"')
_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)
_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_OWN_STYLES = {"bundle.77dd0ce9.min.js": "NwSx/R2V/U4jnW0Tq5pQ53Y/rzPVJ4dqE7D6UTA/J1k="}
"""The style sheet that the script of a theme brings for its search, as a hash; both are those of Zensical 0.0.73."""
_GENERATOR = re.compile(r'\s*<meta name="generator"[^>]*>')
_BLANK = re.compile(r"\n\s*\n")
_GAP = re.compile("\x00(title|twin|article)\x00")
_ABOVE_LANGUAGES = ".."


class NoArticle(ValueError):
    """A built page without the article that ours would replace: the builder or its theme has changed."""


@dataclass(frozen=True)
class Frame:
    """What stands around an article at one depth: plain text, and between it the names of what is filled in."""

    parts: tuple[str, ...]

    @cached_property
    def letters(self) -> str:
        """What stands for the whole frame."""
        return letters("\0".join(self.parts).encode())

    def filled(self, **values: str) -> str:
        """The whole page; `values` gives title, twin and article."""
        return "".join([values[part] if n % 2 else part for n, part in enumerate(self.parts)])


@dataclass(slots=True)
class Shell:
    """One built page of one language: `path` below the folder of its language, `html` as the builder wrote it."""

    path: str
    language: str
    html: str
    sprite: str
    site_name: str
    _frames: dict[int, Frame] = field(default_factory=dict)

    def stamped(self, page: Page) -> bytes:
        """The page of ours in this shell."""
        title = f"{line(page.title)} - {escape(self.site_name)}"
        return self.frame(page.path.count("/")).filled(title=title, twin=page.path, article=page.article).encode()

    def own(self, article: Callable[[str], str]) -> bytes:
        """The builder's own page, its article changed by `article`, in the same frame as all others."""
        before, inner, _ = split(self.html)
        found = _TITLE.search(before)
        title = found[0][len("<title>") : -len("</title>")] if found else escape(self.site_name)
        twin = self._twin()
        return self.frame(self.path.count("/")).filled(title=title, twin=twin, article=article(inner)).encode()

    def frame(self, depth: int) -> Frame:
        """The frame for pages `depth` folders below that of the language."""
        if depth not in self._frames:
            self._frames[depth] = self._made(depth)
        return self._frames[depth]

    def _made(self, depth: int) -> Frame:
        before, _, after = split(self.html)
        before = _LANGUAGE.sub(rf'\1"{_TAGS[self.language]}"', _GENERATOR.sub("", before), count=1)
        before = _TITLE.sub("<title>\x00title\x00</title>", before, count=1)
        before = _BODY.sub(lambda body: f"{body[0]}\n{self.sprite}", before, count=1)
        before = _SKIP.sub(r'\1"#fb-main"\2', before, count=1).replace(_CONTENT, f'{_CONTENT} id="fb-main"', 1)
        before = _accessible(before, self.language)
        moved = [_moved(part, self.path, depth) for part in (before, after)]
        html = "\x00article\x00".join(moved).replace(_POLICY, _POLICY[:-2] + content_policy(moved) + '">')
        return Frame(tuple(_GAP.split(html)))

    def _twin(self) -> str:
        """The page the builder's own language link names, below the folder of the other language."""
        found = _TWIN.search(self.html)
        if found is None:
            return self.path
        return normpath(join(dirname(self.path), found[2])).removeprefix("../").partition("/")[2]


def split(html: str) -> tuple[str, str, str]:
    """What stands before the article, the article, what stands after.  Raises NoArticle."""
    start = _ARTICLE.search(html)
    end = html.rfind(_END)
    if start is None or end < start.start():
        raise NoArticle("the built page has no article to replace")
    return html[: start.start()], html[start.start() : end + len(_END)], html[end + len(_END) :]


def content_policy(shell_parts: list[str]) -> str:
    """The Content-Security-Policy of a page: nothing from elsewhere, and of inline code only what the shell itself holds.

    An article's script has no hash here, so it never runs, whoever wrote it.
    """
    html = "".join(shell_parts)
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": _allowed(_SCRIPT.findall(html)),
        "style-src": _allowed(_STYLE.findall(html), *(own for bundle, own in _OWN_STYLES.items() if bundle in html)),
        "img-src": "'self' data:",
        "media-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _allowed(inline: list[str], *known: str) -> str:
    digests = sorted({*known, *(b64encode(sha256(code.encode()).digest()).decode() for code in inline if code.strip())})
    return " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)])


def _accessible(before: str, language: str) -> str:
    """The theme's two faults for screen readers mended: a dialogue without a name, landmarks named by an empty label."""
    named = _SEARCH.sub(rf'\1 aria-label="{escape(text("site-search", language))}"', before, count=1)
    return _NESTED.sub(r'\1 aria-label="\3"\2\3\4', named)


def _moved(html: str, path: str, depth: int) -> str:
    """Part of the shell at `path`, with its relative addresses right for pages `depth` folders deep."""

    def address(found: re.Match[str]) -> str:
        return f'{found[1]}"{relocated(found[2], path, depth)}"'

    def scope(found: re.Match[str]) -> str:
        # One folder up from the language's: what the reader chose (light, dark) holds in both languages.
        return f'{found[1]}"{relocated(join(found[2], _ABOVE_LANGUAGES), path, depth)}"'

    def config(found: re.Match[str]) -> str:
        return found[1] + _moved_config(found[2], path, depth) + found[3]

    html = _ADDRESS.sub(address, html)
    html = _TWIN.sub(lambda found: f'{found[1]}"{_other_folder(found[2], depth)}\x00twin\x00"', html)
    return _BLANK.sub("\n", _CONFIG.sub(config, _SCOPE.sub(scope, html)))


def _other_folder(address: str, depth: int) -> str:
    """The way to the folder of the other language, from the way to the twin of a page `depth` folders deep."""
    parts = normpath(address).split("/")
    return "/".join(parts[: depth + 2]) + "/"


def _moved_config(source: str, path: str, depth: int) -> str:
    """The theme's settings with the base and the search worker where a page at that depth finds them."""
    settings = json.loads(source)
    for name in ("base", "search"):
        settings[name] = relocated(settings[name], path, depth)
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def relocated(address: str, path: str, depth: int) -> str:
    """An address as the page at `path` writes it, as a page `depth` folders deep writes it; foreign ones stay."""
    if not address or _SCHEME.match(address):
        return address
    place, mark, fragment = address.partition("#")
    target = normpath(join(dirname(path), place)) if place else path
    up = "../" * depth
    if target == ".":
        return (up.rstrip("/") or ".") + mark + fragment
    return up + target + mark + fragment
