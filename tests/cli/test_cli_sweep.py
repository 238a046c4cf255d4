"""`sweep` on the command line: every kind of source, twice is once, one that fails stops no other, two at once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hosts.fake_host import TOKEN, Fake, Reply, hosting, issue
from tests.sample_desk import Ran, Sample, git, sample

from git_feedback.cli import taking
from git_feedback.jobs.locks import Lock
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Desk, read

MAP = """\
name: 门店表格
times: "%Y/%m/%d %H:%M"
zone: Asia/Shanghai
channel: shop-review
columns: {source: 编号, received: 时间, title: 标题, text: 内容}
"""
HEAD = "编号,时间,标题,内容\n"
ROWS = "1,2026/11/18 09:31,退款没到,三周了\n2,2026/11/18 10:00,支付报错,请打 13812345678\n"
MAIL = """\
From: =?utf-8?b?5byg5LiJ?= <zhang.san@example.com>
To: desk@example.org
Date: Thu, 19 Nov 2026 10:0{n}:00 +0800
Message-ID: <{n}@mail.example.com>
Subject: =?utf-8?b?6YCA5qy+5rKh5Yiw?= {n}
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

退款三周没到。
"""


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def host() -> Iterator[Fake]:
    with hosting(issue(12), issue(13)) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "台"
    root.mkdir()
    made = sample(root)
    (root / ".gitignore").write_text((root / ".gitignore").read_text(encoding="utf-8") + "收件/\n", encoding="utf-8")
    made.commit()
    return made


def sources(desk: Sample, *lines: str) -> None:
    desk.put("sources:\n" + "".join(f"  - {line}\n" for line in lines), "policy/intake.yml")


def put(file: Path, text: str | bytes) -> Path:
    """A file that has lain there for a while."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


def table(desk: Sample, *, done: str = "keep", rows: str = ROWS) -> Path:
    """A drop folder with a table in it."""
    put(desk.root / "收件/图.yml", MAP)
    sources(desk, f"{{id: shops, kind: drop-folder, path: 收件/门店, format: csv, map: 收件/图.yml, done: {done}}}")
    return put(desk.root / "收件/门店/一.csv", HEAD + rows)


def told(desk: Sample, *words: str, env: dict[str, str] | None = None) -> tuple[int, list[dict[str, Any]]]:
    ran = desk.run("sweep", "--format", "json", *words, env=env)
    return ran.code, json.loads(ran.out)["sources"]


