"""多美网: 范文 in parts."""

from cleaners.sites import Site

SITE = Site(
    name="domei",
    title="多美网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("domei.cn",),
    start=("https://www.domei.cn/",),
    documents=(r"^/article/\d+\.html$",),
    explore=True,
)
