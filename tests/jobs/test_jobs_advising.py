"""Advice is worked out again when what it comes from changes, and taken as it was kept when nothing did."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from tests.jobs.taught_desk import MOMENT, confirmed, put, submission, taught
from tests.sample_desk import Sample, policy

from git_feedback.desk import standings
from git_feedback.jobs import deciding
from git_feedback.jobs.advising import Advice, advice
from git_feedback.jobs.reading import whole


def advised(desk: Sample, place: Path) -> Advice:
    return advice(desk.root, policy(), standings(whole(desk.root, MOMENT).items, policy(), MOMENT), place)


def test_advice_is_kept_until_something_it_comes_from_changes(tmp_path: Path) -> None:
    desk, place = taught(tmp_path / "台"), tmp_path / "out" / "advice.json"
    assert advised(desk, place) == {} and not place.exists()
    put(desk, submission(900, "寄出五天还在路上，楼下没人放件"))
    first = advised(desk, place)
    found = standings(whole(desk.root, MOMENT).items, policy(), MOMENT)
    assert first and first == deciding.advice(desk.root, policy(), found)
    kept = json.loads(place.read_bytes())
    (one,) = kept["advice"]
    kept["advice"][one][0][0] = "product/bug-as-kept"
    place.write_text(json.dumps(kept), encoding="utf-8")
    assert advised(desk, place)[one][0].category == "product/bug-as-kept"
    put(desk, confirmed(901, "service/refund", "钱还没回到卡里，甲号"))
    assert advised(desk, place)[one][0].category != "product/bug-as-kept"


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b'{"key": 1}', b"\xff"])
def test_advice_that_cannot_be_read_is_worked_out_again(tmp_path: Path, harm: bytes) -> None:
    desk, place = taught(tmp_path / "台"), tmp_path / "advice.json"
    put(desk, submission(900, "寄出五天还在路上"))
    place.write_bytes(harm)
    assert advised(desk, place)
    assert b'"advice"' in place.read_bytes()


def test_where_nothing_is_new_no_advice_of_earlier_is_left(tmp_path: Path) -> None:
    desk, place = taught(tmp_path / "台"), tmp_path / "advice.json"
    place.write_text('{"advice": {"Q1": [["service/refund", ["早先的话"], 0.9]]}}', encoding="utf-8")
    assert advised(desk, place) == {}
    assert not place.exists()
