"""05166: collections of office texts."""

from cleaners.sites import Site

SITE = Site(
    name="doc05166",
    title="05166.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("05166.com",),
    start=("https://05166.com/",),
    documents=(r"^/doc/[a-z0-9]{10}$",),
    explore=True,
)
