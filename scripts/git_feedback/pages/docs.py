"""What the builder gets: one tree of Markdown and one configuration for each language.

Team pages are copied without strangers' words; every stamped page has a file that holds a title only, so that the
builder makes the shell that stands around it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname

from git_feedback import notation
from git_feedback.i18n import LANGUAGES, codes, text
from git_feedback.model import Problem
from git_feedback.pages import prose
from git_feedback.pages.audience import TEAM, Audience
from git_feedback.pages.knowledge import for_everybody
from git_feedback.policy import Policy

TABS = {
    "index.html": "site-today",
    "queue.html": "site-queue",
    "sla.html": "site-sla",
    "reports/index.html": "site-reports",
    "knowledge/index.html": "site-knowledge",
    "handbook/index.html": "site-handbook",
    "submit.html": "site-submit",
}
"""The tabs of the site, in order, each by the page it leads to."""

ASIDE = {
    "item.html": "site-item",
    "find.html": "site-find",
    "measures.html": "site-measures",
    "needs-human.html": "site-needs-human",
    "needs-repair.html": "site-needs-repair",
    "record-kept.html": "site-record-kept",
    "coordination.html": "site-coordination",
    "duplicates.html": "site-duplicates",
    "recurring.html": "site-recurring",
    "rising.html": "site-rising",
    "problems.html": "site-problems",
    "track.html": "site-track",
    "submit-file.html": "site-submit-file",
    "you-said-we-did.html": "site-said-did",
    "training/index.html": "site-training",
    "training/records.html": "site-training-records",
    "knowledge/editions.html": "site-editions",
}
"""Shells that no tab leads to."""

PUBLIC_TABS = {
    "index.html": "site-front",
    "submit.html": "site-submit",
    "track.html": "site-track",
    "knowledge/index.html": "site-answers",
    "you-said-we-did.html": "site-said-did",
}
"""The tabs of the site for the public: all that there is, but for one page."""

TEAM_ONLY = ("problems.html",)
"""Shells that the site of a department has not."""

PUBLIC_ASIDE = {"submit-file.html": "site-submit-file", "knowledge/editions.html": "site-editions"}

WITH = {"handbook": ("guide", "training")}
"""Folders of team pages without a tab of their own, by the folder whose tab they stand under."""

UNDER = {
    "knowledge/index.html": ("knowledge/editions.html",),
    "handbook/index.html": ("training/index.html", "training/records.html"),
}
"""Shells that stand under the tab of another page."""

SHELLS = (*TABS, *ASIDE)


def tabs(audience: Audience) -> Mapping[str, str]:
    """The tabs of the site for an audience, in order."""
    return PUBLIC_TABS if audience.is_public else TABS


def shells(audience: Audience) -> Mapping[str, str]:
    """Every page of the site for an audience that the builder makes a shell of, by the code of its name."""
    named = {**tabs(audience), **(PUBLIC_ASIDE if audience.is_public else ASIDE)}
    return {path: code for path, code in named.items() if audience.kind == "team" or path not in TEAM_ONLY}


SCHEMES = (
    ("system", "", "default", "theme-light-dark"),
    ("light", ": light", "default", "white-balance-sunny"),
    ("dark", ": dark", "slate", "weather-night"),
)

PAGES = "site/pages/"
ASSETS = "site/theme/assets/"
OVERRIDES = "site/theme/overrides/"
SPRITE = "site/theme/icons.svg"
CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
WORDS = "assets/words.json"
_LIVE = "site-live-"
_PLACES = ("amount", "time", "n", "total", "first", "last", "page", "pages", "name", "hours")


@dataclass(frozen=True)
class Docs:
    """One language's input for the builder.

    `files` by path below the docs folder; `articles` holds the team pages by the path of the built page.
    """

    language: str
    files: Mapping[str, bytes]
    articles: Mapping[str, prose.Prose]
    nav: Sequence[object]
    problems: Sequence[Problem] = field(default_factory=tuple)
    audience: Audience = TEAM


def docs(sources: Mapping[str, bytes], audience: Audience = TEAM) -> list[Docs]:
    """Everything the builder gets, from the files `sources` (path from the top of the desk -> content).

    The caller takes `sources` from what Git holds as plain files; no folder is read here, so no symlink can be.
    """
    if audience.is_public:
        sources = for_everybody(sources)
    read = {language: _team_pages(sources, language) for language in LANGUAGES}
    known = {language: frozenset(articles) | set(shells(audience)) for language, (articles, _) in read.items()}
    return [
        _of_language(
            language,
            sources,
            *read[language],
            frozenset().union(*(known[o] for o in LANGUAGES if o != language)),
            audience,
        )
        for language in LANGUAGES
    ]


def config(language: str, policy: Policy, nav: Sequence[object], audience: Audience = TEAM) -> bytes:
    """The builder's configuration of one build: the committed one with names, nav and folders filled in (as JSON).

    No search engine is to keep a site that is not for the public.
    """
    settings = {
        "INHERIT": f"config/{CONFIGS[language]}",
        "site_name": policy.desk.name.said(language),
        "docs_dir": f"docs/{language}",
        "site_dir": f"staging/{language}",
        "theme": {"custom_dir": "theme", "palette": _schemes(language)},
        "nav": nav,
        "extra": {"alternate": [_other(language)], "robots": "" if audience.is_public else "noindex, nofollow"},
    }
    return (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode()


def _schemes(language: str) -> list[object]:
    """Following the system, light, dark: each with the button that leads to the next."""
    return [
        {
            "media": f"(prefers-color-scheme{media})",
            "scheme": scheme,
            "primary": "custom",
            "toggle": {"icon": f"material/{icon}", "name": text(f"site-scheme-{name}", language)},
        }
        for name, media, scheme, icon in SCHEMES
    ]


def _other(language: str) -> dict[str, str]:
    """What the language switch says and where it leads."""
    other = next(one for one in LANGUAGES if one != language)
    return {"lang": "zh-CN" if other == "zh" else other, "link": other, "name": text("site-language", other)}


def _team_pages(sources: Mapping[str, bytes], language: str) -> tuple[dict[str, prose.Prose], list[Problem]]:
    """The team's Markdown by the path of the page it becomes, and what is wrong with the rest."""
    articles: dict[str, prose.Prose] = {}
    problems: list[Problem] = []
    for path, source in sorted(_below(f"{PAGES}{language}/", sources).items()):
        if path.endswith(".md"):
            found = prose.read(f"{PAGES}{language}/{path}", source)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                articles[_page(path)] = found
    return articles, problems


