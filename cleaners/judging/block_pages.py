"""Recognises block pages, which stand where a document should: what they say, and that they say nothing else.

A word alone decides nothing: there are documents on maintenance, registration and database errors. A block page says
that it is one, in its title or in a short line, and beside what such pages say it has no sentence of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import re2

from cleaners.judging.block_page_kinds import BLOCK_PAGES, PLANNED
from cleaners.reading.forwards import leads_on

MAX_LINE = 80
"""Characters of a line that can be such a page's message; a document's sentences that quote one are often longer."""
MAX_LATIN_SENTENCE = 160
"""Characters of a sentence of Latin letters that can be part of it."""
MAX_LINES = 200
MAX_TEXT = 1500
"""Characters of text below which a page is judged at all."""
MIN_PROSE = 12
"""Han and words of a sentence that is prose."""
MAX_REMARK = 14
"""Han and words of a sentence that a block page may say without speaking to its visitor."""
MAX_SHOWN = 400
"""Han and words that a page shows at most where not its text says what it is: other pages have a login, too."""
MAX_TITLED_REST, MAX_FORWARD_REST, MAX_TRACED_REST, MAX_BARE_REST = 120, 100, 2, 30
"""Han and words beside what block pages say, at most: where the title says it all, where the markup leads on, where
nothing but the markup says what the page is, and where a line that is no part of the text may say it."""

_UNIT = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2,}")
_SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]|\.(?!\s)|(?<![a-z])\.)*[。！？!?；;\n.]?")
_ENDED = re.compile(r"(?:[。！？!?；;…]|[a-z]\.)[”\"'’)）]?\s*\Z")
_NUMBERED = re.compile(
    r"\s*(?:[（(]?(?:[1-9]\d?|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条])\s*[\u4e00-\u9fff]{4}"
)


_CUT = frozenset(("login", "paywall"))
"""Kinds whose line is noise on the page of a document."""
_FORWARD = next(kind for kind in BLOCK_PAGES if kind.name == "forward")

_BESIDE = re.compile(
    r"(?:您|你).{0,12}(?:查找|访问|请求|打开|浏览|查看|使用|寻找)|稍[后候等]|刷新|重[试新]|返回|首页|上一页|敬请"
    r"|谅解|给您|为您|不便|感谢您|您的|您可以|请您|如有(?:疑问|问题)|(?:联系|咨询|告知)|客服|管理员|站长|空间商"
    r"|服务商"
    r"|技术支持|点击|版权所有|copyright|powered by|\bIP\b"
    r"|(?:错误|事件|请求|跟踪|追踪)(?:代码|编号|码|ID|号|详情|信息)|request id|ray id|您好|尊敬的用户|我们|本站|原因"
    r"|可能|提示[:：]|温馨提示|检查(?:提交|输入|网址|地址|拼写)|访客|误报|投诉|源服务器"
    r"|try again|contact|administrator|web ?master|please|sorry|your |this (?:(?:web)?site|page|domain)"
    r"|the (?:server|page|site|requested)|^#\d+ |^\s*at [\w.$]+\(|\bon line \d+|\.(?:php|asp|aspx|java|jsp)\b"
    r"|\b(?:行|line) \d+",
    re.IGNORECASE,
)
"""What block pages say beside their message."""

_TO_VISITOR = re.compile(
    r"您|你[要所的]?(?:访问|请求|浏览|查看|查找)|请(?!示|假|教|求)"
    r"|[本该此](?:网站|站点?|域名|页面?|网页|空间|资源|文档|文章|内容|链接|服务器|系统|主机)|抱歉|对不起|遗憾|稍[后候等]"
    r"|正在|暂时|刷新|返回|无法访问|停止访问|检查(?:提交|输入|网址|地址|拼写)|源服务器|(?:错误|警告|error|warning)[:：]"
    r"|\byou|please|sorry|this (?:(?:web)?site|page|domain|server|document)|\bwe\b",
    re.IGNORECASE,
)
_ANY_TITLE = re.compile(r"\W*(?:提示信息|错误提示|温馨提示|系统提示|错误信息)\W*")
"""What such pages of any kind are titled."""

_CHALLENGES = r"__jsl_clearance|\$_ts\b|cf[-_]chl|challenge-platform|document\.cookie\s*=|acw_sc__"
_TRACES = (
    ("challenge", _CHALLENGES),
    ("captcha", "captcha|geetest|cf-turnstile|yidun|vaptcha"),
    ("login", r"""type\s*=\s*["']?password"""),
    ("forward", r"""<script[^>]{0,200}>[^<]{0,300}\blocation(?:\.href)?\s*=\s*["'][^"']|location\.replace\(\s*["']"""),
)
_TRACED = [(name, re2.compile(f"(?i){pattern}")) for name, pattern in _TRACES]
_ANY_TRACE = re2.compile(f"(?i){'|'.join(pattern for _, pattern in _TRACES)}")
"""Tells in one reading whether a page has any trace."""


