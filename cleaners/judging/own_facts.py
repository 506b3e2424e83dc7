"""Facts that a text states by their names: forms, records, the card of a book, from when a rule holds.

A page's frame states such things of the text in a row; beside others that no rule knows they are the text's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.judging.own_lists import FACT, headed, with_edges
from cleaners.judging.page_lines import Line, PageLines
from cleaners.rules.rule import LineRole

MAX_RECORDS_HEAD = 16
"""Characters of the longest line that heads a procedure's list of its records."""

NEAR = 4
"""So many lines below a day with its weather a page's path, or facts, show that the page says what day it is."""

MIN_STATED, MIN_STATED_SHARE = 4, 0.8
"""So many lines, all with a name and a colon, are a record; and their share in several of the same names."""

_WHEN = re.compile(r"(?:会议|活动|培训|召开|上课)?(?:时间|日期) ?:.*")
_FORM = re.compile(
    r"(?:会议|活动|培训|上课)?(?:地点|地址|主持|记录|出席|列席|缺席|参加|参会|与会|议题|主题|内容|对象|天气|班级|授课|执教|课题)"
    r"(?:人员?|者)?(?:名单)? ?:.*"
)
"""Minutes, plans and diaries state when and where side by side."""
_IN_FORCE = re.compile(r"(?:实施|施行|生效)(?:日期|时间)? ?:? ?(?:19|20)\d\d|\d日? ?(?:实施|施行|生效)(?:$|[ )])")
_INDEXED = re.compile("索 ?引 ?号")
"""What an office's own card of a document begins with, which states such days too."""
_PUBLISHED = re.compile(r"^(?:发布|颁布|批准|公布|修订)|(?:发布|颁布|批准|公布)$")
"""Standards and rules state in their heads from when they hold, beside the day they were published."""
_RECORDS_HEAD = re.compile(r"(?:[\d.]{1,4}[、 ]?)?(?:相关|支持性?|引用|附属)(?:记录|文件|表[格单]|标准) ?:?")
_RECORD = re.compile(r"[^。;!?]{2,24}(?:[表单卡册]|记录|程序|制度|规定|台账|标准|办法|规程|文件|手册)")
"""A procedure names at its end the papers that are kept for it."""
_BOOK = re.compile("书名 ?:.+")
_OF_BOOK = re.compile("(?:书名|作者|朝代|年[份代]|卷数|版本|[编译校注]者|出版[社者年]?) ?:.*")
_STATED = re.compile(r"([^:,。;!?]{1,16}?) ?:")
_ON_DAY = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
_DATED_TITLE = re.compile(rf"{_ON_DAY} ?[一-鿿]{{4,}}[^:,。;!?]*")
_DRAFTED = re.compile(rf"{_ON_DAY}.{{0,8}}[初定二三四改草]稿|[写译作改记][于於] ?{_ON_DAY}")
"""A title that begins with a day, as diaries and logs have it; when a text was written or translated."""
_PUBLISHER = re.compile(
    r"[\d ](?:来源|出处|稿源|转[载自]|(?:作者|编辑|记者)(?![部会见])|(?:浏览|阅读|点击)(?:量|率|人?次?数))"
    r"|(?:发布|发表|上传|投稿)$"
    r"|(?:网站?|论坛|政府|委员会|办公室)(?:更新|整理|供稿)?$"
)
"""Who published a page, or how often it was read, behind the day: no title."""
_TITLED = re.compile("(?:题目|篇名|题名) ?: ?[^:]{2,60}|标题 ?: ?《[^《》]{2,60}》")
"""A work's title as an anthology, a paper or a pupil has it; what a board calls its threads has no marks of a book."""
_DIARY = re.compile(
    r"(?:(?:19|20)?\d\d[年./-] ?)?\d{1,2}[月./-] ?\d{1,2}日? ?(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
    r",? ?(?:天气 ?:? ?)?[晴阴雨雪云雾霾风雷雹多大中小暴阵微转到间有]{1,8}"
)
"""The day of a diary, with its weather; what a page shows of today says how warm it is, or begins with words."""
_DAY = re.compile(r"\d{4}[-/.]\d")
"""A day in figures."""
_VERSION = re.compile(
    r"\W{0,3}(?!(?:19|20)\d\d\.)(?:[vV]\d{1,4}(?:\.\d{1,4}){1,3}|\d{1,4}(?:\.\d{1,4}){2,3})"
    r"(?:[-.+]?[a-z]{1,8}[.\d]{0,4})?(?: [A-Za-z]{2,16})?\W{0,3}"
)
_RELEASED = re.compile(rf"\W{{0,3}}(?:发布(?:日期|时间)? ?: ?)?{_ON_DAY}\W{{0,3}}")
"""What heads the changes of a version of a program, and the day on which it came out, next below."""


def named(lines: Sequence[Line], known: Sequence[int]) -> set[int]:
    """Return the places of lines that state something by its name beside others; rules know those at `known` places."""
    found = {*_forms(lines), *_in_records(lines, known), *_dated(lines, known), *entitled(lines)}
    return found.union(_released(lines))


