"""Data in scripts: JSON-LD, and the text of a page that stands in the state of its program only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from cleaners.reading.markup import sentence_marks

MAX_VALUES = 50_000
"""Values of a script's data that are looked at."""
MIN_MARKS = 2
"""Sentences that a string must hold to be an article."""
MIN_SHARE = 0.5
"""The share of the sentences in all strings that an article must hold to be plainly the page's text."""
BODIES = frozenset(
    ("articlebody", "content", "body", "text", "html", "contenthtml", "articlecontent", "detail", "richtext", "main")
)
"""Keys of an article's text, in lower case, without `_` and `-`."""

STATES = (
    *("__INITIAL_STATE__", "__INITIAL_DATA__", "__PRELOADED_STATE__", "__APOLLO_STATE__", "__NUXT__", "__NEXT_DATA__"),
    *("pageData", "initialState"),
)
"""Names under which programs keep the data of a page."""
MAX_ASSIGNMENT = 200
"""Characters between the name of a state and its value."""
_OPENS = re.compile(r"""=\s{0,9}(?=[{\[])|\bJSON\.parse\(\s{0,9}(?=["'])""")
_DECODER = json.JSONDecoder(strict=False)


def values(code: str) -> Iterator[tuple[str, Any]]:
    """Yield the values in a script's data with their keys, outermost first; none of what is not JSON."""
    waiting: list[tuple[str, Any]] = [("", _parsed(code))]
    for count, (key, value) in enumerate(waiting):
        if count >= MAX_VALUES:
            return
        yield key, value
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((key, each) for each in value)


def _parsed(code: str) -> Any:
    """Return the JSON that a script is, or that it assigns to the name of a page's state."""
    start = 0
    if code[:1] not in ("{", "["):
        at = next((at for name in STATES if (at := code.find(name)) >= 0), len(code))
        opens = _OPENS.search(code, at, at + MAX_ASSIGNMENT)
        start = opens.end() if opens else len(code)
    try:
        value, _ = _DECODER.raw_decode(code, start)
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def holds_data(code: str) -> bool:
    """Whether a script is JSON or names a page's state."""
    return code[:1] in ("{", "[") or any(map(code.__contains__, STATES))


def article(scripts: Sequence[str]) -> tuple[str | None, bool]:
    """Return the text or HTML of the article that a page's scripts hold, and whether they hold sentences at all."""
    best, best_marks, marks = None, 0, 0
    for code in scripts:
        for key, value in values(code):
            if not isinstance(value, str) or not (count := sentence_marks(value)):
                continue
            marks += count
            if count > best_marks and re.sub("[_-]", "", key.lower()) in BODIES:
                best, best_marks = value, count
    is_plain = best_marks >= MIN_MARKS and best_marks >= MIN_SHARE * marks
    return (best if is_plain else None), marks >= MIN_MARKS
