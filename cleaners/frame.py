"""The frame of a page that no template knows, by what its lines say of each other.

A site begins with its name; the path to the page begins with that name; the title stands below the path, a row of facts
below the title; lists of other documents stand below the text, and lines that name the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from cleaners.rulebook import STAGES
from cleaners.rules import Place, Rule
from cleaners.sheet import Line
from cleaners.title import may_be_title

NAMED, HEAD = 2, 40
"""Lines from the top in which a site names itself, and in which the frame above the text is looked for."""
FOOT = 6
"""Lines from the bottom in which a site says whose it is."""
ENTRIES, MOST_ENTRIES = 2, 12
"""So many titles in a row below the head of a list are one, and so many are taken."""


def _rule(name: str, place: Place) -> Rule:
    return Rule(id=name, why=STAGES[name], place=place, pattern="", match=(), never=())


PATH, FACTS = _rule("frame.path", Place.HEAD), _rule("frame.facts", Place.HEAD)
LIST, OWN = _rule("frame.list", Place.ANY), _rule("frame.own", Place.TAIL)

_APART = re.compile(r"[\s|·・\-—–_:,()\[\]【】\"“”‘’!?<>「」《》/@]+")
_MARKS = r">›»→▸▶⟩≫·・/|\\~┊。;!?,:"
_STEP = rf"[^{_MARKS}-]{{1,20}}"
_ARROW, _BAR = r" ?(?:=?>{1,2}|[›»→▸▶⟩≫]|&gt;) ?", r" ?(?:[·・/|\\~┊]|-{1,2}) ?"
_PATH = re.compile(
    rf"(?:[^{_MARKS}]{{1,8}}: ?)?[^\w]{{0,3}}(?P<site>{_STEP})(?:(?:{_ARROW}{_STEP}){{1,6}}|(?:{_BAR}{_STEP}){{2,6}})(?:{_ARROW})?"
)
_HAN = re.compile("[一-鿿]")
_SITE_FORM = re.compile(
    r".{1,10}(?:网站?|文库|文档|文秘|公文|范文|论坛|之家|家园|资料[库馆站网]?|仓库|书屋|论文坊|社区|学习网|频道)"
)
_OWNER = re.compile(r"ICP备|[©Ⓒ]|公网安备|版权所有|Copyright|(?:备案|经营许可证)[号/]", re.IGNORECASE)

_NUMBER = r"\d[\d,.]{0,9} ?[万千kw]?"
_ONLY_PAGES_SAY = re.compile(
    rf"(?:浏览|点击|下载|收藏|人气|热度|阅读|被引)(?:量|数|次数|人数)?(?: ?[:(] ?|\s)\[?\d|{_NUMBER} ?(?:次|人次?)?(?:浏览|点击|下载|收藏|阅读|围观|引用)"
    rf"|{_NUMBER} ?人次?(?:看过|读过|评过|打分)|(?:看过|读过|做过|用过的人|被(?:收藏|下载|引用|阅读)) ?:? ?\d"
    r"|\b[\d.]{1,7} ?[KM]B\b|(?:DOCX?|PDF|PPTX?|XLSX?|Word|大小|体积|容量) ?:? ?[\d.]{1,7} ?[KM]\b|(?:评分|星级|好评|可信度|推荐度|资源等级|热度) ?:? ?[\d★☆高中低精]|[★☆●○]{3,}"
    r"|(?:上传|分享|传|贡献|上架)(?:者|人|日期|时间|日)|(?:点数|积分|[一-鿿]{1,3}[币豆贝]|学点) ?:? ?\d|\d ?[一-鿿]{0,3}[币豆贝]\b|[¥￥] ?\d"
    rf"|[阅荐赞] ?\d|\d+ ?(?:天|小时|分钟)前\b|整理于|收录时间|最近(?:修订|维护|更新)|下载量|收费(?:方式)? ?:|字数 ?:? ?\d|(?:约 ?{_NUMBER}|\d{{3,6}}|\d,\d{{3}}) ?字(?:\b|$)|约 ?\d+ ?分钟"
)
_NO_FRAME = re.compile(r"[。;!?、]|实施|生效|施行|执行日|版本|版次|页次|姓名|班级|考试|满分|学分|课时|_{3,}")
_DIGITS = re.compile(r"\d[\d,.:/-]*")

_HEAD_OF_LIST = re.compile(
    r"\W{0,3}(?:[^。;!?,]{0,10}?(?:猜[你您]|推荐(?!书|篇|读|名|人|单位|理由|意见)|推介|热门|热帖|排行|点击榜|新到|在看|还看|还打开|还喜欢|感兴趣|换一篇|(?:同|相|邻)(?:似|近|邻|类|主题|栏目?|年级|版|题)(?:台本|文档|论文|试卷|试题|资料|文章|范文|课件|教案|作文|模板|合同|文件|作品|同类|新到|热帖)?)"
    r"|(?:延伸|扩展)阅读|接着读|更多[^。;!?,]{0,6}作品)[^。;!?,]{0,8}(?:\([^()]{1,12}\))?:?"
)
_KINDS = (
    "方案|总结|报告|通知|教案|讲话|合同|协议|制度|范文|心得|体会|计划|细则|章程|办法|申请书?|说明书?|简报|纪要|意见|汇报|材料|试[卷题]|练习|答案|课件|"
    "说课稿?|导学案|笔记|模板|清单|手册|规范|规程|规定|要点|演讲稿?|致辞|主持词|串词|检讨书?|倡议书|承诺书|通告|公告|启事|简历|作文|读后感|有感|随笔|论文|研究|"
    "分析|策略|对策|设计|提纲|发言|感言|事迹|职责|公约|格式|大全|汇编|口令|告知|决议|记录|签到表|安排"
)
_ENTRY = re.compile(
    rf"\W{{0,2}}(?:\d{{1,2}}[-/.]\d{{1,2}} |\d{{1,3}}[.、P] ?|[\[(【〔][^\[\]()【】〔〕]{{1,6}}[\])】〕] ?)?"
    rf"(?:[^。;!?:]{{2,36}}?(?:{_KINDS})|《[^《》]{{2,40}}(?:{_KINDS})》|[^。;!?:]{{2,36}}(?=(?: |\() ?\d))"
    r"(?: ?\([^()]{1,12}\))?(?: {1,2}[A-Z]{3,4})?(?: ?[\[(]?\d[\d,.]{0,8} ?[万千kw]?(?:页|P|张|元|字|分|面|收藏|浏览|下载|次|人看过|[一-鿿]{0,2}[币豆券点])?[\])]?){0,3}"
)


def mark(lines: Sequence[Line]) -> None:
    """Give the lines of a page the rules that its frame shows to hold for them."""
    above = [*lines[:NAMED], *takewhile(_may_be_frame, lines[NAMED:HEAD])]
    path = next(
        (line for index, line in enumerate(above) if _is_path(line.view, [*_names(above[: min(index, NAMED)])])), None
    )
    for line in above:
        if line is path:
            _give(line, PATH)
        elif _is_row_of_facts(line.view):
            _give(line, FACTS)
    own = [name for name in _names(above[:NAMED]) if _is_proved(name, lines)]
    for index, line in enumerate(lines[len(above) :], start=len(above)):
        if (
            not line.is_text
            and _HEAD_OF_LIST.fullmatch(line.view)
            and len(entries := _entries(lines, index + 1)) >= ENTRIES
        ):
            for each in (line, *entries):
                _give(each, LIST)
        elif any(name in line.view for name in own):
            _give(line, OWN)


def _may_be_frame(line: Line) -> bool:
    return bool(line.rules) or not line.is_text or may_be_title(line)


def _give(line: Line, rule: Rule) -> None:
    line.rules = [*line.rules, rule]


def _names(top: Sequence[Line]) -> Iterator[str]:
    """Yield what may be the site's name in the first lines."""
    for line in top:
        yield from (piece for piece in _APART.split(line.view) if 2 <= len(piece) <= 14 and not piece.isdigit())


