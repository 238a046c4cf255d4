"""`sweep` from GitHub, GitLab and Gitea alike: one issue is one item wherever it lies, and no word of it is lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import Sample, git, policy, sample

from git_feedback.intake import issue_form
from git_feedback.model import Item
from git_feedback.store import Desk, read

NAMES = (
    "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITLAB_TOKEN", "CI_API_V4_URL", "CI_PROJECT_PATH",
    "GITEA_TOKEN", "GITEA_API_URL", "GITEA_REPOSITORY", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "GITHUB_ACTIONS",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=("github", "gitlab", "gitea"))
def host(request: pytest.FixtureRequest) -> Iterator[FakeHost]:
    with FakeHost(request.param) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "台"
    root.mkdir()
    return sample(root)


def sources(desk: Sample, *lines: str) -> None:
    desk.put("sources:\n" + "".join(f"  - {line}\n" for line in lines), "policy/intake.yml")


def swept(desk: Sample, host: FakeHost, *words: str, **more: str) -> tuple[int, list[dict[str, Any]]]:
    ran = desk.run("sweep", "--format", "json", *words, env={**host.environment, **more})
    return ran.code, json.loads(ran.out)["sources"]


def items(desk: Sample) -> dict[str, Item]:
    """What HEAD holds, by source."""
    paths = git(desk.root, "ls-tree", "-r", "--name-only", "-z", "HEAD", "feedback").split("\0")
    found = (read(git(desk.root, "show", f"HEAD:{path}").encode()) for path in paths if path.endswith(".yml"))
    return {str(one.source): one for one in found}


def said(item: Item) -> str:
    """Every word of an item."""
    return item.model_dump_json()


def filled_in() -> str:
    """What a host writes for the desk's own form."""
    kind = next(name for name, category in issue_form.kinds(policy()).items() if category)
    answers = {"kind": kind, "product": "商城 App", "device": "_No response_", "rating": "2", "text": "退款三周没到 😀"}
    return "\n".join(f"### {issue_form.label(name)}\n\n{answer}\n" for name, answer in answers.items())


def test_issues_open_and_closed_become_items_once(desk: Sample, host: FakeHost) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.state.a_page = 2
    host.add_issue("支付页面报错", "付款到最后一步提示系统繁忙。", number=12)
    host.add_issue("退款没到", "三周了。", closed=True, number=13)
    host.add_issue("别的", labels=("代码",))
    host.add_issue("合并请求", pull=True)
    host.add_issue("门店地址错了", "华东店的地址不对。")

    code, (first,) = swept(desk, host)
    head = desk.git.head()
    again, (second,) = swept(desk, host)

    assert (code, first["found"], len(first["new"]), first["refused"]) == (0, 3, 3, [])
    assert (again, second["already"], second["new"], desk.git.head()) == (0, 3, [], head)
    assert sorted(items(desk)) == [f"{host.kind}#{number}" for number in (12, 13, 16)]
    assert all(one.channel == "issue-form" for one in items(desk).values())
    assert desk.run("check", *Desk(desk.root).item_files()).code == 0


def test_a_source_without_a_host_is_on_the_desks_own(desk: Sample, host: FakeHost) -> None:
    text = desk.text("policy/desk.yml")
    desk.put(f"{text}host: {host.kind}\n", "policy/desk.yml")
    sources(desk, "{id: issues, kind: issues}")
    host.add_issue()

    assert swept(desk, host)[0] == 0
    assert list(items(desk)) == [f"{host.kind}#1"]


def test_the_desks_own_form_is_read_question_by_question_on_every_host(desk: Sample, host: FakeHost) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.add_issue("退款", filled_in())

    swept(desk, host)

    (found,) = items(desk).values()
    assert (found.text, found.product, found.device) == ("退款三周没到 😀", "商城 App", None)
    assert str(found.rating) == "2"


@pytest.mark.parametrize(
    "body",
    [
        "## 摘要\n\n收银台白屏\n\n## 步骤\n\n1. 打开\n2. 点付款\n\n/label ~bug",
        "### Steps to reproduce\n\nopen\n\n### Expected\n\n能付款 😀𠮷\n\n### Environment\n\n_No response_",
        "<!-- 请填写 -->\n只有一句话：退款没到",
        "### 打给谁？\n\n找店长\n\n### 打给谁？\n\n再问一次",
    ],
)
def test_a_body_of_another_form_keeps_every_word(desk: Sample, host: FakeHost, body: str) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.add_issue("另一张表", body)

    assert swept(desk, host)[0] == 0

    (found,) = items(desk).values()
    text = json.loads(said(found))["text"]
    words = [line for line in body.split("\n") if line.strip() and not line.startswith("<!--")]
    assert [line for line in words if line.strip("# ") not in text] == []


