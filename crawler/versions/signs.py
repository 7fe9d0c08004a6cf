"""Signs that publishers exchange without changing what is said."""

from __future__ import annotations

import unicodedata

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʻ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": None,  # a soft hyphen: only where a line may be broken
        "\u200b": None,
        "\ufeff": None,
    }
)


def folded(text: str) -> str:
    """`text` with one form of each quotation mark, dash, ligature and space."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)
