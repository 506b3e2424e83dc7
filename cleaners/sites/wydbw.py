"""文易多 (代笔网): a text in one line."""

from cleaners.sites import Site

SITE = Site(
    name="wydbw",
    title="文易多",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wydbw.com",),
    start=("https://wydbw.com/",),
    documents=(r"^/info/\d+/\d+\.html$",),
    explore=True,
)
