"""新文秘网 and its Traditional pinyin mirrors: breadcrumb, time, the site's own outline, a gap, an unfinished end."""

from cleaners.rules.rule import Position, Rule
from cleaners.templates import Block, Template

TEMPLATE = Template(
    name="wm114",
    why="breadcrumb ending in 正文, outline, left-out passage, unfinished mark",
    signs=("wm114.crumbs", "cut.gap", "cut.unfinished", "wm114.outline_head"),
    need=2,
    rules=(
        Rule(
            id="wm114.crumbs",
            why="breadcrumb that names the site and ends in 正文",
            position=Position.HEAD,
            pattern=r"您的位置 ?: ?.{2,16}>>.{0,120}>>正文",
            match=["您的位置:新文秘网>>工业/企业讲话/动员大会/>>正文"],
            never=["您的位置:三楼东侧"],
        ),
        Rule(
            id="wm114.outline_head",
            why="head of the site's own outline",
            position=Position.HEAD,
            pattern=r"目录/提纲 ?: ?(?:…+|\.{3,})",
            match=["目录/提纲:……"],
            never=["提纲:"],
        ),
    ),
    blocks=(
        Block(
            id="wm114.outline",
            why="the site's own outline, made of the document's headings, between two rows of dots",
            begin=r"目录/提纲 ?: ?(?:…+|\.{3,})",
            end=r"…+|\.{3,}",
            inner=r".{1,120}",
            lines=80,
            states="outline",
        ),
    ),
)
