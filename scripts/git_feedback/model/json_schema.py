"""JSON Schemas of items and problem records, for editors: what they complete and underline while somebody types.

`# yaml-language-server: $schema=...` at the top of a file points to it.  The reader stays the judge.
"""

import json
from typing import Any

from git_feedback.model.events import VERBS
from git_feedback.model.item import Item
from git_feedback.model.problems import ProblemRecord

_HIDDEN = ("verb",)
_BOUNDS = {"ge": "minimum", "le": "maximum"}


def item_schema(command: str) -> str:
    """The schema as JSON text; `command` is named as what makes it."""
    schema = _bounded(Item.model_json_schema(mode="validation"))
    definitions = schema.get("$defs", {})
    properties = schema["properties"]
    properties["history"] = {"type": "array", "items": {"oneOf": [_event(verb, definitions) for verb in VERBS]}}
    used = {name: part for name, part in definitions.items() if name in ("Submitter", "Attachment", "Kept", "Point")}
    return _written({**schema, "$defs": used}, command)


def problem_schema(command: str) -> str:
    """The schema of a problem record as JSON text; `command` is named as what makes it."""
    return _written(_bounded(ProblemRecord.model_json_schema(mode="validation")), command)


def _written(schema: dict[str, Any], command: str) -> str:
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Made from the models by `{command}`: change them instead.",
        **schema,
    }
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _bounded(part: Any) -> Any:
    """The schema with its bounds in words that editors know: behind our own readers pydantic leaves `ge` and `le`."""
    if isinstance(part, list):
        return [_bounded(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _bounded(one) for name, one in part.items() if name not in _BOUNDS or isinstance(one, dict)}
    is_number = part.get("type") in ("integer", "number")
    return kept | {_BOUNDS[name]: part[name] for name in _BOUNDS if is_number and name in part}


def _event(verb: str, definitions: dict[str, Any]) -> dict[str, Any]:
    kind = VERBS[verb]
    schema = definitions[kind.__name__]
    required = [name for name in schema.get("required", []) if name not in _HIDDEN]
    inside = {name: part for name, part in schema["properties"].items() if name not in (*_HIDDEN, *kind.PROSE)}
    below = {name: part for name, part in schema["properties"].items() if name in kind.PROSE}
    braces = {
        "type": "object",
        "additionalProperties": False,
        "properties": inside,
        "required": [name for name in required if name in inside],
    }
    return {
        "type": "object",
        "description": schema.get("description", ""),
        "additionalProperties": False,
        "properties": {verb: braces, **below},
        "required": [verb, *(name for name in required if name in below)],
    }
