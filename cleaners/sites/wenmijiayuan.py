"""文秘家园网: whole office texts with a stamp of the site."""

from cleaners.sites import Site

SITE = Site(
    name="wenmijiayuan",
    title="文秘家园网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wenmijiayuan.com",),
    start=("https://wenmijiayuan.com/",),
    documents=(r"^/doc/\d+\.html$",),
    explore=True,
)
