"""Landing: identity first, then an id; and what a proposal of policy entries looks like."""

from datetime import UTC, datetime

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback import notation
from git_feedback.intake import TABLES, ColumnMapping, Source, Taken, land, load_mapping
from git_feedback.intake.door import safe
from git_feedback.intake.tables.adopting import proposal
from git_feedback.model import Bad, Submission, ids
from git_feedback.model import events as ev
from git_feedback.policy import load

NOW = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)


def submission(**changed: object) -> Submission:
    facts = {
        "received": "2026-11-19T09:31:00+08:00",
        "channel": "wechat",
        "source": "单 1",
        "title": "支付页面报错",
        **changed,
    }
    return Submission.model_validate(facts)


def no_bits() -> int:
    raise AssertionError("nobody should ask for chance")


def test_the_same_channel_and_source_are_the_same_item_whatever_else_changed() -> None:
    taken = Taken()
    first, is_new = land(submission(), policy(), taken, NOW, no_bits)
    again, is_new_again = land(
        submission(title="改了标题", received="2026-11-20T09:31:00+08:00"), policy(), taken, NOW, no_bits
    )
    assert (is_new, is_new_again) == (True, False)
    assert again.id == first.id


def test_a_known_submission_gives_what_it_says_now_under_the_id_that_is_stored() -> None:
    taken = Taken()
    stored, _ = land(submission(), policy(), taken, NOW, no_bits)
    again, is_new = land(submission(title="改了的标题"), policy(), taken, NOW, no_bits)
    assert not is_new
    assert (again.id, again.title) == (stored.id, "改了的标题")


def test_without_a_source_every_submission_is_its_own_item_with_an_id_by_chance() -> None:
    taken, bits = Taken(), iter([7, 7, 8])
    first, _ = land(submission(source=None), policy(), taken, NOW, lambda: next(bits))
    second, is_new = land(submission(source=None), policy(), taken, NOW, lambda: next(bits))
    assert is_new
    assert first.id == ids.from_bits("Q", first.received.date(), 7)
    assert second.id == ids.from_bits("Q", first.received.date(), 8)


def test_a_file_that_needs_repair_is_still_the_item_that_it_was() -> None:
    there, _ = land(submission(), policy(), Taken(), NOW, no_bits)
    again, is_new = land(submission(), policy(), Taken(unreadable={there.id}), NOW, no_bits)
    assert not is_new
    assert again.id == there.id


def test_another_item_on_the_same_id_makes_the_new_one_hash_again() -> None:
    there, _ = land(submission(), policy(), Taken(), NOW, no_bits)
    new, is_new = land(submission(), policy(), Taken(ids={there.id}), NOW, no_bits)
    assert is_new
    assert new.id != there.id


def test_the_date_of_an_id_is_the_day_in_the_zone_of_the_desk() -> None:
    item, _ = land(submission(received="2026-11-18T16:00:00Z"), policy(), Taken(), NOW, no_bits)
    assert item.id.startswith("Q261119-")
    assert item.landed == NOW


def test_a_category_of_the_source_weighs_what_the_policy_says() -> None:
    classify = ev.Classify(at=NOW, by="import", category="complaint/safety", urgency=1, impact=1)
    item, _ = land(submission(history=(classify,)), policy(), Taken(), NOW, no_bits)
    (event,) = item.history
    assert isinstance(event, ev.Classify)
    assert (event.urgency, event.impact) == (5, 5)


def test_nothing_of_a_stranger_passes_the_door_unseen() -> None:
    assert (
        safe("  打 13812345678\r\n写 lilei@example.com\u202e\u2028 ")
        == "打 138****5678\n写 l***@example.com\u202e[U+2028]"
    )


MAP = """\
name: 门店表格
columns: {source: 编号, received: 时间, channel: 渠道, title: 标题, product: 类别, department: 部门}
channels:
  - {when: {渠道: 电话}, gives: phone}
"""
TABLE = """\
编号,时间,渠道,标题,类别,部门
1,2026-11-19T09:31:00Z,电话,甲,Parking "Lot",总部
2,2026-11-19T09:31:00Z,传真,乙,停车,总部
3,2026-11-19T09:31:00Z,传真,丙,Parking-Lot,support
4,2026-11-19T09:31:00Z,"{a: b}, # 坏",丁,停车,
5,太短
"""


def proposed(content: bytes, mapping: ColumnMapping | None = None) -> str:
    columns = mapping or load_mapping(MAP.encode(), "m")
    return proposal(TABLES["csv"](Source(content, "表.csv", policy(), NOW, columns)), columns, policy())


def test_a_proposal_adds_to_the_policy_what_the_mapping_does_not_name() -> None:
    text = proposed(TABLE.encode())
    shelves = notation.read(text.encode())
    assert isinstance(shelves, dict)
    files = policy_files()
    for shelf, file in (("channels", "channels"), ("categories", "categories")):
        entries = text.split(f"\n{shelf}:\n" if not text.startswith(f"# policy: {shelf}") else f"{shelf}:\n", 1)[
            1
        ].split("# mapping", 1)[0]
        name = f"policy/{file}.yml"
        files[name] = files[name].replace(f"{shelf}:\n".encode(), f"{shelf}:\n{entries}".encode(), 1)
    departments = text.split("\ndepartments:\n", 1)[1].split("# mapping", 1)[0]
    files["policy/people.yml"] = files["policy/people.yml"].replace(
        b"departments:\n", b"departments:\n" + departments.encode(), 1
    )
    loaded = load(files)
    assert [problem.said("zh") for problem in loaded.problems] == []
    assert loaded.policy
    assert {"传真", "{a: b}, # 坏"} <= {channel.name.zh for channel in loaded.policy.channels.values()}
    assert {"停车", 'Parking "Lot"', "Parking-Lot"} <= {
        category.name.zh for category in loaded.policy.categories.values()
    }
    assert {"总部", "support"} <= {department.name.zh for department in loaded.policy.departments.values()}


def test_a_proposed_mapping_names_every_value_so_that_nothing_is_left_to_propose() -> None:
    text = proposed(TABLE.encode())
    lines = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if line.startswith(("# channels:", "# departments:", "# categories:", "#   - "))
    ]
    more = "\n".join(lines).replace("channels:\n", "", 1)
    adopted = load_mapping((MAP + more + "\n").encode(), "m")
    assert proposed(TABLE.encode(), adopted) == "# every value of the table has its place in the policy\n"


def test_the_most_frequent_value_comes_first_with_its_number_of_rows() -> None:
    text = proposed(TABLE.encode())
    channels = [line for line in text.splitlines() if line.startswith("  - {id: ")]
    assert "传真" in channels[0]
    assert channels[0].endswith("# 2 rows")


def test_a_proposal_from_a_file_of_another_encoding_is_refused_like_an_import() -> None:
    with pytest.raises(Bad, match="not-utf8"):
        proposed(TABLE.encode() + "Müller".encode("latin-1"))
