"""Keys, sealed items and erasing as somebody at the desk does it."""

import json
import shutil
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import PAYMENT, ROOT, Sample, git, item, policy, sample

from git_feedback.desk import ordered
from git_feedback.jobs.erasing import Doer, Erasure, erased, put
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Item
from git_feedback.policy import load
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Desk, Keys, read, write
from git_feedback.store.merging import merge

ID = item(PAYMENT).id
FILE = f"feedback/2026/11/{ID}.yml"
CONTACT = {"mobile": "13812345678", "original.text": "请打 13812345678\n找李雷"}
PICTURE = "attachments/3f/3f9a.png"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def own(desk: Sample, name: str = "identity.txt") -> Path:
    return desk.root / ".git/git-feedback" / name


def with_sealed(desk: Sample) -> None:
    """The item with its contact sealed, committed."""
    policy = load(Desk(desk.root).policy()).policy
    assert policy
    vault = Vault.of(policy, desk.git, bytes.fromhex(own(desk, "ref.key").read_text("ascii").strip()))
    found = read(desk.root / FILE)
    assert found.submitter
    facts = {"sealed": vault.seal(ID, CONTACT), "ref": vault.reference("13812345678"), "hint": "138****5678"}
    vault.put()
    sealed = found.model_copy(update={"submitter": found.submitter.model_copy(update=facts)})
    desk.put(write(sealed), FILE)


@pytest.fixture
def keyed(desk: Sample) -> Sample:
    assert desk.run("keys", "new").code == 0
    with_sealed(desk)
    return desk


# ---- keys -----------------------------------------------------------------------------------------------------------


def test_a_new_key_lies_beside_git_for_its_owner_only_and_its_public_half_is_committed(desk: Sample) -> None:
    done = desk.run("keys", "new", "--lang", "zh")
    assert done.code == 0, done.err
    assert stat.S_IMODE(own(desk).stat().st_mode) == stat.S_IMODE(own(desk, "ref.key").stat().st_mode) == 0o600
    listed = desk.text("policy/recipients.txt")
    assert "# he.miao, 2026-11-20\nage1" in listed
    assert "SECRET" not in listed + done.out
    assert "不要提交" in done.out
    assert git(desk.root, "status", "--porcelain") == ""
    assert "policy/recipients.txt" in git(desk.root, "show", "--stat", "HEAD")


def test_making_a_key_twice_changes_nothing_the_second_time(desk: Sample) -> None:
    desk.run("keys", "new")
    before = (own(desk).read_text("utf-8"), desk.git.head(), Keys(desk.git).commit())
    assert desk.run("keys", "new").code == 0
    assert (own(desk).read_text("utf-8"), desk.git.head(), Keys(desk.git).commit()) == before


def test_a_dry_run_makes_no_key(desk: Sample) -> None:
    assert desk.run("keys", "new", "--dry-run").code == 0
    assert not own(desk).exists()
    assert not (desk.root / "policy/recipients.txt").exists()
    assert Keys(desk.git).commit() == ""


def test_the_second_holder_reads_after_a_holder_rotates_and_who_left_reads_nothing_after_that(keyed: Sample) -> None:
    secret, public = new_identity()
    list_file = keyed.root / "policy/recipients.txt"
    first = list_file.read_text("utf-8")
    other = keyed.root / ".git/other.txt"
    other.write_text(secret, "utf-8")
    keyed.put(f"{first}{public}\n", "policy/recipients.txt")
    assert keyed.run("unseal", ID, "--identity", str(other)).code == 3
    assert keyed.run("keys", "rotate").code == 0
    assert keyed.run("unseal", ID, "--identity", str(other)).code == 0
    keyed.put(f"{public}\n", "policy/recipients.txt")
    assert keyed.run("keys", "rotate").code == 0
    assert keyed.run("unseal", ID).code == 3
    done = keyed.run("keys", "ref", "--identity", str(other))
    assert done.code == 0, done.err
    assert len(own(keyed, "ref.key").read_text("ascii").strip()) == 64


def test_a_rotation_that_cannot_open_a_key_changes_none(keyed: Sample) -> None:
    keyed.put(f"{keyed.text('policy/recipients.txt')}{new_identity()[1]}\n", "policy/recipients.txt")
    other = keyed.root / ".git/other.txt"
    other.write_text(new_identity()[0], "utf-8")
    before = Keys(keyed.git).commit()
    assert keyed.run("keys", "rotate", "--identity", str(other)).code == 3
    assert keyed.run("keys", "rotate", "--dry-run").code == 0
    assert Keys(keyed.git).commit() == before


