"""七七文库: documents split over several pages."""

from cleaners.sites import Site

SITE = Site(
    name="wenku77cn",
    title="七七文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("77cn.com.cn",),
    start=("https://77cn.com.cn/",),
    documents=(r"^/wenku/[a-z]+/\d+\.html$",),
    explore=True,
    parts=r"^/wenku/[a-z]+/\d+(?P<part>_(?P<page>\d{1,3}))\.html$",
)