def _of_language(
    language: str,
    sources: Mapping[str, bytes],
    articles: Mapping[str, prose.Prose],
    problems: Sequence[Problem],
    twins: frozenset[str],
    audience: Audience,
) -> Docs:
    files = _other_files(sources, language)
    for page, code in shells(audience).items():
        if page not in articles:
            files[_source(page)] = _shell(code, language, _below_tab(page, articles))
    files |= {_source(page): article.markdown(**_twin(page, twins)) for page, article in articles.items()}
    return Docs(language, files, articles, _nav(articles, language, tabs(audience)), problems, audience)


def _other_files(sources: Mapping[str, bytes], language: str) -> dict[str, bytes]:
    """Pictures beside the team's pages, the assets of the site and the words its scripts say."""
    files = {path: content for path, content in _below(f"{PAGES}{language}/", sources).items() if path[-3:] != ".md"}
    files |= {f"assets/{path}": content for path, content in _below(ASSETS, sources).items()}
    files[WORDS] = _live_words(language)
    return files


def _below(prefix: str, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path.removeprefix(prefix): content for path, content in sources.items() if path.startswith(prefix)}


def _shell(code: str, language: str, below: Mapping[str, prose.Prose]) -> bytes:
    """A page with a title and links to the articles below it; search and the side bars leave it alone."""
    front = {"hide": ["navigation", "toc"], "search": {"exclude": True}}
    links = "".join(f"- [{article.title}]({_from_folder(page)})\n" for page, article in below.items())
    return f"---\n{json.dumps(front)}\n---\n# {text(code, language)}\n\n{links}".encode()


def _from_folder(page: str) -> str:
    """The source of an article as a page one folder deep links to it."""
    return f"../{_source(page)}"


def _twin(page: str, twins: frozenset[str]) -> dict[str, notation.Value]:
    """Where the language switch leads from a page that the other language does not have: to the top of its part."""
    if page in twins:
        return {}
    top = f"{page.partition('/')[0]}/index.html"
    return {"twin": top if top in twins else "index.html"}


def _nav(articles: Mapping[str, prose.Prose], language: str, named: Mapping[str, str]) -> list[object]:
    return [_entry(page, code, articles, language) for page, code in named.items()]


def _entry(page: str, code: str, articles: Mapping[str, prose.Prose], language: str) -> dict[str, object]:
    """A tab: one page, or a part of the site with its first page and the articles below it."""
    below = _below_tab(page, articles)
    under = [name for name in UNDER.get(page, ()) if name not in below]
    entry = [_source(page), *map(_source, [*under, *below])] if below or under else _source(page)
    return {text(code, language): entry}


def _below_tab(page: str, articles: Mapping[str, prose.Prose]) -> dict[str, prose.Prose]:
    """The articles that stand below a tab, by path: those of its folder and of the folders that go with it."""
    own = dirname(page)
    folders = [folder for folder in (own, *WITH.get(own, ())) if folder]
    return {
        name: articles[name]
        for folder in folders
        for name in sorted(articles)
        if name.startswith(f"{folder}/") and name != page
    }


def _page(source: str) -> str:
    return f"{source.removesuffix('.md')}.html"


def _source(page: str) -> str:
    return f"{page.removesuffix('.html')}.md"


def _live_words(language: str) -> bytes:
    """The words the scripts of the site say, by code; what a script fills in stays as `{name}`."""
    places = {place: f"{{{place}}}" for place in _PLACES if place != "n"}
    said = {
        code.removeprefix(_LIVE): text(code, language, "{n}", **places)  # type: ignore[arg-type]
        for code in sorted(codes(language))
        if code.startswith(_LIVE)
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
