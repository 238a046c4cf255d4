"""The JSON Schema for editors: it says of a file what the reader says, as far as a schema can."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from tests.sample_desk import PAYMENT, ROOT

from git_feedback.model.json_schema import item_schema, problem_schema

SAMPLES = sorted((ROOT / "feedback").glob("20*/*/*.yml"))


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 core as editors read it: only whole numbers, decimals and true or false are more than text."""


AsEditorsRead.yaml_implicit_resolvers = {}
for kind, form, first in (
    ("int", r"-?(0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("bool", r"(true|false)$", "tf"),
):
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(form), list(first))


def complaints(text: str) -> list[str]:
    schema = json.loads(item_schema("git feedback generate"))
    validator = jsonschema.Draft202012Validator(schema)
    return [error.message for error in validator.iter_errors(yaml.load(text, AsEditorsRead))]


def test_the_schema_is_a_schema_and_names_the_command_that_makes_it() -> None:
    text = item_schema("git feedback generate")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert "git feedback generate" in json.loads(text)["$comment"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_item_of_the_sample_fits_the_schema(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("text", "word"), [
    (PAYMENT.replace("channel: web-form\n", ""), "channel"),
    (PAYMENT + "状态: 已受理\n", "状态"),
    (PAYMENT + "rating: 6\n", "6"),
    (PAYMENT + "history:\n  - 处理: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n", "处理"),
    (PAYMENT + "history:\n  - note: {at: 2026-11-19T10:00:00+08:00, by: li.lei, text: 好}\n", "text"),
    (PAYMENT + "history:\n  - note: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n", "note"),
])  # fmt: skip
def test_a_file_that_is_no_item_is_underlined(text: str, word: str) -> None:
    found = complaints(text)
    assert found
    assert any(word in one for one in found)


@pytest.mark.parametrize("path", sorted((ROOT / "feedback/problems").glob("*.yml")), ids=lambda path: path.stem)
def test_the_schema_of_problem_records_takes_those_of_the_sample_and_underlines_others(path: Path) -> None:
    schema = json.loads(problem_schema("git feedback generate"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    text = path.read_text(encoding="utf-8")
    assert list(validator.iter_errors(yaml.load(text, yaml.BaseLoader))) == []
    for wrong in (
        f"{text}状态: 已解决\n",
        text.replace("causes:\n  ma", "causes:\n  wo"),
        text.replace("root:", "rot:"),
    ):
        assert list(validator.iter_errors(yaml.load(wrong, yaml.BaseLoader)))
