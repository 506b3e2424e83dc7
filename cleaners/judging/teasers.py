"""What a page shows of its text above it: the beginning, broken off, or the title with what a picture hangs on it,
which may stand inside the text as well.

It begins as what stands right below does, so nothing is lost with it but a page's own words for the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.title_form import may_be_title
from cleaners.judging.titles import MAX_TIDIED, without_marks
from cleaners.rules.rule import LineRole, Position, Rule

TEASER = stage_rule("frame.teaser", Position.HEAD)
PICTURE = stage_rule("frame.picture", Position.ANY, role=LineRole.PICTURE)

TOP = 40
"""Lines from the top among which a teaser stands."""
NEAR = 12
"""So many lines below it the text begins that it is taken from."""
NEAR_TITLE = 6
"""So many lines below one that is broken off, or of a picture, the title stands whole."""
MIN_BROKEN, MIN_TEASER = 30, 10
"""Letters of the shortest beginning that is broken off, and characters of the shortest teaser."""
MIN_NAME, MIN_REST = 4, 20
"""Letters of the shortest title that a teaser begins with, and of what of the text stands behind it at least."""
MIN_CUT, SAME = 50, 8
"""Characters of the shortest beginning that a program cut off under its label, and letters of the next lines that it
begins with."""
MAX_TEASER = 2 * MAX_TIDIED
"""Characters of the longest teaser."""

NEAR_PROSE = 4
"""So many lines from where it stands once more have a sentence; verses have none."""

_LABEL = r"[\[【(]?(?:内容)?(?:摘 ?要|导 ?[读语]|核心提示|提要|简介|描述)[\]】)]?(?: ?: ?| )?"
_BROKEN_OFF = re.compile(
    rf"(?:{_LABEL})?(?P<said>.*[^.…])"
    r"(?:…{1,2}|\.{3,6}) ?[)\]】]?(?: ?[\[(【]?(?:详细|详情|更多|查看|展开|全文|阅读)[^。]{0,6})?"
)
_LABELLED = re.compile(rf"{_LABEL}(?P<said>.*?)(?:…{{1,2}}|\.{{3,6}})?")
"""The same, which may break off without dots."""
_CUT = re.compile(rf"{_LABEL}(?P<said>.*[^.…。!?]) ?\.{{3}}")
"""The same, cut off by a program: authors write six dots, or end a sentence."""
_AUTHORS_LABEL = re.compile(r"[\[【(]?(?:内容)?(?:摘|描述)")
"""What papers and reports label of their own."""
_OF_PICTURE = re.compile(r"(?P<said>.{4,120}?)(?:的?缩略图|[_ -]图文|[_ -]图片)")
"""A title with what a site hangs on it for a picture of the page."""
_NUMBERED_PICTURE = re.compile(r"(?P<said>.{6,120}?) ?[-_ ] ?图 ?\d{1,2}")
"""A title with the number of a picture behind it, as an engine names those that it sets into the text."""
_WORDS_FOR_ONE = frozenset(("Image", "image", "[Image]", "[图片]"))
MIN_PICTURES = 3
"""So many such words stand each beside a line of text, where a list of words has one of them once."""


def shown(lines: Sequence[Line]) -> Iterator[tuple[int, Rule]]:
    """Yield the places of lines that the page only says once more, and the rule that takes them."""
    yield from ((place, TEASER) for place in _teasers(lines))
    yield from ((place, PICTURE) for place in _pictures(lines))


def _teasers(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that only repeat what stands below them; above them no rule leaves a sentence."""
    for place, line in enumerate(lines[:TOP]):
        text = line.normalized
        if place and "。" in lines[place - 1].normalized and not lines[place - 1].rules:
            return
        if not MIN_TEASER <= len(text) <= MAX_TEASER:
            continue
        if "图" in text and (named := _OF_PICTURE.fullmatch(text)):
            near = lines[place + 1 : place + 1 + NEAR_TITLE]
            is_repeat = any(without_marks(line.normalized) == without_marks(named["said"]) for line in near)
        else:
            broken = _BROKEN_OFF.fullmatch(text) if "…" in text or "..." in text else None
            is_repeat = broken is not None and _begins(lines, place, without_marks(broken["said"]))
            if not is_repeat and (named := _LABELLED.fullmatch(text)):
                said = without_marks(named["said"])
                is_repeat = _joins_title(lines, place, said) or _breaks_off(lines, place, said) or _is_cut(lines, place)
        if is_repeat:
            yield place


