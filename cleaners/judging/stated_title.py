"""Which line of a page's head is the title: by what the page states elsewhere, and by where lines stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from cleaners.judging.page_lines import Line
from cleaners.judging.title_form import may_be_title
from cleaners.judging.titles import (
    HUNG,
    MAX_TIDIED,
    MAX_TITLE,
    SITE_NAME,
    TYPES,
    bare,
    comparable,
    has_extension,
    is_site_name,
    letters,
    plain,
)
from cleaners.text.normalized import normalize

MIN_HEADING = 4
"""Letters of a heading that says what a page is about."""

MIN_NAME = 2
"""The same of one that stands whole before what the site hangs on the title: an entry of an encyclopedia."""

_SITE_LINE = re.compile(r".{0,14}(?:网|网站|有限公司|文库|论坛|家园|之家|频道|首页|主页|APP)|.{2,8}网 .{2,6}")
"""A line that is the site's name."""
_CONTINUES = re.compile(r"[\w:(《]|——")
"""With what a title goes on where nothing is hung on it."""
_NAME_BEHIND = re.compile(rf"(?i:{TYPES})|{SITE_NAME.pattern}")
"""The ending of a file whose dot is lost, or a site's name."""
MIN_BEGINNING, MAX_BEHIND = 6, 16
"""Letters of the shortest title that a stated one may begin with, and of the longest name behind it."""

TITLE_WEIGHTS = {
    "stated": 9,  # the page states it elsewhere: more than all that a line's place can give
    "file name": 4,  # it ends as the name of a file does
    "beside": 3,  # next below a path, or next above a byline
    "first": 2,  # the first line that is no name of a site
    "again": 2,  # the page has it twice
    "site name": -3,  # it has the form of a site's name, and the page has it once
}
"""What speaks for a line being the title; the line with most is taken, of equals the first."""


def stated_by(title: str | None, heading: str | None) -> list[str]:
    """Return the titles that a page's `title` element and first `h1` state, best first.

    A heading that the title begins with is what the title says without the site's name; one that stands within it,
    behind a shorter name, is a chapter's; any other may be the site's, unless the title is.
    """
    if not (title and heading and _is_stated_by(heading, title)):
        is_of_site = title and heading and is_site_name(title) and not is_site_name(heading)
        return [title for title in (heading if is_of_site else None, title) if title]
    subtitled = title.partition(heading)[2].lstrip().startswith(("——", "：", ":"))
    return [title] if subtitled else [heading, title]


def _is_stated_by(heading: str, title: str) -> bool:
    name, (first, *others) = plain(heading), [plain(piece) for piece in HUNG.split(title)]
    if plain(title).startswith(name):
        return len(name) >= MIN_HEADING or (first == name and len(name) >= MIN_NAME and bool(others))
    return len(name) > len(first) and name in others[:-1]


def names_site(title: str, lines: Sequence[Line]) -> bool:
    """Whether what a page calls its title is the site's name: its pieces have the form of one, and no line says it."""
    name = plain(title)
    return is_site_name(title) and not any(
        letters(line.normalized) == name for line in lines if len(line.normalized) <= MAX_TITLE
    )


def as_said(known: Sequence[str], lines: Sequence[Line]) -> str | None:
    """Return the longest beginning of a `title` element, cut where sites hang their names on it, that a line says.

    `known` are the titles that a page states, best first, that of the element last; what they say has to be in it.
    """
    cuts = [found.start() for found in HUNG.finditer(known[-1])] if known and len(known[-1]) <= MAX_TIDIED else []
    if not cuts:
        return None
    beginnings = {plain(known[-1][:cut]): known[-1][:cut] for cut in (*cuts, len(known[-1]))}
    first, wanted = next(iter(beginnings)), plain(known[0] if len(known) > 1 else bare(known[0]))
    if not first:
        return None
    small, capital = first[0], first[0].upper()
    texts = (line.normalized for line in lines if len(line.normalized) <= MAX_TITLE)
    likely = (text for text in texts if small in text or capital in text)  # spares most lines the look at all letters
    said = {comparable(text) for text in likely if letters(text).startswith(first)}
    return next((beginnings[name] for name in reversed(beginnings) if name in said and wanted in name), None)