def asking(host: Fake) -> dict[str, str]:
    return {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": host.address, "GITHUB_REPOSITORY": "desk/feedback"}


def identities(desk: Sample) -> list[str]:
    """The sources of what HEAD holds."""
    paths = git(desk.root, "ls-tree", "-r", "--name-only", "HEAD", "feedback").splitlines()
    return sorted(str(read(git(desk.root, "show", f"HEAD:{path}").encode()).source) for path in paths)


def clean(desk: Sample) -> bool:
    return git(desk.root, "status", "--porcelain") == ""


# ---- tables ---------------------------------------------------------------------------------------------------------


def test_a_table_in_a_folder_is_taken_in_by_one_commit_and_a_second_sweep_changes_nothing(desk: Sample) -> None:
    file = table(desk)
    before = desk.git.head()

    code, (first,) = told(desk)
    head = desk.git.head()
    again, (second,) = told(desk)

    assert (code, first["found"], first["already"], len(first["new"]), first["refused"]) == (0, 2, 0, 2, [])
    assert git(desk.root, "rev-list", f"{before}..{head}").count("\n") == 1
    assert (again, second["found"], second["already"], second["new"]) == (0, 2, 2, [])
    assert (desk.git.head(), clean(desk), file.exists()) == (head, True, True)


def test_only_what_is_new_in_a_table_is_taken_in(desk: Sample) -> None:
    table(desk)
    told(desk)
    table(desk, rows=ROWS + "3,2026/11/19 10:00,再来一条,好\n")

    _, (swept,) = told(desk)

    assert (swept["already"], len(swept["new"])) == (2, 1)


def test_a_row_that_is_refused_is_named_and_the_others_are_taken_in(desk: Sample) -> None:
    table(desk, rows=ROWS + "3,昨天,甲,乙\n", done="move")

    ran = desk.run("sweep", "--lang", "zh")

    assert ran.code == 1
    assert "shops 一.csv:3：拒收：bad-time：" in ran.out
    assert "shops：找到 3，已有 0，新收 2，补充消息 0，拒收 1" in ran.out
    assert len(identities(desk)) == 2
    assert (desk.root / "收件/门店/一.csv").exists()


def test_a_file_that_was_taken_in_whole_is_moved_and_overwrites_nothing(desk: Sample) -> None:
    file = table(desk, done="move")
    put(file.parent / "done/一.csv", "早先的\n")

    _, (swept,) = told(desk)

    assert [Path(one).name for one in swept["moved"]] == ["一-2.csv"]
    assert (file.parent / "done/一-2.csv").read_text(encoding="utf-8") == HEAD + ROWS
    assert (file.parent / "done/一.csv").read_text(encoding="utf-8") == "早先的\n"
    assert not file.exists()
    assert told(desk)[1][0]["found"] == 0


@pytest.mark.parametrize("how", ["--dry-run", "--no-commit"])
def test_nothing_is_moved_before_it_is_committed(desk: Sample, how: str) -> None:
    file = table(desk, done="move")
    before = desk.git.head()

    code, (swept,) = told(desk, how)

    assert (code, len(swept["new"]), desk.git.head(), file.exists()) == (0, 2, before, True)
    assert len(Desk(desk.root).item_files()) == (2 if how == "--no-commit" else 0)


def test_a_file_that_is_being_written_waits(desk: Sample) -> None:
    file = table(desk, done="move")
    file.touch()

    code, (swept,) = told(desk)

    assert (code, swept["new"], [one["code"] for one in swept["noted"]]) == (0, [], ["sweep-still-arriving"])
    assert file.exists()


def test_what_does_not_belong_into_a_folder_is_left_alone(desk: Sample, tmp_path: Path) -> None:
    folder = table(desk).parent
    put(tmp_path / "elsewhere.csv", HEAD + "9,2026/11/18 09:31,链接,丙\n")
    (folder / "链接.csv").symlink_to(tmp_path / "elsewhere.csv")
    put(folder / ".hidden.csv", HEAD + "8,2026/11/18 09:31,隐藏,丙\n")
    put(folder / "备注.txt", "不是表格\n")
    (folder / "里面.csv").mkdir()

    code, (swept,) = told(desk)

    assert (code, swept["found"]) == (0, 2)


def test_a_file_that_is_no_table_is_named_and_the_next_one_is_read(desk: Sample) -> None:
    file = table(desk)
    put(file.parent / "〇.csv", b"\x00\x01\x02\xff" * 100)

    code, (swept,) = told(desk)

    assert (code, len(swept["new"])) == (1, 2)
    assert swept["refused"][0]["where"].startswith("〇.csv:")


# ---- mail -----------------------------------------------------------------------------------------------------------


def test_mails_of_a_maildir_a_folder_and_an_mbox_have_one_item_each(desk: Sample) -> None:
    for name in ("new", "cur", "tmp"):
        (desk.root / "收件/箱" / name).mkdir(parents=True)
    put(desk.root / "收件/箱/new/1700.M1.host", MAIL.format(n=1))
    put(desk.root / "收件/箱/cur/1701.M2.host:2,S", MAIL.format(n=2))
    put(desk.root / "收件/箱/tmp/1702.M3.host", MAIL.format(n=3))
    put(desk.root / "收件/信/三.eml", MAIL.format(n=1))
    put(desk.root / "收件/信/四.eml", MAIL.format(n=4))
    put(desk.root / "收件/mbox", "".join(f"From a@b.c Thu Nov 19 10:00:00 2026\n{MAIL.format(n=n)}\n" for n in (4, 5)))
    recipients(desk)
    sources(
        desk,
        "{id: maildir, kind: mail-folder, path: 收件/箱}",
        "{id: folder, kind: mail-folder, path: 收件/信}",
        f"{{id: mbox, kind: mail-folder, path: {desk.root / '收件/mbox'}}}",
    )

    code, (maildir, folder, mbox) = told(desk)

    assert code == 0, (maildir, folder, mbox)
    assert (maildir["found"], len(maildir["new"])) == (2, 2)
    assert (folder["already"], len(folder["new"])) == (1, 1)
    assert (mbox["already"], len(mbox["new"])) == (1, 1)
    assert len(identities(desk)) == 4
    texts = "".join(path.read_text(encoding="utf-8") for path in desk.root.glob("feedback/*/*/*.yml"))
    assert "zhang.san@example.com" not in texts
    assert texts.count("BEGIN AGE ENCRYPTED FILE") == 4


def test_an_mbox_into_which_mail_is_delivered_just_now_waits(desk: Sample) -> None:
    pytest.importorskip("fcntl")
    box = put(desk.root / "收件/mbox", f"From a@b.c Thu Nov 19 10:00:00 2026\n{MAIL.format(n=1)}\n")
    sources(desk, "{id: mbox, kind: mail-folder, path: 收件/mbox}")
    holds = "import fcntl, sys; f = open(sys.argv[1], 'rb+'); fcntl.lockf(f, fcntl.LOCK_EX); print(flush=True); input()"
    words = [sys.executable, "-c", holds, str(box)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as delivering:
        assert delivering.stdout
        delivering.stdout.readline()
        code, (swept,) = told(desk)
        delivering.kill()

    assert (code, swept["new"], [one["code"] for one in swept["noted"]]) == (0, [], ["sweep-still-arriving"])


def recipients(desk: Sample) -> str:
    """Somebody who may read contacts; the secret key."""
    secret, public = new_identity()
    desk.put(f"{public}\n", "policy/recipients.txt")
    return secret


# ---- issues ---------------------------------------------------------------------------------------------------------


def test_issues_with_the_label_are_taken_in_as_intake_takes_them(desk: Sample, host: Fake, tmp_path: Path) -> None:
    sources(desk, "{id: issues, kind: issues, host: github, label: feedback}")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"issue": issue(12)}), encoding="utf-8")
    desk.run("intake", "issue", "--event", str(event))

    code, (swept,) = told(desk, env=asking(host))
    again, (second,) = told(desk, env=asking(host))

    assert (code, swept["found"], swept["already"], len(swept["new"])) == (0, 2, 1, 1)
    assert (again, second["already"], second["new"]) == (0, 2, [])
    assert identities(desk) == ["github#12", "github#13"]
    one, other = (read(desk.text(path).encode()) for path in Desk(desk.root).item_files())
    told_apart = {"id", "source", "title"}
    assert one.model_dump(exclude=told_apart) == other.model_dump(exclude=told_apart)
    assert "138****8000" in (one.text or "")


