"""Text that was read in the wrong encoding before it came here, read again in the right one: `å³äº` is 关于.

The method is ftfy's (Speer, "ftfy", 2019): a line goes back to the bytes it was read from, and is read again. It is
repaired only when every character makes the way back and forth, and the new reading is common Chinese where the old
one is rare signs: UTF-8 is so regular that two characters of three bytes each prove it; encodings that read any bytes
as something need a dozen frequent characters. Where bytes were lost on the way, the text stays and a flag is left.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from cleaners.model import Edit
from cleaners.reading.decode import COMMON, FREQUENT
from cleaners.reading.web_codecs import GBK_EURO
from cleaners.text.codes import CharClass, codes, singles

RULE = "encoding.misread"
MIN_ODD, MIN_ODD_SHARE = 3, 0.3
"""Odd characters of a line, and their share of those that are neither ASCII nor marks, below which it is read right."""
MIN_COMMON, MIN_FREQUENT = 0.8, 0.5
"""Shares of common and of frequent characters that a new reading must have; from encodings that any bytes fit, more."""
MIN_TOLD = {"utf-8": 2, "gb18030": 4, "big5hkscs": 12}
"""Characters beyond ASCII that prove a reading in each encoding."""
MIN_KEPT = 0.8
"""Share of the bytes that must make sense for a text to be called misread and damaged."""
SAMPLE = 2000
"""Characters of a line that are looked at; evidence beyond them changes no verdict."""
MAX_LAYERS = 3
"""How often one text may have been misread."""

RIGHT = ("utf-8", "gb18030", "big5hkscs")
WIDE, SINGLE = (GBK_EURO, "big5hkscs"), ("mac_roman", "cp1251", "cp437")
"""Encodings a text may have been misread in, beside Latin-1 and Windows-1252, which are one here."""
_SLOPPY = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_MARKS = frozenset("·×÷°±§«»²³¹¼½¾£¥©®\xa0\xad\ufeff") | frozenset(
    chr(point) for point in (*range(0x2010, 0x2028), *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))
)
_ODD_RANGES = (
    (0x80, 0xFF), (0x370, 0x4FF), (0x2500, 0x257F), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xFAFF),
    (0xFF61, 0xFF9F),
)  # fmt: skip
_ODD = CharClass((*_ODD_RANGES, *singles(map(chr, _SLOPPY))), without=COMMON | _MARKS)
"""What is odd in a Chinese text: rare Han, letters of other scripts, controls."""
_HIGH = "\x80-\xff" + "".join(map(chr, _SLOPPY))
_PAIR = re.compile(f"[{_HIGH}]{{2}}")
_LATIN = re.compile(f"[{_HIGH}](?:[\t -~{_HIGH}]*[{_HIGH}])?")
_BEGINS_SIGN = CharClass(singles("ÂÃâãï"))
_SIGN = re.compile(f"Â[\xa1-\xbf]|Ã[\x97\xb7—]|[âãï][{_HIGH}]{{2}}")
"""A sign in UTF-8 that stands alone: `25Â°C`, `3Ã—4`, `20â„ƒ`; no word of any language is spelled so."""
_SIGNS = re.compile("[\xa1-\xbf×÷\u2010-\u22ff①-➿\u3000-\u33ff！-\uffef]")
REMAINS = ("锟斤拷", "烫烫烫烫", "屯屯屯屯")
"""What U+FFFD and empty memory look like when they are read as GBK."""
_BEGINS_REMAINS = CharClass(singles(remains[0] for remains in REMAINS))


class Repair(NamedTuple):
    """The edits that undo misreading, and whether text is misread that cannot be restored without loss."""

    edits: list[Edit]
    is_damaged: bool


def repair(text: str) -> Repair:
    """Return how misread text in `text` is restored.

    >>> repair("å\\x85³äº\\x8eå\\x86\\x9cæ\\x9d\\x91").edits
    [Edit(start=0, end=12, new='关于农村', rule='encoding.misread')]
    """
    is_damaged = _BEGINS_REMAINS.is_in(text) and any(map(text.__contains__, REMAINS))
    lines = _odd_lines(text, MIN_ODD)
    found: list[Edit] = []
    proved: set[tuple[str, str]] = set()
    for start, end in lines:
        for first, last in _spans(text, start, end):
            if best := _best(text[first:last], frozenset()):
                proved.add(best[:2])
                found.append(Edit(first, last, best[2], RULE))
    if proved:
        found = [
            Edit(first, last, best[2], RULE)
            for start, end in _odd_lines(text, 2)
            for first, last in _spans(text, start, end)
            if (best := _best(text[first:last], frozenset(proved)))
        ]
    found = sorted([*found, *_signs(text, found)])
    mended = {edit.start for edit in found}
    is_damaged |= any(_is_damaged(text[start:end]) for start, end in lines if start not in mended)
    return Repair(found, is_damaged)


def _signs(text: str, found: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits that restore single signs, beside those found already, which are in order."""
    if not _BEGINS_SIGN.is_in(text):
        return
    starts = [edit.start for edit in found]
    for sign in _SIGN.finditer(text):
        new = sign[0].translate(_SLOPPY).encode("latin-1").decode("utf-8", "ignore")
        before = bisect_right(starts, sign.start())
        is_taken = before > 0 and sign.start() < found[before - 1].end
        if _SIGNS.fullmatch(new) and not is_taken:
            yield Edit(*sign.span(), new, RULE)


