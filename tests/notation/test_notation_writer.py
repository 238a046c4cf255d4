"""The writer: what is written reads back as the same text, here and in other readers of YAML 1.1 and 1.2."""

from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from git_feedback.notation import Plain, block, clean, flow_map, literal, read, scalar

TRAPS = [
    "18:00",
    "no",
    "3.10",
    "012",
    "0o14",
    "1_000",
    "1e3",
    "2024-13-45",
    "~",
    "null",
    "=",
    "<<",
    ".inf",
    "0x1F",
    "1:20:30",
    "2001-12-14t21:59:43.10-05:00",
    "on",
    "y",
    "Yes",
    "NULL",
    "+1",
    "-1",
    ".5",
    "1.",
    "1e",
    "5e123",
    "0b1",
    "0x",
    "1E5",
    "- a",
    "-",
    "?",
    "? a",
    ":",
    "a: b",
    "a:b",
    "a:",
    "# a",
    "a # b",
    "a#b",
    "[a",
    "a, b",
    "{",
    "}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'a'",
    '"a"',
    "it's",
    'say "x"',
    "a\\nb",
    "\\",
    " a",
    "a ",
    "\ta",
    "a\t",
    "\n",
    "\n\n",
    " \n ",
    "---",
    "...",
    "--- a",
    "a\n---\nb",
    "a\n",
    "a\n\n",
    "\na",
    "\n a",
    " a\nb",
    "\ta\nb",
    "\n\ta",
    "a\n ",
    "a\n \n",
    "a\n\t",
    "a\n \nb",
    " \na",
    "  \n\n a",
    "a\n\n\nb\n\n\n",
    "# a\n# b",
    "您好,问题已定位: 预计今天 18:00 前修复。",
    "付款\u3000",
    "\u3000付款",
    "\u00a0",
    "\u3000\n\u3000",
    "😀 好",
    "A?",
    "a?b",
    "👨‍👩‍👧",
    "a\u202eb",
    "",
    "5b1c6e0a",
    "٣",
    "４",
    "٣\n٤",
    "_1",
    "null\n",
    "y\ny",
    "a" * 3000,
    "\U00020000",
]
WORDS = st.sampled_from(
    [
        *TRAPS,
        "付款",
        "失败",
        "，",
        "。",
        "：",
        " ",
        "  ",
        "\n",
        "\t",
        "- ",
        "#",
        " #",
        ": ",
        ",",
        "'",
        '"',
        "\\",
        "|",
        "1",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean),
)
KEYS = st.one_of(TEXTS.filter(lambda text: 0 < len(text) <= 200), st.sampled_from(["title", "标题", "<<", "no"]))


def seen_by_others(source: str) -> object:
    """The value for two readers of YAML 1.1 with types: the one of C and the one of Python."""
    seen = yaml.load(source, yaml.CSafeLoader)
    assert seen == yaml.load(source, yaml.SafeLoader)
    return seen


@settings(max_examples=800, deadline=None)
@given(
    st.dictionaries(KEYS, TEXTS, min_size=1, max_size=4), st.sampled_from([block, literal]), st.sampled_from([0, 2, 4])
)
def test_texts_under_keys_read_back_as_written(texts: dict[str, str], write: object, indent: int) -> None:
    lines = "".join((block if write is block else literal)(key, text, indent) for key, text in texts.items())
    assert read(lines.encode()) == texts
    assert seen_by_others(lines) == texts


