"""无忧文档网: whole texts."""

from cleaners.sites import Site

SITE = Site(
    name="jzrc51",
    title="无忧文档网",
    state="alive",
    seen="2026-10, survey",
    domains=("51jzrc.cn",),
    note="addresses of its documents unknown: give it pages with -a urls=FILE",
)
