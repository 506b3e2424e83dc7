"""Which line of a page is the document's title, and how a title reads without what sites hang on it."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaners.judging.letter_parts import NUMBER
from cleaners.judging.page_lines import Line
from cleaners.noise.boilerplate_wording import KIND
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
MAX_ENDING = 6
"""Characters of the longest ending of a file, with its dot and a line feed behind it."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKS = re.compile(r"[\W_]+")
_GLUED = re.compile(
    r"((?:在|市委|县委|区委|省委|[一-鿿]{0,12}(?:书记|市长|县长|区长|局长|主任|厅长|部长))[^。;!?,]{4,60}?(?:讲话|发言|致辞|主持词|党课)(?:稿|文稿|提纲)?)"
    r"(?:同志们|各位|尊敬的|大家好|今天|刚才|对此|近年来|为|这次|[(]|[一二三]、|\d{4}年|[一二三四五六七八九十\d]{1,2}篇)"
)
_GLUED_KIND = re.compile(
    rf"([^。;!?,:、()]{{2,36}}{KIND})(?=甲方|第[一1][章条]|[一1]、(?:总则|总体|目的|指导)|目录|摘要|编制单位"
    r"|(?:授课|主讲|汇报|编制|主持)(?:人|单位|老师|教师) ?:)"
)
"""A document of a kind and how such a document begins."""
_GLUED_FILE = re.compile(rf"(?i)([^。;!?,:.]{{4,60}})\.(?:{TYPES})(?=[一-鿿\d《“(（])")
"""The name of a file that its text follows at once."""
_BRACKETED = re.compile(
    r"【((?!.{0,12}(?:记者|通讯员|本报|编者|导读))[^【】。;!?]{6,60})(?<![电讯道])】(?=[^【】]{20})"
)
"""A title in brackets that its text follows at once; shorter ones are labels."""
_FIRST_PART = re.compile(r"(.{6,60}?) ?篇[一1]")
_FIRST_OF_SERIES = re.compile(r"([^\n]*?[一-鿿)）】》])(?:(?<=范文) ?[(（][一1][)）]| ?[(（]?篇 ?[一1][)）]?|1)")
"""The heading of the first of several texts: a number behind a word, which a title itself does not end with."""
MIN_SERIES = 4
"""Letters of the shortest name of several texts."""
_DOUBLED = 6, 60
"""Shortest and longest title that can stand twice in a row at the head of a text."""
_FILE_NAME = re.compile(r"(?i)[^。;!?]{2,150}\.(?:docx?|pptx?|xlsx?|pdf|zip|rar|wps|ppsx?)")
_TAILS = re.compile(
    r"(?=[ .(（[|_–—\-#VPpWw12柠])(?:(?<=[\w)）》])\.(?i:" + TYPES + r")[-_|].{1,30}"
    r"| ?[(（](?:共 ?\d+ ?页|(?:DOC|PPT|PDF|DOCX)? ?\d+ ?页|DOC|DOCX|PDF|PPT)[)）]"
    r"| ?(?:VIP免费|VIP专享|VIP专免)|柠檬文苑"
    r"|[(（](?:新创|已?改|已改无错字|编辑修改稿|完整版|整理版|精编版|可编辑)[)）]|[(（] [一二三四五六七八九十] [)）]"
    r"|_第\d+页| ?\[(?:打印本页|复制链接|打印|收藏)\]|(?<=\w)#\d{1,4}| [Pp]\.? ?\d{1,4}"
    r"| (?:下载(?:公告|全文|文档|附件)?|收藏|打印|分享|举报|纠错|复制链接)"
    r"| ?(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d(?::\d\d)?)?"
    r"|_\d{2,5}字|[(（][^()（）]{0,4}\d{2,4}字[^()（）]{0,12}[)）]|[ _-]第 ?\d+ ?页"
    r"| ?[(（] ?(?:第 ?)?\d{0,3} ?/ ?\d{1,3} ?页?[)）]"
    r"|(?<=[^作词语单])[Ww]ord(?:文档)?下载(?:阅读)?"
    r"| ?[-_–—|] ?(?:[\w-]+\.)+(?:com|cn|net|org|cc|tw|info|hk|top|vip)"
    r"| ?[-_–—|] ?[^-_–—|,。]{0,16}(?:网|文库|文苑|文档|范文|之家|平台|网站|文库吧|免费阅读|在线阅读|博客|百科)"
    r"|(?: ?[-_|] ?| [–—] )[^-_–—|,。 ]{0,12}(?:大全|下载|论坛|社区|频道|题库|资料库?)"
    r"|(?:[-_][一-鿿]{0,6}(?P<sort>日记|作文|范文|论文|故事|小说))(?:[-_][一-鿿]{0,6}(?P=sort))+)$"
)
"""What sites hang behind a title; with which characters it begins stands first, so that few places are tried."""
_SET_OFF = re.compile(
    r"^(?:\[[A-Za-z]{0,6}[一-鿿]{1,6}\] ?|\d{1,2}(?=《)|[A-Za-z\d]{2,10}[一-鿿]{2,6}(?:官方网站|官网)(?=.{8})"
    r"|([一-鿿]{2,4})\|(?=\1)|(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F◇◆★☆●■□▲△] ?)+|#{1,6} (?=\w))"
    r"|(?: ?[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F◇◆★☆●■□▲△])+$"
)
"""A board's name before a title, a section's that the title begins with, ornament, and the mark of Markdown."""
_TWICE = re.compile(r"(.{6,60}) \1")
_SAID_AGAIN = re.compile(r"(.*(.{2,8}).*)_\2")
"""A title with the name of its section behind it, which is a word of the title."""
_OF_ACT = re.compile(r"[一-鿿]{2,8}[〔\[(（]\d{4}[〕\])）] ?(?:第 ?)?\d{1,4} ?号 ?《(.{4,})》")
"""The number of an official paper before its title."""
_PATENT = re.compile(r"((?:一种|基于|用于|具有).{4,120}?)(?:的制作方法|的?制造方法与工艺|与流程|的制造方法及图纸)")
"""The name of an invention with what sites of patents hang on it for engines."""
_OF_PUPIL = re.compile(
    r"(?:[^《》|]{2,8}\|)?[^《》]{2,24}(?:小学|中学|学校|学院|班[)）]?) ?[一-鿿·]{2,4} ?《([^《》]{2,60})》"
)
"""Who wrote it, and at which school, before a title."""
_FRAMED = re.compile(r"【(?=[^【】]{4,}】$)(.*)】|\*\*(?=[^*]{4,}\*\*$)(.*)\*\*")
_HAN = re.compile("[一-鿿]")
HUNG = re.compile(r" [-–—|·_~] |--|[_|–]|(?<![\d—])[-—](?![\d—])")
_HEADS = re.compile(
    r"^(?:\d{2,4}[.、](?:[^\d])|第一?1?篇 ?[:：]? ?|篇[一1] ?[:：] ?(?:\d{1,2}[.、] ?)?|(?:标题|书名) ?[:：] ?)"
)
SITE_NAME = re.compile(
    r"[^\W_]{0,10}(?:网|网站|有限公司|文库|论坛|家园|之家|频道|首页|主页|APP|大全|文档|社区|平台|资料库"
    r"|(?:资料|文档|文件|软件|免费)下载)"
    r"|[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}"
)
"""The form of a site's name, or of the name of one of its sections."""
_ARROWS = re.compile(r"[›»→▸⟩≫]|>")
PART = "第 ?[一二三四五六七八九十百零〇\\d]{1,7} ?[集卷部章回节]"
"""How a part of a story is numbered: several of them in a row are a title, no menu."""
_ROW_OF_WORDS = re.compile(
    rf"(?!{PART})(?:[^ |·:]{{1,6}}: ?)?[一-鿿]{{2,6}}(?:(?:(?: ?[|·/] ?| )[一-鿿]{{2,6}}){{2,}}"
    rf"|(?: [一-鿿]{{2,6}}| [一-鿿]{{0,4}}[A-Za-z+]{{2,12}}){{4,}})"
)
"""A path, a menu: lines of the frame that are no title."""
_PERSON = "(?:[一-鿿]{2,3}|[一-鿿] [一-鿿])"
"""A name as the head of a paper has it."""
_UNLIKELY = re.compile(
    r"(?:【提纲】|【摘要】|核心提示|提纲|同志们|各位|尊敬的|甲方|乙方|关键词|摘要|目录|来源|作者|编号|附件"
    r"|(?:(?:文[档件]?|版本|合同|资料)?(?:编号|[序文版]号|版本)|编制|审[核批]|批准|拟制"
    r"|(?:资料|作品|信息|所属)?(?:类型|类别|分类|栏目)|学科|科目|年级|教材"
    r"|单位|部门|姓名|时间|日期|地点|主持|记录|学校|班级|年龄|(?:指导|辅导)(?:老师|教师)|证券(?:代码|简称)|公告编号) ?:"
    r"|第[一二三四五六七八九十\d]+[章节条]|[一二三四五六七八九十]+[、:]|[(]?[一二三四五六七八九十\d]+[)、.]"
    r"|[A-Za-z\d]{1,3}[.、)]).{0,200}|[^:]{1,8} ?: ?(?!.*[一-鿿]{6})[\w./-]*\d[\w./-]*(?!\w)"
    r"|[^:]{1,8} ?: ?\d[\d.,]* ?[一-鿿]{1,2}|.?[本全总共].{0,4}?\d[\d,]* ?字"
    rf"|[■●▲◎○]?{_PERSON}(?:[,、;]{_PERSON}){{1,8}}"
    rf"|[■●▲◎○]?{_PERSON}(?: {_PERSON}){{2,12}}|[■●▲◎○]{_PERSON}(?: {_PERSON})?"
    r"|[一-鿿·]{2,4}(?: ?[(]| )(?:[一-鿿]{0,4}(?:医师|医生|教授|律师|研究员))[)]?"
    r"|[一-鿿]{4,24} [一-鿿·]{2,4} ?(?:[一-鿿]{0,4}(?:医师|教授|律师))"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,80}(?:通过|批准|公布|发布|修[订正改]|施行)"
    r"|[(].{1,60}[)]|[(](?![荐精热新])[一-鿿]{1,2}[)].{0,100}|(?:设为首页|加入收藏|收藏本站|返回首页).{0,40}"
    r"|.{0,30}(?<!\d)\d{1,2}:\d\d:\d\d"
    r"|.{1,60}篇[一二三四五六七八九十\d]{1,3}|(?:读取|加载|载入)中.{0,20}|.{0,30}(?:加载中|请点击|请刷新|请稍[候等])[.…,].*"
    r"|(?:策划|执行|撰文|编[辑审]|摄影|文|图) ?/.{1,20}"
    r"|\[[一-鿿]{2,8}(?: ?\| ?[一-鿿]{2,8})+\]|图片名称|最新公告.{0,20}|注册时间|最后登[录陆]|填写联系方式"
    r"|(?:请安装|终身免费|添加到主屏幕).{0,12}|.{0,12}免费小说(?:APP|软件)"
    r"|.{2,30}[级\d)一二三四五六七八九十] ?班 ?[一-鿿·]{2,4}"
    r"|.{0,16}人(?:赞过|点了?赞|觉得很?赞|赞同).{0,6}"
    r"|(?:选择?|切换)(?:城市|地区|语言|版本).{0,40}"
    r"|.{0,16}(?:登[录陆]|注册).{0,2}[后才可].{0,3}(?:显示|查看|阅读|下载|浏览|看到)"
)


