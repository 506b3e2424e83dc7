"""Which classes and ids a page's own style sheets hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MAX_SELECTOR = 1000
"""Characters of selectors in front of one rule that are read."""

_HIDES = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_DISPLAYS = {
    is_shouted: re.compile(
        r"isplay\s{0,4}:\s{0,4}(?:((?i:none)(?![A-Za-z]))|[A-Za-z]{1,20})", re.IGNORECASE if is_shouted else 0
    )
    for is_shouted in (False, True)
}
"""Declarations that hide, in a group, or show, by whether a sheet has any in capitals: letters of one case are fast."""
_SIMPLE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9]*)?([.#][A-Za-z_][\w-]*)")
_NAME = re.compile(r"[.#][A-Za-z_][\w-]*")


def hides(style: str) -> bool:
    """Whether declarations say that an element is not shown; `visibility` does not count, scripts lift it."""
    return "none" in style and bool(_HIDES.search(style))


def hidden_names(css: str) -> frozenset[str]:
    """Return the `.class` and `#id` selectors that hide elements always: not in media queries, and nowhere shown again.

    >>> sorted(hidden_names(".a,p.b{display:none} .c .d{display:none} .e{display:none} .e.on{display:block}"))
    ['.a', '.b']
    """
    return _hidden(css) if "none" in css else frozenset()


@lru_cache(maxsize=64)
def _hidden(css: str) -> frozenset[str]:
    """Read a style sheet; the pages of a site have one in common."""
    hidden, shown = set[str](), list[str]()
    css, at, depth = _without_comments(css), 0, 0
    for start, selector, is_hidden in _selectors(css):
        if not is_hidden:
            shown.append(selector)
            continue
        depth += css.count("{", at, start) - css.count("}", at, start)
        at = start
        if depth == 1:
            hidden.update(name[1] for one in selector.split(",") if (name := _SIMPLE.fullmatch(one.strip())))
    return frozenset(hidden.difference(_NAME.findall("\n".join(shown))) if hidden else hidden)


def _selectors(css: str) -> Iterator[tuple[int, str, bool]]:
    """Yield where elements are hidden or shown, with what stands in front of the rule that says so, and which."""
    at, selector = 0, ""
    for found in _DISPLAYS["ISPLAY" in css].finditer(css):
        start, end = found.span()
        if (brace := css.rfind("{", at, start)) >= 0:
            first = max(at, brace - MAX_SELECTOR)
            before = max(css.rfind("{", first, brace), css.rfind("}", first, brace), css.rfind(";", first, brace))
            selector = css[max(before + 1, first) : brace]
        at = end
        yield start, selector, found[1] is not None


def _without_comments(css: str) -> str:
    first, *others = css.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
