"""Pages of several texts of one kind: what an editor wrote between the name of all and the head of the first.

Such a page says how many texts it has, 防汛心得体会(汇总9篇), and counts them, 防汛心得体会篇一. What stands between
both and speaks to readers is no text of theirs, whatever else it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.titles import letters, without_first
from cleaners.rules.rule import Position

LEAD = stage_rule("frame.lead", Position.HEAD)

TOP = 40
"""Lines from the top in which the first text begins."""
MAX_HEAD = 60
"""Characters of the longest head of a text."""
MAX_LEAD_LINES, MAX_LEAD = 3, 400
"""Lines of the longest lead, and its characters."""
MIN_NAME, MIN_PROSE = 4, 25
"""Letters of the shortest name that texts have in common, and characters of the first line of prose below a head."""

_NUMBER_BEFORE = re.compile(r"[\[【(]?(?:第[一1]篇|篇[一1])[\])】]? ?:? ?(?P<name>[^。;!?]{2,50})")
_BEHIND = ("第一篇", "第1篇")
_NUMBER_BEHIND = re.compile(rf"(?P<name>[^。;!?]{{2,50}}?) ?(?:{'|'.join(_BEHIND)})")
_FIRST_OF_SEVERAL = re.compile(r"[\[【(]?篇[一1][\])】]? ?:")
"""How the head of the first of several texts begins, and that of no other text."""
_ITEM = re.compile(r"\d{1,2}[.、] ?")
MAX_ITEM, MAX_COLON = 4, 2
"""Characters of the longest number of an item before a head, and of what parts the head from its text."""
_TO_READERS = re.compile("大家|您|你|小编|编者|本站|读者|欢迎|参考|范文|下面|以下|如何|怎么|怎样|[吗呢?]")
"""Words by which an editor speaks of texts to whoever looks for one."""
_SEVERAL = re.compile(r"(?<![第\d])(?:\d{1,3}|[一二三四五六七八九十]{1,3}) ?[篇则]")


def label(lines: Sequence[Line]) -> None:
    """Attach `frame.lead` to what an editor wrote between the line that counts the texts and the first head."""
    head, name = next(((place, name) for place, line in enumerate(lines[:TOP]) if (name := _name(line))), (0, ""))
    if lines and lines[head].normalized.rstrip(" :").endswith(_BEHIND):
        return  # an author's own letter or fable may be a first one
    calling = [place for place in range(head) if "篇" in lines[place].normalized and _calls(lines[place], name)]
    between = (place for place in range(min(calling, default=head), head) if place not in calling)
    lead = [lines[place] for place in between if not (lines[place].rules and lines[place].normalized.endswith(":"))]
    said = "\n".join(line.normalized for line in lead)
    if len(lead) > MAX_LEAD_LINES or len(said) > MAX_LEAD or not _TO_READERS.search(said) or ":\n" in f"{said}\n":
        return  # nobody else, such as who sends the texts to an office
    for line in lead:
        line.rules = [*line.rules, LEAD]


def first_heads(lines: Sequence[Line]) -> list[int]:
    """Return the place of the line that heads the first of several texts, which no rule may take, if there is one.

    Prose stands next below it, a line above says how many there are, or it begins with 篇一 and a colon.
    第一篇 before a name may head a single text.
    """
    for place, (line, below) in enumerate(pairwise(lines[:TOP])):
        if not (name := _name(line)):
            continue
        is_above_prose = (
            below.is_text and len(below.normalized) >= MIN_PROSE and not _NUMBER_BEFORE.match(line.normalized)
        )
        is_first = is_above_prose or bool(_FIRST_OF_SEVERAL.match(line.normalized))
        if is_first or any(_calls(above, name) for above in lines[:place]):
            return [place]
    return []


def _name(line: Line) -> str:
    """Return the letters of what the head of the first of several texts calls each of them; "" for any other line."""
    seen = line.normalized
    is_short = len(seen) <= MAX_ITEM + MAX_HEAD + MAX_COLON
    return _called(seen) if is_short and ("一" in seen or "1" in seen) else ""


@lru_cache(maxsize=1024)  # `label` and `first_heads` ask for that of the same lines
def _called(seen: str) -> str:
    text = seen.rstrip(" :")
    if item := _ITEM.match(text):
        text = text[item.end() :]
    if len(text) > MAX_HEAD:
        return ""
    name = without_first(text)
    if name == text:
        found = _NUMBER_BEFORE.fullmatch(text) or _NUMBER_BEHIND.fullmatch(text)
        name = found["name"] if found else ""
    said = letters(name)
    return said if len(said) >= MIN_NAME else ""


def _calls(line: Line, name: str) -> bool:
    """Whether a line says how many texts of this name there are."""
    return (
        len(line.normalized) <= MAX_HEAD and bool(_SEVERAL.search(line.normalized)) and name in letters(line.normalized)
    )