def test_the_author_is_known_again_by_a_reference_alone(desk: Sample, host: Fake) -> None:
    sources(desk, "{id: issues, kind: issues}")

    told(desk, env={**asking(host), "GIT_FEEDBACK_REF_KEY": "ab" * 32})

    items = [read((desk.root / path).read_bytes()) for path in Desk(desk.root).item_files()]
    references = {one.submitter.ref for one in items if one.submitter}
    assert len(items) == 2
    assert len(references) == 1
    assert all(one.submitter and one.submitter.hint is None and one.submitter.sealed is None for one in items)
    assert "some-one" not in "".join(desk.text(path) for path in Desk(desk.root).item_files()).casefold()


def test_issues_of_another_repository_are_other_issues(desk: Sample, host: Fake) -> None:
    sources(
        desk,
        "{id: own, kind: issues}",
        "{id: other, kind: issues, repository: Desk/App}",
    )

    code, (own, other) = told(desk, env=asking(host))

    assert (code, len(own["new"]), len(other["new"])) == (0, 2, 2)
    assert identities(desk) == ["github#12", "github#13", "github:desk/app#12", "github:desk/app#13"]
    assert {path.split("/issues")[0] for path in host.asked} == {"/repos/desk/feedback", "/repos/Desk/App"}


def test_an_issue_that_cannot_be_read_is_refused_and_the_others_are_taken_in(desk: Sample, host: Fake) -> None:
    sources(desk, "{id: issues, kind: issues}")
    host.issues.insert(1, {**issue(14), "created_at": "昨天"})

    code, (swept,) = told(desk, env=asking(host))

    assert (code, len(swept["new"])) == (1, 2)
    assert [(one["where"], one["code"]) for one in swept["refused"]] == [("#14", "sweep-bad-issue")]


