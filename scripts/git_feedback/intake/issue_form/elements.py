"""The elements of an issue form: what each asks, and what a section of an issue's body says in answer to it.

A form comes from any YAML loader, so its labels, options and flags may be text, truth values or numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

Answer = str | list[str] | dict[str, bool] | None

NOTHING = "_No response_"
"""What a host writes for an answer that was not given."""

_BOX = re.compile(r" {0,3}[-*+] \[([ xX])\](?:[ \t]+(.*))?")
_FENCE_START = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_TRUTHS = {True: ("true", "yes", "on"), False: ("false", "no", "off")}
_BETWEEN = ", "
_COMMA = re.compile(_BETWEEN)


@dataclass(frozen=True, slots=True)
class Element:
    """One question of a form."""

    id: str
    kind: str
    label: str
    required: bool = False
    several: bool = False
    """A dropdown of which more than one option may be chosen."""
    fenced: bool = False
    """A text that the host puts into a code fence (`render:`)."""
    options: tuple[str, ...] = ()
    must: frozenset[str] = frozenset()
    """Boxes that have to be ticked."""

    @property
    def one_line(self) -> bool:
        """Whether its answer is a single line."""
        return self.kind in ("input", "dropdown")

    @property
    def free(self) -> bool:
        """Whether its answer may hold anything, strange headings too."""
        return not (self.one_line or self.fenced or self.kind == "checkboxes")

    def takes(self, lines: Sequence[str]) -> bool:
        """Whether these lines can be an answer to it: one line, only boxes, one fence; any text where it is free."""
        if self.free:
            return True
        said = [line for line in lines if line.strip()]
        if len(said) < 2 and (not said or said[0].strip() == NOTHING):
            return True
        if self.one_line:
            return len(said) == 1
        if self.fenced:
            return is_one_fence(said)
        return all(map(is_box, said))

    def is_exact(self, said: Sequence[str]) -> bool:
        """Whether lines that are not blank are what the host itself would have written for this element's options."""
        if self.kind == "dropdown":
            first = said[0].strip() if said else ""
            return bool(first) and (first == NOTHING or not chosen(first, self)[1])
        if self.kind == "checkboxes":
            return [name for name, _ in boxes(said)] == list(self.options)
        return True

    def answer(self, lines: Sequence[str]) -> tuple[Answer, list[str]]:
        """What these lines say in answer to it, and the codes of what a person should look at."""
        text = "\n".join(lines).rstrip()
        text = re.sub(r"\A(?:[^\S\n]*\n)+", "", text)
        if not text.strip() or text.strip() == NOTHING:
            return None, []
        if self.kind == "checkboxes":
            return self._ticks(text)
        if self.kind == "dropdown":
            return self._choice(text.strip())
        if self.fenced:
            return (_between_fences(text) if is_fenced(text.split("\n")) else text), []
        if self.kind == "input":
            return text.strip(), ["multiline_input"] if "\n" in text.strip() else []
        return text, []

    def unanswering(self, lines: Sequence[str]) -> list[str]:
        """Lines among boxes that are none."""
        if self.kind != "checkboxes":
            return []
        return [line for line in lines if line.strip() and line.strip() != NOTHING and not is_box(line)]

    def is_missing(self, answer: Answer) -> bool:
        """Whether something that must be said was not."""
        if self.kind == "checkboxes":
            ticks = answer if isinstance(answer, dict) else {}
            return not all(ticks.get(name) for name in self.must) or (self.required and not any(ticks.values()))
        return self.required and not answer

    def _ticks(self, text: str) -> tuple[Answer, list[str]]:
        lines = [line for line in text.split("\n") if line.strip()]
        found = dict(boxes(lines))
        ticks = {**dict.fromkeys(self.options, False), **found}
        strange = len(ticks) > len(self.options) or not all(map(is_box, lines))
        return ticks, ["unknown_option"] if strange else []

    def _choice(self, text: str) -> tuple[Answer, list[str]]:
        if "\n" in text:
            return ([text] if self.several else text), ["unknown_option"]
        found, strange = chosen(text, self)
        return (found if self.several else found[0]), ["unknown_option"] if strange else []


def elements(form: Mapping[str, object]) -> tuple[Element, ...]:
    """The questions of a loaded form, in order; texts between them (`markdown`) ask nothing."""
    body = form.get("body")
    entries = body if isinstance(body, Sequence) and not isinstance(body, str) else ()
    found = [_element(entry) for entry in entries if isinstance(entry, Mapping)]
    return tuple(_told_apart([element for element in found if element is not None]))


