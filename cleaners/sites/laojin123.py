"""老金范文: office texts with an advert before the first paragraph."""

from cleaners.sites import Site

SITE = Site(
    name="laojin123",
    title="老金范文",
    state="static text",
    seen="2026-11, stored pages",
    domains=("laojin123.com",),
    start=("https://laojin123.com/",),
    documents=(r"^/article/\d+\.html$",),
    explore=True,
)
