"""Many rules matched at once, in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import re2
from numpy.typing import NDArray

from cleaners.rules.rule import Hit, Rule, RuleError, refuse_duplicate_ids
from cleaners.text.codes import UNICODE_SIZE, Codes, Members, codes


class Candidates(NamedTuple):
    """What may match a line, by the required literals that it holds: the ids of line rules, and the span rules."""

    lines: frozenset[str]
    spans: Sequence[Rule]


class _Pattern(NamedTuple):
    """A rule's pattern, and the numbers of its named groups, which RE2 makes anew for each who asks."""

    compiled: Any
    groups: Mapping[str, int]


# A page of 10,000 characters meets hundreds of rules; asking one after the other is slow. Two ways answer for all
# rules at once. Line rules that begin with known words are one RE2 automaton, which reads a line once and says which
# of them match. Rules that may begin with anything, and those for spans, would make that automaton slow: they name
# literals, one of which every match holds (`公众号`: 公众). A look into two tables tells for every place of the text at
# once whether a literal may begin there: one has a bit for each character, one for each hash of a pair. Two pairs may
# share a hash, so the text itself is asked; the few rules that are left are searched one by one.
class RuleSet:
    """Many rules: those for lines compiled into linear-time automata, those with required literals found by these.

    Raises `RuleError` for a pattern that cannot be read, for two rules of one id, and for required literals that are
    missing. Patterns are compiled when they are first asked for: only then is one refused that is too large.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        refuse_duplicate_ids(rule.id for rule in self.rules)
        self._place = {rule.id: place for place, rule in enumerate(self.rules)}
        self._max_chars = {rule.id: rule.max_chars for rule in self.rules}
        _refuse_broken_patterns(self.rules)
        self._patterns: dict[str, _Pattern] = {}
        self.stating = frozenset(rule.id for rule in self.rules if re.search(r"\(\?P?<", rule.pattern))
        """The ids of the rules that can read anything from the lines they match."""
        self._automata: dict[str, Any] = {}
        self._ready = [rule for rule in self.rules if not (rule.span or rule.required_literals)]
        self._places_ready = [self._place[rule.id] for rule in self._ready]
        self._by_literal = _by_literal(self.rules)
        self._singles, self._pairs = _literal_tables(self._by_literal)
        self._candidates_of = lru_cache(maxsize=4096)(self._candidates)

    def candidates(self, lines: Sequence[str]) -> dict[int, Candidates]:
        """Return, by its number, what may match each line that holds required literals; all are looked up at once."""
        text, held = "\n".join(lines), dict[int, set[str]]()
        starts = np.fromiter(accumulate((len(line) + 1 for line in lines), initial=0), np.intp)
        for start in range(0, len(text), _WINDOW):
            places = self._marked(text[start : start + _WINDOW + 1]) + start
            numbers = starts.searchsorted(places, "right") - 1
            for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
                literal = text[place : place + 2]  # of two the longer
                if literal in self._by_literal or (literal := literal[0]) in self._by_literal:
                    held.setdefault(number, set()).add(literal)
        return {number: self._candidates_of(frozenset(literals)) for number, literals in held.items()}

    def lines(self, lines: Sequence[str], candidates: Mapping[int, Candidates]) -> list[Sequence[Rule]]:
        """Return for each line the line rules that match the whole of it, `candidates` among those with literals.

        One automaton after the other reads its lines: the processor's cache does not hold the tables of all of them.
        """
        raw = [line.encode("utf-8", "surrogatepass") for line in lines]
        found = [[self._places_ready[index] for index in self._ready_set.Match(line) or ()] for line in raw]
        asked: dict[str, list[int]] = {}
        for number, (names, _) in candidates.items():
            size = len(lines[number])
            for name in names:
                if size <= self._max_chars[name]:
                    asked.setdefault(name, []).append(number)
        for name, numbers in asked.items():
            matches, place = self._alone(name).Match, self._place[name]
            for number in numbers:
                if matches(raw[number]):
                    found[number].append(place)
        return [[self.rules[place] for place in sorted(places)] if places else () for places in found]

    @cached_property
    def _ready_set(self) -> Any:
        """Return the automaton of all line rules without literals."""
        return _automaton(self._ready)

    def _pattern(self, rule: Rule) -> _Pattern:
        if rule.id not in self._patterns:
            compiled = _compiled(rule)
            self._patterns[rule.id] = _Pattern(compiled, compiled.groupindex)
        return self._patterns[rule.id]

    def _alone(self, name: str) -> Any:
        """Return the automaton of one rule: it says whether it matches in half the time of the pattern itself.

        A pattern also says where the first of several matches begins, and for that its automaton remembers each place
        at which one may have begun. Whether there is a match at all is asked of one that stays small.
        """
        if name not in self._automata:
            self._automata[name] = _automaton([self.rules[self._place[name]]])
        return self._automata[name]

    def _marked(self, window: str) -> NDArray[np.intp]:
        """Return where required literals may begin in a piece of text and the one character behind it."""
        points = codes(window)
        marked = self._singles.take(points)
        marked[:-1] |= self._pairs.take(_hash(points))
        return marked[:_WINDOW].nonzero()[0]

    def _candidates(self, literals: frozenset[str]) -> Candidates:
        """Return what may match a line that holds these literals."""
        rules = {rule.id: rule for literal in sorted(literals) for rule in self._by_literal[literal]}.values()
        return Candidates(frozenset([rule.id for rule in rules if not rule.span]), [r for r in rules if r.span])

    def spans(self, rules: Iterable[Rule], text: str) -> list[Hit]:
        """Return the spans that `rules` take from `text`, in order and disjoint: the first, of two the longer."""
        found: list[Hit] = []
        at, raw = 0, text.encode("utf-8", "surrogatepass")
        hits = [hit for rule in rules if self._alone(rule.id).Match(raw) for hit in self.find(rule, text)]
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.rule.id)):
            if hit.start >= at:
                found.append(hit)
                at = hit.end
        return found

    def facts(self, rule: Rule, line: str) -> dict[str, str]:
        """Return what a line rule reads from a line it matches."""
        if rule.id not in self.stating:
            return {}
        pattern, groups = self._pattern(rule)
        found = pattern.fullmatch(line.encode("utf-8", "surrogatepass"))  # half the time of a string
        said = {name: found[group] for name, group in groups.items()} if found else {}
        return _facts({name: value.decode("utf-8", "surrogatepass") for name, value in said.items() if value})

    def find(self, rule: Rule, text: str) -> Iterator[Hit]:
        """Yield the places that a span rule takes from `text`."""
        pattern, groups = self._pattern(rule)
        inside, kept = groups.get("inside"), [groups[name] for name in _KEPT & groups.keys()]
        stating = groups.keys() - _KEPT - {"inside"}
        for found in pattern.finditer(text):
            start, end = found.span(inside) if inside else found.span()
            for group in kept:
                start = max(start, found.span(group)[1])
            if end > start:
                yield Hit(rule, start, end, _facts(found.groupdict()) if stating else {})


_KEPT = {"keep", "keep2"}
MAX_MB, MAX_MB_TOGETHER = 4, 24
"""Megabytes that the automaton of one rule, and that of many, may take; the latter does not compile with 12."""
_WINDOW = 1 << 16
"""Characters that the prefilter looks at together, so that a page of nothing but literals takes no more memory."""


def _facts(said: Mapping[str, str]) -> dict[str, str]:
    """Return what named groups say; `NAME2` is read as `NAME`, since a pattern has each name once."""
    return {name.rstrip("0123456789"): said[name] for name in sorted(said, reverse=True) if said[name]}


def _options(max_mb: int = MAX_MB) -> Any:
    """Return RE2's options; what an automaton has met is forgotten when it takes more than so many megabytes."""
    options = re2.Options()
    options.max_mem = max_mb << 20
    options.log_errors = False
    return options


