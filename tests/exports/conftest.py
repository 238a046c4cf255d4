"""What the tests of exports share."""

import pytest
from tests.exports.star_sample import sample_star

from git_feedback.exports.star import Star


@pytest.fixture(scope="session")
def sample() -> Star:
    """The sample desk, and one item with words that would compute."""
    return sample_star()
