"""What lines of a page's frame state of it, in whatever words: when, by whom, and how often it was read.

Only lines that a rule or the judge has taken are asked, so a pattern here may be loose: a text loses nothing by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cleaners.judging.facts import names_somebody
from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.titles import SITE_NAME
from cleaners.rules.rule import LineRole, Position

MAX_LINE = 160
"""Characters of the longest line that is read."""

MAX_BELOW = 30
"""Characters of the longest line below the text that is read."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_YEAR = r"(?:(?:19|20)\d\d|(?<!\d)[012]\d)"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?"
_DATE = re.compile(
    rf"(?<![\d.])(?P<year>{_YEAR})(?: ?年 ?|[-/.])(?P<month>\d{{1,2}})(?: ?月 ?|[-/.])(?P<day>\d{{1,2}})(?![\d.]) ?日?"
    rf"(?:[ T]{{0,2}}(?P<time>{_TIME}))?"
    rf"|(?<!\d)(?P<year2>(?:19|20)\d\d):(?P<month2>[01]\d):(?P<day2>[0-3]\d) (?P<time2>{_TIME})"
    rf"|(?<![A-Za-z])(?:(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<name3>{'|'.join(MONTHS)})[a-z]{{0,6}}[.,]?"
    rf"(?: (?P<day4>\d{{1,2}})(?:st|nd|rd|th)?,?)? (?P<year3>(?:19|20)\d\d)(?!\d)(?:,?[ T](?P<time3>{_TIME}))?"
)
_WHEN = re.compile(
    r"(?:发[布表稿文]|公[开告布]|刊[登载]|更新|上传|[添增]加|加入|[录存]入|收录|入库|创建|编辑|张贴|提问|回答"
    r"|发[布表]?|写作?|成文|生成)(?:时间|日期|于)?"
    r"|(?:时间|日期|来源) ?:|于(?= ?\d)|(?i:posted|published|updated)"
)
_LABELLED = re.compile(r"(?:发布|发表|更新|上传|添加|录入)(?:时间|日期) ?:")
_END = r"(?=$|[ |,;\[\](]|来源|时间|发布|发表|更新|浏览|阅读|点击|出处)"
_WHO = re.compile(
    r"(?:作者|发布[人者]|发表[人者]|上传[人者]|撰稿人?|投稿人?|文(?=/)) ?[:/] ?"
    rf"(?P<uploader>[\w·]{{2,20}}?(?: ?\([\w]{{1,16}}\))?){_END}"
    r"|(?P<uploader2>[\w·]{2,20}) ?\| ?楼主|(?P<uploader3>[\w·]{2,20}) (?:发表|发布|上传)于 ?(?=\d)"
    r"|(?:^|[) ])作者 ?(?P<uploader4>\w{2,20}) ?\(|本帖最后由 (?P<uploader6>[^ ]{2,20}) 于 ?\d"
    r"|^1 ?# ?(?P<uploader7>\w{2,20})$"
    r"|^(?P<uploader8>[^\W\d]{2,16}) ?\d{1,3} ?(?:分钟|个?小时|天|周|个?月|年)前"
    r"|^(?P<uploader5>[\w·]{2,16}) (?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    rf"(?: {_TIME})?(?: 发布于\w{{2,8}})?$"
    r"|^[^\W\d]{2,12} (?P<uploader10>[\w·]{2,20}) \d{1,7}℃"
)
_COUNT = r"\d[\d,.]{0,9} ?[万wWkK]?"
_SEEN = "(?:浏览|阅读|点[击阅]|查看|访问|人气|热度|本文已影响|阅)"
_VIEWS = re.compile(
    rf"{_SEEN}(?:(?:次数|人数|量|数) ?:? ?|(?:人次|率|次)? ?: ?)(?P<views3>{_COUNT})(?= (?:收藏|评论|点赞|喜欢))|"
    rf"{_SEEN}(?:次数|人数|人次|量|数|率|次)?\]? ?[:(\[]?"
    rf" ?约?(?P<views>{_COUNT})(?![\d万]| ?[页年月]|[-/.]\d| ?(?:人|次)?(?:收藏|评论|回[复答]|点赞|喜欢))"
    rf"|(?<![\d.:/-])(?P<views2>{_COUNT}) ?(?:次|人)?(?:(?:已?(?:浏览|阅读|围观|查看|点击)|人?看过|人?读过)(?! ?:)|℃)"
    rf"|^(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}} {_TIME} (?P<views4>\d{{1,7}}) ?次$"
)
_READ_BY = re.compile(rf"[一-鿿]{{0,4}}{_COUNT} ?人已?(?:浏览|阅读|围观|查看)")
"""A counter with the section's name before it."""
_OF_PAGE = re.compile(
    r"(?:作者|来源|编辑|责编|发布|发表|更新|浏览|阅读|点击|热度|人气|查看|回复|楼主|评论|稿源"
    r"|(?:创建|分类|标签) ?(?::|于? ?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?![\d一-鿿]))"
    r"|(?i:(?<![A-Za-z])(?:posted|by|comments?|views)(?![A-Za-z])))"
)
_ANY = re.compile(rf"{_OF_PAGE.pattern}|时间|日期|记者")
_NEVER = re.compile(r"(?i)copyright|©|版权|备案|ICP|有效期|实施|施行|截止|报名|上一篇|下一篇")

