"""笔笔文库 and its sisters (blingdoc, bgzsck): title, time and the constant 121, the first paragraphs, a login wall."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="bibiwenku",
    why="customer-service hint below the time; login wall; reward box; article information",
    signs=("cut.login", "account.reward", "related.this", "service.tip", "cut.read_all"),
    need=3,
    knows_frame=False,
    urls=r"/index/article/detail/detail_id/\d+",
)
