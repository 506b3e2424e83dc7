"""小精文库: 范文."""

from cleaners.sites import Site

SITE = Site(
    name="xjwk",
    title="小精文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xjwk.net",),
    start=("http://m.xjwk.net/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