_QUOTED = re.compile("“[^“”]{2,20}”,[^“”]*$")
"""A headline that begins with what somebody said: it may have a clause more."""
_FULL_STOP = re.compile(r"[一-鿿]\.$")
"""The end of a sentence where a text of formulas has dots for full stops."""
_LONE_DAY = re.compile(
    r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?(?: ?(?:星期|周).)?(?: \d{1,2}:\d\d(?::\d\d)?)?"
)


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
    found = _FIRST_OF_SERIES.fullmatch(title.strip())
    return found[1] if found and len(letters(found[1])) >= MIN_SERIES else title


def heads_first(text: str) -> bool:
    """Whether a line is the heading of the first of several texts."""
    return without_first(text) != text


def letters(seen: str) -> str:
    """Return `plain` of a line as rules see it."""
    return _known_line(seen) if len(seen) <= MAX_TITLE else _letters(seen)


def _letters(seen: str) -> str:
    return _MARKS.sub("", _without_ending(seen)).lower()


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
    if twice := _TWICE.fullmatch(text) or ("_" in text[-9:] and _SAID_AGAIN.fullmatch(text)):
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


def may_be_title(line: Line) -> bool:
    """Whether a line has a title's form: short, no sentence, no numbering."""
    return is_titular(line.normalized) if len(line.normalized) <= 150 else False


