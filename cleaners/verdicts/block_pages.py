"""Recognises block pages, which stand where a document should: what they say, and that they say nothing else.

A word alone decides nothing: there are documents on maintenance, registration and database errors. A block page says
that it is one, in its title or in a short line, and beside what such pages say it has no sentence of prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import re2

from cleaners.judging.titles import SITE_BEHIND
from cleaners.reading.forwards import leads_on
from cleaners.text.hans import HAN
from cleaners.text.placeholders import PLACEHOLDER
from cleaners.verdicts.block_page_kinds import BLOCK_PAGES
from cleaners.verdicts.block_page_sentences import (
    TO_VISITOR,
    begun,
    beside,
    is_any_message,
    is_larger,
    is_message,
    is_said_by_one,
    is_short,
    size,
)

MAX_LINES = 200
MAX_TEXT = 1500
"""Characters of text below which a page is judged at all."""
MAX_SHOWN = 400
"""Han and words that a page shows at most where not its text says what it is: other pages have a login, too."""
MAX_TITLED_REST, MAX_FORWARD_REST, MAX_TRACED_REST, MAX_BARE_REST = 120, 100, 2, 30
"""Han and words beside what block pages say, at most: where the title says it all, where the markup leads on, where
nothing but the markup says what the page is, and where a line that is no part of the text may say it."""
MAX_MESSAGE, MAX_MESSAGE_REST = 40, 6
"""Han and words of a message that is known by its form alone, and those that it may have beside."""
MAX_UNSAID, FEW_UNSAID = 6, 2
"""Lines of a text without markup, at most, that no block page says, and where they are most and no message is among
the `FIRST`."""
FIRST, MIN_UNSAID_SHARE = 3, 2 / 3
MIN_FORMATS = 2
"""Lines with a place for what a program fills in that are its strings, whatever they say to a visitor."""
MIN_MESSAGES, MIN_STRINGS, MIN_OUTCOMES = 5, 4, 3
"""Lines that say nothing to a visitor, and of which none is a sentence, that are a list of a program's messages,
whatever they say; where the first is no message; and where two say of different things that they came out alike."""
MIN_KINDS = 3
"""Kinds of block pages of which lines without a sentence are the messages: one page is of one kind."""
MIN_ASKED = 2
"""Lines that ask for something, or say what a click does, that are those of a form."""
MIN_NAME = 3
"""Letters of a name where a program fills in; a page's own script has shorter ones, for how many there are."""
MIN_AGAIN = 3
"""So often one line stands in a list of strings; a page says what it says once."""
MIN_STATES = 3
"""Lines of a text without markup that begin with one word, of which one is that it is done: a page says one of them."""
MAX_CODES = 2
"""HTTP status codes that begin lines of one block page; a list of them is a document."""

_CUT = frozenset(("login", "paywall"))
"""Kinds whose line is noise on the page of a document."""
_FORMS = frozenset((*_CUT, "captcha"))
"""Kinds of pages that ask for something, in words rather than sentences."""
_OF_DOCUMENT = frozenset((*_CUT, "deleted"))
"""Kinds of pages that may stand below the title of the document."""
_ANY_PROGRAMS = frozenset(("message", "challenge"))
"""Kinds whose messages any program has: that something is being loaded, or is not there."""
_FORWARD = next(kind for kind in BLOCK_PAGES if kind.name == "forward")

