"""The engine of 作文 sites (写作坊, 笔趣作文班 and others): path, title, who recommends it and how often it was read."""

from cleaners.rules.rule import LineRole, Position, Rule
from cleaners.templates import Template

TEMPLATE = Template(
    name="zuowen",
    why="line of who recommends the text, where from, and how often it was read",
    signs=("zuowen.byline",),
    need=1,
    knows_frame=False,
    rules=(
        Rule(
            id="zuowen.byline",
            why="who recommends the text, now and then its source, and its counter",
            position=Position.HEAD,
            role=LineRole.BYLINE,
            pattern=r"(?:推荐人|作者) ?: ?[^ :|]{0,30}(?: 来源 ?: ?[^ :|]{0,20})?(?: ?\|)? 阅读 ?: ?(?P<views>[\d.]{1,6}[KWkw万]?) 次",
            match=[
                "推荐人: 来源: 小站 阅读: 4.54K 次",
                "作者: | 阅读: 3.9W 次",
                "推荐人:www.example.com 来源: 阅读: 2W 次",
            ],
            never=["阅读:4 次", "作者:林小满", "作者:林小满 来源:校刊"],
        ),
    ),
)
