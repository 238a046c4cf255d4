"""The door: every word of a stranger passes here before it is kept.

Contact data in free text is masked, characters that no file may hold become visible, lines end in one way.
"""

from collections.abc import Mapping

from git_feedback.notation import clean
from git_feedback.privacy import mask


def safe(text: str) -> str:
    """`text` as it may be kept in Git: nothing forbidden in it, nobody's number or address."""
    return mask(clean(text)).text.strip()


def masked_in(said: Mapping[str, str]) -> dict[str, str]:
    """Of fields and their words as they came, those in which the door masks something: to be sealed as they are."""
    return {name: words.strip() for name, words in said.items() if words and mask(clean(words)).kinds}
