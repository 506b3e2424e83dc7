"""Office texts with an advert in the last paragraph."""

from cleaners.sites import Site

SITE = Site(
    name="dawenge",
    title="dawenge.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("dawenge.com",),
    start=("https://dawenge.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
