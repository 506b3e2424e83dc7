"""范文 under a path and a lead."""

from cleaners.sites import Site

SITE = Site(
    name="miekuo",
    title="miekuo.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("miekuo.com",),
    start=("https://miekuo.com/",),
    documents=(r"^/fanwendaquan/[a-z]+/\d+\.html$",),
    explore=True,
)
