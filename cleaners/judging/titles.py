"""How a title reads without what sites hang on it, and what two writings of one title share."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaners.text.normalized import normalize, visible

MAX_TITLE = 200
"""Characters above which no line is compared with a title."""

MAX_TIDIED = 2 * MAX_TITLE
"""Characters of the longest title with all that sites hang on it."""

SITE_BEHIND = re.compile(r"\s*[-_|–—]")
"""How the site's name begins behind the title in a `title` element."""

UNTITLED = "无题"
"""What an exported file of a document without a title has in the title's place."""

TYPES = "docx?|pptx?|xlsx?|pdf|txt|zip|rar|wps|rtf|dwg|caj|ppsx?"
_EXTENSION = re.compile(rf"(?:docx?|pdf|pptx|xlsx)?(?i:(?: ?\.(?:{TYPES}))*(?: ?\.({TYPES}))$)")
_FILE_NAME = re.compile(r"(?i)[^。;!?]{2,150}\.(?:docx?|pptx?|xlsx?|pdf|zip|rar|wps|ppsx?)")
MAX_ENDING = 6
"""Characters of the longest ending of a file, with its dot and a line feed behind it."""
_MARKS = re.compile(r"[\W_][\W_]*")  # not `+`: `re` looks for a first character fast
_FIRST_OF_SERIES = re.compile(
    r"([^\n]*?[一-鿿)）】》])(?:(?<=范文) ?[(（]?[一1][)）]?| ?[(（]?篇 ?[一1][)）]?|(?<![图表])1)"
)
"""The heading of the first of several texts: a number behind a word, which a title itself does not end with, and
which is no word for a figure."""
_FIRST_ENDS = "一1)）"
"""The characters that such a heading may end with: others are not asked further."""
COUNT = re.compile(r"[一-鿿]{0,4}(?:\d{1,2}|[一二三四五六七八九十]{1,3})篇[一-鿿]{0,4}")
"""How many texts a page has, behind what it calls them (of letters alone)."""
MIN_SERIES = 4
"""Letters of the shortest name of several texts."""
_TAILS = re.compile(
    r"(?=[ .(（[【|_–—\-#VPpWw12柠])(?:(?<=[\w)）》])\.(?i:" + TYPES + r")[-_|].{1,30}"
    r"| ?[(（](?:共 ?\d+ ?页|(?:DOC|PPT|PDF|DOCX)? ?\d+ ?页|DOC|DOCX|PDF|PPT)[)）]"
    r"| ?(?:VIP免费|VIP专享|VIP专免)|柠檬文苑"
    r"|[(（](?:新创|已?改|已改无错字|编辑修改稿|完整版|整理版|精编版|可编辑)[)）]|[(（] [一二三四五六七八九十] [)）]"
    r"| ?[(（]第 ?\d{1,3} ?页[)）]| ?\[(?:打印本页|复制链接|打印|收藏)\]|(?<=\w)#\d{1,4}| [Pp]\.? ?\d{1,4}"
    r"| (?:下载(?:公告|全文|文档|附件)?|收藏|打印|分享|举报|纠错|复制链接)"
    r"| ?(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d(?::\d\d)?)?"
    r"|_\d{2,5}字|[(（][^()（）]{0,4}\d{2,4}字[^()（）]{0,12}[)）]|[ _-]第 ?\d+ ?页"
    r"| ?[(（] ?(?:第 ?)?\d{0,3} ?/ ?\d{1,3} ?页?[)）]"
    r"|(?<=[^作词语单])[Ww]ord(?:文档)?下载(?:阅读)?"
    r"| ?[-_–—|] ?(?:[\w-]+\.)+(?:com|cn|net|org|cc|tw|info|hk|top|vip)"
    r"| ?[-_–—|] ?[^-_–—|,。]{0,16}(?:网|文库|文苑|文档|范文|之家|平台|网站|文库吧|免费阅读|在线阅读|博客|百科)"
    r"|(?: ?[-_|] ?| [–—] )[^-_–—|,。 ]{0,12}(?:大全|下载|论坛|社区|频道|题库|资料库?)"
    r"|(?<=.{8})_(?!.{0,8}[稿版篇卷章集部期答解简])[一-鿿A-Z\d][一-鿿A-Za-z\d]{0,7}[一-鿿A-Z]"
    r"|(?<=[^_]{10})(?: - |-)[一-鿿]{1,6}(?:城|吧|窝|资讯|知识|频道|专区)|(?<=[^_]{10}) - [一-鿿]{2,6}"
    r"|(?<=[^_]{10})(?: [一-鿿A-Za-z\d]{2,12}频道|【[一-鿿]{2,8}(?:app|APP)】)"
    r"|(?:[-_][一-鿿]{0,6}(?P<sort>日记|作文|范文|论文|故事|小说))(?:[-_][一-鿿]{0,6}(?P=sort))+)$"
)
"""What sites hang behind a title; with which characters it begins stands first, so that few places are tried."""
SORTS = "转载|转贴|原创|分享|求助|讨论|推荐|图文|多图"
"""The kinds of a post, which boards have its writer set in brackets before a title."""
_SET_OFF = re.compile(
    rf"^(?:(?:\[(?:{SORTS})\]){{2,3}}(?![(\[{{]) ?"
    r"|\[[A-Za-z]{0,6}[一-鿿]{1,6}\](?![(\[{]) ?|\d{1,2}(?=《)"
    r"|[A-Za-z\d]{2,10}[一-鿿]{2,6}(?:官方网站|官网)(?=.{8})|([一-鿿]{2,4})\|(?=\1)"
    r"|(?:[原荐顶精热] ){2,4}(?=[^ ]{2})|[》」›»](?=[^《「‹«]{4,}$)"
    r"|(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F◇◆★☆●■□▲△] ?)+|(?:#{1,6}|={1,6}|\*{1,6}) (?=\S))"
    r"|(?: ?[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F◇◆★☆●■□▲△])+$"
)
"""A board's name before a title, its badges (two in a row), a section's that the title begins with, the end of a path's
arrow or of brackets, ornament, and the mark of a heading in Markdown, AsciiDoc and Org.

What brackets follow is the name of a link or a span of Markdown, and no board's."""
_TWICE = re.compile(r"(.{6,60}) \1")
_SAID_AGAIN = re.compile(r"(.*(.{2,8}).*)_\2")
"""A title with the name of its section behind it, which is a word of the title."""
_OF_SECTION = re.compile(r"((..).*(..)) -\2[^-]{0,8}\3")
"""A title with the name of its section behind a dash that no blank follows: both begin and end in the same words."""
_OF_ACT = re.compile(r"[一-鿿]{2,8}[〔\[(（]\d{4}[〕\])）] ?(?:第 ?)?\d{1,4} ?号 ?《(.{4,})》")
"""The number of an official paper before its title."""
_PATENT = re.compile(r"((?:一种|基于|用于|具有).{4,120}?)(?:的制作方法|的?制造方法与工艺|与流程|的制造方法及图纸)")
"""The name of an invention, with what sites of patents hang on it for search engines."""
_OF_PUPIL = re.compile(
    r"(?:[^《》|]{2,8}\|)?[^《》]{2,24}(?:小学|中学|学校|学院|班[)）]?) ?[一-鿿·]{2,4} ?《([^《》]{2,60})》"
)
"""Who wrote it, and at which school, before a title."""
_FRAMED = re.compile(r"【(?=[^【】]{4,}】$)(.*)】|\*\*(?=[^*]{4,}\*\*$)(.*)\*\*")
HAN = re.compile("[一-鿿]")
HUNG = re.compile(r" [-–—|·_~] |--|[_|–]|(?<![\d—])[-—](?![\d—])")
_HEADS = re.compile(
    r"^(?:\d{2,4}[.、](?:[^\d])|(?:正文|首发 ?[:：] ?~?) ?(?=第 ?[一二三四五六七八九十百千零〇\d]{1,7} ?[章回节])"
    r"|第一?1?篇 ?[:：]? ?|篇[一1] ?[:：] ?(?:\d{1,2}[.、] ?)?|(?:标题|书名"
    r"|(?:文[档件章]|资[料源]|作品|课件|论文|专利)(?:名称|标题|题目)) ?[:：] ?)"
)
SITE_NAME = re.compile(
    r"[^\W_]{0,10}(?:网|网站|有限公司|文库|论坛|家园|之家|频道|首页|主页|APP|大全|文档|社区|平台|资料库"
    r"|(?:资料|文档|文件|软件|免费)下载)"
    r"|[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}|[一-鿿]{2,8}网 [一-鿿]{2,6}"
)
"""The form of a site's name, or of the name of one of its sections."""


