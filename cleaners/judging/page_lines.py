"""A page's text laid out for the cleaner: its lines, each in the looked-through view, with the rules that match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from cleaners.judging.rulebook import OWNER, RULEBOOK
from cleaners.rules.rule import Hit, LineRole, Rule
from cleaners.text.bounds import MAX_LINES
from cleaners.text.normalized import normalize, normalize_line

MAX_SHORT_LINE = 60
"""Lines up to this length come again and again on a site's pages: what is known of many of them is remembered, of few
longer ones, which come again on their own page."""

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

    `is_text` says that it reads like a document's own: a sentence, a numbered heading, a greeting; `is_foreign` that a
    rule of a template matches that is not the page's.
    """

    start: int
    end: int
    normalized: str
    rules: Sequence[Rule]
    is_text: bool
    spans: Sequence[Hit] = ()
    is_foreign: bool = False

    def has_role(self, role: LineRole) -> bool:
        """Whether a rule that matches says that this is such a line of a page."""
        return any(rule.role is role for rule in self.rules)


def _judged(seen: str, needing: frozenset[str]) -> tuple[Sequence[Rule], bool]:
    """Return the line rules that match a line, and whether it reads like a document's own."""
    if len(seen) > MAX_NOISE_LINE:
        return (), True
    return (_known if len(seen) <= MAX_SHORT_LINE else _known_long)(seen, needing)


def _looked_up(seen: str, needing: frozenset[str]) -> tuple[Sequence[Rule], bool]:
    return RULEBOOK.line(seen, needing), _is_text(seen)


_NONE: tuple[frozenset[str], Sequence[Rule]] = (frozenset(), ())
_known, _known_long = lru_cache(maxsize=4096)(_looked_up), lru_cache(maxsize=512)(_looked_up)


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
    def of(cls, text: str) -> PageLines:
        """Lay out `text`; what stands behind as many lines as any document has is taken as one."""
        looked_through = normalize(text)
        literals = chain(RULEBOOK.prefilter(looked_through), [(len(text) + 1, "")])
        at, literal = next(literals)
        lines: list[Line] = []
        start = 0
        for raw in looked_through.split("\n", MAX_LINES):
            end = start + len(raw)
            if raw and (seen := normalize_line(raw)):
                held: set[str] = set()
                while at < end:
                    held.add(literal)
                    at, literal = next(literals)
                needing, spanning = RULEBOOK.needing(frozenset(held)) if held else _NONE
                rules, is_text = _judged(seen, needing)
                line = Line(start, end, seen, rules, is_text)
                lines.append(line)
                if spanning:
                    inner = raw.strip()
                    line.spans = [hit.moved(start + raw.index(inner)) for hit in RULEBOOK.spans(spanning, inner)]
            start = end + 1
        return cls(text, looked_through, lines)

    def hits(self) -> set[str]:
        """Return the ids of all line and span rules that match anywhere on the page."""
        found = {rule.id for line in self.lines for rule in line.rules}
        return found | {hit.rule.id for line in self.lines for hit in line.spans}

    def restrict_to(self, template: str | None) -> None:
        """Forget the rules of every template but `template`."""
        for line in self.lines:
            if line.rules:
                own = [rule for rule in line.rules if OWNER.get(rule.id, template) == template]
                if len(own) < len(line.rules):
                    line.is_foreign, line.rules = True, own
