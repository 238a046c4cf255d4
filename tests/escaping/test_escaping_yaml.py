"""Whatever strangers wrote stands in item files as text, for us and for every other reader of YAML here."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from tests.hostile_desk import items, payloads

from git_feedback.model import Item
from git_feedback.notation import Plain, block, clean, flow_map, literal, scalar
from git_feedback.notation import read as read_notation
from git_feedback.store import read, write

LOADERS = [yaml.BaseLoader, yaml.SafeLoader, yaml.FullLoader, yaml.CSafeLoader, yaml.CBaseLoader]
CLOSED = {
    "received",
    "landed",
    "rating",
    "nps",
    "bytes",
    "at",
    "due",
    "until",
    "csat",
    "urgency",
    "impact",
    "progress",
    "amount",
}
"""What is typed by its form: moments, days, numbers, flags."""


@cache
def hostile_items() -> tuple[Item, ...]:
    return items()


def test_every_payload_in_every_field_reads_back_as_it_was_written() -> None:
    for payload, item in zip(payloads(), hostile_items(), strict=True):
        content = write(item)
        assert read(content) == item, payload
        assert write(read(content)) == content, payload


@pytest.mark.parametrize("loader", LOADERS)
def test_other_readers_see_the_same_text_and_no_number_date_or_truth(loader: Any) -> None:
    for item in hostile_items()[:: 1 if loader is yaml.CSafeLoader else 5]:
        told = yaml.load(write(item), loader)
        assert (told["title"], told["text"], told["area"], told["device"]) == (
            item.title,
            item.text,
            item.area,
            item.device,
        )
        assert told["attachments"][0]["name"] == item.attachments[0].name
        assert [next(iter(one)) for one in told.get("history", [])] == [event.verb for event in item.history]
        assert {type(value) for value in free(told)} == {str}


def free(told: object, name: str = "") -> Iterator[object]:
    """The scalars of a file that are no closed vocabulary."""
    if isinstance(told, dict):
        for key, value in told.items():
            assert isinstance(key, str)
            yield from free(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from free(value, name)
    elif name not in CLOSED:
        yield told


@pytest.mark.parametrize("payload", payloads())
def test_a_payload_fits_every_place_that_text_is_written_to(payload: str) -> None:
    said = clean(payload)
    for written in (
        f"x: {scalar(said)}\n" if "\n" not in said else "",
        f"x: {flow_map([('y', said), ('z', (said, Plain(1)))])}\n",
        block("x", said, 0),
        literal("x", said, 0),
    ):
        if written:
            told = read_notation(written.encode())
            assert isinstance(told, dict) and list(told) == ["x"]
            assert told["x"] in (said, {"y": said, "z": [said, "1"]})
            assert yaml.load(written, yaml.CSafeLoader) in ({"x": said}, {"x": {"y": said, "z": [said, 1]}})
