"""学科家园: the beginning of a text, cut without a word."""

from cleaners.sites import Site

SITE = Site(
    name="xuekejiayuan",
    title="学科家园",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xuekejiayuan.com",),
    start=("https://www.xuekejiayuan.com/",),
    documents=(r"^/doc/\d+\.html$",),
    explore=True,
)
