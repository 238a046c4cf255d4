"""The JSON Schema of an item's file, for editors: what they complete and underline while somebody types.

`# yaml-language-server: $schema=...` at the top of a file points to it.  The reader stays the judge.
"""

import json
from typing import Any

from git_feedback.model.events import VERBS
from git_feedback.model.item import Item

_HIDDEN = ("verb",)


def item_schema(command: str) -> str:
    """The schema as JSON text; `command` is named as what makes it."""
    schema = Item.model_json_schema(mode="validation")
    definitions = schema.get("$defs", {})
    properties = schema["properties"]
    for bound in ("ge", "le"):  # pydantic's own words for the first and last moment, which no JSON Schema knows
        properties["received"].pop(bound, None)
    properties["history"] = {"type": "array", "items": {"oneOf": [_event(verb, definitions) for verb in VERBS]}}
    used = {name: part for name, part in definitions.items() if name in ("Submitter", "Attachment", "Kept", "Point")}
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Made from the models by `{command}`: change them instead.",
        **{name: value for name, value in schema.items() if name != "$defs"},
        "$defs": used,
    }
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


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
