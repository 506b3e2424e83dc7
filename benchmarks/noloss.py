"""What cleaning takes from real texts that have no noise: `make noloss`. The last line is JSON.

A text is cleaned as a dump of unknown origin. It has lost the characters (NFKC, Simplified, without white space) that
the output lacks in order; a title may go to its field, and an entity may stand as the character that it names. With
`--frames` each text stands in the frame of a real page: what the page around it costs a text.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from opencc import OpenCC
from rapidfuzz.distance import LCSseq

from benchmarks.cases import fold
from benchmarks.corpora import FetchError, fetch, texts
from cleaners.clean import clean
from cleaners.model import Document, Page

_simplified = OpenCC("t2s").convert  # not ours: its faults would be the measure's too
FOLDER = Path(".corpora")
Frame = tuple[str, str]
"""What stands above and below the text of a page."""
MIRROR = "pinyin-mirror"
NO_FRAMES: Sequence[Frame] = [("", "")]
DAMAGED = 0.01
"""Share of its characters that a damaged text has lost more than."""
PROMISED = {"lost_per_million": 20, "emptied": 0, "damaged": 0.002, "truncated": 0.03}
MAX_OF_A_KIND = 200
"""Characters lost a million: at most so many of all texts, and of a kind; the others are shares of the texts."""


@dataclass(slots=True)
class Loss:
    """A text, how many characters it has and has lost, and what was cleaned from it."""

    kind: str
    text: str
    chars: int
    lost: int
    document: Document

    @property
    def damaged(self) -> bool:
        """Whether more than DAMAGED of it is gone."""
        return self.lost > DAMAGED * self.chars


@dataclass(slots=True)
class Row:
    """Figures of a kind of text."""

    texts: int = 0
    chars: int = 0
    emptied: int = 0
    damaged: int = 0
    lost: int = 0
    truncated: int = 0

    def add(self, loss: Loss) -> None:
        """Count a text."""
        self.texts += 1
        self.chars += loss.chars
        self.emptied += bool(loss.text.strip()) and not loss.document.text
        self.damaged += loss.damaged
        self.lost += loss.lost
        self.truncated += loss.document.truncated is True

    @property
    def per_million(self) -> float:
        """Return the characters lost a million."""
        return 1e6 * self.lost / max(self.chars, 1)


@dataclass(slots=True)
class Result:
    """The figures of all kinds, and of all texts; the texts that lost most."""

    rows: dict[str, Row] = field(default_factory=dict)
    all: Row = field(default_factory=Row)
    worst: list[Loss] = field(default_factory=list)


def frames(folder: Path) -> list[Frame]:
    """Return the frames of the labelled pages of a folder (`benchmarks.cases.gold`) whose text begins and ends a line.

    A mirror's are left out: no text stands in them as it was written.
    """
    found = []
    for file in sorted(folder.glob("*.gold.json")):
        page = json.loads(file.read_bytes())
        pieces = page["segments"]
        kept = [place for place, (label, _) in enumerate(pieces) if label == "keep"]
        if not kept or page["family"] == MIRROR:
            continue
        above, below = ("".join(text for _, text in part) for part in (pieces[: kept[0]], pieces[kept[-1] + 1 :]))
        if above.endswith("\n") and below.startswith("\n"):
            found.append((above, below))
    return found


def measure(found: Iterable[tuple[str, str]], around: Sequence[Frame] = NO_FRAMES) -> Result:
    """Clean texts, each with its kind, in these frames in turn, and compare."""
    result = Result()
    for (kind, text), frame in zip(found, cycle(around), strict=False):
        loss = compared(kind, text, frame)
        for row in (result.rows.setdefault(kind, Row()), result.all):
            row.add(loss)
        if loss.damaged:
            result.worst.append(loss)
    result.worst.sort(key=lambda loss: -loss.lost)
    return result


def compared(kind: str, text: str, frame: Frame = NO_FRAMES[0]) -> Loss:
    """Return what a text has lost."""
    document = clean(Page(body=text.join(frame), kind="text"))
    return Loss(kind, text, len(_folded(text)), lost(text, document), document)


def lost(text: str, document: Document) -> int:
    """Return how many characters of a text its document lacks."""
    given = {_folded(text), _folded(html.unescape(text))}
    kept = {_folded(f"{document.title or ''}{document.text}"), _folded(document.text)}
    return min(len(want) - LCSseq.similarity(want, got) for want in given for got in kept)


def _folded(text: str) -> str:
    return str(_simplified(fold(text)))


def table(result: Result) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'kind':<26} {'texts':>6} {'characters':>11} {'emptied':>8} {'damaged':>8} {'lost/million':>13} {'truncated':>10}"
    for kind, row in [*result.rows.items(), ("all", result.all)]:
        yield f"{kind:<26} {row.texts:6} {row.chars:11} {row.emptied:8} {row.damaged:8} {row.per_million:13.1f} {row.truncated:10}"


def shown(loss: Loss) -> str:
    """Return a text that lost much, its beginning, and the rules that changed it."""
    rules = Counter(edit.rule for edit in loss.document.edits if not edit.rule.startswith("layout"))
    told = ", ".join(f"{rule} {number}" for rule, number in rules.most_common(5))
    return f"--- {loss.kind}: {loss.lost} of {loss.chars} lost ({told})\n    {loss.text[:160]!r}"


def figures(result: Result) -> dict[str, Any]:
    """Return the figures, with the promises that they do not keep."""
    row = result.all
    found: dict[str, Any] = {
        "texts": row.texts,
        "chars": row.chars,
        "lost_per_million": round(row.per_million, 1),
        "emptied": row.emptied,
        "damaged": round(row.damaged / max(row.texts, 1), 4),
        "truncated": round(row.truncated / max(row.texts, 1), 4),
        "kinds": {kind: round(each.per_million, 1) for kind, each in result.rows.items()},
    }
    broken = [f"{name} {found[name]}, promised {most}" for name, most in PROMISED.items() if found[name] > most]
    broken += [
        f"{kind}: lost_per_million {lost}, promised {MAX_OF_A_KIND}"
        for kind, lost in found["kinds"].items()
        if lost > MAX_OF_A_KIND
    ]
    return {**found, "broken_promises": broken}


def main() -> None:
    """Fetch the texts, clean them, print the table and the promises that are not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make noloss ARGS=…", description=main.__doc__)
    options.add_argument("--dir", type=Path, default=FOLDER, help=f"where the texts are ({FOLDER} unless told)")
    options.add_argument("--frames", type=Path, metavar="DIR", help="labelled pages in whose frames the texts stand")
    options.add_argument("--show", type=int, default=0, metavar="N", help="the N texts that lost most")
    given = options.parse_args()
    around = frames(given.frames) if given.frames else NO_FRAMES
    if not around:
        sys.exit(f"make noloss: {given.frames} has no NAME.gold.json with a frame; name a folder as ../shared/pages is")
    try:
        fetch(given.dir)
        result = measure(texts(given.dir), around)
    except (FetchError, OSError) as error:
        sys.exit(f"make noloss: {error}")
    print("\n".join([*table(result), *map(shown, result.worst[: given.show])]))
    found = figures(result)
    for line in found["broken_promises"]:
        print(f"NOT KEPT: {line}")
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
