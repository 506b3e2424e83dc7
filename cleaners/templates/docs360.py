"""360文档中心 and its sisters (搜档网, 文档之家): title, a box of downloads or facts of the file, then the text alone."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="docs360",
    why="the title, now and then a box of downloads or the facts of the file, and the text of the file",
    knows_frame=False,
)
