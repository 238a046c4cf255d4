"""What GitHub reads out of our Markdown and our log lines: words, never a call, a link or a command of a stranger.

GitHub's own reader is not here, so its rules are: Markdown first, then calls and references in pieces of text outside
code and links, then the runner's commands at the beginnings of lines.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.hostile_desk import hostile, payloads
from tests.sample_desk import Ran, Sample

from git_feedback.escaping import annotation, github_line, workflow
from git_feedback.text import visible

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CALLS = re.compile(
    r"@[a-z0-9][a-z0-9-]*|(?:[\w.-]+/[\w.-]+)?#\d+|\bGH-\d+|\b[0-9a-f]{7,40}\b|https?://|\bwww\.|:\w+:(?=\s|$)",
    re.IGNORECASE,
)
HARMLESS_TAGS = {
    "p",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h2",
    "h3",
    "details",
    "summary",
    "code",
    "br",
    "strong",
}
HOSTILE = st.sampled_from(payloads()) | st.text(
    st.sampled_from("@#GH-1aé0f:/.\\*_<>|`[](){}!&;\n $~wx付款"), max_size=40
)
COMMANDS = re.compile(r"^\s*::[a-z-]+|##\[|##vso\[", re.IGNORECASE)


class Github(HTMLParser):
    """Pieces of text as GitHub's later steps see them: one for each node, none inside code or a link."""

    def __init__(self, markdown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.inside: list[str] = []
        self.pieces: list[str] = []
        self.feed(READER.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's
        self.tags.append(tag)
        if tag != "br":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not {"code", "a", "pre"} & set(self.inside):
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        assert data == " ", "a comment that is not ours"
        self.pieces.append("")


def calls(read: Github) -> list[str]:
    return [found for piece in read.pieces for found in CALLS.findall(piece.strip())]


@given(HOSTILE)
def test_a_line_for_github_calls_nobody_and_reads_as_it_was_written(text: str) -> None:
    read = Github(f"名称 {github_line(text)} 完")
    assert read.tags == ["p"]
    assert [one for one in calls(read) if not one.startswith(":")] == []
    assert "".join(read.pieces).split() == f"名称 {' '.join(visible(text).split())} 完".split()


def test_the_reader_notices_what_a_backslash_leaves_alive() -> None:
    assert calls(Github(r"\@octocat &#64;acme \#12 GH-7 a5c3785ed8d6a35868bc169f07e40e889087fd2e")) == [
        "@octocat", "@acme", "#12", "GH-7", "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
    ]  # fmt: skip


@pytest.mark.parametrize("payload", payloads())
def test_in_a_cell_of_a_table_it_stays_in_its_cell(payload: str) -> None:
    read = Github(f"| a | b |\n|---|---|\n| 值 {github_line(payload)} | z |\n")
    assert read.tags.count("td") == 2 and set(read.tags) <= HARMLESS_TAGS


@pytest.mark.parametrize("payload", payloads())
def test_no_payload_becomes_a_command_of_the_runner(payload: str) -> None:
    for line in annotation("error", payload, 1, 1, payload, payload), f"反馈 {workflow(payload)}":
        assert len(line.splitlines()) == 1
        assert not COMMANDS.search(line.removeprefix("::error file="))
        assert "\x1b" not in line


# ---- commands -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The hostile desk, and beside its items a broken one for each of some payloads."""
    made = hostile(tmp_path_factory.mktemp("github")).desk
    for number, payload in enumerate(payloads()[::9]):
        words = json.dumps(" ".join(visible(payload).split())[:80] or "空", ensure_ascii=False)
        name = re.sub(r"[/\x00\n\ud800-\udfff]", "_", payload)[:30].strip() or "x"
        path = made.root / f"feedback/2026/11/{number}{name}.yml"
        path.write_text(f"id: {words}\nreceived: {words}\nchannel: {words}\n{words}: 1\n", encoding="utf-8")
    return made


def ran(desk: Sample, *words: str) -> Ran:
    found = desk.run(*words)
    assert found.code in (0, 1), found.err
    return found


def test_every_line_of_a_check_for_github_is_one_of_our_commands(desk: Sample) -> None:
    lines = ran(desk, "check", "--format", "github").out.split("\n")
    assert len(lines) > 50
    for line in filter(None, lines):
        assert re.match(r"::error file=[^,\s][^,]*(,[a-z]+=[^,:]*)*::", line), line
        assert not re.search(r"::\s*(add-mask|stop-commands|set-output|warning|notice)|##\[", line[8:]), line


def test_json_and_sarif_of_a_check_hold_the_names_exactly(desk: Sample) -> None:
    problems = json.loads(ran(desk, "check", "--format", "json").out)["problems"]
    log: dict[str, Any] = json.loads(ran(desk, "check", "--format", "sarif").out)
    files = {one["file"] for one in problems}
    assert {
        path.relative_to(desk.root).as_posix() for path in Path(desk.root, "feedback/2026/11").glob("[0-9]*.yml")
    } <= files
    results = log["runs"][0]["results"]
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results} == files


def test_a_check_for_people_says_each_problem_on_one_line(desk: Sample) -> None:
    count = len(json.loads(ran(desk, "check", "--format", "json").out)["problems"])
    lines = ran(desk, "check").out.splitlines()
    assert len(lines) == count
    assert all(re.search(r":\d+:\d+: [a-z-]+: ", line) for line in lines)
    assert visible("\n".join(lines)) == "\n".join(lines)


def test_the_comment_of_a_simulation_calls_nobody(desk: Sample, tmp_path: Path) -> None:
    for path in (desk.root / "feedback/2026/11").glob("[0-9]*.yml"):
        path.unlink()
    other = tmp_path / "policy"
    other.mkdir()
    for path in (desk.root / "policy").rglob("*"):
        if path.is_file():
            target = other / path.relative_to(desk.root / "policy")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            target.write_text(
                text.replace("urgency: 4", "urgency: 5").replace("impact: 3", "impact: 5"), encoding="utf-8"
            )
    found = ran(desk, "simulate", "--policy", str(other), "--format", "markdown")
    read = Github(found.out)
    assert set(read.tags) <= HARMLESS_TAGS
    assert [one for one in calls(read) if not one.startswith(":")] == []
    assert not any(COMMANDS.match(line) for line in found.out.split("\n"))


def test_the_reader_would_notice_a_command() -> None:
    assert COMMANDS.search("::add-mask::x") and COMMANDS.search("x ##[error]y")
    assert Github("<b>x</b>").tags == ["p", "b"]
