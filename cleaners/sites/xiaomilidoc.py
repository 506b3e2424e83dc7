"""小米粒文库: texts behind sentences of who uploaded them."""

from cleaners.sites import Site

SITE = Site(
    name="xiaomilidoc",
    title="小米粒文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xiaomilidoc.com",),
    start=("https://www.xiaomilidoc.com/",),
    documents=(r"^/p-\d+\.html$",),
    explore=True,
)
