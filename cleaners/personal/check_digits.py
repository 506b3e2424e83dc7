"""What the digits of a number say of it: check digits, a day of birth."""

from __future__ import annotations

import re
from datetime import date

_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")  # 9: foreigners who stay
_YEARS = range(1900, 2050)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_birth(province: str, day: str) -> bool:
    """Say whether an identity number may begin with `province` and hold the birthday `day` (YYYYMMDD).

    >>> is_birth("11", "19491231"), is_birth("11", "19490230")
    (True, False)
    """
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return born.year in _YEARS and bool(_PROVINCES.fullmatch(province))


def is_checked_identity(number: str) -> bool:
    """Say whether the last of eighteen digits is the check digit of an identity number (GB 11643).

    >>> is_checked_identity("11010519491231002X")
    True
    """
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def is_credit_code(number: str) -> bool:
    """Say whether eighteen digits are the unified social credit code of a company (GB 32100)."""
    if number[:2] not in ("91", "92", "93") or not number.isdecimal():
        return False
    total = sum(int(digit) * pow(3, place, 31) for place, digit in enumerate(number[:17]))
    return (31 - total % 31) % 31 == int(number[17])


def is_luhn(number: str) -> bool:
    """Say whether the last digit is the check digit of a bank card (ISO 7812).

    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    if not number.isdecimal():
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
