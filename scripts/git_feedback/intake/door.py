"""The door: every word of a stranger passes here before it is kept.

Contact data in free text is masked, characters that no file may hold become visible, lines end in one way.
"""

from git_feedback.notation import clean
from git_feedback.privacy import mask


def safe(text: str) -> str:
    """`text` as it may be kept in Git: nothing forbidden in it, nobody's number or address."""
    return mask(clean(text)).text.strip()