def plain(title: str) -> str:
    """Return what two writings of one title share: no blanks, marks or file ending; for comparison only.

    >>> plain("2023年工作会议讲话 .docx") == plain("2023年工作会议讲话")
    True
    """
    return _known(title) if len(title) <= MAX_TITLE else letters(normalize(title))


def without_first(title: str) -> str:
    """Return what the heading of the first of several texts calls all of them; any other title as it is.

    >>> without_first("秋收见闻篇1")
    '秋收见闻'
    """
    text = title.strip()
    found = _FIRST_OF_SERIES.fullmatch(text) if text[-1:] in _FIRST_ENDS else None
    return found[1] if found and len(letters(found[1])) >= MIN_SERIES else title


def heads_first(text: str) -> bool:
    """Whether a line is the heading of the first of several texts."""
    return without_first(text) != text


def letters(seen: str) -> str:
    """Return `plain` of a line as rules see it."""
    return _known_line(seen) if len(seen) <= MAX_TITLE else _letters(seen)


def _letters(seen: str) -> str:
    return without_marks(_without_ending(seen))


def without_marks(seen: str) -> str:
    """Return the letters and digits of a text, in small letters; for comparison only."""
    return _MARKS.sub("", seen).lower()


def _without_ending(title: str) -> str:
    return _EXTENSION.sub("", title) if "." in title[-MAX_ENDING:] else title