def test_the_list_names_items_without_keys_and_keys_for_fewer_than_the_list_has(keyed: Sample) -> None:
    assert keyed.run("keys", "list").code == 0
    keyed.put(f"{keyed.text('policy/recipients.txt')}{new_identity()[1]}\n", "policy/recipients.txt")
    found = json.loads(keyed.run("keys", "list", "--format", "json").out)
    assert (found["items"], found["lacking"], found["outdated"], len(found["recipients"])) == (1, [], 2, 2)
    git(keyed.root, "update-ref", "-d", "refs/feedback/keys")
    done = keyed.run("keys", "list", "--lang", "zh")
    assert done.code == 1
    assert ID in done.out


# ---- unseal ---------------------------------------------------------------------------------------------------------


def test_whoever_holds_a_key_reads_contact_and_words_and_leaves_no_trace(keyed: Sample) -> None:
    before = git(keyed.root, "for-each-ref") + git(keyed.root, "count-objects", "-v")
    done = keyed.run("unseal", ID)
    assert done.out == (f"{ID}  submitter\n  mobile: 13812345678\n  original.text:\n  | 请打 13812345678\n  | 找李雷\n")
    said = json.loads(keyed.run("unseal", ID[-4:], "--format", "json").out)
    assert said == {"id": ID, "sealed": [{"where": "submitter", "fields": CONTACT}]}
    assert git(keyed.root, "for-each-ref") + git(keyed.root, "count-objects", "-v") == before


def test_a_secret_key_may_be_named_by_the_environment(keyed: Sample, tmp_path: Path) -> None:
    elsewhere = own(keyed).rename(keyed.root / ".git/钥匙.txt")
    assert keyed.run("unseal", ID).code == 2
    assert keyed.run("unseal", ID, env={"GIT_FEEDBACK_IDENTITY": str(elsewhere)}).code == 0
    assert keyed.run("unseal", ID, env={"GIT_FEEDBACK_IDENTITY": str(tmp_path / "无")}).code == 2


def test_what_stays_closed_says_what_to_do(keyed: Sample) -> None:
    git(keyed.root, "update-ref", "-d", "refs/feedback/keys")
    done = keyed.run("unseal", ID, "--lang", "zh")
    assert (done.code, done.out) == (3, "")
    assert "git feedback sync" in done.err
    other = keyed.put(PAYMENT.replace(ID, "Q261119-5DVCFC5").replace("#123", "#124"))
    assert "Q261119-5DVCFC5" in keyed.run("unseal", other[-19:-4]).err


# ---- erase ----------------------------------------------------------------------------------------------------------


def picture(desk: Sample, *items: str) -> None:
    """A file that came along with items."""
    desk.put(b"png", f"feedback/{PICTURE}")
    for path in items:
        kept = f"attachments:\n  - file: {{path: {PICTURE}, bytes: 3}}\n    name: 李雷.png\n"
        desk.put(write(read((desk.text(path) + kept).encode())), path)


def test_an_erased_item_holds_no_word_no_hint_and_nothing_that_opens(keyed: Sample) -> None:
    keyed.run("note", ID, "--text", "李雷 又来电")
    block = read(keyed.root / FILE).submitter
    done = keyed.run(
        "erase", ID, "--request", "7", "--because", "来信请求", now="2026-11-20T12:00:00+08:00", env={"LANG": "C"}
    )
    assert done.code == 0, done.err
    found = read(keyed.root / FILE)
    assert found.submitter
    assert (found.submitter.hint, found.submitter.ref, found.submitter.sealed) == (None, None, None)
    assert "李雷" not in keyed.text(FILE)
    assert found.history[-1].verb == "erase"
    assert Keys(keyed.git).of(ID) == []
    assert block
    keyed.put(write(found.model_copy(update={"submitter": block})), FILE)
    assert keyed.run("unseal", ID).code == 3


def test_erasing_says_what_it_does_not_reach(keyed: Sample) -> None:
    git(keyed.root, "remote", "add", "origin", "https://he.miao:secret@git.example/desk.git")
    done = keyed.run("erase", ID, "--request", "7", "--lang", "en")
    assert "https://git.example/desk.git" in done.out
    assert "secret@" not in done.out
    assert "2 commits of this clone" in done.out
    assert "backups" in done.out
    assert json.loads(keyed.run("erase", ID, "--request", "7", "--format", "json").out)["commits"] == 2


