"""第一秘书: office texts whose numbers are lost."""

from cleaners.sites import Site

SITE = Site(
    name="mishu1",
    title="第一秘书",
    state="static text",
    seen="2026-11, stored pages",
    domains=("1mishu.com",),
    start=("https://www.1mishu.com/",),
    documents=(r"^/article/[a-z]+/[a-z]+/\d{6}/\d+\.html$",),
    explore=True,
)
