"""What speaks for a line being the title of a page whose frame is known: its form, its place, and what other lines say.

Paths end with the title, labels and notices name it, the facts of the page stand below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaners.judging import titles
from cleaners.judging.bare_title import CHAPTER
from cleaners.judging.frame_facts import is_byline
from cleaners.judging.line_labels import LineLabels
from cleaners.judging.page_lines import Line
from cleaners.judging.page_prose import Prose
from cleaners.judging.rulebook import FAMILY_OF
from cleaners.judging.title_form import PART
from cleaners.rules.rule import LineRole

MAX_BELOW = 30
"""So many lines from the bottom may repeat the title."""

MAX_ABOVE = 90
"""So many lines from the top may cite the title."""

MIN_NAME = 6
"""Letters of a title, at least, that a line does not merely happen to repeat."""

NEXT_ABOVE = 4.0
"""What the facts of the page say for the line next above them; half of it for the one above that."""

LED = 2.0
"""What an editor's word about the text says for the line next above it, where nothing else says the first choice."""

SHORT, MAX_SHORT = 2.0, 4
"""What speaks against words of so few letters, unless the text begins with them: menus have such."""

MIN_STEP = 10
"""Letters of the shortest step that is no section's where only a word for the page stands behind it."""

MIN_STEPS = 4
"""Steps of a path that leads to a document, and not to a section."""

BOOK = re.compile("《[^《》]{2,40}》")
"""A title in its marks, of which no text is made."""

_PART = re.compile("【[^【】]{2,6}】")
"""The heading of a part of a text."""
_LABEL = re.compile(
    r"(?:(?:(?:本文|文章|作品|论文|主题|帖子)?(?:标题|题目)|主题|篇名|题名) ?:|标题 (?=.{8})) ?"
    r"(?P<said>.{2,80}?)(?: ?\[[^\]]{2,8}\])*$|(?P<linked>.{4,80}?) ?\[(?:复制链接|复制地址)\]$"
)
_NAMED = re.compile(
    "(?:标题|题目|篇名|题名) ?:《(?P<labelled>[^《》]{2,60})》"
    "|^(?:收藏|分享|打印|转载|本文|关于)《(?P<kept>[^《》]{4,80})》.{0,12}$"
)
_QUOTED = re.compile('《(?P<book>[^《》]{2,80})》|["“](?P<quoted>[^"“”]{2,80})["”]')
_MARK = re.compile('[《“"]')
_ARROW = re.compile(r"[>›»→▸▶⟩≫][>›»→▸▶⟩≫]*")  # not `+`: `re` looks for a first character fast
_STEP = re.compile(r" ?(?:[>›»→▸▶⟩≫/]|--) ?")
NO_STEP = re.compile(r"(?:正文|列表页?|详情|内容|全文|详细内容|浏览|文章内容|查看|阅读)页?")
_ROW = re.compile(rf"(?!{PART})\S+(?: +\S+){{3,}}")
_SIGNERS = re.compile(
    r"(?:[一-鿿]{2,24}(?:院|部|厅|局|委员会|办公室|公司|集团|政府|中心|协会)[^ ]{0,4}(?: |$)[一-鿿 ]{0,12}){1,3}"
)
_TURNS = re.compile(
    r"(?:上|下|前|后|返回|关闭|打印|收藏|更多|相关|推荐|热门|最新|欢迎|留言|评论|填写|正在加载|订阅|发消息|字体|设为首页|跳转|该用户|视频加载|购物车|您的).*"
)
_CHAPTERS = re.compile("上一[章回].{0,16}下一[章回].{0,16}|上一页.{0,5}(?:目录|列表|书 ?页).{0,6}下一页.{0,16}")
"""Buttons of a novel's reader, which stand below the name of the chapter."""
_SAYS_FRAME = (titles.SITE_NAME, _TURNS, NO_STEP, _SIGNERS)
_OF_FRAME = (*_SAYS_FRAME, _ROW)


