"""What the sentences of a page are that may stand where a document should: what such pages say, prose, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from cleaners.judging.verses import verses
from cleaners.text.normalized import normalize, normalize_line
from cleaners.verdicts.block_page_kinds import BLOCK_PAGES, PLANNED

MAX_LINE = 80
"""Characters of a line that can be such a page's message; a document's sentences that quote one are often longer."""
MAX_LATIN_LINE = 200
"""Characters of a line or sentence of Latin letters that can be."""
MIN_PROSE = 12
"""Han and words of a sentence that is prose."""
MAX_REMARK = 14
"""Han and words of a sentence that a block page may say without speaking to its visitor."""
MIN_SAID = 2
"""Han and words that block pages say for each one of prose, at least, where the title says what the page is."""

_UNIT = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]++|\.(?!\s)|(?<![a-z])\.)*+[。！？!?；;\n.]?")
_ENDED = re.compile(r"(?:[。！？!?；;…]|[a-z]\.)[”\"'’)）]?\s*\Z")
_NUMBERED = re.compile(
    r"\s*(?:[（(]?(?:[1-9]\d?|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条])\s*[\u4e00-\u9fff]{4}"
)

_MACHINE = (
    r"|源站|源服务器|节点|所有者|Web ?服务器|URL|自定义错误|本地服务器|查询表达式|请求期间|堆栈|web\.config"
    r"|custom errors?\b|error (?:message|page|settings|details)"
    r"|[a-z]Exception\b|[A-Za-z0-9_$]+(?:\.[A-Za-z0-9_$]+)+(?:Exception|Error)\b"
    r"|[A-Za-z0-9_$.]+\([\w$ ,]*\) ?\+\d+|SQLSTATE|\bat [\w.$]+\("
    r"|\bon line \d+|\bERR_[A-Z_]+|the origin\b|\b[45]\d\d\b|检查(?:提交|输入|网址|地址|拼写)|了解[^。]{0,20}更多"
)
"""What servers and their programs write."""
_BESIDE = re.compile(
    r"(?:您|你).{0,12}(?:查找|访问|请求|打开|浏览|查看|使用|寻找)|稍[后候等]|刷新|重[试新]|返回|首页|上一页|敬请"
    r"|谅解|给您|为您|不便|感谢您|您的|您可以|请您|如有(?:疑问|问题)|(?:联系|咨询|告知)|客服|管理员|站长|空间商"
    r"|服务商|技术支持|点击|版权所有|copyright|powered by|\bIP\b"
    r"|(?:错误|事件|请求|跟踪|追踪)(?:代码|编号|码|ID|号|详情|信息)|request id|ray id|您好|尊敬的用户|我们|本站|原因"
    r"|可能|提示[:：]|温馨提示|访客|误报|投诉|默认文档|控制台|发生了什么|我该怎么做|浏览器|访问时间|问题反馈"
    r"|异常详细信息|未经处理|版本信息|说明[:：]|消息[:：]?|类型|stack ?trace|root cause|(?:^|\s)/\w+/[\w./-]+"
    r"|\byou(?:r|rs|'re|’re)?\b|thank you for using|configuration|documentation"
    r"|try again|contact|administrator|web ?master|please|sorry|this (?:(?:web)?site|page|domain)"
    r"|the (?:server|page|site|requested)|^#\d+ |\.(?:php|asp|aspx|java|jsp)\b|\b(?:行|line) \d+" + _MACHINE,
    re.IGNORECASE,
)
"""What block pages say beside their message."""
TO_VISITOR = re.compile(
    r"您|你[要所的]?(?:访问|请求|浏览|查看|查找)|请(?!示|假|教|求)"
    r"|[本该此](?:网站|站点?|域名|页面?|网页|空间|资源|文档|文章|内容|链接|服务器|系统|主机)|抱歉|对不起|遗憾"
    r"|稍[后候等]"
    r"|当前(?:的?访问|网站|页面|IP|请求|操作|网络|用户)|备案(?:系统|控制台|管理办法)|正在|暂时|刷新|返回(?!前[^一页])|无法访问"
    r"|停止访问|(?:错误|警告|error|warning)[:：]|./.应用程序|域名 ?[\w.-]{1,60}\.[a-z]{2,}|\byou|please|sorry|\bwe\b"
    r"|this (?:is (?:the|an?) (?:default|test)\b|(?:web)?(?:site|page)|domain|server|document|application|error"
    r"|resource)"
    r"|the (?:requested|request\b|(?:origin |web )*server (?:has|is|was|encountered|cannot|could|did|does|timed))"
    r"|(?:in|on) /\w+/|^\W*nosuch(?:key|bucket|version)\W*$" + _MACHINE,
    re.IGNORECASE,
)
"""By what a long sentence of theirs is told: it speaks to the visitor, of the site, or of a program."""

_THING = re.compile(
    r"页|网站|站点|[本该此]站|域名|链接|外链|网址|文[档件章辑]|资[料源]|内容|分享|用户|[账帐]号|IP|请求|访问|浏览"
    r"|服务器?|系统"
    r"|接口|会话|栏目|专区|cookie|预览|连接|[该此本](?:信息|帖子?|主题|频道)"
    r"|\b(?:page|(?:web)?site|domain|account|file|document|content|server|request|url|resource|directory|host(?:name)?"
    r"|connection|service|link|user|session|address|access|data)s?\b",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"不(?:存在|可用|能|可以?|再|提供|允许|支持|属于|在|正确|合法)|无[法效权]|未(?!来)|没有|禁止|失[败效]|异常|错误"
    r"|出错|超时"
    r"|过期|拒绝|受限|限制|拦截|阻[断止]|暂停|停止|关闭|注销|取消|删除|下架|屏蔽|移除|冻结|封[禁停锁]|用[完尽]|已满"
    r"|不[足到]|过快|太快|压力|重置|私[密有]|仅[^。]{0,6}可见"
    r"|(?:转码|处理|审核|加载|解析|准备)中|请输入|需要?(?:消耗|支付|扣除)"
    r"|\b(?:not|no|cannot|can['’]t|unable|denied|suspended|expired|invalid|unavailable|removed|deleted|failed|refused"
    r"|blocked|closed|forbidden|missing|disabled|unknown|recently)\b",
    re.IGNORECASE,
)
"""What a message speaks of, and what it says of that: the two together, in any words."""


def size(lines: Iterable[str]) -> int:
    """Return how many Han and words lines have."""
    return sum(len(_UNIT.findall(line)) for line in lines)


def is_larger(lines: Iterable[str], most: int) -> bool:
    """Say whether lines have more than `most` Han and words."""
    return any(count > most for count in accumulate(size([line]) for line in lines))


def is_short(line: str) -> bool:
    """Say whether a line or sentence is no longer than what a block page says at once."""
    return len(line) <= MAX_LINE or (len(line) <= MAX_LATIN_LINE and not _HAN.search(line))


def begun(line: str) -> str:
    """Return the beginning of a line of Latin letters, as far as a message may go; other lines as they are."""
    return line if _HAN.search(line) else line[:MAX_LATIN_LINE]


def is_known(line: str) -> bool:
    """Say whether a line is the message of some kind of block page."""
    return any(kind.line.search(line) for kind in BLOCK_PAGES)


def is_message(sentence: str) -> bool:
    """Say whether a short line or sentence tells that something of the site or of the visit is not to be had.

    >>> is_message("分享的文件已经被取消了"), is_message("This account has been suspended."), is_message("春风入喜")
    (True, True, False)
    """
    return bool(_THING.search(sentence) and _FAILS.search(sentence)) and not PLANNED.search(sentence)


def is_any_message(line: str) -> bool:
    """Say whether a line is a message of some kind of block page, or has the form of one."""
    return is_known(line) or is_message(line)


def beside(text: str, *, is_titled: bool) -> int | None:
    """Return how many Han and words a text has beside what block pages say; None where a sentence of it is prose.

    Where it `is_titled` as such a page is, prose does not matter beside `MIN_SAID` times as much that such pages say.
    """
    sentences = _SENTENCE.findall(text)
    if not is_titled and any(not is_short(long) and _is_prose(long, size([long])) for long in sentences):
        return None  # asked first, as it costs least
    if _holds_verses(text):
        return None
    prose = rest = 0
    likely: list[tuple[str, int]] = []
    for sentence in sentences:
        if not (units := size([sentence])):
            continue
        if _may_be_said(sentence, units, is_titled=is_titled):
            likely.append((sentence, units))
        elif not _is_prose(sentence, units):
            rest += units
        elif is_titled:
            prose += units
        else:
            return None
    return _beside(likely, prose, rest, is_titled=is_titled)


def _holds_verses(text: str) -> bool:
    """Whether lines of a text have the form of verses, and are no words to a visitor."""
    seen = [line for line in map(normalize_line, normalize(text).split("\n")) if line]
    if next(verses(seen), None) is None:
        return False  # asked first: what such pages say is looked for in each line
    unsaid = ["" if TO_VISITOR.search(line) or is_said_by_one(line) else line for line in seen]
    return next(verses(unsaid), None) is not None


def _beside(likely: Sequence[tuple[str, int]], prose: int, rest: int, *, is_titled: bool) -> int | None:
    """Return what `beside` does, given the sentences that a block page may say, and the Han and words of all others.

    The search for what such pages say takes longest: it ends where there is too much prose, whatever it finds.
    """
    said = sum(units for _, units in likely)
    for sentence, units in likely:
        if prose * MIN_SAID > (said if is_titled else 0):
            return None
        if not is_said_by_one(sentence):
            said -= units
            is_prose = _is_prose(sentence, units)
            prose, rest = prose + units * is_prose, rest + units * (not is_prose)
    return None if prose * MIN_SAID > (said if is_titled else 0) else rest


def _is_prose(sentence: str, units: int) -> bool:
    return bool((units >= MIN_PROSE and _ENDED.search(sentence)) or _NUMBERED.match(sentence))


def _may_be_said(sentence: str, units: int, *, is_titled: bool) -> bool:
    """Say whether a block page may say this by its form: it plans nothing, and a long one speaks to the visitor.

    Only a page that `is_titled` as one numbers what it says: the reasons, never questions.
    """
    if not is_short(sentence) or PLANNED.search(sentence):
        return False
    is_item = _NUMBERED.match(sentence) and not (is_titled and sentence.strip()[-1] not in "?？")
    return not (units > MAX_REMARK or is_item) or bool(TO_VISITOR.search(sentence))


def is_said_by_one(sentence: str) -> bool:
    """Say whether a sentence has the words of block pages, or the form of their messages."""
    return bool(_BESIDE.search(sentence)) or is_any_message(sentence)
