"""无忧文档网: whole texts."""

from cleaners.sites import Site

SITE = Site(
    name="jzrc51",
    title="无忧文档网",
    state="alive",
    seen="2026-10, survey",
    domains=("51jzrc.cn",),
    start=("http://51jzrc.cn/",),
    listings=(r"^/$",),
    note="how its document pages are addressed is not known",
)
