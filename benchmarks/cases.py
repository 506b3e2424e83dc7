"""Pages whose document is known: the repository's own fixtures and, where they lie beside it, the folders of gold.

A page is read as HTML and as a text dump, always without its address, as from a source nobody knows.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize
from urllib.parse import urlsplit

from cleaners.model import Kind, Page
from cleaners.reading.decode import decode
from cleaners.reading.render import render

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
GOLD = tuple(ROOT.parent / "shared" / name for name in ("pages", "seeds"))
SAVED = ROOT.parent / "shared" / "html"
"""Saved pages of sites of any kind, a folder for each set, with the texts that other people say are theirs."""

MIN_NOISE = 6
"""Characters of a line of noise below which finding it in an output says nothing."""

MIN_TITLE, MAX_HEADINGS = 4, 4
"""Characters of a line that may be the title of a saved page, and headings of it that may say so."""

_MARKDOWN = re.compile(r"[*#|`>\\]|!?\[|\]\([^)]*\)|-{3,}")
"""What Markdown sets around the words of a text."""

View = Literal["html", "txt"]
VIEWS: tuple[View, ...] = ("html", "txt")
KINDS: Mapping[View, Kind] = {"html": "html", "txt": "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page whose document is known; texts are folded.

    `domain` is its site's, or what stands for it where nobody told.
    `wanted` must stand in the output, `allowed` may, lines of `noise` must not (None: nobody told them). `facts` holds
    `title` and `truncated` as far as they are known.
    """

    name: str
    domain: str
    family: str
    view: View
    page: Page
    wanted: str
    allowed: str
    noise: Sequence[str] | None
    facts: Mapping[str, Any]


def fold(text: str | None) -> str:
    """Return `text` in NFKC without white space.

    >>> fold("（一） ＡＢ")
    '(一)AB'
    """
    return re.sub(r"\s+", "", normalize("NFKC", text or ""))


def groups() -> Iterator[tuple[str, list[Case]]]:
    """Yield the groups of pages that are here, both views of a page in one group."""
    yield "fixtures", fixtures()
    for folder in GOLD:
        if found := [case for view in VIEWS for case in gold(folder, view)]:
            yield folder.name, found
    if found := [case for view in VIEWS for case in saved(SAVED, view)]:
        yield "saved", found


def fixtures() -> list[Case]:
    """Return the repository's own pages but those of links; pages without a document are among them."""
    return [case for view in VIEWS for case in _fixtures(view)]


def digest() -> str:
    """Return the SHA-256 over the names and bytes of all files of the fixtures."""
    total = sha256()
    for file in sorted(FIXTURES.glob("*/*/*.*")):
        total.update(f"{sha256(file.read_bytes()).hexdigest()} {file.relative_to(FIXTURES).as_posix()}\n".encode())
    return total.hexdigest()


def _fixtures(view: View) -> Iterator[Case]:
    for file in sorted(FIXTURES.glob(f"*/*/page.{view}")):
        folder = file.parent
        truth = json.loads((folder / "expected.json").read_bytes())
        if "links" in truth:
            continue
        parts = json.loads((folder / "meta.json").read_bytes()).get("parts", ())
        later = tuple(Page(body=(folder / part["file"]).read_bytes(), kind=KINDS[view]) for part in parts)
        yield Case(
            name=f"{folder.parent.name}/{folder.name}",
            domain=folder.parent.name,
            family=folder.parent.name,
            view=view,
            page=Page(body=file.read_bytes(), kind=KINDS[view], parts=later),
            wanted=fold(truth["text"]),
            allowed=fold(truth["text"]),
            noise=None,
            facts={"title": fold(truth["title"]), "truncated": truth["truncated"]},
        )


def gold(folder: Path, view: View) -> Iterator[Case]:
    """Yield the pages of a folder of gold, as one of the views shows them."""
    for file in sorted(folder.glob("*.gold.json")):
        name, truth = file.name.removesuffix(".gold.json"), json.loads(file.read_bytes())
        page = folder / f"{name}.{view}"
        if not page.exists():
            continue
        pieces = [(kind, text) for kind, text in truth["segments"]]
        allowed = fold("".join(text for kind, text in pieces if kind != "drop"))
        noise = [fold(line) for kind, text in pieces if kind == "drop" for line in text.split("\n")]
        facts = {"title": fold(truth["title"]), "truncated": truth["meta"].get("truncated")}
        yield Case(
            name=name,
            domain=truth.get("domain", name),
            family=truth["family"],
            view=view,
            page=Page(body=page.read_bytes(), kind=KINDS[view]),
            wanted=fold("".join(text for kind, text in pieces if kind == "keep")),
            allowed=allowed,
            noise=[line for line in noise if len(line) >= MIN_NOISE and line not in allowed],
            facts={fact: value for fact, value in facts.items() if value not in (None, "")},
        )


def as_dump(body: bytes) -> str:
    """Return the lines of a page as a program gives them that takes them out of a page and nothing away."""
    return render(decode(body).text).text


def saved(folder: Path, view: View = "html") -> Iterator[Case]:
    """Yield saved pages that have a text alone: `SET/NAME.html` with `SET/NAME.gold.json`, whose `gold` that is.

    As dumps they are what `as_dump` shows. The title may stand at the text's head or not: whoever wrote the gold may
    have left it there, or an extractor may.
    """
    for file in sorted(folder.glob("*/*.gold.json")):
        name, truth = file.name.removesuffix(".gold.json"), json.loads(file.read_bytes())
        text = _MARKDOWN.sub("", truth["gold"]) if truth.get("md") else truth["gold"]
        body = file.with_name(f"{name}.html").read_bytes()
        title = _title(body.decode("utf-8", "replace"))
        first, _, rest = text.lstrip().partition("\n")
        titled = len(fold(first)) >= MIN_TITLE and fold(first) in title
        yield Case(
            name=f"{file.parent.name}/{name}",
            domain=urlsplit(truth.get("url") or "").hostname or name,
            family=file.parent.name,
            view=view,
            page=Page(body=body, kind="html") if view == "html" else Page(body=as_dump(body), kind="text"),
            wanted=fold(rest if titled else text),
            allowed=title + fold(text),
            noise=None,
            facts={},
        )


def _title(page: str) -> str:
    """Return what a page's source calls its title and its first headings, folded."""
    found = re.findall(r"(?is)<(title|h1|h2)\b[^>]*>(.*?)</\1>", page)
    return fold("".join(html.unescape(re.sub(r"<[^>]*>", "", text)) for _, text in found[:MAX_HEADINGS]))