_ANY_TITLE = re.compile(r"\W*(?:(?:网站|系统)?(?:访问|信息)?提[示醒](?:信息)?|错误(?:提示|信息))\W*")
"""What such pages of any kind are titled."""
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,60}\.){1,3}[a-z]{2,12}\W*", re.IGNORECASE)
"""A title that names nothing but the host, as that of a parked domain."""
_GENRE = re.compile(
    r".{0,60}(?:通知|公告|启事|通告|告示|公示|须知|声明|便条|说明|办法|方法|制度|规定|规则|守则|报告|总结|方案|预案|计划|记录|日志"
    r"|教程|指南|手册|合同|协议|Notice)\s*(?:[-_|—–].{0,40})?"
)
"""A title that calls a document by its kind, unless it is one that block pages have."""
_OF_SITE = re.compile(r"[本该此](?:网?站|网?页|域名|系统)|您")
"""How a site speaks of itself or to its visitor: what a block page says below the title of a document."""
_UNFILLED = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|<%[^<>\n]{0,200}%>|\$\{[^{}\n]{0,200}\}|\{\$[^{}\n]{0,200}\}"
)
"""What a page's template has where the document should be."""
_FILLED = re.compile(r"\$\{[\w.]{1,40}\}")
"""Where a program's string has a value of its own."""
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|#{1,6}) +\S", re.MULTILINE)
"""What a writer sets off by hand, an item or a heading; a page that shows a message has few."""
MAX_ITEMS = 4
_SENTENCE_MARK = re.compile("[。！？!?](?!\\s*$)|。")
"""What ends a sentence, but for one loud mark at the end of a line."""
_CONTROL = re.compile("请(?:选择|输入|填写)|(?:[下上]拉|松开|释放)(?:立即|即可)?刷新|刷新(?=成功|失败|完成)|节点")
"""What says what to do in a program, or what it works with, and nothing of a page."""
_OF_PROGRAM = re.compile(
    r"(?:你|您)?确[定认]要[^。]{1,24}吗.*|\W*(?:个?月|[天日周年秒]|小时|分钟)[前后]\W*|[条篇个]/页|.{0,12}已被(?:使用|占用|注册)\W*"
)
"""A question before a program does something, a unit without its number, an answer to what a form was given."""
_ASKS = re.compile(
    r"请(?:选择|输入|填写)(?!.{0,6}(?:验证|密码|[账帐学工]号|用户名|手机|网[址页]))"
    r"|点击(?!.{0,4}(?:刷新|返回|[这此]里|此处|重[试新]|登[录陆]|进入|继续|查看|链接|首页|反馈|下[方面载]|图))"
)
"""How a line begins that asks for something in a program's form or says what a click on it does."""
_GOES_ON = re.compile(r"\W*([一-鿿]{2})中\W*")
_BEGUN = re.compile(r"\s*((?!登[录陆]|注册|支付|付费|会员|微信|验证|认证|校验)[一-鿿]{2})[一-鿿]")
"""The word that a line begins with, unless it is one that pages which ask for something have in their menus."""
_DONE = re.compile(r".{0,8}(?:成功|完成|完毕)[!！。]?\s*")
_PASSED = re.compile(r"\W*(?:验证|校验|认证|登[录陆])(?:通过|成功)\W*")
"""That a visitor has done what a page asks for, which a page says that asks no more."""
_OUTCOME = re.compile(r"(失败|错误|出错|异常|成功|完成)[!！:：]?$")
_OBJECT = re.compile(r"\s*\{ ?[\"'].*\},?\s*")
"""An object of data in a line of its own."""
_VALUE = re.compile(
    r"\s*(?:[A-Za-z][^\s:：一-鿿]* [^:：一-鿿]{0,80} [^:：一-鿿]{0,80}|[A-Za-z]\w*[._][\w.]{1,80}): ?[^\d\s]*[一-鿿].*"
)
"""A value in Chinese behind a name in three Latin words or one with a dot, in a line of its own; servers have less."""
_CODE = re.compile(r"^\W*([45]\d\d)\b", re.MULTILINE)

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


@dataclass(frozen=True, slots=True)
class _Titles:
    """What a page's titles say of it: the `kind` of block page that is titled so, that it is one of any kind
    (`is_vague`), and that it is one of those or of no site (`is_titled`)."""

    known: Sequence[str]
    kind: str | None
    is_vague: bool
    is_titled: bool

    @classmethod
    def of(cls, titles: Iterable[str]) -> Self:
        known = [title.strip() for title in titles if title and is_short(title)]
        first = min(map(_first_kind, known), default=len(BLOCK_PAGES))
        kind = BLOCK_PAGES[first].name if first < len(BLOCK_PAGES) else None
        is_vague = any(map(_ANY_TITLE.fullmatch, known))
        is_titled = bool(kind) or is_vague or any(map(_HOST.fullmatch, known))
        return cls(known, kind, is_vague, is_titled)

    def needed(self, lines: Sequence[str]) -> re.Pattern[str] | None:
        """Return what a line must hold to say that it is one, where the title of a document stands above."""
        if not self.kind and any(map(_GENRE.fullmatch, self.known)):
            return _OF_SITE
        if self.is_titled or not any(SITE_BEHIND.split(title, 1)[0] in lines for title in self.known):
            return None
        return None if any(map(is_any_message, self.known)) else TO_VISITOR


