"""A mapping file says which column of a table is which field, and what the source's values are called here."""

from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from git_feedback import notation
from git_feedback.model import Bad, Problem, translated
from git_feedback.model.fields import Line, Token
from git_feedback.policy.files import Zone

_FROZEN = ConfigDict(frozen=True, extra="forbid")


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[Line, ...], BeforeValidator(_several)]


class Fields(BaseModel):
    """Field of an item -> column, or columns that are joined."""

    model_config = _FROZEN
    source: Line
    received: Line
    channel: Line | None = None
    title: Columns
    text: Columns = ()
    product: Columns = ()
    area: Columns = ()
    device: Columns = ()
    rating: Line | None = None
    tags: Columns = ()
    point: Annotated[tuple[Line, ...], Field(max_length=2)] = ()
    department: Line | None = None
    resolved: Line | None = None
    result: Line | None = None


class When(BaseModel):
    """`gives` for rows in which every named column fits its pattern (`*` stands for anything; case counts)."""

    model_config = _FROZEN
    when: dict[str, str] = Field(min_length=1)
    gives: Token

    def fits(self, row: dict[str, str]) -> bool:
        """Whether a row is meant."""
        return all(fnmatchcase(row.get(column, ""), pattern) for column, pattern in self.when.items())


class Mapping(BaseModel):
    """A whole mapping file."""

    model_config = _FROZEN
    name: Line
    record: Literal["history", "fresh"] = "fresh"
    """history: the past of another system, which raises no alarm; only that may have been resolved already."""
    times: Line = "iso"
    """`iso`, or a strptime pattern such as `%m/%d/%Y %I:%M:%S %p`."""
    zone: Zone = "UTC"
    """Where times without an offset were written."""
    language: Line | None = None
    joint: str = " · "
    """What stands between the columns that make one field."""
    empty: tuple[str, ...] = ()
    """Values that mean nothing was said."""
    channel: Token | None = None
    """The channel of every row, where no column says it."""
    columns: Fields
    optional: tuple[str, ...] = ()
    """Columns that a file may lack; they are then empty."""
    channels: tuple[When, ...] = ()
    categories: tuple[When, ...] = ()
    departments: tuple[When, ...] = ()
    resolved_when: dict[str, str] = {}

    def given(self, shelf: Literal["channels", "categories", "departments"], row: dict[str, str]) -> When | None:
        """The first entry that fits a row: it gives the policy's id; None where none fits."""
        entries: tuple[When, ...] = getattr(self, shelf)
        return next((entry for entry in entries if entry.fits(row)), None)

    def named_columns(self) -> set[str]:
        """Every column a file must have."""
        found: set[str] = set(self.resolved_when)
        for value in dict(self.columns).values():
            found |= {value} if isinstance(value, str) else set(value or ())
        for entry in (*self.channels, *self.categories, *self.departments):
            found |= set(entry.when)
        return found - set(self.optional)


def load(source: bytes, file: str) -> Mapping:
    """The mapping in a file; raises Bad with every problem."""
    try:
        mapping = Mapping.model_validate(notation.read(source))
    except notation.Bad as bad:
        raise Bad(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    except ValidationError as error:
        raise Bad(translated(error, file, notation.places(source))) from None
    if mapping.columns.resolved and mapping.record == "fresh":
        place = notation.places(source)["columns", "resolved"]
        raise Bad([Problem(file, *place, "resolved-but-fresh")])
    return mapping


def preset(name: str) -> bytes | None:
    """The mapping that ships under a name (`sf311`), or None."""
    path = files("git_feedback.intake") / "maps" / f"{name}.yml"
    return path.read_bytes() if path.is_file() else None


def presets() -> list[str]:
    """The names of the mappings that ship."""
    folder = files("git_feedback.intake") / "maps"
    return sorted(path.name.removesuffix(".yml") for path in folder.iterdir() if path.name.endswith(".yml"))