# ---- what fails -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{id: bad, kind: issues}", "sweep-no-token"),
        ("{id: bad, kind: mail-folder, path: 没有}", "sweep-no-folder"),
        ("{id: bad, kind: drop-folder, path: 收件, format: fax}", "sweep-no-format"),
        ("{id: bad, kind: drop-folder, path: 收件, format: csv}", "sweep-needs-map"),
        ("{id: bad, kind: drop-folder, path: 收件, format: csv, map: 没有.yml}", "sweep-no-map"),
        ("{id: bad, kind: drop-folder, path: 收件, format: csv, map: 收件/坏.yml}", "sweep-bad-map"),
        ("{id: bad, kind: drop-folder, path: 收件/图.yml, format: csv, map: 收件/图.yml}", "sweep-unreadable"),
        ("{id: bad, kind: drop-folder, path: 收件/链接, format: csv, map: 收件/图.yml}", "source-inside"),
    ],
)
def test_a_source_that_fails_is_one_line_and_the_others_go_on(desk: Sample, line: str, code: str) -> None:
    table(desk)
    put(desk.root / "收件/坏.yml", "name: [\n")
    (desk.root / "feedback").mkdir()
    (desk.root / "收件/链接").symlink_to(desk.root / "feedback")
    known = desk.text("policy/intake.yml").splitlines()[1].strip().removeprefix("- ")
    sources(desk, line, known)

    ran = desk.run("sweep", env={"GITHUB_REPOSITORY": "desk/feedback"})

    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith(f"bad：无法读取：{code}：")
    assert len(identities(desk)) == 2


def test_without_a_repository_nobody_is_asked(desk: Sample, host: Fake) -> None:
    sources(desk, "{id: issues, kind: issues}")
    code, (swept,) = told(desk, env={"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": host.address})
    assert (code, swept["failed"]["code"], host.asked) == (1, "sweep-no-repository", [])


def test_a_host_that_fails_keeps_no_folder_from_being_swept(desk: Sample, host: Fake) -> None:
    table(desk)
    known = desk.text("policy/intake.yml").splitlines()[1].strip().removeprefix("- ")
    sources(desk, "{id: issues, kind: issues}", known)
    host.first = [Reply(404)]

    code, (issues, shops) = told(desk, env=asking(host))

    assert (code, issues["failed"]["code"], len(shops["new"])) == (1, "host-not-found", 2)
    assert TOKEN not in issues["failed"]["message"]


def test_without_sources_it_says_where_they_belong(desk: Sample) -> None:
    ran = desk.run("sweep", "--lang", "en")
    assert (ran.code, ran.out) == (0, "")
    assert "policy/intake.yml names no source" in ran.err


def test_one_source_can_be_chosen_and_an_unknown_one_is_wrong_usage(desk: Sample) -> None:
    table(desk)
    assert [one["id"] for one in told(desk, "--source", "shops")[1]] == ["shops"]
    assert desk.run("sweep", "--source", "nobody").code == 2
    assert desk.run("sweep", "--since", "昨天").code == 2


