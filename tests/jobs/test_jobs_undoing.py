"""Undo and revert: the opposite events in one commit, nothing rewritten, nothing deleted, later work respected."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, policy, sample

from git_feedback.clock import parse_moment
from git_feedback.desk import standings, state
from git_feedback.insight.stats import stats
from git_feedback.model import Item
from git_feedback.store import read

NOW = "2026-11-20T11:05:00+08:00"
LATER = "2026-11-20T14:30:00+08:00"
SEEN = "2026-11-20T14:31:00+08:00"
FIRST, SECOND = "Q261119-0AAJN0D", "Q261119-V9T67N3"
ANSWERED = """\
history:
  - classify: {at: 2026-11-19T09:40:00+08:00, by: ines.brandt, category: product/payment, urgency: 4, impact: 4}
  - assign: {at: 2026-11-19T09:45:00+08:00, by: ines.brandt, department: payments, owner: ji.nan}
  - accept: {at: 2026-11-19T10:00:00+08:00, by: ji.nan}
  - resolve: {at: 2026-11-19T15:00:00+08:00, by: ji.nan}
    result: 已补单。
  - review: {at: 2026-11-19T15:30:00+08:00, by: lin.wan, verdict: pass}
  - reply: {at: 2026-11-19T16:00:00+08:00, by: ji.nan, channel: web-form}
    text: 订单已补，请查收。
