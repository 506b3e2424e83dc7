"""深度文库: whole texts, names and numbers masked."""

from cleaners.sites import Site

SITE = Site(
    name="deepwenku",
    title="深度文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("deepwenku.com",),
    start=("https://www.deepwenku.com/",),
    documents=(r"^/\d+\.html$",),
    explore=True,
)
