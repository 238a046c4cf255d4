"""The issue form: fit for its host, in both languages, without a question for contact data."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.sample_desk import environment, policy

from git_feedback.intake.issue_form import forms
from git_feedback.jobs import generating
from git_feedback.policy import Name


@pytest.fixture
def form() -> dict[str, Any]:
    loaded = yaml.safe_load(forms(policy(), "git feedback generate")["feedback.yml"])
    assert isinstance(loaded, dict)
    return loaded


def fields(form: dict[str, Any]) -> dict[str, Any]:
    return {part["id"]: part for part in form["body"] if "id" in part}


@pytest.mark.parametrize(("name", "schema"), [("feedback.yml", "issue-forms"), ("config.yml", "issue-config")])
def test_a_form_fits_the_schema_of_its_host(tmp_path: Path, name: str, schema: str) -> None:
    (tmp_path / name).write_text(forms(policy(), "git feedback generate")[name], encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.github-{schema}",
        str(tmp_path / name),
    ]
    done = subprocess.run(command, capture_output=True, check=False, env=environment({}))
    assert done.returncode == 0, done.stdout.decode()


def test_a_form_names_the_policy_and_the_command_that_make_it() -> None:
    first = forms(policy(), "git feedback generate")["feedback.yml"].splitlines()[0]
    assert first == "# Made from policy/categories.yml by `git feedback generate`: change it there."


def test_every_label_is_in_both_languages(form: dict[str, Any]) -> None:
    for field in fields(form).values():
        chinese, slash, english = field["attributes"]["label"].partition(" / ")
        assert slash
        assert not chinese.isascii()
        assert english.isascii()


def test_every_category_can_be_chosen_once(form: dict[str, Any]) -> None:
    options = fields(form)["kind"]["attributes"]["options"]
    assert {f"{one.name.zh} / {one.name.en}" for one in policy().categories.values()} <= set(options)
    assert len(set(options)) == len(options)


def test_options_that_are_digits_stay_texts(form: dict[str, Any]) -> None:
    assert fields(form)["rating"]["attributes"]["options"] == ["1", "2", "3", "4", "5"]


def test_no_field_asks_how_to_reach_somebody(form: dict[str, Any]) -> None:
    words = (
        "contact",
        "phone",
        "mail",
        "mobile",
        "wechat",
        "address",
        "联系",
        "电话",
        "手机",
        "邮箱",
        "微信",
        "地址",
        "姓名",
    )
    for name, field in fields(form).items():
        said = f"{name} {field['attributes']['label']}".casefold()
        assert not any(word in said for word in words), said
    assert "请勿在此填写电话" in form["body"][0]["attributes"]["value"]


def test_a_category_named_with_strange_signs_stays_one_option() -> None:
    first, *others = policy().categories.values()
    strange = first.model_copy(update={"name": Name(en='a: "b" # c', zh="- 支付，[退款]: 'x'")})
    changed = replace(policy(), categories={one.id: one for one in (strange, *others)})
    loaded = yaml.safe_load(forms(changed, "x")["feedback.yml"])
    assert fields(loaded)["kind"]["attributes"]["options"][0] == "- 支付，[退款]: 'x' / a: \"b\" # c"


def test_a_stale_form_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    written = generating.write_down(tmp_path, policy())
    assert ".github/ISSUE_TEMPLATE/feedback.yml" in written
    assert list(generating.stale(tmp_path, policy())) == []
    assert generating.write_down(tmp_path, policy()) == []
    (tmp_path / ".github/ISSUE_TEMPLATE/feedback.yml").write_text("name: 手改的\n", encoding="utf-8")
    (tmp_path / "policy/schema/item.json").unlink()
    found = list(generating.stale(tmp_path, policy()))
    assert [(one.file, one.code) for one in found] == [
        (".github/ISSUE_TEMPLATE/feedback.yml", "stale-file"), ("policy/schema/item.json", "stale-file"),
    ]  # fmt: skip
    assert all("git feedback generate" in one.said(language) for one in found for language in ("en", "zh"))


def test_line_ends_of_another_system_do_not_make_a_form_stale(tmp_path: Path) -> None:
    generating.write_down(tmp_path, policy())
    path = tmp_path / ".github/ISSUE_TEMPLATE/feedback.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert list(generating.stale(tmp_path, policy())) == []
