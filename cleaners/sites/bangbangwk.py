"""A document as one line."""

from cleaners.sites import Site

SITE = Site(
    name="bangbangwk",
    title="bangbangwk.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("bangbangwk.com",),
    start=("http://bangbangwk.com/",),
    documents=(r"^/wenku/\d+\.html$",),
    explore=True,
)