def _pictures(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that only name a picture: by the title, which stands near the top, or by one word."""
    worded = [place for place, line in enumerate(lines) if line.normalized in _WORDS_FOR_ONE]
    if sum(any(line.is_text for line in lines[max(0, at - 1) : at + 2]) for at in worded) >= MIN_PICTURES:
        yield from worded
    for place, line in enumerate(lines):
        named = _NUMBERED_PICTURE.fullmatch(line.normalized) if "图" in line.normalized[-4:] else None
        above = lines[: min(place, NEAR_TITLE)] if named else ()
        if named and any(without_marks(line.normalized) == without_marks(named["said"]) for line in above):
            yield place


def _begins(lines: Sequence[Line], place: int, said: str) -> bool:
    """Whether prose that begins at one of the next lines, or a title above some, says all of it and more."""
    below = _letters_below(lines, place)
    if len(said) < MIN_BROKEN:
        titles = (at for at, line in enumerate(lines[place + 1 : place + 1 + NEAR_TITLE]) if may_be_title(line))
        found = (at for at in titles if len(said) >= MIN_TEASER and below[at].startswith(said) and below[at] != said)
    else:
        found = (at for at in range(min(NEAR, len(below))) if _goes_on(below, at, said))
    return any("。" in line.normalized for at in found for line in lines[place + 1 + at : place + 1 + at + NEAR_PROSE])


def _joins_title(lines: Sequence[Line], place: int, said: str) -> bool:
    """Whether it is the title that stands near, and behind it the beginning of the text below, and no more."""
    near = lines[max(0, place - NEAR_TITLE) : place + 1 + NEAR_TITLE]
    names = {without_marks(line.normalized) for line in near if may_be_title(line)}
    rests = [said.removeprefix(name) for name in names if len(name) >= MIN_NAME and said.startswith(name)]
    rests = [rest for rest in rests if len(rest) >= MIN_REST]
    below = _letters_below(lines, place) if rests else []
    found = (at for at in range(min(NEAR, len(below))) if any(_goes_on(below, at, rest) for rest in rests))
    return any("。" in line.normalized for at in found for line in lines[place + 1 + at : place + 1 + 2 * NEAR])


def _breaks_off(lines: Sequence[Line], place: int, said: str) -> bool:
    """Whether it stops within a sentence without dots, and one line of prose below says all of it and goes on.

    Something of a page stands above: a line that a rule knows by itself, or the title that stands once more below.
    """
    text = lines[place].normalized
    if len(said) < MIN_BROKEN or text[-1] in "。!?;" or _AUTHORS_LABEL.match(text):
        return False
    near = lines[place + 1 : place + 1 + NEAR]
    again = {line.normalized for line in near}
    if not any(line.normalized in again or any(not rule.context_only for rule in line.rules) for line in lines[:place]):
        return False
    below = [without_marks(line.normalized[: 2 * MAX_TEASER]) for line in near if line.is_text]
    return any(letters.startswith(said) and letters != said for letters in below)


def _is_cut(lines: Sequence[Line], place: int) -> bool:
    """Whether a program cut off what a page's label presents, which begins as the next lines do, above prose.

    A page may tell the text in other words behind its title; what begins in another way may be said nowhere else.
    """
    text, below = lines[place].normalized, lines[place + 1 : place + 1 + NEAR_PROSE]
    cut = _CUT.fullmatch(text) if len(text) >= MIN_CUT and not _AUTHORS_LABEL.match(text) else None
    if not cut or not any("。" in line.normalized for line in below):
        return False
    first = "".join(without_marks(line.normalized[:MAX_TEASER]) for line in below)[:SAME]
    return len(first) == SAME and without_marks(cut["said"]).startswith(first)


def _letters_below(lines: Sequence[Line], place: int) -> list[str]:
    """Return the letters of the lines below one among which the text may begin, and of as many further ones."""
    return [without_marks(line.normalized[: 2 * MAX_TEASER]) for line in lines[place + 1 : place + 1 + 2 * NEAR]]


def _goes_on(letters: Sequence[str], at: int, said: str) -> bool:
    """Whether the line at a place and those below it, given by their letters, say all that is said and go on."""
    first = letters[at]
    if not first or not said.startswith(first[: len(said)]):
        return False
    whole = "".join(letters[at:])
    return whole.startswith(said) and whole != said
