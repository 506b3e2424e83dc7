"""Collections."""

from cleaners.sites import Site

SITE = Site(
    name="wenmi360",
    title="360wenmi.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("360wenmi.com",),
    start=("https://360wenmi.com/",),
    documents=(r"^/f/file[a-z0-9]+\.html$",),
    explore=True,
)
