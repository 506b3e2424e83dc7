"""A rule: one named way to recognise noise or a mark on a page; and the engine that matches many of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import re2


class Place(Enum):
    """Where on the page a rule may take a line away."""

    ANY = "anywhere"
    HEAD = "before the text"
    TAIL = "after the text"
    EDGE = "before or after the text"
    START = "before the text; what stands above it is no text"
    END = "after the text; what stands below it is no text"


class Says(Enum):
    """What a truncation mark says."""

    CUT = "the text stops early"
    GAP = "a piece of the text is left out here"
    WHOLE = "all of the text is shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to recognise noise.

    `pattern` is RE2 syntax over the looked-through view (half-width marks, Simplified characters, no pinyin). Without
    `span` it must match a whole line, its outer blanks and bullet taken away and inner blanks folded to one; with
    `span` it takes the part of a line it matches. A named group states a fact (a field of the record); `keep` is a
    beginning that stays, `inside` the only part taken. A `weak` rule removes a line only between other noise, never by
    itself. `rank` decides between blocks that state one fact: the lowest wins.
    `match` and `never` are lines that prove the rule.
    """

    id: str
    why: str
    pattern: str
    match: Sequence[str]
    never: Sequence[str]
    place: Place = Place.EDGE
    span: bool = False
    weak: bool = False
    says: Says | None = None
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, the part of the text it takes (as given to the matcher), and the facts it states."""

    rule: Rule
    start: int
    end: int
    facts: Mapping[str, str]


class RuleError(ValueError):
    """A rule that cannot be used; the message names the file and line that its id stands in."""

    def __init__(self, rule_id: str, reason: object) -> None:
        super().__init__(": ".join(filter(None, (places(rule_id), f"rule {rule_id}", str(reason)))))


def places(rule_id: str) -> str:
    """Return where a rule or block of this id is written, as `cleaners/noise/card.py:12`; "" when it is nowhere."""
    root = Path(__file__).parent
    return " and ".join(
        f"{file.relative_to(root.parent).as_posix()}:{number}"
        for file in sorted(root.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if f'id="{rule_id}"' in line
    )


def refuse_twins(ids: Iterable[str]) -> None:
    """Raise RuleError for an id that is there twice: edits could not say which rule made them."""
    for rule_id, count in Counter(ids).items():
        if count > 1:
            raise RuleError(rule_id, "there is another of this id; ids are unique, rename one")


class Rules:
    """Many rules compiled into one linear-time automaton each for lines and for spans.

    Raises `RuleError` for a pattern that is none, and for two rules of one id.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        refuse_twins(rule.id for rule in self.rules)
        self._lines = [rule for rule in self.rules if not rule.span]
        self._spans = [rule for rule in self.rules if rule.span]
        self._patterns = {rule.id: _pattern(rule) for rule in self.rules}
        self._line_set = _compiled(re2.Set.FullMatchSet, self._lines)
        self._span_set = _compiled(re2.Set.SearchSet, self._spans)
        self._groups = {name: pattern.groupindex for name, pattern in self._patterns.items()}

    def line(self, line: str) -> list[Rule]:
        """Return the line rules that match the whole of `line`."""
        return [self._lines[index] for index in sorted(self._line_set.Match(line) or ())]

    def spans(self, text: str) -> list[Rule]:
        """Return the span rules that match somewhere in `text`."""
        return [self._spans[index] for index in sorted(self._span_set.Match(text) or ())]

    def facts(self, rule: Rule, line: str) -> dict[str, str]:
        """Return what a line rule reads from a line it matches."""
        return _groups(self._patterns[rule.id].fullmatch(line))

    def find(self, rule: Rule, text: str) -> Iterator[Hit]:
        """Yield the places that a span rule takes from `text`."""
        pattern = self._patterns[rule.id]
        groups = self._groups[rule.id]
        inside, kept = groups.get("inside"), [groups[name] for name in _KEPT & groups.keys()]
        stating = groups.keys() - _KEPT - {"inside"}
        for found in pattern.finditer(text):
            start, end = found.span(inside) if inside else found.span()
            for group in kept:
                start = max(start, found.span(group)[1])
            if end > start:
                yield Hit(rule, start, end, _groups(found) if stating else {})


_KEPT = {"keep", "keep2"}


def _groups(found: Any) -> dict[str, str]:
    return {name: value for name, value in found.groupdict().items() if value} if found else {}


def _options() -> Any:
    options = re2.Options()
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


def _pattern(rule: Rule) -> Any:
    try:
        return re2.compile(rule.pattern, _options())
    except re2.error as error:
        (reason,) = error.args
        told = reason.decode() if isinstance(reason, bytes) else reason
        raise RuleError(rule.id, f"{told} in {rule.pattern!r}; mend the pattern") from None


def _compiled(kind: Any, rules: Sequence[Rule]) -> Any:
    automaton = kind(_options())
    for rule in rules:
        automaton.Add(rule.pattern)
    automaton.Compile()
    return automaton
