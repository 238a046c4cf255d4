"""Every fault has words in both languages that say the fact and the way out on one line."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import git_feedback.notation
from git_feedback.i18n import LANGUAGES, text

ROOM = Path(git_feedback.notation.__file__).parent
VALUES: dict[str, Any] = dict.fromkeys(
    ["size", "limit", "byte", "character", "problem", "tag", "name", "key", "first"], "X"
)
CODES = sorted(
    {
        node.value
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", node.value)
    }
    - {"utf-8"}
)


def test_the_codes_are_found_in_the_room() -> None:
    assert {"duplicate-key", "yaml-syntax", "not-utf8", "event-form", "not-appendable"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_has_one_line_with_the_fact_and_the_way_out(code: str, language: str) -> None:
    words = text(code, language, **VALUES)
    assert "\n" not in words
    assert ("；" if language == "zh" else ";") in words
    assert (re.search(r"[\u4e00-\u9fff]", words) is not None) == (language == "zh")
