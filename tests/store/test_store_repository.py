"""Git: one commit of exactly one's own paths, whatever hooks export and whatever else is staged."""

from pathlib import Path

import pytest
from tests.sample_desk import git

from git_feedback.store import Git, GitFailed, NoSuchCommit


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "甲.yml").write_text("甲\n", encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=开始")
    return tmp_path


def names(repository: Path, commit: str = "HEAD") -> list[str]:
    listing = git(repository, "show", "--name-only", "--format=", "-z", commit)
    return sorted(name for name in listing.split("\0") if name)


def test_a_commit_holds_its_own_paths_and_leaves_what_others_have_staged(repository: Path) -> None:
    for name in ("乙.yml", "别人的.yml"):
        (repository / name).write_text("新\n", encoding="utf-8")
    git(repository, "add", "别人的.yml")
    commit = Git(repository).commit(["乙.yml"], "添加：乙")
    assert commit == Git(repository).head()
    assert names(repository) == ["乙.yml"]
    assert "A  别人的.yml" in git(repository, "-c", "core.quotePath=false", "status", "--porcelain")


def test_a_commit_of_paths_that_did_not_change_is_none(repository: Path) -> None:
    before = Git(repository).head()
    assert Git(repository).commit(["甲.yml"], "无") == ""
    assert Git(repository).commit([], "无") == ""
    assert Git(repository).head() == before


@pytest.mark.parametrize(
    "name",
    ["投诉 “加急”.yml", 'a"b.yml', "it's.yml", "back\\slash.yml", "星*号.yml", ":(top)反馈.yml", "[甲].yml", "-n.yml"],
)
def test_a_file_name_is_a_name_and_never_a_pattern_or_an_option(repository: Path, name: str) -> None:
    (repository / name).write_text("新\n", encoding="utf-8")
    (repository / "星星号.yml").write_text("别提交\n", encoding="utf-8")
    assert Git(repository).commit([name], "添加")
    assert names(repository) == [name]
    assert Git(repository).tree("HEAD")[name] == "新\n".encode()


def test_variables_of_a_hook_lead_no_command_astray(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    (repository / "乙.yml").write_text("新\n", encoding="utf-8")
    commit = Git(repository).commit(["乙.yml"], "添加")
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_WORK_TREE")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert git(repository, "rev-parse", "HEAD").strip() == commit
    assert not (other / "index").exists()


def test_a_commit_names_the_author_that_the_environment_names(repository: Path) -> None:
    (repository / "乙.yml").write_text("新\n", encoding="utf-8")
    Git(repository).commit(["乙.yml"], "添加")
    assert git(repository, "log", "-1", "--format=%an <%ae>").strip() == "He Miao <he.miao@desk.example>"


def test_a_repository_that_does_not_know_who_commits_says_what_to_set(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    git(repository, "config", "user.useConfigOnly", "true")
    (repository / "乙.yml").write_text("新\n", encoding="utf-8")
    with pytest.raises(GitFailed, match=r"user\.name and git config user\.email"):
        Git(repository).commit(["乙.yml"], "添加")


def test_the_tree_of_a_commit_shows_files_as_they_stood_without_symlinks(repository: Path) -> None:
    first = Git(repository).head()
    (repository / "甲.yml").write_text("改过\n", encoding="utf-8")
    (repository / "链接.yml").symlink_to("/etc/passwd")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=改")
    assert Git(repository).tree(first) == {"甲.yml": "甲\n".encode()}
    assert Git(repository).tree("main") == {"甲.yml": "改过\n".encode()}


@pytest.mark.parametrize("name", ["没有这个", "--output=/tmp/x", "", "HEAD~9"])
def test_a_commit_that_nothing_has_is_named(repository: Path, name: str) -> None:
    with pytest.raises(NoSuchCommit) as caught:
        Git(repository).tree(name)
    assert caught.value.name == name


def test_a_desk_in_a_folder_of_a_larger_repository_commits_too(repository: Path) -> None:
    desk = repository / "反馈台"
    (desk / "feedback").mkdir(parents=True)
    (desk / "feedback/甲.yml").write_text("一\n", encoding="utf-8")
    assert Git(desk).commit(["feedback/甲.yml"], "添加")
    assert names(repository) == ["反馈台/feedback/甲.yml"]
    assert Git(desk).tree("HEAD", "feedback") == {"feedback/甲.yml": "一\n".encode()}


def test_outside_a_repository_there_is_no_top_no_head_and_no_address(tmp_path: Path) -> None:
    alone = Git(tmp_path)
    assert (alone.top(), alone.head(), alone.email()) == (None, "", "")


def test_the_address_is_that_of_the_repository(repository: Path) -> None:
    git(repository, "config", "user.email", "何淼@desk.example")
    assert Git(repository).email() == "何淼@desk.example"
