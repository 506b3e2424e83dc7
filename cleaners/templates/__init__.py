"""One page family a file: a template is one engine that many sites run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from cleaners.rules.rule import Rule


@cache
def _compiled(pattern: str | None) -> Any:
    return re.compile(pattern) if pattern else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines that is no text: from a line matching `begin` to the line matching `end`, or to a blank line's end.

    `begin` and `end` are regular expressions for whole lines in the looked-through view; `lines` is the longest run taken.
    `inner`, if given, is what every line between must match, and `least` how many there must be. `states` names the fact that the lines between state.
    """

    id: str
    why: str
    begin: str
    end: str | None = None
    inner: str | None = None
    least: int = 0
    lines: int = 60
    states: str | None = None

    def compiled(self) -> tuple[Any, Any, Any]:
        """Return the three patterns compiled, None for one that is not there."""
        return _compiled(self.begin), _compiled(self.end), _compiled(self.inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A page family.

    Pages of a site have the template that the site names. Others are recognised when at least `need` of its `signs`
    (ids of rules that hit) are on the page, or by `urls` (a regular expression on host and path). Its own `rules` and
    `blocks` count only on its pages. `has_chunks` says that its engine cuts texts into numbered pieces. Where its rules
    do not know the whole frame (`knows_frame` is false), the markup is asked, too.
    """

    name: str
    why: str
    signs: Collection[str] = ()
    need: int = 2
    urls: str | None = None
    has_chunks: bool = False
    knows_frame: bool = True
    rules: Sequence[Rule] = ()
    blocks: Sequence[Block] = ()


@cache
def templates() -> Mapping[str, Template]:
    """Return every template by name, in the order of their modules' names."""
    modules = sorted(module.name for module in iter_modules(__path__))
    found = [import_module(f"{__name__}.{name}").TEMPLATE for name in modules]
    return {template.name: template for template in found}


def recognise(hits: Set[str], address: str | None) -> Template | None:
    """Return the template whose address pattern fits or whose signs are best met; None for an unknown page."""
    best, best_count = None, 0
    for template in templates().values():
        if address and template.urls and re.search(template.urls, address):
            return template
        count = 0 if hits.isdisjoint(template.signs) else sum(sign in hits for sign in template.signs)
        if count >= template.need and count > best_count:
            best, best_count = template, count
    return best
