"""What confirmed items teach: from people's words only, kept beside the repository, anew when they change."""

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from tests.jobs.taught_desk import MOMENT, SAID, confirmed, lessons, put, submission, taught
from tests.sample_desk import Sample, git, policy

from git_feedback.desk import Standing, standings
from git_feedback.jobs import learning, triaging
from git_feedback.jobs.deciding import Deciding, advice
from git_feedback.jobs.learning import Learned, examples, learned
from git_feedback.jobs.reading import Whole, whole
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.triage import Suggestion


def there(desk: Sample) -> Sequence[Standing]:
    return standings(whole(desk.root, MOMENT).items, policy(), MOMENT)


def teach(desk: Sample) -> Learned | None:
    return learned(desk.root, there(desk), policy())


def kept(desk: Sample) -> list[Path]:
    return sorted((desk.root / ".git" / "git-feedback" / "learned").glob("*"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "He Miao")
            patch.setenv(f"GIT_{role}_EMAIL", "he.miao@desk.example")
        return taught(tmp_path_factory.mktemp("desk"))


def suggest(desk: Sample, item: Item) -> Suggestion:
    return Deciding(desk.root, policy(), there(desk)).suggest(item, MOMENT)


def test_only_a_category_that_a_person_confirmed_teaches() -> None:
    machine, person = confirmed(1, "product/bug", "页面空白", by="rules"), confirmed(2, "product/bug", "停住不动")
    erased = confirmed(3, "product/bug", "已删除")
    gone = ev.Erase(at=MOMENT, by="he.miao", request="1")
    erased = erased.model_copy(update={"history": (*erased.history, gone)})
    fresh = submission(4, "自己退回桌面")
    found = examples(standings([machine, person, erased, fresh], policy(), MOMENT))
    assert [(one.id, one.label) for one in found] == [(person.id, "product/bug")]


@pytest.mark.parametrize(("many", "by"), [(49, "he.miao"), (60, "rules"), (60, "intake")])
def test_too_few_confirmed_items_teach_nothing(tmp_path: Path, many: int, by: str) -> None:
    found = standings(lessons(many, by), policy(), MOMENT)
    assert learned(tmp_path, found, policy()) is None


def test_items_of_one_category_alone_teach_nothing(tmp_path: Path) -> None:
    found = standings([confirmed(n, "product/bug", f"页面空白 {n}") for n in range(60)], policy(), MOMENT)
    assert learned(tmp_path, found, policy()) is None


def test_a_model_that_does_better_decides_with_its_reason_and_its_confidence(desk: Sample) -> None:
    found = suggest(desk, submission(900, "想把钱要回来，拖了很久", hours=1))
    assert found.event
    assert (found.event.by, found.event.category) == ("model", "service/refund")
    assert found.event.because
    assert found.event.because.startswith("n-grams ")
    assert "钱" in found.event.because
    assert f"confidence {found.confidence:.2f}" in found.event.because
    assert found.confidence is not None
    assert found.confidence >= learning.LEAST
    assert (found.level, found.department) == ("P2", policy().categories["service/refund"].department)


def test_what_it_is_not_sure_of_waits_for_a_human_with_what_it_may_be(desk: Sample) -> None:
    found = suggest(desk, submission(901, "随便说两句", hours=1))
    assert found.event is None
    assert found.candidates
    assert {one.category for one in found.candidates} <= set(SAID)
    assert all(one.confidence is not None and one.confidence < 0.9 for one in found.candidates)


def test_words_of_an_alarm_and_rare_categories_stay_with_the_rules(desk: Sample) -> None:
    for title, category in (("想把钱要回来，插座起火了", "complaint/safety"), ("发票抬头写错了", "process/invoice")):
        found = suggest(desk, submission(902, title, hours=1))
        assert found.event
        assert (found.event.by, found.event.category, found.confidence) == ("rules", category, None)


def test_an_alarm_raises_what_the_model_decides(desk: Sample) -> None:
    found = suggest(desk, submission(903, "想把钱要回来，要起诉你们", hours=1))
    assert found.event
    assert found.event.urgency == 5


def test_what_was_learned_is_kept_without_a_word_and_not_committed(desk: Sample) -> None:
    assert suggest(desk, submission(904, "页面空白", hours=1)).event
    files = kept(desk)
    assert [file.suffix for file in files] == [".json", ".npz"]
    told = files[0].read_text(encoding="utf-8")
    assert not any(word in told for words in SAID.values() for word in words)
    assert git(desk.root, "status", "--porcelain") == ""
    before = [file.stat().st_mtime_ns for file in files]
    assert suggest(desk, submission(905, "页面空白", hours=1)).event
    assert [file.stat().st_mtime_ns for file in kept(desk)] == before


def test_a_new_word_of_a_person_makes_it_learn_anew(tmp_path: Path) -> None:
    desk = taught(tmp_path)
    teach(desk)
    first = kept(desk)
    put(desk, confirmed(800, "service/refund", "钱退错卡了吧"))
    teach(desk)
    assert len(kept(desk)) == 1
    assert kept(desk) != first[:1]


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"[]", b'{"items": 1}', b"\xff\xfe"])
def test_what_was_kept_and_cannot_be_read_is_learned_anew(desk: Sample, rubbish: bytes) -> None:
    teach(desk)
    for file in kept(desk):
        file.write_bytes(rubbish)
    found = teach(desk)
    assert found
    assert found.verdict.items == 60
    assert found.of(submission(906, "页面空白"))[0].category == "product/bug"


def test_no_number_and_no_address_gets_into_a_reason() -> None:
    told = ("订单 20261120", "a@b.example", "钱;还没", "回\n来", "很" * 50, "")
    assert learning._shown(told) == ("钱 还没", "回 来", "很" * 20)


def test_a_person_is_never_overruled_and_triage_writes_by_model(tmp_path: Path) -> None:
    desk = taught(tmp_path)
    new, mine = submission(907, "想把钱要回来", hours=1), confirmed(908, "product/bug", "想把钱要回来")
    put(desk, new, mine)
    ran = desk.run("triage", "--lang", "zh")
    assert ran.code == 0, ran.err
    assert "其中 1 件由模型" in ran.err
    found: Whole = whole(desk.root, MOMENT)
    history = {one.id: one.history for one in found.items}
    assert [event.by for event in history[new.id]] == ["model"]
    assert [event.by for event in history[mine.id]] == ["he.miao"]
    assert desk.run("check").code == 0
    assert triaging.suggestions(found, MOMENT, root=desk.root) == []


def test_advice_is_given_for_new_items_and_only_where_something_was_learned(desk: Sample) -> None:
    new = submission(909, "页面空白", hours=1)
    found = [*there(desk), *standings([new], policy(), MOMENT)]
    given = advice(desk.root, policy(), found)
    assert list(given) == [new.id]
    assert given[new.id][0].category == "product/bug"
    assert advice(desk.root, policy(), standings([new], policy(), MOMENT)) == {}
