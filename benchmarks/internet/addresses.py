"""Addresses that a site's own patterns accept, made from the patterns, as real ones look: numbers of seven digits."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

from cleaners.sites import Kind, Site

TRIES = 200
_FOLDERS = "fanwen jianghua zongjie hetong gongwen zuowen xinde baogao fangan zhidu".split()
_UNBOUNDED = 7
"""Characters of what may be any number of them."""
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
    for _ in range(TRIES):
        made = "".join(_made(parsed, chance, number, dict(parsed.state.groupdict)))
        if re.search(pattern, made) and site.kind(f"http://{site.domains[0]}{made}") == kind:
            return made
    raise ValueError(f"{site.name}: no address is made from {pattern}")


def _made(parsed: Iterable[tuple[Any, Any]], chance: random.Random, number: str | None, names: dict[str, int]) -> list[str]:
    """Return the pieces of a string for a parsed pattern; what looks ahead is written where it stands."""
    pieces: list[str] = []
    for code, value in parsed:
        match str(code):
            case "LITERAL":
                pieces.append(chr(value))
            case "IN":
                pieces.append(chance.choice(_characters(value)))
            case "MAX_REPEAT":
                pieces += _repeated(*value, chance, number, names)
            case "SUBPATTERN" if number is not None and value[0] == names.get("id"):
                pieces.append(number)
            case "SUBPATTERN":
                pieces += _made(value[3], chance, number, names)
            case "BRANCH":
                pieces += _made(chance.choice(value[1]), chance, number, names)
            case "ASSERT":
                pieces += [*_made(value[1], chance, number, names), "&"]
            case "AT" | "ASSERT_NOT":
                pass
            case other:
                raise ValueError(f"a pattern with {other}: none of the known ones has it")
    return pieces


def _repeated(
    least: int, most: int, what: Any, chance: random.Random, number: str | None, names: dict[str, int]
) -> list[str]:
    code, value = what[0]
    if str(code) == "ANY" or (least == 0 and most == 1):
        return []
    if str(code) == "IN" and most > _UNBOUNDED and set(_characters(value)) == set("abcdefghijklmnopqrstuvwxyz"):
        return [chance.choice(_FOLDERS)]
    count = chance.randint(least, most) if most <= _UNBOUNDED * 3 else max(least, _UNBOUNDED)
    return [piece for _ in range(count) for piece in _made(what, chance, number, names)]


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
