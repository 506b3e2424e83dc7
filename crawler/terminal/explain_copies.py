"""Shows two documents at a terminal: what they share, whether one is a copy of the other, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cleaners.model import Edit
from cleaners.personal.masking import mask, mask_edits
from cleaners.text.edits import apply
from crawler.terminal.explain import visible
from crawler.terminal.table import clip, render
from pipelines.near.comparison import MIN_PASSAGE, Comparison, Passage, compare
from pipelines.near.decide import MAX_OUTSIDE, MIN_CONTAINMENT, MIN_VOTES

MAX_PASSAGES = 40
"""Shared passages that are shown, the longest ones."""
MAX_SWAPPED = 30
"""Pairs of swapped words that are shown."""
_COLUMNS = 50

Record = Mapping[str, Any]


def explain(first: Record, second: Record, *, is_masked: bool = True) -> str:
    """Return the two records' shared passages with their places in both texts, the shares, and the verdict.

    The texts are compared as they are; personal data is replaced in what is shown, if `is_masked`.
    """
    found = compare(first["text"], second["text"])
    hidden: Sequence[Edit] = ()
    heads = [first, second]
    if is_masked:
        hidden = mask_edits(first["text"])
        heads = [{**record, "title": mask(record.get("title") or "").text} for record in heads]
        found = replace(found, swapped=compare(mask(first["text"]).text, mask(second["text"]).text).swapped)
    return "\n".join(
        [
            *(*_head(heads[0], heads[1], found), "", *_passages(first["text"], found, hidden), ""),
            *(*_swapped(found), *_verdict(first, second, found)),
        ]
    )


def _part(text: str, start: int, end: int, hidden: Sequence[Edit]) -> str:
    """Return a part of a text with what is hidden in it replaced, whole where the part cuts it."""
    inside = [edit for edit in hidden if edit.start < end and edit.end > start]
    cut = (Edit(max(edit.start, start) - start, min(edit.end, end) - start, *edit[2:]) for edit in inside)
    return apply(text[start:end], cut)


def _swapped(found: Comparison) -> Iterator[str]:
    """Yield a table of the words that stand in each other's place in the two texts, the most frequent first."""
    words = Counter(found.swapped).most_common(MAX_SWAPPED)
    if words:
        rows = [(visible(mine), visible(its), times) for (mine, its), times in words]
        yield from render([("words of A", "in B", "times"), *rows])
        yield ""


def _head(first: Record, second: Record, found: Comparison) -> Iterator[str]:
    rows: list[tuple[str | int, ...]] = [("", "id", "title", "characters", "prints", "in the other")]
    for name, record, prints, share in zip("AB", (first, second), found.prints, found.containment, strict=True):
        title = clip(visible(record.get("title") or ""), _COLUMNS // 2)
        rows.append((name, visible(record["id"]), title, len(record["text"]), prints, f"{share:.3f}"))
    yield from render(rows)


def _passages(text: str, found: Comparison, hidden: Sequence[Edit]) -> Iterator[str]:
    """Yield a table of the longest shared passages in the order of the first text."""
    if not found.passages:
        yield f"no passage of {MIN_PASSAGE} characters or more in common"
        return
    longest = sorted(found.passages, key=_length, reverse=True)[:MAX_PASSAGES]
    rows: list[tuple[str | int, ...]] = [("in A", "in B", "text", "characters")]
    for passage in sorted(longest, key=lambda each: each.first):
        (start, end), (other_start, other_end) = passage.first, passage.second
        shown = clip(visible(_part(text, start, end, hidden)), _COLUMNS)
        rows.append((f"{start}-{end}", f"{other_start}-{other_end}", shown, end - start))
    yield from render(rows)
    if shorter := len(found.passages) - len(longest):
        yield f"and {shorter} shorter"


def _length(passage: Passage) -> int:
    return passage.first[1] - passage.first[0]


def _verdict(first: Record, second: Record, found: Comparison) -> Iterator[str]:
    """Say what the two are by themselves, and what the marks say, which know all other documents too."""
    alike, share = "copies" if found.alike else "no copies", max(found.containment)
    yield (
        f"by themselves {alike}: {found.common} prints in common ({MIN_VOTES} are needed), "
        f"and one holds {share:.3f} of the other ({MIN_CONTAINMENT} is needed)"
    )
    together = first.get("cluster") is not None and first["cluster"] == second.get("cluster")
    for name, record in (("A", first), ("B", second)):
        yield f"{name} is marked as {_mark(record)}"
    if found.alike and not together:
        yield (
            "not in one cluster: not judged yet (call dedup), or a third document holds more, "
            f"or {MAX_OUTSIDE} other documents or more hold the passages too, so that they do not count"
        )
    if together and not found.alike:
        yield "in one cluster: other documents of it hold both"


def _mark(record: Record) -> str:
    if record.get("duplicate_of"):
        return f"a copy of {visible(record['duplicate_of'])}, which holds {record['containment']} of it"
    return "the first of its cluster" if record.get("cluster") else "alone"
