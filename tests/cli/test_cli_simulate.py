"""`simulate`: the history under another policy, for people, for programs and for the comment of a pull request."""

import json
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.sample_desk import PAYMENT, ROOT, Ran, Sample, git, item, sample

from git_feedback.model.ids import from_bits
from git_feedback.store import write
from git_feedback.text import shorten, visible

CLASSIFY = (
    "  - classify: {at: 2026-11-19T09:31:05+08:00, by: lin.wan, category: product/payment, urgency: 3, impact: 3}\n"
)
ANSWERED = "  - respond: {at: 2026-11-19T15:40:00+08:00, by: lin.wan, channel: e-mail}\n    text: 您好，扣款已核实。\n"
ITEM = PAYMENT + "history:\n" + CLASSIFY + ANSWERED
"""A P2 item answered after four hours and 39 minutes of working time."""
P2 = "{clock: respond, level: [P2], target: 8h}"
PAYLOADS = [
    line for line in (ROOT / "tests/cases/escaping/payloads.txt").read_text(encoding="utf-8").splitlines() if line
]


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "台", ITEM)


@pytest.fixture
def other(desk: Sample) -> Path:
    """Half the time for first answers to P2, as a folder beside the desk."""
    there = desk.root.parent / "新规则"
    shutil.copytree(desk.root / "policy", there / "policy")
    edit(there / "policy/sla.yml", P2, P2.replace("8h", "4h"))
    return there


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def simulated(desk: Sample, other: Path | str, *words: str) -> Ran:
    return desk.run("simulate", "--policy", str(other), *words)


# ---- people ---------------------------------------------------------------------------------------------------------


def test_text_says_what_changes_in_chinese(desk: Sample, other: Path) -> None:
    done = simulated(desk, other)
    assert done.code == 0
    assert "重新计算 1 件：1 件有变化。" in done.out
    assert "超时：新增 1 个，减少 0 个。" in done.out
    assert "  首次答复  1 → 0  0 → 1  0       1 个（中位 4:00 小时）  -\n" in done.out
    assert (
        "      首次答复：按时 → 超时完成，应于 2026-11-20 09:31 → 2026-11-19 15:01（提前 4:00 小时），超时 0:39 小时\n"
        in done.out
    )


def test_and_in_english(desk: Sample, other: Path) -> None:
    out = simulated(desk, other, "--lang", "en").out
    assert "1 item replayed under " in out
    assert "Breaches: 1 more, 0 fewer." in out
    assert "respond: met → done late, due 2026-11-20 09:31 → 2026-11-19 15:01 (4:00 h earlier), late by 0:39 h" in out


def test_the_same_policy_changes_nothing_and_lists_nothing(desk: Sample) -> None:
    done = simulated(desk, "HEAD")
    assert (done.code, "0 件有变化" in done.out, "最严重" in done.out) == (0, True, False)
    assert json.loads(simulated(desk, "policy", "--format", "json").out)["items"] == []


def test_a_new_edition_with_a_later_day_judges_as_if_it_had_always_held_unless_dates_are_kept(desk: Sample) -> None:
    text = desk.text("policy/sla.yml")
    later = text.partition("editions:\n")[2].replace("effective: 2024-01-01", "effective: 2027-01-01")
    desk.put(text + later.replace(P2, P2.replace("8h", "4h")), "policy/sla.yml")
    done = desk.run("simulate", "--policy", "HEAD", "--as-of", "HEAD~1")
    assert "其中 2027-01-01 起的新版规则视为一直有效" in done.out
    assert "新增 1 个" in done.out
    kept = desk.run("simulate", "--policy", "HEAD", "--as-of", "HEAD~1", "--as-dated")
    assert "0 件有变化" in kept.out


