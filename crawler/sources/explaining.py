"""What pydantic found wrong with a source, in the words of someone who writes source files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from crawler.sources.schema import EditionKeys, PageKeys, SourceKeys
from crawler.sources.values import Owner

_EXPECTED = {
    "string_type": "must be text, in quotes",
    "tuple_type": 'must be a list, such as ["…"]',
    "bool_type": "must be true or false",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "missing": "is missing",
    "enum": f"must be one of {', '.join(Owner)}",
}
_KEYS = sorted({*SourceKeys.model_fields, *EditionKeys.model_fields, *PageKeys.model_fields})


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` leads from the source to the key, `value` is what stands there."""

    path: tuple[str | int, ...]
    text: str
    value: object


def explain(error: ValidationError) -> Iterator[Problem]:
    """The mistakes in `error`, in the order of the keys."""
    for found in error.errors(include_url=False):
        path = tuple(part for part in found["loc"] if part != "[key]")
        key = ".".join(part for part in path if isinstance(part, str))
        cause = _cause(found["type"], found["msg"], found.get("ctx") or {}, key)
        # A mistake of the source as a whole names its key itself.
        yield Problem(path, f"{key}: {cause}" if key else cause, found["input"])


def _cause(type: str, message: str, context: dict[str, Any], key: str) -> str:
    if type == "extra_forbidden":
        near = get_close_matches(key.rpartition(".")[2], _KEYS, n=1)
        return f"unknown key; did you mean {near[0]}?" if near else "unknown key"
    if type == "too_long":
        return f"holds more than {context['max_length']} entries"
    return _EXPECTED.get(type) or message.removeprefix("Value error, ")
