"""35331: documents over several pages."""

from cleaners.sites import Site

SITE = Site(
    name="doc35331",
    title="35331.cn",
    state="static text",
    seen="2026-11, stored pages",
    domains=("35331.cn",),
    start=("http://35331.cn/",),
    documents=(r"^/lhs_\w+\.html$",),
    explore=True,
)
