"""Whatever strangers wrote, a command prints words: no escape sequence, no title, no turned line reaches the terminal."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile_desk import Hostile, hostile, payloads, text
from tests.sample_desk import NOW, environment

from git_feedback.cli.plain_terminal import own_signs, plain_terminal
from git_feedback.cli.trouble import Stop, told
from git_feedback.escaping import json_shown
from git_feedback.text import visible

OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
WORST = "\x1b[31m红\x1b]8;;https://example.com\x07点\x1b]8;;\x07 \u202eabc\u2066 \x9b2J"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Items with what intake would have made visible written into them by hand, as far as a file can hold it."""
    made = hostile(tmp_path_factory.mktemp("terminal"))
    for number, path in enumerate(sorted((made.desk.root / "feedback/2026/11").glob("*.yml"))[:40]):
        turned = f"退款\u202e{number}\u2066甲\u200b乙\U000e0041"
        content = re.sub(
            r"^title: .*$",
            f"title: {json.dumps(turned, ensure_ascii=False)}",
            path.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        path.write_text(content.replace("斑头雁", f"斑头雁\u202e{turned}"), encoding="utf-8")
    made.desk.commit()
    return made


def commands(found: Hostile) -> Iterator[tuple[str, ...]]:
    yield from (
        ("list",),
        ("sla",),
        ("stats",),
        ("triage", "--dry-run"),
        ("mine", "--by", "lin.wan"),
        ("to-call",),
        ("check",),
    )
    yield from (
        ("coordination",),
        ("nightly", "--dry-run"),
        ("list", "题\u202e\x1b[31m"),
        ("show", "\x1b]0;x\x07"),
        ("audit",),
    )
    for path in sorted((found.desk.root / "feedback/2026/11").glob("*.yml"))[:40:8]:
        yield from ((name, path.stem) for name in ("show", "explain", "receipt"))
        yield "draft", path.stem, "--about", "received"
        yield "note", path.stem, "看\x1b[31m过\u202e了", "--by", "he.miao", "--dry-run"


def test_no_command_prints_what_a_terminal_obeys(found: Hostile) -> None:
    printed = 0
    for words in commands(found):
        ran = found.desk.run(*words)
        assert ran.code in (0, 1, 2, 3), ran
        for said in (ran.out, ran.err):
            assert not OBEYED.search(said.replace("\r\n", "\n")), (words, OBEYED.findall(said)[:5])
        printed += "[U+202E]" in ran.out + ran.err
    assert printed > 5


def test_json_is_exact_and_shows_nothing_that_a_terminal_obeys(found: Hostile) -> None:
    ran = found.desk.run("list", "--format", "json")
    assert not OBEYED.search(ran.out)
    titles = {one["title"] for one in json.loads(ran.out)}
    assert sum("\u202e" in title and "\U000e0041" in title for title in titles) > 20


def on_a_terminal(root: Path, *words: str) -> bytes:
    """What a command sends to a real terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "git_feedback", *words, "--now", NOW]
    with subprocess.Popen(
        command, cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment({"TERM": "xterm"})
    ):
        os.close(theirs)
        sent = b""
        with suppress(OSError):  # the end of a terminal is an error on Linux
            while piece := os.read(ours, 65536):
                sent += piece
    os.close(ours)
    return sent


@pytest.mark.parametrize("words", [("list",), ("show",), ("explain",)])
def test_a_real_terminal_gets_words(found: Hostile, words: tuple[str, ...]) -> None:
    item = sorted((found.desk.root / "feedback/2026/11").glob("*.yml"))[8]
    sent = on_a_terminal(found.desk.root, *words, *([item.stem] if len(words) == 1 and words[0] != "list" else []))
    plain = sent.decode().replace("\r\n", "\n")
    assert "[U+202E]" in plain
    assert not OBEYED.search(plain), OBEYED.findall(plain)[:5]


def said(run: object, capsys: pytest.CaptureFixture[str]) -> str:
    assert callable(run)
    told(run)
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_every_way_to_print_passes_there(capsys: pytest.CaptureFixture[str]) -> None:
    def loudly() -> None:
        click.echo(WORST, color=True)
        click.echo(WORST, err=True, color=True)
        print(WORST)
        sys.stdout.writelines([WORST])
        raise Stop("no-such-folder", folder=WORST)

    assert not OBEYED.search(said(loudly, capsys))


def test_wrong_usage_that_repeats_what_was_given_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    def wrong() -> None:
        raise click.UsageError(f"no such thing {WORST}")

    assert not OBEYED.search(said(wrong, capsys))


@given(st.text(max_size=60) | st.sampled_from(payloads()).map(text))
def test_what_can_be_seen_is_printed_as_it_is(words: str) -> None:
    stream, before = io.StringIO(), sys.stdout
    sys.stdout = stream
    try:
        with plain_terminal():
            sys.stdout.write(words)
    finally:
        sys.stdout = before
    assert stream.getvalue() == visible(words)


def test_signs_of_our_own_and_bytes_pass(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with plain_terminal():
        own_signs().write("\x1b[2K")
        sys.stdout.buffer.write(b"\x1b\x00")
        sys.stdout.flush()
        sys.stderr.flush()
    captured = capfdbinary.readouterr()
    assert (captured.out, captured.err) == (b"\x1b\x00", b"\x1b[2K")


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_json_for_the_terminal_reads_back_exactly(value: object) -> None:
    written = json_shown(value)
    assert json.loads(written) == value
    assert not OBEYED.search(written)
    written.encode("utf-8")
