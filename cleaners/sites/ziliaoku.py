"""Papers as text of a PDF."""

from cleaners.sites import Site

SITE = Site(
    name="ziliaoku",
    title="ziliaoku.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("ziliaoku.com",),
    start=("https://www.ziliaoku.com/",),
    documents=(r"^/res/info_[a-z0-9]{16}\.html$",),
    explore=True,
)
