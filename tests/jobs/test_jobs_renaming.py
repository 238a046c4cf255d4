"""Renaming: one place of the policy says so, no history is rewritten, no verdict changes, everything finds the new id."""

import json

import pytest
from tests.sample_desk import PAYMENT, Sample, git, policy, policy_files, sample

from git_feedback.clock import parse_moment
from git_feedback.desk import query, standings, state
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.renaming import CannotRename, renaming
from git_feedback.model import Item
from git_feedback.policy import Policy, load
from git_feedback.store import read

NOW = parse_moment("2026-11-20T11:05:00+08:00")
TAKEN = (
    PAYMENT
    + """\
history:
  - classify: {at: 2026-11-19T09:40:00+08:00, by: ines.brandt, category: product/payment, urgency: 4, impact: 4}
  - assign: {at: 2026-11-19T09:45:00+08:00, by: ines.brandt, department: payments, owner: ji.nan}
  - copy: {at: 2026-11-19T09:46:00+08:00, by: ines.brandt, to: [payments, stores]}
"""
)
OTHER = PAYMENT.replace("Q261119-0AAJN0D", "Q261119-V9T67N3").replace("#123", "#124")
FEE = """\
  - classify: {at: 2026-11-19T09:40:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}
"""


def items(*texts: str) -> list[Item]:
    return [read(text.encode()) for text in texts]


def renamed(kind: str, old: str, new: str, sources: dict[str, bytes] | None = None) -> dict[str, bytes]:
    before = sources or policy_files()
    return before | dict(renaming(before, [], load_policy(before), NOW, kind, old, new).files)


def after(kind: str, old: str, new: str) -> Policy:
    return load_policy(renamed(kind, old, new))


@pytest.fixture
def desk(tmp_path) -> Sample:  # type: ignore[no-untyped-def]
    return sample(tmp_path, TAKEN, OTHER + "history:\n" + FEE)


# ---- what is edited -------------------------------------------------------------------------------------------------


def test_only_lines_that_name_the_category_are_edited_and_every_comment_stays() -> None:
    before, now = policy_files(), renamed("category", "product/payment", "product/paying")
    changed = {path for path in before if before[path] != now[path]}
    assert changed == {"policy/categories.yml", "policy/keywords.yml"}
    old, new = before["policy/categories.yml"].decode(), now["policy/categories.yml"].decode()
    assert new == old.replace("- id: product/payment\n", "- id: product/paying\n    was: [product/payment]\n")
    assert now["policy/keywords.yml"] == before["policy/keywords.yml"].replace(b"product/payment", b"product/paying")


def test_a_department_in_braces_keeps_its_line() -> None:
    now = renamed("department", "support", "care")
    people = now["policy/people.yml"].decode()
    assert "  - {id: care, was: [support], name: {en: Customer service, zh: 客户服务}, coordinator" in people
    assert "department: support" not in people
    assert "department: support" not in now["policy/categories.yml"].decode()


def test_a_second_name_joins_the_first_and_going_back_leaves_no_knot() -> None:
    twice = renamed("category", "product/bug", "product/fault")
    twice = renamed("category", "product/fault", "product/defect", twice)
    assert "was: [product/fault, product/bug]" in twice["policy/categories.yml"].decode()
    back = renamed("category", "product/defect", "product/bug", twice)
    assert "was: [product/defect, product/fault]" in back["policy/categories.yml"].decode()
    again = renamed("department", "care", "help", renamed("department", "support", "care"))
    assert "{id: help, was: [care, support], name" in again["policy/people.yml"].decode()


def test_windows_line_ends_stay_windows_line_ends() -> None:
    sources = policy_files()
    sources["policy/categories.yml"] = sources["policy/categories.yml"].replace(b"\n", b"\r\n")
    now = renamed("category", "product/bug", "product/fault", sources)["policy/categories.yml"]
    assert b"- id: product/fault\r\n    was: [product/bug]\r\n" in now
    assert now.count(b"\n") == now.count(b"\r\n")


def test_an_unusual_text_is_left_to_a_person_with_its_line() -> None:
    sources = policy_files()
    categories = sources["policy/categories.yml"]
    sources["policy/categories.yml"] = categories.replace(b"- id: product/bug\n", b"- id:\n      product/bug\n")
    with pytest.raises(CannotRename) as cannot:
        renamed("category", "product/bug", "product/fault", sources)
    assert cannot.value.code == "rename-by-hand"
    assert cannot.value.values["file"] == "policy/categories.yml"


# ---- who finds whom -------------------------------------------------------------------------------------------------


def test_what_a_history_says_of_the_former_id_means_the_one_of_now() -> None:
    item = items(TAKEN)[0]
    assert state(item, after("category", "product/payment", "product/paying"), NOW).category == "product/paying"
    found = state(item, after("department", "payments", "billing"), NOW)
    assert (found.department, found.copied_to) == ("billing", ("billing", "stores"))


def test_an_item_that_nobody_assigned_lies_with_the_renamed_department_of_its_category() -> None:
    item = items(OTHER + "history:\n" + FEE)[0]
    found = state(item, after("department", "payments", "billing"), NOW)
    assert (found.department, found.owner) == ("billing", "ji.nan")


