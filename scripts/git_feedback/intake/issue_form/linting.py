"""What a host would refuse of an issue form, found before it is there, and fields that no public form may have.

A host ignores a form with a mistake in it and says so to nobody: whoever wants to tell something finds no form.  What
is refused is in GitHub's documentation ("Common validation errors when creating issue forms", "Syntax for GitHub's form
schema"); Gitea refuses the same and a few keys more are known to it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from git_feedback import notation
from git_feedback.intake.issue_form.contacts import asked_for
from git_feedback.model import Place, Problem
from git_feedback.model.problem import nearest

MARKDOWN = "markdown"
KINDS: Mapping[str, tuple[str, ...]] = {
    "input": ("label", "description", "placeholder", "value"),
    "textarea": ("label", "description", "placeholder", "value", "render"),
    "dropdown": ("label", "description", "multiple", "options", "default"),
    "checkboxes": ("label", "description", "options"),
    "upload": ("label", "description"),
    MARKDOWN: ("value",),
}
"""Each type of element, and what its `attributes` may say."""
_TOP = ("name", "description", "title", "labels", "assignees", "projects", "type", "body")
_GITEA = ("about", "ref", "visible", "is_number", "regex", "list")
"""Keys that only Gitea knows."""
_MAY_BE_EMPTY = ("placeholder", "value")
_LONGEST_DESCRIPTION = 200
_ID = re.compile(r"[A-Za-z0-9_-]+")
_CREDENTIALS = re.compile(
    r"pass(?:word|wd|phrase|code)|credential|\bsecrets?\b|\bapi[\s_-]?key|\b(?:private|ssh|secret)[\s_-]key"
    r"|\b(?:access|auth)[\s_-]token|密码|口令|私钥|密钥|令牌",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile(
    r"yes|no|on|off|true|false|null|~|[-+]?\.?\d[\d_,]*(?:\.\d*)?(?:e[-+]?\d+)?|0x[\da-f]+|\d{4}-\d\d?-\d\d?",
    re.IGNORECASE,
)
_TRUTH = re.compile(r"yes|no|on|off|true|false", re.IGNORECASE)
_AFTER_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s:]+)\s*:\s*(.*)""")


def problems(source: bytes, file: str) -> list[Problem]:
    """Everything wrong with a form, in the order of its lines."""
    try:
        form = notation.read(source)
    except notation.Bad as bad:
        return [Problem(file, fault.line, fault.column, fault.code, fault.values) for fault in bad.faults]
    if not isinstance(form, dict):
        return [Problem(file, 1, 1, "form-not-a-map", {"field": "form"})]
    sheet = Sheet(file, source)
    listed = [*_top(sheet, form), *_body(sheet, form.get("body"))]
    return sorted(listed, key=lambda one: (one.line, one.column))