@lru_cache(maxsize=1024)
def _first_kind(title: str) -> int:
    """Return the place of the first kind of block page that is titled so, behind all of them where there is none."""
    fitting = (place for place, kind in enumerate(BLOCK_PAGES) if kind.title.fullmatch(title))
    return next(fitting, len(BLOCK_PAGES))


def judge(titles: Iterable[str], lines: Sequence[str], text: str, html: str = "", page_text: str = "") -> str | None:
    """Return the name of the kind of block page that a page is, None when it is none.

    `titles` are what the page calls itself, `lines` all that it shows, `text` what is left of that as a document's,
    `html` its markup; `page_text` is all of its text, by which it is judged where `text` says nothing.

    >>> judge(["系统维护中"], ["网站正在升级维护，请稍后访问。"], "网站正在升级维护，请稍后访问。")
    'maintenance'
    """
    if len(text) > MAX_TEXT:
        return None
    names = _Titles.of(titles)
    if not names.is_titled and len(_ITEM.findall(text)) > MAX_ITEMS:
        return None
    kind = _judged(names, lines, text, html, page_text)
    return None if kind and not html and _is_list(text, may_be_menu=kind in _FORMS) else kind


def _is_list(text: str, *, may_be_menu: bool) -> bool:
    """Say whether a text without markup has many lines that no block page says, or lines that a program fills in.

    One line of a list is a message by chance, and several that say nothing to the visitor are a program's, as are
    several lines of data, and lines that say of one thing now this and now that.
    `may_be_menu` says that the page asks for something, in words rather than sentences.
    """
    lines = [line for line in text.split("\n") if size([line])]
    formats = [line for line in lines if (PLACEHOLDER.search(line) or _FILLED.search(line)) and HAN.count(line)]
    speaks = may_be_menu or any(TO_VISITOR.search(_CONTROL.sub("", line)) for line in lines)
    times = Counter(lines)
    is_alone = len(times) < MIN_OUTCOMES and all(map(is_said_by_one, formats))
    is_filled_in = len(formats) >= MIN_FORMATS or (bool(formats) and not speaks and not is_alone)
    if is_filled_in or max(times.values(), default=0) >= MIN_AGAIN or _are_data(lines):
        return True
    is_form = sum(1 for line in lines if _ASKS.match(line)) >= MIN_ASKED
    if not may_be_menu and (is_form or any(map(_has_name, formats)) or any(map(_OF_PROGRAM.fullmatch, lines))):
        return True
    unsaid = [line for line in lines if not is_said_by_one(line)]
    begins_with_message = any(map(is_any_message, lines[:FIRST]))
    are_most = len(unsaid) > MIN_UNSAID_SHARE * len(lines) and not (may_be_menu or begins_with_message)
    if len(unsaid) > (FEW_UNSAID if are_most else MAX_UNSAID) or _are_states(lines, unsaid):
        return True
    if len(unsaid) >= MIN_STRINGS and any(map(_PASSED.fullmatch, unsaid)):
        return True
    is_bare = not any(map(_SENTENCE_MARK.search, lines))
    if is_bare and len({kind for line in lines if (kind := _kind_said(line))}) >= MIN_KINDS:
        return True
    is_mute = is_bare and not speaks
    is_said_first = any(map(is_any_message, lines[:1]))
    least = MIN_OUTCOMES if _come_out_alike(times) else MIN_MESSAGES if is_said_first else MIN_STRINGS
    return is_mute and len(lines) >= least


def _has_name(line: str) -> bool:
    """Say whether a program fills in something that has a name of its own, as in `{total}`."""
    found = PLACEHOLDER.search(line)
    return bool(found and found["name"] and len(found["name"]) >= MIN_NAME)


