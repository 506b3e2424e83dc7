"""Recognises block pages, which stand where a document should: deleted, login, payment, captcha, challenge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaners.model import Document
from cleaners.text.codes import CharClass
from pipelines.drops import BadPage, Captcha, Challenge, Deleted, Garbled, LoginWall, Paywall, SoftNotFound

MAX_LINE = 80
"""Characters of a line that can be such a page's message; a document's sentences that quote one are often longer."""
MAX_LINES = 200
MAX_TITLED_HAN = 600
"""Han of document below which the title alone decides: there are documents called 安全检查 too."""
MAX_GARBLED = 0.05
"""Share of characters that no Chinese text has (U+FFFD, private use) above which a text counts as misread.

A text that lost fewer is stored with a flag.
"""

_GARBLED = CharClass(((0xFFFD, 0xFFFD), (0xE000, 0xF8FF)))
_HAN = CharClass(((0x4E00, 0x9FFF),))


@dataclass(frozen=True, slots=True)
class BlockPage:
    """One kind of page: what its title says whole, what one of its lines says, and the most Han that it leaves."""

    drop: type[BadPage]
    title: re.Pattern[str]
    line: re.Pattern[str]
    max_han: int


def _block_page(drop: type[BadPage], below: int, title: str, line: str) -> BlockPage:
    site = r"(?:\s*[-_|—–·,，].{0,40})?"  # the site's own name behind the title
    return BlockPage(drop, re.compile(rf"\W*(?:{title})[\s!！。.…~]*{site}", re.IGNORECASE), re.compile(line), below)


_SUBJECT = (
    r"(?:您|你)?(?:要)?(?:访问|浏览|查找|查看|请求)?的?(?:该|此|这个|本)?"
    r"(?:页面|网页|文档|文章|文件|内容|信息|资料|资源|网址|链接)"
)

BLOCK_PAGES = (
    _block_page(
        Captcha,
        200,
        r"(?:请)?(?:输入|完成|进行)?(?:安全|人机|访问|滑动|图形|身份)?(?:验证码?|校验|认证)(?:中心|页面|提示|码)?"
        r"|captcha|are you (?:a )?(?:human|robot)\??",
        r"请.{0,12}(?:输入|完成|通过|进行|拖动|点击).{0,16}(?:验证|滑块)|人机验证|滑动验证|(?:访问|操作|请求).{0,6}(?:过于|太|太过)频繁"
        r"|(?:异常|可疑)(?:的)?(?:访问|流量|请求)|验证(?:您|你)?(?:是)?不是机器人|确认(?:您|你)不是机器人",
    ),
    _block_page(
        Challenge,
        200,
        r"just a moment|attention required!?.*|checking your browser|ddos.{0,20}"
        r"|请稍候|安全检查|正在(?:检查|验证|跳转).{0,12}",
        r"正在(?:检查|检测|验证)(?:您|你)的(?:浏览器|访问|网络)|请?(?:开启|启用|打开)(?:浏览器的?)?\s*JavaScript"
        r"|enable javascript|checking (?:if|your)|网站防火墙"
        r"|您?的?请求(?:带有不合法|已被拦截|被拦截)|访问(?:已)?被(?:拦截|阻断)",
    ),
    _block_page(
        Deleted,
        200,
        r"(?:文档|文章|内容|页面|信息|资料)?(?:已被?|被)(?:用户|作者|管理员|上传者)?(?:删除|下架|屏蔽|移除)",
        rf"{_SUBJECT}.{{0,8}}(?:已经?|被|已被?).{{0,12}}(?:删除|下架|屏蔽|移除|撤回)|(?:已被?)(?:作者|用户|上传者|管理员)(?:删除|下架)",
    ),
    _block_page(
        SoftNotFound,
        200,
        r"(?:404|403|410|500|502|error|错误)?\s*[-:：_,，]?\s*(?:页面|网页|文档|文章|内容|您?访问的页面)?"
        r"(?:不存在|未找到|没有找到|找不到了?|走丢了|丢失了?|(?:page )?not found|404|出错了?|提示信息|错误提示)",
        rf"{_SUBJECT}.{{0,10}}(?:不存在|未找到|找不到|没有找到|无法找到|走丢|丢失|失效)"
        r"|(?:抱歉|对不起|很遗憾)[,，!！]?.{0,12}(?:不存在|未找到|找不到|没有找到|走丢)"
        r"|\b404\b.{0,20}(?:not found|错误|页面)|(?i:page not found)",
    ),
    _block_page(
        LoginWall,
        60,
        r"(?:用户|会员|账号|帐号|请先|欢迎)?(?:登录|登陆|登入|sign in|log ?in)(?:页面?|中心|注册|/注册)?",
        r"(?:请|需要?|须|必须)(?:您|你)?(?:先)?(?:登录|登陆).{0,16}|(?:您|你)(?:还|尚)?(?:没有|未)(?:登录|登陆)"
        r"|(?:登录|登陆)(?:后|之后|以后)(?:才能|方可|可|即可|再)?.{0,8}(?:查看|阅读|访问|浏览|继续)",
    ),
    _block_page(
        Paywall,
        60,
        r"(?:购买|付费|支付|开通)(?:阅读|会员|VIP)?(?:页面|提示)?",
        r"(?:付费|收费|VIP|会员)(?:专享|专属)?(?:文档|内容|文章|资料)|(?:购买|付费|支付|开通(?:VIP|会员)).{0,6}(?:后|即可|才能|查看|阅读)",
    ),
)


def block_page_of(title: str, lines: list[str], han: int) -> type[BadPage] | None:
    """Return what kind of wall a page is that leaves `han` Han characters of document, None when it is none."""
    title = title.strip()
    for wall in BLOCK_PAGES:
        if han < MAX_TITLED_HAN and len(title) <= MAX_LINE and wall.title.fullmatch(title):
            return wall.drop
    short = [line for line in lines[:MAX_LINES] if len(line) <= MAX_LINE]
    for wall in BLOCK_PAGES:
        if han < wall.max_han and any(wall.line.search(line) for line in short):
            return wall.drop
    return None


def drop_reason(document: Document) -> type[BadPage] | None:
    """Return why a cleaned page is no document, None when it may be one."""
    text = document.text
    if _GARBLED.count(text) > MAX_GARBLED * len(text):
        return Garbled
    han = _HAN.count(text)
    return block_page_of(document.title or "", document.page_text.split("\n"), han) if han < MAX_TITLED_HAN else None