def _told_apart(found: Sequence[Element]) -> Iterator[Element]:
    """Elements with an id each of its own: one without is called by its label, a second of a name gets a number.

    Hosts refuse such forms, or should; two answers under one name would be one answer lost.
    """
    given = {element.id for element in found if element.id}
    taken: set[str] = set()
    for element in found:
        wanted = element.id or element.label
        name, number = wanted, 1
        while name in taken or (name in given and name != element.id):
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        yield element if name == element.id else replace(element, id=name)


def chosen(text: str, element: Element) -> tuple[list[str], bool]:
    """The options named in one line, and whether anything in it is none.

    Options may hold commas, so the line is never split at them: it is covered by options, longest first.  What no
    option covers stays whole.
    """
    if text in element.options:
        return [text], False
    if not element.several:
        return [text], True
    by_length = sorted(set(element.options), key=lambda option: (-len(option), option))
    ways = _ways_to_the_end(text, by_length)
    found: list[str] = []
    at, strange = 0, False
    while at < len(text):
        option = next(
            (one for one in by_length if _stands(one, text, at) and (not ways or _after(one, at) in ways)), None
        )
        if option is None:
            option, strange = _up_to_the_next_option(text, at, by_length), True
        found.append(option)
        at = _after(option, at)
    return found, strange


def boxes(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Label and tick of each box; GitHub writes `X`, Gitea and a later click `x`."""
    for line in lines:
        if found := _BOX.fullmatch(line):
            yield (found[2] or "").strip(), found[1] != " "


def is_box(line: str) -> bool:
    """Whether a line is a box, ticked or not."""
    return _BOX.fullmatch(line) is not None


def is_one_fence(said: Sequence[str]) -> bool:
    """Whether these lines, none of them blank, are one code fence and nothing else."""
    return is_fenced(said) and not any(is_fenced([said[0], line]) for line in said[1:-1])


def is_fenced(said: Sequence[str]) -> bool:
    """Whether a fence opens on the first and closes on the last of these lines, whatever stands between them."""
    opening = _FENCE_START.fullmatch(said[0]) if len(said) > 1 else None
    if opening is None:
        return False
    mark, closing = opening[1], said[-1].strip()
    return len(closing) >= len(mark) and set(closing) == {mark[0]}


def _between_fences(text: str) -> str | None:
    inside = "\n".join(text.split("\n")[1:-1]).strip("\n")
    return inside if inside.strip() and inside.strip() != NOTHING else None


def _ways_to_the_end(text: str, options: Sequence[str]) -> frozenset[int]:
    """Places from which options cover the rest; empty when they cannot cover the whole."""
    good = {len(text) + len(_BETWEEN)}
    starts = [0, *(found.end() for found in _COMMA.finditer(text))]
    for at in reversed(starts):
        if any(_stands(one, text, at) and _after(one, at) in good for one in options):
            good.add(at)
    return frozenset(good) if 0 in good else frozenset()


def _stands(option: str, text: str, at: int) -> bool:
    return text.startswith(option, at) and (
        at + len(option) == len(text) or text.startswith(_BETWEEN, at + len(option))
    )


def _after(option: str, at: int) -> int:
    return at + len(option) + len(_BETWEEN)


def _up_to_the_next_option(text: str, at: int, options: Sequence[str]) -> str:
    for found in _COMMA.finditer(text, at):
        if any(_stands(one, text, found.end()) for one in options):
            return text[at : found.start()]
    return text[at:]


def _element(entry: Mapping[object, object]) -> Element | None:
    kind, about = str(entry.get("type", "")), _mapping(entry.get("attributes"))
    label = shown(about.get("label")).strip()
    if kind == "markdown" or not label:
        return None
    checks, options = _mapping(entry.get("validations")), list(_options(about.get("options")))
    return Element(
        id=shown(entry.get("id")).strip(),
        kind=kind,
        label=label,
        required=is_true(checks.get("required")),
        several=kind == "dropdown" and is_true(about.get("multiple")),
        fenced=kind == "textarea" and bool(shown(about.get("render")).strip()),
        options=tuple(name for name, _ in options if name),
        must=frozenset(name for name, required in options if required),
    )


def _options(value: object) -> Iterator[tuple[str, bool]]:
    for entry in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if isinstance(entry, str):
            yield entry.strip(), False
        elif isinstance(entry, Mapping):
            yield shown(entry.get("label")).strip(), is_true(entry.get("required"))
        elif isinstance(entry, bool):
            # `- yes` became True: which of its spellings the form had is gone, so each of them is the option.
            yield from ((spelt, False) for word in _TRUTHS[entry] for spelt in (word, word.capitalize(), word.upper()))
        else:
            yield shown(entry).strip(), False


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, dict | Mapping) else {}


def is_true(value: object) -> bool:
    """Whether a value of a form means yes, as text or as a truth value."""
    return str(value).strip().lower() in _TRUTHS[True]


def shown(value: object) -> str:
    """A value of a form as the words the host shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
