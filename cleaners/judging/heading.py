"""Whether the first line of a bare text is its title: no page says so, only the form of the lines can.

A verse, an item or a sentence stands first as well, so the line must differ in form from all that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from cleaners.judging.frame_proof import is_prose
from cleaners.judging.page_lines import Line
from cleaners.judging.title_form import may_be_title
from cleaners.judging.titles import COUNT, heads_first, letters, plain, tidy, without_first
from cleaners.noise.boilerplate_wording import KIND

MIN_PROSE = 25
"""Characters of the shortest line that is prose, with a mark inside it."""

MAX_BETWEEN = 3
"""So many lines may stand between a title and prose: an author, a day, a number."""

MIN_ALIKE, MAX_ALIKE = 3, 12
"""So many lines below must be alike, and so many are looked at."""

MIN_VERSE, MIN_SENTENCE = 5, 8
"""Characters of the shortest verse, and of lines that may differ in length and still be alike; words are shorter."""

MIN_CLAUSES = 2
"""So many clauses with their marks are verses or a short text: a line above without any mark is not one of them."""

MIN_OF_A_KIND = 6
"""Letters of the shortest title that its kind alone proves."""

_CLAUSES = re.compile("[,。;!?、:]")
_HEADING = re.compile(r"(?=.*[一-鿿A-Za-z].*[一-鿿A-Za-z])[^。;…]{2,60}(?<![:、—,])")
_NAME = re.compile(r"[\[(]?[一-鿿·]{1,4}[\])]?(?:[·・:. ][一-鿿·]{1,4})?")
"""An author, with or without a dynasty before the name."""
_CREDIT = re.compile(r"(?:[(].{0,8})?(?:本报|新华社|中新社|本刊|本台)?.{0,6}(?:记者|通讯员|特派员|摄影报道).{0,20}")
_ABOUT = re.compile(
    r"(?:[^。;!?,]{0,4}(?:作者|来源|编辑部?|记者|策划|执行|撰文|文|图|时间|日期|单位|学校|类别|出处|发布人?|供稿|支持)"
    r"(?:名称)?[/:：]|作者|来源).{0,40}"
    r"|.{0,30}(?:19|20)\d\d ?[-/.年:] ?\d{1,2} ?[-/.月:] ?\d{1,2}.{0,40}|[\[(].{1,30}[\])]"
)
"""Who wrote it, for whom and when, below a title."""
_LABELLED = re.compile("【[^【】]{2,8}】")
_FIELD = re.compile(rf"[^。;!?,:]{{2,12}}:.{{0,24}}|{_LABELLED.pattern}.*")
NEAR_FIELD = 2
"""A field of a record, where another stands so near; a section's name before a title stands alone."""
_PLACE = re.compile(
    r".{2,20}(?:小学|中学|学校|大学|学院|公司|集团|中心|委员会|研究所|编辑部|局"
    r"|[0-9一二三四五六七八九十][)]?班)(?P<person>[ :].{1,8})?"
)
_FIRST = re.compile(
    r"(?:第[一1] ?[章节条编部篇]|[一1] ?[、.．]|[(][一1][)]|[❶➊]"
    r"|目 ?[录次]$|前 ?言$|引 ?言$|摘 ?要|\[摘 ?要\]|提 ?纲$).*"
)
"""With what a document begins below its title."""
_PREFACE = re.compile(r"目 ?[录次]|[前引导] ?言|\[?摘 ?要\]?|提 ?纲")
"""A part that stands before the text proper, and heads no other."""
_NAMED_PREFACE = re.compile(r"[引前导] ?言 ?:")
"""How the heading of one begins that has a name: the first of several, where a numbered one follows."""
_GREETING = re.compile("(?:同志们|同学们|老师们|朋友们|各位[^。;!?:]{1,20}|尊敬的[^。;!?:]{1,24})[:!]")
_OF_A_KIND = re.compile(rf".{{2,60}}{KIND}(?: ?[(\[【].{{1,16}}[)\]】]|[\d一二三四五六七八九十]{{1,4}}[篇字].{{0,6}})?")
_NUMBERED = re.compile(r"[\[(]\d{1,3}[\])]|https?:|www\.")
_ALIKE = (
    re.compile(r"[^:]{1,6}:.*"),
    re.compile(rf"{_LABELLED.pattern}.*"),
    re.compile(r".{0,30}(?:19|20)\d\d[-/.年].*"),
    re.compile(r"[A-Za-z].*[一-鿿].*"),
    re.compile(r"(?=.*[一-鿿])[\w.]{1,12}(?: +[\w.]{1,12}){2,5}"),
    re.compile(r".*[|\t].*"),
)
"""Forms of a table's rows, a dialogue's turns, a form's fields: two lines of one form are title and text of none."""
_WORK = re.compile("(?!标题|题目|篇名)[^。;!?,:《》]{2,10}[:·-] ?《[^《》]{1,40}》")
"""A kind of text and the name of one: no sentence begins so, and a list of such has no text."""
_OPTION = re.compile(r"(?:-?[A-Za-z\d], ?)?--[a-z]")
"""How the line of an option of a program begins."""
_PAGE = re.compile(
    r" ?[(](?: (?P<spaced>[一二三四五六七八九十]{1,2}) "
    r"|(?:第 ?)?(?P<page>\d{1,4}) ?/ ?(?P<pages>\d{1,4}) ?页?|第 ?\d{1,4} ?页)[)]$"
)
"""The number of a page behind the title, as an engine writes it that splits its texts."""
_COLLECTED = re.compile(
    r"(?![背抄写完读阅听默练做看交收今明昨上下已还再继请我你他她共])[^。;!?,:]{4,50}(?:\d{1,2}|[一二三四五六七八九十]{1,3})篇"
)
"""The name of several texts; what is to be read or learned is no title."""
_LEADS_IN = re.compile(r"(?:如|有|是|包括|为|称|说|以下|下列|如下)$")