def test_levels_are_a_matrix_and_routes_say_who_would_move(desk: Sample, other: Path) -> None:
    edit(other / "policy/sla.yml", "3: [P3, P3, P2, P2, P2]", "3: [P3, P3, P1, P2, P2]")
    edit(other / "policy/categories.yml", "department: payments", "department: support")
    out = simulated(desk, other, "--lang", "en").out
    assert "  now ↓ then →  P1  P2\n  P1            .   .\n  P2            1   .\n" in out
    assert "  payments → support          1      1\n" in out
    assert "      department: payments → support\n      owner: ji.nan → ines.brandt\n" in out


def test_at_most_limit_items_are_listed_and_how_many_there_are_is_said(desk: Sample, other: Path) -> None:
    for number in range(3):
        desk.run("new", "--channel", "store-counter", "--area", "东店", "--title", f"排队 {number}", "--text", "太久")
    out = simulated(desk, other, "--limit", "2").out
    assert "（4 件中的 2 件）" in out
    assert out.count("Q2611") == 2
    assert len(json.loads(simulated(desk, other, "--limit", "2", "--format", "json").out)["items"]) == 4


def test_since_leaves_out_what_came_before(desk: Sample, other: Path) -> None:
    assert json.loads(simulated(desk, other, "--since", "2026-11-20", "--format", "json").out)["replayed"] == 0


# ---- programs -------------------------------------------------------------------------------------------------------


def test_json_has_every_figure(desk: Sample, other: Path) -> None:
    found = json.loads(simulated(desk, other, "--format", "json").out)
    assert (found["replayed"], found["changed"], found["edition_from_the_start"]) == (1, 1, "2024-01-01")
    assert found["breaches"] == {"added": 1, "removed": 0}
    (respond,) = [clock for clock in found["clocks"] if clock["clock"] == "respond"]
    assert respond == {
        "clock": "respond",
        "before": {"met": 1, "breached": 0, "running": 0},
        "after": {"met": 0, "breached": 1, "running": 0},
        "added": 1,
        "removed": 0,
        "earlier": {"n": 1, "median_s": 14400},
        "later": {"n": 0, "median_s": None},
    }
    (one,) = found["items"]
    assert (one["id"], one["level"]) == ("Q261119-0AAJN0D", {"from": "P2", "to": "P2"})
    (clock,) = one["clocks"]
    assert clock["after"] == {
        "state": "breached",
        "due": "2026-11-19T15:01:00+08:00",
        "elapsed_s": 16740,
        "target_s": 14400,
        "late_s": 2340,
    }
    assert (clock["shift_s"], clock["breach_added"]) == (-14400, True)


def test_fail_on_breach_ends_with_1_when_breaches_are_added_only(desk: Sample, other: Path) -> None:
    assert simulated(desk, other, "--fail-on", "breach").code == 1
    edit(other / "policy/sla.yml", P2.replace("8h", "4h"), P2.replace("8h", "16h"))
    done = simulated(desk, other, "--fail-on", "breach", "--format", "json")
    assert (done.code, json.loads(done.out)["changed"]) == (0, 1)


def test_nothing_is_written_and_twice_the_same_is_said(desk: Sample, other: Path) -> None:
    one, two = simulated(desk, other, "--format", "markdown"), simulated(desk, other, "--format", "markdown")
    assert one == two
    assert git(desk.root, "status", "--porcelain") == ""


# ---- what cannot be done --------------------------------------------------------------------------------------------


def test_no_such_policy_is_wrong_usage_with_the_way_out(desk: Sample) -> None:
    done = simulated(desk, "没有")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "git-feedback: 没有规则“没有”；请指定文件夹（policy/ 或包含它的文件夹），或含有规则的提交、分支、标签\n"
    )


def test_a_broken_policy_is_listed_where_it_lies_and_stops(desk: Sample, other: Path) -> None:
    edit(other / "policy/sla.yml", "target: 4h}", "target: 4x}")
    done = simulated(desk, other, "--format", "json")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"{other}/policy/sla.yml:")
    assert "bad-duration" in done.err


def test_a_bad_day_is_wrong_usage(desk: Sample, other: Path) -> None:
    done = simulated(desk, other, "--since", "昨天")
    assert (done.code, "请写成 2026-09-01 这样" in done.err) == (2, True)


