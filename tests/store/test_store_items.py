"""Items and their files: what is written reads back the same, and what is appended leaves everything else alone."""

import string
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import PAYMENT

from git_feedback.model import VERBS, Attachment, Event, Item, Point, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.model.fields import Prose
from git_feedback.model.item import Kept
from git_feedback.store import BadItem, append, entry, read, write

HOSTILE = (
    "18:00", "no", "3.10", "012", "0o14", "1_000", "1e3", "2024-13-45", "~", "null", "- x", "a: b", "a #b", "# 注释", "'", '"',
    "*锚", "&a", "!!str", "%YAML", "@", "`", "? ", "[", "]", "{", "}", ",", "<<", "---", "...", "|-", ">", " 前有空格", "后有空格 ",
    "付款失败,请处理: 谢谢", "“系统繁忙”", "𠮷野家", "👨‍👩‍👧", "é", "\t制表", "=1+1", "\\n", "é\u0301", "繁體字", "Ｆｕｌｌ", "0x1F", "+1", ".inf",
)  # fmt: skip
FORBIDDEN = "\x7f\u2028\u2029\ufeff\ufffe\uffff"
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters=FORBIDDEN) | st.sampled_from(
    "\t ,:#{}"
)


def lines(most: int) -> st.SearchStrategy[str]:
    return st.sampled_from(HOSTILE) | st.text(CHARACTERS, min_size=1, max_size=most)


def words() -> st.SearchStrategy[str]:
    return st.lists(lines(30) | st.just(""), min_size=1, max_size=5).map("\n".join).filter(bool)


TOKENS = st.from_regex(r"[a-z0-9][a-z0-9._/-]{0,20}", fullmatch=True) | st.sampled_from(
    ["no", "012", "1e3", "2024-01-01", "null"]
)
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
FIRST, LAST = datetime.fromisoformat("2000-01-03"), datetime.fromisoformat("2099-12-28")
MOMENTS = st.datetimes(FIRST, LAST, timezones=OFFSETS | st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0, fold=0)
)
IDS = st.builds(
    ids.from_bits,
    st.sampled_from(["Q", "FB"]),
    st.dates(date(2000, 1, 3), date(2099, 12, 28)),
    st.integers(0, 2**30 - 1),
)
PATHS = st.from_regex(r"attachments/[0-9a-f]{2}/[0-9a-f]{4,9}\.[a-z0-9]{1,5}", fullmatch=True)
DEGREES = st.decimals(-90, 90, places=6).map(float)


def values(kind: Any, marks: tuple[object, ...] = ()) -> st.SearchStrategy[Any]:
    """What a field of an event may hold, read off its type."""
    if get_origin(kind) is Annotated:
        return values(get_args(kind)[0], (*marks, *get_args(kind)[1:]))
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if type(None) in get_args(kind):
        return st.none() | values(get_args(kind)[0])
    if kind is int:
        return st.integers(1, 5)
    if kind is bool:
        return st.booleans()
    if kind is datetime:
        return MOMENTS
    if kind is date:
        return st.dates()
    assert kind is str
    if "attachments" in repr(marks):
        return PATHS
    return words() if Prose() in marks else IDS if "ids" in repr(marks) or "_item_id" in repr(marks) else TOKENS


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    fields = {
        name: words()
        if Prose() in field.metadata
        else IDS
        if name == "of"
        else st.lists(IDS, max_size=3).map(tuple)
        if name == "into"
        else values(field.annotation, tuple(field.metadata))
        for name, field in kind.model_fields.items()
        if name != "verb"
    }
    return st.builds(kind, **fields)


EVENTS = st.one_of([events_of(kind) for verb, kind in VERBS.items() if verb != "erase"])
"""Events of every kind but an erasure: an item that has one has no words, and its merging has laws of its own."""
SUBMITTERS = st.builds(
    Submitter,
    kind=st.sampled_from([None, "new", "anonymous"]),
    ref=st.none() | st.text("0123456789abcdef", min_size=8, max_size=12),
    hint=st.none() | lines(20),
    sealed=st.none() | words(),
)
ATTACHMENTS = st.builds(
    Attachment,
    file=st.builds(
        Kept,
        path=PATHS,
        bytes=st.integers(0, 9**9),
    ),
    name=st.none() | lines(20),
)
ITEMS = st.builds(
    Item,
    id=IDS,
    received=MOMENTS,
    landed=st.none() | MOMENTS,
    record=st.sampled_from([None, "history"]),
    channel=TOKENS,
    source=st.none() | lines(30),
    language=st.sampled_from([None, "zh", "en", "no", "zh-Hans"]),
    title=lines(40),
    text=st.none() | words(),
    submitter=st.none() | SUBMITTERS,
    product=st.none() | lines(20),
    area=st.none() | lines(20),
    device=st.none() | lines(20),
    point=st.none() | st.builds(Point, lat=DEGREES, lon=DEGREES),
    rating=st.none() | st.integers(1, 5),
    nps=st.none() | st.integers(0, 10),
    expected=st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    tags=st.lists(lines(12), max_size=3).map(tuple),
    attachments=st.lists(ATTACHMENTS, max_size=2).map(tuple),
    history=st.lists(EVENTS, max_size=4).map(tuple),
)


