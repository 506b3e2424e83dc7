"""The title of a text that no page surrounds: what the form of its lines shows, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from cleaners.judging import frame_facts, titles
from cleaners.judging.frame_proof import is_prose
from cleaners.judging.heading import (
    MAX_ALIKE,
    are_alike,
    counts_page,
    heads_prose,
    heads_text,
    is_page,
    loses_words,
    names_kind,
    names_page,
    stands_twice_above_prose,
)
from cleaners.judging.line_labels import TITLE_LINE, LineLabels
from cleaners.judging.page_lines import Line
from cleaners.judging.page_prose import MIN_WORDS_SHARE, Prose
from cleaners.judging.title_form import is_day, is_row, may_be_title

MAX_ABOVE_TITLE = 4
"""So many lines may stand above the title of a bare text."""

MAX_SHORT_ABOVE, MAX_SHORT = 2, 20
"""So many of them may be short lines of any kind, and so long may each be."""

MAX_SECTION, MIN_BELOW_SECTION = 5, 12
"""Characters of the longest line that may be the section's above a title, and of the shortest such title."""

MIN_STORY = 3
"""Lines of the shortest page that may be a chapter of a story."""
_ORDINAL = r"第 ?[一二三四五六七八九十百千零〇\d]{1,7} ?"
CHAPTER = re.compile(rf"{_ORDINAL}[章回](?:[ :].{{1,30}})?(?: ?\(\d+ ?/ ?\d+\))?")
_JOINED = re.compile(rf"{_ORDINAL}[章回][^。;:!?,、(]{{2,20}}(?: ?\([^()]{{3,15}}\))?")
"""A chapter's name next behind its number: verses and sentences begin so, too."""
_FIRST_CHAPTER = re.compile("第 ?[一1] ?[章回]")
_BOOK = re.compile("《?[^。;!?,:《》]{2,20}》?(?: ?作者 ?: ?[^。;!?,: ]{1,12})?")
"""The name of a book, alone or with its author's."""
_DIVISION = re.compile(rf"{_ORDINAL}[章回节条编篇卷]")

_SITE = re.compile("[一-鿿]{2,6}(?:之家|网)")
"""The name of a site, or of any other net."""
_WORD = re.compile("[一-鿿]{2,8} ?[a-z]{3,12}")
_WORDS = re.compile("[^,]*[一-鿿]{4}[^,]*")
"""How a site writes its name and the word of its address above a title, and what such a title is: of one clause."""
_HUNG = re.compile(r"(?:_| ?-|【).*\w")
MIN_TITLED = 6
"""Han of the shortest title that a site's name shows, which it has behind it."""
_SECTION = re.compile("[一-鿿]{2,8}[: |·-]{1,3}")
_FIELD = re.compile(r"[^。;!?,:]{2,8}:.{0,20}|\d{1,2} ?月 ?\d{1,2} ?日")
_POST = re.compile(
    r".{2,30}(?:主任|教授|导师|院长|校长|所长|会长|处长|局长|秘书长|总裁|经理|院士|研究员|工程师|编辑|记者|委员|博士)"
)
"""A person's post or degree, as it stands below the name."""
_OUTLINE = re.compile("【(?:提纲|摘要|导读|核心提示|编者按)】")


