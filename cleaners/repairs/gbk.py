"""GBK as the repair of shifted runs needs it: characters of prose by their bytes, and pairs that are no character."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from cleaners.repairs.frequencies import MARKS, frequency
from cleaners.repairs.syllables import is_common, is_traditional, readings, simplified

FEW = 6
"""Most frequent characters tried behind a vanished pair, beside those that make a word."""


class Tables(NamedTuple):
    """Common characters and marks by first and second byte, marked characters by syllable, pairs without a character.

    `marked` holds characters with their first byte; `vanishing` holds, by first byte, the second bytes that may begin
    a pair without a character, with the character that the two bytes make and its Simplified form.
    """

    by_first: dict[int, list[str]]
    by_second: dict[int, list[str]]
    marked: dict[str, list[tuple[int, str]]]
    unassigned: dict[int, frozenset[int]]
    vanishing: dict[int, list[tuple[int, str, str]]]


@cache
def tables() -> Tables:
    """Return the tables, made at the first call."""
    by_first: dict[int, list[str]] = {first: [] for first in range(0x100)}
    by_second: dict[int, list[str]] = {second: [] for second in range(0x100)}
    marked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    unassigned: dict[int, set[int]] = defaultdict(set)
    for first in range(0x81, 0xFF):
        for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            char = character(first, second)
            if char is None and second > 0x80:
                unassigned[first].add(second)
            elif char and (is_common(char) or char in MARKS):
                by_first[first].append(char)
                by_second[second].append(char)
                for syllable in readings(char) if is_traditional(char) else ():
                    marked[syllable].append((first, char))
    vanishing = {
        first: [(code(char)[1], char, simplified(char)) for char in chars if code(char)[1] in unassigned]
        for first, chars in by_first.items()
    }
    pairs = {first: frozenset(seconds) for first, seconds in unassigned.items()}
    return Tables(by_first, by_second, dict(marked), pairs, vanishing)


@cache
def behind_gap(second: int, byte: int) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return the characters behind a vanished pair that began with `second`, themselves ending with `byte`.

    Each with its Simplified form before it, first the frequent ones, then the others.
    """
    firsts = tables().unassigned[second]
    chars = [(simplified(char), char) for char in tables().by_second[byte] if code(char)[0] in firsts]
    chars.sort(key=lambda pair: -frequency(pair[0]))
    return chars[:FEW], dict(chars[FEW:])


@cache
def character(first: int, second: int) -> str | None:
    """Return the character of two bytes, None where there is none."""
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None


@cache
def prose(first: int, second: int) -> str | None:
    """Return the character of two bytes if prose may hold it: a mark, or a character of GB 2312 in either script."""
    char = character(first, second)
    if char and (char in MARKS or (char >= "\u4e00" and simplified(char).encode("gb2312", "ignore"))):
        return char
    return None


def code(char: str) -> bytes:
    """Return the two bytes of a character; empty where it has not two."""
    encoded = char.encode("gbk", "ignore")
    return encoded if len(encoded) == 2 else b""