_NO_AUTHOR = re.compile(r".{0,8}网|(?:稿件|图片|点击|阅读|浏览|来源|更新|时间|日期|作者).*")
"""A site's name, or the next label, in an author's place."""
_FROM = re.compile(
    r"(?<![图片资料数据])(?:(?:来源|出处|稿源) ?[:/]|(?:转载自|转自|摘自|选自|原载于?)(?: ?:|(?=[《\"]))) ?[《\"]?"
    r"(?P<source>[\w·&.-]{2,24}?(?: ?\([\w]{1,12}\))?)[》\"]?"
    r"(?=$|[ |,;\[\])>]|作者|记者|编辑|责编|责任|时间|发布|发表|更新|浏览|阅读|点击|字[号体]|(?:19|20)\d\d[-/.年])"
)
"""Where a text was published before."""
_CREDIT = re.compile(r"[(\[【]?(?:文章|本文|信息|稿件)?(?:来源|出处|稿源|转载?自|摘自|选自|原载于?).*")
_DAY_OF_MEMBER = re.compile("(?:(?:注册|加入)(?:时间|日期)?|最后(?:登[录陆]|活动|访问|在线)(?:时间)?|生日) ?:?")
_REGISTERED = re.compile("注册(?:时间|日期)? ?:")
"""The label of the day on which a poster became a member."""
_OF_AN_AUTHOR = re.compile("粉丝|获赞|原创文章|积分")
"""Counters of a person and not of the page."""

RULE = stage_rule("frame.states", Position.HEAD, rank=8)
"""The rule of what is read from a line that no rule of the rule book reads."""


HEADED = stage_rule("frame.states", Position.HEAD, rank=7)
"""The same of a line next below the title."""

BELOW = stage_rule("frame.states", Position.TAIL, rank=9)
"""The same of a line below the text, which counts only where none above says so."""


def is_byline(line: Line) -> bool:
    """Whether a line says when or by whom a page was written, or how often it was read."""
    if len(line.normalized) > MAX_LINE:
        return False
    return line.has_role(LineRole.BYLINE) or _is_written_as_byline(line.normalized)


def is_byline_of_page(line: Line) -> bool:
    """Whether a line says when a page was written, or how often it was read, in words that pages have for it.

    A text of its own has days of another kind, and names its author.
    """
    text = line.normalized
    if not is_byline(line) or not (line.rules or _OF_PAGE.search(text)):
        return False
    return bool(_DATE.search(text) or "views" in read(line))


