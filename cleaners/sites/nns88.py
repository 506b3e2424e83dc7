"""活动范文网."""

from cleaners.sites import Site

SITE = Site(
    name="nns88",
    title="活动范文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("nns88.com",),
    start=("http://www.nns88.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