def heads_text(lines: Sequence[Line]) -> bool:
    """Whether the first of `lines`, which are all lines of a bare text, is the title of the others."""
    if len(lines) < 2:
        return False
    below = lines[1 : 1 + MAX_ALIKE]
    first, second = lines[0].normalized, below[0].normalized
    if _WORK.fullmatch(first):
        return not any("《" in line.normalized for line in below)
    if not _is_heading(lines[0]) or _is_first_part(lines):
        return False
    if _GREETING.fullmatch(second) or (
        heads_first(second) and _calls_all(letters(first), letters(without_first(second)))
    ):
        return may_be_title(lines[0])
    if are_alike(lines[0], below[0]):
        return False
    signed = _PLACE.fullmatch(second)
    begins = any(form.fullmatch(second) for form in (_FIRST, _ABOUT)) or (signed is not None and signed["person"])
    if begins or (":" not in first and _FIELD.fullmatch(second)):
        return may_be_title(lines[0])
    return (
        _heads_its_kind(lines[0], below)
        or _above_prose(lines[0], below)
        or _above_verses(lines[0], below)
        or _above_alike(lines[0], below)
    )


def are_alike(line: Line, below: Line) -> bool:
    """Whether both lines are rows of a table, turns of a dialogue or fields of a form."""
    return any(form.fullmatch(line.normalized) and form.fullmatch(below.normalized) for form in _ALIKE)


def _is_first_part(lines: Sequence[Line]) -> bool:
    """Whether the first line heads a preface, below which the numbered parts follow."""
    return bool(_NAMED_PREFACE.match(lines[0].normalized)) and any(_FIRST.fullmatch(line.normalized) for line in lines)


def _calls_all(name: str, first: str) -> bool:
    """Whether a line is what the heading of the first of several texts calls them, with their number or without it."""
    return name.startswith(first) and (name == first or COUNT.fullmatch(name, len(first)) is not None)


def heads_prose(line: Line, below: Line) -> bool:
    """Whether a line of no sentence, that says nothing of who wrote the text or when, stands next above prose."""
    return _is_heading(line) and not _signs(line) and reads_as_prose(below)


def stands_twice_above_prose(lines: Sequence[Line], times: int) -> bool:
    """Whether what stands so often in a row is a line of no sentence, and prose follows: verses repeat themselves."""
    text = lines[0].normalized
    is_none = len(text) < MIN_OF_A_KIND or text[-1] in "。;:,、" or "。" in text or _OPTION.match(text)
    return not is_none and any(map(reads_as_prose, lines[times : times + 1]))


def _is_heading(line: Line) -> bool:
    text = line.normalized
    if (line.is_text and not may_be_title(line)) or _PREFACE.fullmatch(text):
        return False
    if not _HEADING.fullmatch(text) or _NUMBERED.match(text) or _CREDIT.fullmatch(text) or _LEADS_IN.search(text):
        return False
    return may_be_title(line) or len(text) < 4


