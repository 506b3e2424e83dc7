"""Threads of boards on Discuz (老秘网, 草根家园): login box, counters, head of the post, text with jammers, reply box."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="thread",
    why="counters of the thread and head of the post above the text, box for replies below it",
    signs=("forum.post_head", "forum.top", "forum.counters", "forum.invite", "forum.foot"),
    need=2,
    knows_frame=False,
)
