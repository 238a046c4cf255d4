"""`receipt`, `verify`, `draw`, and `new --receipt`: what they print, what they write, how they end."""

import json
import re
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated
from tests.jobs.test_jobs_drawing_lots import VALID, announce, identity, night
from tests.sample_desk import Sample, git, sample

from git_feedback.model.receipts import canonical_token, digest, parse
from git_feedback.store import read

ID = "Q261119-0AAJN0D"
COUNTER = (
    "new",
    "--channel",
    "store-counter",
    "--title",
    "排队太久",
    "--text",
    "等了四十分钟。",
    "--area",
    "华东/上海",
)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    (tmp_path / "台").mkdir()
    return sample(tmp_path / "台", "id: " + ID + "\n" + PLAIN)


PLAIN = """received: 2026-11-19T09:31:00+08:00
channel: web-form
language: zh
title: 支付页面报错
text: 已经试了三次。
submitter:
  kind: returning
"""


def everything(root: Path) -> str:
    """All that lies in the desk's folder and in Git, as far as it is text."""
    files = [path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return b"\n".join(files).decode(errors="replace") + git(root, "log", "-p", "--all")


# ---- receipt --------------------------------------------------------------------------------------------------------


def test_the_number_is_printed_once_and_lies_nowhere(desk: Sample) -> None:
    done = desk.run("receipt", ID, "--new", "--lang", "zh")
    assert done.code == 0
    full = parse(done.out)
    assert full.token
    assert "没有保存" in done.err
    assert full.token not in everything(desk.root)
    assert f"receipt: {digest(full.token)}" in desk.text(ITEM).replace('"', "")
    assert git(desk.root, "log", "-1", "--format=%s") == f"receipt {ID}, by he.miao\n"
    assert desk.run("check").code == 0


def test_a_second_number_is_refused_and_the_receipt_is_shown_without(desk: Sample) -> None:
    first = parse(desk.run("receipt", ID, "--new").out)
    again = desk.run("receipt", ID, "--new", "--lang", "zh")
    assert (again.code, again.out) == (1, "")
    assert "已发过号码" in again.err
    shown = desk.run("receipt", ID, "--lang", "en")
    assert (shown.code, shown.err) == (0, "a number was given for it\n")
    assert parse(shown.out).content == first.content
    assert "token" not in shown.out


def test_the_slip_is_readable_for_its_writer_alone_and_git_ignores_it(desk: Sample) -> None:
    done = desk.run("receipt", ID, "--new", "--slip", "--site", "https://desk.example/fb", "--lang", "zh")
    file = desk.root / "build/receipts" / f"{ID}.html"
    assert f"build/receipts/{ID}.html" in done.err
    assert parse(file.read_text(encoding="utf-8")) == parse(done.out)
    assert file.parent.stat().st_mode & 0o077 == 0
    assert git(desk.root, "status", "--porcelain") == ""


@pytest.mark.parametrize(("words", "code", "said"), [
    (["--slip"], 2, "--new"),
    (["--new", "--slip", "--site", "desk.example"], 2, "https://"),
    (["--new", "--by", "wen.jing"], 1, "wen.jing"),
])  # fmt: skip
def test_what_cannot_be_given_writes_nothing(desk: Sample, words: list[str], code: int, said: str) -> None:
    before = desk.git.head()
    done = desk.run("receipt", ID, *words, "--lang", "en")
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert desk.git.head() == before
    assert "receipt" not in desk.text(ITEM)


def test_a_dry_run_gives_no_number(desk: Sample) -> None:
    done = desk.run("receipt", ID, "--new", "--dry-run")
    assert done.code == 0
    assert "token" not in done.out
    assert "receipt" not in desk.text(ITEM)


def test_json_holds_all_of_it(desk: Sample) -> None:
    said = json.loads(desk.run("receipt", ID, "--new", "--slip", "--format", "json").out)
    assert canonical_token(said["token"]) == said["token"]
    assert (said["id"], said["file"], said["slip"]) == (ID, ITEM, f"build/receipts/{ID}.html")
    old = json.loads(desk.run("receipt", ID, "--format", "json").out)
    assert (old["token"], old["given"], old["content"]) == (None, True, said["content"])


# ---- new ------------------------------------------------------------------------------------------------------------


def test_who_speaks_at_the_counter_gets_a_number_at_once(desk: Sample) -> None:
    done = desk.run(*COUNTER, "--receipt")
    assert done.code == 0
    made, _, lines = done.out.partition("\n")
    path = made.split("  ")[1]
    full = parse(lines)
    item = read(desk.text(path).encode())
    assert full.token
    assert (item.receipt, item.history) == (digest(full.token), ())
    assert full.token not in everything(desk.root)
    assert desk.run("check").code == 0
    assert desk.run("verify", stdin=lines.encode()).code == 0


def test_a_slip_asks_for_a_number_too(desk: Sample) -> None:
    done = desk.run(*COUNTER, "--slip", "--format", "json", "--site", "https://desk.example")
    said = json.loads(done.out)
    assert "svg" in (desk.root / said["receipt"]["slip"]).read_text(encoding="utf-8")
    assert canonical_token(said["receipt"]["token"])


def test_without_the_option_nothing_is_given(desk: Sample) -> None:
    path = desk.run(*COUNTER).out.strip().split("  ")[1]
    assert "receipt" not in desk.text(path)


def test_a_public_channel_gives_no_number(desk: Sample) -> None:
    words = ("new", "--channel", "issue-form", "--title", "甲", "--text", "乙", "--source", "github#9", "--receipt")
    done = desk.run(*words, "--lang", "zh")
    assert (done.code, done.out) == (2, "")
    assert "公开渠道" in done.err


def test_what_was_there_already_gets_no_number_and_says_how(desk: Sample) -> None:
    words = (*COUNTER, "--source", "意见 7", "--receipt")
    first = parse(desk.run(*words).out.partition("\n")[2])
    done = desk.run(*words, "--lang", "zh")
    assert "token" not in done.out
    assert f"git feedback receipt {first.id} --new" in done.err


# ---- verify ---------------------------------------------------------------------------------------------------------


def test_a_receipt_is_verified_from_a_file_and_from_standard_input(desk: Sample, tmp_path: Path) -> None:
    lines = desk.run("receipt", ID).out
    (tmp_path / "回执.txt").write_text(lines, encoding="utf-8")
    first = git(desk.root, "rev-list", "--max-parents=0", "HEAD")[:10]
    for done in (desk.run("verify", str(tmp_path / "回执.txt")), desk.run("verify", "-", stdin=lines.encode())):
        assert done.code == 0
        assert f"自提交 {first}（" in done.out
        assert done.out.endswith("至今未变\n")


def test_a_changed_word_ends_with_1_and_names_the_commit(desk: Sample) -> None:
    lines = desk.run("receipt", ID).out.encode()
    desk.put(desk.text(ITEM).replace("三次", "两次"))
    done = desk.run("verify", "--format", "json", stdin=lines)
    said = json.loads(done.out)
    assert done.code == 1
    assert (said["holds"], said["code"], said["changed"]) == (False, "receipt-changed", desk.git.head())
    assert f"git show {desk.git.head()[:10]}" in desk.run("verify", "--lang", "en", stdin=lines).out


@pytest.mark.parametrize(
    ("stdin", "words"), [("", ["verify"]), ("id: 甲", ["verify", "-"]), ("", ["verify", "没有.txt"])]
)
def test_what_is_no_receipt_is_wrong_usage(desk: Sample, stdin: str, words: list[str]) -> None:
    done = desk.run(*words, stdin=stdin.encode())
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


# ---- draw -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch, *VALID)


def ran(desk: Dated, *words: str, now: str, commit_at: str | None = None) -> tuple[int, str, str]:
    done = desk.desk.run("draw", *words, "--no-commit", now=f"2026-{now}:00+08:00") if "check" not in words else None
    done = done or desk.desk.run("draw", *words, now=f"2026-{now}:00+08:00")
    if commit_at:
        desk.commit(commit_at)
    return done.code, done.out, done.err


def test_a_draw_from_announcement_to_check(drawing: Dated) -> None:
    code, out, err = ran(drawing, "announce", "2026-11", "--prizes", "2", now="12-01T09:00", commit_at="12-01T09:00")
    assert code == 0
    assert "7 名参加者，2 个奖，截止 2026-12-02T00:00:00+08:00" in out
    assert "请立即提交并推送" in err
    code, again, err = ran(drawing, "announce", "2026-11", "--prizes", "5", now="12-01T10:00")
    assert (code, again, err) == (0, out, ""), "announced once"
    assert ran(drawing, "run", "2026-11", now="12-01T10:00")[0] == 3
    seed = night(drawing, "12-02T02:17")
    code, drawn, _ = ran(drawing, "run", "2026-11", now="12-02T09:00", commit_at="12-02T09:00")
    assert code == 0
    assert f"种子：{seed}" in drawn
    won = re.findall("中奖：(.*)", drawn)
    assert len(won) == 2
    assert ran(drawing, "run", "2026-11", now="12-05T09:00")[1] == drawn
    code, out, err = ran(drawing, "check", "2026-11", now="12-05T09:00")
    assert (code, out) == (0, drawn)
    assert "都符合规则" in err
    assert drawing.desk.run("check", now="2026-12-05T09:00:00+08:00").code == 0


def test_a_draw_that_was_tampered_with_ends_with_1_and_says_what(drawing: Dated) -> None:
    announce(drawing)
    path = "feedback/draws/2026-11.yml"
    drawing.put(drawing.desk.text(path).replace(f"  - {identity(VALID[0])}\n", ""), path)
    drawing.commit("12-01T10:00")
    code, out, _ = ran(drawing, "check", "2026-11", "--lang", "en", now="12-02T09:00")
    assert code == 1
    assert f"{path}:1:1: draw-digest: the digest is not that of the entrants listed" in out
    night(drawing, "12-02T02:17")
    code, out, _ = ran(drawing, "run", "2026-11", "--lang", "en", now="12-02T09:00")
    assert code == 1
    assert "draw-digest" in out
    assert "seed:" not in drawing.desk.text(path)


@pytest.mark.parametrize(
    "words",
    [["announce", "十一月"], ["run", "2026-13"], ["check", "26-11"], ["announce", "2026-10", "--closes", "明天"]],
)
def test_wrong_usage_of_a_draw_ends_with_2(drawing: Dated, words: list[str]) -> None:
    done = drawing.desk.run("draw", *words)
    assert (done.code, done.out) == (2, "")


def test_a_draw_that_was_not_announced_cannot_go_on(drawing: Dated) -> None:
    for verb in ("run", "check"):
        done = drawing.desk.run("draw", verb, "2026-10", "--lang", "zh")
        assert done.code == 3
        assert "git feedback draw announce 2026-10" in done.err


def test_the_draw_as_json(drawing: Dated) -> None:
    announce(drawing)
    said = json.loads(drawing.desk.run("draw", "check", "2026-11", "--format", "json").out)
    assert (said["month"], said["problems"], said["seed"]) == ("2026-11", [], None)
    assert len(said["entrants"]) == 7
