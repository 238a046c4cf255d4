"""Whether two texts read the same: width, case, script, blanks and signs aside."""

from git_feedback.text import fold, words


def likewise(said: str) -> str:
    """A text as it is compared: its words, folded, with nothing between them."""
    return "".join(words(fold(said)))
