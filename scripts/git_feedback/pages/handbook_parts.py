"""What the pages of the handbook are put together from: titles, tables, names; cells are Markdown already."""

from collections.abc import Callable, Iterable, Sequence

from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.policy import Policy
from git_feedback.policy.files import Name


def speaker(language: str) -> Callable[..., str]:
    """The words of the handbook in a language, by the end of their code."""

    def say(code: str, /, n: int | None = None, **values: object) -> str:
        return text(f"handbook-{code}", language, n, **values)

    return say


def titled(title: str, *parts: str) -> str:
    """A page: its title and its parts, empty ones left out."""
    return "\n\n".join((f"# {title}", *(part for part in parts if part))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def named(name: Name, language: str) -> str:
    """A name of the policy, harmless."""
    return markdown_line(name.said(language))


def coded(identity: str) -> str:
    """An id of the policy."""
    return f"`{identity}`"


def joined(names: Iterable[str], language: str) -> str:
    """Names as the language lists them."""
    return ("、" if language == "zh" else ", ").join(names)


def department(policy: Policy, identity: str, language: str) -> str:
    """A department by name; an id that nothing has stays."""
    found = policy.departments.get(identity)
    return named(found.name, language) if found else coded(identity)


def person(policy: Policy, identity: str, language: str) -> str:
    """A person by name; an id that nobody has stays."""
    found = policy.people.get(identity)
    return named(found.name, language) if found else coded(identity)
