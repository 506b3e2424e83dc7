"""Whether a line has a title's form: short, no sentence, no row of words, no label of a field."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaners.judging.letter_parts import NUMBER
from cleaners.judging.page_lines import DAY, Line
from cleaners.judging.titles import HAN, SORTS, has_extension

_ARROWS = re.compile(r"[›»→▸⟩≫]|>")
_WORD = re.compile(r"[A-Za-z]{2,}")
PART = "第 ?[一二三四五六七八九十百零〇\\d]{1,7} ?[集卷部章回节]"
"""How a part of a story is numbered: several of them in a row are a title, no menu."""
_ROW_OF_WORDS = re.compile(
    rf"(?!{PART})(?:[^ |·:]{{1,6}}: ?)?[一-鿿]{{2,6}}(?:(?:(?: ?[|·/] ?| )[一-鿿]{{2,6}}){{2,}}"
    rf"|(?: [一-鿿]{{2,6}}| [一-鿿]{{0,4}}[A-Za-z+]{{2,12}}){{4,}}|[一-鿿]{{2,8}}(?:- ?[一-鿿]{{2,6}} ?){{4,}}.*)"
    r"|[^│┃]{1,12}(?:[│┃][^│┃]{1,12}){2,}"
    r"|Home(?: [A-Z][a-z]+){0,8} (?:About|Archives?|Tags|Categories|Contact|Links)(?: [A-Z][a-z]+){0,8}"
)
"""A path, a menu: lines of the frame that are no title."""
_PERSON = "(?:[一-鿿]{2,3}|[一-鿿] [一-鿿])"
"""A name as the head of a paper has it."""
OWNED = r"(?:[#;*%]+ ?)?(?:(?i:copyright ?(?:\(c\)|©|\d))|© ?\d|(?:版权|著作权)所有 ?(?:(?:\([Cc]\)|©) ?)?\d)"
"""How a line begins that says whose a text is."""
_WELCOME = r"欢迎[您你]?(?:再次)?(?:来到|光临|访问|进入)[^,。;:!?《》“”的]{2,14}"
"""How a site greets who comes, but for the end of its name."""
_UNLIKELY = re.compile(
    r"(?:【提纲】|【摘要】|核心提示|提纲|同志们|各位|尊敬的|甲方|乙方|关键词|摘要|目录|来源|作者|编号|附件"
    r"|(?:(?:文[档件]?|版本|合同|资料)?(?:编号|[序文版]号|版本)|编制|审[核批]|批准|拟制"
    r"|(?:资料|作品|信息|所属)?(?:类型|类别|分类|栏目)|学科|科目|年级|教材"
    r"|发布人|单位|部门|姓名|(?:发[布表]|更新)?时间|日期|地点|主持|记录|学校|班级|年龄|(?:指导|辅导)(?:老师|教师)"
    r"|证券(?:代码|简称)|公告编号) ?:"
    r"|第[一二三四五六七八九十\d]+[章节条]|[一二三四五六七八九十]+(?:[、:]| (?![一二三四五六七八九十〇零])[一-鿿])"
    r"|[(]?[一二三四五六七八九十\d]+[)、.]"
    r"|[A-Za-z\d]{1,3}[.、)]).{0,200}|[^:]{1,8} ?: ?(?!.*[一-鿿]{6}|.*[一-鿿]{4}.*[一-鿿]{4})[\w./-]*\d[\w./-]*(?!\w)"
    r"|[^:]{1,8} ?: ?\d[\d.,]* ?[一-鿿]{1,2}|.?[本全总共].{0,4}?\d[\d,]* ?字"
    rf"|[■●▲◎○]?{_PERSON}(?:[,、;]{_PERSON}){{1,8}}"
    rf"|[■●▲◎○]?{_PERSON}(?: {_PERSON}){{2,12}}|[■●▲◎○]{_PERSON}(?: {_PERSON})?"
    r"|[一-鿿·]{2,4}(?: ?[(]| )(?:[一-鿿]{0,4}(?:医师|医生|教授|律师|研究员))[)]?"
    r"|[一-鿿]{4,24} [一-鿿·]{2,4} ?(?:[一-鿿]{0,4}(?:医师|教授|律师))"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,80}(?:通过|批准|公布|发布|修[订正改]|施行)"
    r"|[(].{1,60}[)]|[(](?![荐精热新])[一-鿿]{1,2}[)].{0,100}|(?:设为首页|加入收藏|收藏本站|返回首页).{0,40}"
    r"|.{0,40}设为首页 ?[|] ?加入收藏|(?:总第\d+期? ?)?(?:19|20)\d\d年 ?第 ?\d{1,3} ?[期篇]"
    r"|.{0,30}(?<!\d)\d{1,2}:\d\d:\d\d"
    r"|(?:(?:19|20)\d\d年 ?)?\d{1,2}月\d{1,2}日 ?(?:星期|周)[一二三四五六日天].{0,12}"
    r"|.{1,60}篇[一二三四五六七八九十\d]{1,3}|(?:读取|加载|载入)中.{0,20}|.{0,30}(?:加载中|请点击|请刷新|请稍[候等])[.…,].*"
    r"|(?:策划|执行|撰文|编[辑审]|摄影|文|图) ?/.{1,20}"
    r"|\[[一-鿿]{2,8}(?: ?\| ?[一-鿿]{2,8})+\]|图片名称|最新公告.{0,20}|注册时间|最后登[录陆]|填写联系方式"
    r"|(?:请安装|终身免费|添加到主屏幕).{0,12}|.{0,12}免费小说(?:APP|软件)"
    r"|.{2,30}[级\d)一二三四五六七八九十] ?班 ?[一-鿿·]{2,4}"
    r"|.{0,16}人(?:赞过|点了?赞|觉得很?赞|赞同).{0,6}"
    r"|(?:选择?|切换)(?:城市|地区|语言|版本).{0,40}"
    r"|.{0,16}(?:登[录陆]|注册).{0,2}[后才可].{0,3}(?:显示|查看|阅读|下载|浏览|看到)"
    r"|[\[【(]?(?:https?://|www\.)[A-Za-z\d./-]{4,60}(?![一-鿿]).{0,30}"
    r"|(?:-?[A-Za-z\d], )?--[a-z][\w-]*(?:[ =].{0,200})?|[a-z\d]+(?:[:_][a-z\d]+)+"
    rf"|{OWNED}.{{0,200}}"
    r"|(?:[本该]文)?已?被?(?:浏览|下载|阅读|点击|访问|查看|收藏|围观|播放|转发)(?:次?数|量|了)? ?:? ?\d[\d,]* ?次"
    r"|.{0,20}\d{1,2}月\d{1,2}日(?:报道|电|讯|消息)"
    r"|[【\[(]?[^。]{1,8}[╱/|] ?记者.{1,12}[╱/|].{1,8}[】\])]?"
    r"|(?:引言|前言|导言|导语) ?:.{13,80}"
    r"|请输入(?:您的|要)?(?:关键[词字]|搜索|查询|内容|标题|用户名|密码|账号|验证码|手机号码?|邮箱).{0,6}"
    r"|[\"“]?(?:(?:请|打开|使用|用)?(?:手机)?(?:微信|支付宝|手机|QQ)[,\"”]?)?[\"“]?扫一扫[\"”]?"
    r"(?:[,!]? ?(?:关注|分享|打开|进入|添加|继续|手机|微信|二维码|下方)(?!的)"
    r"(?:.{0,8}|.{0,16}(?:小程序|公众号|APP|客户端).{0,6}))?"
    r"|(?:请|打开|使用|用)?(?:手机|微信)?(?:浏览器)?扫(?:一扫|描)?(?:[上下左右]方|此|本)?二维码"
    r"(?:访问|阅读|浏览|下载|查看|关注|继续)(?:我们|本[站文]|全文|官网|网站|手机版|APP|客户端)?"
    rf"|[您你]好[,!]? ?{_WELCOME}(?:论坛|社区|频道|之家)[!。]?"
    rf"|(?:[您你]好[,!]? ?)?{_WELCOME}(?:网{{1,2}}|网站|文库|文档)[!。]?"
    r"|[①-⑳❶-➓㈠-㈩] (?![号楼期标段区类级]).{0,200}"
    r"|(?:用户|作者|默认)头像|(?:进入|打开|关注)微信(?:小程序|公众号)|(?:搜 ?索|检索|站内|全站|全文)? ?高级搜索"
    r"|(?:.{0,29}[\d|·)] )?Add comments?"
    r"|下载(?:(?!安装|使用)[^的]{0,6}客户端|(?:本站|官方|手机|移动|安卓|[^的]{1,4}(?:文库|文档|阅读|网))?APP)"
    r"|[A-Za-z]:\\.{0,200}|/?(?:[A-Za-z\d_.@-]{1,60}/){2,12}[A-Za-z\d_.@-]{0,60}"
)

_SORTS = re.compile(rf"(?:\[(?:{SORTS})\] ?){{1,3}}(?=[^\[(])")
"""The kinds of a post before its title, which may cry out, as no other."""
_NAMED = re.compile("《[^《》]{2,60}》")
"""What a line names, whose clauses are not its own."""
_QUOTED = re.compile("“[^“”]{2,20}”,[^“”]*$")
"""A headline that begins with what somebody said: it may have a clause more."""
_FULL_STOP = re.compile(r"[一-鿿]\.$")
"""The end of a sentence where a text of formulas has dots for full stops."""
_FILLED_IN = re.compile(r"\{(?:[^}一-鿿]*\}|[^}]*$)")
"""What a program fills in, or an object of data, at the head of a line; a badge before a title is of words."""
_LONE_DAY = re.compile(rf"{DAY} ?日?(?: ?(?:星期|周).)?(?: \d{{1,2}}:\d\d(?::\d\d)?)?")


def may_be_title(line: Line) -> bool:
    """Whether a line has a title's form: short, no sentence, no numbering."""
    return is_titular(line.normalized) if len(line.normalized) <= 150 else False