"""
ONE = PAYMENT + ANSWERED
TWO = ONE.replace(FIRST, SECOND).replace("#123", "#124")
CSV = """\
编号,时间,内容,状态,关闭时间
A-1,2026-11-18 09:00:00,发票抬头打错了,open,
A-2,2026-11-18 10:00:00,门店空调太冷,closed,2026-11-18 12:00:00
A-3,2026-11-18 11:00:00,积分没有到账,open,
"""


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "台", ONE, TWO)


def path_of(item_id: str) -> str:
    return f"feedback/2026/{item_id[3:5]}/{item_id}.yml"


def item(desk: Sample, item_id: str) -> Item:
    return read(desk.root / path_of(item_id))


def life(desk: Sample, item_id: str, now: str = SEEN) -> str:
    return state(item(desk, item_id), policy(), parse_moment(now)).life


def closed(desk: Sample) -> str:
    """Both items closed in one commit."""
    done = desk.run("close", FIRST, SECOND, "--by", "ji.nan")
    assert done.code == 0, done.err
    return git(desk.root, "rev-parse", "HEAD").strip()


def undo(desk: Sample, commit: str, *words: str, now: str = LATER):  # type: ignore[no-untyped-def]
    return desk.run("undo", commit, *words, now=now)


# ---- undo -----------------------------------------------------------------------------------------------------------


def test_a_bulk_close_is_undone_by_one_commit_of_retractions(desk: Sample) -> None:
    commit = closed(desk)
    before = {one: desk.text(path_of(one)) for one in (FIRST, SECOND)}
    done = undo(desk, commit, "--lang", "zh")
    assert done.code == 0, done.err
    assert "2 个条目恢复" in done.err
    assert [life(desk, one) for one in (FIRST, SECOND)] == ["replied", "replied"]
    for one, text in before.items():
        added = desk.text(path_of(one)).removeprefix(text)
        assert added.startswith("  - retract: {at: 2026-11-20T14:30:00+08:00, by: he.miao, what: close, when: ")
        assert f'because: "撤销提交 {commit[:10]}：close: 2 items, by ji.nan"' in added
    assert git(desk.root, "show", "--name-only", "--format=", "HEAD").split() == [path_of(FIRST), path_of(SECOND)]
    assert desk.run("check", "--base", commit, now=LATER).code == 0


def test_an_undo_done_twice_adds_nothing(desk: Sample) -> None:
    commit = closed(desk)
    undo(desk, commit)
    head = git(desk.root, "rev-parse", "HEAD")
    again = undo(desk, commit, "--format", "json")
    assert again.code == 0
    assert json.loads(again.out) == {"written": [], "events": 0, "already": 2, "refused": []}
    assert git(desk.root, "rev-parse", "HEAD") == head


def test_a_dry_run_shows_the_retractions_and_writes_nothing(desk: Sample) -> None:
    tried = undo(desk, closed(desk), "--dry-run")
    assert tried.out.count("- retract: ") == 2
    assert git(desk.root, "status", "--short") == ""
    assert life(desk, FIRST) == "closed"


def test_where_something_builds_on_it_nothing_is_undone_and_that_is_named(desk: Sample) -> None:
    commit = closed(desk)
    assert desk.run("reopen", FIRST, "--kind", "recurring", now="2026-11-20T11:40:00+08:00").code == 0
    refused = undo(desk, commit, "--lang", "en")
    assert refused.code == 1
    assert f"{FIRST}: later events build on it: reopen 2026-11-20 11:40 by he.miao; retract those first" in refused.err
    assert life(desk, SECOND) == "closed"
    shown = json.loads(undo(desk, commit, "--format", "json").out)
    assert [one["id"] for one in shown["refused"]] == [FIRST]
    assert shown["refused"][0]["later"] == [{"verb": "reopen", "at": "2026-11-20T11:40:00+08:00", "by": "he.miao"}]


def test_what_builds_on_nothing_does_not_stand_in_the_way(desk: Sample) -> None:
    commit = closed(desk)
    assert desk.run("note", FIRST, "--text", "顾客又来电，谢谢。", now="2026-11-20T11:40:00+08:00").code == 0
    assert undo(desk, commit).code == 0
    assert life(desk, FIRST) == "replied"


def test_an_event_that_was_taken_back_already_is_left_and_the_rest_is_undone(desk: Sample) -> None:
    commit = closed(desk)
    assert (
        desk.run("retract", FIRST, "--what", "close", "--because", "还没完", now="2026-11-20T11:40:00+08:00").code == 0
    )
    done = undo(desk, commit, "--format", "json")
    assert json.loads(done.out) == {"written": [path_of(SECOND)], "events": 1, "already": 1, "refused": []}


def test_clocks_go_on_where_they_stood_before_what_is_undone(desk: Sample) -> None:
    now = parse_moment(LATER)
    (before,) = standings([item(desk, FIRST)], policy(), now)
    undo(desk, closed(desk))
    (after,) = standings([item(desk, FIRST)], policy(), now)
    assert after.clocks == before.clocks


def test_a_solution_that_is_undone_is_in_no_figure(desk: Sample) -> None:
    assert desk.run("reopen", FIRST, "--kind", "mistake", "--by", "he.miao").code == 0
    assert desk.run("accept", FIRST, "--by", "ji.nan", now="2026-11-20T11:10:00+08:00").code == 0
    fresh = PAYMENT.replace(FIRST, "Q261120-GGHPCNW").replace("#123", "#125") + ANSWERED.split("  - resolve")[0]
    desk.put(fresh)
    assert desk.run("resolve", "Q261120-GGHPCNW", "--result", "已补单。", "--by", "ji.nan").code == 0
    solved = stats_of(desk)
    undo(desk, "HEAD")
    assert solved - stats_of(desk) == 1


def stats_of(desk: Sample, now: str = SEEN) -> int:
    moment = parse_moment(now)
    found = standings([read(path) for path in sorted(desk.root.glob("feedback/2*/*/*.yml"))], policy(), moment)
    figures = stats(found, policy(), moment, policy().zone)
    return int(figures["resolve"]["n"])  # type: ignore[index]


def test_somebody_who_may_not_take_back_others_events_is_refused(desk: Sample) -> None:
    refused = undo(desk, closed(desk), "--by", "owen.vale", "--lang", "en")
    assert refused.code == 1
    assert "ji.nan" in refused.err
    assert life(desk, FIRST) == "closed"


@pytest.mark.parametrize("what", ["policy", "new", "merge", "elsewhere", "nothing"])
def test_a_commit_that_did_anything_else_is_refused_with_the_way_out(desk: Sample, what: str) -> None:
    if what == "policy":
        desk.put("# 说明\n" + desk.text("policy/channels.yml"), "policy/channels.yml")
    elif what == "new":
        desk.put(PAYMENT.replace(FIRST, "Q261120-GGHPCNW").replace("#123", "#126"))
    elif what in ("merge", "elsewhere"):
        git(desk.root, "checkout", "--quiet", "-b", "旁支")
        desk.put("旁", "reports/note.txt")
        other = git(desk.root, "rev-parse", "HEAD").strip()
        git(desk.root, "checkout", "--quiet", "main")
        if what == "merge":
            git(desk.root, "merge", "--quiet", "--no-ff", "--message=合并", "旁支")
    name = {"elsewhere": "旁支", "nothing": "0123abcd"}.get(what, "HEAD")
    done = undo(desk, name, "--lang", "en")
    assert done.code == 2
    words = {
        "policy": "did more than add events to items: policy/channels.yml",
        "new": "git feedback revert-import",
        "merge": "is a merge",
        "elsewhere": "is not part of what is checked out",
        "nothing": "no commit '0123abcd'",
    }
    assert words[what] in done.err
    if what == "elsewhere":
        assert other[:10] in done.err


# ---- revert-import --------------------------------------------------------------------------------------------------


FOUND_CLOSED = """\
history:
  - classify: {at: 2026-11-18T10:00:00+08:00, by: import, category: process/invoice, urgency: 3, impact: 2}
  - close: {at: 2026-11-18T12:00:00+08:00, by: import}
