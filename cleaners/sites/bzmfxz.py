"""Construction documents, a random part of each shown."""

from cleaners.sites import Site

SITE = Site(
    name="bzmfxz",
    title="bzmfxz.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("bzmfxz.com",),
    start=("https://bzmfxz.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
