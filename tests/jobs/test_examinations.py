"""One illness each: what an examination finds, and that a healthy desk has none of them."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.hosts.settings_host import SettingsHost
from tests.sample_desk import NOW, Sample, git, sample

from git_feedback.cli.commands.report import BROWSERS
from git_feedback.hosts import Line, Patience, provider_for
from git_feedback.hosts.settings import settings_of
from git_feedback.i18n import LANGUAGES, halves
from git_feedback.jobs import generating
from git_feedback.jobs.examinations import EXAMINATIONS, AskedHost, Finding, Ground
from git_feedback.jobs.examining import examined, mended
from git_feedback.jobs.reading import load_policy
from git_feedback.policy.files import AutomationPart
from git_feedback.policy.notify_files import Way
from git_feedback.store import Desk

MOMENT = datetime.fromisoformat(NOW)
PUBLIC = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudr28p3svpqr3s"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk that has all it needs: another side, a driver, a login for everybody."""
    made = sample(tmp_path / "台")
    people = made.root / "policy/people.yml"
    people.write_text(people.read_text("utf-8").replace(", department:", ", login: somebody, department:"), "utf-8")
    generating.write_down(made.root, load_policy(Desk(made.root).policy()))
    made.commit()
    assert made.run("merge-driver", "--install", now=None).code == 0
    git(tmp_path, "clone", "--quiet", "--bare", "台", "host.git")
    git(made.root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(made.root, "fetch", "--quiet")
    git(made.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    return made


@pytest.fixture
def ground(desk: Sample) -> Ground:
    """That desk, as it is looked at."""
    return Ground(
        root=desk.root,
        git=desk.git,
        now=MOMENT,
        environment={"PATH": os.environ["PATH"]},
        python=sys.version_info[:2],
        prefix=desk.root / "没有",
        identity=desk.root / ".git/git-feedback/identity.txt",
        free=2**40,
        browsers=("git", *BROWSERS),
        policy=load_policy(Desk(desk.root).policy()),
        offline=True,
    )


@pytest.fixture
def host(ground: Ground) -> Iterator[SettingsHost]:
    with SettingsHost(ground.now) as found:
        yield found


def asked(ground: Ground, host: SettingsHost) -> Ground:
    return replace(
        ground,
        host=AskedHost(provider_for("github", "shop/desk", host.line), settings_of("github", "shop/desk", host.line)),
    )


def found(name: str, ground: Ground) -> list[tuple[str, str]]:
    """Code and severity of what one examination finds; all of it has words in both languages, and a way out."""
    listed = list(next(one for one in EXAMINATIONS if one.name == name).examine(ground))
    for finding in listed:
        assert all(all(halves(finding.code, language, **finding.values)) for language in LANGUAGES)
    return [(finding.code, finding.severity) for finding in listed]


def automated(ground: Ground, **wishes: object) -> Ground:
    """The desk with something that runs by itself."""
    wish = AutomationPart.model_validate({"publish": "public", **wishes})
    return ruled(ground, automation=wish)


def ruled(ground: Ground, **facts: object) -> Ground:
    return replace(ground, policy=replace(ground.policy, desk=ground.policy.desk.model_copy(update=facts)))


def test_a_healthy_desk_has_no_illness(ground: Ground, desk: Sample) -> None:
    (desk.root / "policy/recipients.txt").write_text(f"{PUBLIC}\n", encoding="utf-8")
    ground = replace(ground, policy=load_policy(Desk(desk.root).policy()))
    generating.write_down(desk.root, ground.policy)
    ground.identity.parent.mkdir(parents=True, exist_ok=True)
    ground.identity.write_text("AGE-SECRET-KEY-", encoding="utf-8")
    listed = [finding for one in examined(ground) for finding in one.findings if finding.code != "doctor-no-holidays"]
    assert listed == []


def test_every_examination_has_a_name_of_its_own_and_none_fails(ground: Ground) -> None:
    results = list(examined(ground))
    assert len({one.examination for one in results}) == len(EXAMINATIONS) > 18
    assert not [one for one in results if one.failed]


# ---- the machine ----------------------------------------------------------------------------------------------------


def test_an_old_python_is_named(ground: Ground) -> None:
    assert found("program", replace(ground, python=(3, 9))) == [("doctor-python-old", "broken")]
    assert found("program", ground) == []


def test_an_old_git_is_named(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin/git"
    old.write_text("#!/bin/sh\necho git version 2.17.1.windows.2\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    fresh = replace(ground, git=type(ground.git)(ground.root))
    assert found("program", fresh) == [("doctor-git-old", "broken")]


def test_a_manual_page_that_is_installed_and_not_found_is_named(ground: Ground, tmp_path: Path) -> None:
    page = tmp_path / "share/man/man1/git-feedback.1"
    page.parent.mkdir(parents=True)
    page.write_text(".TH GIT-FEEDBACK 1\n.SH NAME\ngit-feedback \\- 反馈台\n", encoding="utf-8")
    program = tmp_path / "bin/man"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ntest -e "${MANPATH%:}/man1/$2.1"\n', encoding="utf-8")
    program.chmod(0o755)
    here = replace(ground, prefix=tmp_path, environment={"PATH": f"{program.parent}:{os.environ['PATH']}"})
    assert found("manual", here) == [("doctor-manual-unseen", "advice")]
    told = {**here.environment, "MANPATH": f"{tmp_path / 'share/man'}:"}
    assert found("manual", replace(here, environment=told)) == []


def test_no_browser_is_named(ground: Ground) -> None:
    assert found("browser", replace(ground, browsers=("没有这个浏览器",))) == [("doctor-no-browser", "advice")]


def test_git_lfs_that_the_desk_wants_and_the_machine_lacks_is_named(ground: Ground, desk: Sample) -> None:
    assert found("lfs", ground) == []
    attributes = desk.root / ".gitattributes"
    attributes.write_text(f"{attributes.read_text('utf-8')}feedback/attachments/** filter=lfs\n", encoding="utf-8")
    assert found("lfs", replace(ground, environment={"PATH": "/没有"})) == [("doctor-no-lfs", "broken")]


def test_a_builder_that_is_wanted_and_not_installed_is_named(ground: Ground) -> None:
    assert found("extras", ground) == []
    assert ("doctor-no-extra", "broken") in found("extras", ruled(ground, builder="没有"))


# ---- the clone ------------------------------------------------------------------------------------------------------


def test_an_address_that_nobody_has_is_advice_and_none_at_all_an_illness(
    ground: Ground, desk: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(desk.root, "config", "user.email", "陌生人@shop.example")
    assert found("yourself", ground) == [("doctor-stranger", "advice")]
    git(desk.root, "config", "--unset", "user.email")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert found("yourself", replace(ground, git=type(ground.git)(ground.root))) == [("doctor-no-email", "broken")]


def test_a_clone_without_the_merge_driver_is_mended(ground: Ground, desk: Sample) -> None:
    git(desk.root, "config", "--unset", "merge.feedback.driver")
    listed = [one for one in examined(ground) if one.examination == "merge-driver"]
    assert [finding.code for finding in listed[0].findings] == ["doctor-no-driver"]
    paths, left = mended(ground, listed)
    assert (paths, [one.findings for one in left]) == ([], [()])


def test_attributes_that_ask_for_no_driver_are_named_and_left_to_a_person(ground: Ground, desk: Sample) -> None:
    (desk.root / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
    listed = [one for one in examined(ground) if one.examination == "merge-driver"]
    _, left = mended(ground, listed)
    assert [finding.code for finding in left[0].findings] == ["doctor-no-attribute"]
    assert (desk.root / ".gitattributes").read_text("utf-8") == "* text=auto\n"


def test_generated_files_that_are_behind_are_named_and_mended(ground: Ground, desk: Sample) -> None:
    (desk.root / ".github/CODEOWNERS").write_text("手写的\n", encoding="utf-8")
    listed = [one for one in examined(ground) if one.examination == "generated"]
    assert listed[0].findings[0].values == {"files": (".github/CODEOWNERS",)}
    paths, left = mended(ground, listed)
    assert (paths, left[0].findings) == ([".github/CODEOWNERS"], ())


def test_a_desk_in_one_clone_alone_and_a_branch_that_follows_none_are_named(ground: Ground, desk: Sample) -> None:
    git(desk.root, "switch", "--quiet", "--create", "试验")
    assert found("other-side", ground) == [("doctor-no-upstream", "broken")]
    git(desk.root, "remote", "remove", "origin")
    assert found("other-side", ground) == [("doctor-no-remote", "advice")]
    git(desk.root, "checkout", "--quiet", "--detach")
    assert found("other-side", ground) == []


def test_a_clone_that_was_cut_is_named(ground: Ground, tmp_path: Path) -> None:
    git(tmp_path, "-C", "台", "commit", "--quiet", "--allow-empty", "--message=又一次")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path / '台'}", "浅")
    cut = replace(ground, root=tmp_path / "浅", git=type(ground.git)(tmp_path / "浅"))
    assert found("shallow", cut) == [("doctor-shallow", "advice")]


def test_names_that_differ_by_capitals_alone_are_named(ground: Ground, desk: Sample) -> None:
    blob = git(desk.root, "hash-object", "-w", ".gitattributes").strip()
    for name in ("说明/Readme.md", "说明/README.md"):
        git(desk.root, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    assert found("names", ground) == [("doctor-names-alike", "broken")]


def test_nobody_who_could_read_contacts_and_a_clone_without_a_key_are_advice(ground: Ground) -> None:
    assert found("keys", ground) == [("doctor-no-recipients", "advice")]
    held = replace(ground, policy=replace(ground.policy, recipients=(PUBLIC,)))
    assert found("keys", held) == [("doctor-no-identity", "advice")]
    assert found("keys", replace(held, environment={"GIT_FEEDBACK_IDENTITY": "/钥匙"})) == []


def test_keys_that_only_one_side_has_are_named_unless_nobody_else_is_asked(ground: Ground, desk: Sample) -> None:
    held = replace(
        ground,
        policy=replace(ground.policy, recipients=(PUBLIC,)),
        environment={"GIT_FEEDBACK_IDENTITY": "/钥匙"},
        offline=False,
    )
    assert found("keys", held) == []
    git(desk.root, "update-ref", "refs/feedback/keys", "HEAD")
    assert found("keys", held) == [("doctor-keys-apart", "broken")]
    assert found("keys", replace(held, offline=True)) == []


def test_little_room_is_advice_and_none_an_illness(ground: Ground) -> None:
    assert found("room", replace(ground, free=2**30)) == [("doctor-little-room", "advice")]
    assert found("room", replace(ground, free=2**20)) == [("doctor-little-room", "broken")]


def test_a_folder_without_a_backup_and_one_with_an_old_one_are_named(
    ground: Ground, desk: Sample, tmp_path: Path
) -> None:
    folder = tmp_path / "备份"
    kept = replace(ground, backups=folder)
    assert found("backups", kept) == [("doctor-no-backup", "broken")]
    assert desk.run("backup", str(folder)).code == 0
    assert found("backups", kept) == []
    assert found("backups", replace(kept, now=MOMENT + timedelta(days=9))) == [("doctor-old-backup", "broken")]
    assert found("backups", ground) == []


# ---- the policy -----------------------------------------------------------------------------------------------------


def test_a_year_without_holidays_is_named_and_is_an_illness_once_it_has_begun(ground: Ground) -> None:
    november, january = (datetime.fromisoformat(f"{day}T12:00:00+08:00") for day in ("2029-11-05", "2030-01-02"))
    assert found("calendars", replace(ground, now=november)) == [
        ("doctor-no-holidays", "broken"),
        ("doctor-no-holidays", "advice"),
    ]
    assert found("calendars", replace(ground, now=january)) == [("doctor-no-holidays", "broken")]


def test_people_without_a_login_are_named_where_issues_are_taken_in(ground: Ground, desk: Sample) -> None:
    people = desk.root / "policy/people.yml"
    people.write_text(people.read_text("utf-8").replace(", login: somebody", ""), encoding="utf-8")
    bare = replace(ground, policy=load_policy(Desk(desk.root).policy()))
    assert found("logins", bare) == []
    intake = desk.root / "policy/intake.yml"
    source = "sources:\n  - {id: issues, kind: issues, label: feedback}\n"
    intake.write_text(intake.read_text("utf-8").replace("sources: []\n", source), encoding="utf-8")
    bare = replace(ground, policy=load_policy(Desk(desk.root).policy()))
    assert found("logins", bare) == [("doctor-no-login", "advice")]


def test_a_site_without_an_address_is_advice_where_no_host_tells_it(ground: Ground) -> None:
    there = automated(ruled(ground, host="gitlab"))
    assert found("published", there) == [("doctor-no-site-address", "advice")]
    assert found("published", ruled(there, site="https://反馈.example")) == []


# ---- the host -------------------------------------------------------------------------------------------------------


def test_a_secret_that_a_way_needs_is_looked_for_by_name_here_and_on_the_host(
    ground: Ground, host: SettingsHost
) -> None:
    assert ground.policy.notify is not None
    ways = {"群": Way(by="wecom", settings="WECOM_GROUP")}
    told = replace(ground, policy=replace(ground.policy, notify=ground.policy.notify.model_copy(update={"ways": ways})))
    assert found("secrets", told) == [("doctor-secret-unseen", "advice")]
    assert found("secrets", asked(told, host)) == [("doctor-no-secret", "broken")]
    host.told["/actions/secrets"] = (200, {"secrets": [{"name": "WECOM_GROUP"}]})
    assert found("secrets", asked(told, host)) == []
    host.told["/actions/secrets"] = (403, {})
    assert found("secrets", asked(told, host)) == [("doctor-secret-unseen", "advice")]
    here = replace(told, environment={"WECOM_GROUP": "https://秘密"})
    assert found("secrets", here) == []


def test_the_secret_of_references_is_missed_where_contacts_are_kept(ground: Ground, host: SettingsHost) -> None:
    held = asked(replace(ground, policy=replace(ground.policy, recipients=(PUBLIC,))), host)
    assert found("secrets", held) == [("doctor-no-ref-secret", "advice")]


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitea"])
def test_labels_that_the_host_lacks_are_named_and_made_once(ground: Ground, kind: str) -> None:
    with FakeHost(kind, "shop/desk") as host:
        line = Line(host.api, host.token, Patience(0, 5, lambda: 0.0, lambda _: None, lambda: 0.0))
        there = replace(
            ground, host=AskedHost(provider_for(kind, "shop/desk", line), settings_of(kind, "shop/desk", line))
        )
        listed = [one for one in examined(there) if one.examination == "labels"]
        assert [finding.code for finding in listed[0].findings] == ["doctor-no-labels"]
        _, left = mended(there, listed)
        assert (left[0].findings, left[0].failed) == ((), None)
        asked_before = len(host.requests)
        mended(there, left)
        assert len(host.requests) == asked_before


def test_a_site_that_is_switched_off_is_named_only_where_one_is_to_be_published(
    ground: Ground, host: SettingsHost
) -> None:
    host.told["/pages"] = (404, {})
    assert found("published", asked(automated(ground), host)) == [("doctor-pages-off", "broken")]
    assert found("published", asked(automated(ground, publish="none"), host)) == []


def test_a_team_s_site_that_everybody_can_open_is_named(ground: Ground, host: SettingsHost) -> None:
    team = asked(automated(ground, publish="team"), host)
    assert found("published", team) == [("doctor-pages-open", "broken")]
    host.told["/pages"] = (200, {"public": False})
    assert found("published", team) == []


WORKFLOW = "/actions/workflows/nightly.yml"


@pytest.mark.parametrize(("told", "code", "severity"), [
    ({WORKFLOW: (404, {})}, "doctor-night-unknown", "broken"),
    ({WORKFLOW: (200, {"state": "disabled_inactivity"})}, "doctor-night-off", "broken"),
    ({f"{WORKFLOW}/runs": (200, {"workflow_runs": []})}, "doctor-night-never", "advice"),
    ({f"{WORKFLOW}/runs": (200, {"workflow_runs": [{"created_at": "2026-11-11T00:00:00Z"}]})}, "doctor-night-late", "broken"),
])  # fmt: skip
def test_a_night_that_does_not_run_is_named(
    ground: Ground, host: SettingsHost, told: dict[str, tuple[int, object]], code: str, severity: str
) -> None:
    assert found("night", asked(automated(ground), host)) == []
    host.told.update(told)
    assert found("night", asked(automated(ground), host)) == [(code, severity)]


def test_where_no_host_can_be_asked_the_record_tells_of_nights_that_fell_silent(ground: Ground, desk: Sample) -> None:
    quiet = automated(ground)
    assert found("night", quiet) == []
    dated = {"GIT_COMMITTER_DATE": "2026-10-01T02:17:00+08:00"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in dated.items():
            patch.setenv(name, value)
        git(desk.root, "commit", "--quiet", "--allow-empty", "--message=nightly: triage of 2 items, alarms of 0")
    assert found("night", quiet) == [("doctor-night-silent", "advice")]
    assert found("night", ruled(ground, automation=None)) == []


def test_clocks_that_differ_are_named(ground: Ground, host: SettingsHost) -> None:
    assert found("clock", asked(ground, host)) == []
    host.time -= timedelta(minutes=9)
    assert found("clock", asked(ground, host)) == [("doctor-clock-apart", "broken")]
    assert found("clock", asked(replace(ground, fixed=True), host)) == []


def test_a_host_that_fails_is_told_of_and_the_others_go_on(ground: Ground, host: SettingsHost) -> None:
    host.told = dict.fromkeys(host.told, (401, {}))
    results = list(examined(asked(automated(ground), host)))
    assert {one.examination for one in results if one.failed} == {"secrets", "labels", "published", "night", "clock"}
    assert next(one for one in results if one.examination == "keys").findings == (
        Finding("doctor-no-recipients", "advice"),
    )