"""
BROUGHT = {"Q261118-12KRT3X": "", "Q261118-2Z44188": FOUND_CLOSED, "Q261118-Z6CTAF9": ""}


def brought(desk: Sample) -> list[str]:
    """Three items that an import brought in one commit: two open, one found closed."""
    for n, (item_id, history) in enumerate(BROUGHT.items()):
        (desk.root / path_of(item_id)).write_text(imported(item_id, n, history), encoding="utf-8")
    desk.commit()
    return list(BROUGHT)


def imported(item_id: str, n: int, history: str) -> str:
    record = "record: history\n" if history else ""
    return (
        f"id: {item_id}\nreceived: 2026-11-18T09:0{n}:00+08:00\nlanded: 2026-11-18T13:00:00+08:00\n{record}"
        f"channel: phone\nsource: A-{n}\nlanguage: zh\ntitle: 导入的第 {n} 条\ntext: |-\n  内容。\nsubmitter:\n  kind: new\n{history}"
    )


def test_what_an_import_brought_is_rejected_and_never_deleted(desk: Sample) -> None:
    ids = brought(desk)
    before = {one: desk.text(path_of(one)) for one in ids}
    done = desk.run("revert-import", "HEAD", "--lang", "en", now=LATER)
    assert done.code == 0, done.err
    assert "3 items rejected" in done.err
    for one in ids:
        assert desk.text(path_of(one)).startswith(before[one])
        assert life(desk, one) == "rejected"
        last = item(desk, one).history[-1]
        assert (last.verb, getattr(last, "kind", "")) == ("reject", "invalid")
        assert "样例" in getattr(last, "reason", "")
    assert desk.run("check", "--base", "HEAD~1", now=LATER).code == 0


def test_what_somebody_touched_since_is_named_and_left_and_machines_touch_nothing(desk: Sample) -> None:
    first, second, third = brought(desk)
    commit = git(desk.root, "rev-parse", "HEAD").strip()
    assert desk.run("classify", first, "--category", "process/invoice", now="2026-11-20T11:20:00+08:00").code == 0
    text = desk.text(path_of(third))
    machine = (
        "  - classify: {at: 2026-11-19T02:00:00+08:00, by: rules, category: process/invoice, urgency: 3, impact: 2}\n"
    )
    desk.put(f"{text}history:\n{machine}", path_of(third))
    done = desk.run("revert-import", commit, "--lang", "en", now=LATER)
    assert done.code == 1
    assert f"{first}: later events build on it: classify 2026-11-20 11:20 by he.miao" in done.err
    assert [life(desk, one) for one in (first, second, third)] == ["triaged", "rejected", "rejected"]


def test_a_second_revert_adds_nothing(desk: Sample) -> None:
    brought(desk)
    commit = git(desk.root, "rev-parse", "HEAD").strip()
    desk.run("revert-import", commit, now=LATER)
    head = git(desk.root, "rev-parse", "HEAD")
    again = desk.run("revert-import", commit, "--format", "json", now=LATER)
    assert (again.code, json.loads(again.out)["already"]) == (0, 3)
    assert git(desk.root, "rev-parse", "HEAD") == head


def test_reverted_items_have_cancelled_clocks_and_count_in_no_figure(desk: Sample) -> None:
    solved = stats_of(desk)
    ids = brought(desk)
    late = breaches(desk)
    assert late > 0
    desk.run("revert-import", "HEAD", now=LATER)
    now = datetime.fromisoformat("2026-12-20T11:00:00+08:00")
    for standing in standings([item(desk, one) for one in ids], policy(), now):
        open_ones = [clock.name for clock in standing.clocks if clock.state in ("running", "breached-open", "paused")]
        assert open_ones == []
    assert stats_of(desk) == solved
    assert breaches(desk) < late


def breaches(desk: Sample) -> int:
    """How many promises to the submitters of open items are late a month on."""
    now = datetime.fromisoformat("2026-12-20T11:00:00+08:00")
    found = standings([read(path) for path in desk.root.glob("feedback/2026/11/Q261118-*.yml")], policy(), now)
    return sum(clock.state == "breached-open" for one in found for clock in one.clocks)


def test_an_import_is_named_by_its_file_as_well(desk: Sample) -> None:
    sample_csv = Path(__file__).parents[1] / "data" / "sf311_sample.csv"
    few = desk.root.parent / "城市.csv"
    few.write_text("\n".join(sample_csv.read_text(encoding="utf-8").splitlines()[:4]) + "\n", encoding="utf-8")
    added = desk.run("import", "csv", str(few), "--map", "sf311", now=NOW)
    assert added.code in (0, 1), added.err
    done = desk.run("revert-import", str(few), "--map", "sf311", "--format", "json", now=LATER)
    written = json.loads(done.out)["written"]
    assert written
    assert {read(desk.root / path).history[-1].verb for path in written} == {"reject"}
    assert "城市.csv" in desk.text(written[0])


def test_a_file_without_its_mapping_and_a_commit_without_items_are_wrong_usage(desk: Sample) -> None:
    some = desk.root.parent / "a.csv"
    some.write_text(CSV, encoding="utf-8")
    assert "--map MAP.yml" in desk.run("revert-import", str(some), "--lang", "en").err
    closed(desk)
    done = desk.run("revert-import", "HEAD", "--lang", "zh")
    assert done.code == 2
    assert "没有带来任何条目" in done.err
