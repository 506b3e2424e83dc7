"""A page's text laid out for the cleaner: its lines, each in the looked-through view, with the rules that match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaners.judging.rulebook import OWNER, RULEBOOK
from cleaners.rules.rule import MAX_CHARS, Hit, LineRole, Rule
from cleaners.text.bounds import MAX_LINES
from cleaners.text.normalized import normalize, normalize_line

MAX_KNOWN = 4096
"""Lines of which it is remembered what they are: those of a frame come again on all pages of a site, and most lines of
a page in the next pass over it."""

TIME = re.compile(r"\d(?<!\d\d)\d?:\d\d(?!\d)")
"""A time of the day in a line; `re` looks for its first character fast."""
DAY = r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}"
"""A day in figures, but for a 日 at its end."""
YEAR = "(?:(?:19|20)[0-9]{2}|二[〇○0Ο零][一二三四五六七八九〇○零]{2}) ?年"
"""A year as a signature has it, in figures or words."""
_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_OWN_FORM = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}(?:、|是|要)|[(][一二三四五六七八九十\d]{1,3}[)]|第[一二三四五六七八九十百\d]{1,4}[章节条款部编,、项]"
    r"|\d{1,3}(?:[.、．]\d{0,3})*[、.． ]|[①-⑳]|[A-Za-z][.、]|附件|摘要|\[摘 ?要\]).*"
    r"|(?:同志们|各位|尊敬的|亲爱的|女士们|朋友们|老师们|同学们).{0,30}"
    rf"|{YEAR} ?{_NUMERAL} ?月 ?{_NUMERAL} ?日"
)
"""A numbered heading, a greeting, and the day below a signature."""
_COUNTED = re.compile(r"[^。;!?,:]{2,20} ?\(\d[\d,.]{0,8}万?\)")
"""A section of a site with the number of what is in it."""
_CLOSING = "。;:!?…”」』)》】.;"


@dataclass(slots=True)
class Line:
    """One line: its place in the text, its number among all lines, how rules see it, what they match, which spans.

    `is_text` says that it reads like a document's own: a sentence, a numbered heading, a greeting; `is_foreign` that a
    rule of a template matches that is not the page's.
    """

    start: int
    end: int
    number: int
    normalized: str
    rules: Sequence[Rule]
    is_text: bool
    spans: Sequence[Hit] = ()
    is_foreign: bool = False

    def has_role(self, role: LineRole) -> bool:
        """Whether a rule that matches says that this is such a line of a page."""
        return bool(self.rules) and any(rule.role is role for rule in self.rules)


_Seen = tuple[str, Sequence[Rule], bool, Sequence[Hit]]
"""What is known of a line wherever it stands: `normalized`, `rules`, `is_text`, and `spans` by their places in it."""

_UNKNOWN: _Seen = ("", (), False, ())
_known: dict[str, _Seen] = {}


def _seen(lines: Iterable[str]) -> Mapping[str, _Seen]:
    """Return what is known of each of these lines of a view; the new ones are looked up together."""
    found = {line: _known.get(line, _UNKNOWN) for line in lines}
    new = [line for line, seen in found.items() if seen is _UNKNOWN]
    for line, seen in zip(new, _looked_up(new), strict=True):
        found[line] = seen
        if len(line) <= MAX_CHARS:
            if len(_known) >= MAX_KNOWN:
                _known.clear()
            _known[line] = seen
    return found


def _looked_up(lines: Sequence[str]) -> Iterator[_Seen]:
    """Return what each line is; a blank one is not `normalized` to anything."""
    candidates = RULEBOOK.candidates(lines)
    normalized = list(map(normalize_line, lines))
    rules = RULEBOOK.lines([line if len(line) <= MAX_CHARS else "" for line in normalized], candidates)
    spans: list[Sequence[Hit]] = [()] * len(lines)
    for number, (_, spanning) in candidates.items():
        if spanning:
            spans[number] = _spans(lines[number], spanning)
    return zip(normalized, rules, map(_is_text, normalized), spans, strict=True)


def _spans(line: str, rules: Iterable[Rule]) -> list[Hit]:
    """Return the spans that rules take from a line."""
    inner = line.strip()
    return [hit.moved(line.index(inner)) for hit in RULEBOOK.spans(rules, inner)]


def _is_text(text: str) -> bool:
    if len(text) >= 60 or (len(text) >= 8 and text[-1] in _CLOSING and not _COUNTED.fullmatch(text)):
        return True
    if len(text) >= 25 and any(mark in text for mark in ",。;"):
        return True
    return bool(_OWN_FORM.fullmatch(text))


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
        raw_lines = looked_through.split("\n", MAX_LINES)
        seen = _seen(raw_lines)
        lines: list[Line] = []
        start = 0
        for number, raw in enumerate(raw_lines):
            end = start + len(raw)
            normalized, rules, is_text, spans = seen[raw]
            if normalized:
                moved = [hit.moved(start) for hit in spans] if spans else ()
                lines.append(Line(start, end, number, normalized, rules, is_text, moved))
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
