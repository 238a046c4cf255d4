"""One submission that two clones took in, each for itself: the same item, but for the moment and the key of each.

Which side's word stands does not depend on which is ours, so that all clones end with the same file.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

Values = Mapping[str, Any]
Side = Literal["ours", "theirs"]
_OWN = ("hint", "ref", "sealed")
"""What a clone adds to a submitter: sealed by a key of its own, a reference where it has the desk's secret."""


def taken_in_twice(base: Values, ours: Values, theirs: Values, name: str) -> Side | None:
    """Whose `landed` or `submitter` stands where there was no item before; None where that is not what happened.

    The earlier landing; of submitters that say the same the one with more to it, and of two of these the first by text.
    """
    mine, yours = ours.get(name), theirs.get(name)
    if base or ours.get("source") is None or mine is None or yours is None:
        return None
    if name == "landed":
        return "ours" if _moment(mine) <= _moment(yours) else "theirs"
    if name == "submitter" and _said(mine) == _said(yours):
        return "ours" if _rank(mine) <= _rank(yours) else "theirs"
    return None


def _moment(written: str) -> tuple[datetime, str]:
    return datetime.fromisoformat(written), written


def _said(submitter: Values) -> Values:
    return {name: value for name, value in submitter.items() if name not in _OWN and value is not None}


def _rank(submitter: Values) -> tuple[int, str]:
    given = {name: value for name, value in submitter.items() if value is not None}
    return -len(given), json.dumps(given, sort_keys=True)
