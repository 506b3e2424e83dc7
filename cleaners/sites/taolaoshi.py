"""淘老师公文: the beginning of a text, and how much is hidden."""

from cleaners.sites import Site

SITE = Site(
    name="taolaoshi",
    title="淘老师",
    state="static text",
    seen="2026-11, stored pages",
    domains=("taolaoshi.top",),
    start=("https://ceshi.taolaoshi.top/",),
    documents=(r"^/gongwen/\d+\.html$",),
    explore=True,
)
