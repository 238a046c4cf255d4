"""Commands in a comment: lines that begin with a stroke and a word of the table, and the words that follow them.

    /assign @lin.wan
    /respond We found the cause,
    and mend it today.

What stands in code, in a quote or in what nobody sees is no command, and neither is a path (`/etc/passwd`) or a word
within a line.  Words run on over the following lines until the next command.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from git_feedback.intake import slash_args, slash_words
from git_feedback.text import HAN
from git_feedback.text.characters import invisible_class

MOST = 20
"""Commands that one comment may hold."""
LONGEST = 100_000
"""Characters of a comment that are looked at."""

_UNSEEN = invisible_class()
_LATIN = "A-Za-z\uff21-\uff3a\uff41-\uff5a"
_START = re.compile(rf"(?! {{4}}| {{0,3}}\t)[ \u3000{_UNSEEN}]*[/\uff0f][{_UNSEEN}]*(?=[{_LATIN}{HAN}])")
_NAME = re.compile(rf"[{_LATIN}][{_LATIN}{_UNSEEN}_-]*|[{HAN}][{HAN}{_UNSEEN}]*")
_ENDS = re.compile(rf"[{_UNSEEN}]*(?:$|\s|[:：,，;；!！?？。、(（\[【「“\"'@＠#＃]|\.(?:\s|$)|[{HAN}{_LATIN}0-9])")
_BETWEEN = re.compile(rf"[\s{_UNSEEN}]*(?:[:：,，]|[.。!！](?=\s*$))?[\s{_UNSEEN}]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_PLAIN_TAG = re.compile(r"<(/?)(?:pre|code)\b[^<>]{0,200}>", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_ID = re.compile(r"([A-Za-z]{1,4}[0-9]{6}-[0-9A-Za-z]{7})(?![0-9A-Za-z-])")


@dataclass(frozen=True, slots=True)
class Command:
    """A command that somebody wrote: `name` of the table, the `word` as it was written, the item it names, what it says.

    `args` are the fields of the event as far as the words tell them; None where they tell too little.
    """

    name: str
    word: str
    language: str
    item: str | None = None
    args: Mapping[str, Any] | None = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that looks like a command and is none; `near` is the one that was probably meant."""

    word: str
    language: str
    near: str | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A comment: its commands in order, and what was said before the first one."""

    commands: tuple[Command | Unknown, ...] = ()
    said: str = ""
    too_many: bool = False
    """More commands than one comment may hold: then none is listed."""

    @property
    def known(self) -> tuple[Command, ...]:
        """The commands that are some."""
        return tuple(one for one in self.commands if isinstance(one, Command))


@dataclass(slots=True)
class _Begun:
    """A line that begins a command, and the lines that its words run on over."""

    word: str
    first: str
    more: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "\n".join([self.first, *self.more]).strip()


def parse(body: str) -> Parsed:
    """The commands of a comment.  Never raises: what is no command is words."""
    said: list[str] = []
    begun: list[_Begun] = []
    for line, is_plain in _lines(body[:LONGEST]):
        found = None if is_plain else _begins(line, is_alone=body.strip() == line.strip())
        if found:
            begun.append(found)
        else:
            (begun[-1].more if begun else said).append(line)
        if len(begun) > MOST:
            return Parsed(said="\n".join(said).strip(), too_many=True)
    commands = tuple(command for one in begun for command in _commands(one))
    return Parsed(commands, "\n".join(said).strip())


# ---- lines ----------------------------------------------------------------------------------------------------------


def _lines(body: str) -> Iterator[tuple[str, bool]]:
    """Each line that can be seen, and whether it stands in code or in a quote, where nothing is a command."""
    fence, in_comment, in_tag = "", False, False
    for whole in _LINE_END.split(body):
        line = whole
        if in_comment:
            _, closed, line = line.partition("-->")
            if not closed:
                continue
            in_comment = False
        if not fence:
            line, in_comment = _shown(line)
        was_fenced, fence = bool(fence), _fence_after(fence, line)
        was_tagged, in_tag = in_tag, in_tag if fence else _is_in_tag(in_tag, line)
        yield line, bool(was_fenced or fence or was_tagged or in_tag or line.lstrip(" ").startswith(">"))


def _shown(line: str) -> tuple[str, bool]:
    """A line without its HTML comments, and whether the last of them goes on; looked at once, however many there are."""
    shown, opened, rest = line.partition("<!--")
    pieces = [shown]
    while opened:
        _, closed, rest = rest.partition("-->")
        if not closed:
            return "".join(pieces), True
        shown, opened, rest = rest.partition("<!--")
        pieces.append(shown)
    return "".join(pieces), False


def _fence_after(fence: str, line: str) -> str:
    """The fence that a line stands in, or opens; empty behind the one that it closes."""
    found = _FENCE.fullmatch(line)
    if not found:
        return fence
    mark, rest = found[1], found[2]
    if not fence:
        return "" if mark[0] == "`" and "`" in rest else mark
    closes = mark[0] == fence[0] and len(mark) >= len(fence) and not rest.strip()
    return "" if closes else fence


def _is_in_tag(before: bool, line: str) -> bool:
    tags = _PLAIN_TAG.findall(line)
    return not tags[-1] if tags else before


def _begins(line: str, *, is_alone: bool) -> _Begun | None:
    """The command that a line begins, known or probably meant."""
    start = _START.match(line)
    name = _NAME.match(line, start.end()) if start else None
    if not name or not _ENDS.match(line, name.end()):
        return None
    after = line[name.end() :]
    if slash_words.meant(name[0]):
        between = _BETWEEN.match(after)
        return _Begun(name[0], after[between.end() if between else 0 :])
    looks_like_one = not after[:1].isdigit() and (slash_words.nearest(name[0]) or (is_alone and not after.strip()))
    return _Begun(name[0], "") if looks_like_one else None


# ---- what they say --------------------------------------------------------------------------------------------------


def _commands(begun: _Begun) -> Iterator[Command | Unknown]:
    """The command that was begun.  Words after one that takes none are a note beside it: nothing is lost."""
    found = slash_words.meant(begun.word)
    word = f"/{slash_words.key(begun.word)}"
    if found is None:
        language = "zh" if re.match(f"[{HAN}]", begun.word) else "en"
        yield Unknown(word, language, slash_words.nearest(begun.word))
        return
    item, words = _item(found.command, begun.words)
    words = f"{found.said} {words}".strip()
    takes_none = found.command == "accept"
    args = {} if takes_none else slash_args.read(found.command, words)
    yield Command(found.command, word, found.language, item, args)
    if takes_none and words:
        yield Command("note", word, found.language, item, {"text": words})


def _item(command: str, words: str) -> tuple[str | None, str]:
    """The item that a command names before all else, and the words after it.

    Where an item is what the command is about (`/duplicate Q...`), the first of two is the one to act on.
    """
    first = _ID.match(words)
    if not first:
        return None, words
    rest = words[first.end() :].lstrip(" \t\u3000\n:：,，")
    if command in slash_args.ABOUT_ITEMS and not _ID.match(rest):
        return None, words
    return first[1], rest
