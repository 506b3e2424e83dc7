"""Personal data in a text that leaves the house: found, replaced by what it is, and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaners.model import Edit
from cleaners.personal.addresses import mailboxes, places
from cleaners.personal.numbers import BANK_CARD, IDENTITY, MOBILE, Found, may_hold_numbers, personal_numbers
from cleaners.text.codes import CharClass, singles, text_of
from cleaners.text.composing import compose
from cleaners.text.edits import apply
from cleaners.text.normalized import normalize_codes

VERSION = "3"
"""Version of what is masked; it changes whenever the same text could be masked otherwise."""
EMAIL = "personal.email"
NAMES: Mapping[str, str] = {
    IDENTITY: "〔身份证号〕",
    MOBILE: "〔手机号〕",
    EMAIL: "〔邮箱〕",
    BANK_CARD: "〔银行卡号〕",
}
"""What stands in the place of what a rule finds."""
HIDDEN = "＊"
"""What stands for each character of personal data where every place must stay what it is."""
TEXTS = ("title", "text")
FACTS = ("format", "size", "price", "uploader", "source_name", "category")
"""Facts of `metadata` that are masked beside `keywords`; `doc_id` is the site's own number and stands in the URL."""

_TAB = re.compile("\t")  # between the cells of a table; no number goes over it
_SIGNS = CharClass(singles("@#*艾aA"))
"""Characters of which every address holds one."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose personal data was replaced: by rule, how often and how many characters."""

    text: str
    count: Counter[str]
    chars: Counter[str]


class MaskedRecord(NamedTuple):
    """A record whose personal data was replaced, and how often, by rule."""

    record: dict[str, Any]
    masked: Counter[str]


def mask(text: str) -> Masked:
    """Replace identity numbers, mobile numbers, bank cards and e-mail addresses in `text` by what they are.

    What stands beside a replaced address may be told only then, so a text in which something was replaced is looked at
    again.

    >>> mask("联系人：王某，手机：139 0000 1234。").text
    '联系人：王某，手机：〔手机号〕。'
    """
    masked = more = _masked_once(text)
    while more.count:
        more = _masked_once(masked.text)
        masked = Masked(more.text, masked.count + more.count, masked.chars + more.chars)
    return masked


def mask_edits(text: str) -> Sequence[Edit]:
    """Return what `mask` does to a text as edits over it, for who shows parts of it.

    >>> mask_edits("手机：139 0000 1234。")
    [Edit(start=3, end=16, new='〔手机号〕', rule='personal.mobile')]
    """
    done: Sequence[Edit] = ()
    masked = text
    while more := [Edit(start, end, NAMES[rule], rule) for start, end, rule in _found(masked)]:
        done, masked = compose(done, masked, more), apply(masked, more)
    return done


def _masked_once(text: str) -> Masked:
    """Return a text with all personal data found at one look replaced, and what was replaced, by rule."""
    count: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    pieces: list[str] = []
    at = 0
    for start, end, rule in _found(text):
        pieces += [text[at:start], NAMES[rule]]
        at = end
        count[rule] += 1
        chars[rule] += end - start
    return Masked("".join([*pieces, text[at:]]), count, chars)


def mask_record(record: Mapping[str, Any]) -> MaskedRecord:
    """Return a record (docs/design.md) with its personal data replaced, and what was replaced added to its `edits`.

    `id` and `sha256` stay those of the text as it was; addresses are not looked at.
    """
    count: Counter[str] = Counter()
    chars: Counter[str] = Counter()

    def hide(value: str | None) -> str | None:
        if not value:
            return value
        masked = mask(value)
        count.update(masked.count)
        chars.update(masked.chars)
        return masked.text

    facts, truncation = record["metadata"], record["truncation"]
    shown = [*map(record.get, TEXTS), truncation["evidence"], *map(facts.get, FACTS), *facts["keywords"]]
    if not _found("\n".join(filter(None, shown))):  # nothing personal goes over a line's end
        return MaskedRecord(dict(record), count)
    result = {
        **record,
        **{name: hide(record[name]) for name in TEXTS},
        "truncation": {**truncation, "evidence": hide(truncation["evidence"])},
        "metadata": {
            **facts,
            **{name: hide(facts[name]) for name in FACTS},
            "keywords": [hide(keyword) for keyword in facts["keywords"]],
        },
    }
    edits = [{"rule": rule, "count": count[rule], "chars": chars[rule]} for rule in count]
    result["edits"] = sorted([*record["edits"], *edits], key=lambda edit: str(edit["rule"]))
    return MaskedRecord(result, count)


def _found(text: str) -> list[Found]:
    """Return what is personal in a text, in order; the digits of an address are no numbers."""
    points = normalize_codes(text)
    signed, numbered = _SIGNS.at(points).any(), may_hold_numbers(points)
    if not (signed or numbered):  # as most
        return []
    seen = text_of(points)
    found = [Found(*span, EMAIL) for span in mailboxes(seen)] if signed else []
    if numbered:
        tabbed = _without(seen, [tab.span() for tab in _TAB.finditer(text)], "\t")
        rest = _without(tabbed, [(each.start, each.end) for each in found])
        found += personal_numbers(_without(rest, list(places(rest))))
    return sorted(found)


def _without(seen: str, spans: Sequence[tuple[int, int]], blank: str = "\n") -> str:
    """Return `seen` with `blank` all over `spans`, of the same length."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [seen[at:start], blank * (end - start)]
        at = end
    return "".join([*pieces, seen[at:]]) if spans else seen
