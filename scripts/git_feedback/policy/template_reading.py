"""Templates of the words to submitters, the files of `policy/templates`: named so that each one is used, and legible.

`reply.zh.txt` holds the final answer in Chinese, `reply.wechat.zh.txt` the one for that channel, which wins.  What
stands in braces is read by whoever fills it in.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from git_feedback.model import Problem
from git_feedback.notation.characters import decoded
from git_feedback.notation.faults import Bad

FOLDER = "policy/templates/"
SUFFIX = ".txt"
ABOUTS = ("received", "accepted", "ask", "respond", "reply", "second", "reminder", "closing", "resolved", "released")
"""What words are about; `second` is the final answer to somebody whom the first one did not satisfy, `resolved` the end of
a matter for whoever sent it a second time."""
LANGUAGES = ("en", "zh")
LONGEST = 20_000
"""Characters of a template: more does not fit into an event."""

Key = tuple[str, str, str]
"""What it is about, the channel (empty: every channel), the language."""


class Template(NamedTuple):
    """A template: where it lies, and what it says."""

    file: str
    text: str


def templates_in(sources: Mapping[str, bytes], problems: list[Problem]) -> dict[Key, Template]:
    """The templates among the files of a policy; what cannot be used joins `problems`.  None is no mistake."""
    found = {}
    for path in sorted(sources):
        if path.startswith(FOLDER) and path.endswith(SUFFIX):
            key, text = _key(path, problems), _text(path, sources[path], problems)
            if key and text is not None:
                found[key] = Template(path, text)
    return found


def of_no_channel(templates: Mapping[Key, Template], channels: Collection[str]) -> Iterator[Problem]:
    """Templates for a channel that the policy does not have: nobody would ever be written to with them."""
    for (_, channel, _), template in templates.items():
        if channel and channel not in channels:
            yield Problem(template.file, 1, 1, "no-such-channel", {"given": channel, "known": tuple(channels)})


def _key(path: str, problems: list[Problem]) -> Key | None:
    """`<about>.<language>` or `<about>.<channel>.<language>`; a channel's id may hold dots itself."""
    about, *between = path.removeprefix(FOLDER).removesuffix(SUFFIX).split(".")
    language = between.pop() if between else ""
    if about not in ABOUTS:
        problems.append(Problem(path, 1, 1, "template-about", {"given": about, "known": ABOUTS}))
        return None
    if language not in LANGUAGES or "" in between:
        problems.append(Problem(path, 1, 1, "template-name", {"about": about, "known": LANGUAGES}))
        return None
    return about, ".".join(between), language


def _text(path: str, source: bytes, problems: list[Problem]) -> str | None:
    try:
        text = decoded(source)
    except Bad as bad:
        problems += [Problem(path, f.line, f.column, f.code, f.values) for f in bad.faults]
        return None
    if not text.strip():
        problems.append(Problem(path, 1, 1, "template-empty"))
    elif len(text) > LONGEST:
        problems.append(Problem(path, 1, 1, "template-long", {"n": len(text), "most": LONGEST}))
    return text.replace("\r\n", "\n")
