"""豆丁建筑: short previews."""

from cleaners.sites import Site

SITE = Site(
    name="jzdocin",
    title="豆丁建筑",
    state="alive",
    seen="2026-10, survey",
    domains=("jz.docin.com",),
    note="addresses of its documents unknown: give it pages with -a urls=FILE",
)
