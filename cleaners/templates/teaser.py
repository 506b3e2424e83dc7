"""写作方程式 and its sisters (今日妙笔, 笔杆子文库): title, the beginning of a text in one paragraph, three dots."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="teaser",
    why="the beginning of a text in one paragraph, cut with three dots",
    knows_frame=False,
)
