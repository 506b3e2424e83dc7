"""Shows a cleaned document at a terminal: its fields, its text, and every edit with its rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from cleaners.model import Document, Edit, Truncation
from crawler.terminal.table import render, width

EDIT_LINES = 3
"""Lines of the terminal that the text of one edit may take; longer text is shortened in its middle."""
BETWEEN = " ¦ "
ELLIPSIS = " … "
_SHOWN = {"\n": "⏎", "\t": "\\t", " ": " ", "\u3000": "\u3000"}
_COLOURS = {"heading": "1", "rule": "36", "position": "2", "removed": "31", "new": "32"}


def explain(document: Document, columns: int = 80, colour: bool = False, *, most: int | None = None) -> str:
    """Return head, text, edits in page order and counts by rule, in lines of at most `columns`.

    Neighbouring edits of one rule are one entry; of a rule `most` entries are shown, and how many more there are.
    Positions count characters of the rendered page. Control characters are shown escaped; `colour` adds the terminal's
    own.
    """
    ink = _Ink(colour)
    parts = [
        ink("heading", "document"),
        *_head(document, columns),
        "",
        ink("heading", "text"),
        *(line for paragraph in document.text.split("\n") for line in _wrapped(visible(paragraph), columns - 2, "  ")),
        "",
        ink("heading", "edits"),
        *_edits(document, columns, ink, most),
        "",
        *_counts(document.edits),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def visible(text: str, spaces: bool = False) -> str:
    """Escape whatever a terminal would act on or not show."""
    shown = (_SHOWN.get(char) or (char if char.isprintable() else ascii(char)[1:-1]) for char in text)
    return "".join(shown).replace(" ", "␣" if spaces else " ")


class _Ink:
    """Paints words for a terminal, or leaves them as they are."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, what: str, text: str) -> str:
        return f"\x1b[{_COLOURS[what]}m{text}\x1b[0m" if self._on and text else text


def _head(document: Document, columns: int) -> Iterator[str]:
    """Yield the document's fields, long ones wrapped."""
    facts = {
        "title": document.title or "none",
        "source": document.source,
        "template": document.template,
        "script": document.script,
        "truncated": completeness(document.truncated, document.truncation),
        "flags": ", ".join(document.flags) or "none",
        "id": document.key or "none",
    }
    for name, fact in facts.items():
        first, *more = _wrapped(visible(fact), columns - 13, "")
        yield f"  {name:<10} {first}"
        yield from (f"{'':13}{line}" for line in more)


def completeness(truncated: bool | None, truncation: Truncation) -> str:
    """Return the verdict on missing text in words, with its numbers and its evidence."""
    if not truncated:
        return "no" if truncated is False else "; ".join(filter(None, ("unknown", truncation.evidence)))
    numbers = {
        "characters in all": truncation.total_chars,
        "shown": truncation.shown_chars,
        "left out": ", ".join(map(str, truncation.omitted_chars)) or None,
        "pages left": truncation.pages_left,
    }
    told = [f"{value} {name}" for name, value in numbers.items() if value is not None]
    said = [f"“{truncation.evidence}”"] if truncation.evidence else []
    return "; ".join([f"yes, {truncation.where or 'somewhere'}", *told, *said])


def line_ends(text: str) -> list[int]:
    """Return where the lines of a text end, for `place`."""
    return [at for at, char in enumerate(text) if char == "\n"]


def place(ends: Sequence[int], first: Edit, last: Edit) -> str:
    """Return from which lines of the rendered page edits of one rule are, and where that rule looks.

    >>> place(line_ends("甲\\n乙\\n丙"), Edit(2, 3, "", "layout.blank"), Edit(4, 5, "", "layout.blank"))
    'lines 2 to 3'
    """
    from cleaners.judging.rulebook import POSITIONS

    begin, end = (bisect_left(ends, at) + 1 for at in (first.start, max(last.start, last.end - 1)))
    lines = f"line {begin}" if begin == end else f"lines {begin} to {end}"
    return f"{lines}, {POSITIONS[first.rule]}" if first.rule in POSITIONS else lines


def _edits(document: Document, columns: int, ink: _Ink, most: int | None) -> Iterator[str]:
    """Yield each run of edits of one rule: where it begins, what stood there, and what stands there now."""
    from cleaners.judging.judge_model import spoke
    from cleaners.judging.rulebook import REASONS

    if not document.edits:
        yield "  none"
    ends, seen = line_ends(document.page_text), Counter[str]()
    for rule, group in groupby(document.edits, key=lambda edit: edit.rule):
        edits = list(group)
        seen[rule] += 1
        if most and seen[rule] > most:
            continue
        count = f"  {len(edits)} edits" if len(edits) > 1 else ""
        yield f"{ink('position', f'{edits[0].start:>7}')}  {ink('rule', rule)}{count}"
        told = f"{place(ends, edits[0], edits[-1])}: {REASONS.get(rule, 'no rule of these')}"
        yield from wrap(told, columns, initial_indent=" " * 9, subsequent_indent=" " * 9)
        for line in document.judged if rule.startswith(("judge.", "learned.")) else ():
            if any(edit.start <= line.start < edit.end for edit in edits):
                said = f"{line.score:+.1f}: {'; '.join(line.told or spoke(line.seen, is_page=line.is_page))}"
                yield from wrap(said, columns, initial_indent=" " * 11, subsequent_indent=" " * 11)
        removed = [document.page_text[edit.start : edit.end] for edit in edits]
        for sign, what, texts in (("-", "removed", removed), ("+", "new", [edit.new for edit in edits])):
            lines = _wrapped(_shortened(texts, (columns - 12) * EDIT_LINES), columns - 11, "") if any(texts) else []
            yield from (f"{'':9}{sign} {ink(what, line)}" for line in lines)
    more = [f"{rule} {number - most}" for rule, number in seen.items() if most and number > most]
    if more:
        yield from wrap(
            f"more of the same: {', '.join(more)}; -v shows all", columns, initial_indent="  ", subsequent_indent="  "
        )


def _shortened(texts: Sequence[str], columns: int) -> str:
    """Return the texts in one line of at most `columns`, spaces alone made visible, without the middle if need be."""
    shown = BETWEEN.join(visible(text, spaces=not text.strip(" ")) for text in texts if text)
    if width(shown[: columns + 1]) + len(shown[columns + 1 :]) <= columns:
        return shown
    half = (columns - width(ELLIPSIS)) // 2
    return _first(shown, half) + ELLIPSIS + _first(shown[::-1], half)[::-1]


def _first(text: str, columns: int) -> str:
    return next(_pieces(text, columns), "")


def _wrapped(text: str, columns: int, indent: str) -> list[str]:
    return [indent + piece for piece in _pieces(text, columns)] or [""]


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Cut `text` into pieces that fit into `columns`; a Chinese character takes two."""
    start = taken = 0
    for at, char in enumerate(text):
        wide = width(char)
        if taken + wide > columns and at > start:
            yield text[start:at]
            start, taken = at, 0
        taken += wide
    if start < len(text):
        yield text[start:]


def _counts(edits: Iterable[Edit]) -> list[str]:
    """Return the table of rules with their edits and the characters of the page they took or changed."""
    rows: dict[str, tuple[int, int]] = {}
    for edit in edits:
        count, chars = rows.get(edit.rule, (0, 0))
        rows[edit.rule] = (count + 1, chars + edit.end - edit.start)
    return render([("rule", "edits", "characters"), *((rule, *rows[rule]) for rule in sorted(rows))]) if rows else []
