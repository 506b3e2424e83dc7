"""Lines that rules know and that are the text's own all the same, for what stands beside them.

A rule sees one line. A form within the text, a list of words, a log, a manual's paths have lines of the same words as a
page's frame; their neighbours tell them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from cleaners.judging import collected, own_facts, own_lists, own_records, own_strings, writers_source
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.title_form import OWNED
from cleaners.judging.verses import verses
from cleaners.rules.rule import BELOW_TEXT, LineRole, Rule, TruncationSignal
from cleaners.text.codes import may_hold

MAX_SHORT = 60
"""Characters of the longest line that says when a rule was made and from when it holds, and of the longest head of
records."""

MENU_PATHS = 3
"""So many paths on one page are a manual's, which lead through the menus of a program."""

LOG_LINES = 3
"""So many lines with a day and a name, and no other noise, are a log or a talk."""

MAX_ITEM, BESIDE, MIN_BESIDE = 8, 3, 2
"""Characters of the longest word of a list; of so many lines on either side of known ones so many are words."""

MAX_KNOWN, MAX_KNOWN_SHARE, MIN_OWN_SHARE = 2, 0.1, 0.3
"""Lines that rules may know by chance in a list of words, and their share; share of the lines that no rule knows, at
least, in a text that is nothing but words."""

MIN_ROWS, MIN_ROWS_SHARE, MAX_KNOWN_ROWS = 8, 0.9, 0.25
"""Rows of a table, at least, and their share of the lines, where a page is nothing but a table; rules know less than
the last share of the rows of one that leaves cells out."""

_GAPS = {"\t": 1, ",": 3}
"""What parts the cells of a table, and so often at least in each row: verses have a comma or two."""

PARTING = 3
"""So many equal marks in every other line part items."""

MARGIN = 12
"""So many lines from the first and to the last that no rule knows may be a page's frame where only a mark says so."""

MAX_SUBTITLE_PLACE = 60
"""So many lines from the top a text's subtitle may stand."""

FROM_LICENCE = 2
"""Lines from the name of a licence down to whose the text is, at most."""

MIN_CHOICES = 3
"""So many lines A, B, C … in running order are the choices of a question."""

_STAMPED = re.compile(r"[^:]{0,20}(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?[^:]{0,40}")
"""A day with a name or a few words, and no label of a page's frame."""
_CHOICE = re.compile(r"[\[(]?(?P<letter>[A-H])[\])]?(?:(?<=[\])])|[.、:]) ?\S")
_ENACTED = re.compile(r"(\d{1,3})[.、] ?(?:中华民国.{1,8}|(?:19|20)\d\d ?)年.{1,8}月.{1,6}日.+")
"""When a law was made, or changed, by whom and how: one of several."""
_OWNED = re.compile(rf"(?!.*(?:网站?|文库|论坛)(?: ?版权所有)?[.。!]?$){OWNED}")
"""Whose a text is, and no site."""
_RESERVED = re.compile(r"(?:[#;*%]+ ?)?(?:(?i:all rights reserved).?|(?:除非以下规定,)?保留所有权利.?)")
"""Whose a text is, and that nobody else may use it."""
_FREE = re.compile(r"\b(?:MIT|Apache|[AL]?GPL|BSD|MPL|ISC|Mulan)\b|木兰")
"""A licence of free programs, which their authors name beside whose they are."""
_SUBTITLE = re.compile(r" *——+ ?[一-鿿《“]")
_HOME = re.compile("首页|主页|位置|正文")
_PATH = re.compile("[^。;!?,:]{2,12}(?: [-–] [^。;!?,:]{1,20}){1,5}")
_MISSING = (TruncationSignal.CUT, TruncationSignal.GAP)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def own_lines(sheet: PageLines, known: Sequence[int]) -> set[int]:
    """Return the places of the lines that no rule may take; `known` are those of the lines that rules know."""
    lines, seen = sheet.lines, sheet.normalized
    short = [index for index, line in enumerate(lines) if len(line.normalized) <= MAX_SHORT]
    found = {
        *own_facts.records(lines, short),
        *_broken_off(sheet),
        *writers_source.front_matter(lines),
        *_columns(sheet),
        *writers_source.lines(sheet),
        *writers_source.quotations(sheet),
        *_licence(lines, known),
        *_licensed(lines, known),
        *own_lists.rows(sheet),
        *own_lists.drawn(sheet),
        *own_strings.messages(sheet),
        *own_records.records(sheet, known),
        *own_records.priced(sheet, known),
        *own_lists.references(sheet),
        *own_lists.counted(lines),
        *own_lists.coded(lines),
        *own_facts.stated(lines),
        *collected.first_heads(lines),
        *_verses(lines),
    }
    if "A" in seen and "B" in seen and "C" in seen:
        found |= set(_choices(lines))
    if "年" in seen and ("1." in seen or "1、" in seen):
        found |= set(_enactments(sheet))
    if "——" in seen:
        found |= set(_subtitles(sheet))
    if "日" in seen or "晴" in seen:
        found |= set(own_facts.diary_days(lines))
    if not known:
        return found
    found |= {
        *own_strings.words(lines, known),
        *own_lists.typed(sheet, known),
        *own_lists.known_items(sheet, known),
        *_items(lines, known),
        *_inner_marks(lines, known),
        *_paths(lines, known),
        *_log(lines, known),
    }
    found |= {*own_facts.named(lines, known), *own_facts.carded(sheet, short)}
    if any(may_hold(seen, ("http", "www."))):
        found |= set(_addresses(lines))
    return found


