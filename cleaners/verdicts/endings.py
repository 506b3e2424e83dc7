"""How a text ends: closed, inside a sentence, or in a way that cannot be told.

A text need not end with a full stop: names, credits, references, verses, items, rows and code have none. Only running
prose that closes its other paragraphs says that a last one without an end was cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum


class Ending(Enum):
    """What the end of a text says, with the reason that goes into the record."""

    COMPLETE = ""
    CUT = "stops in mid sentence"
    DOTS = "cannot be told: ends with dots"
    SPEECH = "cannot be told: ends as speech or a verse does"
    OPEN_LINES = "cannot be told: other lines have no end either"
    ONE_PARAGRAPH = "cannot be told: one paragraph without an end"
    NO_SENTENCE = "cannot be told: the last line is no sentence"


MIN_CLOSED, MIN_CLOSED_SHARE = 2, 0.8
"""So many other paragraphs, and so large a share of them, end as sentences do where the text is running prose."""

MIN_SENTENCES, MIN_SENTENCES_ON_PAGE = 10, 1
"""So many sentences before the open one make a single paragraph running prose: in a bare text, and on a page."""

MIN_PARAGRAPH, MIN_OPEN = 15, 25
"""Characters of a paragraph that counts, and of an open last line that has but one mark in it."""

MIN_BEGUN = 10
"""Characters of a last line of a page with a comma in it: more than a name, and no page ends with a heading."""

MIN_HANGING = 8
"""Characters of a line that must go on; a shorter one with a colon is a label or a greeting."""

MAX_LINE = 300
"""Characters of the longest last line that is a reference, a row or code."""

MAX_FIELD = 60
"""Characters of the longest line of a form above its last."""

NEAR, MIN_LABELS = 20, 3
"""So many lines above a last one with a colon are looked at; so many that end with one are labels, and so is it."""

MAX_DECORATED = 160
"""Characters at the end of the last line in which what stands behind its sentence is looked for."""

MAX_LINES = 400
"""Lines before the last one that are looked at."""

_CLOSED = re.compile(r".*[。．!?！？…”’」』》）)】\]］〕〗;；.~～♪}｝][ \"'”’*_]*")
_DECORATED = re.compile(
    r"(?:</?(?!https?:)[A-Za-z][^<>\n]{0,80}>|<!--|-->|[*_`=|\s\ufe0f]|[\u2600-\u27bf]|[\U0001f000-\U0001faff])+$"
    r"|(?<=[。！？!?…”\"]) ?(?:[*_]{1,3} ?)?[-—―–]{1,3} ?[一-鿿·]{2,8}$"
)
"""Behind a sentence: tags, emphasis, the rule of a table, pictures in place of words, or who said it."""
_MAY_BE_DECORATED = re.compile(r"(?:[->*_`=|\s\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]|[-—―–] ?[一-鿿·]{2,8})$")
MAX_SAID = 10
"""How a line ends behind whose sentence any of this stands, and in how many characters at most."""
_DOTS = re.compile(r".*[^.。!?！？…](?:\.{2,8}|…{1,4})[”\"』」）)]?")
_WEBSITE_DOTS = re.compile(r".*[^.。!?！？…](?:\.{2,8}|…)")
"""Three periods, or one half of a Chinese ellipsis: how a program shows that it cut a text."""
_SPOKEN = re.compile(r".*(?:—{1,2}|[吧呢吗啊呀嘛啦哦])")
"""What breaks off, or the particle of a question or a request: such a line may be whole without a mark."""
_GOES_ON = re.compile(r"[。！？；][”’」』）)]{0,2}[一-鿿]")
"""The next sentence, which no credit, cell or reference has."""
_STOPS = re.compile(r"[。！？!?;；]|(?<!\d)．|\.(?= )")
_FULL_STOP = re.compile(r"[。！？!?]|\.(?= )")
"""A text of one paragraph that has none of these has none at its end, either."""
_MARKS = re.compile(r"[，,。；;：:！？!?]|(?<!\d)．")
_HANGS = re.compile(
    r".*[，、,：:（(《“‘「『]|.*[一-鿿](?:(?<![温缓总饱柔平求共调])和|(?<!参)与|(?<!普)及|或|(?<!火)把|(?<!棉)被|(?<![大名])将"
    r"|(?<![反绝相])对|(?<!服)从|(?<![走方导意去动志倾趋内转])向|以|(?<![理自])由|(?<![存现所实内])在|为了|并且|而且|但是|以及)"
)
"""An end behind which a sentence must go on; some words end so, too (`走向`, `存在`)."""
_COUPLET = re.compile("[一-鿿]{4}，[一-鿿]{4}|[一-鿿]{5}，[一-鿿]{5}|[一-鿿]{7}，[一-鿿]{7}")
_LABELLED = re.compile(r"[一-鿿]{2,6}[:：] ?[^，。；;、:： ]{1,8}(?:[；;、 ][^，。；;、:： ]{1,8})+")
"""Words that a field lists: `关键词：春耕；用水`."""

_BEGUN = re.compile(r"(?![(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]).*[一-鿿]{2}[，,][一-鿿]{2}.*|[一-鿿]{25,}")
_HAN_NAME = r"[一-鿿·]{2,4}"
_CLOSING_LINE = re.compile(
    r".*(?:年.{1,4}月.{1,4}日|谢谢(?:大家)?|此致|敬礼|特此(?:通知|报告|公告|函告|请示|批复)|完|盖章|签[章字名]|日期|电话"
    r"|联系人.{0,20}|.{0,30}[:：] ?_{2,60}|附件.{0,60}|附[:：].{0,60}|公司|委员会|办公室|人民政府"
    r"|局|厅|部|[|×*].{0,40}|\d[\d.,%/ -]{0,30})[:：_ ]*"
)
_LABELS = (
    r"(?:记者|通讯员|特派员|作者|编辑|编审|责编|责任编辑|审核|校对|排版|整理|翻译|译者|供稿|撰稿|摄影|摄像|插图|制图|来源|出处|图片|转自"
    r"|原载|选自|摘自|校订|单位|地址|邮编|邮箱)"
)
_SIGNED = re.compile(
    rf"{_HAN_NAME}(?:[ 、，　]{{1,4}}{_HAN_NAME}){{0,8}}"
    rf"|[^，。；]{{0,12}}{_LABELS}(?:[:：/／].{{0,40}}|[ 　（(《“][^，。；]{{0,40}}"
    rf"|(?:[ 、，　]{{0,4}}{_HAN_NAME})?(?:[ 、，　]{{1,4}}{_HAN_NAME}){{0,7}}[）)]?)"
    r"|(?:[文图字摄编译诗词曲画][/／:：|] ?.{1,30})(?:[ 　][文图摄编][/／:：].{1,30})*"
    r"|.{0,30}(?:摄|报道|供图|供稿|电|编译|主编|ed\.|eds?)"
    r"|(?:[—―–]{1,3}|-{2,3}) ?.{1,30}|- ?.{1,12}"
    rf"|(?:{_HAN_NAME}[，,])?[^，。；]{{0,12}}[一-鿿]{{2,12}}(?:省|市|县|区|镇|乡|村|学校|小学|中学|大学|学院|医院|研究所|中心|协会|集团|报社|出版社)"
    r"|.{0,20}(?:19|20)\d\d[-/.年].{0,20}|[一二三四五六七八九十〇○零年月日于 ]{4,24}(?:.{2,12})?"
)
_ADDRESS = re.compile(
    r".*(?:https?://|www\.|[\w.-]+@[\w.-]+|[A-Za-z0-9-]+\.(?:com|cn|net|org|edu|gov|io|html?))\S*[^一-鿿]{0,20}"
)
_REFERENCE = re.compile(r"(?:\[\d+\]|［\d+］|【\d+】|〔\d+〕|\(\d+\)|注\d*[:：]|参见|参考|见).{2,300}")
_NO_PROSE = re.compile(r"\[[JMDCNPRSZ](?:/OL)?\]|doi ?:|DOI ?:|ISBN|ISSN|第\d+[期卷页]|\t|\||　{2,}| {2,}")
"""What a reference has in it, and what parts the cells of a row."""
_CODE = re.compile(r"[^一-鿿]*[{}<>=;$#\\|/\]\[()_`\"'&*+^%~@A-Za-z0-9][^一-鿿]*")
"""No Chinese at all: code, a formula, a table of numbers, a name in Latin letters."""
_DATED = re.compile(r".*\D(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?")
_BLANK = re.compile(
    r"年[\s_＿]{1,14}月[\s_＿]{1,14}日$|[（(](?:签[字名章]|盖?章)[)）][:：]$|[:：]\s{0,8}[_＿]{2,80}(?:[(（](?:签[字名章]|盖?章)[)）])?$|^附[:：]"
)
"""The end of a form that nobody filled in: a day without figures, a rule to sign on; and what goes with a letter."""
_LABEL = re.compile("[:：]")
_PAUSES = re.compile("[，,。；;！!？?]")
_ITEM = re.compile(r"[（(]?(\d{1,3})[)）.、．](?!\d)")
_KEYED = re.compile(
    r"[A-Za-z](?:[\w.-]{1,60} ?=|\w{0,60}[._-][\w.-]{1,60}:"
    r"|[^\s=:：一-鿿]{0,60} [^=:：一-鿿]{0,80} [^=:：一-鿿]{1,80}[=:]) ?\S.*"
)
"""A value behind its name as files of settings have it, or behind three Latin words, as those of translations do: one
letter or two names are of who speaks."""
_NOTED_ITEM = re.compile(r"(?:[-*+] |\[\^\w{1,20}\]:)[^\n]*[^，,、：:]")
_CELL_END = re.compile(r"[,，](?! )")
MIN_CELL_ENDS, ROWS = 2, 5
"""So many lines with equally many commas, and no fewer than so many, are rows of a table."""
_ROW = re.compile(r"[^，,。；;！!？?]{1,16}(?:[，,][^，,。；;！!？?]{1,16}){2,40}")
"""A row of short cells that commas part: as many in a row as there are, each of any number, are a table, too."""
_CHOICE = re.compile("[(（]?([A-H])[)）.．、]?(?![A-Za-z])")
_OPTION = re.compile(r"(?<![A-Za-z])[A-H](?=[.．、])")
_LAST_OPTIONS = ("ABC", "ABCD", "ABCDE", "ABCDEF", "ABCDEFG", "ABCDEFGH")
"""Letters of the choices of a question, the last of them in the line that ends the text."""


def judge_ending(text: str, *, on_page: bool = False) -> Ending:
    """Judge how a text ends; a text that is empty or ends as texts do is complete.

    `on_page` says that a page stood around the text or above it a title: it is no post or remark.

    >>> judge_ending("今天开会。\\n会后大家分头下乡。\\n文/李明")
    <Ending.COMPLETE: ''>
    """
    *before, last = map(str.strip, text.rstrip().rsplit("\n", MAX_LINES + 1)[-MAX_LINES - 1 :])
    if _MAY_BE_DECORATED.search(last[-MAX_SAID:]):
        last = last[:-MAX_DECORATED] + _DECORATED.sub("", last[-MAX_DECORATED:]) or last
    has_dots = bool(_DOTS.fullmatch(last[-60:]))
    if not has_dots and (_CLOSED.fullmatch(last[-3:]) or _ends_otherwise(last) or _ends_form(before, last)):
        return Ending.COMPLETE
    is_prose = _is_running_prose(before, last, MIN_SENTENCES_ON_PAGE if on_page else MIN_SENTENCES)
    if has_dots:
        return Ending.CUT if is_prose and _WEBSITE_DOTS.fullmatch(last[-60:]) and _is_sentence(last) else Ending.DOTS
    is_begun = on_page and len(last) >= MIN_BEGUN and _BEGUN.fullmatch(last)
    if is_prose and (is_begun or _is_sentence(last) or _hangs(last)):
        if _SPOKEN.fullmatch(last) or _COUPLET.fullmatch(last):
            return Ending.SPEECH
        return Ending.OPEN_LINES if _is_next_item(before, last) else Ending.CUT
    if _is_one_of_many(before, last):
        return Ending.OPEN_LINES if _GOES_ON.search(last) else Ending.COMPLETE
    return Ending.NO_SENTENCE if before and not _is_sentence(last) else Ending.ONE_PARAGRAPH


def is_open(text: str) -> bool:
    """Whether the last line stops where no sentence, date, signature or table ends: a page break may be within it."""
    last = text.rstrip().rsplit("\n", 1)[-1].strip()
    if _DOTS.fullmatch(last[-40:]):
        return True
    if _CLOSED.fullmatch(last[-3:]):
        return False
    return len(last) > MIN_OPEN or not _CLOSING_LINE.fullmatch(last)


def _hangs(line: str) -> bool:
    """Whether a line ends where a sentence must go on."""
    return len(line) >= MIN_HANGING and bool(_HANGS.fullmatch(line[-MIN_HANGING:]))


def _ends_otherwise(last: str) -> bool:
    """Whether a line ends a text without being a sentence: a day, a signature, a credit, an address, code."""
    if _hangs(last):
        return False
    if len(last) > MAX_LINE:
        last = last[-MAX_LINE:]
        return _is_address(last) or _is_row_of_choices(last)
    if _is_row_of_choices(last) or _is_address(last) or _LABELLED.fullmatch(last):
        return True
    if _GOES_ON.search(last):
        return False
    if _NO_PROSE.search(last) or _DATED.fullmatch(last):
        return True
    if len(last) <= MIN_OPEN and _CLOSING_LINE.fullmatch(last):
        return True
    return (len(last) <= 60 and bool(_SIGNED.fullmatch(last))) or bool(
        _REFERENCE.fullmatch(last) or _CODE.fullmatch(last)
    )


def _is_address(line: str) -> bool:
    """Whether a line ends with an address of the web or of mail."""
    return any(mark in line for mark in "./@") and bool(_ADDRESS.fullmatch(line))


def _ends_form(before: Sequence[str], last: str) -> bool:
    """Whether a line is the last of a form, or the last choice of a question, below others of the kind."""
    above = next((line for line in reversed(before) if line), "")
    if len(last) <= MAX_LINE and _BLANK.search(last):
        return True
    if last.endswith((":", "：")) and not _PAUSES.search(last):
        is_field = len(above) <= MAX_FIELD and bool(_LABEL.search(above))
        labels = sum(line.endswith((":", "：")) for line in before[-NEAR:])
        return len(_LABEL.findall(last)) > 1 or is_field or labels >= MIN_LABELS
    if any(form.match(above) and form.fullmatch(last) for form in (_KEYED, _NOTED_ITEM)):
        return True
    if _is_row(before[1 - ROWS :], last):
        return True
    first, second = _CHOICE.match(above), _CHOICE.match(last)
    return bool(first and second and ord(second[1]) - ord(first[1]) == 1)


def _is_row(rows: Sequence[str], last: str) -> bool:
    """Whether a line is a row of cells as those above it are."""
    ends = len(_CELL_END.findall(last))
    if ends < MIN_CELL_ENDS or len(rows) < ROWS - 1:
        return False
    return all(len(_CELL_END.findall(row)) == ends for row in rows) or all(map(_ROW.fullmatch, (*rows, last)))


def _is_next_item(before: Sequence[str], last: str) -> bool:
    """Whether a line is the next item of a list whose last one above has no mark at its end either."""
    above = next((line for line in reversed(before) if line), "")
    first, second = _ITEM.match(above), _ITEM.match(last)
    follows = first and second and int(second[1]) - int(first[1]) == 1
    return bool(follows) and not _CLOSED.fullmatch(above[-3:]) and not _HANGS.fullmatch(last)


def _is_row_of_choices(line: str) -> bool:
    """Whether a line ends with the choices of a question (`A.甲 B.乙 C.丙`)."""
    return "".join(_OPTION.findall(line)).endswith(_LAST_OPTIONS)


def _is_sentence(line: str) -> bool:
    """Whether a line is running prose: long with a mark inside, or with two marks, not all of them colons."""
    marks = len(_MARKS.findall(line[:-1]))
    return (marks >= 2 and bool(_PAUSES.search(line))) or (marks >= 1 and len(line) >= MIN_OPEN)


def _is_running_prose(before: Sequence[str], last: str, sentences: int) -> bool:
    """Whether the text is prose whose other paragraphs, or whose sentences in a single one, all end."""
    paragraphs = [line for line in before if len(line) >= MIN_PARAGRAPH and ("。" in line or _STOPS.search(line))]
    closed = sum(bool(_CLOSED.fullmatch(line[-3:])) or line[-1] in "：:" for line in paragraphs)
    if len(paragraphs) < MIN_CLOSED:
        whole = "".join([*paragraphs, last])
        return len(_STOPS.findall(whole)) >= sentences and bool(_FULL_STOP.search(whole))
    return closed >= MIN_CLOSED_SHARE * len(paragraphs)


def _is_one_of_many(before: Sequence[str], last: str) -> bool:
    """Whether the lines above end without a mark as well: verses, items, rows."""
    near = [line for line in before[-8:] if line]
    open_lines = [line for line in near if not _CLOSED.fullmatch(line[-3:])]
    return 2 * len(open_lines) >= len(near) > 0 and len(last) <= 2 * max(map(len, open_lines))
