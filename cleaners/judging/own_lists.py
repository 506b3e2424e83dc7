"""Lists and tables that a text holds: their rows and items stay together, whatever one of them looks like alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from cleaners.judging import boilerplate
from cleaners.judging.page_lines import Line, PageLines
from cleaners.rules.rule import LineRole, Position

FACT = re.compile(r"[^\W\d]{2,12} ?: ?(?:https?://\S+|(?!.*[^\d/]:[^\d/])[^。!?]+)")
"""One thing that is stated by its name."""

MIN_ROWS_SHARE, MIN_EMPTY = 0.3, 4
"""The share of the lines that end with a bar, at least; so many of them hold words, and so many none: a frame has no
empty cells."""

MIN_DRAWN = 5
"""Lines of the smallest drawing."""
_DRAWN = re.compile(r"[ \t]*(?:[|│](?: *[|│\\/+-]| *[*o@] {1,4}\S| {2,}\S| *$)|[|│├└+][-─+]{2}|[*o@] {1,4}\S)")
"""How a line of a drawing begins: bars, branches, what hangs on them."""

MIN_ITEMS = 3
"""Items of the shortest list whose numbers show that it is one."""

MIN_ALIKE, MAX_FORM = 3, 40
"""So many lines that differ in their numbers alone have one form, and so long may each be."""
_NUMBER = re.compile(r"[\d一二三四五六七八九十](?:(?<=\d)\d*(?:[.:/-]\d+)*|[一二三四五六七八九十]*)")

MIN_COUNTED, MAX_BETWEEN = 20, 6
"""Numbers that run on from 1 in the shortest list that is longer than a frame's, and lines between two at most."""
_COUNTED = re.compile(r"(?:\S{1,10}+ )?(\d{1,3})(?:[.、)] ?| )[^\d\s]")
"""The number of a row, which may stand behind what several rows share."""

MIN_CODES, MIN_LEAPS = 8, 2
"""Rows of the shortest table of codes, and numbers in it that are not the next: a list of pages counts one by one."""
_CODE = re.compile(r"(\d{1,5}) [^\d\s]")
"""A row of such a table: ports, errors, years."""

_WORDS = re.compile(r"(?:[一-鿿]{1,8} ){7,}[一-鿿]{1,8}")
"""A row of a list of words."""

_REFERENCES = re.compile(
    r"(?:#{1,6} ?|[一二三四五六七八九十\d]{1,3}[.、] ?|[\[【])?(?:主要|延伸)?"
    r"参考(?:资料|文献|书[目籍]|文章|链接|来源)(?:列表)?[\]】]? ?:?"
)
"""What heads the sources of a text."""

_ITEM = re.compile(r"[ \t\u3000]*(?:(?P<bullet>[-*+•·●○◆■□▪])\s?|(?P<number>\d{1,3})[.、)．](?!\d)|\[\d{1,3}\]|《)")
"""How an item of a list begins."""

_TYPED_BEGINS = " \t-*+"
"""With which characters an item begins that a writer typed."""

_TYPED = re.compile(r"[ \t]*([-*+]) +(?![上下]一)")
"""How such an item begins; lines to the document before and to the next are none."""


def rows(sheet: PageLines) -> Sequence[int]:
    """Return the places of the rows of a table whose cells bars end, several of them without words."""
    if sheet.text.count("|") < MIN_EMPTY:
        return ()
    ended = [place for place, line in enumerate(sheet.lines) if line.normalized.endswith("|")]
    cells = [sheet.lines[place].normalized.strip("| ") for place in ended]
    empty, filled = cells.count(""), sum(any(map(str.isalnum, cell)) for cell in cells)
    is_table = len(ended) >= MIN_ROWS_SHARE * len(sheet.lines) and min(empty, filled) >= MIN_EMPTY
    return ended if is_table else ()


def with_edges(lines: Sequence[Line], rows: Sequence[int]) -> range:
    """Return the places of all lines of a page that is nothing but these rows, in running order.

    Above them nothing is theirs where a rule knows a line as a page's frame has it; below them nothing from such a line
    on. What states one thing by its name may be theirs, whatever a frame states: who made them, and when.
    """
    above, below = range(rows[0]), range(rows[-1] + 1, len(lines))
    start = rows[0] if any(_is_framing(lines[at]) for at in above) else 0
    return range(start, next((at for at in below if _is_framing(lines[at])), len(lines)))