def diary_days(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of the days of a diary, with their weather, each above what happened on it, or its heading."""
    for place, line in enumerate(lines):
        if line.normalized[0].isdigit() and _DIARY.fullmatch(line.normalized):
            below = lines[place + 1 : place + 1 + NEAR]
            is_of_page = any(other.has_role(LineRole.BREADCRUMB) or other.has_role(LineRole.BYLINE) for other in below)
            if not is_of_page and any(other.is_text and not other.rules for other in below[:2]):
                yield place


def _released(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of versions of a program, and of the days below on which they came out."""
    for place, (line, below) in enumerate(pairwise(lines)):
        if _RELEASED.fullmatch(below.normalized) and _VERSION.fullmatch(line.normalized):
            yield from (place, place + 1)


def carded(sheet: PageLines, short: Sequence[int]) -> set[int]:
    """Return the places of what is said of a book, and of a rule's days; `short` are those of the short lines."""
    seen, found = sheet.normalized, set[int]()
    if "书" in seen and "书名" in seen:  # one character is found sooner
        found |= set(book_card(sheet.lines))
    if ("施" in seen or "效" in seen) and not _INDEXED.search(seen):
        found |= set(_in_force(sheet.lines, short))
    return found


def records(lines: Sequence[Line], short: Sequence[int]) -> Iterator[int]:
    """Yield the places of a procedure's list of records and papers that belong to it, and of its head."""
    seen = ((place, lines[place].normalized) for place in short)
    heads = (place for place, text in seen if len(text) <= MAX_RECORDS_HEAD and _RECORDS_HEAD.fullmatch(text))
    for found in headed(heads, len(lines), lambda at: _RECORD.fullmatch(lines[at].normalized)):
        yield from found


def book_card(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of what an edition says of the book below: its name, author, age and year, in a row."""
    heads = (place for place, line in enumerate(lines) if _BOOK.fullmatch(line.normalized))
    for card in headed(heads, len(lines), lambda at: _OF_BOOK.fullmatch(lines[at].normalized)):
        yield from card if len(card) > 1 else ()


def stated(lines: Sequence[Line]) -> Sequence[int]:
    """Return the places of all lines where each states something by its name: records stand without a page's frame.

    Of records that state the same things again, not quite all lines need to; one that does not is theirs where no rule
    knows it.
    """
    if len(lines) < MIN_STATED or not _STATED.match(lines[0].normalized):
        return ()
    names = {place: found[1] for place, line in enumerate(lines) if (found := _STATED.match(line.normalized))}
    times = Counter(names.values())
    are_several = 2 * len(times) <= len(names)
    if len(names) < (MIN_STATED_SHARE * len(lines) if are_several else len(lines)):
        return ()
    rows = [place for place, name in names.items() if times[name] > 1] if are_several else list(names)
    return [place for place in with_edges(lines, rows) if place in names or not lines[place].rules]


def entitled(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that a writer heads a work with by the word for a title, next above what it says."""
    for place, (line, below) in enumerate(pairwise(lines)):
        if _TITLED.fullmatch(line.normalized) and not below.rules and not FACT.fullmatch(below.normalized):
            yield place


def _dated(lines: Sequence[Line], known: Sequence[int]) -> Sequence[int]:
    """Return the place of a title that begins with a day, or of the day of a draft, where rules know nothing else."""
    text = lines[known[0]].normalized if len(known) == 1 else ""
    is_title = bool(text) and known[0] == 0 and _DATED_TITLE.fullmatch(text) and not _PUBLISHER.search(text)
    return known if is_title or _DRAFTED.fullmatch(text) else ()


def _in_records(lines: Sequence[Line], known: Sequence[int]) -> Iterator[int]:
    """Yield the `known` places where each states a day between two facts that no rule knows: parts of a record."""
    inner = [at for at in known if 0 < at < len(lines) - 1 and not (lines[at - 1].rules or lines[at + 1].rules)]
    for at in inner:
        if _DAY.search(lines[at].normalized) and all(
            FACT.fullmatch(line.normalized) for line in lines[at - 1 : at + 2]
        ):
            yield at


def _in_force(lines: Sequence[Line], short: Sequence[int]) -> Iterator[int]:
    """Yield the places of lines that say from when a rule holds, and of the day of publication beside them."""
    for index in short:
        text = lines[index].normalized
        if ("施" in text or "效" in text) and _IN_FORCE.search(text):
            yield index
            yield from (
                i for i in (index - 1, index + 1) if 0 <= i < len(lines) and _PUBLISHED.search(lines[i].normalized)
            )


def _forms(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines of a form within the text: when something was, beside where or with whom."""
    for index in [at for at, line in enumerate(lines) if ":" in line.normalized and _WHEN.fullmatch(line.normalized)]:
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(lines) and _FORM.fullmatch(lines[beside].normalized):
                yield from (index, beside)
