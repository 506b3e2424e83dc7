"""写作指南: whole office texts."""

from cleaners.sites import Site

SITE = Site(
    name="xiezuozhinan",
    title="写作指南",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xiezuozhinan.com",),
    start=("https://www.xiezuozhinan.com/",),
    documents=(r"^/\d+\.html$",),
    explore=True,
)