def test_a_desk_without_recipients_refuses_mail_rather_than_lose_its_sender(desk: Sample) -> None:
    put(desk.root / "收件/信/一.eml", MAIL.format(n=1))
    sources(desk, "{id: mail, kind: mail-folder, path: 收件/信, done: move}")

    code, (swept,) = told(desk)

    assert (code, [one["code"] for one in swept["refused"]]) == (1, ["no-recipients"])
    assert (desk.root / "收件/信/一.eml").exists()


def test_a_line_that_is_no_key_stops_the_sweep_before_anything_is_written(desk: Sample) -> None:
    table(desk)
    desk.put("age1nobody\n", "policy/recipients.txt")

    ran = desk.run("sweep")

    assert (ran.code, ran.out, ran.err.count("\n"), identities(desk)) == (3, "", 1, [])


def test_a_mail_that_nobody_wrote_is_named_and_no_failure(desk: Sample) -> None:
    recipients(desk)
    automatic = MAIL.format(n=1).replace("To: ", "Auto-Submitted: auto-replied\nTo: ")
    put(desk.root / "收件/信/一.eml", automatic)
    sources(desk, "{id: mail, kind: mail-folder, path: 收件/信, done: move}")

    code, (swept,) = told(desk)

    assert (code, swept["new"], [one["code"] for one in swept["refused"]]) == (0, [], ["automatic-mail"])
    assert (desk.root / "收件/信/done/一.eml").exists()


# ---- two at once ----------------------------------------------------------------------------------------------------


def test_while_another_command_takes_in_a_sweep_leaves_it_to_it(desk: Sample) -> None:
    table(desk)
    lock = Lock(desk.root / ".git/git-feedback/taken-in.lock")

    ran = desk.run("sweep", "--lang", "en")
    lock.release()

    assert (ran.code, identities(desk)) == (0, [])
    assert f"process {os.getpid()}" in ran.err
    assert told(desk)[0] == 0
    assert len(identities(desk)) == 2


def test_an_import_waits_for_a_while_and_then_says_so(desk: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "PATIENCE_S", 0.3)
    table(desk)
    lock = Lock(desk.root / ".git/git-feedback/taken-in.lock")

    ran = desk.run("import", "csv", "收件/门店/一.csv", "--map", "收件/图.yml")
    lock.release()

    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


# ---- the night ------------------------------------------------------------------------------------------------------


def night(desk: Sample, *words: str) -> Ran:
    return desk.run("nightly", "--no-build", "--no-alarms", *words)


def test_the_night_sweeps_first_and_classifies_what_came(desk: Sample) -> None:
    table(desk)

    ran = night(desk)

    assert ran.code == 0, ran.out
    assert "新收 2" in ran.out
    assert [one.partition(":")[0] for one in git(desk.root, "log", "-2", "--format=%s").splitlines()] == [
        "nightly",
        "sweep",
    ]
    head = desk.git.head()
    assert night(desk).code == 0
    assert (desk.git.head(), clean(desk)) == (head, True)


def test_the_night_can_do_without(desk: Sample) -> None:
    table(desk)
    night(desk, "--no-sweep")
    assert identities(desk) == []


def test_without_a_token_the_night_leaves_a_host_out_and_is_well(desk: Sample) -> None:
    sources(desk, "{id: issues, kind: issues}")

    ran = desk.run("nightly", "--no-build", "--no-alarms", "--lang", "en", env={"GITHUB_REPOSITORY": "desk/feedback"})

    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if "issues" in line and "GITHUB_TOKEN" in line]


def test_the_night_says_in_json_what_it_took_in(desk: Sample) -> None:
    table(desk)
    found = json.loads(night(desk, "--format", "json").out)
    assert [(one["id"], len(one["new"])) for one in found["swept"]] == [("shops", 2)]
