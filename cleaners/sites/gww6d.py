"""第一公文网: the beginning of a text, and how long it is."""

from cleaners.sites import Site

SITE = Site(
    name="gww6d",
    title="第一公文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("6dgww.com",),
    start=("http://www.6dgww.com/",),
    documents=(r"^/Article/\d+\.html$",),
    explore=True,
)