@pytest.mark.parametrize("text", TRAPS, ids=ascii)
@pytest.mark.parametrize("indent", [0, 4])
def test_each_trap_survives_as_line_as_block_between_others_and_in_braces(text: str, indent: int) -> None:
    begin = "a:\n  - x:\n" if indent else ""
    lines = begin + "".join(write(key, text, indent) for key, write in (("p", block), ("q", literal), ("r", block)))
    lines += f"{' ' * indent}s: {flow_map([('t', text), ('u', [text, text])])}\n"
    own: dict[str, object] = {"p": text, "q": text, "r": text, "s": {"t": text, "u": [text, text]}}
    expected: object = {"a": [{"x": "", **own}]} if indent else own
    assert read(lines.encode()) == expected
    others: object = {"a": [{"x": None, **own}]} if indent else own
    assert seen_by_others(lines) == others


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(
        KEYS, st.one_of(TEXTS, st.lists(TEXTS, max_size=3), st.dictionaries(KEYS, TEXTS, max_size=3)), max_size=4
    )
)
@example({"at": "2026-11-22T09:31:00+08:00", "tags": ["a, b", "no"], "by": {"id": "li.lei"}})
def test_braces_stand_on_one_line_and_read_back_as_written(pairs: dict[str, str | list[str] | dict[str, str]]) -> None:
    line = flow_map(pairs.items())
    assert "\n" not in line
    assert read(f"x: {line}\n".encode()) == {"x": pairs}
    assert seen_by_others(f"x: {line}\n") == {"x": pairs}


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=4))
def test_writing_what_was_read_gives_the_same_bytes(texts: dict[str, str]) -> None:
    written = "".join(block(key, text, 0) for key, text in texts.items())
    again = read(written.encode())
    assert isinstance(again, dict)
    assert "".join(block(key, str(text), 0) for key, text in again.items()) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("支付页面报错", "支付页面报错"),
        ("iOS 18", "iOS 18"),
        ("product/bug", "product/bug"),
        ("5b1c6e0a", "5b1c6e0a"),
        ("Hello, world", "Hello, world"),
        ("github#123", '"github#123"'),
        ("138****5678", '"138****5678"'),
        ("2026-11-25", '"2026-11-25"'),
        ("一\n二", '"一\\n二"'),
    ],
)
def test_a_text_is_plain_unless_a_reader_could_see_something_else(text: str, written: str) -> None:
    assert scalar(text) == written


def test_inside_braces_a_comma_is_quoted() -> None:
    assert flow_map([("say", "Hello, world")]) == '{say: "Hello, world"}'


def test_words_of_closed_vocabulary_stand_as_they_are() -> None:
    pairs = [("at", Plain("2026-11-22T09:31:00+08:00")), ("by", "li.lei"), ("urgency", Plain(4)), ("tags", ["a", "b"])]
    assert flow_map(pairs) == "{at: 2026-11-22T09:31:00+08:00, by: li.lei, urgency: 4, tags: [a, b]}"
    assert block("expected", Plain("2026-11-25"), 0) == "expected: 2026-11-25\n"


@pytest.mark.parametrize(
    "text", ["", "a b", "a,b", "a:", "#a", "- a", "-", "[a]", "a\n", "{", "'a'", "&a", "*a", "!a", "a#", "\u2028"]
)
def test_a_word_that_means_something_to_yaml_is_not_plain(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain word"):
        Plain(text)


def test_a_block_scalar_is_indented_below_its_key_and_blank_lines_stay_empty() -> None:
    assert block("text", "您好\n\n 再见", 4) == "    text: |-\n      您好\n\n       再见\n"
    assert literal("text", "一行", 0) == "text: |-\n  一行\n"
    assert block("text", " 一\n二\n", 0) == "text: |2\n   一\n  二\n"


@pytest.mark.parametrize("text", ["a\n  ", " \na", "\n\n", "  "])
def test_a_text_that_a_block_scalar_could_lose_is_quoted(text: str) -> None:
    assert literal("text", text, 0).startswith('text: "')


@pytest.mark.parametrize("text", ["a\u2028b", "a\rb", "a\0", "a\ud800", "\ufeffa"])
def test_a_forbidden_character_is_not_written(text: str) -> None:
    writers: list[Callable[[], str]] = [
        lambda: scalar(text),
        lambda: block("a", text, 0),
        lambda: literal("a", text, 0),
        lambda: flow_map([("a", [text])]),
    ]
    for write in writers:
        with pytest.raises(ValueError, match="cannot be written"):
            write()


@pytest.mark.parametrize("key", ["", "a" * 201])
def test_a_key_that_readers_would_not_find_is_not_written(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        block(key, "a", 0)
