"""Numbers that lead to a person, told from all other long numbers: identity numbers, mobile numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from cleaners.personal.check_digits import is_birth, is_checked_identity, is_credit_code, is_luhn
from cleaners.personal.context import is_ordinary, label
from cleaners.text.codes import Codes, are_near

IDENTITY, MOBILE, BANK_CARD = "personal.identity", "personal.mobile", "personal.bank_card"
_LABELS = {IDENTITY: "identity", MOBILE: "mobile", BANK_CARD: "card"}
"""The word before a number that says that it is of a kind (`context.label`)."""

_JOINT = r"(?: {1,2}| ?[-\u2010-\u2015\u2212.]{1,2} ?)"
_RUN = re.compile(rf"[0-9](?:{_JOINT}?[0-9]){{10,}}(?:{_JOINT}?[Xx×Ⅹ](?![A-Za-z]))?")
_MIN_DIGITS, _REACH = 11, 40
"""Digits of the shortest personal number, and characters from the first of so many to the last at most."""
_GROUP = re.compile("[0-9]+|[Xx×Ⅹ]")


_ISSUERS = re.compile(
    r"62[0-9]{14,17}|6[0-9]{15}|6[0-9]{18}|4[0-9]{15}|5[0-9]{15}|35[0-9]{14}|3[47][0-9]{13}"
    r"|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}|955[89][0-9]{12,15}"
)
"""Beginnings and lengths of cards in use; others count only behind a word that says card or account."""
_MOBILE = re.compile("(?:(?:00)?86)?1[3-9][0-9]{9}")
_MOBILE_SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5)})
_LABELLED_SHAPES = frozenset({(4, 3, 4), (4, 4, 3), (5, 6), (1,) * 11})
"""Groups that are as often years, sums or an answer key: they are a mobile number only behind a word that says so."""
_SPELLED = "()_·•・‧/。"
"""What people write for a hyphen so that no program finds the number."""
_LABELLED_JOINTS = "/。"
"""Those of them that also stand between figures of other kinds."""
_NEAR = 100  # characters of a line on both sides of a number that show whether it stands in a table


class Found(NamedTuple):
    """A personal number at `seen[start:end]`, with the rule that answers for it."""

    start: int
    end: int
    rule: str


class _Group(NamedTuple):
    """Digits (or the X of an identity number) without a break, and what joins them to the group before."""

    text: str
    start: int
    end: int
    joint: str


class _Match(NamedTuple):
    first: int
    last: int
    rule: str


def may_hold_numbers(points: Codes) -> bool:
    """Say whether a view, given by its code points, has digits enough near each other; most texts have not."""
    places = np.flatnonzero((points >= ord("0")) & (points <= ord("9")))
    return are_near(places, _MIN_DIGITS, _REACH)


def personal_numbers(seen: str) -> list[Found]:
    """Return the personal numbers of `seen`, a looked-through view, in order.

    Groups may stand apart by blanks, hyphens or dots, or by what people write for them. Labels, units, decimals and
    letters beside a number say when it is another kind of number.
    """
    found = list(_numbers(seen, seen))
    spelled = seen
    for joint in _SPELLED:  # `translate` takes five times as long
        spelled = spelled.replace(joint, "-")
    if spelled != seen:
        taken = {place for each in found for place in range(each.start, each.end)}
        others = (each for each in _numbers(seen, spelled) if taken.isdisjoint(range(each.start, each.end)))
        found += [_with_brackets(seen, each) for each in others if _is_spelled(seen, each)]
    return sorted(found)


def _numbers(seen: str, joined: str) -> Iterator[Found]:
    """Yield the numbers whose groups are found in `joined`, which is `seen` with other signs between them."""
    for run in _RUN.finditer(joined):
        groups: list[_Group] = []
        for piece in _GROUP.finditer(joined, *run.span()):
            joint = joined[groups[-1].end : piece.start()] if groups else ""
            groups.append(_Group("X" if piece[0] in "Xx×Ⅹ" else piece[0], *piece.span(), joint))
        for match in _matches(seen, groups):
            country = seen[groups[match.first].start - 1 : groups[match.first].start] == "+"
            yield Found(groups[match.first].start - country, groups[match.last].end, match.rule)


def _is_spelled(seen: str, found: Found) -> bool:
    """Say whether a number has joints of its own, and such as its kind or the word before it allows."""
    joints = [char for char in seen[found.start : found.end] if char in _SPELLED]
    is_safe = found.rule == IDENTITY or not any(char in _LABELLED_JOINTS for char in joints)
    return bool(joints) and (is_safe or label(seen, found.start) == _LABELS[found.rule])


def _with_brackets(seen: str, found: Found) -> Found:
    """Return a number with the bracket before or behind it whose other half it holds: (138)1234-5678."""
    opened, closed = (seen[found.start : found.end].find(bracket) for bracket in "()")
    start = found.start - (seen[found.start - 1 : found.start] == "(" and closed >= 0 and not 0 <= opened < closed)
    end = found.end + (seen[found.end : found.end + 1] == ")" and opened > closed)
    return Found(start, end, found.rule)


def _matches(seen: str, groups: Sequence[_Group]) -> list[_Match]:
    """Return the personal numbers in a run of groups of digits, disjoint; the surest kind is tried first."""
    found: list[_Match] = []
    at = 0
    while at < len(groups):
        for rule, count in ((IDENTITY, _identity), (BANK_CARD, _card), (MOBILE, _mobile)):
            if taken := count(seen, groups[at : at + 19]):
                found.append(_Match(at, at + taken - 1, rule))
                at += taken
                break
        else:
            at += 1
    known = {index for match in found for index in range(match.first, match.last + 1)}
    return [match for match in found if _is_long(groups, match) or _stands_alone(seen, groups, match, known)]


def _is_long(groups: Sequence[_Group], match: _Match) -> bool:
    """Say whether it is an identity number with a check digit, which proves itself anywhere."""
    return match.rule == IDENTITY and len(_joined(groups[match.first : match.last + 1])) == 18


def _stands_alone(seen: str, groups: Sequence[_Group], match: _Match, known: set[int]) -> bool:
    """Say whether no other digits belong to the match: a row of figures, a decimal, a longer number with hyphens."""
    if label(seen, groups[0].start) in _LABELS.values():
        return True
    if match.rule != MOBILE and _is_in_table(seen, groups[match.first].start, groups[match.last].end):
        return False
    together = match.last > match.first
    before, after = match.first - 1, match.last + 1
    if after < len(groups) and after not in known and (together or groups[after].joint.strip()):
        return False
    if before < 0 or before in known:
        return True
    joint = groups[match.first].joint.strip()
    numbered = joint == "." and groups[before].text.strip("0") and len(groups[before].text) <= 2
    return bool(numbered) or not (together or joint)


def _is_in_table(seen: str, start: int, end: int) -> bool:
    """Say whether a number stands in a row of figures, where a figure may have any digits."""
    before = seen[max(0, start - _NEAR) : start].rpartition("\n")[2]
    beside = f"{before} {seen[end : end + _NEAR].partition(chr(10))[0]}"
    return len(_GROUP.findall(beside)) > 1 and not any(map(str.isalpha, beside))


def _identity(seen: str, groups: Sequence[_Group]) -> int:
    """Return how many groups from the first on are an identity number, 0 when they are none."""
    lengths = list(accumulate(len(group.text) for group in groups))
    start = groups[0].start
    if 18 in lengths:
        taken = lengths.index(18) + 1
        number = _joined(groups[:taken])
        likely = number[:17].isdecimal() and is_birth(number[:2], number[6:14]) and not is_credit_code(number)
        if likely and (is_checked_identity(number) or label(seen, start) == "identity"):
            return taken
    if 15 in lengths:
        taken = lengths.index(15) + 1
        number, shape = _joined(groups[:taken]), tuple(len(group.text) for group in groups[:taken])
        plain = number.isdecimal() and shape in ((15,), (6, 6, 3)) and number[2:4] != "00" and number[4:6] != "00"
        if (
            plain
            and is_birth(number[:2], f"19{number[6:12]}")
            and not _ordinary(seen, start, groups[taken - 1].end, IDENTITY)
        ):
            return taken
    return 0


def _card(seen: str, groups: Sequence[_Group]) -> int:
    """Return how many groups from the first on are a bank card number that passes Luhn, at most; 0 for none."""
    start = groups[0].start
    named = label(seen, start) == "card"
    if not named and groups[0].text[0] not in "234569":
        return 0
    lengths = list(accumulate(len(group.text) for group in groups))
    for taken in range(len(groups), 0, -1):
        if not 13 <= lengths[taken - 1] <= 19:
            continue
        number = _joined(groups[:taken])
        likely = named or (_ISSUERS.fullmatch(number) and _is_card_shape(groups[:taken]))
        if likely and is_luhn(number) and not _ordinary(seen, start, groups[taken - 1].end, BANK_CARD):
            return taken
    return 0


def _mobile(seen: str, groups: Sequence[_Group]) -> int:
    first = groups[0].text
    country = next((code for code in ("0086", "86") if first.startswith(code)), "")
    lengths = [len(first) - len(country), *(len(group.text) for group in groups[1:12])]
    for taken in range(1, len(lengths) + 1):
        shape = tuple(filter(None, lengths[:taken]))
        is_decimal = shape == (3, 8) and groups[1].joint == "." and label(seen, groups[0].start) != "mobile"
        fits = (shape in _MOBILE_SHAPES and not is_decimal) or (
            shape in _LABELLED_SHAPES and label(seen, groups[0].start) == "mobile"
        )
        if fits and _MOBILE.fullmatch(_joined(groups[:taken])):
            return 0 if _ordinary(seen, groups[0].start, groups[taken - 1].end, MOBILE) else taken
    return 0


def _joined(groups: Sequence[_Group]) -> str:
    return "".join(group.text for group in groups)


def _is_card_shape(groups: Sequence[_Group]) -> bool:
    lengths = [len(group.text) for group in groups]
    if len(lengths) == 1 or lengths in ([4, 6, 5], [6, lengths[-1]]):
        return True
    round_figures = sum(group.text.endswith("0") for group in groups) >= 3
    return len(lengths) > 3 and set(lengths[:-1]) == {4} and lengths[-1] <= 4 and not round_figures


def _ordinary(seen: str, start: int, end: int, rule: str) -> bool:
    """Say whether a number is one of another kind by what stands beside it, or too round to be a mobile number."""
    zeros = rule == MOBILE and seen[start:end].endswith("000000")
    return is_ordinary(seen, start, end, _LABELS[rule]) or (zeros and label(seen, start) != "mobile")