def take_bare_title(search: LineLabels) -> str | None:
    """Take the first line of a text that no page surrounds, and its double, if the form of the lines shows a title."""
    search.is_bare = True
    if search.text_starts:
        return None
    places = [index for index in range(len(search.lines)) if index not in search.removed_by]
    lines = [search.lines[index] for index in places]
    name = _name(lines[0]) if lines else ""
    own = list(takewhile(lambda line: titles.comparable(line.normalized[: titles.MAX_TITLE]) == name, lines))
    is_headed = lines and (
        heads_text(lines[len(own) - 1 :]) or (len(own) > 1 and stands_twice_above_prose(lines, len(own)))
    )
    if _stands_around_facts(lines):
        return _take(search, places, (TITLE_LINE, "zone.head", TITLE_LINE))
    if len(own) == 1 and (below_book(search) is not None or _is_of_site(lines) or _is_of_frame(lines)):
        return _take(search, places, ("zone.head", TITLE_LINE))
    if len(own) == 1 and _is_section(lines):
        return search.sheet.text[lines[1].start : lines[1].end]
    is_series = bool(lines) and titles.heads_first(lines[0].normalized)
    of_pages = bool(lines) and is_page(lines)
    is_headed = is_headed or of_pages
    is_first = bool(lines) and bool(_FIRST_CHAPTER.match(lines[0].normalized)) and not counts_page(lines[0])
    is_whole = (is_chapter(lines) and not is_first) or (
        is_headed and (len(own) > 1 or of_pages or not (is_series or loses_words(lines[0])))
    )
    if not is_whole and not (
        (is_headed and (is_series or _is_numbered(lines[0]) or names_page(lines[0])))
        or (len(lines) > 1 and _hangs_site(lines[0]))
    ):
        return _title_below(search, places)
    if is_whole:
        return _take(search, places, (TITLE_LINE,) * len(own))
    return search.sheet.text[lines[0].start : lines[0].end]


def _take(search: LineLabels, places: Sequence[int], rules: Sequence[str]) -> str:
    """Take the first lines at `places`, each by its rule, but for protected ones; return the first title among them."""
    search.removed_by |= {
        place: rule for place, rule in zip(places, rules, strict=False) if place not in search.protected
    }
    line = search.lines[places[rules.index(TITLE_LINE)]]
    return search.sheet.text[line.start : line.end]


def _stands_around_facts(lines: Sequence[Line]) -> bool:
    """Whether the first line stands again below one that is the name of a site, or says when or by whom it is."""
    if len(lines) < 4 or not may_be_title(lines[0]) or lines[0].normalized != lines[2].normalized:
        return False
    return bool(titles.SITE_NAME.fullmatch(lines[1].normalized)) or (
        bool(lines[1].rules) and frame_facts.is_byline(lines[1])
    )


def _is_of_site(lines: Sequence[Line]) -> bool:
    """Whether the first line is the name of a site, which no other line says, above a title and its prose."""
    if len(lines) < 3 or not _SITE.fullmatch(name := lines[0].normalized):
        return False
    is_title = heads_prose(lines[1], lines[2]) or is_chapter(lines[1:])
    return is_title and not any(name in line.normalized for line in lines[1:])


def _is_of_frame(lines: Sequence[Line]) -> bool:
    """Whether the prose has no word of the first line, a site's or one that rules know, and most of those of the second
    one, which is its title.
    """
    if len(lines) < 4 or not (lines[0].rules or _WORD.fullmatch(lines[0].normalized)):
        return False
    if not _WORDS.fullmatch(lines[1].normalized):
        return False
    prose = Prose(lines)
    return not prose.share(0) and prose.share(1) >= MIN_WORDS_SHARE and may_be_title(lines[1]) and heads_text(lines[1:])


def _is_section(lines: Sequence[Line]) -> bool:
    """Whether the first line is a word above a whole title, which prose follows at once."""
    if len(lines) < 3 or len(lines[0].normalized) > MAX_SECTION or len(lines[1].normalized) < MIN_BELOW_SECTION:
        return False
    return "," not in lines[1].normalized and may_be_title(lines[1]) and heads_prose(lines[1], lines[2])


def _is_numbered(line: Line) -> bool:
    """Whether a title loses nothing but the number before it, which the text may go on to count from."""
    return bool(name := _name(line)) and titles.letters(line.normalized).endswith(name)


def _hangs_site(line: Line) -> bool:
    """Whether a line is a title with the name of the site behind it: what a page states for its window."""
    text = line.normalized
    title = (titles.tidy(text) if len(text) <= titles.MAX_TITLE else None) or text
    return (
        text.startswith(title) and bool(_HUNG.match(text, len(title))) and len(titles.HAN.findall(title)) >= MIN_TITLED
    )


