"""Whether text is missing: by what the page says, by the sizes of its pieces, or by how the text ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaners.model import Truncation
from cleaners.repairs.chunks import PIECE
from cleaners.rules.rule import Hit, TruncationSignal
from cleaners.verdicts.endings import Ending, judge_ending


@dataclass(frozen=True, slots=True)
class TruncationVerdict:
    """Whether text is missing, and what says so; None: there is no text, or the evidence says why it cannot be told."""

    truncated: bool | None
    truncation: Truncation


def judge(
    text: str,
    marks: Sequence[tuple[Hit, str]],
    *,
    full_pieces: int,
    missing_parts: int,
    on_page: bool = False,
    is_thread: bool = False,
) -> TruncationVerdict:
    """Judge a cleaned text.

    `marks` are the truncation marks taken off the page with their words; `full_pieces` is the number of 300-character
    pieces when every one of them, the last too, was full; `missing_parts` counts pages of the document not had.
    `on_page` says that noise stood around the text, or that it has a title. Posts of a thread (`is_thread`) end as
    their writers like.
    """
    if not text:
        return TruncationVerdict(None, Truncation())
    said: defaultdict[TruncationSignal | None, list[tuple[Hit, str]]] = defaultdict(list)
    for mark in marks:
        said[mark[0].rule.signal].append(mark)
    numbers = _numbers([hit for hit, _ in marks])
    cut, gap = said[TruncationSignal.CUT] + said[TruncationSignal.UNFOLD], said[TruncationSignal.GAP]
    if missing_parts:
        evidence = f"{missing_parts} later part{'s' * (missing_parts > 1)} of the document could not be fetched"
    elif cut or gap:
        evidence = max((words.strip()[:200] for _, words in cut or gap), key=len)
    elif said[TruncationSignal.WHOLE] or (is_thread and not full_pieces):
        return TruncationVerdict(False, Truncation(**numbers))
    elif full_pieces:
        evidence = f"{full_pieces} x {PIECE} characters, the last piece full"
    else:
        return _by_its_end(text, numbers, on_page=on_page)
    where = "middle" if gap and not (cut or missing_parts) else "end"
    return TruncationVerdict(True, Truncation(where=where, evidence=evidence, **numbers))


def _by_its_end(text: str, numbers: Mapping[str, Any], *, on_page: bool) -> TruncationVerdict:
    ending = judge_ending(text, on_page=on_page)
    if ending is Ending.COMPLETE:
        return TruncationVerdict(False, Truncation(**numbers))
    evidence = f"{ending.value}: {text[-20:]}"
    if ending is not Ending.CUT:
        return TruncationVerdict(None, Truncation(evidence=evidence, **numbers))
    return TruncationVerdict(True, Truncation(where="end", evidence=evidence, **numbers))


def _numbers(hits: Sequence[Hit]) -> dict[str, Any]:
    """Return the numbers that truncation marks state, each from the first that does; of gaps those of all."""
    numbers: dict[str, Any] = {}
    omitted: list[int] = []
    for hit in hits:
        for name, value in hit.facts.items():
            if name == "omitted_chars":
                omitted.append(int(value))
            elif name in ("total_chars", "shown_chars", "pages_left"):
                numbers.setdefault(name, int(value))
    return {**numbers, "omitted_chars": tuple(omitted)} if omitted else numbers