def test_a_file_that_cannot_be_read_is_left_out_and_named_on_the_side(desk: Sample, other: Path) -> None:
    (desk.root / "feedback/2026/11/Q261119-7K3QM2X.yml").write_text("id: [\n", encoding="utf-8")
    done = simulated(desk, other, "--format", "json")
    assert json.loads(done.out)["replayed"] == 1
    assert "有 1 个文件无法读取" in done.err


# ---- a pull request -------------------------------------------------------------------------------------------------


def test_markdown_is_a_comment_with_tables_and_a_folded_list(desk: Sample, other: Path) -> None:
    out = simulated(desk, other, "--format", "markdown").out
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(out)
    assert page.startswith("<h2>按改动后的规则重新计算</h2>")
    assert page.count("<table>") == 2
    assert "<details>\n<summary>有变化的条目，最严重的在前（1 件中的 1 件）</summary>" in page
    assert "<td><code>支付页面报错</code></td>" in page


HOSTILE = [
    "@everyone 看 #1 和 https://evil.example www.evil.example",
    "</code></td></table></details><script>alert(1)</script>",
    "甲 | 乙 `丙` **丁** [戊](javascript:alert(1)) ![](http://evil.example/x.png)",
    "<!-- 付款 -->",
    "# 标题",
    "\u202e反转",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_strangers_title_stays_words_in_markdown(desk: Sample, other: Path, title: str) -> None:
    """Titles are code, too: hosts call nobody and link nothing from there."""
    desk.put(ITEM.replace("title: 支付页面报错", f"title: {json.dumps(title)}"))
    out = simulated(desk, other, "--format", "markdown").out
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(out)
    cell = page.partition("<td><code>")[2].partition("</code></td>")[0]
    assert unescape(cell) == shorten(visible(title), 60)
    assert "<" not in cell
    assert not [tag for tag in ("<script", "<a ", "<img", "<!--", "<strong", "<h1") if tag in page]
    assert page.count("<table>") == page.count("</table>") == 2


@pytest.mark.slow
def test_none_of_the_known_payloads_gets_out_of_its_cell(desk: Sample, other: Path) -> None:
    for number, title in enumerate(PAYLOADS[:60]):
        desk.put(ITEM.replace("title: 支付页面报错", f"title: {json.dumps(title[:100].strip() or '空')}"))
        out = simulated(desk, other, "--format", "markdown").out
        page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(out)
        row = page.partition("<td><code>")[2]
        assert row.partition("</code></td>")[2].strip().startswith("</tr>"), (number, title)
        assert "<" not in row.partition("</code></td>")[0], (number, title)


def test_no_line_of_the_comment_begins_with_words_of_a_stranger(desk: Sample, other: Path) -> None:
    desk.put(ITEM.replace("title: 支付页面报错", 'title: "::error::甲"'))
    lines = simulated(desk, other, "--format", "markdown").out.splitlines()
    assert {line[:1] for line in lines} <= {"", "#", "-", "|", "<"}


def test_a_comment_is_never_longer_than_hosts_take(desk: Sample, other: Path) -> None:
    for number in range(400):
        found = item(ITEM.replace("票据 #123", f"票据 #{number}")).model_copy(
            update={"id": from_bits("Q", date(2026, 11, 19), number), "title": "|" * 60}
        )
        (desk.root / f"feedback/2026/11/{found.id}.yml").write_bytes(write(found))
    out = simulated(desk, other, "--format", "markdown", "--limit", "400").out
    assert 50_000 < len(out) < 60_000
    rows = [line for line in out.splitlines() if line.startswith("| Q2611")]
    assert f"（401 件中的 {len(rows)} 件）" in out


def test_a_clock_that_runs_on_one_side_only_has_one_due_time(desk: Sample, other: Path) -> None:
    edit(other / "policy/sla.yml", P2.replace("8h", "4h"), "{clock: respond, level: [P2], none: true}")
    assert "respond: met → no clock, due 2026-11-20 09:31\n" in simulated(desk, other, "--lang", "en").out
