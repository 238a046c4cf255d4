"""Issues, forms, items, mappings and attachments, and the whole way in: made worse, they end in items that `check` accepts or in a clean refusal.

Each case within a second and 200 MB.  tests/fuzz/shooting.py says how many.
"""

from collections.abc import Iterator

import pytest
from tests.fuzz.aims import AIMS
from tests.fuzz.shooting import WHOLE_WAY, Shooting, shot_at, worker

from git_feedback.intake import FORMATS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shoot() -> Iterator[Shooting]:
    with worker() as shooting:
        yield shooting


@pytest.mark.parametrize("aim", (*(name for name in AIMS if name not in FORMATS), WHOLE_WAY))
def test_what_comes_in_broken_is_an_item_or_a_refusal(shoot: Shooting, aim: str) -> None:
    shot_at(shoot, aim)
