"""自学文库: answers in the form of articles."""

from cleaners.sites import Site

SITE = Site(
    name="zixuewenku",
    title="自学文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zixuewenku.com",),
    start=("https://zixuewenku.com/",),
    documents=(r"^/html/\d+\.html$",),
    explore=True,
)
