"""Where a program fills in a name or a number: what a page shows is filled in."""

from __future__ import annotations

import re
from string import ascii_uppercase

PLACEHOLDER = re.compile(
    r"%(?:(?:\d{1,2}\$)?(?:l{0,2}[sdiuxp]|\.\df)(?![A-Za-z])|\(\w{1,30}\)[sd])"
    r"|\{(?<![{$]\{)(?P<name>[A-Za-z_]\w{0,30})?\d?\}(?!\})"
    r"|_(?<![A-Za-z0-9_]_)[A-Z]{3,12}_(?![A-Za-z0-9_])"  # `re` looks for first characters fast
)
"""A conversion of `printf`, braces as in Python's `str.format`, whose field may have a `name`, `_TOTAL_`.

What templates of pages write, `{{…}}` and `${…}`, is none.
"""
PLACEHOLDER_HOLDS = (*(f"%{sign}" for sign in "sdiuxpl(."), "$", "{", *(f"_{letter}" for letter in ascii_uppercase))
"""One of these stands in every placeholder: other texts are not searched."""
