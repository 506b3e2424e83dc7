"""What lines of a page's frame state of it, in whatever words: when, by whom, and how often it was read.

Only lines that a rule or the judge has taken are asked, so a pattern here may be loose: a text loses nothing by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.rules.rule import LineRole, Position

MAX_LINE = 160
"""Characters of the longest line that is read."""

_YEAR = r"(?:(?:19|20)\d\d|(?<!\d)[012]\d)"
_DATE = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR})(?P<mark>[-/.年])(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})(?!\d)日?"
    r"(?:[ T]{0,2}(?P<time>\d{1,2}:\d\d(?::\d\d)?))?"
)
_WHEN = re.compile(
    r"(?:发[布表稿文]|公开|更新|上传|添加|录入|创建|编辑|发[布表]?|写|成文|生成)(?:时间|日期|于)?"
    r"|(?:时间|日期|来源) ?:|于(?= ?\d)"
)
_WHO = re.compile(
    r"(?:作者|发布[人者]|发表[人者]|上传[人者]|撰稿人?|投稿人?|文(?=/)) ?[:/] ?"
    r"(?P<uploader>[\w·]{2,20}(?: ?\([\w]{1,16}\))?)(?=$|[ |,;\[\](]|来源|时间|发布|发表|更新|浏览|阅读|点击|出处)"
)
_COUNT = r"(?P<views>\d[\d,.]{0,9} ?[万wWkK]?)"
_VIEWS = re.compile(
    r"(?:浏览|阅读|点击|查看|访问|人气|热度|本文已影响|阅)(?:次数|人数|量|数|次)?\]? ?[:(\[]?"
    rf" ?{_COUNT}(?![\d万]| ?[页年月]|[-/.]\d)"
    rf"|(?<![\d.])(?P<views2>\d[\d,.]{{0,9}} ?[万wWkK]?) ?(?:次|人)?(?:已?(?:浏览|阅读|围观|查看|点击)|人?看过|人?读过)"
)
_ANY = re.compile(
    r"(?:作者|来源|编辑|责编|发布|发表|更新|时间|日期|浏览|阅读|点击|记者|热度|人气|查看|回复|楼主|评论|稿源)"
)
_NEVER = re.compile(r"(?i)copyright|©|版权|备案|ICP|有效期|截止|报名|上一篇|下一篇")

_NOBODY = re.compile(
    r"本站|佚名|网络|互联网|会员上传|管理员|未知|不详|匿名|原创|发布|admin|.{0,8}网|(?:点击|阅读|浏览|来源|更新|时间|日期|作者).*"
)
"""What stands in an author's place where the page knows none."""

RULE = stage_rule("frame.states", Position.HEAD, rank=8)
"""What stands for the reading of a line that no rule of the rule book reads."""


def is_byline(line: Line) -> bool:
    """Whether a line says when or by whom a page was written, or how often it was read."""
    if len(line.normalized) > MAX_LINE:
        return False
    if line.has_role(LineRole.BYLINE):
        return True
    text = line.normalized
    found = _DATE.search(text)
    if found and (found.end() - found.start() >= len(text) - 8 or (len(text) <= 100 and _ANY.search(text))):
        return "。" not in text
    return len(text) <= 60 and "。" not in text and bool(_WHO.match(text) or _VIEWS.fullmatch(text))


def read(line: Line) -> Mapping[str, str]:
    """Return the facts that a line of the frame states.

    A day counts where a word says what it is of, where it has a time, or where it stands for itself.
    """
    text = line.normalized
    if len(text) > MAX_LINE or "。" in text or _NEVER.search(text):
        return {}
    facts = {}
    days = list(_DATE.finditer(text))
    if days and (days[0]["time"] or _WHEN.search(text) or len(days[0].group()) >= len(text) - 16):
        facts["published"] = _day(days[0])
    if (who := _WHO.search(text)) and not _NOBODY.fullmatch(who["uploader"]):
        facts["uploader"] = who["uploader"]
    if seen := _VIEWS.search(text):
        facts["views"] = (seen["views"] or seen["views2"]).strip()
    return facts


def _day(found: re.Match[str]) -> str:
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    return f"{year}-{found['month']}-{found['day']}" + (f" {found['time']}" if found["time"] else "")
