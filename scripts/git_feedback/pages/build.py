"""A whole site: the builder's input written, the builder run where that changed, everything stamped and merged.

`out` holds docs, theme, config (what the builder gets), staging (what it makes) and site (what is published).  Hand
written files under the desk's `site/` are never touched: the builder knows nothing but folders below `out`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path

from git_feedback.i18n import LANGUAGES, text
from git_feedback.model import Problem
from git_feedback.pages import builder, docs, helped, manifest, prose, sitemap
from git_feedback.pages.aside import Begin, Here
from git_feedback.pages.page import Along, File, Later, Page, Record
from git_feedback.pages.shell import Shell, split
from git_feedback.pages.stamping import Took, Tree, contents
from git_feedback.policy import Policy

SITE = "site"
MANIFEST = "site.manifest"
"""What stands in the site, for the next build; it lies beside the site and is never published."""
_LEFT_OUT = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
"""What the builder adds and a site in a folder without an address of its own has no use for."""
_MAPS = ".map"
_END = "</article>"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: files written, left alone and removed, languages the builder ran for, what is wrong."""

    site: Path
    written: int
    same: int
    removed: int
    rendered: tuple[str, ...]
    problems: tuple[Problem, ...]


def build(
    record: Record,
    sources: Mapping[str, bytes],
    out: Path,
    pages: Iterable[Page | Later],
    files: Iterable[File | Along],
    *,
    strict: bool = False,
    choice: str = builder.AUTO,
    more: Iterable[Page | Later] = (),
    begin: Begin = Here,
) -> Built:
    """Build the site into `out / "site"`.

    `sources` are the desk's plain files by path from its top: `mkdocs*.yml`, `site/theme/**`, `site/pages/<language>/**`
    (generated Markdown may be among them).  `pages` and `files` are stamped as they come, so they may be generators;
    `more` pages are stamped meanwhile by whom `begin` finds for it.
    Raises BuildFailed; a team page that is wrong is left out and named in `problems`, which strict callers refuse.
    """
    name = builder.choose(choice)
    inputs = docs.docs(sources, record.audience)
    _theme(sources, out)
    rendered = _rendered(
        inputs, partial(_render, policy=record.policy, sources=sources, out=out, name=name, strict=strict)
    )
    site = Tree(out / SITE, manifest.read(out / MANIFEST))
    problems = [problem for one in inputs for problem in one.problems]
    shells: dict[tuple[str, str], Shell] = {}
    for one in inputs:
        made = _shells(one, record.policy, sources, out)
        shells |= {(one.language, path): shell for path, shell in made.items()}
        problems += _merge(one, made, out, site, record)
    with begin(partial(_stamp_more, more, shells, site)) as stamped:
        _stamp(pages, files, shells, site)
        site.take(stamped.result())
    _tabs(shells, site)
    site.put("index.html", _entrance(record.policy))
    for file in sitemap.files(record, inputs):
        site.put(file.path, file.content)
    site.close()
    manifest.write(out / MANIFEST, site.entries)
    return Built(out / SITE, site.written, site.same, site.removed, rendered, tuple(problems))


def _theme(sources: Mapping[str, bytes], out: Path) -> None:
    """The theme's templates and the committed configurations, copied from what Git holds."""
    theme, configs = Tree(out / "theme"), Tree(out / "config")
    for path, content in sources.items():
        if path.startswith(docs.OVERRIDES):
            theme.put(path.removeprefix(docs.OVERRIDES), content)
        elif path in docs.CONFIGS.values():
            configs.put(path, content)
    theme.close()
    configs.close()


def _rendered(inputs: Sequence[docs.Docs], render: Callable[[docs.Docs], bool]) -> tuple[str, ...]:
    """The languages for which the builder ran: a program of its own for each, at the same time."""
    with ThreadPoolExecutor(len(inputs)) as waiting:
        ran = waiting.map(render, inputs)
        return tuple(one.language for one, did in zip(inputs, ran, strict=True) if did)


def _render(
    one: docs.Docs, *, policy: Policy, sources: Mapping[str, bytes], out: Path, name: str, strict: bool
) -> bool:
    """Run the builder for one language unless it has seen the same input; says whether it ran."""
    config = docs.config(one.language, policy, one.nav, one.audience)
    print_of = _fingerprint(one, config, sources, f"{builder.edition(name)} {strict}")
    remembered = out / "staging" / f"{one.language}.sha256"
    if (out / "staging" / one.language / "index.html").is_file() and _read(remembered) == print_of:
        return False
    tree = Tree(out / "docs" / one.language)
    for path, content in one.files.items():
        tree.put(path, content)
    tree.close()
    described = out / f"mkdocs.{one.language}.yml"
    described.write_bytes(config)
    remembered.unlink(missing_ok=True)
    builder.run(name, described.absolute(), strict=strict)
    remembered.parent.mkdir(parents=True, exist_ok=True)
    remembered.write_text(print_of, encoding="ascii")
    return True


