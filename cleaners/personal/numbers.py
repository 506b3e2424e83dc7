"""Numbers that lead to a person, told from all other long numbers: identity numbers, mobile numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from cleaners.personal.check_digits import is_birth, is_checked_identity, is_credit_code, is_luhn
from cleaners.text.codes import Codes

IDENTITY, MOBILE, BANK_CARD = "personal.identity", "personal.mobile", "personal.bank_card"

_JOINT = r"(?: {1,2}| ?[-\u2010-\u2015\u2212.] ?)"
_RUN = re.compile(rf"[0-9](?:{_JOINT}?[0-9]){{10,}}(?:{_JOINT}?[Xx×Ⅹ](?![A-Za-z]))?")
_FEWEST, _WIDEST = 11, 41
"""Digits of the shortest personal number, and the most characters over which so many digits and their joints reach."""
_GROUP = re.compile("[0-9]+|[Xx×Ⅹ]")


_ISSUERS = re.compile(
    r"62[0-9]{14,17}|6[0-9]{15}|6[0-9]{18}|4[0-9]{15}|5[0-9]{15}|35[0-9]{14}|3[47][0-9]{13}"
    r"|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}|955[89][0-9]{12,15}"
)
"""Beginnings and lengths of cards in use; others count only behind a word that says card or account."""
_MOBILE = re.compile("(?:(?:00)?86)?1[3-9][0-9]{9}")
_MOBILE_SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (1,) * 11})

_WINDOW = 16  # characters before a number in which a word says what it is
_LABEL = re.compile(
    r"(?P<identity>身份证?(?:编号)?|证件(?:编?号)?|居民)|(?P<mobile>电话|手机|联系|热线|微信|致电|拨打|tel|phone|mob|wechat|weixin|wx|vx)"
    r"|(?P<card>卡号|银行卡|[账帐][号户]|信用卡|储蓄卡|借记卡|card)"
    r"|(?P<other>编[号码]|序号|单号|合同号|协议号|订单|流水|凭证|文号|批[号次]|发票|票号|条形?码|书号|刊号|注册号|登记号|许可证|执照"
    r"|备案号|案号|信用代码|机构代码|税号|识别[号码]|序列号|学号|学籍|工号|档案号|图号|型号|货号|代码|证书|准考证|no\b|№|ISBN|ISSN)",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;。、!?]|.{5}")  # what may not stand between a word for another kind of number and the number
_BREAK = re.compile(r"[0-9\n]|[号箱]\]")  # other numbers, masked ones too, and other lines
_JOINED_BEFORE = re.compile(r"(?<![0-9](?=[Xx]))[A-Za-z]-?\Z|[¥$€£] ?\Z")  # an X may end an identity number
_JOINED_AFTER = re.compile(
    r"(?!(?i:tel|phone|mob|qq|wx|e-?mail))[A-Za-z]| ?[万亿%‰]"
    r"| ?[万亿]?(?:元|美元|欧元|港元|日元|英镑|股|吨|千瓦|平方|立方|公里|公顷|人次|字节|度电)"
)


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
    return bool((places[_FEWEST - 1 :] - places[: 1 - _FEWEST] < _WIDEST).any())


def personal_numbers(seen: str) -> Iterator[Found]:
    """Yield the personal numbers of `seen`, a looked-through view, in order.

    Groups may stand apart by blanks, hyphens or dots. Labels, units, decimals and letters beside a number say when it
    is another kind of number.
    """
    for run in _RUN.finditer(seen):
        groups: list[_Group] = []
        for piece in _GROUP.finditer(seen, *run.span()):
            joint = seen[groups[-1].end : piece.start()] if groups else ""
            groups.append(_Group("X" if piece[0] in "Xx×Ⅹ" else piece[0], *piece.span(), joint))
        for match in _matches(seen, groups):
            country = seen[groups[match.first].start - 1 : groups[match.first].start] == "+"
            yield Found(groups[match.first].start - country, groups[match.last].end, match.rule)


def _matches(seen: str, groups: Sequence[_Group]) -> list[_Match]:
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
    return [match for match in found if match.rule == IDENTITY or _stands_alone(seen, groups, match, known)]


def _stands_alone(seen: str, groups: Sequence[_Group], match: _Match, known: set[int]) -> bool:
    """Say whether no other digits belong to the match: a row of figures, a decimal, a longer number with hyphens."""
    if _label(seen, groups[0].start) in ("mobile", "card"):
        return True
    together = match.last > match.first
    before, after = match.first - 1, match.last + 1
    if after < len(groups) and after not in known and (together or groups[after].joint.strip()):
        return False
    if before < 0 or before in known:
        return True
    joint = groups[match.first].joint.strip()
    numbered = joint == "." and groups[before].text.strip("0") and len(groups[before].text) <= 2
    return bool(numbered) or not (together or joint)


def _identity(seen: str, groups: Sequence[_Group]) -> int:
    """Return how many groups from the first on are an identity number, 0 when they are none."""
    lengths = list(accumulate(len(group.text) for group in groups))
    start = groups[0].start
    if 18 in lengths:
        taken = lengths.index(18) + 1
        number = _joined(groups[:taken])
        likely = number[:17].isdecimal() and is_birth(number[:2], number[6:14]) and not is_credit_code(number)
        if likely and (is_checked_identity(number) or _label(seen, start) == "identity"):
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
    start = groups[0].start
    named = _label(seen, start) == "card"
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
        fits = tuple(filter(None, lengths[:taken])) in _MOBILE_SHAPES
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
    """Say whether what stands beside a number makes it a sum, a quantity, or a number of something else."""
    label = _label(seen, start)
    if label == rule.removeprefix("personal.").removeprefix("bank_"):
        return False
    before, after = seen[max(0, start - 3) : start], seen[end : end + 8]
    zeros = rule == MOBILE and seen[start:end].endswith("000000")
    return label == "other" or zeros or bool(_JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after))


def _label(seen: str, start: int) -> str | None:
    """Return what the last word before a number says it is; words behind other digits or another line do not count."""
    window = _BREAK.split(seen[max(0, start - _WINDOW) : start])[-1]
    said = list(_LABEL.finditer(window))
    if not said or (said[-1].lastgroup == "other" and _APART.search(window, said[-1].end())):
        return None
    return said[-1].lastgroup
