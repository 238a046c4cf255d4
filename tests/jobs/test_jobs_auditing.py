"""The audit: every kind of finding in a real history, and what honest work never brings about."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated, note
from tests.sample_desk import PAYMENT, policy

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs import auditing
from git_feedback.jobs.auditing import NoSuchStart, audit
from git_feedback.jobs.commits import commits
from git_feedback.jobs.hands import addresses
from git_feedback.pages.views.record_kept import RULES
from git_feedback.store import Git


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    return dated(tmp_path, monkeypatch)


def submission(desk: Dated) -> str:
    """What stands above the history."""
    return desk.desk.text(ITEM).partition("history:\n")[0]


# ---- honest work ----------------------------------------------------------------------------------------------------


def test_a_history_that_was_written_down_as_it_happened_is_well(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:01")
    desk.append(note("11-19T11:00", by="lin.wan"), "11-19T11:00", who="lin.wan")
    found = desk.audit()
    assert found.findings == ()
    assert (found.commits, found.events, found.with_item) == (3, 2, 0)
    assert found.head == desk.head
    assert dict(found.signatures) == {"none": 3}


def test_a_repository_without_a_commit_is_well(tmp_path: Path) -> None:
    git = Git(tmp_path)
    git.run("init", "--quiet")
    assert audit(git, policy()).findings == ()


def test_events_that_came_with_their_item_have_the_times_of_their_source(desk: Dated) -> None:
    past = note("11-02T10:00", by="lin.wan") + note("11-01T10:00", by="zhou.yuan")
    desk.put(
        PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124") + "history:\n" + past,
        ITEM.replace("0AAJN0D", "5DVCFC5"),
    )
    desk.commit("11-19T10:00")
    assert desk.codes() == []
    assert desk.audit().with_item == 2


@pytest.mark.parametrize("machine", ["import", "intake"])
def test_machines_that_carry_events_carry_their_times_too(desk: Dated, machine: str) -> None:
    desk.append(note("10-02T10:00", by=machine), "11-19T10:00")
    assert desk.codes() == []


def test_a_day_is_time_enough_and_a_moment_more_is_not(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-20T10:00")
    assert desk.codes() == []
    desk.append(note("11-19T10:01"), "11-20T10:02")
    assert desk.codes() == ["audit-back-dated"]


def test_two_clones_that_met_by_rebase_or_merge_leave_no_finding(desk: Dated) -> None:
    start = desk.head
    desk.append(note("11-19T10:00", "甲"), "11-19T10:00")
    other = desk.head
    desk.git("reset", "--quiet", "--hard", start)
    desk.put(desk.desk.text(ITEM) + "history:\n" + note("11-19T10:05", "乙"))
    desk.commit("11-19T10:05")
    desk.git("merge", "--quiet", "--strategy=ours", "--no-commit", other)
    desk.put(submission(desk) + "history:\n" + note("11-19T10:00", "甲") + note("11-19T10:05", "乙"))
    desk.commit("11-19T10:10")
    assert len(commits(desk.desk.git)[-1].parents) == 2
    assert desk.codes() == []
    assert desk.audit().events == 2


def test_what_a_merge_passes_on_is_counted_once_and_judged_by_the_commit_that_brought_it(desk: Dated) -> None:
    desk.git("switch", "--quiet", "--create", "旁支")
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.git("switch", "--quiet", "main")
    desk.put("说明\n", "site/说明.md")
    desk.commit("11-19T10:10")
    desk.git("merge", "--quiet", "--no-edit", "旁支", at="11-25T10:00")
    assert desk.codes() == []
    assert (desk.audit().commits, desk.audit().events) == (4, 1)


def test_an_item_that_moved_to_its_folder_is_the_same_item(desk: Dated) -> None:
    (desk.root / ITEM).rename(desk.root / "feedback/Q261119-0AAJN0D.yml")
    desk.commit("11-19T10:00")
    assert desk.codes() == []
    (desk.root / "feedback/Q261119-0AAJN0D.yml").rename(desk.root / ITEM)
    desk.put(desk.desk.text(ITEM).replace("支付页面", "付款页面"))
    desk.commit("11-19T10:01")
    assert desk.codes() == ["audit-submission-changed"]


# ---- what was lost --------------------------------------------------------------------------------------------------


def test_a_changed_submission_is_named_with_file_commit_and_who_it_was(desk: Dated) -> None:
    desk.put(desk.desk.text(ITEM).replace("报错", "没什么"))
    commit = desk.commit("11-19T10:00", who="lin.wan")
    (found,) = desk.findings()
    assert (found.code, found.place, dict(found.values)) == (
        "audit-submission-changed",
        f"{ITEM}@{commit[:10]}",
        {"field": "title"},
    )
    for language in LANGUAGES:
        said = found.said(language)
        assert said.startswith(f"{ITEM}@{commit[:10]}: audit-submission-changed: ")
        for word in (
            "title",
            "林晚",
            "lin.wan@desk.example",
            "2026-11-19T10:00:00+08:00",
            f"git show {commit[:10]} -- {ITEM}",
        ):
            assert word in said


def test_events_that_were_removed_or_reworded_are_told_apart(desk: Dated) -> None:
    desk.append(note("11-19T10:00", "甲"), "11-19T10:00")
    desk.append(note("11-19T10:10", "乙"), "11-19T10:10")
    desk.put(desk.desk.text(ITEM).replace("甲", "丙").replace(note("11-19T10:10", "乙"), ""))
    desk.commit("11-19T10:20")
    assert sorted(desk.codes()) == ["audit-event-changed", "audit-event-gone"]


def test_one_of_two_equal_events_that_is_gone_is_missed(desk: Dated) -> None:
    desk.append(note("11-19T10:00") + note("11-19T10:00"), "11-19T10:00")
    desk.put(desk.desk.text(ITEM).replace(note("11-19T10:00"), "", 1))
    desk.commit("11-19T10:20")
    assert desk.codes() == ["audit-event-gone"]


def test_a_file_that_was_broken_and_mended_otherwise_has_changed_all_the_same(desk: Dated) -> None:
    good = desk.desk.text(ITEM)
    desk.put("标题: [")
    desk.commit("11-19T10:00")
    desk.put("标题: {")
    desk.commit("11-19T10:01")
    assert desk.codes() == []
    desk.put(good.replace("报错", "没什么"))
    desk.commit("11-19T10:02")
    assert desk.codes() == ["audit-submission-changed"]


def test_what_is_lost_brought_back_and_lost_again_is_named_each_time(desk: Dated) -> None:
    good = desk.desk.text(ITEM)
    for minute, text in enumerate((good.replace("报错", "没什么"), good, good.replace("报错", "没什么"))):
        desk.put(text)
        desk.commit(f"11-19T10:0{minute}")
    assert desk.codes() == ["audit-submission-changed"] * 3


def test_a_deleted_item_is_named_even_when_it_was_brought_back(desk: Dated) -> None:
    text = desk.desk.text(ITEM)
    (desk.root / ITEM).unlink()
    desk.commit("11-19T10:00")
    desk.put(text)
    desk.commit("11-19T10:01")
    (found,) = desk.findings()
    assert found.code == "audit-item-gone"
    assert "Q261119-0AAJN0D" in found.said("zh")


def test_a_merge_that_drops_an_event_is_to_blame_and_one_that_passes_a_loss_on_is_not(desk: Dated) -> None:
    start = desk.append(note("11-19T10:00", "甲"), "11-19T10:00")
    desk.git("switch", "--quiet", "--create", "旁支")
    desk.append(note("11-19T10:10", "乙"), "11-19T10:10")
    desk.git("switch", "--quiet", "main")
    desk.put(desk.desk.text(ITEM).replace(note("11-19T10:00", "甲"), note("11-19T10:00", "丁")))
    lost = desk.commit("11-19T10:15")
    desk.git("merge", "--quiet", "--strategy=ours", "--message=并入", "旁支", at="11-19T10:20")
    found = [(one.code, one.commit.id if one.commit else "") for one in desk.findings()]
    assert found == [("audit-event-changed", lost), ("audit-event-gone", desk.head)]
    assert start != lost


@pytest.mark.parametrize("path", ["reports/2026/2026-10/report.md", f"feedback/attachments/3f/3f{'0' * 62}.png"])
def test_reports_and_attachments_are_never_rewritten_or_deleted(desk: Dated, path: str) -> None:
    desk.put("十月\n", path)
    desk.commit("11-19T10:00")
    assert desk.codes() == []
    desk.put("十月 改\n", path)
    desk.commit("11-19T10:01")
    (desk.root / path).unlink()
    desk.commit("11-19T10:02")
    assert desk.codes() == ["audit-file-changed", "audit-file-gone"]


def test_a_path_that_ever_was_a_link_or_a_program_is_named(desk: Dated) -> None:
    (desk.root / "feedback/2026/11/链接.yml").symlink_to("/etc/passwd")
    (desk.root / ITEM).chmod(0o755)
    desk.commit("11-19T10:00")
    (desk.root / "feedback/2026/11/链接.yml").unlink()
    (desk.root / ITEM).chmod(0o644)
    desk.commit("11-19T10:01")
    modes = sorted(str(one.values["mode"]) for one in desk.findings() if one.code == "audit-mode")
    assert modes == ["100755", "120000"]


# ---- times ----------------------------------------------------------------------------------------------------------


def test_an_event_that_says_it_is_days_older_than_its_commit_is_back_dated(desk: Dated) -> None:
    commit = desk.append(note("11-19T09:40"), "11-23T10:00")
    (found,) = desk.findings()
    assert (found.code, found.values["days"], found.commit and found.commit.id) == ("audit-back-dated", 4, commit)
    assert "4 天" in found.said("zh")


def test_an_event_later_than_its_commit_is_from_the_future_also_when_it_came_with_its_item(desk: Dated) -> None:
    desk.append(note("11-19T10:09"), "11-19T10:00")
    assert desk.codes() == []
    desk.append(note("11-19T10:30"), "11-19T10:10", who="he.miao")
    twin = PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124")
    desk.put(twin + "history:\n" + note("11-20T10:00", by="import"), ITEM.replace("0AAJN0D", "5DVCFC5"))
    desk.commit("11-19T10:31")
    assert desk.codes() == ["audit-future-event", "audit-future-event"]


def test_an_event_slipped_in_before_others_is_out_of_order_and_one_written_down_at_once_is_not(desk: Dated) -> None:
    desk.append(note("11-19T12:00"), "11-19T12:00")
    desk.append(note("11-19T10:00"), "11-19T12:01")
    desk.append(note("11-19T11:55"), "11-19T12:02")
    (found,) = desk.findings()
    assert found.code == "audit-out-of-order"
    assert (found.values["at"], found.values["latest"]) == ("2026-11-19T10:00:00+08:00", "2026-11-19T12:00:00+08:00")


def test_a_commit_whose_author_is_days_before_its_committer_is_named_once(desk: Dated) -> None:
    twin = ITEM.replace("0AAJN0D", "5DVCFC5")
    desk.put(PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124"), twin)
    desk.commit("11-19T09:50")
    for path in (ITEM, twin):
        desk.put(desk.desk.text(path) + "history:\n" + note("11-19T10:00"), path)
    commit = desk.commit("11-24T10:00", written="11-19T10:02")
    assert desk.audit().arrivals[commit].events == 2
    (found,) = desk.findings()
    assert (found.code, found.values["days"]) == ("audit-committed-late", 4)


def test_a_commit_dated_before_the_one_it_follows_is_named_and_clocks_minutes_apart_are_not(desk: Dated) -> None:
    desk.append(note("11-19T12:00"), "11-19T12:00")
    desk.append(note("11-19T11:55"), "11-19T11:55")
    assert desk.codes() == []
    commit = desk.append(note("11-19T11:00"), "11-19T11:00")
    (found,) = desk.findings()
    assert (found.code, found.place) == ("audit-clock-set-back", commit[:10])


# ---- hands ----------------------------------------------------------------------------------------------------------


def test_events_in_anothers_name_are_told_once_for_a_commit(desk: Dated) -> None:
    desk.append(note("11-19T10:00", by="lin.wan") + note("11-19T10:01", by="ji.nan"), "11-19T10:02")
    (found,) = desk.findings()
    assert (found.code, found.values["n"], found.values["people"]) == ("audit-other-hand", 2, ("ji.nan", "lin.wan"))
    assert "ji.nan、lin.wan" in found.said("zh")


def test_an_author_put_in_front_does_not_hide_who_committed(desk: Dated) -> None:
    desk.put(desk.desk.text(ITEM) + "history:\n" + note("11-19T10:00", by="lin.wan"))
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=代笔", "--author=林晚 <lin.wan@desk.example>", at="11-19T10:00")
    assert desk.codes() == ["audit-other-hand"]


def test_an_address_that_nobody_has_is_told_as_such(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00", who="陌生@else.example")
    (found,) = desk.findings()
    assert (found.code, found.values["email"]) == ("audit-unknown-hand", "陌生@else.example")


@pytest.mark.parametrize(
    "who", ["41898282+github-actions[bot]@users.noreply.github.com", "project_7_bot_ab@noreply.gitlab.example"]
)
def test_machines_write_down_what_people_did(desk: Dated, who: str) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00", who=who)
    assert desk.codes() == []


def test_where_a_host_committed_the_author_answers(desk: Dated) -> None:
    for author, expected in (("he.miao", []), ("lin.wan", ["audit-other-hand"])):
        desk.put(desk.desk.text(ITEM).partition("history:\n")[0] + "history:\n" + note("11-19T10:00"))
        env = ("-c", "user.name=GitHub")
        desk.git("add", "--all")
        desk.git(
            *env, "commit", "--quiet", "--message=合并", f"--author=x <{author}@desk.example>", who="noreply@github.com"
        )
        assert desk.codes() == expected
        desk.git("reset", "--quiet", "--hard", "HEAD~1")


def test_who_left_or_has_a_new_address_was_somebody_then(desk: Dated) -> None:
    people = desk.desk.text("policy/people.yml")
    desk.put(people.replace("he.miao@desk.example", "new@desk.example"), "policy/people.yml")
    desk.commit("11-19T09:50")
    desk.append(note("11-19T10:00"), "11-19T10:00")
    assert desk.codes() == []
    assert addresses(desk.desk.git, policy())["new@desk.example"] == {"he.miao"}


# ---- signatures -----------------------------------------------------------------------------------------------------


def signing(desk: Dated, folder: Path) -> Path:
    """A key of its own for signing, and Git set up with it; skipped where there is no ssh-keygen."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("no ssh-keygen on this machine")
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(key)), ("commit.gpgsign", "true")):
        desk.git("config", name, value)
    return key


