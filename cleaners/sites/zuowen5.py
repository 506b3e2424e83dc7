"""起点作文 and 范文."""

from cleaners.sites import Site

SITE = Site(
    name="zuowen5",
    title="起点作文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zuowen5.net",),
    start=("https://m.zuowen5.net/",),
    documents=(r"^/fanwen/[a-z]+/\d+\.html$",),
    explore=True,
)
