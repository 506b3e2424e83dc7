"""馆档网: texts of slides."""

from cleaners.sites import Site

SITE = Site(
    name="guandang",
    title="馆档网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("guandang.org",),
    start=("http://guandang.org/",),
    documents=(r"^/ppt/\d+\.html$",),
    explore=True,
)
