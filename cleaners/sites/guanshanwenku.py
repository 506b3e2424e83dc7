"""关山文库: whole office texts."""

from cleaners.sites import Site

SITE = Site(
    name="guanshanwenku",
    title="关山文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("guanshanwenku.com",),
    start=("https://guanshanwenku.com/",),
    documents=(r"^/[a-z]+/\d{4}/\d{2}/\d+\.html$",),
    explore=True,
)
