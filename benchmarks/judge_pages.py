"""Pages to teach the judge of lines: labelled ones, their text exchanged for real ones, and real texts alone."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from cleaners.clean import clean
from cleaners.judging import boundaries
from cleaners.judging.judge import LINE, Judged
from cleaners.judging.line_labels import TITLE_LINE
from cleaners.judging.page_lines import Line
from cleaners.learning.hosts import host_of
from cleaners.model import Page
from cleaners.text.normalized import normalize
from crawler.fixtures import corrections

MAX_TEXT = 60
"""Lines of the longest real text that is set into a page."""
FILLINGS = 2
"""How often a skeleton is filled with other prose."""
REAL = "real text"
"""The family of pages that are nothing but a real text."""

Gold = Sequence[tuple[str, str]]
"""A line of a page: its pieces with their labels, keep, drop, title or either."""

FURNITURE_FILE = Path(__file__).with_name("furniture.txt")
FURNITURE = tuple(FURNITURE_FILE.read_text("utf-8").splitlines())
"""Short lines that documents begin and end with, and that no running prose holds."""


class LabelledPage(NamedTuple):
    """A page to teach with: its lines with their labels, and its `id`, `domain` and `family`.

    `is_exchanged` says that another text than its own stands in its frame.
    """

    raw: str
    rows: Sequence[Gold]
    facts: Mapping[str, object]
    is_exchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page as the judge sees it, and what each of its lines is: keep, mixed, title, either or drop.

    `is_again` says that it is what is left of one.
    """

    name: str
    domain: str
    family: str
    lines: Sequence[Line]
    removed: Mapping[int, str]
    title: str | None
    labels: Sequence[str]
    is_exchanged: bool = False
    is_again: bool = False


def reviewed(folder: Path) -> Iterator[LabelledPage]:
    """Yield the pages that a person has corrected: files of corrections as `wenqing review` saves them."""
    for path in sorted(folder.glob("*.json")):
        for one in corrections.read(path).documents:
            facts = {"id": one.name, "domain": host_of(one.url, one.source), "family": "review"}
            yield LabelledPage(one.page_text, _rows(one.segments()), facts)


def filled(skeletons: Path, corpora: Path, tool: Path) -> Iterator[LabelledPage]:
    """Yield every skeleton, its masks filled with real prose, FILLINGS times."""
    with tempfile.TemporaryDirectory() as work:
        source, out = Path(work, "skeletons"), Path(work, "pages")
        source.mkdir()
        for path in skeletons.glob("*.json"):
            for filling in range(FILLINGS):
                shutil.copy(path, source / f"{path.stem}.{filling}.json")
        subprocess.run([sys.executable, tool, source, out, "--prose", corpora], check=True, stdout=subprocess.DEVNULL)
        for path in sorted(out.glob("*.gold.json")):
            gold = json.loads(path.read_bytes())
            raw = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
            facts = {name: gold[name] for name in ("id", "domain", "family")}
            yield LabelledPage(raw, _rows(gold["segments"]), facts)


def exchanged(page: LabelledPage, text: str, chance: random.Random) -> LabelledPage | None:
    """Return a page with another text in its frame: from its first line of text to its last; None if it has none."""
    raw, rows, facts, _ = page
    kept = [place for place, row in enumerate(rows) if any(label == "keep" and said.strip() for label, said in row)]
    if not kept:
        return None
    lines = text.split("\n")
    if len(lines) > MAX_TEXT:
        start = chance.randrange(len(lines) - MAX_TEXT)
        lines = lines[start : start + MAX_TEXT]
    furniture = [[chance.choice(FURNITURE) for _ in range(chance.choice((0, 1, 1, 2, 3)))] for _ in range(2)]
    lines = furniture[0] + lines + furniture[1]
    of_page = raw.split("\n")
    first, last = kept[0], kept[-1] + 1
    new: list[Gold] = [[("keep", line)] for line in lines]
    raw = "\n".join(of_page[:first] + lines + of_page[last:])
    return LabelledPage(raw, [*rows[:first], *new, *rows[last : len(of_page)]], facts, is_exchanged=True)


