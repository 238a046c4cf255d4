"""The calendars that the tests of this room speak about, as the policy files give them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_feedback.clock import Calendar

CALENDARS = Path(__file__).parents[2] / "policy" / "calendars"


def _pairs(spans: list[str]) -> list[list[str]]:
    return [span.split("-") for span in spans]


def _calendar(name: str) -> Calendar:
    plan: dict[str, Any] = yaml.load((CALENDARS / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)
    weekly = {day: _pairs(spans) for day, spans in plan["weekly"].items()}
    years = plan.get("years", {}).values()
    off = [day for year in years for day in year["off"]]
    makeup = {day: weekly[plan["makeup"]] for year in years for day in year["work"]}
    return Calendar(plan["zone"], weekly, off, makeup)


@pytest.fixture(scope="session")
def calendars() -> Mapping[str, Calendar]:
    return {"office": _calendar("office"), "plain": _calendar("plain"), "24x7": Calendar.always("Asia/Shanghai")}


@pytest.fixture(scope="session")
def office(calendars: Mapping[str, Calendar]) -> Calendar:
    return calendars["office"]
