"""The first page of training: what stands below site/pages/<language>/training, and where somebody new begins."""

from collections.abc import Mapping

from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.pages import prose

FOLDER, GUIDE = "training", "guide"
FIRST = "first-day.md"
"""The page of the guide that comes before all others."""


def training(sources: Mapping[str, bytes], language: str) -> str:
    """Markdown that lists the training pages, or says that there is none yet, and the guide in either case."""
    folder = f"site/pages/{language}/{FOLDER}/"
    listed = _listed(sources, folder, "")
    none = f"{text('training-none', language)} {text('training-none-way', language, folder=folder)}"
    begin = [
        *_listed(sources, f"site/pages/{language}/{GUIDE}/", f"../{GUIDE}/"),
        f"- [{text('training-handbook', language)}](../handbook/index.md)",
        f"- [{text('training-knowledge', language)}](../knowledge/index.md)",
    ]
    taught = [f"## {text('training-pages', language)}", "\n".join(listed)] if listed else []
    parts = [
        f"# {text('site-training', language)}",
        text("training-lead", language),
        *taught,
        f"## {text('training-begin', language)}",
        "\n".join(begin),
        *([] if listed else [none]),
    ]
    return "\n\n".join(parts) + "\n"


def _listed(sources: Mapping[str, bytes], folder: str, before: str) -> list[str]:
    """Links to the pages of a folder: the first day first, then by path, as whoever wrote them has numbered them."""
    names = [path.removeprefix(folder) for path in sources if path.startswith(folder) and path.endswith(".md")]
    there = sorted((name for name in names if name != "index.md"), key=lambda name: (name != FIRST, name))
    read = ((name, prose.read(folder + name, sources[folder + name])) for name in there)
    return [f"- [{markdown_line(one.title)}]({before}{name})" for name, one in read if isinstance(one, prose.Prose)]