def is_chapter(lines: Sequence[Line]) -> bool:
    """Whether the first line heads a chapter of a story; no chapter or article stands below it."""
    if len(lines) < MIN_STORY or not (CHAPTER.fullmatch(name := lines[0].normalized) or _is_joined(lines)):
        return False
    below = lines[1:] if lines[1].normalized != name else lines[2:]
    return not any(_DIVISION.match(line.normalized) for line in below)


def below_book(search: LineLabels) -> int | None:
    """Return the place of the line that heads a chapter below its book, where noise follows it or the text."""
    kept = [place for place in range(len(search.lines)) if place not in search.removed_by]
    if len(kept) < 2 or not (search.is_noise(kept[1] + 1) or search.is_noise(kept[-1] + 1)):
        return None
    book, *below = (search.lines[place] for place in kept)
    return kept[1] if _is_book(book) and is_chapter(below) else None


def _is_book(line: Line) -> bool:
    """Whether a line may be the name of a book, alone or with its author's behind it."""
    return bool(_BOOK.fullmatch(line.normalized)) and not _DIVISION.match(line.normalized)


def _is_joined(lines: Sequence[Line]) -> bool:
    """Whether the first line is a chapter's number and name, if it stands twice or counts pages."""
    if not _JOINED.fullmatch(lines[0].normalized):
        return False
    is_twice = lines[0].normalized == lines[1].normalized
    return (is_twice or counts_page(lines[0])) and is_prose(lines[1 + is_twice : 1 + MAX_ALIKE])


def _title_below(search: LineLabels, places: Sequence[int]) -> str | None:
    """Return a title below short lines, facts of the text or its outline; it stays in the text, as these do.

    What says above it when the page was published goes: a labelled time, or a day alone above a title.
    """
    lines = [search.lines[index] for index in places]
    is_stamped = len(lines) > 1 and places[0] not in search.protected and frame_facts.is_stamp(lines[0])
    if is_stamped:
        search.removed_by[places[0]] = "zone.head"
    short = 0
    for place in range(1, min(MAX_ABOVE_TITLE, len(lines) - 1) + 1):
        above, line = lines[place - 1], lines[place]
        is_own = (is_stamped and place == 1) or _is_fact(above) or (place == 1 and _OUTLINE.match(above.normalized))
        is_own = is_own or is_row(above.normalized) or (place == 2 and bool(_POST.fullmatch(above.normalized)))
        is_named = _ends_with(above, line)
        if not is_own and not is_named:
            short += 1
            if places[place - 1] in search.protected or not _is_short(above):
                return None
        is_last = place + 1 == len(lines)
        is_near = short <= MAX_SHORT_ABOVE or (names_kind(line) and not is_last and heads_prose(line, lines[place + 1]))
        if is_near and (is_named or (not are_alike(above, line) and _heads(lines[place:]))):
            if is_day(lines[0].normalized):
                search.removed_by[places[0]] = "zone.head"
            return search.sheet.text[line.start : line.end]
    return None


def _heads(lines: Sequence[Line]) -> bool:
    """Whether the first line is the title of the others: none soon below names a kind of text and heads prose."""
    if "," in lines[0].normalized or not may_be_title(lines[0]) or not heads_text(lines):
        return False
    return names_kind(lines[0]) or not any(
        names_kind(line) and heads_prose(line, below) for line, below in pairwise(lines[1 : 1 + MAX_ABOVE_TITLE])
    )


def _ends_with(above: Line, line: Line) -> bool:
    """Whether the line above is this one with a section's name before it."""
    section, said = above.normalized[: -len(line.normalized)], above.normalized[-len(line.normalized) :]
    return said == line.normalized and bool(_SECTION.fullmatch(section)) and may_be_title(line)


def _is_fact(line: Line) -> bool:
    return is_day(line.normalized) or bool(_FIELD.fullmatch(line.normalized))


def _is_short(line: Line) -> bool:
    return (
        not line.is_text and len(line.normalized) <= MAX_SHORT and not any(mark in line.normalized for mark in ",。;!?")
    )


def _name(line: Line) -> str:
    return titles.comparable(line.normalized[: titles.MAX_TITLE])