@lru_cache(maxsize=1024)
def _is_written_as_byline(text: str) -> bool:
    found = _DATE.search(text)
    if (
        found
        and _day(found)
        and (
            found.end() - found.start() >= len(text) - 8
            or (len(text) <= 100 and _ANY.search(text))
            or (
                found["time"]
                and found.end() >= len(text) - 1
                and SITE_NAME.fullmatch(text[: found.start()].rstrip(" ("))
            )
        )
    ):
        return "。" not in text
    if len(text) > 60 or "。" in text:
        return False
    who = _WHO.match(text)
    return bool(who and who["uploader"]) or any(
        _VIEWS.fullmatch(piece) or _READ_BY.fullmatch(piece) for piece in (text, *text.split(" "))
    )


def is_stamp(line: Line) -> bool:
    """Whether a line labels the day and time at which the page was published."""
    return ":" in read(line).get("published", "") and bool(_LABELLED.search(line.normalized))


def heads_day_of_member(line: Line) -> bool:
    """Whether a line labels the day in the next one as one of a board's member: registered, last seen."""
    return bool(_DAY_OF_MEMBER.fullmatch(line.normalized))


def read(line: Line) -> Mapping[str, str]:
    """Return the facts that a line of the frame states.

    A day counts where a word says what it is of, where it has a time, or where it stands for itself.
    """
    return _stated(line.normalized) if len(line.normalized) <= MAX_LINE else {}


@lru_cache(maxsize=4096)  # the pages of a site have most lines of their frame in common
def _stated(text: str) -> Mapping[str, str]:
    if "。" in text or _NEVER.search(text):
        return {}
    facts = {}
    day = next((day for found in _DATE.finditer(text) if (day := _day(found))), None)
    if day and not _REGISTERED.match(text) and (day.time or _WHEN.search(text) or day.length >= len(text) - 16):
        facts["published"] = f"{day.date} {day.time}".strip()
    if (who := _WHO.search(text)) and names_somebody(name := _said(who)) and not _NO_AUTHOR.fullmatch(name):
        facts["uploader"] = name
    if (origin := _FROM.search(text)) and names_somebody(origin["source"]):
        facts["source"] = origin["source"]
    if not _OF_AN_AUTHOR.search(text) and (seen := _VIEWS.search(text)):
        facts["views"] = _said(seen).strip()
    return facts


def read_below(line: Line) -> Mapping[str, str]:
    """Return what a short line below the text states of it: where it came from, the day, and how often it was read.

    The day stands alone there, or after a word that says what it is of.
    """
    stated = read(line)
    is_short = len(line.normalized) <= MAX_BELOW
    return {name: stated[name] for name in ("published", "source", "views") if name in stated and is_short}


def read_credit(line: Line) -> Mapping[str, str]:
    """Return where the text came from, as a line of its own at its end says, which stays: `(来源:…)`."""
    is_credit = len(line.normalized) <= MAX_BELOW and _CREDIT.fullmatch(line.normalized)
    return {"source": source} if is_credit and (source := _stated(line.normalized).get("source")) else {}


class _Day(NamedTuple):
    """A day as a line states it: the date, the time ("" where there is none), and how long both are written."""

    date: str
    time: str
    length: int


def _day(found: re.Match[str]) -> _Day | None:
    """Return the day that a line states; None where a month and a year stand without a day."""
    year = found["year"] or found["year2"] or found["year3"]
    month = found["month"] or found["month2"] or str(MONTHS.index(found["name3"]) + 1)
    day = found["day"] or found["day2"] or found["day3"] or found["day4"]
    time = found["time"] or found["time2"] or found["time3"] or ""
    date = f"{year if len(year) == 4 else f'20{year}'}-{month}-{day}"
    return _Day(date, time, len(found.group())) if day else None


def _said(found: re.Match[str]) -> str:
    """Return what the one group says that took part in a match."""
    return next(said for said in found.groups() if said)
