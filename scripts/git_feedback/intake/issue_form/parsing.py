"""What an issue says that was made with a form: the answers by the ids of the form, and what a person should look at.

The form's host writes each answer below a heading `### LABEL` and escapes nothing, so an answer may hold such headings
too.  Read as it comes, a stranger's text could answer questions in the place of others; the harm is a feedback of the
wrong kind, or words that are lost.  Nothing is lost here: what belongs to no question stands in `beside`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.intake.issue_form.boundaries import boundaries, read, sections
from git_feedback.intake.issue_form.elements import Answer, Element, elements


@dataclass(frozen=True, slots=True)
class Parsed:
    """The answers of a body: each id of the form has one, None where nothing was said.

    Flags: `not_a_form`, `preamble` (text before the first answer), `label_in_answer`, and with the id behind a colon
    `unknown_option`, `multiline_input`, `missing_required`.
    """

    fields: dict[str, Answer]
    flags: list[str]
    beside: str = ""
    """Words before the first answer, and lines among boxes that are none."""


def parse(body: str | None, form: Mapping[str, object]) -> Parsed:
    """The answers in `body`, which was made with `form` (a loaded issue form).

    A body without any heading of the form is `not_a_form`: all of it stands in `beside`.
    """
    asked = elements(form)
    text = (body or "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = read(text)
    chain, headings = boundaries(text, lines, asked)
    fields: dict[str, Answer] = {element.id: None for element in asked}
    if not chain:
        return Parsed(fields, ["not_a_form"], text.strip())
    before = "\n".join(lines.lines[: chain[0].line]).strip()
    flags = ["preamble"] if before else []
    flags += ["label_in_answer"] if headings > len(chain) else []
    looked_at: dict[str, list[str]] = {}
    beside = [before] if before else []
    for boundary, section in sections(chain, lines):
        element = asked[boundary.question]
        fields[element.id], looked_at[element.id] = element.answer(section)
        beside += element.unanswering(section)
    return Parsed(fields, [*flags, *_by_field(asked, fields, looked_at)], "\n".join(beside))


def _by_field(
    asked: Sequence[Element], fields: Mapping[str, Answer], looked_at: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for element in asked:
        yield from (f"{code}:{element.id}" for code in looked_at.get(element.id, ()))
        if element.is_missing(fields[element.id]):
            yield f"missing_required:{element.id}"
