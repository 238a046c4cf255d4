"""Mails, conversations, sheets of boxes and whatever else comes without a mapping: made worse, they end in items that `check` accepts or in a clean refusal.

Each case within a second and 200 MB.  tests/fuzz/shooting.py says how many.
"""

from collections.abc import Iterator

import pytest
from tests.fuzz.shooting import Shooting, shot_at, worker

from git_feedback.intake import FORMATS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shoot() -> Iterator[Shooting]:
    with worker() as shooting:
        yield shooting


@pytest.mark.parametrize("aim", tuple(name for name, form in FORMATS.items() if not form.maps))
def test_what_comes_in_broken_is_an_item_or_a_refusal(shoot: Shooting, aim: str) -> None:
    shot_at(shoot, aim)
