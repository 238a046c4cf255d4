"""The reader: text as it was written, or a fault with its place; never a guess, a traceback or a crash."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from git_feedback.i18n import LANGUAGES, text
from git_feedback.notation import Bad, Fault, read

CASES = Path(__file__).parent.parent / "cases" / "notation"
GOOD = sorted(CASES.glob("good*.yml"))
BAD = sorted(CASES.glob("bad*.yml"))


def refused(source: bytes | str, **limits: int) -> tuple[Fault, ...]:
    with pytest.raises(Bad) as caught:
        read(source.encode() if isinstance(source, str) else source, **limits)
    return caught.value.faults


def said(fault: Fault, language: str) -> str:
    return f"{fault.line}:{fault.column}: {fault.code}: {text(fault.code, language, **fault.values)}"


def only(source: bytes | str) -> tuple[str, int, int]:
    (fault,) = refused(source)
    return fault.code, fault.line, fault.column


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_gives_the_lines_beside_it_in_both_languages(path: Path) -> None:
    faults = refused(path.read_bytes())
    lines = [said(fault, language) for language in LANGUAGES for fault in faults]
    assert lines == path.with_suffix(".txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_reads_as_the_texts_that_a_typeless_loader_sees(path: Path) -> None:
    assert read(path.read_bytes()) == yaml.load(path.read_bytes(), yaml.BaseLoader)


@pytest.mark.parametrize(
    "written",
    [
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
        ".inf",
        "0x1F",
        "1:20:30",
        "2001-12-14t21:59:43.10-05:00",
        "on",
        "y",
        "付款 失败",
        "true",
        "<<",
    ],
)
def test_every_scalar_is_the_text_that_was_written(written: str) -> None:
    assert read(f"a: {written}\nb: [{written}]\n".encode()) == {"a": written, "b": [written]}


def test_an_empty_place_is_the_empty_text() -> None:
    assert read("标题:\nlist:\n  -\n  - x\n".encode()) == {"标题": "", "list": ["", "x"]}


def test_outside_of_braces_a_key_without_a_value_is_no_lost_text() -> None:
    assert read(b"a: {b: c}\n? d\n? e\n") == {"a": {"b": "c"}, "d": "", "e": ""}


def test_windows_line_ends_read_as_line_feeds() -> None:
    assert read("text: |-\r\n  您好\r\n  再见\r\nb: 一\r\n  二\r\n".encode()) == {"text": "您好\n再见", "b": "一 二"}


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9f", "U+009F"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ufeff", "U+FEFF"),
        ("\ufdd0", "U+FDD0"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
        ("\U0001fffe", "U+1FFFE"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_a_forbidden_character_is_named_with_its_place_and_code_point(character: str, name: str) -> None:
    (fault,) = refused(f"a: 1\n标题: 支付{character}页面\n")
    assert (fault.code, fault.line, fault.column, fault.values["character"]) == ("forbidden-character", 2, 7, name)


def test_characters_beside_the_forbidden_ones_are_read() -> None:
    near = "\u00a0\u2027\u202a\ufdcf\ufdf0\ufefe\uff0c\ufffd\U0001f600\U0001fffd\U00020000"
    assert read(f'a: "{near}"\n'.encode()) == {"a": near}


def test_forbidden_characters_are_all_found_up_to_twenty() -> None:
    assert [(fault.line, fault.column) for fault in refused("a: \x01\nb: \u2028\x02\n")] == [(1, 4), (2, 4), (2, 5)]
    assert len(refused("\x01" * 100)) == 20


@pytest.mark.parametrize(
    "escape", [r"\u2028", r"\0", r"\N", r"\L", r"\x07", r"\r", r"\uFEFF", r"\UFFFE".replace("U", "u")]
)
def test_an_escape_does_not_smuggle_in_a_forbidden_character(escape: str) -> None:
    assert only(f'a: x\nb: "付款{escape}"\n') == ("forbidden-character", 2, 4)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"a: 1\nb: \xe4\xbb\x98\xff\n", ("not-utf8", 2, 5)),
        (b"a: \xed\xa0\x80\n", ("not-utf8", 1, 4)),
        ("\ufeffa: 1\n", ("byte-order-mark", 1, 1)),
        ("a: 付\rb: 1\n", ("bare-cr", 1, 5)),
        ("a: 1\rb: 2", ("bare-cr", 1, 5)),
        ("", ("empty-file", 1, 1)),
        ("# 只有注释\n", ("empty-file", 1, 1)),
        ("---\n", ("empty-file", 1, 1)),
        ("a: 付款\nb: 支付: 失败\n", ("yaml-colon", 2, 6)),
        ("a: 1\nb: '付款\nc: 3\n", ("yaml-open-quote", 2, 4)),
        ('a: "付款\n', ("yaml-open-quote", 1, 4)),
        ("a:\n\tb: 1\n", ("yaml-tab", 2, 1)),
        ("a: @付款\n", ("yaml-syntax", 1, 4)),
        ("a: [1, 2\n", ("yaml-syntax", 2, 1)),
        ("%YAML 1.1\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("%FOO bar\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("a: !!python/name:os.system x\n", ("yaml-tag", 1, 4)),
        ("a: ! x\n", ("yaml-tag", 1, 4)),
        ("a: !付款成功\n", ("yaml-syntax", 1, 5)),
        ("a: &锚 x\n", ("yaml-syntax", 1, 5)),
        ("a: &anchor x\n", ("yaml-anchor", 1, 4)),
        ("a: !!map {}\n", ("yaml-tag", 1, 4)),
        ("a: *alias\n", ("yaml-alias", 1, 4)),
        ("a: [*x]\n", ("yaml-alias", 1, 5)),
        ("*x : 1\n", ("yaml-alias", 1, 1)),
        ("<<: {a: 1}\n", ("yaml-merge-key", 1, 1)),
        ("标题: 一\n标题: 二\n", ("duplicate-key", 2, 1)),
        ("a: {b: 1, b: 2}\n", ("duplicate-key", 1, 11)),
        ("text: {say: 你好, 世界}\n", ("key-without-colon", 1, 17)),
        ("? [a, b]\n: 1\n", ("complex-key", 1, 3)),
        ("{a: 1}: 2\n", ("complex-key", 1, 1)),
        ("? |\n  a\n: 1\n", ("complex-key", 1, 3)),
        ("? a\n  b\n: 1\n", ("complex-key", 1, 3)),
        ('"": 1\n', ("complex-key", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("second-document", 2, 1)),
        ("a: 1\n...\n---\nb: 2\n", ("second-document", 3, 1)),
    ],
)
def test_a_trap_is_one_fault_with_its_code_line_and_column(source: bytes | str, expected: tuple[str, int, int]) -> None:
    assert only(source) == expected


def test_faults_of_structure_are_named_together_with_the_broken_syntax_behind_them() -> None:
    faults = refused("a: 1\na: 2\nb: &x !!str y\nc: *x\na: 3\nd: e: f\n")
    assert [(fault.line, fault.code) for fault in faults] == [
        (2, "duplicate-key"),
        (3, "yaml-tag"),
        (3, "yaml-anchor"),
        (4, "yaml-alias"),
        (5, "duplicate-key"),
        (6, "yaml-colon"),
    ]
    assert [fault.values["first"] for fault in faults if fault.code == "duplicate-key"] == [1, 1]


def test_a_thousand_repeated_keys_are_twenty_faults() -> None:
    assert len(refused("a: 1\n" * 1000)) == 20


def test_equal_keys_of_different_maps_are_no_duplicates() -> None:
    assert read(b"a: {x: 1}\nb: {x: 2, a: 3}\nc:\n  - x: 1\n  - x: 2\n") == {
        "a": {"x": "1"},
        "b": {"x": "2", "a": "3"},
        "c": [{"x": "1"}, {"x": "2"}],
    }


def test_a_file_over_the_cap_is_refused_unread() -> None:
    (fault,) = refused(b"\xff" * 101, limit=100)
    assert (fault.code, fault.values) == ("too-large", {"size": 101, "limit": 100})
    assert read(b"a: " + b"x" * 97, limit=100) == {"a": "x" * 97}


@pytest.mark.parametrize(
    "source", ["[" * 25_000, "{a: " * 25_000, "- " * 25_000, "? " * 25_000, "[[" * 12_500 + "]" * 25_000]
)
def test_twenty_five_thousand_nested_brackets_are_a_fault_within_a_second(source: str) -> None:
    start = time.perf_counter()
    (fault,) = refused(source)
    assert fault.code in {"too-deep", "complex-key", "yaml-syntax"}
    assert time.perf_counter() - start < 1


def test_the_depth_limit_counts_lists_and_maps() -> None:
    assert read(b"[[a]]", max_depth=2) == [["a"]]
    (fault,) = refused("[[[a]]]", max_depth=2)
    assert (fault.code, fault.column) == ("too-deep", 3)


def test_the_node_limit_counts_texts_lists_and_maps() -> None:
    assert read(b"a: [b, c]", max_nodes=5) == {"a": ["b", "c"]}
    assert [fault.code for fault in refused("a: [b, c]", max_nodes=4)] == ["too-many-nodes"]
    assert [fault.code for fault in refused("a: [[], []]", max_nodes=4)] == ["too-many-nodes"]


def test_a_fault_says_its_place_in_the_text_of_the_exception() -> None:
    with pytest.raises(Bad, match=r"^2:1: duplicate-key; 3:4: yaml-alias$"):
        read(b"a: 1\na: 2\nb: *c\n")


PIECES = st.sampled_from(
    [
        "a",
        "b",
        "标题",
        "付款",
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        " ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ", ",
        '"',
        "'",
        "#",
        " # ",
        "|",
        "|-\n  ",
        "|2+\n",
        ">",
        "&x",
        "*x",
        "!t ",
        "<<",
        "? ",
        "---\n",
        "...\n",
        "%",
        "\\",
        "\\n",
        "\t",
        "\r\n",
        "1",
        "~",
    ]
)
DOCUMENTS = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=1000, deadline=None)
@given(DOCUMENTS)
@example("a: |\r\n  b\r\n")
@example("{a: , b: }")
@example("- a\n- {b: c}\n")
@example("{*x")
@example("{*x, *y}")
def test_an_accepted_document_has_the_value_that_a_typeless_loader_sees(source: str) -> None:
    try:
        value = read(source.encode())
    except Bad:
        return
    assert value == yaml.load(source, yaml.CBaseLoader)
    assert value == python_value(source, value)


def python_value(source: str, default: object) -> object:
    """What the reader written in Python sees; it refuses some tabs that libyaml passes, and then `default`."""
    try:
        return yaml.load(source, yaml.BaseLoader)
    except yaml.YAMLError:
        return default


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_faults(source: bytes) -> None:
    value_or_faults(source)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_mutated_item_is_a_value_or_faults(data: st.DataObject) -> None:
    source = GOOD[0].read_bytes()
    at = data.draw(st.integers(0, len(source)))
    removed = data.draw(st.integers(0, 40))
    inserted = data.draw(st.one_of(st.binary(max_size=6), DOCUMENTS.map(str.encode)))
    value_or_faults(source[:at] + inserted + source[at + removed :])


def value_or_faults(source: bytes) -> None:
    lines = source.count(b"\n") + 1
    try:
        value = read(source)
    except Bad as bad:
        assert bad.faults
        assert all(1 <= fault.line <= lines + 1 and fault.column >= 1 for fault in bad.faults)
        assert all(text(fault.code, language, **fault.values) for fault in bad.faults for language in LANGUAGES)
    else:
        assert isinstance(value, str | list | dict)