def test_rules_of_settled_editions_that_name_the_former_id_or_its_group_still_hold() -> None:
    sources = policy_files()
    rule = b"rules:\n      - {clock: resolve, category: [product/payment], target: 5h}\n"
    sources["policy/sla.yml"] = sources["policy/sla.yml"].replace(b"rules:\n", rule, 1)
    now = renamed("category", "product/payment", "money/paying", sources)
    assert now["policy/sla.yml"] == sources["policy/sla.yml"]
    for files in (sources, now):
        (one,) = standings(items(TAKEN), load_policy(files), NOW)
        clock = one.clock("resolve")
        assert clock is not None
        assert clock.target == 5 * 3600
    by_group = sources | {"policy/sla.yml": sources["policy/sla.yml"].replace(b"[product/payment], t", b"[product], t")}
    found = load_policy(renamed("category", "product/payment", "money/paying", by_group))
    (one,) = standings(items(TAKEN), found, NOW)
    assert (clock := one.clock("resolve")) is not None
    assert clock.target == 5 * 3600


def test_a_query_finds_items_by_both_ids() -> None:
    policy_now = after("category", "product/payment", "product/paying")
    for asked in ("category:product/payment", "category:product/paying", "category:product"):
        wanted = query.parse(asked, policy_now, NOW)
        assert [one.item.id for one in standings(items(TAKEN), policy_now, NOW) if wanted.fits(one)]


def test_the_former_id_is_known_and_not_listed() -> None:
    shelf = after("category", "product/bug", "product/fault").categories
    assert "product/bug" in shelf
    assert shelf["product/bug"] is shelf["product/fault"]
    assert shelf.get("product/none") is None
    assert "product/bug" not in list(shelf)
    assert len(shelf) == len(policy().categories)


def test_a_former_id_that_another_entry_has_is_a_mistake_with_its_place() -> None:
    sources = policy_files()
    edited = sources["policy/categories.yml"].replace(
        b"- id: product/bug\n", b"- id: product/bug\n    was: [product/payment]\n"
    )
    (problem,) = load(sources | {"policy/categories.yml": edited}).problems
    line = edited[: edited.index(b"was: [")].count(b"\n") + 1
    assert (problem.code, problem.line, problem.column) == ("id-twice", line, 11)


# ---- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new", "code"),
    [
        ("category", "product/nothing", "product/x", "no-such-category"),
        ("department", "nobody", "x", "no-such-department"),
        ("category", "product/bug", "product/payment", "rename-taken"),
        ("category", "product/bug", "product/bug", "rename-taken"),
        ("category", "product/bug", "产品/故障", "rename-no-id"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused_with_the_reason(kind: str, old: str, new: str, code: str) -> None:
    with pytest.raises(CannotRename) as cannot:
        renamed(kind, old, new)
    assert cannot.value.code == code


def test_a_renaming_into_a_group_with_other_rules_is_refused_with_the_items_it_would_judge_otherwise() -> None:
    sources = policy_files()
    rule = b"rules:\n      - {clock: resolve, category: [complaint], target: 1h}\n"
    sources["policy/sla.yml"] = sources["policy/sla.yml"].replace(b"rules:\n", rule, 1)
    with pytest.raises(CannotRename) as cannot:
        renaming(sources, items(TAKEN), load_policy(sources), NOW, "category", "product/payment", "complaint/payment")
    assert (cannot.value.code, cannot.value.values["ids"]) == ("rename-judges", ("Q261119-0AAJN0D",))


# ---- the command ----------------------------------------------------------------------------------------------------


def test_the_command_makes_one_commit_of_the_policy_alone_and_check_finds_nothing(desk: Sample) -> None:
    before = {path: desk.text(path) for path in ("feedback/2026/11/Q261119-0AAJN0D.yml", "policy/sla.yml")}
    done = desk.run("rename", "category", "product/payment", "product/paying", "--format", "json")
    assert done.code == 0, done.err
    shown = json.loads(done.out)
    assert (shown["items"], shown["by_state"]) == (2, {"triaged": 1, "assigned": 1})
    assert shown["files"] == {"policy/categories.yml": 1, "policy/keywords.yml": shown["files"]["policy/keywords.yml"]}
    touched = git(desk.root, "show", "--name-only", "--format=", "HEAD").split()
    assert touched == ["policy/categories.yml", "policy/keywords.yml"]
    assert all(desk.text(path) == text for path, text in before.items())
    assert desk.run("check", "--base", "HEAD~1").code == 0
    assert desk.run("audit").code == 0


def test_a_second_run_and_a_dry_run_write_nothing(desk: Sample) -> None:
    tried = desk.run("rename", "department", "payments", "billing", "--dry-run", "--lang", "zh")
    assert (tried.code, git(desk.root, "status", "--short")) == (0, "")
    assert "涉及 2 个条目" in tried.err
    assert desk.run("rename", "department", "payments", "billing").code == 0
    head = git(desk.root, "rev-parse", "HEAD")
    again = desk.run("rename", "department", "payments", "billing", "--lang", "en")
    assert (again.code, git(desk.root, "rev-parse", "HEAD")) == (0, head)
    assert "is called billing already" in again.err


def test_after_it_show_explain_and_new_words_use_the_new_name(desk: Sample) -> None:
    assert desk.run("rename", "category", "product/payment", "product/paying").code == 0
    assert "product/paying" in desk.run("show", "Q261119-0AAJN0D").out
    assert desk.run("explain", "Q261119-0AAJN0D").code == 0
    done = desk.run("classify", "Q261119-V9T67N3", "--category", "product/paying", "--by", "ines.brandt")
    assert done.code == 0, done.err


def test_an_unknown_category_is_wrong_usage_that_names_those_there_are(desk: Sample) -> None:
    done = desk.run("rename", "category", "product/pay", "product/paying", "--lang", "zh")
    assert done.code == 2
    assert "没有类别“product/pay”" in done.err