@dataclass(frozen=True)
class Sheet:
    """A form's file: where things stand in it, and how they are written."""

    file: str
    source: bytes

    @cached_property
    def places(self) -> Mapping[Place, tuple[int, int]]:
        """Line and column of everything."""
        return notation.places(self.source)

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the file."""
        return self.source.decode().split("\n")

    @property
    def of_gitea(self) -> bool:
        """Whether only Gitea reads it."""
        return self.file.startswith(".gitea/")

    def problem(self, code: str, *place: str | int, **values: object) -> Problem:
        """A problem at a place of the file, such as `("body", 2, "attributes", "label")`."""
        return Problem(self.file, *nearest(place, self.places), code, values)

    def is_bare(self, value: str, *place: str | int) -> bool:
        """Whether a value stands there without quotes."""
        line, column = self.places[place]
        written = self.lines[line - 1][column - 1 :]
        if isinstance(place[-1], str):
            after = _AFTER_KEY.match(written)
            written = after[1] if after else ""
        return written.startswith(value)


# ---- the whole ------------------------------------------------------------------------------------------------------


def _top(sheet: Sheet, form: Mapping[str, object]) -> Iterator[Problem]:
    yield from _unknown(sheet, form, _TOP, ())
    about = "about" if sheet.of_gitea and "about" in form else "description"
    for name in ("name", about, "body"):
        if name not in form:
            yield sheet.problem("form-field-missing", field=name)
    for name in ("name", about, "title"):
        if name in form:
            yield from _not_text(sheet, form[name], name)
    description = form.get(about)
    if isinstance(description, str) and len(description) > _LONGEST_DESCRIPTION:
        yield sheet.problem("form-description-long", about, length=len(description), most=_LONGEST_DESCRIPTION)
    yield from _asks(sheet, description, about)


def _body(sheet: Sheet, body: object) -> Iterator[Problem]:
    """What is wrong with the elements, one by one and together; nothing where there is no `body` at all."""
    if body is None:
        return
    if not isinstance(body, list) or not body:
        yield sheet.problem("form-body-empty", "body")
        return
    for index, element in enumerate(body):
        if isinstance(element, dict):
            yield from _element(sheet, element, ("body", index))
        else:
            yield sheet.problem("form-not-a-map", "body", index, field=f"body[{index}]")
    asking = {index: one for index, one in enumerate(body) if isinstance(one, dict) and one.get("type") != MARKDOWN}
    if not asking:
        yield sheet.problem("form-only-markdown", "body")
    yield from _twins(sheet, asking)
    yield from _boxes(sheet, asking)


def _unknown(sheet: Sheet, there: Mapping[str, object], known: Collection[str], place: Place) -> Iterator[Problem]:
    """Keys that no host takes there; one that it takes elsewhere is told where."""
    for key in there:
        if key in known or (sheet.of_gitea and key in _GITEA):
            continue
        if key == "required":
            yield sheet.problem("form-required-misplaced", *place, key)
        else:
            yield sheet.problem("form-unknown-key", *place, key, given=key, known=tuple(known))


# ---- an element -----------------------------------------------------------------------------------------------------


def _element(sheet: Sheet, element: Mapping[str, object], place: Place) -> Iterator[Problem]:
    kind = element.get("type")
    if "type" not in element:
        yield sheet.problem("form-field-missing", *place, field="type")
        return
    if not isinstance(kind, str) or kind not in KINDS:
        yield sheet.problem("form-unknown-type", *place, "type", given=kind, known=tuple(KINDS))
        return
    keys = {MARKDOWN: ("type", "attributes"), "checkboxes": ("type", "id", "attributes")}
    yield from _unknown(sheet, element, keys.get(kind, ("type", "id", "attributes", "validations")), place)
    name = element.get("id")
    if name is not None and not (isinstance(name, str) and _ID.fullmatch(name)):
        yield sheet.problem("form-bad-id", *place, "id", given=name)
    elif isinstance(name, str) and kind in ("input", "textarea"):
        yield from _asks(sheet, name, *place, "id")
    yield from _validations(sheet, element.get("validations"), kind, (*place, "validations"))
    about = element.get("attributes")
    if isinstance(about, dict):
        yield from _attributes(sheet, about, kind, (*place, "attributes"))
    else:
        yield sheet.problem("form-field-missing", *place, field="attributes")


def _validations(sheet: Sheet, checks: object, kind: str, place: Place) -> Iterator[Problem]:
    if checks is None or kind in (MARKDOWN, "checkboxes"):
        return
    if not isinstance(checks, dict):
        yield sheet.problem("form-not-a-map", *place, field="validations")
        return
    yield from _unknown(sheet, checks, ("required", "accept") if kind == "upload" else ("required",), place)
    if "required" in checks:
        yield from _not_truth(sheet, checks["required"], *place, "required")


def _attributes(sheet: Sheet, about: Mapping[str, object], kind: str, place: Place) -> Iterator[Problem]:
    yield from _unknown(sheet, about, KINDS[kind], place)
    must = "value" if kind == MARKDOWN else "label"
    if must not in about:
        yield sheet.problem("form-field-missing", *place, field=must)
    for name in ("label", "description", "placeholder", "value", "render"):
        if name in about:
            yield from _not_text(sheet, about[name], *place, name, empty=name in _MAY_BE_EMPTY and name != must)
    if "multiple" in about:
        yield from _not_truth(sheet, about["multiple"], *place, "multiple")
    if kind in ("input", "textarea", MARKDOWN):
        for name in ("label", "description", "placeholder", "value"):
            yield from _asks(sheet, about.get(name), *place, name)
    label = about.get("label")
    if kind in ("input", "textarea") and isinstance(label, str) and (word := _CREDENTIALS.search(label)):
        yield sheet.problem("form-forbidden-word", *place, "label", word=word[0])
    if "options" in KINDS[kind]:
        yield from _options(sheet, about, kind, place)


def _options(sheet: Sheet, about: Mapping[str, object], kind: str, place: Place) -> Iterator[Problem]:
    options = about.get("options")
    if not isinstance(options, list) or not options:
        yield sheet.problem("form-no-options", *place, *(["options"] if "options" in about else []))
        return
    seen: set[str] = set()
    for index, option in enumerate(options):
        where = (*place, "options", index)
        name = option
        if kind == "checkboxes":
            yield from _box(sheet, option, where)
            name = option.get("label") if isinstance(option, dict) else None
        else:
            yield from _not_text(sheet, option, *where)
        if isinstance(name, str) and name.strip().lower() == "none" and kind == "dropdown":
            yield sheet.problem("form-option-none", *where, given=name)
        if isinstance(name, str) and name.strip() in seen:
            yield sheet.problem("form-option-twice", *where, given=name)
        seen |= {name.strip()} if isinstance(name, str) else set()
    yield from _default(sheet, about, len(options), place)


def _box(sheet: Sheet, option: object, place: Place) -> Iterator[Problem]:
    if not isinstance(option, dict):
        yield sheet.problem("form-not-a-map", *place, field="options")
        return
    yield from _unknown(sheet, option, ("label", "required"), place)
    if "label" not in option:
        yield sheet.problem("form-field-missing", *place, field="label")
    else:
        yield from _not_text(sheet, option["label"], *place, "label")
    if "required" in option:
        yield from _not_truth(sheet, option["required"], *place, "required")


def _default(sheet: Sheet, about: Mapping[str, object], count: int, place: Place) -> Iterator[Problem]:
    """The place of the option that is chosen at first, from 0."""
    given = about.get("default")
    if given is not None and not (isinstance(given, str) and given.isdecimal() and int(given) < count):
        yield sheet.problem("form-bad-default", *place, "default", given=given, last=count - 1)


# ---- values ---------------------------------------------------------------------------------------------------------


def _not_text(sheet: Sheet, value: object, *place: str | int, empty: bool = False) -> Iterator[Problem]:
    """A value that must be words: neither nothing, nor a list, nor what the host's YAML takes for another thing."""
    field = next(part for part in reversed(place) if isinstance(part, str))
    if not isinstance(value, str) or (not value.strip() and not empty):
        yield sheet.problem("form-empty", *place, field=field)
    elif _NOT_TEXT.fullmatch(value) and sheet.is_bare(value, *place):
        yield sheet.problem("form-not-text", *place, field=field, given=value)