def test_signatures_are_counted_good_unknown_and_bad(desk: Dated, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("钥匙")
    key = signing(desk, folder)
    desk.append(note("11-19T10:00"), "11-19T10:00")
    assert dict(desk.audit().signatures) == {"none": 1, "unknown": 1}

    allowed = folder / "allowed"
    allowed.write_text("he.miao@desk.example " + key.with_suffix(".pub").read_text(encoding="utf-8"), encoding="utf-8")
    desk.git("config", "gpg.ssh.allowedSignersFile", str(allowed))
    assert dict(desk.audit().signatures) == {"none": 1, "good": 1}

    forged = desk.desk.git.raw("cat-file", "commit", "HEAD").replace("记一笔".encode(), "改一笔".encode())
    commit = desk.desk.git.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=forged).strip()
    desk.git("reset", "--quiet", "--hard", commit)
    assert dict(desk.audit().signatures) == {"none": 1, "bad": 1}
    assert desk.codes() == ["audit-bad-signature"]


def test_a_signature_without_the_program_to_look_at_it_is_unknown(
    desk: Dated, tmp_path_factory: pytest.TempPathFactory
) -> None:
    signing(desk, tmp_path_factory.mktemp("钥匙"))
    desk.append(note("11-19T10:00"), "11-19T10:00")
    for name in ("gpg.program", "gpg.ssh.program"):
        desk.git("config", name, "/没有/这个程序")
    assert desk.audit().signatures["unknown"] == 1
    assert desk.codes() == []


