"""范文 in parts."""

from cleaners.sites import Site

SITE = Site(
    name="refanwen",
    title="refanwen.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("refanwen.com",),
    start=("http://m.refanwen.com/",),
    documents=(r"^/[a-z]+/[a-z]+/\d+/\d+\.html$",),
    explore=True,
)
