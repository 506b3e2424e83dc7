"""Addresses that a site's own patterns accept, made from the patterns, as real ones look: numbers of seven digits."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from re import _parser as sre  # type: ignore[attr-defined]
from string import ascii_lowercase
from typing import Any

from cleaners.sites import Kind, Site

TRIES = 200
_FOLDERS = ("fanwen", "jianghua", "zongjie", "hetong", "gongwen", "zuowen", "xinde", "baogao", "fangan", "zhidu")
LENGTH, MAX_RUN = 7, 24
"""Characters of what may be any number of them, or more than `MAX_RUN`."""
_STYLES = (
    ("/list-{k}.html", "/list-{k}-{n}.html"),
    ("/channel/{k}/", "/channel/{k}/index_{n}.html"),
    ("/lists.php?cid={k}", "/lists.php?cid={k}&page={n}"),
    ("/sort/{w}/", "/sort/{w}/?page={n}"),
    ("/c-{k}.html", "/c-{k}-{n}.html"),
    ("/wen/{k}/", "/wen/{k}/index_{n}.html"),
    ("/index/article/lists/cate/{k}.html", "/index/article/lists/cate/{k}.html?page={n}"),
)
"""How lists and their later pages are addressed: k the number of a list, w its word, n the page."""


def document_address(site: Site, form: int, chance: random.Random, number: str | None = None) -> str:
    """Return path and query of a document page; `number` is the id in it. Raises ValueError where none can be made."""
    return _target(site, site.documents[form], "document", chance, number)


def listing_style(site: Site, chance: random.Random) -> tuple[str, str]:
    """Return how this site's lists are addressed: as its patterns say, or, where it has none, as none of them says.

    Raises ValueError where no style of ours is one of its patterns.
    """
    wanted: Kind | None = "listing" if site.listings else None
    fitting = [style for style in _STYLES if {site.kind(f"http://{_filled(each)}") for each in style} == {wanted}]
    if not fitting:
        raise ValueError(f"{site.name}: no lists can be addressed; add a style to benchmarks/internet/addresses.py")
    return chance.choice(fitting)


def listing_address(style: tuple[str, str], key: int, page: int) -> str:
    """Return path and query of a page of a list."""
    return style[page > 1].format(k=key + 1, w=_FOLDERS[key], n=page)


def part_address(site: Site, target: str, number: int) -> str | None:
    """Return the address of a later page of a document, None where the site has none."""
    stem, dot, ending = target.rpartition(".")
    later, root = f"{stem}_{number}{dot}{ending}", f"http://{site.domains[0]}"
    is_part = site.kind(root + later) == "part" and site.first_page(root + later) == root + target
    return later if is_part else None


def _filled(style: str) -> str:
    return "a.example" + style.format(k=2, w=_FOLDERS[0], n=3)


def _target(site: Site, pattern: str, kind: Kind, chance: random.Random, number: str | None) -> str:
    parsed = sre.parse(pattern)
    making = _Making(chance, number, parsed.state.groupdict.get("id"))
    for _ in range(TRIES):
        made = making.made(parsed)
        if re.search(pattern, made) and site.kind(f"http://{site.domains[0]}{made}") == kind:
            return made
    raise ValueError(f"{site.name}: no address is made from {pattern}")


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes strings for one pattern; `number` stands for the group `id`, which is its `id_group`."""

    chance: random.Random
    number: str | None
    id_group: int | None

    def made(self, parsed: Iterable[tuple[Any, Any]]) -> str:
        """Return a string for a parsed pattern; what looks ahead is written where it stands."""
        return "".join(self._piece(str(code), value) for code, value in parsed)

    def _piece(self, code: str, value: Any) -> str:
        match code:
            case "LITERAL":
                return chr(value)
            case "IN":
                return self.chance.choice(_characters(value))
            case "MAX_REPEAT":
                return self._repeated(*value)
            case "SUBPATTERN":
                return self.number if self.number and value[0] == self.id_group else self.made(value[3])
            case "BRANCH":
                return self.made(self.chance.choice(value[1]))
            case "ASSERT":
                return f"{self.made(value[1])}&"
            case "AT" | "ASSERT_NOT":
                return ""
            case _:
                raise ValueError(f"a pattern with {code}: teach benchmarks/internet/addresses.py to write it")

    def _repeated(self, least: int, most: int, what: Any) -> str:
        code, value = what[0]
        if str(code) == "ANY" or (least == 0 and most == 1):
            return ""
        if str(code) == "IN" and most > MAX_RUN and _characters(value) == ascii_lowercase:
            return self.chance.choice(_FOLDERS)
        count = self.chance.randint(least, most) if most <= MAX_RUN else max(least, LENGTH)
        return "".join(self.made(what) for _ in range(count))


def _characters(members: Iterable[tuple[Any, Any]]) -> str:
    """Return the ASCII letters and digits of a class; digits alone where it has all word characters."""
    found = ""
    for code, value in members:
        match str(code):
            case "LITERAL":
                found += chr(value)
            case "RANGE":
                found += "".join(map(chr, range(value[0], value[1] + 1)))
            case _:
                found += "0123456789" if "DIGIT" in str(value) else "0123456789abcdefghijklmnopqrstuvwxyz"
    return found
