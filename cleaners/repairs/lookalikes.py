"""Characters of fonts and of old standards written as those that texts are made of: radicals, variants, bullets.

Texts taken out of PDF and Word files hold Kangxi radicals and CJK radicals for the characters that look the same
(`⽔⼈⻓` for 水人长), and bullets of the fonts Wingdings and Symbol as private-use characters. No search, tokenizer or
model knows them. Radicals go by Unicode's EquivalentUnifiedIdeograph.txt, compatibility ideographs by NFC.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache
from unicodedata import normalize

import numpy as np

from cleaners.model import Edit
from cleaners.text.codes import UNICODE_SIZE, CharClass, Codes, codes, in_brackets

RADICAL_RULE, BULLET_RULE = "script.radical", "symbols.bullet"

_CJK_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_UNIFIED = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_OTHERS = (0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)
"""Kangxi radicals and compatibility ideographs: normalization knows what they stand for."""
MIN_LISTED = 6
"""So many radicals that stand alone are a list of radicals."""
_QUOTES = frozenset("'\"“”‘’「」")
_PARTING, MAX_PARTING = " \t\u3000、，,；;/|·", 4
"""Marks between the items of a list, and how many of them in a row."""
_PRIVATE = (0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD)
_LOOKALIKE = CharClass(((0x2E81, 0x2EF3), *_OTHERS, *_PRIVATE, (0xFFFD, 0xFFFD)))

_BULLET = re.compile("^([ \t\u3000\xa0]*)[\uf020-\uf0ff](?=[^\ue000-\uf8ff\n]*$)", re.MULTILINE)
"""Fonts of signs stand at U+F000 and up. Only at the head of a line without others it is surely a bullet."""
_UNKNOWN = re.compile(f"[{in_brackets(_PRIVATE)}]")


def edits(text: str) -> list[Edit]:
    """Return the edits that write radicals and variants as characters, and bullets of fonts as `•`.

    >>> edits("⽔面")
    [Edit(start=0, end=1, new='水', rule='script.radical')]
    """
    if not _LOOKALIKE.is_in(text):
        return []
    points = codes(text)
    unified = _table()[points]
    places = np.flatnonzero(unified != points).tolist()
    listed = _listed(text, places)
    found = [Edit(at, at + 1, chr(unified[at]), RADICAL_RULE) for at in places if at not in listed]
    found += [Edit(bullet.end(1), bullet.end(), "•", BULLET_RULE) for bullet in _BULLET.finditer(text)]
    return sorted(found)


def _listed(text: str, places: Sequence[int]) -> set[int]:
    """Return those of the places of radicals where a text lists radicals: most stand between quotes or others."""
    known = set(places)
    alone = {at for at in places if _is_parted(text, at, -1, known) and _is_parted(text, at, 1, known)}
    return alone if len(alone) >= MIN_LISTED and 2 * len(alone) > len(places) else set()


def _is_parted(text: str, at: int, step: int, known: Container[int]) -> bool:
    """Whether a quote, or marks and behind them another radical or the end of the line, stand beside a radical."""
    beside = at + step
    if text[max(0, beside) : beside + 1] in _QUOTES:
        return True
    while 0 <= beside < len(text) and abs(beside - at) <= MAX_PARTING and text[beside] in _PARTING:
        beside += step
    is_end = not 0 <= beside < len(text) or text[beside] == "\n"
    return is_end or (beside in known and beside != at + step)


def flags(text: str, title: str) -> list[str]:
    """Return what of a document cannot be read: `undecodable` for U+FFFD, `private_use` for signs of a font."""
    found = ["undecodable"] if "\ufffd" in text or "\ufffd" in title else []
    if _LOOKALIKE.is_in(text) and _UNKNOWN.search(text):
        found.append("private_use")
    return found


@cache
def _table() -> Codes:
    table = np.arange(UNICODE_SIZE, dtype=np.uint32)
    for old, new in zip(_CJK_RADICALS, _UNIFIED, strict=True):
        table[ord(old)] = ord(new)
    for first, last in _OTHERS:
        for point in range(first, last + 1):
            table[point] = ord(normalize("NFKC", chr(point)))
    return table
