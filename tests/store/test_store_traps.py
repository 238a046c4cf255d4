"""Bad input: each trap gives one clear line with its place, in the reader and on the command line."""

from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, sample

from git_feedback.store import BadItem, read

NOTE = "  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n"
TRAPS: dict[str, tuple[str, int, str]] = {
    "rating is a time": (PAYMENT + "rating: 18:00\n", 12, "bad-integer"),
    "progress is no": (PAYMENT + "history:\n  - respond: {at: 2026-11-19T10:00:00+08:00, by: he.miao, progress: no}\n    text: 好\n", 13, "bad-flag"),
    "rating is 012": (PAYMENT + "rating: 012\n", 12, "bad-integer"),
    "rating is 0o14": (PAYMENT + "rating: 0o14\n", 12, "bad-integer"),
    "nps is 1_0": (PAYMENT + "nps: 1_0\n", 12, "bad-integer"),
    "nps is 1e0": (PAYMENT + "nps: 1e0\n", 12, "bad-integer"),
    "a day that is none": (PAYMENT + "expected: 2024-13-45\n", 12, "no-such-day"),
    "a key twice": (PAYMENT + "title: 另一个标题\n", 12, "duplicate-key"),
    "U+0085 as a line break": (PAYMENT.replace("报错", "报错\u0085rating: 1"), 6, "forbidden-character"),
    "U+2028 as a line break": (PAYMENT.replace("报错", "报错\u2028rating: 1"), 6, "forbidden-character"),
    "U+2029": (PAYMENT.replace("报错", "报错\u2029"), 6, "forbidden-character"),
    "NUL": (PAYMENT.replace("报错", "报\0错"), 6, "forbidden-character"),
    "escape sequence": (PAYMENT.replace("报错", "报\x1b[31m错"), 6, "forbidden-character"),
    "byte order mark": ("\ufeff" + PAYMENT, 1, "byte-order-mark"),
    "bare CR": (PAYMENT.replace("product: App\n", "product: App\rrating: 1\n"), 11, "bare-cr"),
    "nested brackets": (PAYMENT + "tags: " + "[" * 25_000 + "\n", 12, "too-deep"),
    "anchor": (PAYMENT.replace("App", "&a App"), 11, "yaml-anchor"),
    "alias": (PAYMENT + "area: *a\n", 12, "yaml-alias"),
    "merge key": (PAYMENT.replace("  kind: returning", "  <<: {kind: new}"), 10, "yaml-merge-key"),
    "tag": (PAYMENT.replace("App", "!!python/object:os.system App"), 11, "yaml-tag"),
    "second document": (PAYMENT + "---\nid: 2\n", 12, "second-document"),
    "directive": ("%YAML 1.1\n---\n" + PAYMENT, 1, "yaml-directive"),
    "open quote": (PAYMENT + 'area: "上海\n', 12, "yaml-open-quote"),
    "tab": (PAYMENT.replace("  kind", "\tkind"), 10, "yaml-tab"),
    "comma in braces": (PAYMENT + "point: {lat: 31, 北纬}\n", 12, "key-without-colon"),
    "no map": ("- 支付页面报错\n", 1, "not-an-item"),
    "nothing": ("", 1, "empty-file"),
    "comment only": ("# 空\n", 1, "empty-file"),
    "too large": (PAYMENT + "area: " + "长" * 100_000 + "\n", 1, "too-large"),
    "text in braces": (PAYMENT + "history:\n  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao, text: 好}\n", 13, "text-in-braces"),
    "unknown event": (PAYMENT + "history:\n  - 处理: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n", 13, "unknown-event"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_refused_at_its_line_under_its_code(name: str) -> None:
    text, line, code = TRAPS[name]
    with pytest.raises(BadItem) as caught:
        read(text.encode(), file="feedback/甲.yml")
    assert (line, code) in [(one.line, one.code) for one in caught.value.problems]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_told_in_one_line_with_the_way_out(name: str, language: str) -> None:
    with pytest.raises(BadItem) as caught:
        read(TRAPS[name][0].encode(), file="feedback/甲.yml")
    for problem in caught.value.problems:
        said = problem.said(language)
        assert said.isprintable()
        assert said.startswith(f"feedback/甲.yml:{problem.line}:{problem.column}: {problem.code}: ")
        assert problem.way_out(language)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18:00", "18:00"),
        ("no", "no"),
        ("3.10", "3.10"),
        ("012", "012"),
        ("~", "~"),
        ("2024-13-45", "2024-13-45"),
        ("1e3", "1e3"),
    ],
)
def test_where_a_text_belongs_nothing_is_taken_for_a_number(text: str, value: str) -> None:
    assert read(PAYMENT.replace("App", text).encode()).product == value


def test_crlf_is_read_as_lf() -> None:
    assert read(PAYMENT.replace("\n", "\r\n").encode()) == read(PAYMENT.encode())


def test_bytes_that_are_no_utf8_are_named_with_their_line() -> None:
    with pytest.raises(BadItem) as caught:
        read(PAYMENT.encode().replace("报错".encode(), "报错".encode("gbk")), file="甲.yml")
    assert [(one.line, one.code) for one in caught.value.problems] == [(6, "not-utf8")]


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "没有.yml")


def test_a_file_names_itself_in_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "坏.yml"
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(BadItem, match=r"坏\.yml:"):
        read(path)


def test_check_names_every_trap_in_one_line_and_goes_on_with_the_other_files(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)
    folder = desk.root / "feedback/2026/10"
    folder.mkdir(parents=True)
    for number, (text, _, _) in enumerate(TRAPS.values()):
        (folder / f"坏{number:02d}.yml").write_bytes(text.encode())
    (desk.root / "feedback/2026/11/好.yml").write_text(
        PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124"), encoding="utf-8"
    )
    done = desk.run("check", "--lang", "zh")
    assert done.code == 1
    assert "Traceback" not in done.err
    for number, (_, line, code) in enumerate(TRAPS.values()):
        named = [said for said in done.out.splitlines() if said.startswith(f"feedback/2026/10/坏{number:02d}.yml:")]
        assert any(f":{line}:" in said and f" {code}: " in said for said in named), (code, named)
    assert "feedback/2026/11/好.yml:1:1: wrong-name: " in done.out
    assert f"检查了 {len(TRAPS) + 2} 个条目" in done.err
