"""Every rule on 100,000 characters of its worst input: `make bench-rules`. Fails where one takes over 50 ms."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.rule import Rule
from cleaners.text.normalized import normalize

CHARACTERS = 100_000
MOST_MS = 50.0
SHOWN = 10
REPEATS = 3
STRESS = (" ", "（", "(", ".", "一", "1", "a.")
"""Pieces that stress any rule, beside its own examples."""


class Slowest(NamedTuple):
    """The worst that was found for a rule: CPU milliseconds, and the piece that was repeated."""

    ms: float
    rule: str
    piece: str


def pieces(rule: Rule) -> Iterator[str]:
    """Yield what to repeat: general pieces, the rule's examples, and these without their last character."""
    yield from STRESS
    for example in rule.match:
        yield from (example, example[:-1])


def milliseconds(rule: Rule, text: str) -> float:
    """Return the CPU time that a rule takes for a text; for a line rule the text is one line."""
    start = time.process_time()
    if rule.span:
        for _ in RULEBOOK.find(rule, text):
            pass
    else:
        RULEBOOK.facts(rule, text)
    return 1000 * (time.process_time() - start)


def slowest(rule: Rule) -> Slowest:
    """Return the worst input of a rule; what looks too slow is measured again, the fastest run counts."""
    found = Slowest(0.0, rule.id, "")
    for piece in filter(None, pieces(rule)):
        text = normalize((piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS])
        took = milliseconds(rule, text)
        if took > found.ms:
            took = min(took, *(milliseconds(rule, text) for _ in range(REPEATS - 1)))
        found = max(found, Slowest(took, rule.id, piece))
    return found


def main() -> None:
    """Print the slowest rules; exit with 1 where one is slower than promised."""
    found = sorted(map(slowest, RULEBOOK.rules), reverse=True)
    print(f"{len(found)} rules, {CHARACTERS:,} characters; the slowest:")
    for one in found[:SHOWN]:
        print(f"{one.ms:8.1f} ms  {one.rule:<32} {one.piece[:24]!r}")
    if slow := [one.rule for one in found if one.ms > MOST_MS]:
        sys.exit(f"over {MOST_MS:.0f} ms: {', '.join(slow)}; see the pattern's counted repeats and open ends")


if __name__ == "__main__":
    main()