@dataclass(frozen=True, slots=True)
class Headings:
    """Lines that may be the title by what stands around them, by place; those by the page's facts, and by its path."""

    said: Mapping[int, str]
    by_facts: Collection[int] = ()
    by_path: Collection[int] = ()


def scores(
    search: LineLabels,
    seen: Mapping[int, str],
    judged: Mapping[int, float],
    title: str | None,
    end: int,
    cited: Collection[str],
    shown: Headings,
    prose: Prose,
) -> dict[int, float]:
    """Return what speaks for each candidate (`seen`), by place.

    `judged` is what the judge says against lines, `title` the first choice, `end` the place at which the text begins,
    `cited` what lines of the frame cite, `shown` what stands around candidates.
    """
    names = {place: titles.comparable(said) for place, said in seen.items()}
    first = titles.comparable(title) if title else None
    ends = search.lines[max(end, len(search.lines) - MAX_BELOW) :]
    above = search.lines[: max(end, *seen)]
    labels = [line for at, line in enumerate(above) if at not in search.protected]
    steps = set(map(titles.comparable, (*_last_steps(above), *labelled((*labels, *ends)))))
    around = [titles.letters(line.normalized[: titles.MAX_TITLE]) for line in (*search.lines[: len(above) + 2], *ends)]
    count = Counter(around)
    said = "\n".join(around)
    nearest, heading = max(seen), _heading(search, seen)
    headed = [
        name for place, name in names.items() if place == heading or above_byline(search.lines, place) == NEXT_ABOVE
    ]
    is_open = title is None or search.is_guessed
    result = {}
    for place, name in names.items():
        score = _form(seen[place]) - min(6.0, max(0.0, judged.get(place, 0.0))) / 2
        score += (
            4 * (place in shown.by_path or (name in steps and bool(name))) + 3 * (name in cited) + 1.5 * (name == first)
        )
        facts = _facts(search, seen, place, shown.by_facts)
        score += (
            facts
            + (prose.takes_up(place) if not first or name == first or name not in first else 0.0)
            + LED * (is_open and _stands_above_lead(search, place, name))
            + 1.5 * (place == 0)
            + (1 + (facts > 0)) * _is_below_path(search.lines, place)
        )
        score += (
            SHORT * (place == heading and len(name) <= MAX_SHORT)
            + 2 * (place == nearest)
            - min(2.0, 0.2 * (nearest - place))
        )
        score += 2 * (headed.count(name) > 1)
        if len(name) >= MIN_NAME:
            longer = sum(count[other] for other in set(names.values()) if name in other and name != other)
            score += 3 * (count[name] > 1) + 2 * (said.count(name) > max(1, count[name]) + longer)
        result[place] = score
    return result


def _facts(search: LineLabels, seen: Mapping[int, str], place: int, own: Collection[int]) -> float:
    """Return what the facts by a line say for it: less where they are not those of the page's text, or an author's."""
    facts = above_byline(search.lines, place)
    if place not in own:
        return facts / 2 if own else facts
    name = titles.plain(seen[place])
    if len(name) <= MAX_SHORT and any(at < place and len(titles.plain(seen[at])) >= MIN_NAME for at in own):
        return 0.0
    return facts or NEXT_ABOVE / 2


def _heading(search: LineLabels, seen: Mapping[int, str]) -> int:
    """Return the place of the first line that stays, if it may be the title and noise stands above it; else -1."""
    first = next((place for place in range(len(search.lines)) if place not in search.removed_by), -1)
    return first if first in seen and any(map(search.is_noise, range(first))) else -1


