"""Files for a host made from templates: plain YAML in which marks (`@NIGHT@`) are replaced and parts may be left out.

- `@NAME@` in a line becomes a word of ours.
- A line that is only `# @NAME@` becomes any number of lines, as far in as it stood; with none it goes.
- `#@if NAME` to `#@end` stays where the part is wanted; the two lines themselves always go.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

_ALONE = re.compile(r"( *)# @([A-Z-]+)@")
_INLINE = re.compile(r"@([A-Z-]+)@")
_PART = re.compile(r" *#@if ([a-z]+)")
_END = re.compile(r" *#@end")


def template(folder: str, name: str) -> str:
    """A template that ships with the program."""
    return (files("git_feedback.hosts") / "files" / folder / name).read_text(encoding="utf-8")


def filled(text: str, words: Mapping[str, str | tuple[str, ...]], parts: Collection[str]) -> str:
    """A template with its marks replaced; KeyError for a mark of which nothing is known."""
    return "".join(f"{line}\n" for line in _lines(_wanted(text, parts), words))


def _wanted(text: str, parts: Collection[str]) -> Iterator[str]:
    is_wanted = True
    for line in text.splitlines():
        begin = _PART.fullmatch(line)
        if begin:
            is_wanted = begin[1] in parts
        elif _END.fullmatch(line):
            is_wanted = True
        elif is_wanted:
            yield line


def _lines(lines: Iterator[str], words: Mapping[str, str | tuple[str, ...]]) -> Iterator[str]:
    for line in lines:
        alone = _ALONE.fullmatch(line)
        put = words[alone[2]] if alone else None
        if alone and isinstance(put, tuple):
            yield from (f"{alone[1]}{one}" for one in put)
        else:
            yield _INLINE.sub(lambda mark: str(words[mark[1]]), line)