def _fingerprint(one: docs.Docs, config: bytes, sources: Mapping[str, bytes], edition: str) -> str:
    """A hash of all that the builder's output depends on."""
    seen = sha256(f"{edition}\n".encode() + config)
    theme = {
        path: content
        for path, content in sources.items()
        if path.startswith(docs.OVERRIDES) or path in docs.CONFIGS.values()
    }
    for path, content in sorted({**one.files, **theme}.items()):
        seen.update(f"{path}\0{len(content)}\0".encode() + content)
    return seen.hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.is_file() and not path.is_symlink() else ""


def _shells(one: docs.Docs, policy: Policy, sources: Mapping[str, bytes], out: Path) -> dict[str, Shell]:
    """Every page the builder made, by path."""
    sprite = sources.get(docs.SPRITE, b"").decode()
    name = policy.desk.name.said(one.language)
    staged = contents(out / "staging" / one.language)
    return {
        path: Shell(path, one.language, content.decode(), sprite, name)
        for path, content in staged
        if path.endswith(".html") and path not in _LEFT_OUT
    }


def _merge(one: docs.Docs, made: Mapping[str, Shell], out: Path, site: Tree, record: Record) -> Iterator[Problem]:
    """Publish the team's pages and the assets of one language; yields what team pages may not hold."""
    for path, content in contents(out / "staging" / one.language):
        if not path.endswith((".html", _MAPS)) and path not in _LEFT_OUT:
            site.put(f"{one.language}/{path}", content)
    for path, article in one.articles.items():
        found = prose.active(prose.finished(split(made[path].html)[1], {}, one.language)) if path in made else []
        if found:
            source = f"{docs.PAGES}{one.language}/{path.removesuffix('.html')}.md"
            yield Problem(source, 1, 1, "site-active-content", {"found": found})
        elif path in made:
            asked = _asked(record, one.language, path, article)
            site.put(f"{one.language}/{path}", _team_page(made[path], article, asked))


def _team_page(shell: Shell, article: prose.Prose, asked: str) -> bytes:
    def made(built: str) -> str:
        inner = prose.finished(built, article.said, shell.language)
        return f"{inner.removesuffix(_END)}{asked}{_END}" if asked else inner

    return shell.own(made)


def _asked(record: Record, language: str, path: str, article: prose.Prose) -> str:
    """What stands below an article: whether it helped; nothing below other pages."""
    if not helped.is_asked(path, article):
        return ""
    name = path.rpartition("/")[2].removesuffix(".html")
    return helped.block(record.policy, language, path, article.title, record.helped.get(name))


def _stamp(
    pages: Iterable[Page | Later], files: Iterable[File | Along], shells: Mapping[tuple[str, str], Shell], site: Tree
) -> None:
    for page in pages:
        _put(page, shells[page.language, page.shell], site)
    for file in files:
        if isinstance(file, Along):
            site.copy(file.path, file.size, file.source)
        else:
            site.put(file.path, file.content)


def _stamp_more(pages: Iterable[Page | Later], shells: Mapping[tuple[str, str], Shell], site: Tree) -> Took:
    """Stamp pages with a hand of its own."""
    other = site.other_hand()
    _stamp(pages, (), shells, other)
    return other.took


def _tabs(shells: Mapping[tuple[str, str], Shell], site: Tree) -> None:
    """A tab, or a page under one, that nothing was stamped for holds what the builder made of it."""
    named = {*docs.TABS, *(path for under in docs.UNDER.values() for path in under)}
    for (language, path), shell in shells.items():
        if path in named and not site.has(f"{language}/{path}"):
            site.put(f"{language}/{path}", shell.own(lambda built: built))  # a tab never leads nowhere


def _put(page: Page | Later, shell: Shell, site: Tree) -> None:
    """A page in its shell; one that stands there already, made from the same, is not made."""
    place, key = f"{page.language}/{page.path}", ""
    if isinstance(page, Later):
        key = page.key and f"{page.key} {shell.frame(page.path.count('/')).letters}"
        if site.keep(place, key):
            return
        page = page.make()
    site.put(place, shell.stamped(page), key)


def _entrance(policy: Policy) -> bytes:
    """The page at the top: without script it leads to the desk's own language, and names both."""
    first = policy.desk.language
    links = "".join(
        f'<li><a href="{language}/index.html" lang="{language}">{escape(policy.desk.name.said(language))}'
        f" ({text('site-language', language)})</a></li>"
        for language in sorted(LANGUAGES, key=lambda language: language != first)
    )
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if first == "zh" else first}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'\">"
        f'<meta http-equiv="refresh" content="0; url={first}/index.html">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(policy.desk.name.said(first))}</title></head><body><ul>{links}</ul></body></html>\n"
    ).encode()
