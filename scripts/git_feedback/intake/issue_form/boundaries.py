"""Where the answers in an issue's body begin: which of its headings the host wrote, and which a person did.

A heading `### LABEL` may stand in an answer as well.  So every such heading outside a closed code fence is a candidate,
and the longest chain of candidates wins that follows the form's order and whose sections are what their questions
take.  Between chains of one length decide, in this order: sections that had to be stretched (an input of two lines),
the blank lines and options that a host would have written, the fewest answers with a heading in them, the earlier
heading.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from git_feedback.intake.issue_form.elements import Element, is_box

_HEADING = re.compile(r"^ {0,3}###[ \t](.*)$", re.MULTILINE)
_LOOKED_AT = 64
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading that has a label of the form: its line, the place of its question in the form, and how true it looks."""

    line: int
    question: int
    looks: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body as lines, with what the search for boundaries asks of it again and again."""

    lines: Sequence[str]
    spoken: Sequence[int]
    """Numbers of the lines that are not blank."""

    def before(self, line: int) -> int | None:
        """The last line before `line` that is not blank."""
        place = bisect_left(self.spoken, line)
        return self.spoken[place - 1] if place else None

    def said(self, start: int, end: int) -> list[str]:
        """Lines from `start` to before `end` that are not blank."""
        low, high = bisect_left(self.spoken, start), bisect_left(self.spoken, end)
        return [self.lines[number] for number in self.spoken[low:high]]


def read(text: str) -> Body:
    """A body with LF line ends; no other character ends a line."""
    lines = text.split("\n")
    return Body(lines, [number for number, line in enumerate(lines) if line.strip()])


def boundaries(text: str, body: Body, form: Sequence[Element]) -> tuple[list[Candidate], int]:
    """The headings that begin an answer, in order, and how many headings may begin one.

    Those are the headings outside fences that have a label of the form, and those inside that a host may have written:
    a fence that was opened in one answer and never closed there may seem to be closed in another.
    """
    every = list(_candidates(text, body, form))
    fences = list(closed_fences(text))
    outside = list(_outside(every, fences))
    found = _Search(body, form, outside).best()
    if len(found) < len(form) and len(outside) < len(every):
        whole = _Search(body, form, every).best()
        if len(whole) == len(form) and _is_sound(whole, body, form, outside):
            return whole, len({one.line for one in every})
    lines = {one.line for one in outside}
    inside = [one for one in every if one.line not in lines]
    return found, len(lines.union(one.line for one in _doubtful(inside, found, body, form)))


def sections(chain: Sequence[Candidate], body: Body) -> Iterator[tuple[Candidate, Sequence[str]]]:
    """Each boundary with the lines up to the next one."""
    ends = [*(one.line for one in chain[1:]), len(body.lines)]
    for one, end in zip(chain, ends, strict=True):
        yield one, body.lines[one.line + 1 : end]


def closed_fences(text: str) -> Iterator[tuple[int, int]]:
    """First and last line of each code fence that is closed, as CommonMark counts them."""
    marks = list(_marks(text))
    closer = _closers(marks)
    place = 0
    while place < len(marks):
        end = closer[place]
        if end is None:
            place += 1
        else:
            yield marks[place][0], marks[end][0]
            place = end + 1


def _marks(text: str) -> Iterator[tuple[int, str, int, bool, bool]]:
    """Line, sign and length of each fence mark, whether it may open and whether it may close."""
    line, at = 0, 0
    for found in _FENCE.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        sign, tail = found[1][0], found[2]
        yield line, sign, len(found[1]), sign == "~" or "`" not in tail, not tail.strip()


def _closers(marks: Sequence[tuple[int, str, int, bool, bool]]) -> list[int | None]:
    """For each mark the place of the one that closes it: the next bare one of its sign that is as long or longer.

    From the end, each sign keeps a stair of closing marks, the nearest last: those behind a longer one are hidden.
    """
    stairs: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    found: list[int | None] = [None] * len(marks)
    for place in range(len(marks) - 1, -1, -1):
        _, sign, length, opens, closes = marks[place]
        stair = stairs[sign]
        if opens:
            step = bisect_right(stair, -length, key=lambda entry: -entry[0])
            found[place] = stair[step - 1][1] if step else None
        if closes:
            while stair and stair[-1][0] <= length:
                stair.pop()
            stair.append((length, place))
    return found


def _candidates(text: str, body: Body, form: Sequence[Element]) -> Iterator[Candidate]:
    questions: dict[str, list[int]] = {}
    for number, element in enumerate(form):
        questions.setdefault(element.label, []).append(number)
    line, at = 0, 0
    for found in _HEADING.finditer(text):
        asked = questions.get(found[1].strip())
        if asked:
            line += text.count("\n", at, found.start())
            at = found.start()
            for number in asked:
                yield Candidate(line, number, _looks(line, body, form[number], questions))


def _looks(line: int, body: Body, element: Element, labels: Container[str]) -> int:
    """One each for the blank lines around a heading of a host, for words below it, for options as the host writes them."""
    begin = list(_answer_begin(line, body, element))
    heading = _HEADING.match(begin[0]) if begin else None
    answered = bool(begin) and not (heading and heading[1].strip() in labels)
    return _stands_alone(line, body) + answered + element.is_exact(begin)


def _stands_alone(line: int, body: Body) -> bool:
    """Whether nothing stands in the lines above and below."""
    lines = body.lines
    return (line == 0 or not lines[line - 1].strip()) and (line + 1 == len(lines) or not lines[line + 1].strip())


def _answer_begin(line: int, body: Body, element: Element) -> Iterator[str]:
    """The first line of an answer; of boxes, all that follow each other."""
    place = bisect_right(body.spoken, line)
    for number in body.spoken[place : place + 1] if element.kind != "checkboxes" else _from(body.spoken, place):
        if element.kind == "checkboxes" and not is_box(body.lines[number]):
            return
        yield body.lines[number]


def _from(numbers: Sequence[int], place: int) -> Iterator[int]:
    while place < len(numbers):
        yield numbers[place]
        place += 1


def _outside(every: Sequence[Candidate], fences: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    starts = [start for start, _ in fences]
    for one in every:
        place = bisect_left(starts, one.line)
        if not place or fences[place - 1][1] < one.line:
            yield one


def _doubtful(
    inside: Sequence[Candidate], chain: Sequence[Candidate], body: Body, form: Sequence[Element]
) -> Iterator[Candidate]:
    """Headings in fences that might be boundaries instead of those found; more than a few are not looked at closely."""
    times = Counter(element.label for element in form)
    places = {one.question: place for place, one in enumerate(chain)}
    for number, one in enumerate(inside):
        is_known = one.question in places and times[form[one.question].label] == 1
        if not is_known or number >= _LOOKED_AT or _might_replace(one, places[one.question], chain, body, form):
            yield one


def _might_replace(one: Candidate, place: int, chain: Sequence[Candidate], body: Body, form: Sequence[Element]) -> bool:
    """Whether a host may have written this heading in the place of the one found: both answers around it are sound."""
    before = chain[place - 1] if place else None
    end = chain[place + 1].line if place + 1 < len(chain) else len(body.lines)
    if before is None or not before.line < one.line < end or not _stands_alone(one.line, body):
        return False
    if not _stands_alone(chain[place].line, body):
        return True
    said_before, said = body.said(before.line + 1, one.line), body.said(one.line + 1, end)
    return form[before.question].takes(said_before) and form[one.question].takes(said)


def _is_sound(chain: Sequence[Candidate], body: Body, form: Sequence[Element], outside: Sequence[Candidate]) -> bool:
    """Whether the headings in fences are a host's after all: somebody opened a fence and never closed it.

    Then every answer is what its question takes, and each that begins within the supposed fence holds whole fences only.
    """
    lines_outside = {one.line for one in outside}
    for one, lines in sections(chain, body):
        if not form[one.question].takes([line for line in lines if line.strip()]):
            return False
        if one.line not in lines_outside and not _closes_its_fences("\n".join(lines)):
            return False
    return True


def _closes_its_fences(text: str) -> bool:
    marks = list(_marks(text))
    closer, place = _closers(marks), 0
    while place < len(marks):
        end = closer[place]
        if end is None and marks[place][3]:
            return False
        place = place + 1 if end is None else end + 1
    return True


@dataclass(slots=True)
class _Best:
    """The best chain that ends at a candidate: what it weighs without its last section, and the candidate before."""

    candidate: Candidate
    weight: int
    previous: "_Best | None"


class _Search:
    """The best chain, found from the first candidate to the last: a few steps for each candidate, however many there are.

    A chain weighs, in figures of one number to the base of the form's size: sections that fit, all sections, looks,
    clean ends (no other candidate before the next boundary).
    """

    def __init__(self, body: Body, form: Sequence[Element], candidates: Sequence[Candidate]) -> None:
        self._body, self._form = body, form
        self._rows = [list(row) for _, row in groupby(candidates, key=lambda one: one.line)]
        base = 3 * len(form) + 4
        self._fits, self._counts, self._looks = base**3, base**2, base
        self._when_open = [self._fits * element.free for element in form]
        self._open: list[_Best | None] = [None] * len(form)
        """By question: the best chain that ends in it, its last section ending anywhere."""

    def best(self) -> list[Candidate]:
        """The candidates of the best chain, in order; empty where there is none."""
        near: list[list[_Best]] = [[], []]
        for row in self._rows:
            found = [self._led_to(one, near) for one in row]
            near = [near[1], found]
            self._keep_open(found)
        last, _ = self._before(len(self._body.lines), len(self._form), near)
        chain = []
        while last:
            chain.append(last.candidate)
            last = last.previous
        return chain[::-1]

    def _led_to(self, one: Candidate, near: Sequence[list[_Best]]) -> _Best:
        previous, weight = self._before(one.line, one.question, near)
        if previous is None:
            nothing_before = self._body.before(one.line) is None
            weight = (self._looks if nothing_before else 0) + (not near[1])
        return _Best(one, weight + self._counts + one.looks * self._looks, previous)

    def _before(self, line: int, question: int, near: Sequence[list[_Best]]) -> tuple[_Best | None, int]:
        """The best chain of earlier questions whose last section ends at `line`, and what it weighs with it."""
        found: tuple[_Best | None, int] = None, -1
        for entry in self._open[:question]:
            if entry is not None and self._open_weight(entry) > found[1]:
                found = entry, self._open_weight(entry)
        for row in near:
            for entry in row:
                weight = self._exact_weight(entry, line) + (row is near[-1])
                if entry.candidate.question < question and weight > found[1]:
                    found = entry, weight
        return (None, 0) if found[0] is None else found

    def _open_weight(self, entry: _Best) -> int:
        return entry.weight + self._when_open[entry.candidate.question]

    def _exact_weight(self, entry: _Best, line: int) -> int:
        element = self._form[entry.candidate.question]
        fits = element.free or element.takes(self._body.said(entry.candidate.line + 1, line))
        return entry.weight + self._fits * fits

    def _keep_open(self, row: Sequence[_Best]) -> None:
        for entry in row:
            question = entry.candidate.question
            kept = self._open[question]
            if kept is None or entry.weight > kept.weight:
                self._open[question] = entry
