"""Which classes and ids a page's own style sheets hide."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_SELECTOR = 1000
"""Characters of selectors in front of one rule that are read."""

_HIDES = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_DISPLAY = re.compile(r"isplay\s{0,4}:\s{0,4}([A-Za-z]{1,20})")  # letters of one case are fast to find
_SHOUTED = re.compile(_DISPLAY.pattern, re.IGNORECASE)
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
    hidden: set[str] = set()
    shown: list[str] = []
    css = _without_comments(css)
    at, depth, selector = 0, 0, ""
    for found in (_SHOUTED if "ISPLAY" in css else _DISPLAY).finditer(css):
        start, end = found.span()
        depth += css.count("{", at, start) - css.count("}", at, start)
        if (brace := css.rfind("{", at, start)) >= 0:
            before = max(css.rfind("{", at, brace), css.rfind("}", at, brace), css.rfind(";", at, brace))
            selector = css[max(before + 1, at, brace - MAX_SELECTOR) : brace]
        at = end
        if found[1].lower() != "none":
            shown.append(selector)
        elif depth == 1:
            hidden.update(name[1] for one in selector.split(",") if (name := _SIMPLE.fullmatch(one.strip())))
    return frozenset(hidden.difference(*map(_NAME.findall, shown))) if hidden else frozenset()


def _without_comments(css: str) -> str:
    first, *others = css.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
