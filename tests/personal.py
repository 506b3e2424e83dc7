"""Personal data made up by seed, in every kind and spelling, with what of it must be seen nowhere."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

Rng = random.Random
PROVINCES = ("110105", "310104", "440306", "510107", "620102", "650104", "420111", "330106")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def wide(text: str) -> str:
    """Return ASCII as full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spelled(rng: Rng, groups: list[str]) -> str:
    """Join groups of digits as people write them."""
    joined = rng.choice(["", "", " ", "-", "  ", "—", " - ", "\u200b"]).join(groups)
    return wide(joined) if rng.random() < 0.25 else joined


def cut(digits: str, *lengths: int) -> list[str]:
    pieces = []
    for length in lengths:
        pieces.append(digits[:length])
        digits = digits[length:]
    return [*pieces, digits] if digits else pieces


def identity(rng: Rng) -> str:
    day = date(1940, 1, 1) + timedelta(days=rng.randrange(25_000))
    number = f"{rng.choice(PROVINCES)}{day:%Y%m%d}{rng.randrange(1, 1000):03}"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True)) % 11]
    number += rng.choice([check, check.lower()])
    return spelled(rng, cut(number, *rng.choice([(18,), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4)])))


def old_identity(rng: Rng) -> str:
    day = date(1930, 1, 1) + timedelta(days=rng.randrange(20_000))
    number = f"{rng.choice(PROVINCES)}{day:%y%m%d}{rng.randrange(1, 1000):03}"
    return rng.choice(["身份证", "身份证号：", "公民身份证号码 "]) + spelled(
        rng, cut(number, *rng.choice([(15,), (6, 6, 3)]))
    )


def mobile(rng: Rng) -> str:
    number = f"1{rng.choice('3456789')}{rng.randrange(1, 10**9):09}"
    number = number[:-1] + "7"
    prefix = rng.choice(["", "", "", "+86", "+86 ", "86-", "0086 ", "0086-"])
    return prefix + spelled(rng, cut(number, *rng.choice([(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5)])))


def email(rng: Rng) -> str:
    name = "".join(rng.choice("abcdefghkmnpq") for _ in range(rng.randrange(3, 9)))
    name += rng.choice(["", ".li", "_wang", str(rng.randrange(10_000))])
    host = rng.choice(["163.com", "qq.com", "mail.example.edu.cn", "gmail.com", "xx-gov.org", "sina.com.cn"])
    at = rng.choice(["@", "@", "＠", " @ ", "(at)", "[at]", "（at）"])
    address = f"{name}{at}{host}"
    return rng.choice([address, address, wide(address), address.replace(".com", "。com"), address.upper()])


def bank_card(rng: Rng) -> str:
    length, beginning = rng.choice([(19, "621700"), (19, "622848"), (16, "622588"), (16, "436742"), (16, "512411")])
    body = beginning + "".join(rng.choice("0123456789") for _ in range(length - 7))
    total = sum(
        (2 * int(digit) - 9 * (digit > "4")) if at % 2 == 0 else int(digit) for at, digit in enumerate(body[::-1])
    )
    number = f"{body}{-total % 10}"
    groups = cut(number, *rng.choice([(length,), (4, 4, 4, 4), (6, 13)]))
    joined = rng.choice([" ", "-"]).join(groups)
    label = "卡号：" if len(groups) > 1 else rng.choice(["卡号：", "", "开户账号 "])
    return label + (wide(joined) if rng.random() < 0.25 else joined)


KINDS: dict[str, Callable[[Rng], str]] = {
    "identity": identity,
    "old identity": old_identity,
    "mobile": mobile,
    "email": email,
    "bank_card": bank_card,
}
SENTENCES = (
    "联系人王某，{}，欢迎来函来电。",
    "请各科室将名单报送至{}。",
    "（一）经办人员：李某（{}）；",
    "本人{}，现就有关情况说明如下：",
    "报名方式{}、截止日期2026年3月15日。",
)


def seeded(count: int, seed: int = 29) -> list[tuple[str, str]]:
    """Return `count` sentences of all kinds in turn, each with the personal data in it."""
    rng = random.Random(seed)
    kinds = list(KINDS.values())
    found = [kinds[number % len(kinds)](rng) for number in range(count)]
    return [(SENTENCES[number % len(SENTENCES)].format(secret), secret) for number, secret in enumerate(found)]


def digits(text: str) -> str:
    """Return what is left of a secret when it is spelled otherwise: its letters and digits, folded."""
    folded = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)
    return "".join(char for char in folded.lower() if char.isascii() and char.isalnum())