def _kind_said(line: str) -> str | None:
    """Return the first kind of block page of which a line is the message, but for those that any program has."""
    said = (kind.name for kind in BLOCK_PAGES if kind.name not in _ANY_PROGRAMS and kind.is_said([line]))
    return next(said, None)


def _come_out_alike(lines: Iterable[str]) -> bool:
    """Say whether two lines end with one word of how something came out: a page says it of one thing."""
    outcomes = [found[1] for line in lines if (found := _OUTCOME.search(line.rstrip()))]
    return len(set(outcomes)) < len(outcomes)


def _are_data(lines: Sequence[str]) -> bool:
    """Say whether lines are objects of data, or most of them values behind their names."""
    values = sum(1 for line in lines if _VALUE.fullmatch(line))
    return sum(1 for line in lines if _OBJECT.fullmatch(line)) > 1 or (values > 1 and 2 * values > len(lines))


def _are_states(lines: Sequence[str], unsaid: Sequence[str]) -> bool:
    """Say whether several lines begin with one word, of which one goes on or is done: what is said of it in turn."""
    words = Counter(word[1] for line in set(lines) if (word := _BEGUN.match(line)))
    done = [word[1] for line in unsaid if _DONE.fullmatch(line) and (word := _BEGUN.match(line))]
    going = [word[1] for line in lines if (word := _GOES_ON.fullmatch(line))]
    return any(words[word] >= MIN_STATES for word in (*done, *going))


def _judged(names: _Titles, lines: Sequence[str], text: str, html: str, page_text: str) -> str | None:
    """Return the kind of a page by its text, and where that says nothing by all of it."""
    rest = beside(text, is_titled=names.is_titled)
    kind = _kind(names, lines, text, rest, html)
    is_prose = rest is None and not names.is_titled  # all of the page has the same prose
    if kind or is_prose or not page_text or len(page_text) > MAX_TEXT:
        return kind
    return _kind(names, lines, page_text, beside(page_text, is_titled=names.is_titled), html)


def _kind(names: _Titles, lines: Sequence[str], text: str, rest: int | None, html: str) -> str | None:
    """Return the kind of a page of which `text` is judged, which has `rest` beside what block pages say."""
    if rest is None or len(set(_CODE.findall(text))) > MAX_CODES:
        return _forward(html, lines)
    if names.kind and rest <= MAX_TITLED_REST:
        return names.kind
    return _said(names, lines, text, rest) or _forward(html, lines) or _traced(html, text, lines)


def _said(names: _Titles, lines: Sequence[str], text: str, rest: int) -> str | None:
    """Return the kind that a line of the page says it is; where a document's title heads it, one to the visitor."""
    needed = names.needed(lines)
    said = [line for line in map(begun, text.split("\n")) if is_short(line)]
    shown = [line for line in lines[:MAX_LINES] if is_short(line)]
    is_bare, may_be_cut = rest <= MAX_BARE_REST and size(shown) <= MAX_SHOWN, size(shown) <= 2 * MAX_SHOWN
    for kind in BLOCK_PAGES:
        where = shown if is_bare or (may_be_cut and kind.name in _CUT) else said
        fitting = filter(needed.search, where) if needed and kind.name not in _OF_DOCUMENT else where
        if rest < kind.max_rest and kind.is_said(fitting):
            return kind.name
    if size([text]) <= MAX_MESSAGE and rest <= MAX_MESSAGE_REST and not needed and any(map(is_message, said)):
        return "message"
    if size([text]) and not size([_UNFILLED.sub("", text)]):
        return "message"
    return "soft_not_found" if names.is_vague and rest <= MAX_BARE_REST else None


def _forward(html: str, lines: Sequence[str]) -> str | None:
    """Return the kind of a page whose markup leads on and that shows little."""
    is_one = html and not is_larger(lines, MAX_FORWARD_REST) and leads_on(html)
    return _FORWARD.name if is_one else None


def _traced(html: str, text: str, lines: Sequence[str]) -> str | None:
    """Return the kind whose trace is in the markup of a page that has next to no text, and shows little around it."""
    if size([text]) > MAX_TRACED_REST or not _ANY_TRACE.search(html) or size(lines[:MAX_LINES]) > MAX_SHOWN:
        return None
    return next((name for name, pattern in _TRACED if pattern.search(html)), None)
