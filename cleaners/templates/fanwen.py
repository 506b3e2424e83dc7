"""The engine of large 范文 sites: title, time with channel and 我要投稿, the title again, an editor's lead, texts."""

from cleaners.rules.rule import LineRole, Position, Rule
from cleaners.templates import Template

TEMPLATE = Template(
    name="fanwen",
    why="line of time, channel and an invitation to contribute",
    signs=("fanwen.byline",),
    need=1,
    knows_frame=False,
    rules=(
        Rule(
            id="fanwen.byline",
            why="time and channel of the text, and the button for contributors",
            position=Position.HEAD,
            role=LineRole.BYLINE,
            pattern=r"时间 ?: ?(?P<published>\d{4}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?) (?P<category>[^ ,。;:]{2,20}) 我要投稿",
            match=["时间:2024-03-05 08:30:00 读后感 我要投稿", "时间: 2021-07-18 致辞讲话 我要投稿"],
            never=[
                "投稿时间:2024-03-05 前",
                "时间:2024-03-05 08:30:00 我要投稿",
                "时间:2024-03-05,我要投稿的同学请到教室",
            ],
        ),
    ),
)
