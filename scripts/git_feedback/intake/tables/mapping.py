"""A mapping file says which column of a table is which field, and what the source's values are called here.

Wherever a column is named, `*` may stand for a part of the name; such a pattern need not fit any column.
"""

from functools import cached_property
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from git_feedback import notation
from git_feedback.intake.tables.patterns import fits
from git_feedback.model import Bad, Problem, translated
from git_feedback.model.fields import Integer, Line, Token
from git_feedback.policy.files import Zone

_FROZEN = ConfigDict(frozen=True, extra="forbid")


def _several(value: object) -> object:
    return (value,) if isinstance(value, str | dict) else value


Columns = Annotated[tuple[Line, ...], BeforeValidator(_several)]
"""One column, or several: as it says at each field, they are joined, or the first that says something counts."""
Some = Annotated[tuple[Line, ...], BeforeValidator(_several), Field(min_length=1)]
Cells = dict[str, str]
"""The cells of one row by column."""
Contact = Literal["name", "mobile", "phone", "email", "wechat", "login", "address", "other"]
Encoding = Literal["utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252"]


class Fields(BaseModel):
    """Field of an item -> column, or columns.  Source, title, text, product, area and device join what they name;
    of the others the first column that says something counts."""

    model_config = _FROZEN
    source: Some
    """The source's own key of the row: together with the channel it tells the row again."""
    received: Some
    channel: Line | None = None
    title: Columns = ()
    text: Columns = ()
    product: Columns = ()
    area: Columns = ()
    device: Columns = ()
    language: Columns = ()
    """A code such as `zh` or `en`; anything else is guessed from the words."""
    kind: Columns = ()
    """Of the submitter: new, returning, high-value or anonymous; `values` translate."""
    rating: Columns = ()
    """1 to 5: stars, or how content somebody is (CSAT)."""
    nps: Columns = ()
    """0 to 10."""
    expected: Columns = ()
    """By when the submitter hopes for a solution."""
    tags: Columns = ()
    point: Annotated[tuple[Line, ...], Field(max_length=2)] = ()
    department: Line | None = None
    due: Columns = ()
    """By when the department is to be done; only together with `departments`."""
    resolved: Columns = ()
    result: Columns = ()


class When(BaseModel):
    """`gives` for rows in which every named column fits its pattern (`*` stands for anything; case counts)."""

    model_config = _FROZEN
    when: dict[str, str] = Field(min_length=1)
    gives: Token

    def fits(self, row: Cells) -> bool:
        """Whether a row is meant."""
        return all_fit(self.when, row)


def all_fit(when: dict[str, str], row: Cells) -> bool:
    """Whether every named column of a row fits its pattern; a column that is not there is empty."""
    return all(fits(pattern, row.get(column, "")) for column, pattern in when.items())


class Mapping(BaseModel):
    """A whole mapping file."""

    model_config = _FROZEN
    name: Line
    record: Literal["history", "fresh"] = "fresh"
    """history: the past of another system, which raises no alarm; only that may have been resolved already."""
    times: Some = ("iso",)
    """`iso`, `unix` (seconds or milliseconds since 1970), or strptime patterns such as `%m/%d/%Y %I:%M:%S %p`; the
    first that fits counts, and ISO is read in any case."""
    zone: Zone = "UTC"
    """Where times without an offset were written."""
    language: Line | None = None
    joint: str = " · "
    """What stands between the columns that make one field."""
    empty: tuple[str, ...] = ()
    """Values that mean nothing was said."""
    channel: Token | None = None
    """The channel of every row, where no column says it."""
    title: Line | None = None
    """The title where no column gives one: words, in which `{column}` stands for a cell."""
    header_rows: Annotated[Integer, Field(ge=1, le=4)] = 1
    """How many rows the names of the columns take; names in several rows are joined by ` / `."""
    sheet: Line | None = None
    """The sheet of a workbook; the first where nothing is said."""
    records: Line | None = None
    """Where in a JSON file the list of rows is: keys with dots between."""
    encoding: Encoding | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    columns: Fields
    contacts: dict[Contact, Columns] = {}
    """Ways to reach the submitter -> columns: they are sealed, and never lie in the item in clear."""
    questions: Columns = ()
    """Questions of a survey: each that was answered is a paragraph of the text, under the question's own words."""
    ignore: Columns = ()
    """Columns that `questions` means by its pattern and that are none."""
    optional: tuple[str, ...] = ()
    """Columns that a file may lack; they are then empty."""
    split: dict[str, Annotated[str, Field(min_length=1)]] = {}
    """Column -> what stands between the several answers in one of its cells."""
    values: dict[str, dict[str, str]] = {}
    """Column -> what its codes mean, cell or answer: `{满意度: {"1": 很不满意}}`."""
    skip_when: Annotated[tuple[dict[str, str], ...], BeforeValidator(_several)] = ()
    """Rows that are none: those in which every named column fits its pattern, for any of the entries."""
    channels: tuple[When, ...] = ()
    categories: tuple[When, ...] = ()
    departments: tuple[When, ...] = ()
    resolved_when: dict[str, str] = {}

    def given(self, shelf: Literal["channels", "categories", "departments"], row: Cells) -> When | None:
        """The first entry that fits a row: it gives the policy's id; None where none fits."""
        entries: tuple[When, ...] = getattr(self, shelf)
        return next((entry for entry in entries if entry.fits(row)), None)

    def skips(self, row: Cells) -> bool:
        """Whether a row is none."""
        return any(all_fit(when, row) for when in self.skip_when)

    @cached_property
    def nothing(self) -> frozenset[str]:
        """Values that mean nothing was said, the empty one among them."""
        return frozenset((*self.empty, ""))


def load(source: bytes, file: str) -> Mapping:
    """The mapping in a file; raises Bad with every problem."""
    try:
        mapping = Mapping.model_validate(notation.read(source))
    except notation.Bad as bad:
        raise Bad(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    except ValidationError as error:
        raise Bad(translated(error, file, notation.places(source))) from None
    for column, code in _at_odds(mapping):
        raise Bad([Problem(file, *notation.places(source)["columns", column], code)])
    return mapping


def _at_odds(mapping: Mapping) -> list[tuple[str, str]]:
    """Columns that contradict what the mapping says elsewhere, and how."""
    odd = {
        ("resolved", "resolved-but-fresh"): mapping.columns.resolved and mapping.record == "fresh",
        ("due", "due-but-whose"): mapping.columns.due and not mapping.departments,
    }
    return [at for at, is_so in odd.items() if is_so]


def preset(name: str) -> bytes | None:
    """The mapping that ships under a name (`sf311`), or None."""
    return (_SHIPPED / f"{name}.yml").read_bytes() if name in presets() else None


def presets() -> list[str]:
    """The names of the mappings that ship."""
    return sorted(path.name.removesuffix(".yml") for path in _SHIPPED.iterdir() if path.name.endswith(".yml"))


_SHIPPED = files("git_feedback.intake.tables") / "maps"
