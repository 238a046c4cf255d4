"""Text of strangers into JSON.  The threat: a file that a browser takes for a page, or a script that it ends."""

import json
import re

from git_feedback.text.characters import invisible_class

_HIDDEN = re.compile(rf"[\x7f-\x9f\u2028\u2029\ud800-\udfff{invisible_class()}]")
_RISKY = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def json_file(value: object) -> str:
    """The value as JSON on one line, in the order given, Chinese readable.

    Threat: `</script>` and `<!--` where the file ends up inside a page or is served as one, U+2028 where it ends up
    inside a script, lone surrogates that no encoder takes.  Those characters stand as `\\u003c`; reading gives them
    back.  Raises ValueError for NaN and infinity, which JSON does not know.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def json_shown(value: object) -> str:
    """The value as JSON for a terminal or a pipe, Chinese readable; what JSON does not know is written as text.

    Threat: characters that repaint a terminal or turn the direction of writing; they stand as `\\u202e`, and reading
    gives them back.
    """
    written = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return _HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], written)