def names_kind(line: Line) -> bool:
    """Whether a line ends as the title of a kind of document does."""
    return len(line.normalized) >= MIN_OF_A_KIND and bool(_OF_A_KIND.fullmatch(line.normalized))


def _heads_its_kind(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line names the kind of document that it heads, and is not one of a list of such."""
    return names_kind(line) and any(other.is_text or _CLAUSES.search(other.normalized) for other in below[:2])


def _above_prose(line: Line, below: Sequence[Line]) -> bool:
    """Whether prose follows, at once or below a few lines that are no items of the same list."""
    between = list(takewhile(lambda other: not (reads_as_prose(other) or _GREETING.fullmatch(other.normalized)), below))
    if len(between) == len(below) or len(between) > MAX_BETWEEN:
        return False
    if not between:
        return len(line.normalized) < len(below[0].normalized)
    if ("," in line.normalized and not all(other.is_text for other in between)) or (
        between and _NAME.fullmatch(line.normalized) and " " in line.normalized
    ):
        return False
    between = [other for other in between if other.normalized != line.normalized and not _signs(other)]
    return all(other.is_text for other in between) or (
        len(line.normalized) > max(6, *(len(other.normalized) for other in between if not other.is_text))
    )


def _signs(line: Line) -> bool:
    """Whether a line says who wrote what is below, where or when."""
    if _OF_A_KIND.fullmatch(line.normalized):
        return False
    return any(form.fullmatch(line.normalized) for form in (_NAME, _ABOUT, _PLACE))


def reads_as_prose(line: Line) -> bool:
    """Whether a line is prose, of some length and with a mark inside it, or how a document begins."""
    if _FIRST.fullmatch(line.normalized):
        return True
    return line.is_text and len(line.normalized) >= MIN_PROSE and bool(_CLAUSES.search(line.normalized))


def _above_verses(line: Line, below: Sequence[Line]) -> bool:
    """Whether every line that follows, but for the author's, ends as a sentence does."""
    verses = below[1:] if len(below) > 1 and _NAME.fullmatch(below[0].normalized) else below
    if "," in line.normalized or not all(verse.normalized[-1] in ",。;!?" for verse in verses):
        return False
    return sum(len(_CLAUSES.findall(verse.normalized)) for verse in verses) >= MIN_CLAUSES


def _above_alike(line: Line, below: Sequence[Line]) -> bool:
    """Whether the lines below are of one length, and this one is not half as long."""
    lengths = [len(other.normalized) for other in below]
    shortest, longest = min(lengths), max(lengths)
    are_alike = longest <= shortest + 2 if shortest < MIN_SENTENCE else longest <= 2 * shortest
    return len(below) >= MIN_ALIKE and shortest >= MIN_VERSE and 2 * len(line.normalized) <= shortest and are_alike


def is_of_record(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a field of a record: it begins with a label in brackets, as another one near it does."""
    if not _LABELLED.match(lines[place].normalized):
        return False
    near = lines[max(0, place - NEAR_FIELD) : place + NEAR_FIELD + 1]
    return sum(bool(_LABELLED.match(line.normalized)) for line in near) > 1


def is_page(lines: Sequence[Line]) -> bool:
    """Whether the first of all lines of a bare text ends with the number of the page, as none soon below it does.

    Scores, steps and what is to be learned have such numbers as well: prose must follow the name of several texts.
    """
    first, below = lines[0].normalized, lines[1 : 1 + MAX_ALIKE]
    found = _page(lines[0])
    if not found or not below or any(_PAGE.search(line.normalized) for line in below):
        return False
    return bool(found["spaced"] or (_COLLECTED.fullmatch(first, 0, found.start()) and is_prose(below)))


def counts_page(line: Line) -> bool:
    """Whether a line ends with the number of a page, and not with one above that of all pages."""
    return _page(line) is not None


def names_page(line: Line) -> bool:
    """Whether the number of a page, which a line ends with, says that it is one."""
    found = _page(line)
    return found is not None and "第" in found[0]


def _page(line: Line) -> re.Match[str] | None:
    """Return the number of a page that a line ends with; None for one above that of all pages, too."""
    found = _PAGE.search(line.normalized)
    return found if found and int(found["page"] or 0) <= int(found["pages"] or 0) else None


def loses_words(line: Line) -> bool:
    """Whether the title's own field would lack words of the line."""
    return plain(tidy(line.normalized) or "") != letters(line.normalized)
