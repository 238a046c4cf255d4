"""Words of people in Chinese and English: made comparable, searched, measured and shown.  Never heard of feedback."""

from git_feedback.text.characters import HAN, is_invisible
from git_feedback.text.encodings import as_chinese
from git_feedback.text.folding import fold
from git_feedback.text.negation import negated
from git_feedback.text.searching import find
from git_feedback.text.showing import visible
from git_feedback.text.spacing import joined
from git_feedback.text.width import display_width, graphemes, shorten
from git_feedback.text.words import language, terms, words

__all__ = [
    "HAN",
    "as_chinese",
    "display_width",
    "find",
    "fold",
    "graphemes",
    "is_invisible",
    "joined",
    "language",
    "negated",
    "shorten",
    "terms",
    "visible",
    "words",
]