def _is_path(text: str, names: Collection[str]) -> bool:
    found = _PATH.fullmatch(text)
    if not found:
        return False
    site = found["site"].strip()
    if not _HAN.search(site):
        return False
    return site.endswith(("首页", "主页")) or any(
        site == name
        or (len(site) >= 2 and name.startswith(site))
        or (len(name) >= 3 and site.startswith(name))
        or (len(site) >= 3 and name.endswith(site))
        for name in names
    )


def _is_row_of_facts(text: str) -> bool:
    """Whether a line states two or more things that only the page of a document has: counters, sizes, prices, stars."""
    if len(text) > 110 or _NO_FRAME.search(text):
        return False
    said = len(_ONLY_PAGES_SAY.findall(text))
    return said >= 2 or (said == 1 and len(_DIGITS.findall(text)) >= 2)


def _is_proved(name: str, lines: Sequence[Line]) -> bool:
    """Whether what stands at the top is the site's name: it has the form of one, or who owns the site bears it."""
    if len(name) < 3:
        return False
    return bool(_SITE_FORM.fullmatch(name)) or any(
        name in line.view and _OWNER.search(line.view) for line in lines[-FOOT:]
    )


def _entries(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the lines from `start` on that are titles of other documents."""
    return list(takewhile(lambda line: _ENTRY.fullmatch(line.view), lines[start : start + MOST_ENTRIES]))
