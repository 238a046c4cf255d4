"""`new` at the desk: with one hand on the phone, at the counter, with files and contacts; and by options alone."""

import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.sample_desk import NOW, Ran, Sample, environment, git, sample

from git_feedback.cli.commands.new import grouped
from git_feedback.model import Item
from git_feedback.store import read

COUNTER = ("new", "--channel", "store-counter", "--title", "灯坏了", "--text", "门口的灯不亮", "--area", "上海")
PHONE = ("new", "--channel", "phone", "--title", "灯坏了", "--text", "门口的灯不亮")
MOBILE = "13900001111"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "台")


def at_the_terminal(desk: Sample, typed: list[str], *words: str) -> Ran:
    """`git feedback ...` where somebody sits and types these lines."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "git_feedback", *words, "--now", NOW, "--by", "he.miao"]
    with subprocess.Popen(
        command, cwd=desk.root, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment({})
    ) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in typed).encode())
        late = threading.Timer(30, process.kill)
        late.start()
        out, err = process.communicate()
        late.cancel()
        os.close(ours)
    return Ran(process.returncode, out.decode(), err.decode())


def newest(desk: Sample) -> Item:
    names = git(desk.root, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").split()
    (path,) = [name for name in names if name.endswith(".yml")]
    return read(desk.root / path)


def everything(desk: Sample) -> str:
    """Every byte of the desk that Git keeps, and the messages."""
    files = [path.read_bytes() for path in (desk.root / "feedback").rglob("*") if path.is_file()]
    return b"\n".join(files).decode(errors="replace") + git(desk.root, "log", "-p", "--all")


def with_keys(desk: Sample) -> Sample:
    assert desk.run("keys", "new", "--by", "he.miao").code == 0
    desk.commit()
    return desk


# ---- on the phone ---------------------------------------------------------------------------------------------------


def test_a_call_is_taken_by_numbers_and_enter_and_said_back_before_it_is_kept(desk: Sample) -> None:
    typed = ["1", f"付款一直转圈，打 {MOBILE}", "付款转圈", "", "1"]
    done = at_the_terminal(desk, typed, "new")
    assert done.code == 0, done.err
    item = newest(desk)
    assert (item.channel, item.title, item.text) == ("phone", "付款转圈", "付款一直转圈，打 139****1111")
    assert item.submitter and item.submitter.kind == "anonymous"
    assert "  1  渠道  热线电话" in done.err
    assert MOBILE not in done.err.partition("  1  渠道  ")[2]
    assert f"请报给对方：{grouped(item.id)}" in done.err
    assert "最迟 2026-11-2" in done.err
    assert desk.run("check").code == 0


def test_in_english_the_same_and_the_title_is_the_first_line_unless_they_have_a_better_one(desk: Sample) -> None:
    done = at_the_terminal(desk, ["2", "Lamp is dark", "", "Suzhou", "", "1"], "new", "--lang", "en")
    assert done.code == 0, done.err
    item = newest(desk)
    assert (item.channel, item.title, item.area, item.language) == ("store-counter", "Lamp is dark", "Suzhou", "en")
    assert "In one line [Lamp is dark]" in done.err
    assert "read out: Q 26 11 20 - " in done.err


def test_only_what_was_not_said_yet_is_asked_for(desk: Sample) -> None:
    done = at_the_terminal(desk, ["上海", "", "1"], *COUNTER[:-2])
    assert done.code == 0, done.err
    assert newest(desk).area == "上海"
    assert "发生了什么" not in done.err


def test_nothing_is_asked_where_everything_was_said(desk: Sample) -> None:
    done = at_the_terminal(desk, [], *COUNTER)
    assert done.code == 0, done.err
    assert "1 保存" not in done.err


def test_a_line_can_be_changed_and_all_of_it_dropped(desk: Sample) -> None:
    head = desk.git.head()
    typed = ["2", "灯坏了", "", "杭州", "", "2", "4", "苏州", "1"]
    assert at_the_terminal(desk, typed, "new").code == 0
    assert newest(desk).area == "苏州"
    assert desk.git.head() != head
    head = desk.git.head()
    dropped = at_the_terminal(desk, ["2", "灯坏了", "", "杭州", "", "0"], "new")
    assert (dropped.code, desk.git.head()) == (1, head)
    assert "没有写入" in dropped.err


def test_what_nobody_knows_stays_open_after_two_enters_and_is_asked_for(desk: Sample) -> None:
    done = at_the_terminal(desk, ["2", "灯坏了", "", "", "", "", "1"], "new")
    assert done.code == 0, done.err
    (asked,) = newest(desk).history
    assert asked.model_dump(include={"verb", "missing", "question", "by"}) == {
        "verb": "ask", "by": "he.miao", "missing": ("area",), "question": "想请您告诉我们：是哪个城市、哪家门店。",
    }  # fmt: skip
    assert "没有留下联系方式" in done.err
    assert desk.run("check").code == 0


def test_numbers_are_numbers_and_days_may_be_counted(desk: Sample) -> None:
    done = at_the_terminal(desk, ["6", "4", "1"], "new", "--channel", "shop-review", "--source", "评 1", "--title", "好", "--text", "很好", "--kind", "new")  # fmt: skip
    assert done.code == 0, done.err
    assert "1 到 5" in done.err
    assert newest(desk).rating == 4


def test_without_a_terminal_the_options_say_everything(desk: Sample) -> None:
    done = desk.run("new", "--title", "灯坏了")
    assert done.code == 2
    assert "--channel" in done.err
    assert "phone" in done.err


# ---- how to reach them ----------------------------------------------------------------------------------------------


def test_contacts_are_sealed_and_lie_nowhere_in_clear(desk: Sample) -> None:
    with_keys(desk)
    done = desk.run(*PHONE, "--mobile", MOBILE, "--name", "王芳")
    assert done.code == 0, done.err
    item = newest(desk)
    assert item.submitter and item.submitter.sealed and item.submitter.hint == "139****1111"
    kept = everything(desk)
    assert MOBILE not in kept
    assert "王芳" not in kept
    shown = desk.run("unseal", item.id)
    assert MOBILE in shown.out
    assert "王芳" in shown.out
    assert desk.run("check").code == 0


def test_the_words_that_had_to_be_masked_are_sealed_as_they_were_said(desk: Sample) -> None:
    with_keys(desk)
    assert desk.run(*PHONE[:-1], f"打 {MOBILE} 给我", "--kind", "new").code == 0
    item = newest(desk)
    assert item.text == "打 139****1111 给我"
    assert f"打 {MOBILE} 给我" in desk.run("unseal", item.id).out


def test_without_anybody_to_seal_to_contacts_are_refused_and_nothing_is_written(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run(*PHONE, "--mobile", MOBILE)
    assert done.code == 2
    assert "git feedback keys new" in done.err
    assert (desk.git.head(), git(desk.root, "status", "--porcelain")) == (head, "")
    left_out = desk.run(*PHONE, "--mobile", MOBILE, "--without-contacts")
    assert left_out.code == 0, left_out.err
    assert MOBILE not in everything(desk)


def test_at_a_terminal_somebody_is_asked_whether_to_go_on_without(desk: Sample) -> None:
    head = desk.git.head()
    stopped = at_the_terminal(desk, ["n"], *PHONE, "--mobile", MOBILE)
    assert (stopped.code, desk.git.head()) == (3, head)
    assert at_the_terminal(desk, ["y"], *PHONE, "--mobile", MOBILE).code == 0
    assert MOBILE not in everything(desk)


# ---- what comes along, and what is missing --------------------------------------------------------------------------


def test_a_file_that_comes_along_is_kept_and_one_that_is_refused_is_named(desk: Sample, tmp_path: Path) -> None:
    from PIL import Image

    picture, script = tmp_path / "灯.png", tmp_path / "x.html"
    Image.new("RGB", (8, 8), "red").save(picture)
    script.write_text("<script>alert(1)</script>")
    done = desk.run(*COUNTER, "--attach", str(picture), "--attach", str(script))
    assert done.code == 0, done.err
    item = newest(desk)
    (kept,) = item.attachments
    assert kept.name == "灯.png"
    assert (desk.root / "feedback" / kept.file.path).is_file()
    assert "x.html" in done.err
    assert git(desk.root, "status", "--porcelain") == ""


def test_a_wrong_submission_keeps_no_file_either(desk: Sample, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "灯.png"
    Image.new("RGB", (8, 8), "red").save(picture)
    assert desk.run(*COUNTER, "--attach", str(picture), "--device", "机" * 121).code == 1
    assert git(desk.root, "status", "--porcelain") == ""


def test_with_ask_what_is_missing_is_asked_for_in_the_language_of_the_words(desk: Sample) -> None:
    done = desk.run(
        "new", "--channel", "app", "--title", "App crashes", "--text", "It crashes", "--kind", "new", "--ask"
    )
    assert done.code == 0, done.err
    (asked,) = newest(desk).history
    assert asked.model_dump()["missing"] == ("device",)
    assert asked.model_dump()["question"].startswith("Could you tell us which device")
    assert desk.run("check").code == 0


def test_what_no_submitter_can_tell_is_not_left_open(desk: Sample) -> None:
    done = desk.run("new", "--channel", "partner", "--title", "交货晚了", "--text", "晚了三天", "--ask")
    assert done.code == 2
    assert "source" in done.err


def test_json_says_the_id_and_nothing_else_is_printed(desk: Sample) -> None:
    done = desk.run(*COUNTER, "--format", "json")
    assert set(json.loads(done.out)) == {"id", "file", "new"}


def test_an_id_is_read_out_in_groups() -> None:
    assert grouped("Q261122-7K3QM2H") == "Q 26 11 22 - 7K3 QM2 H"