def _verses(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of verses, but for headlines of their form: above a path, and below what ends a text."""
    if not (found := list(verses(["" if line.rules else line.normalized for line in lines]))):
        return
    paths = [place for place, line in enumerate(lines) if line.has_role(LineRole.BREADCRUMB)]
    ends = (place for place, line in enumerate(lines) if any(map(_stands_below, line.rules)))
    first, end = max(paths, default=-1), next(ends, len(lines))
    yield from (place for place in found if first < place < end)


def _stands_below(rule: Rule) -> bool:
    return rule.position in BELOW_TEXT or rule.role is LineRole.LIST_HEAD


def _items(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of single words that rules know within a list of words that none knows: they are its items.

    A page's frame holds many lines that rules know, a list of words one by chance; where the page is nothing but
    words, some that no rule knows show that it is no menu.
    """
    words = [not line.is_text and len(line.normalized) <= MAX_ITEM for line in lines]
    if all(words):
        if len(lines) - len(known) >= MIN_OWN_SHARE * len(lines):
            fields = [index for index, line in enumerate(lines) if ":" in line.normalized[:-1]]
            yield from (index for index in known if [index] != fields)
        return
    if len(known) > max(MAX_KNOWN, MAX_KNOWN_SHARE * len(lines)):
        return
    plain = [is_word and not line.rules for is_word, line in zip(words, lines, strict=True)]
    for first, last in _runs(known):
        above, below = plain[max(0, first - BESIDE) : first], plain[last + 1 : last + 1 + BESIDE]
        if all(words[first : last + 1]) and min(sum(above), sum(below)) >= MIN_BESIDE:
            yield from range(first, last + 1)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of places next to each other."""
    ends = [at for at, (place, below) in enumerate(pairwise(places)) if below != place + 1]
    for first, last in pairwise([-1, *ends, len(places) - 1]):
        yield places[first + 1], places[last]


def _inner_marks(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of lines of marks alone that part items, and of those inside where rules know no words.

    Marks that part items stand in every other line: the choices of a command, the rows of a poem.
    """
    if not any(char.isalpha() for index in known for char in lines[index].normalized):
        unknown = [index for index, line in enumerate(lines) if not line.rules] or [0]
        yield from (index for index in known if unknown[0] + MARGIN <= index <= unknown[-1] - MARGIN)
    marks = {index: lines[index].normalized for index in known if not any(map(str.isalnum, lines[index].normalized))}
    for index, mark in marks.items():
        beside = (marks.get(at) == mark for at in (index - 4, index - 2, index + 2, index + 4))
        if index + 1 not in marks and sum(beside) >= PARTING - 1:
            yield index


def _broken_off(sheet: PageLines) -> Iterator[int]:
    """Yield the places of lines in which the page says behind a word that text is missing: the word is the text's."""
    for index, line in enumerate(sheet.lines):
        if line.spans:
            first = next((hit.start for hit in line.spans if hit.rule.signal in _MISSING), line.start)
            if any(map(str.isalnum, sheet.normalized[line.start : first])):
                yield index


def _paths(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of paths through menus: several, or one right above prose and nothing else of a frame.

    A page's path ends with the title, which stands again below it. A list of pages by their paths has some from home.
    """
    paths = [index for index in known if lines[index].has_role(LineRole.BREADCRUMB)]
    is_alone = known == paths == [0] and len(lines) > 1 and lines[1].is_text and not _HOME.search(lines[0].normalized)
    is_alone = is_alone and not lines[0].normalized.endswith(f" {lines[1].normalized}")
    if len(paths) >= MENU_PATHS or is_alone:
        yield from paths
    if 2 * len(known) < len(lines) and all(_PATH.fullmatch(line.normalized) for line in lines):
        yield from known


def _log(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of lines with days and names, where the page has several alike and nothing else of a frame.

    Days alone, one below the other, are what a list of titles leaves.
    """
    bylines = [index for index in known if _STAMPED.fullmatch(lines[index].normalized)]
    is_said = any(char.isalpha() for index in bylines for char in lines[index].normalized)
    if len(bylines) == len(known) >= LOG_LINES and (is_said or not _is_run(bylines)):
        yield from bylines


def _licence(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of the first lines of a text that say whose it is: a page says so below its text, too.

    Nothing below them is known of a frame: a line of marks tells of none.
    """
    if not lines or not _OWNED.match(lines[0].normalized):
        return
    seen = [line.normalized for line in lines]
    owned = len(list(takewhile(lambda text: _OWNED.match(text) or _RESERVED.fullmatch(text), seen)))
    is_framed = any(any(map(str.isalnum, seen[at])) for at in known if at >= owned)
    if seen[0] not in seen[1:] and not is_framed:
        yield from range(owned)


def _licensed(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the places of lines that say whose a program is, next below the name of the licence under which it is."""
    for place in known:
        above = lines[max(0, place - FROM_LICENCE) : place]
        if _OWNED.match(lines[place].normalized) and any(_FREE.search(line.normalized) for line in above):
            yield from range(place - len(above), place + 1)


def _is_run(places: Sequence[int]) -> bool:
    return places[-1] - places[0] == len(places) - 1


def _addresses(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of addresses one below the other."""
    for index, (line, below) in enumerate(pairwise(lines)):
        if _ADDRESS.fullmatch(line.normalized) and _ADDRESS.fullmatch(below.normalized):
            yield from (index, index + 1)


def _choices(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of the choices of questions: lines that begin with A, B, C … in running order."""
    places: list[int] = []
    for index, line in enumerate(lines):
        found = _CHOICE.match(line.normalized)
        number = ord(found["letter"]) - ord("A") if found else None
        if number != len(places):
            yield from places if len(places) >= MIN_CHOICES else ()
            places = []
        if number == len(places):
            places.append(index)
    yield from places if len(places) >= MIN_CHOICES else ()


def _columns(sheet: PageLines) -> Iterator[int]:
    """Yield the places of all lines where nearly all of them are rows of one table, with tabs or commas between cells.

    Rows that leave cells out are a table where tabs part them and rules know few: a page of menus has tabs, too.
    """
    for gap, fewest in _GAPS.items():
        least = max(MIN_ROWS, MIN_ROWS_SHARE * len(sheet.lines))
        if sheet.text.count(gap) < fewest * least:
            continue
        gaps = [sheet.text[line.start : line.end].strip().count(gap) for line in sheet.lines]
        rows = [place for place, number in enumerate(gaps) if number >= fewest]
        if len(rows) < least:
            continue
        is_even = max(Counter(gaps[place] for place in rows).values()) >= least
        known = sum(bool(sheet.lines[place].rules) for place in rows)
        if is_even or (gap == "\t" and known < MAX_KNOWN_ROWS * len(rows)):
            yield from own_lists.with_edges(sheet.lines, rows)


def _enactments(sheet: PageLines) -> Iterator[int]:
    """Yield the places of a law's history above it: numbered days in running order, with what is set in below each."""
    number = 0
    for index, line in enumerate(sheet.lines):
        found = _ENACTED.match(line.normalized)
        if found and int(found[1]) == number + 1:
            number += 1
        elif not number or sheet.text[line.start] not in " \t\u3000":
            number = 0
            continue
        yield index


def _subtitles(sheet: PageLines) -> Iterator[int]:
    """Yield the places of lines that dashes lead to from a title above."""
    for index, line in enumerate(sheet.lines[1:MAX_SUBTITLE_PLACE], start=1):
        if is_subtitle(sheet, line) and not line.rules:
            yield index


def is_subtitle(sheet: PageLines, line: Line) -> bool:
    """Whether dashes, which lines as rules see them lack, lead to what a line says."""
    return _SUBTITLE.match(sheet.normalized, line.start, line.end) is not None
