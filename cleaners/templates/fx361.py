"""参考网 (fx361) and its mirrors: title, date with author, journal and issue, the site's own keywords, the paper."""

from cleaners.rules.rule import Position, Rule
from cleaners.templates import Template

TEMPLATE = Template(
    name="fx361",
    why="journal line and keywords run together, made by the site",
    signs=("byline.journal", "fx361.keywords", "byline.bare"),
    need=2,
    urls=r"/page/\d{4}/\d{4}/\d+\.shtml",
    rules=(
        Rule(
            id="fx361.keywords",
            why="the site's keywords: two to four words run together without a mark; a paper's own keywords have marks",
            position=Position.HEAD,
            pattern=r"关键词 ?: ?[^;,、 。]{4,24}",
            match=["关键词:治党政治生态", "关键词:教学资源资源用户"],
            never=["关键词:大数据;网格化治理;智能化", "关键词: 治理"],
        ),
    ),
)
