"""大文笔: whole office texts."""

from cleaners.sites import Site

SITE = Site(
    name="dawenbi",
    title="大文笔",
    state="static text",
    seen="2026-11, stored pages",
    domains=("dawenbi.com",),
    start=("https://dawenbi.com/",),
    documents=(r"^/\d+\.html$",),
    explore=True,
)