def _form(said: str) -> float:
    """Return what a line's form says for it."""
    letters = len(titles.plain(said))
    score = -SHORT if letters <= MAX_SHORT else 1.0 * (letters >= 8) + 0.5 * (letters >= 13)
    score += 2.0 * any(form.fullmatch(said) for form in (BOOK, CHAPTER)) - SHORT * (_PART.fullmatch(said) is not None)
    is_site = titles.SITE_NAME.fullmatch(titles.tidy(said) or said) is not None
    return score - 3 * max(is_site, sum(form.fullmatch(said) is not None for form in _OF_FRAME))


def _stands_above_lead(search: LineLabels, place: int, name: str) -> bool:
    """Whether an editor's word about the text, as a rule knows it, stands next below a line, or below one that repeats
    its name.
    """
    again = place + 1 < len(search.lines) and name in titles.letters(
        search.lines[place + 1].normalized[: titles.MAX_TITLE]
    )
    rule = search.rules.get(place + 1 + again)
    return rule is not None and FAMILY_OF[rule.id] == "lead"


def above_byline(lines: Sequence[Line], place: int) -> float:
    """Return what the facts below a line, or the buttons of a chapter, say for it: the nearer the more."""
    worth = NEXT_ABOVE
    for line in lines[place + 1 : place + 4]:
        if line.has_role(LineRole.BREADCRUMB):
            continue
        if is_byline(line) or _CHAPTERS.fullmatch(line.normalized):
            return worth
        worth /= 2
        if worth < NEXT_ABOVE / 2:
            break
    return 0.0


def _is_below_path(lines: Sequence[Line], place: int) -> bool:
    return place > 0 and lines[place - 1].has_role(LineRole.BREADCRUMB)


def is_of_frame(said: str) -> bool:
    """Whether a line has a form that the frame's lines have: a site's name, a button, who signs."""
    return any(form.fullmatch(said) for form in _SAYS_FRAME)


def label_of(line: Line) -> str | None:
    """Return what a line says to be the title."""
    found = _LABEL.match(line.normalized) if len(line.normalized) <= titles.MAX_TITLE else None
    return found["said"] or found["linked"] if found else None


def labelled(lines: Iterable[Line]) -> Iterator[str]:
    """Yield what lines say to be the title, alone or beside other things."""
    for line in lines:
        if said := label_of(line):
            yield said
        elif len(line.normalized) <= titles.MAX_TITLE and (found := _NAMED.search(line.normalized)):
            yield found["labelled"] or found["kept"]


def quoted(search: LineLabels) -> set[str]:
    """Return what lines of the frame cite in marks among other words, as two writings of one title share it."""
    lines, last = search.lines, len(search.lines) - MAX_BELOW
    said = (lines[at].normalized for at in search.removed_by if (at < MAX_ABOVE or at >= last) and search.is_noise(at))
    cited = {
        found["book"] or found["quoted"]
        for text in said
        if len(text) <= titles.MAX_TITLE and _MARK.search(text) and "<" not in text
        for found in _QUOTED.finditer(text)
        if len(found[0]) < len(text)
    }
    return set(map(titles.comparable, cited))


def last_step(line: Line, least: int = MIN_STEPS, marks: re.Pattern[str] = _ARROW) -> str | None:
    """Return the last step of a path with arrows (or other `marks`), of `least` steps, that leads to a page.

    One that ends in an arrow leads to the section of a title below it, and so does a word for the page behind a short
    step.
    """
    if not marks.search(line.normalized):
        return None
    steps = [step.strip() for step in marks.split(line.normalized)]
    if sum(map(bool, steps)) < least or "<" in line.normalized:
        return None
    is_worded = False
    while steps and NO_STEP.fullmatch(steps[-1]):
        steps.pop()
        is_worded = True
    last = steps[-1] if steps else ""
    return last if last and not (is_worded and len(titles.letters(last)) < MIN_STEP) else None


def _last_steps(lines: Iterable[Line]) -> Iterator[str]:
    """Yield what paths to the page end with, whatever parts their steps."""
    yield from filter(None, (last_step(line, 2, _STEP) for line in lines))
