"""Which lines may be the title of a page whose frame is known: by their form, and by the facts next below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from cleaners.judging import page_heading, title_evidence, titles
from cleaners.judging.bare_title import below_book, is_chapter
from cleaners.judging.frame_facts import is_byline
from cleaners.judging.heading import heads_text, is_of_record
from cleaners.judging.line_labels import HEAD_LINES, LineLabels
from cleaners.judging.page_lines import Line
from cleaners.judging.page_prose import Prose
from cleaners.judging.title_evidence import BOOK, MAX_SHORT, NEXT_ABOVE, Headings, above_byline
from cleaners.judging.title_form import is_day, is_titular, may_be_title
from cleaners.judging.verses import goes_on
from cleaners.rules.rule import LineRole
from cleaners.text.codes import in_brackets
from cleaners.text.hans import HAN_RANGES

MAX_STATED = 16
"""So far down a label above may show the title below prose."""

MIN_HEAD = 8
"""Lines above the prose, at least, among which a guess at the title is often wrong."""

NEAR_CHAPTER = 3
"""So near above the text the frame may hold the line that heads its chapter."""

MIN_HEADLINE = 12
"""Characters of the shortest headline of two clauses."""

_FIELD = re.compile(
    r"[^:《》]{0,6}(?:机构|单位|基金|项目|姓名|老师|[文编号]号|日期|时间|类别|类型|分类|地区|来源|方式|电话|分校|学校|部门|价格|状态|年龄"
    r"|国家|作者|朝代|学科|科目|年级|教材|字体|大小)[^:]{0,2}:.{0,60}|.{0,6}\d+ ?字|[一二三四五六七八九十]{1,3} ?:.*"
    r"|[一-鿿]{2,3}(?:[,、][一-鿿]{2,3}){1,8}|(?:[^ ()]{1,6}\( ?\d+ ?\) ?){1,8}"
    r"|.{4,60}[ ,]\d{6}[)]?|\d{1,4} ?楼|电梯直达|(?i:\d{1,5} ?(?:responses?|comments?|thoughts?)(?: (?:to|on|for) .*)?)"
)
_DATED = re.compile(r"[^。;!?]{8,60}?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
"""A title with its day behind it, of which no text is made."""
_HAN = re.compile(f"[{in_brackets(HAN_RANGES)}]")
_LATIN = re.compile(r"(?:[A-Za-z\d][\w.+#&'-]*[ :]{1,2}){1,14}[\w.+#&'-]+")
"""A title of Latin words."""
_SHORT = re.compile(r"\w(?: ?\w){1,2}|\d[\d.]{0,6}[.、] ?[^。;!?,]{2,30}")
"""A title that only the facts next below it prove: a word, a numbered part."""
_SUBORDINATE = re.compile("(?:如果|假如|倘若|当).{2,40}(?:[之以][前后]|时候?|的话)")
"""Half a sentence, with the rest on the next line of a text that was broken."""
_SECTION = re.compile("[一二三四五六七八九十]{1,3} ?、")
_DAY = re.compile(r"(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")


def candidates(search: LineLabels, end: int, quoted: Collection[str], *, has_title: bool) -> dict[int, str]:
    """Return what may be the title, by place: lines down to `end`, and what paths and labels state of lines below."""
    seen = {place: said for place in range(end) if (said := _candidate(search, place, quoted, has_title=has_title))}
    stated = (
        *_ends_of_paths(search),
        *_labelled_above(search, end),
        *(() if has_title and not (search.is_bare or search.is_guessed) else _chapter(search)),
    )
    seen |= {place: search.lines[place].normalized for place in stated}
    return seen


def headings(search: LineLabels, seen: Mapping[int, str], prose: Prose, title: str | None = None) -> Headings:
    """Return what may be the title by what stands around it; `seen` is what may be it by its place in the head.

    A line next below the path or above the prose counts where nothing else shows a title. What may be it
    at the top gives way to none below its prose, or below a section under it.
    """
    has_title = title is not None and not search.is_guessed
    lines = search.lines
    below = range(min(seen), min(len(lines), page_heading.MAX_PLACE + 1)) if seen else ()
    section = next((at for at in below if _SECTION.match(lines[at].normalized)), len(lines))
    is_headed = not {place + 1 for place in seen}.isdisjoint(prose.places)

    @cache
    def said(place: int) -> str | None:
        if place > section or (is_headed and not prose.begins(place)):
            return None
        if _SUBORDINATE.fullmatch(lines[place].normalized):
            return None
        return _candidate(search, place, (), has_title=has_title, is_headed=True)

    ends = dict(page_heading.ends_of_paths(lines))
    path = page_heading.first_path(lines) if ends else len(lines)
    by_path = {place: title for place, title in ends.items() if prose.begins(place) or path < place}
    next_above = [title for place, title in seen.items() if above_byline(lines, place) == NEXT_ABOVE]
    if any(len(titles.plain(title)) > MAX_SHORT for title in next_above):
        return Headings(by_path, (), by_path)
    places = range(min(len(lines) - 1, page_heading.MAX_PLACE))
    heads = [place for place in places if above_byline(lines, place) and not _is_signed(prose, place)]
    heads = _without_authors(prose, heads)
    by_facts = page_heading.above_facts([place for place in heads if said(place)], prose)
    found = {place: title for place in by_facts if (title := said(place))} | by_path
    if found or has_title or next_above or (search.is_guessed and page_heading.first_prose(prose) < MIN_HEAD):
        return Headings(found, by_facts, by_path)
    named = (place for place in places if title_evidence.label_of(lines[place]) and prose.begins(place))
    near = (
        *named,
        *page_heading.below_facts(prose),
        *page_heading.below_paths(lines),
        *page_heading.above_prose(prose),
    )
    return Headings({place: title for place in near if (title := said(place)) and "," not in title})


def _without_authors(prose: Prose, heads: Sequence[int]) -> list[int]:
    """Return lines above facts without their authors: a few letters next below a line whose words the prose takes up.

    Where it does not, the few letters are the title, and the line above them is another's.
    """
    short = [
        at for at in heads if len(titles.plain(prose.lines[at].normalized)) <= MAX_SHORT and not prose.takes_up(at)
    ]
    authors = {place for place in short if place - 1 in heads and prose.takes_up(place - 1)}
    others = {place - 1 for place in short if place not in authors and above_byline(prose.lines, place) == NEXT_ABOVE}
    return [place for place in heads if place not in authors and place not in others]


def _is_signed(prose: Prose, place: int) -> bool:
    """Whether a line below prose stands above a day alone, as who signs a text does."""
    below = prose.lines[place + 1]
    return prose.before[place] > 0 and below.is_text and is_day(below.normalized)


def _ends_of_paths(search: LineLabels) -> Iterator[int]:
    """Yield the places of lines next below a path that say what it ends with, in whatever form: a chapter has none."""
    for place in range(min(len(search.lines) - 1, HEAD_LINES)):
        line, below = search.lines[place], search.lines[place + 1]
        if search.is_noise(place) and line.has_role(LineRole.BREADCRUMB):
            step = title_evidence.last_step(line, page_heading.MIN_PATH)
            if step and titles.letters(step) == titles.letters(below.normalized[: titles.MAX_TITLE]):
                yield place + 1


def _labelled_above(search: LineLabels, end: int) -> Iterator[int]:
    """Yield the places of lines near the top that are what a line of the frame above them says to be the title."""
    above = [line for at, line in enumerate(search.lines[:end]) if search.is_noise(at)]
    names = {titles.comparable(said) for said in title_evidence.labelled(above)}
    for place in range(end, min(MAX_STATED, len(search.lines)) if names else end):
        text = search.lines[place].normalized
        if len(text) <= titles.MAX_TITLE and titles.comparable(text) in names:
            yield place


def _chapter(search: LineLabels) -> Iterator[int]:
    """Yield the place of the line that heads a chapter: the first one that stays, or the last such one above it.

    Noise alone stands above it, or the name of its book, where noise follows the text.
    """
    kept = [place for place in range(len(search.lines)) if place not in search.removed_by]
    below = [search.lines[place] for place in kept]
    if not kept or not (any(map(search.is_noise, range(kept[0]))) or (kept[0] and search.is_noise(kept[-1] + 1))):
        if (place := below_book(search)) is not None:
            yield place
    elif is_chapter(below):
        yield kept[0]
    else:
        above = filter(search.is_noise, range(kept[0] - 1, max(-1, kept[0] - 1 - NEAR_CHAPTER), -1))
        yield from islice((place for place in above if is_chapter([search.lines[place], *below])), 1)


def _candidate(
    search: LineLabels, place: int, quoted: Collection[str], *, has_title: bool, is_headed: bool = False
) -> str | None:
    """Return what a line says as a title; None for a line that a rule explains, and one of another form.

    `quoted` is what other lines of the frame cite, `is_headed` says that its place shows it.
    """
    line = search.lines[place]
    is_explained = place in search.rules or place in search.of_site or any(not rule.context_only for rule in line.rules)
    is_explained |= place in search.of_blocks
    is_explained |= place > 0 and goes_on(search.lines[place - 1].normalized, line.normalized)
    if (
        is_explained
        or (line.start > 0 and _begins_with_dashes(search.sheet.normalized, line))
        or is_byline(line)
        or (is_headed and title_evidence.is_of_frame(line.normalized))
        or _FIELD.fullmatch(line.normalized)
        or is_of_record(search.lines, place)
        or not (_HAN.search(line.normalized) or (is_headed and _LATIN.fullmatch(line.normalized)))
    ):
        return None
    if labelled := title_evidence.label_of(line):
        return labelled
    if BOOK.fullmatch(line.normalized) or (quoted and titles.comparable(line.normalized) in quoted):
        return line.normalized
    if not is_headed and place not in search.removed_by and not _may_head(search, place, has_title=has_title):
        return None
    facts = above_byline(search.lines, place)
    if facts and _SHORT.fullmatch(line.normalized):
        return line.normalized
    if facts and line.normalized[-1] == "!" and is_titular(line.normalized[:-1]):
        return line.normalized
    if facts and is_titular(titles.without_first(line.normalized)):
        return line.normalized  # the heading of the first of several texts, or any title
    is_formed = may_be_title(line) or search.is_title(place)
    return line.normalized if is_formed and not _DAY.match(line.normalized) else None


def _may_head(search: LineLabels, place: int, *, has_title: bool) -> bool:
    """Whether a line that stays is the title by its form, or by the facts below it."""
    text = search.lines[place].normalized
    if above_byline(search.lines, place) or _DATED.fullmatch(text):
        return True
    below = range(place, min(len(search.lines), HEAD_LINES))
    kept = [search.lines[at] for at in below if at not in search.removed_by]
    above = [at for at in range(place) if at not in search.removed_by]
    is_clause = "," in text and (
        len(text) < MIN_HEADLINE or has_title or any(search.lines[at].normalized != text for at in above)
    )
    return not is_clause and heads_text(kept)


def _begins_with_dashes(view: str, line: Line) -> bool:
    """Whether a line begins with dashes, which it lacks as rules see it: below a title it is the second half of one."""
    return view[line.start : line.end].lstrip().startswith(("--", "—"))
