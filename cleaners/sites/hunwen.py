"""范文 in parts."""

from cleaners.sites import Site

SITE = Site(
    name="hunwen",
    title="hunwen.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("hunwen.com",),
    start=("https://hunwen.com/",),
    documents=(r"^/fanwen/[a-z]+/\d+/\d+\.html$",),
    explore=True,
)
