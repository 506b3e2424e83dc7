"""原创力文档: the text of the first pages stands in the page."""

from cleaners.sites import Site

SITE = Site(
    name="book118",
    title="原创力文档",
    state="alive",
    seen="2026-10, survey",
    domains=("book118.com",),
    start=("https://max.book118.com/",),
    documents=(r"^/html/\d{4}/\d{4}/\d+\.shtm$",),
    explore=True,
)
