"""文top: an outline in one line, then the text."""

from cleaners.sites import Site

SITE = Site(
    name="wentop",
    title="文top",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wentop.com",),
    start=("https://www.wentop.com/",),
    documents=(r"^/wen/\d+/\d+\.html$",),
    explore=True,
)