def shaped(words: Sequence[str], chance: random.Random) -> str:
    """Return a text that is no prose, made of real words: a table, a form, a list of contents, options, codes."""
    word = partial(chance.choice, words)

    def number() -> str:
        return chance.choice(NUMBERS)(chance)

    between = chance.choice((" | ", " ", "  ", "|"))
    columns = chance.randint(3, 7)
    prefix = f"{chance.choice('ABCDGJQST')}{chance.choice('ABCDGJQST')}"

    def cell() -> str:
        return number() if chance.random() < 0.6 else word()

    kinds: Sequence[Callable[[int], str]] = (
        lambda _: word() + between + between.join(cell() for _ in range(columns)),
        lambda _: f"{word()}:{chance.choice(('', word(), number(), word() + word()))}",
        lambda row: f"{row + 1}.{chance.randint(1, 9)} {word()}{word()}{'.' * chance.randint(3, 30)}{row}",
        lambda row: f"{'ABCD'[row % 4]}.{word()}{chance.choice(('', word()))}",
        lambda _: "、".join(f"{prefix}{number()}-{chance.randint(1, 30):02}" for _ in range(chance.randint(1, 5))),
        lambda _: f"{word()}:周一至周{chance.choice('五六日')} {chance.randint(6, 10)}:30-{chance.randint(15, 22)}:00",
        lambda _: f"{word()}{word()} 电话:0{chance.randint(10, 999)}-{chance.randint(10**6, 10**8)}",
        lambda _: between.join(number() for _ in range(columns)),
    )
    kind = chance.choice(kinds)
    return "\n".join(kind(row) for row in range(chance.randint(4, 40)))


NUMBERS: Sequence[Callable[[random.Random], str]] = (
    lambda chance: str(chance.randint(1, 9999)),
    lambda chance: f"{chance.uniform(0, 999):.2f}",
    lambda chance: f"{chance.uniform(-20, 99):.1f}%",
    lambda chance: f"{chance.choice('↑↓+-')}{chance.uniform(0, 9):.2f}",
    lambda chance: f"{chance.randint(1990, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
)


def seen(page: LabelledPage) -> Sample | None:
    """Return what the judge sees of a page, with the labels of its lines; None for one that it does not see."""
    raw, rows, facts, is_exchanged = page
    found: list[tuple[Sequence[Line], dict[int, str], str | None]] = []

    def record(
        lines: Sequence[Line], removed: Mapping[int, str], title: str | None, *_: object, **__: object
    ) -> list[Judged]:
        found.append((list(lines), dict(removed), title))
        return [Judged(place, LINE, 0.0) for place in range(len(lines))]

    with mock.patch.object(boundaries, "judge", record):
        document = clean(Page(body=raw, kind="text"))
    if not found:
        return None
    at = [document.page_text.count("\n", 0, line.start) for line in document.judged]
    lines, removed, title = found[0]
    seen_lines = [place for place in range(len(lines)) if removed.get(place) != TITLE_LINE]
    return Sample(
        name=str(facts["id"]),
        domain=str(facts["domain"]),
        family=str(facts["family"]),
        lines=[lines[place] for place in seen_lines],
        removed={number: removed[place] for number, place in enumerate(seen_lines) if place in removed},
        title=title,
        labels=[_label(rows[at[place]]) if at[place] < len(rows) else "drop" for place in seen_lines],
        is_exchanged=is_exchanged,
    )


def _rows(segments: Iterable[tuple[str, str]]) -> list[Gold]:
    """Return the labelled lines of a page from its labelled pieces."""
    rows: list[list[tuple[str, str]]] = [[]]
    for label, text in segments:
        for place, piece in enumerate(text.split("\n")):
            if place:
                rows.append([])
            rows[-1].append((label, piece))
    return list(rows)


def _label(row: Gold) -> str:
    chars: Counter[str] = Counter()
    for label, text in row:
        chars[label] += len("".join(text.split()))
    if chars["keep"]:
        return "mixed" if chars["drop"] else "keep"
    return "title" if chars["title"] else "either" if chars["either"] else "drop"


_MASK = re.compile(r"\{\d+(?:~\d+)?\}")
_READING = re.compile(r"[(（] ?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6} ?[)）]")


def literals(skeletons: Path) -> dict[str, list[str]]:
    """Return by domain what the skeletons left of the pages' texts between their masks: short lines, mostly."""
    found: dict[str, list[str]] = {}
    for path in sorted(skeletons.glob("*.json")):
        case = json.loads(path.read_bytes())
        for row in case["lines"]:
            for label, text, *_ in row:
                if label == "keep":
                    whole = f"\n{text.strip()}\n" if len(row) == 1 else text.strip()
                    pieces = _MASK.split(normalize(_READING.sub("", whole)))
                    found.setdefault(case["domain"], []).extend(piece for piece in pieces if piece.strip())
    return found
