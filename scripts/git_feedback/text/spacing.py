"""Words that somebody pulled apart so that nobody finds them: `退 款`, `紧.急`, `r.e.f.u.n.d`, `re-fund`."""

import re
from functools import lru_cache

from git_feedback.text.characters import HAN

_BETWEEN = r"[ .·・•*_\-~/|+]{1,2}"
_HAN_APART = re.compile(rf"(?<=[{HAN}]){_BETWEEN}(?=[{HAN}])")
# Three letters at least, each alone: `a b` and `i. e.` are no word.
_LETTERS_APART = re.compile(rf"(?<![a-z0-9])[a-z](?:{_BETWEEN}[a-z](?![a-z0-9])){{2,}}")
_PARTS_APART = re.compile(r"(?<=[a-z])[-.·*_](?=[a-z])")
_SIGNS = re.compile(_BETWEEN)


@lru_cache(maxsize=64)
def joined(text: str) -> str:
    """The folded text with letters and Han characters that stand apart put together; the same text where none do."""
    whole = _HAN_APART.sub("", text)
    whole = _LETTERS_APART.sub(lambda found: _SIGNS.sub("", found[0]), whole)
    whole = _PARTS_APART.sub("", whole)
    return text if whole == text else whole