# ---- from where -----------------------------------------------------------------------------------------------------


def test_since_a_commit_looks_only_at_what_came_after(desk: Dated) -> None:
    bad = desk.append(note("11-19T10:00", by="lin.wan"), "11-19T10:00")
    desk.append(note("11-20T10:00", by="ji.nan"), "11-20T10:00")
    assert [one.values["people"] for one in desk.findings(bad[:9])] == [("ji.nan",)]
    assert desk.audit(bad).commits == 1
    assert len(desk.codes()) == 2


def test_since_a_day_looks_at_everything_after_its_first_commit_whatever_date_that_gives_itself(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.append(note("11-20T10:00"), "11-20T10:00")
    desk.append(note("11-19T10:01"), "11-19T10:01")
    assert desk.audit("2026-11-20").commits == 2
    assert desk.codes("2026-11-20") == ["audit-clock-set-back"]
    assert desk.audit("2026-11-21").commits == 0


@pytest.mark.parametrize("given", ["没有", "2026-11-31", "-h"])
def test_a_start_that_is_neither_a_commit_nor_a_day_is_refused(desk: Dated, given: str) -> None:
    with pytest.raises(NoSuchStart):
        desk.audit(given)


def test_a_clone_without_its_whole_history_says_so_first(desk: Dated, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    clone = tmp_path_factory.mktemp("浅克隆") / "台"
    desk.git("clone", "--quiet", "--depth=1", f"file://{desk.root}", str(clone))
    shallow = Dated(type(desk.desk)(clone))
    assert shallow.codes() == ["audit-shallow"]


def test_every_kind_of_finding_stands_on_the_page_under_one_rule() -> None:
    source = Path(auditing.__file__).read_text(encoding="utf-8")
    listed = [code for codes in RULES.values() for code in codes]
    assert sorted(set(re.findall(r'"(audit-[a-z-]+)"', source)) - {"audit-by"}) == sorted(listed)