def _is_framing(line: Line) -> bool:
    if line.has_role(LineRole.BREADCRUMB) or line.has_role(LineRole.LIST_HEAD):
        return True
    is_known = any(rule.position is not Position.ANY and not rule.context_only for rule in line.rules)
    return is_known and not FACT.fullmatch(line.normalized)


def drawn(sheet: PageLines) -> Iterator[int]:
    """Yield the places of what bars at the beginning of lines draw: a tree, the history of a program.

    Some lines are nothing but bars, some say something behind them, most of which no rule knows.
    """
    text = sheet.text
    if text.count("|") < MIN_DRAWN and text.count("│") < MIN_DRAWN:
        return
    begun = [_DRAWN.match(text, line.start, line.end) for line in sheet.lines]
    run: list[int] = []
    for place, found in enumerate([*begun, None]):
        if found:
            run.append(place)
            continue
        said = [at for at in run if not _is_bare(text, sheet.lines[at])]
        is_known = 2 * sum(1 for at in said if sheet.lines[at].rules) > len(said)
        if len(run) >= MIN_DRAWN and said and len(run) - len(said) > 1 and not is_known:
            yield from run
        run = []


def _is_bare(text: str, line: Line) -> bool:
    return not text[line.start : line.end].strip(" |│\\/+-")


def references(sheet: PageLines) -> Iterator[int]:
    """Yield the places of a text's list of its sources, and of its head; an item that a rule knows ends it."""
    lines = sheet.lines
    seen = ((place, line.normalized) for place, line in enumerate(lines))
    heads = (place for place, text in seen if "参考" in text and _REFERENCES.fullmatch(text))
    for found in headed(heads, len(lines), lambda at: not lines[at].rules and _item(sheet, at)):
        yield from found if len(found) > 1 else ()


