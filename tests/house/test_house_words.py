"""Words: every code that the product may say has words in both languages, with the same places in them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from tests.sample_desk import ROOT

from git_feedback.i18n import codes

PACKAGE = ROOT / "scripts" / "git_feedback"
LOCALE = PACKAGE / "i18n" / "locale"
CALLS = {
    "Problem": 3,
    "Fault": 0,
    "Stop": 0,
    "Remark": 1,
    "Refusal": 0,
    "Refused": 0,
    "Unreadable": 0,
    "Misplaced": 0,
    "HostFailed": 0,
    "BuildFailed": 0,
    "read_as": 4,
    "CannotWrite": 0,
    "Failed": 0,
    "Word": 0,
    "BadWish": 0,
    "NotSent": 0,
    "NoWords": 0,
    "TooMuch": 0,
    "Suggestion": 0,
    "text": 0,
    "halves": 0,
    "PydanticCustomError": 0,
    "_reader": 0,
}
"""Functions whose argument at that place is a code."""
METHODS = {"problem": 0, "say": 0, "words": 0, "fault": 0}
HAN = r"[\u3400-\u9fff\uf900-\ufaff]"


def said(path: Path) -> Iterator[str]:
    """The codes that a module says, as far as they are written out."""
    constants: dict[str, str] = {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            constants |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        place = (METHODS if isinstance(node.func, ast.Attribute) else CALLS).get(name, CALLS.get(name))
        if place is None or len(node.args) <= place:
            continue
        for one in ast.walk(node.args[place]):
            if (
                isinstance(one, ast.Constant)
                and isinstance(one.value, str)
                and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", one.value)
            ):
                yield one.value
            elif isinstance(one, ast.Name) and "-" in constants.get(one.id, "") and one.id.isupper():
                yield constants[one.id]


@cache
def words(language: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for path in (LOCALE / language).glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, charset="utf-8"):
                if message.id:
                    code = message.id if isinstance(message.id, str) else message.id[0]
                    found[code] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_code_that_a_module_says_has_words_in_both_languages(path: Path) -> None:
    for code in said(path):
        for language in ("en", "zh"):
            assert code in codes(language), f"{path.name} says {code}, {language} has no words for it"


def test_the_scan_finds_the_codes_that_are_said() -> None:
    found = {code for path in MODULES for code in said(path)}
    assert {
        "unknown-channel",
        "id-twice",
        "no-such-item",
        "bad-moment",
        "event-form",
        "missing-column",
        "text-in-braces",
    } <= found
    assert len(found) > 100


def test_both_languages_have_the_same_codes() -> None:
    assert codes("en") == codes("zh")


@pytest.mark.parametrize("code", sorted(words("en")))
def test_both_languages_fill_the_same_places(code: str) -> None:
    def places(texts: tuple[str, ...]) -> set[str]:
        return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}

    english = places(words("en")[code])
    left_out = {"problem"} if code == "yaml-syntax" else set()  # libyaml's own words, which are English
    assert places(words("zh")[code]) | {"n"} == (english - left_out) | {"n"}
    assert all(words("en")[code])
    assert all(words("zh")[code])


@pytest.mark.parametrize("code", sorted(words("zh")))
def test_chinese_words_have_chinese_punctuation_and_room_around_latin_ones(code: str) -> None:
    for whole in words("zh")[code]:
        text = re.sub("“- [^”]*”", "“”", whole)  # an example of what to write in a file
        assert not re.search(rf"{HAN}[,:;?!()]{HAN}", text), text
        assert not re.search(rf"{HAN}[,:;?!]\s", text), text
        assert not re.search(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", text), text
