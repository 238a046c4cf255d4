"""Text of strangers into JSON.  The threat: a file that a browser takes for a page, or a script that it ends."""

import json
import re

_RISKY = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def json_file(value: object) -> str:
    """The value as JSON on one line, in the order given, Chinese readable.

    Threat: `</script>` and `<!--` where the file ends up inside a page or is served as one, U+2028 where it ends up
    inside a script, lone surrogates that no encoder takes.  Those characters stand as `\\u003c`; reading gives them
    back.  Raises ValueError for NaN and infinity, which JSON does not know.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