@settings(max_examples=150)
@given(ITEMS)
def test_reading_what_was_written_gives_the_same_item_and_writing_it_again_the_same_bytes(item: Item) -> None:
    written = write(item)
    again = read(written)
    assert again == item
    assert write(again) == written


@pytest.mark.parametrize("verb", VERBS)
def test_every_kind_of_event_survives_a_file(verb: str) -> None:
    @settings(max_examples=12)
    @given(events_of(VERBS[verb]))
    def survives(event: Event) -> None:
        assert read(append(PAYMENT.encode(), event)).history == (event,)

    survives()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_another_reader_would_take_for_something_else_stays_a_text(text: str) -> None:
    import yaml

    item = read(PAYMENT.encode()).model_copy(update={"title": text, "product": text, "tags": (text,)})
    written = write(item)
    assert read(written) == item
    elsewhere = yaml.safe_load(written.decode())
    assert (elsewhere["title"], elsewhere["product"], elsewhere["tags"]) == (text, text, [text])


@settings(max_examples=60)
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_an_append_grows_the_events_by_exactly_one_and_keeps_every_byte_before(events: list[Event]) -> None:
    source = PAYMENT.replace("title:", "# 何淼: 这条先别动\ntitle:").encode()
    for number, event in enumerate(events, 1):
        after = append(source, event)
        assert after.startswith(source)
        assert read(after).history[:-1] == read(source).history
        assert len(read(after).history) == number
        source = after
    assert "# 何淼: 这条先别动".encode() in source


def test_a_comment_at_the_end_of_the_history_stays_before_the_new_event() -> None:
    note = ev.Note(at=datetime(2026, 11, 19, 10, tzinfo=UTC), by="he.miao", text="顾客来电")
    once = append(PAYMENT.encode(), note) + "  # 已核对\n".encode()
    twice = append(once, note)
    assert twice == once + entry(note).encode()


@pytest.mark.parametrize("source", [
    PAYMENT.rstrip("\n"),
    PAYMENT + "history: [{note: {at: 2026-11-19T10:00:00+08:00, by: li.lei}, text: 好}]\n",
    "history:\n  - note: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n    text: 好\n" + PAYMENT,
])  # fmt: skip
def test_a_file_without_the_form_for_it_is_not_appended_to(source: str) -> None:
    event = ev.Accept(at=datetime(2026, 11, 19, 10, tzinfo=UTC), by="he.miao")
    with pytest.raises(BadItem) as caught:
        append(source.encode(), event, file="甲.yml")
    assert [one.code for one in caught.value.problems] == ["not-appendable"]
    assert "甲.yml:" in str(caught.value)


def test_an_append_to_a_file_with_crlf_ends_its_lines_the_same_way() -> None:
    event = ev.Accept(at=datetime(2026, 11, 19, 10, tzinfo=UTC), by="he.miao")
    after = append(PAYMENT.replace("\n", "\r\n").encode(), event)
    assert after.count(b"\n") == after.count(b"\r\n")
    assert read(after).history == (event,)


def test_closed_vocabulary_stands_in_braces_on_one_line_and_words_below() -> None:
    event = ev.Respond(
        at=datetime(2026, 11, 22, 2, 20, tzinfo=UTC),
        by="li.lei",
        channel="phone",
        progress=True,
        text="您好,已定位: 今天修复。\n谢谢",
    )
    assert entry(event) == (
        "  - respond: {at: 2026-11-22T02:20:00+00:00, by: li.lei, channel: phone, progress: true}\n"
        "    text: |-\n      您好,已定位: 今天修复。\n      谢谢\n"
    )


def test_an_item_is_written_in_one_order_with_its_history_last() -> None:
    shuffled = "".join(reversed([f"{line}\n" for line in PAYMENT.split("text: |-")[0].splitlines()]))
    keys = [line.split(":")[0] for line in write(read(shuffled.encode())).decode().splitlines()]
    assert keys == ["id", "received", "channel", "source", "language", "title"]


def test_a_point_keeps_its_digits() -> None:
    item = read(PAYMENT.encode() + b"point: {lat: 31.23041600, lon: -0.5}\n")
    assert item.point == Point(lat=31.230416, lon=-0.5)
    assert b"point: {lat: 31.230416, lon: -0.5}\n" in write(item)
    assert Decimal("31.230416") == Decimal(str(item.point.lat))


def test_strange_characters_are_never_written() -> None:
    item = read(PAYMENT.encode()).model_copy(update={"title": "支付\u2028id: 1"})
    with pytest.raises(ValueError, match=r"U\+2028"):
        write(item)


def test_the_alphabet_of_tokens_is_written_plain() -> None:
    event = ev.Assign(at=datetime(2026, 11, 22, tzinfo=UTC), by="he.miao", department="app", owner="fang.yu")
    assert set(entry(event)) <= {*string.ascii_letters, *string.digits, *" -:{},.+\n"}