def judge(titles: Iterable[str], lines: Sequence[str], text: str, html: str = "") -> str | None:
    """Return the name of the kind of block page that a page is, None when it is none.

    `titles` are what the page calls itself, `lines` all that it shows, `text` what is left of that as a document's,
    `html` its markup.

    >>> judge(["系统维护中"], ["网站正在升级维护，请稍后访问。"], "网站正在升级维护，请稍后访问。")
    'maintenance'
    """
    if len(text) > MAX_TEXT:
        return None
    rest = _beside(text)
    if rest is None:
        return _forward(html, lines)
    known = [title.strip() for title in titles if len(title) <= MAX_LINE]
    for kind in BLOCK_PAGES:
        if rest <= MAX_TITLED_REST and any(map(kind.title.fullmatch, known)):
            return kind.name
    said = [line for line in text.split("\n") if len(line) <= MAX_LINE]
    shown = [line for line in lines[:MAX_LINES] if len(line) <= MAX_LINE]
    size = _size(shown)
    is_bare, may_be_cut = rest <= MAX_BARE_REST and size <= MAX_SHOWN, size <= 2 * MAX_SHOWN
    for kind in BLOCK_PAGES:
        if rest < kind.max_rest and kind.is_said(shown if is_bare or (may_be_cut and kind.name in _CUT) else said):
            return kind.name
    if rest <= MAX_BARE_REST and any(map(_ANY_TITLE.fullmatch, known)):
        return "soft_not_found"
    return _forward(html, lines) or _traced(html, text, lines)


def _size(lines: Iterable[str]) -> int:
    """Return how many Han and words lines have."""
    return sum(len(_UNIT.findall(line)) for line in lines)


def _beside(text: str) -> int | None:
    """Return how many Han and words a text has beside what block pages say; None where a sentence of it is prose."""
    rest = 0
    likely: list[tuple[str, int]] = []
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        if not (size := _size([sentence])):
            continue
        if _may_be_said(sentence, size):
            likely.append((sentence, size))
        elif _is_prose(sentence, size):
            return None
        else:
            rest += size
    for sentence, size in likely:  # last, since the search for all that block pages say takes longest
        if not _is_said_by_one(sentence):
            if _is_prose(sentence, size):
                return None
            rest += size
    return rest


def _is_prose(sentence: str, size: int) -> bool:
    return bool((size >= MIN_PROSE and _ENDED.search(sentence)) or _NUMBERED.match(sentence))


def _may_be_said(sentence: str, size: int) -> bool:
    """Say whether a block page may say this by its form: it plans nothing, and a long one speaks to the visitor."""
    if len(sentence) > (MAX_LATIN_SENTENCE if sentence.isascii() else MAX_LINE) or PLANNED.search(sentence):
        return False
    return not (size > MAX_REMARK or _NUMBERED.match(sentence)) or bool(_TO_VISITOR.search(sentence))


def _is_said_by_one(sentence: str) -> bool:
    """Say whether a sentence has the words of block pages."""
    return bool(_BESIDE.search(sentence)) or any(kind.line.search(sentence) for kind in BLOCK_PAGES)


def _forward(html: str, lines: Sequence[str]) -> str | None:
    """Return the kind of a page whose markup leads on and that shows little."""
    is_one = html and _size(lines) <= MAX_FORWARD_REST and leads_on(html)
    return _FORWARD.name if is_one else None


def _traced(html: str, text: str, lines: Sequence[str]) -> str | None:
    """Return the kind whose trace is in the markup of a page that has next to no text, and shows little around it."""
    if _size([text]) > MAX_TRACED_REST or not _ANY_TRACE.search(html) or _size(lines[:MAX_LINES]) > MAX_SHOWN:
        return None
    return next((name for name, pattern in _TRACED if pattern.search(html)), None)
