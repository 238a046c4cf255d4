"""The form of intake.yml: where feedback arrives by itself, for `git feedback sweep` to take it in."""

from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from git_feedback.model.fields import Line, Token
from git_feedback.policy.files import Part

SourceKind = Literal["issues", "mail-folder", "drop-folder"]
_OWN = ("id", "kind")
_NEEDED = {"issues": (), "mail-folder": ("path",), "drop-folder": ("path", "format")}
_ALLOWED = {
    "issues": ("host", "repository", "label"),
    "mail-folder": ("path", "done"),
    "drop-folder": ("path", "format", "map", "done"),
}
_REPOSITORY = r"^[A-Za-z0-9_.-]{1,100}(/[A-Za-z0-9_.-]{1,100}){1,20}$"
_TAKEN = ("feedback", "policy", ".git")
"""Folders of a desk in which nothing may arrive: it would become part of the record, or rule over it."""


def _outside(value: object) -> object:
    """A path as it is written, if it does not lead into the record."""
    if not isinstance(value, str):
        return value
    parts: list[str] = []
    for part in PurePosixPath(value.replace("\\", "/")).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    if not parts or parts[0].casefold() in _TAKEN:
        raise PydanticCustomError("source-inside", "{given}", {"given": value[:60]})
    return value


class SourcePart(Part):
    """One place where feedback arrives.  Which fields there are depends on its kind."""

    id: Token
    kind: SourceKind
    host: Literal["github", "gitlab", "gitea"] | None = None
    """The kind of host; the desk's own where it is left out."""
    repository: Annotated[str, StringConstraints(pattern=_REPOSITORY)] | None = None
    """`owner/name`, on GitLab with all its groups; the desk's own repository where it is left out."""
    label: Line = "feedback"
    path: Annotated[Line, BeforeValidator(_outside)] | None = None
    """From the top of the desk, or absolute."""
    format: Token | None = None
    map: Line | None = None
    """A mapping that ships, or the path of a mapping file from the top of the desk."""
    done: Literal["keep", "move"] = "keep"
    """What becomes of files of which every piece was taken in: they stay, or are moved to `done/` beside them."""

    @model_validator(mode="after")
    def _fitting(self) -> "SourcePart":
        given = [name for name in self.model_fields_set if name not in _OWN]
        strange = sorted(set(given) - {*_ALLOWED[self.kind]})
        if strange:
            raise PydanticCustomError("source-field", "{given}", {"given": strange[0], "kind": self.kind})
        missing = [name for name in _NEEDED[self.kind] if getattr(self, name) is None]
        if missing:
            raise PydanticCustomError("source-incomplete", "{given}", {"given": missing[0], "kind": self.kind})
        return self


class IntakeFile(Part):
    """intake.yml."""

    sources: tuple[SourcePart, ...] = Field(default=(), max_length=100)
