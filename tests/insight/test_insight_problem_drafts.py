"""The draft of a problem record: counted, in both languages, without anybody's own words."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from tests.sample_desk import policy

from git_feedback.desk import Standing, standings
from git_feedback.insight.problem_drafts import draft, problem_id_of
from git_feedback.model.measures import Both
from git_feedback.model.problems import ProblemRecord
from git_feedback.store import read
from git_feedback.store.problems import read_problem, write_problem
from git_feedback.triage.recurring import recurring

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
NAMES = ("Q261120-GGHPCNW", "Q261120-QTG2XSH", "Q261120-HK3A6GX")
TEXT = "短信取件码一直没来，包裹在快递柜。"


def stood(texts: Sequence[str], area: str = "华东/苏州", classified: str = "service/logistics") -> list[Standing]:
    history = (
        f"history:\n  - classify: {{at: 2026-11-20T09:00:00+08:00, by: rules, category: {classified}, urgency: 3, impact: 3}}\n"
        if classified
        else ""
    )
    sources = [
        f"id: {name}\nreceived: 2026-11-20T08:{10 + n}:00+08:00\nchannel: wechat\nlanguage: zh\ntitle: 收不到快递柜取件码\n"
        f"text: {text}\narea: {area}\n{history}"
        for n, (name, text) in enumerate(zip(NAMES, texts, strict=False))
    ]
    return standings([read(source.encode()) for source in sources], policy(), NOW)


def drafted(found: list[Standing], *, grouped: bool = True) -> ProblemRecord:
    group = recurring([one.item for one in found], policy(), NOW)[0] if grouped else None
    return draft(problem_id_of(found), found, group, policy(), "he.miao", "zh")


def title(record: ProblemRecord) -> Both:
    assert isinstance(record.title, Both)
    return record.title


def test_what_can_be_counted_is_filled_in_and_the_rest_is_left_open() -> None:
    record = drafted(stood([TEXT] * 3))
    assert record.id == "P-261120-gghpcnw"
    assert (record.status, record.category, record.department) == ("open", "service/logistics", "logistics")
    assert record.since.isoformat() == "2026-11-20"
    assert record.five_w.who == "3 人反映"
    assert record.five_w.where == "华东/苏州 3"
    assert (record.five_w.how, record.whys, record.causes, record.root) == (None, (), {}, None)
    assert title(record).zh.startswith("物流配送：")
    assert title(record).en == "Delivery, 3 items"


def test_a_word_that_one_person_alone_said_is_in_no_title() -> None:
    found = stood([TEXT + "我叫李雷李雷李雷", TEXT])
    record = drafted(found)
    assert "李雷" not in write_problem(record).decode()


def test_items_without_group_and_without_category_get_a_plain_title() -> None:
    record = drafted(stood([TEXT], classified=""), grouped=False)
    assert (title(record).zh, title(record).en) == ("尚未分类，1 件", "Not classified yet, 1 items")
    assert (record.category, record.department) == (None, None)


@pytest.mark.parametrize("area", ["苏州 " * 20, "\u202e甲"])
def test_an_area_that_is_a_sentence_or_hides_something_does_not_act(area: str) -> None:
    written = write_problem(drafted(stood([TEXT] * 2, area=area.strip())))
    assert "\u202e".encode() not in written
    assert "苏州 苏州".encode() not in written


def test_a_draft_is_a_record_that_reads_back_the_same() -> None:
    record = drafted(stood([TEXT] * 3))
    assert read_problem(write_problem(record), f"feedback/problems/{record.id}.yml") == record
