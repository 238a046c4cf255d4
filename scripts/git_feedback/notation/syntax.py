"""What libyaml says about broken syntax, as a fault that names the likely slip of a person."""

from typing import Any

from yaml import YAMLError

from git_feedback.notation.faults import Fault


def syntax_fault(error: YAMLError, text: str) -> Fault:
    """The fault for a syntax error; an open quote is placed where it opens, anything else where reading stopped."""
    context: str = getattr(error, "context", None) or ""
    problem: str = getattr(error, "problem", None) or "unreadable"
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        return Fault("yaml-syntax", 1, 1, {"problem": problem})
    opening: Any = getattr(error, "context_mark", None)
    if "quoted scalar" in context and opening and "found unexpected" in problem:
        return Fault("yaml-open-quote", opening.line + 1, opening.column + 1)
    code = _code(problem, _line(text, mark.line), mark.column)
    values = {"problem": problem} if code == "yaml-syntax" else {}
    return Fault(code, mark.line + 1, 1 if code == "yaml-directive" else mark.column + 1, values)


def _code(problem: str, line: str, column: int) -> str:
    if line.startswith("%"):
        return "yaml-directive"
    if problem.startswith("mapping values are not allowed"):
        return "yaml-colon"
    if "\t" in line[: column + 1] and not line[:column].strip():
        return "yaml-tab"
    return "yaml-syntax"


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number + 1)
    return lines[number] if number < len(lines) else ""
