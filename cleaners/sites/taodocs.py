"""淘豆网: previews; m.taodocs.com is a shell."""

from cleaners.sites import Site

SITE = Site(
    name="taodocs",
    title="淘豆网",
    state="alive",
    seen="2026-10, survey",
    domains=("taodocs.com",),
    start=("https://www.taodocs.com/",),
    listings=(r"^/$",),
    note="m.taodocs.com is a shell; how its document pages are addressed is not known",
)
