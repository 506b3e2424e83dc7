"""豆丁建筑: short previews."""

from cleaners.sites import Site

SITE = Site(
    name="jzdocin",
    title="豆丁建筑",
    state="alive",
    seen="2026-10, survey",
    domains=("jz.docin.com",),
    start=("https://jz.docin.com/",),
    listings=(r"^/$",),
    note="how its document pages are addressed is not known",
)
