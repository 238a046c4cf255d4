"""What an answer means: gone out, trouble that passes, or trouble that somebody has to mend.

Services answer 200 to what they did not take, and say so in the body; only a word that a service documents counts as
success.  Of an answer only numbers are ever shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from git_feedback.outbox.message import NotSent
from git_feedback.outbox.posting_line import Answer

PASSING = ("send-too-many", "send-busy")
BUSY = -1
"""What WeCom and DingTalk answer when they are busy."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The numbers in the body of a service's answers: under which keys, and which of them mean something known."""

    keys: tuple[str, ...]
    known: Mapping[int, str]
    """Number -> the code of its words."""
    hinted: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Number -> words of the service, and the code of ours, where one number means several things."""

    def check(self, answer: Answer, name: str) -> None:
        """Nothing where the message was taken.  Raises NotSent."""
        check_rest(answer, name)
        said = _json(answer.body)
        found = (said.get(key) for key in self.keys)
        number = next((one for one in found if isinstance(one, int) and not isinstance(one, bool)), None)
        if number:
            raise self._refusal(number, said, name)
        check_status(answer, name)
        if number is None:
            raise NotSent("send-strange-answer", name=name)

    def _refusal(self, number: int, said: Mapping[str, object], name: str) -> NotSent:
        words = " ".join(str(said.get(key, "")) for key in ("errmsg", "msg", "StatusMessage")).lower()
        hints = self.hinted.get(number, ())
        code = next((code for hint, code in hints if hint in words), self.known.get(number, "send-refused"))
        found = NotSent(code, name=name, answer=number)
        return found.later() if code in PASSING else found


def check_rest(answer: Answer, name: str) -> None:
    """Raises NotSent, as trouble that passes, where the other side wants peace or is broken."""
    if answer.status == 429:
        raise NotSent("send-too-many", name=name, answer=429).later(answer.after_s)
    if answer.status >= 500:
        raise NotSent("send-answered", name=name, answer=answer.status).later(answer.after_s)


def check_status(answer: Answer, name: str) -> None:
    """Raises NotSent for whatever is not 2xx."""
    check_rest(answer, name)
    if not 200 <= answer.status < 300:
        raise NotSent("send-answered", name=name, answer=answer.status)


def _json(body: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