def choose(
    lines: Sequence[Line], known: Sequence[str], bylines: Sequence[int], paths: Sequence[int] = ()
) -> tuple[Line | str | None, bool]:
    """Return the line that is the title, or the title as the page states it elsewhere, or None; and whether it is said.

    It is said where more than a line's place at the top speaks for it: the page states it, or a byline, a path or a
    file's ending stands by it.

    `lines` are those of the head that no rule claims, `known` the titles that the page states elsewhere (share
    sentence, captions, `<title>`), best first, `bylines` the places of time-and-author lines, `paths` the ends of lines
    that lead to the page.
    """
    stated = [each for title in known for each in dict.fromkeys((title, bare(title)))]
    candidates = [
        line for line in lines if may_be_title(line) or any(_same(letters(line.normalized), t) for t in stated)
    ]
    if not candidates:
        return (known[0] if known else None), True
    count = Counter(letters(line.normalized) for line in candidates)
    placed = _placed(candidates, bylines, paths)
    scores = {line.start: placed[line.start] + _score(line, stated, count) for line in candidates}
    best = max(candidates, key=lambda line: (scores[line.start], -line.start))
    if scores[best.start] >= TITLE_WEIGHTS["stated"]:
        return best, True
    if known:
        return known[0], True
    name = letters(best.normalized)
    again = ((line, letters(line.normalized)) for line in candidates)
    best = next((line for line, other in again if count[other] > 1 and name in other and name != other), best)
    is_said = placed[best.start] >= TITLE_WEIGHTS["beside"] or has_extension(best.normalized)
    return (best if scores[best.start] > 0 else None), is_said


def _same(name: str, stated: str) -> bool:
    """Whether a line is a stated title, which may carry the site's name behind it."""
    whole = plain(stated)
    if len(name) < MIN_BEGINNING or not whole.startswith(name):
        return name == whole
    seen = normalize(stated)
    letters_so_far = accumulate(map(str.isalnum, seen))
    end = next((end for end, count in enumerate(letters_so_far, start=1) if count == len(name)), len(seen))
    behind = seen[end:].strip()
    goes_on = _CONTINUES.match(behind) and not (HUNG.match(seen, end) or _NAME_BEHIND.fullmatch(behind))
    return not goes_on and len(letters(behind)) <= MAX_BEHIND


def _placed(lines: Sequence[Line], bylines: Sequence[int], paths: Sequence[int]) -> Counter[int]:
    """Return what the places of lines say for them, by their starts: first, below a path, next above a byline."""
    placed: Counter[int] = Counter()
    first = next((line for line in lines if not _SITE_LINE.fullmatch(line.normalized)), None)
    if first:
        placed[first.start] += TITLE_WEIGHTS["first"]
    nearest = {near[-1].start for place in bylines if (near := [line for line in lines if 0 < place - line.end <= 40])}
    for start in nearest:
        placed[start] += TITLE_WEIGHTS["beside"]
    for line in lines:
        if any(0 <= line.start - place <= 3 for place in paths):
            placed[line.start] += TITLE_WEIGHTS["beside"]
    return placed


def _score(line: Line, stated: Sequence[str], count: Counter[str]) -> int:
    """Return what speaks for a line in what it says."""
    name = letters(line.normalized)
    signs = {
        "stated": any(_same(name, title) for title in stated),
        "again": count[name] > 1,
        "file name": has_extension(line.normalized),
        "site name": count[name] == 1 and _SITE_LINE.fullmatch(line.normalized),
    }
    return sum(TITLE_WEIGHTS[sign] for sign, is_met in signs.items() if is_met)