def test_hostile_words_pass_the_door_and_half_a_character_becomes_visible(desk: Sample, host: FakeHost) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.add_issue("标题\ud83d", "半个\ud83d字 ${{ secrets.X }}\n::add-mask::x\n打 13800138000\x00")

    assert swept(desk, host)[0] == 0

    (found,) = items(desk).values()
    assert "[U+D83D]" in (found.text or "")
    assert "${{ secrets.X }}" in (found.text or "")
    assert "138****8000" in (found.text or "")


def test_the_author_is_known_again_by_a_reference_alone(desk: Sample, host: FakeHost) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.add_issue("一", login="Wang.Fang")
    host.add_issue("二", login="wang.fang")
    host.add_issue("三", login="li-lei")

    swept(desk, host, GIT_FEEDBACK_REF_KEY="ab" * 32)

    references = {one.submitter.ref for one in items(desk).values() if one.submitter}
    assert len(references) == 2
    assert not [one for one in items(desk).values() if "wang.fang" in said(one).casefold()]


def test_only_what_changed_since_a_day_is_asked_for(desk: Sample, host: FakeHost) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.add_issue()

    _, (late,) = swept(desk, host, "--since", "2026-11-21")
    _, (early,) = swept(desk, host, "--since", "2026-11-20")

    assert (late["found"], early["found"]) == (0, 1)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "host-denied"),
        (403, "host-denied"),
        (404, "host-not-found"),
        (409, "host-answered"),
        (422, "host-answered"),
    ],
)
def test_a_host_that_refuses_is_one_line_and_no_token(desk: Sample, host: FakeHost, status: int, code: str) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {host.kind}}}")
    host.fail_next(status, body=host.token.encode())

    ran = desk.run("sweep", env=host.environment)

    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert code in ran.out
    assert host.token not in ran.out + ran.err


def test_a_project_in_groups_is_a_source_of_its_own(desk: Sample) -> None:
    with FakeHost("gitlab", "group/sub/app") as host:
        sources(desk, "{id: app, kind: issues, host: gitlab, repository: group/sub/app, label: 反馈/线上}")
        host.add_issue(labels=("反馈/线上",))

        code, _ = swept(desk, host)

    assert (code, list(items(desk))) == (0, ["gitlab:group/sub/app#1"])


def test_three_hosts_are_swept_at_once_and_their_numbers_do_not_meet(desk: Sample) -> None:
    with FakeHost("github") as github, FakeHost("gitlab") as gitlab, FakeHost("gitea") as gitea:
        hosts = (github, gitlab, gitea)
        sources(desk, *(f"{{id: {one.kind}, kind: issues, host: {one.kind}}}" for one in hosts))
        for one in hosts:
            one.add_issue(f"来自 {one.kind}")
        environment = {**github.environment, **gitlab.environment, **gitea.environment}

        ran = desk.run("sweep", env=environment)

    assert ran.code == 0, ran.out + ran.err
    assert sorted(items(desk)) == ["gitea#1", "github#1", "gitlab#1"]


@pytest.mark.parametrize(
    ("kind", "missing", "code"),
    [
        ("gitlab", "GITLAB_TOKEN", "sweep-no-token"),
        ("gitea", "GITEA_TOKEN", "sweep-no-token"),
        ("gitlab", "CI_API_V4_URL", "sweep-no-api"),
        ("gitea", "GITEA_API_URL", "sweep-no-api"),
    ],
)
def test_what_is_missing_for_a_host_is_said_by_its_name(desk: Sample, kind: str, missing: str, code: str) -> None:
    sources(desk, f"{{id: issues, kind: issues, host: {kind}}}")
    with FakeHost(kind) as host:
        ran = desk.run("sweep", env={name: value for name, value in host.environment.items() if name != missing})
        assert host.requests == []

    assert ran.code == 1
    assert code in ran.out
    assert missing in ran.out


def test_a_token_of_github_is_not_sent_to_the_hosts_of_others(desk: Sample) -> None:
    with FakeHost("gitea") as gitea, FakeHost("github") as github:
        sources(desk, "{id: issues, kind: issues, host: gitea}")
        environment = {**gitea.environment, **github.environment}
        del environment["GITEA_TOKEN"]

        ran = desk.run("sweep", env=environment)

    assert "sweep-no-token" in ran.out
    assert (gitea.requests, github.requests) == ([], [])
