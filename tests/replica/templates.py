"""Templates: ``{{name}}`` is put in escaped, ``{{name_html}}`` as it is, ``{{#name}}…{{/name}}`` repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent / "layouts"
LOOP = re.compile(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
NAME = re.compile(r"\{\{(\w+)\}\}")

Row = Mapping[str, str]
Values = Mapping[str, "str | Sequence[Row]"]


@cache
def load_template(outlet: str, name: str) -> str:
    return (FOLDER / outlet / f"{name}.html").read_text(encoding="utf-8")


def fill(template: str, values: Values) -> str:
    """The page. A loop over a name that `values` lacks is left out; a single name it lacks is an error."""

    def repeat(loop: re.Match[str]) -> str:
        rows = values.get(loop[1], ())
        if isinstance(rows, str):
            rows = [{}] if rows else []
        return "".join(fill(loop[2], {**values, **row}) for row in rows)

    def put(name: re.Match[str]) -> str:
        value = str(values[name[1]])
        return value if name[1].endswith("_html") else escape(value)

    return NAME.sub(put, LOOP.sub(repeat, template))