def counted(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of long lists that are counted from 1, and of the lines between that no rule knows.

    Below the head of a page's list they are what is read most.
    """
    run: list[int] = []
    for place, line in enumerate(lines):
        found = _COUNTED.match(line.normalized)
        number = int(found[1]) if found else 0
        if number == 1 or (run and place - run[-1] > MAX_BETWEEN):
            yield from _long(run, lines)
            run = [place] if number == 1 else []
        elif run and number == len(run) + 1:
            run.append(place)
    yield from _long(run, lines)


def coded(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of rows that begin with numbers which rise by leaps, one row right below the other."""
    run: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        found = None if line.rules else _CODE.match(line.normalized)
        number = int(found[1]) if found else -1
        if run and number < run[-1][1]:
            yield from _codes(run)
            run = []
        if found:
            run.append((place, number))
    yield from _codes(run)


def _codes(run: Sequence[tuple[int, int]]) -> Iterator[int]:
    leaps = sum(1 for (_, above), (_, number) in pairwise(run) if number != above + 1)
    if len(run) >= MIN_CODES and leaps >= MIN_LEAPS:
        yield from (place for place, _ in run)


def _long(run: Sequence[int], lines: Sequence[Line]) -> Iterator[int]:
    if len(run) >= MIN_COUNTED and not (run[0] and _heads(lines[run[0] - 1])):
        yield from (place for place in range(run[0], run[-1] + 1) if not lines[place].rules)


def headed(heads: Iterable[int], size: int, is_item: Callable[[int], object]) -> Iterator[list[int]]:
    """Yield the places of each head and of the items next below it, of `size` lines; none is walked over twice."""
    end = 0
    for head in heads:
        if head >= end:
            found = [head, *takewhile(is_item, range(head + 1, size))]
            end = head + len(found)
            yield found


def typed(sheet: PageLines, known: Sequence[int]) -> Sequence[int]:
    """Return the places of lists a writer typed, with bullets of the keyboard, and of the `known` lines above them.

    A program that turns pages into text sets its bullets for links, too: rules know nothing else of such a text.
    """
    found = list(_typed(sheet, known))
    return found if set(found).issuperset(known) else ()


def _typed(sheet: PageLines, known: Sequence[int]) -> Iterator[int]:
    text, lines = sheet.text, sheet.lines
    above = known[:-1] if known and known[-1] == len(lines) - 1 else known
    heads = (at for at in above if text[lines[at + 1].start] in _TYPED_BEGINS and _heads(lines[at]))
    for found in headed(heads, len(lines), lambda at: _TYPED.match(text, lines[at].start)):
        yield from found if len(found) > 1 else ()


def _heads(line: Line) -> bool:
    return line.has_role(LineRole.LIST_HEAD) or boilerplate.heads_list(line)


def known_items(sheet: PageLines, known: Sequence[int]) -> Iterator[int]:
    """Yield the `known` places that are items of lists with numbers in running order, most of which no rule knows."""
    may_be_items = any(at and _is_figure(sheet.lines[at]) and _is_figure(sheet.lines[at - 1]) for at in known)
    for items in _lists(sheet) if may_be_items else ():
        of_list = [place for place in items if sheet.lines[place].rules]
        is_own = 2 * len(of_list) < len(items) >= MIN_ITEMS and _is_figure(sheet.lines[items[0]])
        yield from of_list if is_own else ()


def _is_figure(line: Line) -> bool:
    return line.normalized[0].isdigit()


def divided(sheet: PageLines, taken: Collection[int], gone: Collection[int]) -> set[int]:
    """Return those of the `taken` lines that are items of a list half of which stays, or more.

    A list of the page's frame goes as a whole: `gone` are the places of lines that rules take.
    """
    found: set[int] = set()
    if taken:
        for items in _lists(sheet):
            lost = [place for place in items if place in taken]
            if 0 < 2 * len(lost) <= len(items) and not any(place in gone for place in items):
                found.update(lost)
    return found


def typed_alike(sheet: PageLines, taken: Collection[int], gone: Collection[int]) -> set[int]:
    """Return those of the `taken` lines that are items a writer typed as several others that stay.

    `gone` are the places of lines that rules take: a program sets its bullets for the links of a frame, too.
    """
    marks = {at: item[1] for at, line in enumerate(sheet.lines) if (item := _TYPED.match(sheet.text, line.start))}
    found = {at for at in taken if at in marks}
    of_taken = {marks[at] for at in found}
    if len(of_taken) != 1 or any(at in marks for at in gone):
        return set()
    staying = [at for at, mark in marks.items() if at not in found and mark in of_taken]
    return found if len(staying) >= MIN_ITEMS else set()


def worded(lines: Sequence[Line], taken: Collection[int], gone: Collection[int]) -> set[int]:
    """Return those of the `taken` lines that are rows of words next to several others that stay: a list of words.

    `gone` are the places of lines that rules take.
    """
    if not any(_WORDS.fullmatch(lines[at].normalized) for at in taken):
        return set()
    rows = (at for at, line in enumerate(lines) if _WORDS.fullmatch(line.normalized))
    found = set[int]()
    for run in headed(rows, len(lines), lambda at: _WORDS.fullmatch(lines[at].normalized)):
        if sum(1 for at in run if at not in taken and at not in gone) >= MIN_ITEMS:
            found.update(run)
    return found.intersection(taken)


def alike(lines: Sequence[Line], taken: Collection[int], gone: Collection[int]) -> set[int]:
    """Return those of the `taken` lines that stay as several others with other numbers do: marks that part a text.

    `gone` are the places of lines that rules take.
    """
    if not any(_form(lines[at].normalized) for at in taken):
        return set()
    forms = {at: form for at, line in enumerate(lines) if (form := _form(line.normalized))}
    times = Counter(form for at, form in forms.items() if at not in taken and at not in gone)
    of_frame = {forms[at] for at in gone if at in forms}
    return {at for at in taken if times[forms.get(at, "")] >= MIN_ALIKE and forms[at] not in of_frame}


def _form(text: str) -> str:
    """Return a line with letters and numbers as all lines of its form have it, `""` where it has not both."""
    form = _NUMBER.sub("0", text) if len(text) <= MAX_FORM else ""
    return form if form != text and any(map(str.isalpha, form)) else ""


def _lists(sheet: PageLines) -> Iterator[Sequence[int]]:
    """Yield the places of each list's items: lines in a row with one mark, or with numbers in running order."""
    items: list[int] = []
    last: re.Match[str] | None = None
    for place in range(len(sheet.lines)):
        found = _item(sheet, place)
        if not (found and last and _follows(found, last)):
            yield items
            items = []
        if found:
            items.append(place)
        last = found
    yield items


def _follows(item: re.Match[str], above: re.Match[str]) -> bool:
    if item["number"]:
        return above["number"] is not None and int(item["number"]) == int(above["number"]) + 1
    return item["bullet"] is not None and item["bullet"] == above["bullet"]


def _item(sheet: PageLines, place: int) -> re.Match[str] | None:
    line = sheet.lines[place]
    return _ITEM.match(sheet.text, line.start, line.end)
