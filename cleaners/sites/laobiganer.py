"""老笔杆: whole office texts."""

from cleaners.sites import Site

SITE = Site(
    name="laobiganer",
    title="老笔杆",
    state="static text",
    seen="2026-11, stored pages",
    domains=("laobiganer.com",),
    start=("https://www.laobiganer.com/",),
    documents=(r"^/gongwen/\d+\.html$",),
    explore=True,
)