@lru_cache(maxsize=4096)
def is_titular(text: str) -> bool:
    """Whether what a line says has a title's form."""
    if has_extension(text):
        return True
    if (
        not 4 <= len(text) <= 90
        or text[-1] in "。;:!,、…"
        or text[0] in ".,;:!?、)]"
        or "。" in text
        or _FULL_STOP.search(text)
    ):
        return False
    if text.count(",") > 1 + bool(_QUOTED.match(text)):
        return False
    if _ARROWS.search(text) or is_row(text):
        return False
    if NUMBER.fullmatch(text):
        return False
    letters = len(_HAN.findall(text)) + len(_WORD.findall(text))
    return letters >= 3 and not is_day(text) and not _UNLIKELY.fullmatch(text)


def is_row(text: str) -> bool:
    """Whether a line is a row of words, as menus and paths are."""
    return bool(_ROW_OF_WORDS.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether a line is a day, its weekday and time, and nothing else."""
    return bool(_LONE_DAY.fullmatch(text))


def has_extension(text: str) -> bool:
    """Whether a line is a file's name."""
    return bool(_FILE_NAME.fullmatch(text))


def glued(text: str) -> str | None:
    """Return the title that a text run together begins with: a speech's title before its greeting, or a title twice.

    >>> glued("在全县大会上的讲话同志们:今天开会")
    '在全县大会上的讲话'
    """
    head = text.lstrip()[: 2 * _DOUBLED[1]]
    for length in range(_DOUBLED[1], _DOUBLED[0] - 1, -1):
        if head[:length] == head[length : 2 * length] and not any(mark in head[:length] for mark in "。;!?,"):
            return head[:length]
    forms = (_GLUED, _GLUED_KIND, _GLUED_FILE, _BRACKETED)
    found = next((found for form in forms if (found := form.match(head))), None) or _FIRST_PART.fullmatch(text.strip())
    return found.group(1) if found else None


@lru_cache(maxsize=1024)
def bare(title: str) -> str:
    """Return the piece with most Han of a title that sites hang their names and sections on.

    >>> bare("文秘老屋--书信大观--写给校友会的一封信")
    '写给校友会的一封信'
    """
    return max(HUNG.split(title), key=lambda piece: (len(_HAN.findall(piece)), len(piece)))


def file_type(text: str) -> str | None:
    """Return the ending of a file's name, None if a title has none."""
    found = _EXTENSION.search(text) if "." in text[-MAX_ENDING:] else None
    return found.group(1) if found else None


def is_site_name(title: str) -> bool:
    """Whether all pieces of what a page calls its title have the form of a site's name, or of one of its sections."""
    return all(map(SITE_NAME.fullmatch, filter(None, map(str.strip, HUNG.split(title)))))
