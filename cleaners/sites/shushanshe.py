"""总结社: 范文."""

from cleaners.sites import Site

SITE = Site(
    name="shushanshe",
    title="总结社",
    state="static text",
    seen="2026-11, stored pages",
    domains=("shushanshe.com",),
    start=("https://www.shushanshe.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
