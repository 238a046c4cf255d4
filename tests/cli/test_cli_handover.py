"""Handing over: all unfinished items of one person become another's, told first, in one commit."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.store import read

OPEN, HELPED, SOLVED, SECOND = "Q261119-0AAJN0D", "Q261119-5DVCFC5", "Q261119-QYA1615", "Q261119-BYJ524T"
ROAD = (
    "history:\n"
    "  - classify: {at: 2026-11-19T10:00:00+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}\n"
    "  - assign: {at: 2026-11-19T10:05:00+08:00, by: he.miao, department: payments, owner: lin.wan, "
    "helpers: [fang.yu, ji.nan], due: 2026-11-23, task_force: true}\n"
    "  - accept: {at: 2026-11-19T10:10:00+08:00, by: lin.wan}\n"
)
SOLUTION = "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}\n    result: 已补单\n"
UNSATISFIED = SOLUTION + (
    "  - review: {at: 2026-11-19T15:10:00+08:00, by: zhou.yuan, verdict: pass}\n"
    "  - reply: {at: 2026-11-19T15:20:00+08:00, by: lin.wan, channel: web-form}\n    text: 已补单\n"
    "  - reopen: {at: 2026-11-19T16:00:00+08:00, by: ines.brandt, kind: unsatisfied}\n"
    "  - assign: {at: 2026-11-19T16:10:00+08:00, by: he.miao, department: quality, owner: shen.mu}\n"
)


def written(item_id: str, history: str) -> str:
    return PAYMENT.replace(OPEN, item_id).replace("#123", f"#{item_id[-4:]}") + history


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    helped = ROAD.replace("lin.wan", "mara.lind").replace("ji.nan", "lin.wan").replace("payments", "app")
    return sample(tmp_path, written(OPEN, ROAD), written(HELPED, helped), written(SOLVED, ROAD + SOLUTION))


def item(desk: Sample, item_id: str) -> Item:
    return read(desk.root / f"feedback/2026/11/{item_id}.yml")


def test_every_open_item_gets_an_assignment_with_all_as_before_but_the_giver(desk: Sample) -> None:
    done = desk.run("handover", "lin.wan", "ji.nan", "--yes")
    assert done.code == 1, done.err
    last = item(desk, OPEN).history[-1]
    assert isinstance(last, ev.Assign)
    assert (last.department, last.owner, last.helpers, last.task_force) == ("payments", "ji.nan", ("fang.yu",), True)
    assert (str(last.due), last.because) == ("2026-11-23", "handover from lin.wan")


def test_where_the_giver_helps_the_taker_helps_and_the_owner_stays(desk: Sample) -> None:
    desk.run("handover", "lin.wan", "ji.nan", "--yes")
    last = item(desk, HELPED).history[-1]
    assert isinstance(last, ev.Assign)
    assert (last.department, last.owner, last.helpers) == ("app", "mara.lind", ("fang.yu", "ji.nan"))


def test_what_is_resolved_is_named_and_left(desk: Sample) -> None:
    done = desk.run("handover", "lin.wan", "ji.nan", "--yes", "--lang", "en")
    assert done.code == 1
    assert f"  {SOLVED}: it is resolved and keeps its owner; assigning it would open it again.\n" in done.err
    assert item(desk, SOLVED).history[-1].verb == "resolve"


def test_it_is_told_first_and_written_in_one_commit(desk: Sample) -> None:
    before = desk.git.head()
    done = desk.run("handover", "lin.wan", "ji.nan", "--yes", "--lang", "zh")
    assert "lin.wan 交出 2 件给 ji.nan，其中 2 件已超时\n" in done.err
    assert "  级别：P1 2\n" in done.err
    assert git(desk.root, "rev-parse", "HEAD~1").strip() == before
    assert git(desk.root, "log", "-1", "--format=%s") == "handover lin.wan to ji.nan: 2 items, by he.miao\n"
    assert desk.run("check").code == 0


def test_a_second_run_finds_nothing_more_to_give(desk: Sample) -> None:
    desk.run("handover", "lin.wan", "ji.nan", "--yes")
    head = desk.git.head()
    desk.run("handover", "lin.wan", "ji.nan", "--yes", now="2026-11-20T11:06:00+08:00")
    assert desk.git.head() == head


def test_without_a_terminal_it_needs_yes_even_for_one(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("handover", "lin.wan", "ji.nan", "--where", "department:payments state:open")
    assert done.code == 2
    assert "--yes" in done.err
    assert desk.git.head() == head


def test_a_dry_run_writes_nothing_and_shows_what_it_would(desk: Sample) -> None:
    done = desk.run("handover", "lin.wan", "ji.nan", "--dry-run", "--format", "json")
    said = json.loads(done.out)
    assert (said["from"], said["to"], said["written"], [one["id"] for one in said["left"]]) == (
        "lin.wan", "ji.nan", [], [SOLVED],
    )  # fmt: skip
    assert item(desk, OPEN).history[-1].verb == "accept"


def test_a_query_gives_only_some(desk: Sample) -> None:
    assert desk.run("handover", "lin.wan", "ji.nan", "--yes", "--where", "department:app").code == 0
    assert [item(desk, one).history[-1].verb for one in (OPEN, HELPED)] == ["accept", "assign"]


def test_a_second_solution_is_not_given_to_somebody_below_the_first_solver(desk: Sample) -> None:
    desk.put(written(SECOND, ROAD + UNSATISFIED))
    done = desk.run("handover", "shen.mu", "ji.nan", "--yes")
    assert done.code == 1
    assert f"  {SECOND}: " in done.err
    assert "ji.nan" in done.err.partition(f"  {SECOND}: ")[2]
    assert item(desk, SECOND).history[-1].by == "he.miao"
    higher = desk.run("handover", "shen.mu", "gu.heng", "--yes", now="2026-11-20T11:06:00+08:00")
    assert higher.code == 0, higher.err
    assert "owner: gu.heng" in desk.text(f"feedback/2026/11/{SECOND}.yml")


def test_a_giver_who_has_left_the_list_of_people_can_still_be_named(desk: Sample) -> None:
    people = desk.text("policy/people.yml")
    gone = "\n".join(line for line in people.splitlines() if "id: owen.vale" not in line) + "\n"
    desk.put(gone.replace("deputy: owen.vale", "deputy: sam.okafor"), "policy/people.yml")
    desk.put(written(SECOND, ROAD.replace("lin.wan", "owen.vale").replace("payments", "stores")))
    done = desk.run("handover", "owen.vale", "zhao.qinghe", "--yes")
    assert done.code == 0, done.err
    assert "owner: zhao.qinghe" in desk.text(f"feedback/2026/11/{SECOND}.yml")


@pytest.mark.parametrize(("giver", "taker", "said"), [
    ("lin.wan", "li.lei", "li.lei"), ("li.lei", "lin.wan", "li.lei"), ("lin.wan", "lin.wan", "请写两个不同的人"),
])  # fmt: skip
def test_names_that_make_no_sense_are_wrong_usage(desk: Sample, giver: str, taker: str, said: str) -> None:
    done = desk.run("handover", giver, taker, "--yes", "--lang", "zh")
    assert done.code == 2
    assert said in done.err


def test_who_has_nothing_hands_nothing_over(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("handover", "tess.ferro", "ji.nan", "--yes", "--lang", "zh")
    assert (done.code, done.err) == (0, "tess.ferro 手上没有未完成的条目；没有要交接的\n")
    assert desk.git.head() == head


def test_who_may_not_assign_hands_nothing_over(desk: Sample) -> None:
    done = desk.run("handover", "lin.wan", "ji.nan", "--yes", "--by", "wen.jing")
    assert done.code == 1
    assert item(desk, OPEN).history[-1].verb == "accept"