def test_erasing_names_the_issued_reports_that_quote_the_item_and_asks_for_corrections(keyed: Sample) -> None:
    quote = {"kind": "quotes", "heading": "原声", "quotes": [{"text": "付款报错", "language": "zh", "item": ID}]}
    said = {"zh": {"sections": [{"name": "voices", "heading": "原声", "parts": [quote]}]}}
    keyed.put(json.dumps({"said": said}), "reports/2026/2026-11/figures.json")
    dry = keyed.run("erase", ID, "--request", "7", "--dry-run", "--lang", "en")
    asked = 'git feedback report 2026-11 --correct "WHY"'
    assert asked in dry.out
    done = keyed.run("erase", ID, "--request", "7", "--lang", "en")
    assert asked in done.out
    assert "reports/2026/2026-11: an issued edition is not rewritten" in done.out
    facts = json.loads(keyed.run("erase", ID, "--request", "7", "--format", "json").out)
    assert (facts["quoted_in"], facts["correct"]) == (["reports/2026/2026-11"], ["2026-11"])


def test_erasing_names_what_else_the_same_person_wrote(keyed: Sample) -> None:
    submitter = read(keyed.root / FILE).submitter
    assert submitter
    for number, ref in ((4, submitter.ref), (5, "0" * 16)):
        other = PAYMENT.replace(ID, ("Q261119-5DVCFC5", "Q261119-BYJ524T")[number - 4]).replace("#123", f"#12{number}")
        keyed.put(other.replace("  kind: returning\n", f'  kind: returning\n  ref: "{ref}"\n'))
    done = keyed.run("erase", ID, "--request", "7", "--format", "json")
    assert json.loads(done.out)["same_person"] == ["Q261119-5DVCFC5"]


def test_a_dry_run_erases_nothing_and_a_second_run_finds_nothing_to_erase(keyed: Sample) -> None:
    before = keyed.git.head(), Keys(keyed.git).commit()
    assert keyed.run("erase", ID, "--request", "7", "--dry-run").code == 0
    assert (keyed.git.head(), Keys(keyed.git).commit()) == before
    keyed.run("erase", ID, "--request", "7")
    after = keyed.git.head()
    assert keyed.run("erase", ID, "--request", "7").code == 0
    assert keyed.git.head() == after


def test_erasing_takes_away_what_caches_tell_of_words(keyed: Sample) -> None:
    assert keyed.run("list", "state:all").code == 0
    caches = keyed.root / ".git" / "git-feedback"
    (caches / "learned").mkdir()
    (caches / "learned" / "0a1b.npz").write_bytes("李雷".encode())
    (caches / "forge.token").write_text("not of words", encoding="utf-8")
    assert keyed.run("erase", ID, "--request", "7").code == 0
    assert not [*caches.glob("index.sqlite*"), *(caches / "learned").iterdir()]
    assert (caches / "forge.token").is_file()
    assert keyed.run("list", "state:all").code == 0


def test_what_came_after_an_erasure_is_erased_by_the_next_one(keyed: Sample) -> None:
    keyed.run("erase", ID, "--request", "7")
    keyed.run("message", ID, "--text", "我是李雷", now="2026-11-20T12:00:00+08:00")
    assert "李雷" in keyed.text(FILE)
    keyed.run("erase", ID, "--request", "8", now="2026-11-20T13:00:00+08:00")
    assert "李雷" not in keyed.text(FILE)
    assert [event.verb for event in read(keyed.root / FILE).history] == ["erase", "message", "erase"]


def test_only_who_leads_erases(keyed: Sample) -> None:
    done = keyed.run("erase", ID, "--request", "7", "--by", "xu.bei")
    assert done.code == 1
    assert Keys(keyed.git).of(ID)


@pytest.mark.parametrize("words", [(), ("--by", "lin.wan")])
def test_check_and_audit_accept_an_erasure_with_its_files(keyed: Sample, words: tuple[str, ...]) -> None:
    picture(keyed, FILE)
    keyed.run("note", ID, "--text", "李雷 又来电")
    git(keyed.root, "tag", "before")
    done = keyed.run("erase", ID, "--request", "7", *words, now="2026-11-20T12:00:00+08:00")
    assert done.code == 0, done.err
    assert not (keyed.root / "feedback" / PICTURE).exists()
    checked = keyed.run("check", "--base", "before", now="2026-11-20T12:00:00+08:00")
    assert checked.code == 0, checked.out
    audited = json.loads(keyed.run("audit", "--since", "before", "--format", "json", now=None).out)
    codes = {one["code"] for one in audited["findings"]}
    assert not codes & {"audit-submission-changed", "audit-event-changed", "audit-event-gone", "audit-file-gone"}


