"""The first page of the knowledge base: every article by its title, made from the articles' own front matter."""

from collections.abc import Mapping

from git_feedback import notation
from git_feedback.escaping import markdown_line
from git_feedback.i18n import text

_FENCE = "---"


def shelf(sources: Mapping[str, bytes], language: str) -> str:
    """Markdown that lists the articles under site/pages/<language>/knowledge, by title."""
    folder = f"site/pages/{language}/knowledge/"
    titles = {
        path.removeprefix(folder): title(source) or path.removeprefix(folder).removesuffix(".md")
        for path, source in sources.items()
        if path.startswith(folder) and path.endswith(".md") and "/" not in path.removeprefix(folder)
    }
    rows = [f"- [{markdown_line(name)}]({path})" for path, name in sorted(titles.items(), key=lambda row: row[1])]
    words = "\n".join(rows) or text("knowledge-none", language)
    return f"# {text('site-knowledge', language)}\n\n{text('knowledge-lead', language)}\n\n{words}\n"


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
