"""The title again at the head of the text, on lines of its own or glued to the first sentence, also varied."""

from __future__ import annotations

import re

from cleaners.judging.titles import comparable, plain
from cleaners.model import Edit
from cleaners.text.normalized import normalize

_GOES_ON = '(（的是为了于由与和及,，。:：、!?;…》”"])）要将已经以指对在中里内上篇之'
"""How a sentence goes on that merely begins with the words of the title."""
_LATIN_ON = re.compile(r"(?<=[a-z\d]) +[a-z]")
"""How one of Latin letters does."""

_CLOSING = {
    "【": "】",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "“": "”",
    '"': '"',
    "[": "]",
    "#": "#",
    "(": ")",
    "（": "）",
}
"""What closes a bracket in which the page has set the title; NFKC has made the wide ones narrow."""

_QUOTING = frozenset('》〉」』”"')
"""Behind these a sentence about the title goes on; other brackets only set it off."""

_HEADING = re.compile(r"\s*#{2,6} ")
"""A heading of Markdown, which its writer's source keeps."""

_FIRST_LINES = 400

MIN_CORE = 8
"""Letters of the shortest title that is recognised in another form."""
MAX_ORNAMENT = 40
"""Characters between two copies of a title."""
_YEAR = r"(?:(?:19|20)\d\d年?度?|\d\d年度?|[〇○零一二三四五六七八九]{4}年度?)"
_BRAND = r"(?:[-_|·]{1,2}|—(?!—)) ?[一-鿿]{2,6}"  # two dashes stand before a subtitle
_ORNAMENT = re.compile(
    rf"(?:{_YEAR}|[【\[][^】\]\s]{{2,8}}[】\]]|最新|精选|精品|完整版|整理版|范文|参考|\.(?:docx?|pdf|pptx?|txt)"
    rf"|{_BRAND}(?=$|[^一-鿿])|{_BRAND}$|[\s\-—_|·:,.()\[\]\"《》“”【】#])*",
    re.IGNORECASE,
)
"""What sites and uploaders hang before, between and behind two copies of a title: years, brands, endings, marks."""
_CORE_HEAD = re.compile(rf"^(?:{_YEAR}|[【\[(（][^】\])）]{{1,12}}[】\])）]|\d+[.、])+")
_CORE_TAIL = re.compile(r"[(（【\[][^()（）【】\[\]]{1,12}[)）】\]]$")
_VARIED_TAIL = re.compile(rf"{_CORE_TAIL.pattern[:-1]}(?=\n(?!\s*篇))")
"""Other words in brackets than the title's own: `(三篇)`, `(精选3篇)`."""
_NUMBER = re.compile(r"[(（【\[](?:第|篇|之)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）】\]](?=\s*$)", re.MULTILINE)
"""What numbers one part of a collection, in brackets of their own: `(1)`, `【一】`."""
_BEGINS = re.compile(r"(?:同志们|各位|尊敬的|大家好|女士们|[一二三1][、.]|[(（][一1][)）]|第[一二]|今天)")
"""How a text begins that is glued to its title."""
_COLLECTION = re.compile(
    r"\s*(?:[(（][^()]{1,8}[)）])?\s*(?:篇[一二三四五六七八九十\d]|第[一二三四五六七八九十\d]{1,3}篇)"
)
_PART = re.compile(
    r" ?(?:篇|[(（\[【]? ?(?:第|篇)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})篇?[)）\]】]?(?=\s*$))", re.MULTILINE
)
"""What behind the title makes its line the head of one part of a collection: `TITLE 篇1`, `TITLE1`, `TITLE(一)`."""
_STAMP = re.compile(rf"(?: ?[(（]{_YEAR}[)）])?(?: ?{_BRAND})?(?:\.(?:docx?|pdf|txt))?(?=\s)")
_WORDS_ON = re.compile(r"精神|要求|以来|期间|强调|指出|印发|下发|规定")
"""More words with which a sentence goes on behind the words of the title."""
_JOINED = re.compile(r"[。!?;:](?:[一二三]、|[(（][一二三1-3][)）])")
"""A heading right behind a sentence: the page has lost its line breaks, that behind the title as well."""


def edits(text: str, title: str | None) -> list[Edit]:
    """Return the edits that remove the title from the head of `text`, however often it stands there.

    >>> edits("年度工作讲话 同志们：今天", "年度工作讲话")
    [Edit(start=0, end=7, new='', rule='title.repeat')]
    """
    name = plain(title or "")
    if len(name) < 4 or _HEADING.match(text):
        return []
    size = _FIRST_LINES + len(title or "")
    done = _repeated(looked_through := normalize(text[:size]), name)
    if done > size // 2 and size < len(text):  # who knows how many more stand there
        done = _repeated(looked_through := normalize(text), name)
    done = max(done, _varied(looked_through, title or ""))
    return [Edit(0, done, "", "title.repeat")] if 0 < done < len(text) else []


