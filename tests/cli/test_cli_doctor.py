"""`doctor` at a desk: what is missing is said with what mends it, and what is harmless is mended."""

import json
from pathlib import Path

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import Sample, git, sample

NO_HOST = dict.fromkeys(("GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN", "GITHUB_API_URL"), "")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk with another side, whose clone merges by events."""
    made = sample(tmp_path / "台")
    assert made.run("generate", now=None).code == 0
    assert made.run("merge-driver", "--install", now=None).code == 0
    git(tmp_path, "clone", "--quiet", "--bare", "台", "host.git")
    git(made.root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(made.root, "fetch", "--quiet")
    git(made.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    return made


def test_a_desk_where_nothing_is_broken_ends_well_and_says_so(desk: Sample) -> None:
    done = desk.run("doctor", "--offline", env=NO_HOST)
    assert done.code == 0, done.out
    assert "故障  " not in done.out
    assert "→ git feedback keys new" in done.out


def test_what_is_broken_comes_first_and_ends_with_one(desk: Sample) -> None:
    git(desk.root, "config", "--unset", "merge.feedback.driver")
    done = desk.run("doctor", "--offline", env=NO_HOST)
    assert done.code == 1
    assert done.out.splitlines()[:2] == ["故障  这个克隆按行合并条目", "    → git feedback merge-driver --install"]
    assert "故障 1 处" in done.err


def test_in_english_the_same(desk: Sample) -> None:
    git(desk.root, "config", "--unset", "merge.feedback.driver")
    done = desk.run("doctor", "--offline", "--lang", "en", env=NO_HOST)
    assert done.out.startswith(
        "broken  this clone merges items line by line\n    → git feedback merge-driver --install"
    )


def test_what_is_harmless_is_mended_and_committed_and_a_second_time_does_nothing(desk: Sample) -> None:
    git(desk.root, "config", "--unset", "merge.feedback.driver")
    (desk.root / ".github/CODEOWNERS").write_text("手写的\n", encoding="utf-8")
    desk.commit()
    done = desk.run("doctor", "--fix", "--offline", env=NO_HOST)
    assert done.code == 0, done.out
    assert git(desk.root, "log", "-1", "--format=%s").strip() == "doctor: files made from policy"
    assert git(desk.root, "show", "--format=", "--name-only").split() == [".github/CODEOWNERS"]
    head = desk.git.head()
    assert desk.run("doctor", "--fix", "--offline", env=NO_HOST).code == 0
    assert desk.git.head() == head


def test_as_json_every_finding_has_a_code_a_severity_and_what_mends_it(desk: Sample) -> None:
    git(desk.root, "config", "--unset", "merge.feedback.driver")
    done = desk.run("doctor", "--offline", "--format", "json", "--lang", "en", env=NO_HOST)
    assert (done.code, done.err) == (1, "")
    told = json.loads(done.out)
    assert told["failed"] == []
    driver = next(one for one in told["findings"] if one["examination"] == "merge-driver")
    assert driver == {
        "examination": "merge-driver",
        "severity": "broken",
        "code": "doctor-no-driver",
        "message": "this clone merges items line by line",
        "mend": "git feedback merge-driver --install",
    }


def test_a_policy_that_cannot_be_read_is_the_one_finding(desk: Sample) -> None:
    (desk.root / "policy/desk.yml").write_text("name: 台\n", encoding="utf-8")
    done = desk.run("doctor", "--lang", "zh", env=NO_HOST)
    assert done.code == 1
    assert done.out.startswith("故障  规则读不出来")


def on(desk: Sample, kind: str) -> None:
    path = desk.root / "policy/desk.yml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(("host:", "repository:"))]
    path.write_text("\n".join([*lines, f"host: {kind}", f"repository: https://{kind}.example/shop/desk", ""]), "utf-8")
    desk.run("generate")
    desk.commit()


def test_a_host_without_a_token_is_not_asked_and_the_variable_is_named(desk: Sample) -> None:
    on(desk, "gitlab")
    done = desk.run("doctor", env=NO_HOST)
    assert "没有询问托管平台，因为 GITLAB_TOKEN 里没有令牌" in done.out
    assert "没有询问托管平台" not in desk.run("doctor", "--offline", env=NO_HOST).out


@pytest.mark.parametrize(("kind", "api", "token"), [
    ("github", "GITHUB_API_URL", "GITHUB_TOKEN"), ("gitlab", "CI_API_V4_URL", "GITLAB_TOKEN"),
    ("gitea", "GITEA_API_URL", "GITEA_TOKEN"),
])  # fmt: skip
def test_labels_are_made_on_every_host_with_a_token_that_is_never_shown(
    desk: Sample, kind: str, api: str, token: str
) -> None:
    on(desk, kind)
    with FakeHost(kind, "shop/desk") as host:
        given = {**NO_HOST, api: host.api, token: host.token}
        before = desk.run("doctor", env=given)
        assert "平台上缺少的标签" in before.out
        after = desk.run("doctor", "--fix", env=given)
        assert "平台上缺少的标签" not in after.out
        assert host.token not in before.out + before.err + after.out + after.err


def test_a_host_that_does_not_answer_is_told_of_and_does_not_keep_anybody_waiting(desk: Sample) -> None:
    on(desk, "gitea")
    given = {**NO_HOST, "GITEA_API_URL": "http://127.0.0.1:9/api/v1", "GITEA_TOKEN": "tok"}
    done = desk.run("doctor", "--format", "json", env=given)
    assert {one["examination"] for one in json.loads(done.out)["failed"]} == {"labels"}
