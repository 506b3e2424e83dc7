"""文秘帮: 范文 and 作文."""

from cleaners.sites import Site

SITE = Site(
    name="wenmibang",
    title="文秘帮",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wenmibang.com",),
    start=("https://m.wenmibang.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
