"""A target that is never used up is refused when the policy is read: no clock may search for its end for ever."""

import pytest
from tests.sample_desk import policy_files

from git_feedback.policy import load


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("target: 40h}", "target: 999999h}", "999999h"),
        ("{clock: info, target: 1wd}", "{clock: info, target: 99999wd}", "99999wd"),
        ("{clock: assess, level: [P0, P1], target: 24h@24x7}", "{clock: assess, target: 999999h@24x7}", "999999h@24x7"),
    ],
)
def test_a_target_that_is_never_used_up_is_one_line_with_place_and_way_out(old: str, new: str, said: str) -> None:
    files = policy_files()
    text = files["policy/sla.yml"].decode()
    changed = {**files, "policy/sla.yml": text.replace(old, new).encode()}
    found = load(changed)
    assert found.policy is None
    line = text[: text.index(old)].count("\n") + 1
    assert [(one.code, one.file, one.line) for one in found.problems] == [("endless-target", "policy/sla.yml", line)]
    for language in ("en", "zh"):
        assert said in found.problems[0].said(language)


def test_long_targets_that_end_are_taken() -> None:
    files = policy_files()
    text = files["policy/sla.yml"].decode().replace("target: 40h}", "target: 4000h}")
    assert load({**files, "policy/sla.yml": text.encode()}).policy
