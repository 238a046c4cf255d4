"""What broken files once did here: each stays found."""

import json
from datetime import timedelta
from random import Random

import pytest
from tests.fuzz import seeds
from tests.fuzz.limits import NOW, came_in, plain, remarked
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES, halves
from git_feedback.intake import FORMATS, Row, Source, load_mapping
from git_feedback.jobs.taking_in import turned_away
from git_feedback.model import Problem, Submission
from git_feedback.privacy.attachments import Limits, Refused, admit
from git_feedback.triage.screening import Suspicion


def rows(name: str, content: bytes, mapping: bytes | None = None) -> list[Row]:
    columns = None if mapping is None else load_mapping(mapping, "map.yml")
    return list(FORMATS[name].read(Source(content, "x", policy(), NOW, columns)))


def test_half_a_character_in_a_conversation_has_a_key_all_the_same() -> None:
    said = [{"session": "", "time": "2026-11-20 10:31:05", "sender": "\ud800", "role": "customer", "content": "用不了"}]
    found = rows("chat", json.dumps(said).encode())
    came_in(found, Random(1))
    assert [row.submission.source[:5] for row in found if row.submission and row.submission.source] == ["chat:"]


def test_half_a_character_as_a_rating_is_refused_with_its_row() -> None:
    given = json.dumps([{**seeds.OWN[0], "stars": "\ud800"}]).encode()
    (row,) = rows("json", given, seeds.OWN_MAP)
    assert row.submission is None
    remarked(row.remarks)


def test_a_number_of_a_note_that_no_file_can_hold_is_refused() -> None:
    found = rows("paper-box", seeds.SHEET.replace("1,二楼", "1\x1b[31m,二楼").encode())
    assert [one.code for row in found for one in row.remarks if row.submission is None] == ["box-unreadable-note"]
    assert sum(row.submission is not None for row in found) == 1


@pytest.mark.parametrize("days", [-1, 1, 400])
def test_what_lies_in_the_future_is_turned_away(days: int) -> None:
    said = Submission(received=NOW + timedelta(days=days), channel="partner", source="A-1", title="付款报错")
    reasons = turned_away(Row(1, said), policy(), NOW)
    assert [one.code for one in reasons] == (["future-time"] if days > 0 else [])
    remarked(reasons)


def test_a_key_that_the_policy_does_not_allow_is_turned_away() -> None:
    said = Submission(received=NOW, channel="partner", source="x" * 250, title="付款报错")
    reasons = turned_away(Row(1, said), policy(), NOW)
    assert [one.code for one in reasons] == ["bad-form"]
    remarked(reasons)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xff\xfe", b""])
def test_a_file_of_which_nothing_is_left_is_refused(content: bytes) -> None:
    found = admit(content, Limits())
    assert isinstance(found, Refused)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_one_line_whatever_was_given(language: str) -> None:
    hostile = "甲\n::error::\u2028乙\r\x1b[31m\u202e\ud800"
    plain("; ".join(halves("unknown-channel", language, given=hostile, known=(hostile, "web"))))
    problem = Problem(f"feedback/{hostile}.yml", 1, 1, "unknown-channel", {"given": hostile, "known": (hostile,)})
    plain(problem.said(language))
    problem.said(language).encode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suspicion_that_counts_can_be_said(language: str) -> None:
    assert "7" in Suspicion("spam", "links", "suspect-links", {"n": 7}).said(language)
    assert "20" in Suspicion("spam", "per-author", "suspect-per-author", {"n": 21, "most": 20}).said(language)