def _not_truth(sheet: Sheet, value: object, *place: str | int) -> Iterator[Problem]:
    if not (isinstance(value, str) and _TRUTH.fullmatch(value) and sheet.is_bare(value, *place)):
        yield sheet.problem("form-not-truth", *place, field=place[-1])


def _asks(sheet: Sheet, words: object, *place: str | int) -> Iterator[Problem]:
    """Contact data that words ask for; nobody can take back what stands on a public page."""
    is_id = place[-1] == "id"
    found = asked_for(words, is_label=place[-1] == "label", is_id=is_id) if isinstance(words, str) else ""
    if found:
        yield sheet.problem("form-contact-field", *place, word=found)


# ---- elements together ----------------------------------------------------------------------------------------------


def _twins(sheet: Sheet, asking: Mapping[int, Mapping[str, object]]) -> Iterator[Problem]:
    """Elements that are taken for each other: by their ids, their labels, or what a host makes of a label."""
    names: dict[str, int] = {}
    labels: dict[str, int] = {}
    slugs: dict[str, int] = {}
    for index, element in asking.items():
        name, label = element.get("id"), _label(element)
        if isinstance(name, str) and names.setdefault(name, index) != index:
            yield sheet.problem("form-id-twice", "body", index, "id", given=name, other=_line(sheet, names[name]))
        if not label:
            continue
        if labels.setdefault(label, index) != index:
            there = ("body", index, "attributes", "label")
            yield sheet.problem("form-label-twice", *there, given=label, other=_line(sheet, labels[label]))
            continue
        slug = name if isinstance(name, str) else slug_of(label)
        if (other := slugs.setdefault(slug, index)) != index and not (name and asking[other].get("id")):
            there = ("body", index, "attributes", "label")
            yield sheet.problem("form-labels-alike", *there, given=label, other=_line(sheet, other))


def _boxes(sheet: Sheet, asking: Mapping[int, Mapping[str, object]]) -> Iterator[Problem]:
    """Boxes that are called like a question that has no id."""
    labels = {_label(element): index for index, element in asking.items() if not element.get("id")}
    for index, element in asking.items():
        about = element.get("attributes")
        options = about.get("options") if isinstance(about, dict) and element.get("type") == "checkboxes" else None
        for place, option in enumerate(options if isinstance(options, list) else ()):
            label = _label({"attributes": option})
            if label in labels:
                where = ("body", index, "attributes", "options", place)
                yield sheet.problem("form-labels-alike", *where, given=label, other=_line(sheet, labels[label]))


def _label(element: Mapping[str, object]) -> str:
    about = element.get("attributes")
    label = about.get("label") if isinstance(about, dict) else None
    return " ".join(label.split()) if isinstance(label, str) else ""


def _line(sheet: Sheet, index: int) -> int:
    return sheet.places["body", index][0]


def slug_of(label: str) -> str:
    """What GitHub calls an element without an id: Latin letters, digits, `-` and `_` of its label; Chinese leaves nothing.

    After `ActiveSupport::Inflector.parameterize`.
    """
    plain = "".join(one for one in normalize("NFKD", label) if one.isascii())
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_-]+", "-", plain.lower())).strip("-")
