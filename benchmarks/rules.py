"""Every rule on 100,000 characters of its worst input: `make bench-rules`. Fails where one is far slower than most.

Times are judged against each other, not by the clock: a slow or busy machine slows all rules alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.matcher import Candidates, RuleSet
from cleaners.rules.rule import Rule
from cleaners.text.normalized import normalize

CHARACTERS = 100_000
MAX_RATIOS = {"line": 300, "span": 10}
"""How many times as long as the median rule of its kind a rule may take. Most line rules fail at the first character."""
SHOWN = 10
REPEATS = 3
STRESS = (" ", "（", "(", ".", "一", "1", "a.")
"""Pieces that stress any rule, beside its own examples."""


class Slowest(NamedTuple):
    """The worst that was found for a rule of a kind: CPU milliseconds, and the piece that was repeated."""

    ms: float
    rule: str
    kind: str
    piece: str


def pieces(rule: Rule) -> Iterator[str]:
    """Yield what to repeat: general pieces, the rule's examples, and these without their last character."""
    yield from STRESS
    for example in rule.match:
        yield from (example, example[:-1])


def milliseconds(alone: RuleSet, text: str) -> float:
    """Return the CPU time that the one rule of a set takes for a text; for a line rule the text is one line."""
    (rule,) = alone.rules
    start = time.process_time()
    if rule.span:
        for _ in alone.find(rule, text):
            pass
    else:
        alone.lines([text], {0: Candidates(frozenset([rule.id]), ())} if rule.required_literals else {})
    return 1000 * (time.process_time() - start)


def slowest(rule: Rule) -> Slowest:
    """Return the worst input of a rule; what looks too slow is measured again, the fastest run counts."""
    alone, kind = RuleSet([rule]), "span" if rule.span else "line"
    found = Slowest(0.0, rule.id, kind, "")
    for piece in filter(None, pieces(rule)):
        text = normalize((piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS])
        took = milliseconds(alone, text)
        if took > found.ms:
            took = min(took, *(milliseconds(alone, text) for _ in range(REPEATS - 1)))
        found = max(found, Slowest(took, rule.id, kind, piece))
    return found


def ratios(found: Sequence[Slowest]) -> list[tuple[float, Slowest]]:
    """Return how many times as long as the median of its kind each rule takes, those nearest to their limit first."""
    median = {kind: statistics.median(one.ms for one in found if one.kind == kind) for kind in {o.kind for o in found}}
    measured = [(one.ms / median[one.kind], one) for one in found]
    return sorted(measured, key=lambda each: each[0] / MAX_RATIOS[each[1].kind], reverse=True)


def main() -> None:
    """Print the slowest rules; exit with 1 where one is slower than promised."""
    found = ratios([slowest(rule) for rule in RULEBOOK.rules])
    print(f"{len(found)} rules, {CHARACTERS:,} characters; times of the median {MAX_RATIOS} at most; nearest to it:")
    for ratio, one in found[:SHOWN]:
        print(f"{ratio:8.1f} x {one.kind}  {one.ms:8.1f} ms  {one.rule:<32} {one.piece[:24]!r}")
    if slow := [one.rule for ratio, one in found if ratio > MAX_RATIOS[one.kind]]:
        sys.exit(f"far slower than most: {', '.join(slow)}; see the pattern's counted repeats and open ends")


if __name__ == "__main__":
    main()