def _odd_lines(text: str, least: int) -> list[tuple[int, int]]:
    """Return start and end of every line in which so many odd characters stand side by side, in one run or several."""
    if not _ODD.is_in(text):
        return []
    odd = _ODD.places(text)
    pairs = np.flatnonzero(odd[1:] & odd[:-1])
    if len(pairs) < least - 1:
        return []
    ends = np.flatnonzero(codes(text) == ord("\n"))
    numbers, counts = np.unique(np.searchsorted(ends, pairs), return_counts=True)
    chosen = numbers[counts >= least - 1].tolist()
    starts = [int(ends[number - 1]) + 1 if number else 0 for number in chosen]
    return [(start, int(ends[n]) if n < len(ends) else len(text)) for start, n in zip(starts, chosen, strict=True)]


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what of a line may have been misread: all of it, or what Windows-1252 could have written."""
    line = text[start:end]
    sample = line[:SAMPLE]
    is_latin = _LATIN.search(line) is not None
    if _ODD.count(sample) >= MIN_ODD_SHARE * _told(sample) and not (is_latin and _has_han(line)):
        yield start, end
    elif is_latin:
        for span in _LATIN.finditer(line):
            if _PAIR.search(span[0]):
                yield start + span.start(), start + span.end()


def _has_han(line: str) -> bool:
    return any("\u2e80" <= char <= "\uffef" for char in line)


def _best(span: str, proved: frozenset[tuple[str, str]]) -> tuple[str, str, str] | None:
    """Return the encodings and the text of the likeliest reading, if it is proved, or they are proved elsewhere."""
    likely = [found for found in _readings(span, MAX_LAYERS) if _is_proved(span, *found, is_known=found[:2] in proved)]
    return min(likely, key=lambda found: _ODD.count(found[2][:SAMPLE]) / max(len(found[2][:SAMPLE]), 1), default=None)


def _readings(span: str, layers: int) -> Iterator[tuple[str, str, str]]:
    """Yield every reading of a span that loses nothing: the wrong encoding, the right one, the text."""
    for wrong, octets in _octets(span):
        for right in RIGHT:
            try:
                new = octets.decode(right)
            except UnicodeDecodeError:
                continue
            yield wrong, right, new
            if right == "utf-8" and layers > 1 and wrong == "cp1252" and _LATIN.search(new):
                yield from ((wrong, right, deeper) for _, last, deeper in _readings(new, layers - 1) if last == "utf-8")


def _octets(span: str) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes that each encoding may have read a span from."""
    sloppy = span.translate(_SLOPPY)
    for wrong, text in (("cp1252", sloppy), *((name, span) for name in (*WIDE, *SINGLE))):
        try:
            yield wrong, text.encode("latin-1" if wrong == "cp1252" else wrong)
        except UnicodeEncodeError:
            continue


def _is_proved(old: str, wrong: str, right: str, new: str, *, is_known: bool) -> bool:
    """Say whether a reading is far likelier than what it replaces, by the first characters of both."""
    old, new = old[:SAMPLE], new[:SAMPLE]
    told = [char for char in new if char > "\x7f"]
    if not told or new == old or _ODD.count(old) < 2 * _ODD.count(new) + 1:
        return False
    common = sum(char in COMMON or char in _MARKS for char in told)
    if is_known:
        return common >= MIN_COMMON * len(told)
    frequent = sum(char in FREQUENT for char in told)
    is_single = wrong not in WIDE
    if right == "utf-8":
        is_mark = is_single and common == len(told) and min(told) >= "\u2010"
        return common >= MIN_COMMON * len(told) and (len(told) >= MIN_TOLD[right] or is_mark)
    least = MIN_TOLD[right] if is_single else MIN_TOLD["big5hkscs"]
    return len(told) >= least and frequent >= MIN_FREQUENT * len(told) and common >= (1 + MIN_COMMON) / 2 * len(told)


def _is_damaged(line: str) -> bool:
    """Say whether a line is text misread with some bytes lost on the way."""
    line = line[:SAMPLE]
    if _ODD.count(line) < max(2 * MIN_ODD, MIN_FREQUENT * _told(line)):
        return False
    octets = {line.encode(GBK_EURO, "ignore"), line.translate(_SLOPPY).encode("latin-1", "ignore")}
    for each in octets:
        new = each.decode("utf-8", "ignore")
        told_new = [char for char in new if char > "\x7f"]
        kept = len(new.encode()) >= MIN_KEPT * len(each) and len(told_new) >= 2 * MIN_TOLD["utf-8"]
        if kept and sum(char in COMMON or char in _MARKS for char in told_new) >= MIN_COMMON * len(told_new):
            return True
    return False


def _told(text: str) -> int:
    """Return how many characters are neither ASCII nor marks."""
    return sum(char > "\x7f" and char not in _MARKS for char in text)