def test_a_file_that_another_item_has_too_stays(keyed: Sample) -> None:
    other = keyed.put(PAYMENT.replace(ID, "Q261119-5DVCFC5").replace("#123", "#124"))
    picture(keyed, FILE, other)
    done = keyed.run("erase", ID, "--request", "7")
    assert f"feedback/{PICTURE}" in done.out
    assert (keyed.root / "feedback" / PICTURE).exists()
    keyed.run("erase", "Q261119-5DVCFC5", "--request", "7")
    assert not (keyed.root / "feedback" / PICTURE).exists()


def test_check_refuses_an_item_emptied_by_hand_without_the_event(keyed: Sample) -> None:
    git(keyed.root, "tag", "before")
    keyed.put(keyed.text(FILE).replace("支付页面报错", "（已按请求删除）"), FILE)
    assert "submission-changed" in keyed.run("check", "--base", "before").out


def edited(desk: Sample, branch: str, change: Callable[[], object]) -> None:
    git(desk.root, "checkout", "--quiet", "-B", branch, "base")
    change()


@pytest.mark.parametrize("order", [("erased", "other"), ("other", "erased")])
def test_an_erasure_and_work_on_the_same_item_merge_and_nothing_comes_back(
    desk: Sample, order: tuple[str, str]
) -> None:
    desk.run("note", ID, "--text", "李雷 来电")
    git(desk.root, "branch", "base")
    edited(desk, "erased", lambda: desk.run("erase", ID, "--request", "7", now="2026-11-20T13:00:00+08:00"))
    edited(desk, "other", lambda: desk.run("note", ID, "--text", "李雷 再来电", now="2026-11-20T12:00:00+08:00"))
    base, ours, theirs = (desk.git.raw("show", f"{one}:{FILE}") for one in ("base", *order))
    merged = merge(base, ours, theirs, ordered)
    assert not merged.problems
    assert merged.content
    assert "李雷" not in merged.content.decode()
    assert [event.verb for event in read(merged.content).history] == ["note", "note", "erase"]


# ---- figures --------------------------------------------------------------------------------------------------------


LATER = "2026-11-21T09:00:00+08:00"


def figures(desk: Sample) -> list[object]:
    """What the desk counts, now and for a month that is over, without what it has in words: quotes, and causes that
    were written down."""
    asked = (("stats",), ("sla",))
    found: list[object] = [json.loads(desk.run(*words, "--format", "json", now=LATER).out) for words in asked]
    assert desk.run("report", "2026-10", "--no-commit", "--no-pdf", now=LATER).code == 0
    numbers = json.loads(desk.text("reports/2026/2026-10/figures.json"))["numbers"]
    shutil.rmtree(desk.root / "reports")
    return [*found, {name: one for name, one in numbers.items() if name not in ("voices", "causes")}]


def test_every_figure_is_the_same_after_every_item_was_erased(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    courses = shutil.ignore_patterns("training")  # passes of courses that this desk does not give
    shutil.copytree(ROOT / "feedback", desk.root / "feedback", dirs_exist_ok=True, ignore=courses)
    desk.commit()
    before = figures(desk)
    doer = Doer(policy(), datetime.fromisoformat(LATER), "he.miao", None)
    for path, found in Desk(desk.root).items(Desk(desk.root).item_files()):
        assert isinstance(found, Item)
        gone = erased(desk.root, path, found, "7", doer)
        assert isinstance(gone, Erasure)
        put(desk.git, desk.root, gone)
    assert "（已按请求删除）" in desk.text(FILE)
    desk.commit()
    assert without_titles(figures(desk)) == without_titles(before)
    assert desk.run("check", "--base", "HEAD~1", now="2026-11-21T09:01:00+08:00").out == ""


def without_titles(found: Any) -> Any:
    """Values without the words of items."""
    if isinstance(found, dict):
        return {name: without_titles(value) for name, value in found.items() if name != "title"}
    return [without_titles(one) for one in found] if isinstance(found, list) else found


# ---- elsewhere ------------------------------------------------------------------------------------------------------


def test_a_desk_restored_from_its_backup_is_opened_by_the_same_secret_key(keyed: Sample, tmp_path: Path) -> None:
    folder, back = tmp_path.parent / f"{tmp_path.name}-备份", tmp_path.parent / f"{tmp_path.name}-还原"
    assert keyed.run("backup", str(folder)).code == 0
    assert keyed.run("restore", str(folder), str(back)).code == 0
    done = Sample(back).run("unseal", ID, "--identity", str(own(keyed)))
    assert "13812345678" in done.out


def test_what_is_sealed_reaches_no_other_command(keyed: Sample) -> None:
    for words in (("show", ID), ("list",), ("stats",), ("check",), ("keys", "list"), ("explain", ID)):
        done = keyed.run(*words, "--format", "json") if words[0] != "explain" else keyed.run(*words)
        assert "13812345678" not in done.out + done.err
