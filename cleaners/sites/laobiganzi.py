"""老笔杆子: office texts, the end behind a login."""

from cleaners.sites import Site

SITE = Site(
    name="laobiganzi",
    title="老笔杆子",
    state="static text",
    seen="2026-11, stored pages",
    domains=("laobiganzi.top",),
    start=("https://laobiganzi.top/",),
    documents=(r"^/\d+\.html$",),
    explore=True,
)
