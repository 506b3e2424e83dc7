"""小草范文网."""

from cleaners.sites import Site

SITE = Site(
    name="xiaocaofanwen",
    title="小草范文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xiaocaofanwen.com",),
    start=("http://www.xiaocaofanwen.com/",),
    documents=(r"^/\d{4}/[a-z]+_\d{4}/\d+\.html$",),
    explore=True,
)