@lru_cache(maxsize=4096)
def is_titular(text: str) -> bool:
    """Whether what a line says has a title's form."""
    if has_extension(text):
        return True
    if sorts := _SORTS.match(text):
        text = text[sorts.end() :].rstrip("!")
    if (
        not 4 <= len(text) <= 90
        or text[-1] in "。;:!,、…"
        or text[0] in ".,;:!?、)]"
        or _FILLED_IN.match(text)
        or text.startswith("+ ")
        or text.count("]") > text.count("[") + max(0, text.count("(") - text.count(")"))
        or "。" in text
        or _FULL_STOP.search(text)
    ):
        return False
    if _NAMED.sub("", text).count(",") > 1 + bool(_QUOTED.match(text)):
        return False
    if _ARROWS.search(text) or is_row(text):
        return False
    if NUMBER.fullmatch(text):
        return False
    letters = len(HAN.findall(text)) + len(_WORD.findall(text))
    return letters >= 3 and not is_day(text) and not _UNLIKELY.fullmatch(text)


def is_row(text: str) -> bool:
    """Whether a line is a row of words, as menus and paths are."""
    return bool(_ROW_OF_WORDS.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether a line is a day, its weekday and time, and nothing else."""
    return bool(_LONE_DAY.fullmatch(text))