def _repeated(text: str, name: str) -> int:
    """Return where copies of the title end at the head of `text`; 0 where there is no sure one."""
    at = done = 0
    found = _match(text, at, name)
    while found is not None:
        end = _closed(text, at, found)
        if end is None:
            break
        if _PART.match(text, end):
            break
        end = _hung(text, at, end, name)
        at = end
        while at < len(text) and text[at] in " \n\r\t":
            at += 1
        if (at == end and text[end - 1] in _QUOTING) or _LATIN_ON.match(text, end):
            break
        found = _match(text, at, name)
        if found is None and at < len(text) and _goes_on(text, end, at, name):
            break
        done = at
    return done


def _goes_on(text: str, end: int, at: int, name: str) -> bool:
    """Whether what stands at `at`, behind a title that ends at `end`, is a sentence of which the title is the subject.

    Glued to it only what begins a text is none, or anything where lines are joined; behind a blank what explains a
    name, or goes on.
    """
    if at == end:
        goes_on = len(name) < 8 or text[at] in _GOES_ON or bool(_WORDS_ON.match(text, at))
        begins = _BEGINS.match(text, at) or text.startswith("——", at) or _JOINED.search(text, at)
        return goes_on or not begins
    return "\n" not in text[end:at] and text[at] in _GOES_ON


def _hung(text: str, start: int, end: int, name: str) -> int:
    """Return the end of a title's copy with what hangs on it in brackets: of the line where that is all of it."""
    if text[end : end + 1] != "(":
        return end
    line_end = text.find("\n", end)
    return line_end if line_end > 0 and comparable(text[start:line_end]) == name else end


def _closed(text: str, start: int, end: int) -> int | None:
    """Return the end of a title found at `start` with the brackets closed that open it; None if one stays open."""
    expected: list[str] = []
    in_title = False
    for char in text[start:end]:
        in_title = in_title or char.isalnum()
        if expected and char == expected[-1]:
            expected.pop()
        elif not in_title and char in _CLOSING:
            expected.append(_CLOSING[char])
    while expected and text[end : end + 1] == expected[-1]:
        end += 1
        expected.pop()
    return None if expected else end


def _varied(text: str, title: str) -> int:
    """Return where copies of the title in other forms end at the head of `text`; 0 where there is no sure one.

    Each copy is the title but for a year in front and what stands in brackets behind; years, stamps of sites and marks
    may stand between two copies. The last one must end at a blank, a line's end, or the first words of a speech: else a
    sentence goes on with the words of the title.
    """
    core = plain(_CORE_TAIL.sub("", _CORE_HEAD.sub("", title)))
    if len(core) < MIN_CORE:
        return 0
    at = done = copies = 0
    while True:
        begin = _begin(text, at, core)
        end = _match(text, begin, core) if begin is not None else None
        closed = _closed(text, at, end) if end is not None else None
        if closed is None:
            break
        at = done = closed
        copies += 1
    is_part = bool(_NUMBER.match(text, done)) and not _NUMBER.search(title)
    if copies and not is_part and _CORE_TAIL.search(title) and (tail := _VARIED_TAIL.match(text, done)):
        done = tail.end()
    if stamp := _STAMP.match(text, done):
        done = stamp.end()
    below = text[done:]
    if not copies or _COLLECTION.match(below) or _PART.match(below):
        return 0
    if (
        _LATIN_ON.match(text, done)
        or not (below[:1].isspace() or _BEGINS.match(below))
        or below.lstrip()[:1] in tuple(_GOES_ON)
    ):
        return 0
    return done + len(below) - len(below.lstrip())


def _begin(text: str, at: int, core: str) -> int | None:
    """Return where the next copy of `core` begins if only ornament stands between `at` and it."""
    near = text[at : at + MAX_ORNAMENT].lower()
    offset = near.find(core[0])
    while offset >= 0 and (_match(text, at + offset, core) is None or not _ORNAMENT.fullmatch(text, at, at + offset)):
        offset = near.find(core[0], offset + 1)
    return at + offset if offset >= 0 else None


def _match(text: str, start: int, name: str) -> int | None:
    """Return where `name` ends if the text from `start` reads so, blanks and marks looked over."""
    at, wanted = start, 0
    while wanted < len(name):
        if at >= len(text):
            return None
        char = text[at].lower()
        if char == name[wanted]:
            wanted += 1
        elif char.isalnum():
            return None
        at += 1
    return at