_known = lru_cache(maxsize=1024)(lambda title: _letters(normalize(title)))
_known_line = lru_cache(maxsize=4096)(_letters)  # a site's menu comes again on each of its pages


@lru_cache(maxsize=1024)  # several stages ask for that of one page
def tidy(title: str) -> str | None:
    """Return a title without file endings, page counts, site names and other things sites hang on it.

    A line longer than a title can be is only rid of blanks: it is text, and may be all of a page.
    """
    before, text = None, " ".join(visible(title).split())
    if len(text) > MAX_TIDIED:
        return text
    if text.startswith("类型") and has_extension(text):
        text = text[2:]
    while before != text:
        before = text
        text = _TAILS.sub("", _without_ending(text)).strip(" -_|·•")
        head = _HEADS.match(text)
        if head and len(text) - head.end() >= 4:
            text = text[head.end() - (1 if text[0].isdigit() else 0) :].strip()
        if text == before:
            text = _unframed(text)
    return text if text and text != UNTITLED else None


def _unframed(title: str) -> str:
    """Return a title without ornament, its double, and marks around all of it."""
    text = _SET_OFF.sub("", title)
    if twice := (
        _TWICE.fullmatch(text)
        or ("_" in text[-9:] and _SAID_AGAIN.fullmatch(text))
        or (" -" in text and _OF_SECTION.fullmatch(text))
    ):
        text = twice[1]
    if named := _OF_ACT.fullmatch(text) or _PATENT.fullmatch(text) or _OF_PUPIL.fullmatch(text):
        text = named[1]
    if framed := _FRAMED.fullmatch(text):
        text = framed[1] or framed[2]
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text.strip()


def comparable(title: str) -> str:
    """Return what two writings of one title share when what sites hang on them is off; for comparison only.

    >>> comparable("2023年工作会议讲话_第2页") == comparable("2023年工作会议讲话.docx")
    True
    """
    return plain(tidy(title) or title)


@lru_cache(maxsize=1024)
def bare(title: str) -> str:
    """Return the piece with most Han of a title that sites hang their names and sections on.

    >>> bare("文秘老屋--书信大观--写给校友会的一封信")
    '写给校友会的一封信'
    """
    return max(HUNG.split(title), key=lambda piece: (len(HAN.findall(piece)), len(piece)))


def has_extension(text: str) -> bool:
    """Whether a line is a file's name."""
    return bool(_FILE_NAME.fullmatch(text))


def file_type(text: str) -> str | None:
    """Return the ending of a file's name, None if a title has none."""
    found = _EXTENSION.search(text) if "." in text[-MAX_ENDING:] else None
    return found.group(1) if found else None


def is_site_name(title: str) -> bool:
    """Whether all pieces of what a page calls its title have the form of a site's name, or of one of its sections."""
    return all(map(SITE_NAME.fullmatch, filter(None, map(str.strip, HUNG.split(title)))))