def _hash(points: Codes) -> Codes:
    """Return a number below 65,536 for each pair of neighbours."""
    mixed: Codes = (points[:-1] * np.uint32(40503) ^ points[1:]) & np.uint32(0xFFFF)
    return mixed


def _refuse_broken_patterns(rules: Iterable[Rule]) -> None:
    """Raise RuleError for a pattern that cannot be read: that takes a hundredth of compiling all of them."""
    readable = re2.Set.FullMatchSet(_options())
    for rule in rules:
        try:
            readable.Add(rule.pattern)
        except re2.error:
            _compiled(rule)  # which says why


def _compiled(rule: Rule) -> Any:
    try:
        return re2.compile(rule.pattern, _options())
    except re2.error as error:
        (reason,) = error.args
        told = reason.decode() if isinstance(reason, bytes) else reason
        raise RuleError(rule.id, f"{told} in {rule.pattern!r}; mend the pattern") from None


def _by_literal(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return the rules by each literal that they require, a pair's with those of its first character.

    Raises RuleError for a rule whose literals cannot be used.
    """
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if (rule.span and not rule.required_literals) or not all(
            len(text) in (1, 2) for text in rule.required_literals
        ):
            raise RuleError(rule.id, "a span rule has required_literals, each of one or two characters; add them")
        for text in rule.required_literals:
            found.setdefault(text, []).append(rule)
    for pair in (text for text in found if len(text) == 2):
        found[pair] += found.get(pair[0], [])
    return found


def _literal_tables(literals: Iterable[str]) -> tuple[Members, Members]:
    """Return which characters are literals, and which hashes pairs of characters that are literals have."""
    singles, pairs = np.zeros(UNICODE_SIZE, np.bool_), np.zeros(1 << 16, np.bool_)
    for text in literals:
        if len(text) == 1:
            singles[ord(text)] = True
        else:
            pairs[_hash(codes(text))] = True
    return singles, pairs


def _automaton(rules: Sequence[Rule]) -> Any:
    """Return what says which of these rules match: line rules the whole of a text, span rules a part of it.

    Raises RuleError for a rule whose pattern is too large, or too large beside the others.
    """
    kind = re2.Set.SearchSet if any(rule.span for rule in rules) else re2.Set.FullMatchSet
    automaton = kind(_options(MAX_MB if len(rules) == 1 else MAX_MB_TOGETHER))
    for rule in rules:
        automaton.Add(rule.pattern)
    try:
        automaton.Compile()
    except re2.error:
        if len(rules) > 1:
            for rule in rules:
                _automaton([rule])  # which says whose pattern it is
        told = f"{rules[-1].pattern!r} is too large; bound its repeats lower, or make two rules of it"
        raise RuleError(rules[-1].id, told) from None
    return automaton
