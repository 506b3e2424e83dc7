"""Papers of journals (搜论网 and sisters): a head that says it is a part, the part, then its machine translation."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="periodical",
    why="the first part of a paper below a head that says so",
    signs=("cut.excerpt",),
    need=1,
    urls=r"/periodical/[0-9a-f]{32}\.html",
    knows_frame=False,
)
