"""A page's text laid out for the cleaner: its lines, each in the looked-through view, with the rules that match."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from cleaners.judging.rulebook import OWNER, RULEBOOK
from cleaners.rules.matcher import RuleSet
from cleaners.rules.rule import Hit, LineRole, Rule
from cleaners.templates import templates
from cleaners.text.normalized import normalize, normalize_line

MAX_SHORT_LINE = 60
"""Lines up to this length come again and again on a site's pages: what is known of many of them is remembered, of few
longer ones, which come again on their own page."""

MAX_LINES = 100_000
"""No document has more lines; what stands behind them is taken as one."""

MAX_NOISE_LINE = 1000
"""No line of noise seen is longer; longer lines are not asked for line rules."""

_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}(?:、|是|要)|[(][一二三四五六七八九十\d]{1,3}[)]|第[一二三四五六七八九十百\d]{1,4}[章节条款部编,、项]"
    r"|\d{1,3}(?:[.、．]\d{0,3})*[、.． ]|[①-⑳]|[A-Za-z][.、]|附件|摘要|\[摘 ?要\]).*"
)
_GREETING = re.compile(r"(?:同志们|各位|尊敬的|亲爱的|女士们|朋友们|老师们|同学们).{0,30}")
_COUNTED = re.compile(r"[^。;!?,:]{2,20} ?\(\d[\d,.]{0,8}万?\)")
"""A section of a site with the number of what is in it."""
_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?:(?:19|20)[0-9]{{2}}|二[〇○0Ο零][一二三四五六七八九〇○零]{{2}}) ?年 ?{_NUMERAL} ?月 ?{_NUMERAL} ?日"
)
"""The day below a signature."""
_CLOSING = "。;:!?…”」』)》】.;"


@dataclass(slots=True)
class Line:
    """One line: its place in the text, how rules see it, which line rules match, and the spans that others take.

    `is_text` says that it reads like a document's own: a sentence, a numbered heading, a greeting.
    """

    start: int
    end: int
    normalized: str
    rules: Sequence[Rule]
    is_text: bool
    spans: Sequence[Hit] = ()

    def has_role(self, role: LineRole) -> bool:
        """Whether a rule that matches says that this is such a line of a page."""
        return any(rule.role is role for rule in self.rules)


_SIGNS = RuleSet(rule for rule in RULEBOOK.rules if any(rule.id in template.signs for template in templates().values()))


def _judged(seen: str, needing: frozenset[str]) -> tuple[Sequence[Rule], bool]:
    return RULEBOOK.line(seen, needing) if len(seen) <= MAX_NOISE_LINE else (), _is_text(seen)


_NONE: tuple[frozenset[str], Sequence[Rule]] = (frozenset(), ())
_known, _known_long = lru_cache(maxsize=4096)(_judged), lru_cache(maxsize=512)(_judged)


def _is_text(text: str) -> bool:
    if len(text) >= 60 or (len(text) >= 8 and text[-1] in _CLOSING and not _COUNTED.fullmatch(text)):
        return True
    if len(text) >= 25 and any(mark in text for mark in ",。;"):
        return True
    return bool(_NUMBERED.fullmatch(text) or _GREETING.fullmatch(text) or _DAY.fullmatch(text))


@dataclass(frozen=True, slots=True)
class PageLines:
    """The text of a page, its view (same positions), its lines that are not empty, and the span rules that hit."""

    text: str
    normalized: str
    lines: Sequence[Line]

    @classmethod
    def of(cls, text: str, starts: Container[int] | None = None) -> PageLines:
        """Lay out `text`, or only those of its lines that begin at `starts`."""
        looked_through = normalize(text)
        lines: list[Line] = []
        for start, raw, seen, needing, spanning in _lines(looked_through, RULEBOOK):
            if starts is None or start in starts:
                rules, is_text = (_known if len(seen) <= MAX_SHORT_LINE else _known_long)(seen, needing)
                line = Line(start, start + len(raw), seen, rules, is_text)
                lines.append(line)
                if spanning:
                    inner = raw.strip()
                    line.spans = [hit.moved(start + raw.index(inner)) for hit in RULEBOOK.spans(spanning, inner)]
        return cls(text, looked_through, lines)

    def hits(self) -> set[str]:
        """Return the ids of all line and span rules that match anywhere on the page."""
        found = {rule.id for line in self.lines for rule in line.rules}
        return found | {hit.rule.id for line in self.lines for hit in line.spans}

    def restrict_to(self, template: str | None) -> None:
        """Forget the rules of every template but `template`."""
        for line in self.lines:
            if line.rules:
                line.rules = [rule for rule in line.rules if OWNER.get(rule.id, template) == template]


def signs(text: str) -> set[str]:
    """Return the ids of those line and span rules that match anywhere in `text` and are signs of a template."""
    found: set[str] = set()
    for _, raw, seen, needing, spanning in _lines(normalize(text), _SIGNS):
        if len(seen) <= MAX_NOISE_LINE:
            found.update(rule.id for rule in _SIGNS.line(seen, needing))
        found.update(hit.rule.id for hit in _SIGNS.spans(spanning, raw.strip()))
    return found


def _lines(view: str, rules: RuleSet) -> Iterator[tuple[int, str, str, frozenset[str], Sequence[Rule]]]:
    """Yield of lines that are not empty the start, the characters, the look, and the `rules` that may match there.

    Those are the ids of line rules, and the span rules.
    """
    literals = chain(rules.prefilter(view), [(len(view) + 1, "")])
    at, literal = next(literals)
    start = 0
    for raw in view.split("\n", MAX_LINES):
        end = start + len(raw)
        held: set[str] = set()
        while at < end:
            held.add(literal)
            at, literal = next(literals)
        if raw and (seen := normalize_line(raw)):
            yield start, raw, seen, *(rules.needing(frozenset(held)) if held else _NONE)
        start = end + 1
