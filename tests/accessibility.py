"""What axe finds on a page that stands still: a colour half-way through a transition has no contrast worth judging."""

from typing import Any

_STAND_STILL = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}"""


def violations(page: Any, *asked: Any, **options: Any) -> list[dict[str, Any]]:
    """The violations, each with its rule's id and its nodes; `asked` and `options` go to axe."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(_STAND_STILL)
    return list(Axe().run(page, *asked, **options).response["violations"])
