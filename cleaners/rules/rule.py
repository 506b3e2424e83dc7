"""A rule: one named way to recognise noise or a mark on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

MAX_CHARS = 1000
"""Characters of the longest line that line rules are asked for; no line of noise seen is longer."""


class Position(Enum):
    """Where on the page a rule may take a line away."""

    ANY = "anywhere"
    HEAD = "before the text"
    TAIL = "after the text"
    EDGE = "before or after the text"
    HEADER_END = "before the text; what stands above it is no text"
    FOOTER_START = "after the text; what stands below it is no text"


ABOVE_TEXT, BELOW_TEXT = (Position.HEAD, Position.HEADER_END), (Position.TAIL, Position.FOOTER_START)
"""Positions of the rules that take nothing but what stands above the text, and nothing but what stands below it."""


class TruncationSignal(Enum):
    """What a truncation mark says."""

    CUT = "the text stops early"
    UNFOLD = "a button to the whole text, which a page that holds all of it may have, too"
    GAP = "a piece of the text is left out here"
    WHOLE = "all of the text is shown"


class LineRole(Enum):
    """What a line is on its page, beyond being noise."""

    BYLINE = "when, by whom or how often the page was read; the title stands next above it"
    BREADCRUMB = "the path to the page; the title stands next below it"
    LIST_HEAD = "head of a list of documents: of others, or of those that the text itself cites"
    PICTURE = "a picture left as its notation, or the name of one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to recognise noise.

    `pattern` is RE2 syntax over the normalized text (half-width marks, Simplified characters, no pinyin).
    Without `span` it must match a whole line, its outer blanks and bullet removed and inner blanks folded to one; with
    `span` it removes the part of a line it matches, at the position HEAD from the text's first line alone. A named
    group states a fact (a field of the record); the group `keep` is a beginning that stays, `inside` the only part
    that is removed.

    `required_literals`: literals of one or two characters; every match contains at least one. They are the prefilter:
    only lines that hold one are searched (RE2's FilteredRE2 calls them atoms). A span rule must have them, and so
    must a line rule that may begin with anything, since such rules make the automaton slow.
    `max_chars`: characters of the longest line that a line rule matches; longer ones, paragraphs of the text, are not
    searched. It is stated where required literals are words of any text.
    `context_only`: the rule removes a line only between other noise, never by itself.
    `role`: what the line is on its page, for those who look for a title, a list or pictures; None for most.
    `signal`: what a truncation mark says. `rank`: of two rules that state one fact the lower rank wins.
    `match` and `never` are lines that prove the rule.
    """

    id: str
    why: str
    pattern: str
    match: Sequence[str]
    never: Sequence[str]
    position: Position = Position.EDGE
    span: bool = False
    required_literals: Sequence[str] = ()
    max_chars: int = MAX_CHARS
    context_only: bool = False
    role: LineRole | None = None
    signal: TruncationSignal | None = None
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, the part of the text it takes (as given to the matcher), and the facts it states."""

    rule: Rule
    start: int
    end: int
    facts: Mapping[str, str]

    def moved(self, by: int) -> Hit:
        """Return the hit as seen from `by` characters before."""
        return Hit(self.rule, self.start + by, self.end + by, self.facts)


class RuleError(ValueError):
    """A rule that cannot be used; the message names the file and line that its id stands in."""

    def __init__(self, rule_id: str, reason: object) -> None:
        super().__init__(": ".join(filter(None, (locations(rule_id), f"rule {rule_id}", str(reason)))))


def locations(rule_id: str) -> str:
    """Return where a rule or block of this id is written, as `cleaners/noise/card.py:12`; "" when it is nowhere."""
    root = Path(__file__).parent.parent
    return " and ".join(
        f"{file.relative_to(root.parent).as_posix()}:{number}"
        for file in sorted(root.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if f'id="{rule_id}"' in line
    )


def refuse_duplicate_ids(ids: Iterable[str]) -> None:
    """Raise RuleError for an id that is there twice: edits could not say which rule made them."""
    for rule_id, count in Counter(ids).items():
        if count > 1:
            raise RuleError(rule_id, "there is another of this id; ids are unique, rename one")
